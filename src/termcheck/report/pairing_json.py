"""The output of `--show-pairs --output-format json`: all pairs of a run as one JSON object.

Programs rely on it as on the JSON of findings: keys may be added, but never renamed or removed, and their
meaning never changes. Each pair has a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from termcheck.align.layout_name import layout_of
from termcheck.model import Bitext, Document, Segment, SegmentPair
from termcheck.report.json import dump
from termcheck.text.positions import position, trimmed

PairedText = tuple[Bitext, tuple[str, str]]
"""A bitext, and its source and target language."""


def pieces(texts: Iterable[PairedText]) -> Iterator[str]:
    """The JSON of all texts, piece by piece; a text is only asked for when its turn has come."""
    yield '{\n  "pairs": ['
    separator = "\n    "
    unpaired: list[str] = []
    for bitext, languages in texts:
        layout = layout_of(bitext)
        for pair in bitext.pairs:
            if pair.source and pair.target:
                yield separator + dump(_pair_object(bitext, pair, layout and layout.value))
                separator = ",\n    "
            else:
                unpaired += map(dump, _unpaired_objects(bitext, pair, languages))
    yield "]" if separator == "\n    " else "\n  ]"
    listed = "".join(f"{',' * (number > 0)}\n    {line}" for number, line in enumerate(unpaired))
    yield f',\n  "unpaired": [{listed}\n  ]\n}}\n' if unpaired else ',\n  "unpaired": []\n}\n'


def _pair_object(bitext: Bitext, pair: SegmentPair, layout: str | None) -> dict[str, Any]:
    return {
        "source": [_segment_object(bitext.source, segment) for segment in pair.source],
        "target": [_segment_object(bitext.target, segment) for segment in pair.target],
        "confidence": round(pair.confidence, 4),
        "layout": layout,
    }


def _unpaired_objects(
    bitext: Bitext, pair: SegmentPair, languages: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    sides = (("source", bitext.source, pair.source), ("target", bitext.target, pair.target))
    for (side, document, segments), language in zip(sides, languages, strict=True):
        for segment in segments:
            yield {"side": side, "language": language, **_segment_object(document, segment)}


def _segment_object(document: Document, segment: Segment) -> dict[str, Any]:
    """A segment and its 1-based place in code points; `end_line` is its last line, `end_column` exclusive."""
    span = trimmed(document.raw, segment.raw.start, segment.raw.end)
    line, column = position(document.line_starts, span.start)
    # The position after the last character may be on the next line.
    end_line, last_column = (
        position(document.line_starts, span.end - 1) if span.end > span.start else (line, column - 1)
    )
    return {
        "path": document.path,
        "line": line,
        "end_line": end_line,
        "column": column,
        "end_column": last_column + 1,
        "text": segment.text,
    } | ({"place": place} if (place := document.place_at(span.start)) else {})
