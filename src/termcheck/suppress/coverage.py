"""Which paragraphs each part of a comment speaks of.

A comment in or at a paragraph speaks of that paragraph, one that stands alone of the next. What is said of a
paragraph is said of its pair: nobody should have to know on which side a finding is reported.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from termcheck.model import Document, Span, TermcheckError
from termcheck.rules import RULES
from termcheck.selection import select_rules
from termcheck.suppress.syntax import Directive, Item

_END = 1 << 62
# What begins anywhere and is about any rule.
_Opened = dict[tuple[str, str], list[tuple["Mark", int]]]


class Range(Struct, frozen=True):
    """Half-open raw offsets at which paragraphs begin, for one rule or, without a code, for all of a mark."""

    start: int
    end: int
    code: str = ""


class Mark(Struct, eq=False):
    """One item of a comment, with what it speaks of.

    `codes` are its rules; empty if there are none of that name. `used` is set once it silences anything.
    `doubtful` ones are about an unsure pair, of which less is reported.
    """

    document: Document
    directive: Directive
    item: Item
    codes: frozenset[str]
    ranges: list[Range] = field(default_factory=list)
    used: bool = False
    doubtful: bool = False

    def covers(self, code: str, offset: int) -> bool:
        """Whether it speaks of a rule in what begins at a raw offset."""
        return code in self.codes and any(
            one.start <= offset < one.end and one.code in ("", code) for one in self.ranges
        )


def marks(document: Document, directives: Iterable[Directive]) -> list[Mark]:
    """The items of all comments of a document, in order."""
    paragraphs = sorted(segment.raw for segment in document.segments)
    found: list[Mark] = []
    opened: _Opened = {}
    for directive in directives:
        for item in directive.items or (Item(directive.raw, "", "ALL"),):
            mark = Mark(document, directive, item, codes_of(item.selector))
            found.append(mark)
            if directive.verb == "ignore":
                mark.ranges += _paragraph(document.raw, paragraphs, directive.raw)
            elif directive.verb == "file-ignore":
                mark.ranges.append(Range(0, _END))
            elif directive.verb == "disable":
                for code in mark.codes:
                    opened.setdefault((code, item.term), []).append((mark, directive.raw.start))
            else:
                _enable(opened, mark)
    for key in list(opened):
        _close(opened, key, _END)
    return found


def codes_of(selector: str) -> frozenset[str]:
    """The codes of the rules a selector names; none if there are no such rules.

    What tells of the comments themselves is meant only where it is named.
    """
    try:
        named = frozenset(rule.code for rule in select_rules(RULES, selector)[1])
    except TermcheckError:
        return frozenset()
    if selector.casefold() != "all":
        return named
    return frozenset(code for code in named if not code.startswith("DIR"))


def _paragraph(raw: str, paragraphs: Sequence[Span], comment: Span) -> Iterator[Range]:
    """The paragraph that a comment means: the one around it or before it on its line, else the next."""
    after = bisect_left(paragraphs, comment)
    line = max(raw.rfind(newline, 0, comment.start) for newline in "\r\n") + 1
    here = after > 0 and paragraphs[after - 1].end > line
    if here or after < len(paragraphs):
        start = paragraphs[after - 1 if here else after].start
        yield Range(start, start + 1)


def _enable(opened: _Opened, mark: Mark) -> None:
    """End the regions that an `enable` means: of its rules, for its term or, without one, for all."""
    for code, term in list(opened):
        if code in mark.codes and mark.item.term in ("", term):
            _close(opened, (code, term), mark.directive.raw.start)
            mark.used = True


def _close(opened: _Opened, key: tuple[str, str], end: int) -> None:
    for mark, start in opened.pop(key):
        mark.ranges.append(Range(start, end, key[0]))
