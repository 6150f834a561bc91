"""Which paragraphs each item of a suppression comment covers.

A comment inside or beside a paragraph covers that paragraph, and a comment on a line of its own covers the
next. What covers a paragraph covers its whole pair, so that nobody has to know on which side a finding is
reported.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from termcheck.model import Document, Span, TermcheckError
from termcheck.rules import RULES
from termcheck.selection import select_rules
from termcheck.suppress.syntax import Directive, Item
from termcheck.text.positions import line_start

_END_OF_FILE = 1 << 62
# The marks of `disable` comments without an end so far, with their offsets, by rule code and by term.
_Opened = dict[str, dict[str, list[tuple["Mark", int]]]]


class Range(Struct, frozen=True):
    """Covers paragraphs that begin in half-open raw offsets, for one rule or for all rules of its mark."""

    start: int
    end: int
    code: str = ""


class Mark(Struct, eq=False):
    """One item of a comment, with the ranges that it covers.

    `codes` are its rules, or empty if its selector names none. `used` is set when the mark silences a
    finding or ends a region. `doubtful` is set for an unsure pair, on which less is reported.
    """

    document: Document
    directive: Directive
    item: Item
    codes: frozenset[str]
    ranges: list[Range] = field(default_factory=list)
    used: bool = False
    doubtful: bool = False


def marks_of(document: Document, directives: Iterable[Directive]) -> list[Mark]:
    """The marks of all comments in a document, in order."""
    paragraphs = sorted(segment.raw for segment in document.segments)
    ends = _ends_of_blocks(document)
    marks: list[Mark] = []
    opened: _Opened = {}
    for directive in directives:
        for item in directive.items or (Item(directive.raw, "", "ALL"),):
            mark = Mark(document, directive, item, codes_of(item.selector))
            marks.append(mark)
            if directive.verb == "ignore":
                mark.ranges += _paragraph(document.line_starts, paragraphs, directive.raw, ends)
            elif directive.verb == "file-ignore":
                mark.ranges.append(Range(0, _END_OF_FILE))
            elif directive.verb == "disable":
                for code in mark.codes:
                    terms = opened.setdefault(code, {})
                    terms.setdefault(item.term, []).append((mark, directive.raw.start))
            else:
                _enable(opened, mark)
    for code, terms in opened.items():
        for term in list(terms):
            _close(terms, code, term, _END_OF_FILE)
    return marks


def codes_of(selector: str) -> frozenset[str]:
    """The codes of the rules that a selector names, or none if there are no such rules.

    `ALL` does not include the rules about suppression comments, which must be named.
    """
    try:
        codes = frozenset(rule.code for rule in select_rules(RULES, selector)[1])
    except TermcheckError:
        return frozenset()
    if selector.casefold() != "all":
        return codes
    return frozenset(code for code in codes if not code.startswith("DIR"))


def _ends_of_blocks(document: Document) -> dict[int, int]:
    """For each segment of a block of rows, by its start: the start of the last segment of the block."""
    blocks: dict[int, list[int]] = {}
    for segment in document.segments:
        if segment.row is not None and segment.block is not None:
            blocks.setdefault(segment.block, []).append(segment.raw.start)
    return {start: max(starts) for starts in blocks.values() for start in starts}


def _paragraph(
    starts: Sequence[int], paragraphs: Sequence[Span], comment: Span, ends: Mapping[int, int]
) -> Iterator[Range]:
    """The paragraph that contains a comment or ends on its line, or else the next paragraph.

    `starts` are the offsets at which lines start. A comment on a plural entry covers all its forms, whose
    `ends` are given.
    """
    after = bisect_left(paragraphs, comment)
    beside = after > 0 and paragraphs[after - 1].end > line_start(starts, comment.start)
    if beside or after < len(paragraphs):
        start = paragraphs[after - 1 if beside else after].start
        yield Range(start, ends.get(start, start) + 1)


def _enable(opened: _Opened, mark: Mark) -> None:
    """End the regions of the rules of an `enable`, for its term, or for all terms if it has none."""
    for code in mark.codes & opened.keys():
        terms, term = opened[code], mark.item.term
        ended = list(terms) if not term else [term] if term in terms else []
        for one in ended:
            _close(terms, code, one, mark.directive.raw.start)
            mark.used = True


def _close(terms: dict[str, list[tuple[Mark, int]]], code: str, term: str, end: int) -> None:
    for mark, start in terms.pop(term):
        mark.ranges.append(Range(start, end, code))
