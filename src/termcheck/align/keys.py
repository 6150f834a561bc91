"""Pairs the texts of front matter, which their keys put together.

They are paired first and are never aligned, because a title is the counterpart of no paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from termcheck.languages.identify import side_of
from termcheck.model import Segment, SegmentPair, Side


def without_keys(segments: Sequence[Segment]) -> Sequence[Segment]:
    """The segments that have no key."""
    return [segment for segment in segments if not segment.key] if _has_keys(segments) else segments


def pairs_in_document(segments: Sequence[Segment], source_lang: str, target_lang: str) -> list[SegmentPair]:
    """The pairs of a page's front matter with its original in a comment; a text of only one is unpaired.

    Their languages say which of the two is the source. If they do not, both are left out.
    """
    first, second, *_ = (*_parts(segments), (), ())
    texts = (" ".join(segment.unprotected_text for segment in part) for part in (first, second))
    sides = [side_of(text, source_lang, target_lang) for text in texts]
    if sides[0] is sides[1]:
        return []
    is_target = sides[0] is Side.TARGET or sides[1] is Side.SOURCE
    return _pairs(second, first) if is_target else _pairs(first, second)


def pairs_in_documents(source: Sequence[Segment], target: Sequence[Segment]) -> list[SegmentPair]:
    """The pairs of the front matter of two files, given by their segments.

    A text of only one file is unpaired. An original in a comment is left out.
    """
    sources, targets = (_parts(segments) for segments in (source, target))
    return _pairs(sources[0] if sources else (), targets[0] if targets else ())


def _has_keys(segments: Sequence[Segment]) -> bool:
    """Whether there is front matter, which comes before all other segments."""
    return bool(segments and segments[0].key)


def _parts(segments: Sequence[Segment]) -> list[Sequence[Segment]]:
    """The texts of each front matter."""
    keyed = (segment for segment in segments if segment.key) if _has_keys(segments) else ()
    return [list(part) for _, part in groupby(keyed, lambda segment: segment.block)]


def _pairs(sources: Sequence[Segment], targets: Sequence[Segment]) -> list[SegmentPair]:
    """Pairs of texts with the same key, or else with a key that differs only in spelling.

    Keys are unique on each side.
    """
    by_key = {target.key: target for target in targets}
    found = {source.key: by_key.pop(source.key, None) for source in sources}
    if by_key and None in found.values():
        from termcheck.readers.front_matter_entry import spelling

        by_spelling = {spelling(target.key): target for target in reversed(by_key.values())}
        for source in sources:
            if found[source.key] is None and (target := by_spelling.pop(spelling(source.key), None)):
                found[source.key] = by_key.pop(target.key)
    paired = [
        SegmentPair((source,), (target,) if target else (), by_file=True)
        for source, target in zip(sources, found.values(), strict=True)
    ]
    return [*paired, *(SegmentPair((), (target,)) for target in by_key.values())]
