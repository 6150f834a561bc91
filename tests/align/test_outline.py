"""What lengths say of rows, and which rows need not be at hand to say how sure the others are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from bilingual import no_anchors
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termcheck.align import row_lengths
from termcheck.align.misaligned_rows import RowOverview, confidences
from termcheck.align.row_lengths import DoubtfulRows, doubtful_rows
from termcheck.align.rows import Row

SURE = 0.9

Sizes = list[tuple[int, int]]


@st.composite
def sizes(draw: st.DrawFn) -> Sizes:
    """Lengths of rows that mostly keep some ratio, some of them by far not."""
    ratio = draw(st.floats(0.2, 5))
    found = []
    for one in draw(st.lists(st.integers(1, 400), min_size=20, max_size=60)):
        off = draw(st.sampled_from([1.0] * 8 + [0.7, 1.4, 3.0, 0.3, 20.0, 0.02]))
        found.append((one, max(round(one * ratio * off), 1)))
    return found


def looking_everywhere(rows: Sizes) -> DoubtfulRows:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_lengths, "ENOUGH_ROWS", len(rows) + 1)
        return doubtful_rows(rows)


@given(sizes())
@example([(20, 60)] * 30 + [(20, 2)] * 3 + [(20, 60)] * 30)
@example([(1, 1)] * 20)
@settings(max_examples=60, deadline=None)
def test_no_row_whose_lengths_speak_against_it_is_passed_over(rows: Sizes) -> None:
    every, found = looking_everywhere(rows), doubtful_rows(rows)
    seen = [number for window in found.windows for number in window]
    assert seen == sorted(found.odds)
    assert len(seen) == len(set(seen))
    assert {number for number, odds in every.odds.items() if odds < 0} <= set(seen)
    assert found.odds == {number: every.odds[number] for number in seen}
    assert set(found.doubtful) <= set(seen)


def test_rows_that_fit_are_not_looked_at() -> None:
    found = doubtful_rows([(20 + number % 7, 60 + 3 * (number % 7)) for number in range(500)])
    assert found == DoubtfulRows((), {}, ())


def test_rows_around_one_that_does_not_fit_are_looked_at_in_one_window() -> None:
    rows = [(20, 60)] * 100
    for place in (40, 50, 99):
        rows[place] = (20, 3)
    assert doubtful_rows(rows).windows == (range(28, 63), range(87, 100))


Texts = Sequence[tuple[str, str]]
WORDS = st.sampled_from(["字", "港口 2031 号", "OECD", "船只离开港口,", "x" * 40, "海" * 90])


@st.composite
def texts(draw: st.DrawFn) -> Texts:
    """Rows of texts, some of them shifted, some standing several times."""
    rows = draw(st.lists(st.tuples(WORDS, WORDS, st.integers(1, 3)), min_size=6, max_size=12))
    plain = [(source * times, target * times * 3) for source, target, times in rows]
    ordinary = [
        ("字" * (20 + number % 9), "w" * (3 * (20 + number % 9)))
        for number in range(draw(st.integers(0, 50)))
    ]
    at = draw(st.integers(0, len(ordinary)))
    return [*ordinary[:at], *plain, *plain[: draw(st.integers(0, 3))], *ordinary[at:]]


def outline(rows: Texts) -> RowOverview:
    return RowOverview([source for source, _ in rows], [target for _, target in rows])


@given(texts(), st.data())
@settings(max_examples=60, deadline=None)
def test_rows_that_are_surely_sure_need_not_be_at_hand(rows: Texts, data: st.DataObject) -> None:
    whole = outline(rows)
    every = list(whole.rows(range(len(rows))))
    found = confidences(every, no_anchors)
    unsure = whole.unsure()
    assert {number for number, one in enumerate(found) if one < 0.95} <= unsure
    at_hand = sorted(unsure | data.draw(st.sets(st.integers(0, len(rows) - 1))))
    some: list[Row] = [every[number] for number in at_hand]
    whole.at_hand = {number: place for place, number in enumerate(at_hand)}
    assert confidences(some, no_anchors, whole) == [found[number] for number in at_hand]


def test_a_few_rows_are_all_sure() -> None:
    assert outline([("字", "w" * 900)] * 7).unsure() == set()


def test_rows_that_stand_further_up_are_repeated() -> None:
    whole = outline([("甲", "a"), ("乙", "b"), ("甲", "a"), ("甲", "c"), ("甲", "a"), ("乙", "b")])
    assert sorted(whole.repeated([2, 3, 4])) == [2, 4]
    assert sorted(whole.repeated([])) == []
