"""Three views of a segment with brackets: as it is, with the brackets opened, with them dropped.

Chinese briefings write 中印(尼) for 中印尼 and English ones `Shanghai Cooperation Organization (SCO)
summit`; a term may run across either. A match in an opened or dropped view counts only if it really
crosses a bracket: everything else the plain view has found already.
"""

from __future__ import annotations

import bisect
import re
from array import array
from collections.abc import Iterator

from termcheck.model import Span
from termcheck.text.fold import Folded

_BRACKETED = re.compile(r"(?<=\S)( ?)\(([^()\[\]]{1,40})\)|(?<=\S)( ?)\[([^()\[\]]{1,40})\]")


def bracket_views(folded: Folded) -> Iterator[Folded]:
    """The opened and the dropped view of a folded text; none where it has no short brackets."""
    if "(" not in folded.text and "[" not in folded.text:
        return
    groups = list(_BRACKETED.finditer(folded.text))
    if groups:
        yield _without(folded, [cut for group in groups for cut in _brackets_only(group)])
        yield _without(folded, [Span(*group.span()) for group in groups])


def crosses_cut(view: Folded, span: Span) -> bool:
    """Whether a span of a view takes in a place where something was cut out."""
    if view.starts is None or view.ends is None:
        return False
    return any(
        view.ends[index] != view.starts[index + 1] and view.starts[index] != view.starts[index + 1]
        for index in range(span.start, span.end - 1)
    )


def _brackets_only(group: re.Match[str]) -> Iterator[Span]:
    inner = 2 if group[2] is not None else 4
    yield Span(group.start(), group.start(inner))
    yield Span(group.end(inner), group.end())


def _without(folded: Folded, cuts: list[Span]) -> Folded:
    kept, start = [], 0
    for cut in cuts:
        kept.append(range(start, cut.start))
        start = cut.end
    kept.append(range(start, len(folded.text)))
    indices = [index for part in kept for index in part]
    text = "".join(folded.text[part.start : part.stop] for part in kept)
    if folded.starts is None or folded.ends is None:
        return Folded(text, array("l", indices), array("l", (index + 1 for index in indices)))
    return Folded(
        text, array("l", (folded.starts[i] for i in indices)), array("l", (folded.ends[i] for i in indices))
    )


def opened(folded: Folded) -> Folded:
    """The text with its short brackets opened; the same text where it has none."""
    return next(bracket_views(folded), folded)


def located(view: Folded, origin: Span) -> Span:
    """The span of a view that an original span came to; the inverse of `view.origin`."""
    if view.starts is None or view.ends is None:
        return origin
    return Span(bisect.bisect_left(view.starts, origin.start), bisect.bisect_left(view.starts, origin.end))
