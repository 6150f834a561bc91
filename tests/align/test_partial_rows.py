"""Doubtful rows by length, and confidences of rows when only some rows of the file were read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from bilingual import no_anchors
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termcheck.align import row_lengths
from termcheck.align.misaligned_rows import RowsInFile, RowTexts, assess_rows
from termcheck.align.row_lengths import DoubtfulRows, doubtful_rows

Lengths = list[tuple[int, int]]


@st.composite
def lengths_of_rows(draw: st.DrawFn) -> Lengths:
    """Lengths of rows, most of which have roughly one ratio, and some a very different one."""
    ratio = draw(st.floats(0.2, 5))
    found = []
    for source in draw(st.lists(st.integers(1, 400), min_size=20, max_size=60)):
        factor = draw(st.sampled_from([1.0] * 8 + [0.7, 1.4, 3.0, 0.3, 20.0, 0.02]))
        found.append((source, max(round(source * ratio * factor), 1)))
    return found


def examining_every_row(rows: Lengths) -> DoubtfulRows:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_lengths, "SMALL_FILE", len(rows) + 1)
        return doubtful_rows(rows)


@given(lengths_of_rows())
@example([(20, 60)] * 30 + [(20, 2)] * 3 + [(20, 60)] * 30)
@example([(1, 1)] * 20)
@settings(max_examples=60)
def test_no_row_with_negative_log_odds_is_overlooked(rows: Lengths) -> None:
    every, found = examining_every_row(rows), doubtful_rows(rows)
    seen = [number for window in found.windows for number in window]
    assert seen == sorted(found.log_odds)
    assert len(seen) == len(set(seen))
    assert {number for number, odds in every.log_odds.items() if odds < 0} <= set(seen)
    assert found.log_odds == {number: every.log_odds[number] for number in seen}
    assert set(found.doubtful) <= set(seen)


def test_rows_that_fit_are_not_doubtful() -> None:
    found = doubtful_rows([(20 + number % 7, 60 + 3 * (number % 7)) for number in range(500)])
    assert (found.windows, found.doubtful) == ((), ())


def test_the_windows_around_rows_that_do_not_fit_are_joined() -> None:
    rows = [(20, 60)] * 100
    for place in (40, 50, 99):
        rows[place] = (20, 3)
    assert doubtful_rows(rows).windows == (range(28, 63), range(87, 100))


Texts = Sequence[tuple[str, str]]
WORDS = st.sampled_from(["字", "港口 2031 号", "OECD", "船只离开港口,", "x" * 40, "海" * 90])


@st.composite
def texts(draw: st.DrawFn) -> Texts:
    """Rows of texts, some of which are shifted, and some repeated."""
    rows = draw(st.lists(st.tuples(WORDS, WORDS, st.integers(1, 3)), min_size=6, max_size=12))
    plain = [(source * times, target * times * 3) for source, target, times in rows]
    ordinary = [
        ("字" * (20 + number % 9), "w" * (3 * (20 + number % 9)))
        for number in range(draw(st.integers(0, 50)))
    ]
    at = draw(st.integers(0, len(ordinary)))
    return [*ordinary[:at], *plain, *plain[: draw(st.integers(0, 3))], *ordinary[at:]]


def row_texts(rows: Texts) -> RowTexts:
    return RowTexts([source for source, _ in rows], [target for _, target in rows])


@given(texts(), st.data())
@settings(max_examples=60)
def test_rows_that_cannot_be_misaligned_need_not_be_read(rows: Texts, data: st.DataObject) -> None:
    file = row_texts(rows)
    every = list(file.rows(range(len(rows))))
    found = assess_rows(every, no_anchors)
    possible = file.possibly_misaligned()
    assert {number for number, row in enumerate(found) if row.confidence < 0.95} <= possible
    numbers = sorted(possible | data.draw(st.sets(st.integers(0, len(rows) - 1))))
    located = RowsInFile(file, {number: index for index, number in enumerate(numbers)})
    some = [every[number] for number in numbers]
    assert assess_rows(some, no_anchors, located) == [found[number] for number in numbers]


def test_the_rows_of_a_tiny_file_are_trusted() -> None:
    assert row_texts([("字", "w" * 900)] * 7).possibly_misaligned() == set()


def test_a_row_is_repeated_if_an_earlier_row_has_its_texts() -> None:
    file = row_texts([("甲", "a"), ("乙", "b"), ("甲", "a"), ("甲", "c"), ("甲", "a"), ("乙", "b")])
    assert sorted(file.repeated([2, 3, 4])) == [2, 4]
    assert sorted(file.repeated([])) == []
