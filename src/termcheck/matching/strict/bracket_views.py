"""Three views of a segment with brackets or tags: as it is, with brackets opened, and with brackets dropped.

Chinese briefings write 中印(尼) for 中印尼, and English ones `Shanghai Cooperation Organization (SCO)
summit`; a term may run across either bracket. A match in an opened or dropped view counts only if it crosses
a bracket, because the plain view finds all others.
"""

from __future__ import annotations

import bisect
import re
from array import array
from collections.abc import Iterable, Iterator

from termcheck.lazy import compile_later
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.model import Span
from termcheck.text.compatibility import SUPERSCRIPT_DIGITS
from termcheck.text.fold import Folded

# These replace protected text, character for character; they are not letters, and no term contains them.
OBJECT, TAG = "\ufffc", "\ufffd"

# Behind a word, stars, daggers and raised digits are marks of footnotes.
FOOTNOTE_MARKS = "*†‡"
_BRACKETED = compile_later(
    rf"(?<=\S)( ?)\(([^()\[\]]{{1,40}})\)|(?<=\S)( ?)\[([^()\[\]]{{1,40}})\]|{TAG}+"
    rf"|(?<=\w)(?:[{FOOTNOTE_MARKS}]+|[{SUPERSCRIPT_DIGITS}]+)(?!\w)"
)
_HAS_MARK = compile_later(rf"\w[{FOOTNOTE_MARKS}{SUPERSCRIPT_DIGITS}]")


def masked(folded: Folded, text: str, protected: Iterable[Span]) -> Folded:
    """The folded text with the protected spans of the original `text` replaced, tags by their own mark."""
    parts, end = [], 0
    for span in protected:
        hidden = located(folded, span)
        parts.append(folded.text[end : hidden.start])
        parts.append((TAG if text.startswith("<", span.start) else OBJECT) * len(hidden))
        end = hidden.end
    if not end:
        return folded
    return Folded("".join(parts) + folded.text[end:], folded.starts, folded.ends)


def bracket_views(folded: Folded, reach: int | None = None) -> Iterator[Folded]:
    """The opened and the dropped view of a folded text, both without tags; none if it has no bracket or tag.

    With `reach`, the views cover only this many characters around each bracket, enough for the longest term.
    """
    if not has_brackets(folded.text):
        return
    for window, groups in _windows(folded.text, reach):
        yield _without(folded, window, [cut for group in groups for cut in _brackets_only(group)])
        yield _without(folded, window, [Span(*group.span()) for group in groups])


def has_brackets(text: str) -> bool:
    """Whether a folded text has a bracket, a tag or the mark of a footnote."""
    if "(" in text or "[" in text or TAG in text:
        return True
    return ("*" in text or not text.isascii()) and _HAS_MARK.search(text) is not None


def _windows(text: str, reach: int | None) -> Iterator[tuple[Span, list[re.Match[str]]]]:
    """Spans around brackets, with the brackets; brackets that one term may cross share a span."""
    nearby: list[re.Match[str]] = []
    margin = len(text) if reach is None else reach
    for group in _BRACKETED.finditer(text):
        if nearby and group.start() - nearby[-1].end() > margin:
            yield Span(max(0, nearby[0].start() - margin), min(len(text), nearby[-1].end() + margin)), nearby
            nearby = []
        nearby.append(group)
    if nearby:
        yield Span(max(0, nearby[0].start() - margin), min(len(text), nearby[-1].end() + margin)), nearby


def crosses_cut(view: Folded, span: Span) -> bool:
    """Whether a span of a view contains a place where something was cut out."""
    if view.starts is None or view.ends is None:
        return False
    return any(
        view.ends[index] != view.starts[index + 1] and view.starts[index] != view.starts[index + 1]
        for index in range(span.start, span.end - 1)
    )


def _brackets_only(group: re.Match[str]) -> Iterator[Span]:
    if group[0][0] not in " ([":
        yield Span(*group.span())
        return
    inner = 2 if group[2] is not None else 4
    # `organization (SCO)` stays two words, `中印 (尼)` becomes one.
    blank = len(group[inner - 1]) if is_alphabetic(group.string[group.start() - 1]) else 0
    yield Span(group.start() + blank, group.start(inner))
    yield Span(group.end(inner), group.end())


def _without(folded: Folded, window: Span, cuts: list[Span]) -> Folded:
    kept, start = [], window.start
    for cut in cuts:
        kept.append((start, cut.start))
        start = cut.end
    kept.append((start, window.end))
    text = "".join(folded.text[begin:end] for begin, end in kept)
    starts, ends = array("l"), array("l")
    for begin, end in kept:
        starts.extend(range(begin, end) if folded.starts is None else folded.starts[begin:end])
        ends.extend(range(begin + 1, end + 1) if folded.ends is None else folded.ends[begin:end])
    return Folded(text, starts, ends)


def opened(folded: Folded) -> Folded:
    """The text with its short brackets opened; the same text if it has none."""
    return next(bracket_views(folded), folded)


def located(view: Folded, origin: Span) -> Span:
    """The span of a view that corresponds to an original span; the inverse of `view.origin`.

    A character that the original span cuts is included: a protected accent protects its letter.
    """
    if view.starts is None or view.ends is None:
        return origin
    start = bisect.bisect_right(view.ends, origin.start)
    return Span(start, max(start, bisect.bisect_left(view.starts, origin.end)))
