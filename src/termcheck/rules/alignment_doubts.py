"""Says in words which texts seem to belong together and what does not fit, where a pairing is uncertain.

Somebody who reads that an alignment is uncertain wants to know where to look. So the lines of both sides are
named, and what the aligner compares: the number of paragraphs, their lengths, and their numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from termcheck.align.averages import median_of
from termcheck.align.profile import length_of, numbers_in, profile_of
from termcheck.matching.verdict import SURE_PAIR
from termcheck.messages import listing
from termcheck.model import Bitext, Document, Segment, SegmentPair, Span
from termcheck.text.positions import line_range

# All figures were chosen by hand. A text does not fit another one if its length differs by this factor from
# what so many sure pairs of the document lead to expect. Texts of fewer letters may have any length.
_LENGTH_FACTOR = 2.0
_MIN_SURE_PAIRS = 5
_MIN_LETTERS = 40.0
_MOST_NUMBERS = 3


def uncertain_stretch(pairs: Sequence[SegmentPair], unsure: SegmentPair) -> Sequence[SegmentPair]:
    """An unsure pair with the unsure pairs and unpaired segments before and after it."""
    doubtful = [pair.confidence < SURE_PAIR or not (pair.source and pair.target) for pair in pairs]
    first = next(index for index, pair in enumerate(pairs) if pair is unsure)
    begin = next((index + 1 for index in range(first, -1, -1) if not doubtful[index]), 0)
    end = next((index for index in range(first, len(pairs)) if not doubtful[index]), len(pairs))
    return pairs[begin:end]


def what_belongs_together(bitext: Bitext, stretch: Sequence[SegmentPair], languages: tuple[str, str]) -> str:
    """The paragraphs of a stretch on both sides with their lines: `3 zh paragraphs (lines 1-3) …`."""
    sources, targets = _sides(stretch)
    counts = [_paragraphs(side) for side in (sources, targets)]
    verb = "seem to belong to" if counts[0] == counts[1] else "stand against"
    two_files = bitext.source is not bitext.target
    described = []
    sides = ((bitext.source, sources), (bitext.target, targets))
    for (document, segments), count, language in zip(sides, counts, languages, strict=True):
        noun = "paragraph" if count == 1 else "paragraphs"
        where = f"{lines(document, segments)} of {document.path}" if two_files else lines(document, segments)
        described.append(f"{count} {language} {noun} ({where})")
    if counts[0] == 1:
        verb = verb.replace("seem", "seems").replace("stand", "stands")
    return f"{described[0]} {verb} {described[1]}"


def what_does_not_fit(
    bitext: Bitext,
    pairs: Sequence[SegmentPair],
    stretch: Sequence[SegmentPair],
    languages: tuple[str, str],
) -> Iterator[str]:
    """What the lengths and the numbers of a stretch say against its pairing, in words."""
    unsure = [pair for pair in stretch if pair.source and pair.target]
    expected = _expected_log_ratio(pairs)
    worst = max(unsure, key=lambda pair: abs(_log_ratio(pair) - expected))
    difference = _log_ratio(worst) - expected
    longest = max(_letters(worst.source), _letters(worst.target))
    if abs(difference) > math.log(_LENGTH_FACTOR) and longest >= _MIN_LETTERS:
        source, target = lines(bitext.source, worst.source), lines(bitext.target, worst.target)
        longer, shorter = (target, source) if difference > 0 else (source, target)
        is_one = longer.startswith("line ") or (bitext.source.places is not None and "-" not in longer)
        yield f"{longer} {'seems' if is_one else 'seem'} too long for {shorter}"
    yield from unshared_numbers(*_sides(stretch), languages)


def unshared_numbers(
    sources: Sequence[Segment], targets: Sequence[Segment], languages: tuple[str, str]
) -> Iterator[str]:
    """The numbers that stand on one side only, in words."""
    source, target = _numbers(sources), _numbers(targets)
    for numbers, others, language in ((source, target, languages[0]), (target, source, languages[1])):
        only = [written for value, written in numbers.items() if value not in others]
        if only:
            yield f"only the {language} text has {listing(only, _MOST_NUMBERS)}"


def shift_of_rows(rows: Sequence[SegmentPair]) -> tuple[SegmentPair, SegmentPair] | None:
    """A row whose source fits the target of a neighbouring row, and that row; None if neither shift helps.

    The rows follow one another. They are compared by numbers and words, as in alignment.
    """
    tokens = [tuple(_tokens(side) for side in (row.source, row.target)) for row in rows]
    found: dict[int, list[int]] = {}
    for step in (-1, 1):
        found[step] = [
            index
            for index, (source, target) in enumerate(tokens)
            if 0 <= index + step < len(tokens)
            and len(source & tokens[index + step][1]) > len(source & target)
        ]
    step = max(found, key=lambda step: len(found[step]))
    if len(found[step]) <= len(found[-step]):
        return None
    index = found[step][0]
    return rows[index], rows[index + step]


def lines(document: Document, segments: Sequence[Segment]) -> str:
    """The lines of segments: `line 4`, or `lines 4-7` from the first to the last; `¶4-¶7` without lines."""
    if document.places is not None:
        begin, end = (document.place_at(segment.raw.start) for segment in (segments[0], segments[-1]))
        return begin if begin == end else f"{begin}-{end}"
    first, last = line_range(document, Span(segments[0].raw.start, segments[-1].raw.end))
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _sides(pairs: Iterable[SegmentPair]) -> tuple[list[Segment], list[Segment]]:
    """The segments of both sides, in the order in which they stand in their documents."""
    pairs = list(pairs)
    sources = [segment for pair in pairs for segment in pair.source]
    targets = [segment for pair in pairs for segment in pair.target]
    return sorted(sources, key=_place), sorted(targets, key=_place)


def _place(segment: Segment) -> Span:
    return segment.raw


def _paragraphs(segments: Sequence[Segment]) -> int:
    """How many paragraphs the segments are; the pieces of a block are one."""
    blocks = {segment.block for segment in segments if segment.block is not None}
    return len(blocks) + sum(segment.block is None for segment in segments)


def _expected_log_ratio(pairs: Sequence[SegmentPair]) -> float:
    """The usual length of a target, as the logarithm of its ratio to the source; 0 where too little tells."""
    sure = [
        _log_ratio(pair) for pair in pairs if pair.source and pair.target and pair.confidence >= SURE_PAIR
    ]
    return median_of(sure) if len(sure) >= _MIN_SURE_PAIRS else 0.0


def _log_ratio(pair: SegmentPair) -> float:
    return math.log(_letters(pair.target) / _letters(pair.source))


def _letters(segments: Sequence[Segment]) -> float:
    return sum(length_of(segment.text) for segment in segments)


def _numbers(segments: Sequence[Segment]) -> dict[str, str]:
    """The numbers of some texts as written, by value; months, which may be words, are left out."""
    found = (number for segment in segments for number in numbers_in(segment.text))
    return {value: written.strip() for value, written in found if value.startswith("#")}


def _tokens(segments: Sequence[Segment]) -> frozenset[str]:
    return frozenset().union(*(profile_of(segment, ()).tokens for segment in segments))
