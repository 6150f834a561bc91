"""Finds the lines of a document that hold a text and its translation, among lines in one language."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence

from termcheck.align.bilingual_lines import (
    BilingualLine,
    Form,
    could_render,
    is_gloss,
    split_line,
    words_of,
)
from termcheck.align.blocks import Block
from termcheck.align.placed import PlacedRun
from termcheck.languages import share_script
from termcheck.languages.identify import side_of
from termcheck.model import Segment, SegmentPair, Side

# A line whose punctuation says that one half renders the other.
_LINE_CONFIDENCE = 0.98
# So many lines with a translation in brackets are a list in two languages. Chosen by hand.
_MANY_BRACKETED = 3


def split_bilingual_lines(
    segments: Sequence[Segment], indices: Sequence[int], source_lang: str, target_lang: str
) -> tuple[dict[int, BilingualLine], list[int]]:
    """The bilingual lines by index, and the indices of all other segments.

    A line is no pair by itself if a neighbour repeats one of its halves, or is the better counterpart.
    """
    if share_script(source_lang, target_lang):
        return {}, list(indices)
    lines = {index: split_line(segments[index], source_lang, target_lang) for index in indices}
    if not any(lines.values()):
        return {}, list(indices)
    others = {index for index, line in lines.items() if line is None}
    texts = {words_of(segments[index].text) for index in others}

    @functools.cache
    def side_at(index: int) -> Side | None:
        if index not in others:
            return None
        return side_of(segments[index].unprotected_text, source_lang, target_lang)

    found: dict[int, BilingualLine] = {}
    for index, line in lines.items():
        if line is None:
            continue
        segment = segments[index]
        near = [
            place
            for place in (index - 1, index + 1)
            if place in others and segments[place].heading is segment.heading
        ]
        side = side_of(segment.unprotected_text, source_lang, target_lang)
        has_counterpart = line.form is Form.BRACKETED and any(
            could_render(segments[place], segment) and _is_free_counterpart(place, index, side, side_at)
            for place in near
        )
        if not has_counterpart and not is_gloss(line, (segments[place] for place in near), texts):
            found[index] = line
    return found, [index for index in indices if index not in found]


def _is_free_counterpart(
    near: int, index: int, side: Side | None, side_at: Callable[[int], Side | None]
) -> bool:
    """Whether the neighbour `near` is on the other side and has no counterpart but the segment `index`.

    An even number of segments that alternate pair among themselves; of an odd number, one is left over.
    """
    if None in (side, side_at(near)) or side_at(near) is side:
        return False
    count, step, place = 1, near - index, near
    while side_at(place + step) not in (None, side_at(place)):
        count, place = count + 1, place + step
    return count % 2 == 1


def pair_lines(
    segments: Sequence[Segment],
    lines: Mapping[int, BilingualLine],
    languages: tuple[str, str],
    *,
    is_monolingual: bool,
) -> Iterator[PlacedRun]:
    """The pairs inside bilingual lines.

    A line whose halves only a blank separates stays unpaired, because it may be a text with a foreign name.
    So does a name in brackets in a document that is otherwise in one language.
    """
    bracketed = sum(line.form is Form.BRACKETED for line in lines.values())
    few_in_one_language = is_monolingual and bracketed < _MANY_BRACKETED
    for index, line in lines.items():
        if line.form.is_pair and not (line.form is Form.BRACKETED and few_in_one_language):
            yield index, (SegmentPair((line.source,), (line.target,), _LINE_CONFIDENCE),)
        else:
            segment = segments[index]
            side = side_of(segment.unprotected_text, *languages) or Side.SOURCE
            yield index, (unpaired(Block(index, side, (segment,))),)


def unpaired(block: Block) -> SegmentPair:
    """A block without a counterpart."""
    if block.side is Side.SOURCE:
        return SegmentPair(block.segments, ())
    return SegmentPair((), block.segments)
