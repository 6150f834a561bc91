"""The changes of a text in the form that `patch` and `git apply` accept, found in linear time.

Fixes change lines in place, or take out lines of a baseline. For such changes there is no need to search for
the longest common part, which takes a minute for ten thousand fixes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

_CONTEXT = 3


class _Change(Struct, frozen=True):
    """Lines `start` to `end` of the old text become lines `new_start` to `new_end` of the new text."""

    start: int
    end: int
    new_start: int
    new_end: int


def unified_diff(before: Sequence[str], after: Sequence[str], name: str) -> Iterator[str]:
    """The lines of a diff between two texts, given as lines with their line breaks."""
    heads = [f"--- {name}\n", f"+++ {name}\n"]
    for changes in _hunks(list(_changes(before, after))):
        yield from heads
        heads = []
        yield from _hunk(changes, before, after)


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[_Change]:
    if len(before) == len(after):
        yield from _in_place(before, after)
    else:
        yield from _removed(before, after) or _searched(before, after)


def _in_place(before: Sequence[str], after: Sequence[str]) -> Iterator[_Change]:
    """The changes of a text whose lines keep their numbers."""
    number = 0
    for differs, lines in groupby(zip(before, after, strict=True), lambda pair: pair[0] != pair[1]):
        end = number + sum(1 for _ in lines)
        if differs:
            yield _Change(number, end, number, end)
        number = end


def _removed(before: Sequence[str], after: Sequence[str]) -> list[_Change]:
    """The changes of a text that has only lost lines; empty if anything else happened to it."""
    changes: list[_Change] = []
    number = 0
    for place, line in enumerate(after):
        start = number
        while number < len(before) and before[number] != line:
            number += 1
        if number == len(before):
            return []
        if number > start:
            changes.append(_Change(start, number, place, place))
        number += 1
    if number < len(before):
        changes.append(_Change(number, len(before), len(after), len(after)))
    return changes


def _searched(before: Sequence[str], after: Sequence[str]) -> Iterator[_Change]:
    """Any other changes, between the first and the last line that differ."""
    import difflib

    first = _same(before, after)
    last = _same(before[first:][::-1], after[first:][::-1])
    middle = before[first : len(before) - last], after[first : len(after) - last]
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, *middle).get_opcodes():
        if kind != "equal":
            yield _Change(first + start, first + end, first + new_start, first + new_end)


def _same(before: Sequence[str], after: Sequence[str]) -> int:
    """How many lines two texts have in common at their beginning."""
    return next(
        (number for number, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )


def _hunks(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """The changes in groups whose context would touch."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.start - hunk[-1].end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _hunk(changes: Sequence[_Change], before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    first, last = changes[0], changes[-1]
    lead = min(_CONTEXT, first.start)
    trail = min(_CONTEXT, len(before) - last.end)
    old = _range(first.start - lead, last.end + trail)
    new = _range(first.new_start - lead, last.new_end + trail)
    yield f"@@ -{old} +{new} @@\n"
    number = first.start - lead
    for change in changes:
        yield from (f" {line}" for line in before[number : change.start])
        yield from (f"-{line}" for line in before[change.start : change.end])
        yield from (f"+{line}" for line in after[change.new_start : change.new_end])
        number = change.end
    yield from (f" {line}" for line in before[number : number + trail])


def _range(start: int, end: int) -> str:
    """A range of lines as a diff says it: the first line, counted from 1, and the number of lines."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + (end > start)},{end - start}"
