"""The part of a long text that is checked at once after a change; all of it is checked when typing pauses.

A few paragraphs around the change are enough to see what it does to its own pair. The findings elsewhere stay
and move with their lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from termcheck.model import Edit, Finding, Fix, Location
from termcheck.rules import RULES
from termcheck.rules.base import Scope
from termcheck.text.positions import line_starts

# Paragraphs around a change that are checked with it, and among these the ones whose findings count.
_AROUND, _TRUSTED = 12, 4
# A stretch without blank lines is cut here; lines of so many characters in all are read at once.
_MOST_LINES, _MOST_CHARACTERS = 400, 60_000
_OF_DOCUMENTS = frozenset(rule.code for rule in RULES if rule.scope is not Scope.PAIR)


class Excerpt(Struct):
    """Lines of a text around a change; line numbers count from 1, and ends are exclusive.

    `first` to `end` are the lines of `text`. Findings from `begin` to `stop` replace those of the old text in
    the same place. `shift`: the text has so many lines more than the old one, all of them in this place.
    """

    text: str
    first: int
    begin: int
    stop: int
    shift: int

    def merged(self, old: Iterable[Finding], new: Iterable[Finding]) -> Iterator[Finding]:
        """The findings on the whole text, given its old ones and those on the excerpt."""
        for finding in old:
            line = finding.location.line
            if line < self.begin:
                yield finding
            elif line >= self.stop - self.shift:
                yield _moved(finding, self.shift)
        for finding in new:
            finding = _moved(finding, self.first - 1)
            if finding.code not in _OF_DOCUMENTS and self.begin <= finding.location.line < self.stop:
                yield finding


def excerpt(old: str, new: str) -> Excerpt | None:
    """The excerpt of a changed text; None if so much has changed that the whole text has to be checked."""
    starts = line_starts(new)
    shift = len(starts) - len(line_starts(old))
    before = _common(old, new)
    after = _common_end(old, new, before)
    first_line = bisect_right(starts, before)
    last_line = bisect_right(starts, max(len(new) - after, before))
    begin, first = _around(new, starts, first_line, -1)
    trusted, last = _around(new, starts, last_line, 1)
    text = new[starts[first - 1] : starts[last] if last < len(starts) else len(new)]
    if last - first > 4 * _MOST_LINES or len(text) > 2 * _MOST_CHARACTERS:
        return None
    return Excerpt(text, first, begin, trusted + 1, shift)


def _around(text: str, starts: Sequence[int], changed: int, step: int) -> tuple[int, int]:
    """The last line to trust and the last one to check, from a changed line upward (-1) or downward (1)."""
    paragraphs, trusted, line = 0, changed, changed
    while 1 <= line + step <= len(starts) and abs(line - changed) < _MOST_LINES:
        if abs(starts[line - 1] - starts[changed - 1]) > _MOST_CHARACTERS // 2:
            break
        line += step
        if _is_blank(text, starts, line):
            paragraphs += 1
            if paragraphs <= _TRUSTED:
                trusted = line
            if paragraphs == _AROUND:
                break
    return trusted if paragraphs > _TRUSTED else line, line


def _is_blank(text: str, starts: Sequence[int], line: int) -> bool:
    end = starts[line] if line < len(starts) else len(text)
    return not text[starts[line - 1] : end].strip()


def _common(first: str, second: str) -> int:
    """The length of the beginning that two texts share, found by comparing ever smaller halves."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(first: str, second: str, before: int) -> int:
    """The length of the end that two texts share, after a beginning of so many characters."""
    low, high = 0, min(len(first), len(second)) - before
    while low < high:
        middle = (low + high + 1) // 2
        if first[len(first) - middle : len(first) - low] == second[len(second) - middle : len(second) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _moved(finding: Finding, lines: int) -> Finding:
    """A finding some lines further down."""
    if not lines:
        return finding
    source, fix = finding.source, finding.fix
    is_here = source is not None and source.path == finding.location.path
    return replace(
        finding,
        location=_down(finding.location, lines),
        source=_down(source, lines) if source is not None and is_here else source,
        fix=Fix(fix.applicability, tuple(_edit_down(edit, lines) for edit in fix.edits)) if fix else None,
    )


def _down(place: Location, lines: int) -> Location:
    return replace(place, line=place.line + lines, end_line=place.end_line + lines)


def _edit_down(edit: Edit, lines: int) -> Edit:
    return replace(edit, line=edit.line + lines, end_line=edit.end_line + lines)
