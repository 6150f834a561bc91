"""Search a folded target for a rendering by plain substring search and a check of word edges."""

from __future__ import annotations

from collections.abc import Sequence

from termcheck.matching.strict import edges
from termcheck.prefilter.source_forms import RenderingForm
from termcheck.text.search import find_all

BOUNDARIES = frozenset(' ,;:!?"')
"""A form between two of these is surely a word of its own."""

# Padding around a folded target, so that a word at either end has a neighbour.
_BEFORE, _AFTER = " ", "  "


def padded(folded: str) -> str:
    """A folded target, ready to be searched."""
    return f"{_BEFORE}{folded}{_AFTER}"


def only_rendering(renderings: Sequence[RenderingForm], target: str, folded: str) -> RenderingForm | None:
    """The only accepted rendering in a target, if it stands properly; None if the judge has to decide.

    `folded` is the folded target, padded.
    """
    for rendering in renderings:
        start = folded.find(rendering.form)
        if start < 0:
            continue
        for other in rendering.other_forms:
            if other in folded and _competes(other, rendering.form, folded):
                break
        else:
            return rendering if _stands_properly(rendering, start, target, folded) else None
    return None


def _stands_properly(rendering: RenderingForm, start: int, target: str, folded: str) -> bool:
    """Whether a rendering, at this offset or a later one, is a word of its own in the right case."""
    size, shift = len(rendering.form), len(_BEFORE)
    while start >= 0:
        end = start + size
        beside = rendering.free_edges or (
            folded[start - 1] in BOUNDARIES and (folded[end] in BOUNDARIES or folded[end : end + 2] == ". ")
        )
        if (beside and not folded.startswith((" %", " ‰"), end)) or _is_word(folded, start, end):
            text = target[start - shift : end - shift]
            if text == rendering.listed or rendering.is_written(text):
                return True
        start = folded.find(rendering.form, start + 1)
    return False


def _competes(competitor: str, spelling: str, folded: str) -> bool:
    """Whether another form stands there as a word, and not only inside this one."""
    inside = competitor in spelling and folded.count(competitor) == folded.count(spelling)
    return not inside and any(
        edges.fits(folded, start, start + len(competitor)) for start in find_all(competitor, folded)
    )


def _is_word(text: str, begin: int, end: int) -> bool:
    return edges.fits(text, begin, end) and not edges.glued(text, begin, end)
