"""A diff turns the one text into the other, as `patch` reads it, and looks like that of difflib."""

from __future__ import annotations

import difflib
import re
import time
from collections.abc import Iterable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from termcheck.cli.unified_diff import unified_diff

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? ")


def patched(before: Sequence[str], diff: Iterable[str]) -> list[str]:
    result: list[str] = []
    number = 0
    for line in list(diff)[2:]:
        if hunk := _HUNK.match(line):
            start = int(hunk[1]) - (hunk[2] != "0")
            result += before[number:start]
            number = start
        elif line[0] in " -":
            assert before[number] == line[1:]
            result += [line[1:]] * (line[0] == " ")
            number += 1
        else:
            result.append(line[1:])
    return result + list(before[number:])


_LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "\n"]), max_size=25)


@given(_LINES, _LINES)
def test_a_diff_makes_the_new_text_of_the_old_one(before: list[str], after: list[str]) -> None:
    assert patched(before, unified_diff(before, after, "a")) == after


@given(st.lists(st.integers(0, 60), max_size=12, unique=True), st.booleans())
def test_lines_changed_in_place_or_removed_look_as_difflib_shows_them(
    changed: list[int], removed: bool
) -> None:
    before = [f"{number}\n" for number in range(61)]
    after = [f"new {line}" if number in changed else line for number, line in enumerate(before)]
    if removed:
        after = [line for line in after if not line.startswith("new")]
    assert list(unified_diff(before, after, "a")) == list(difflib.unified_diff(before, after, "a", "a"))


def test_many_changes_take_no_time() -> None:
    before = [f"{number % 3}\n" for number in range(60_000)]
    begin = time.process_time()
    for after in ([f"{line}x" for line in before], before[::3]):
        assert sum(1 for _ in unified_diff(before, after, "a")) > 60_000
    assert time.process_time() - begin < 5
