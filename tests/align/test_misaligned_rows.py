"""How sure a row is that comes paired from its file."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import pytest
from bilingual import no_anchors, of_segments, segment
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.align.bilingual_document import align_document
from termcheck.model import Segment, SegmentPair, Side

Texts = Sequence[tuple[str, str]]
Anchors = Callable[[Sequence[Segment], Side], Sequence[frozenset[str]]]

SURE = 0.9
# Lengths of translations in letters, and of their sources in characters of a third of it.
LENGTHS = (18, 90, 35, 140, 22, 60, 200, 43, 25, 75)
ARTICLE_ZH = "港务局公布了新码头的章程,其中规定了泊位、引水、仓储和费用,并要求各船公司在期限之前登记。" * 4
ARTICLE = (
    "The port authority has published the rules of the new quay on berths, pilots, storage and charges, and "
    "asks all shipping companies to register within the time given. "
) * 4


def ordinary(count: int) -> list[tuple[str, str]]:
    """Rows, no two alike, whose sides fit by length and say nothing else."""
    lengths = [LENGTHS[number % len(LENGTHS)] for number in range(count)]
    return [
        ("字" * (length // 3 - 1) + chr(0x4E00 + number), "w" * length)
        for number, length in enumerate(lengths)
    ]


def shifted(rows: Texts, start: int, end: int) -> list[tuple[str, str]]:
    """The rows with the targets from `start` to `end` moved up by one."""
    targets = [target for _, target in rows]
    targets[start:end] = targets[start + 1 : end + 1]
    return [(source, target) for (source, _), target in zip(rows, targets, strict=True)]


def pairs_of(rows: Texts, anchors: Anchors = no_anchors) -> Sequence[SegmentPair]:
    segments = [
        segment(text, row=number, side=side)
        for number, texts in enumerate(rows)
        for side, text in zip(Side, texts, strict=True)
    ]
    return align_document(of_segments(segments), "zh", "en", anchors).pairs


def confidences(rows: Texts, anchors: Anchors = no_anchors) -> list[float]:
    return [pair.confidence for pair in pairs_of(rows, anchors)]


def among_ordinary(source: str, target: str, count: int = 40) -> float:
    """The confidence of one row in the midst of ordinary ones, which must all be sure."""
    rows = ordinary(count)
    middle = count // 2
    found = confidences([*rows[:middle], (source, target), *rows[middle:]])
    assert min(found[:middle] + found[middle + 1 :]) > SURE
    return found[middle]


def test_a_stretch_of_shifted_rows_is_unsure_and_the_rest_is_not() -> None:
    found = confidences(shifted(ordinary(90), 40, 60))
    assert min(found[:38] + found[62:]) > SURE
    assert max(found[42:58]) < 0.5


def test_a_long_stretch_of_shifted_rows_is_unsure_throughout() -> None:
    found = confidences(shifted(ordinary(2600), 100, 1300))
    assert max(found[105:1295]) < 0.5
    assert min(found[:98] + found[1302:]) > SURE


def displaced(rows: Texts, start: int, by: int) -> list[tuple[str, str]]:
    """The rows with the targets from `start` on moved up by some rows, as if their cells had been deleted."""
    targets = [target for _, target in rows]
    del targets[start : start + by]
    return [(source, target) for (source, _), target in zip(rows, targets, strict=False)]


@pytest.mark.parametrize("by", [1, 2, 5])
@pytest.mark.parametrize("end", [60, 400])
def test_rows_moved_from_some_row_on_are_called_shifted(by: int, end: int) -> None:
    pairs = pairs_of(displaced(ordinary(end), 40, by))
    unsure = [pair.confidence < SURE for pair in pairs]
    assert sum(unsure[40:]) > 0.7 * len(unsure[40:])
    assert not any(unsure[:36])
    assert all(pair.shifted for pair, is_unsure in zip(pairs, unsure, strict=True) if is_unsure)


def cut(rows: Texts, start: int, end: int, share: float) -> list[tuple[str, str]]:
    """The rows with the targets from `start` to `end` cut, or repeated, to a share of their length."""
    return [
        (
            source,
            (target * math.ceil(share))[: math.ceil(len(target) * share)] if start <= row < end else target,
        )
        for row, (source, target) in enumerate(rows)
    ]


@pytest.mark.parametrize("share", [0.33, 0.2, 4.0])
@pytest.mark.parametrize("end", [60, 200])
def test_abridged_and_expanded_rows_are_believed(share: float, end: int) -> None:
    assert min(confidences(cut(ordinary(200), 40, end, share))) > SURE


def test_lengths_that_vary_wildly_are_no_shift() -> None:
    rows = cut(ordinary(200), 40, 160, 0.2)
    wild = [rows[row] if row % 3 else ordinary(200)[row] for row in range(200)]
    wild = [(source, target * (5 if row % 7 == 0 else 1)) for row, (source, target) in enumerate(wild)]
    assert not any(pair.shifted for pair in pairs_of(wild))


def test_rows_that_belong_nowhere_are_unsure_and_not_shifted() -> None:
    rows = ordinary(90)
    mixed = [target for _, target in rows[30:60]]
    random.Random(4).shuffle(mixed)
    pairs = pairs_of(
        [*rows[:30], *zip([source for source, _ in rows[30:60]], mixed, strict=True), *rows[60:]]
    )
    assert sum(pair.confidence < SURE for pair in pairs[30:60]) > 15
    assert not any(pair.shifted for pair in pairs)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param("2031 年度报告:" + ARTICLE_ZH, "What it is", id="an article opposite a heading"),
        pytest.param("简介", "The year 2031: " + ARTICLE, id="a heading opposite an article"),
        pytest.param(f"详见 OECD 与 UNCTAD 文件。{ARTICLE_ZH}", "4711", id="names opposite a number"),
    ],
)
@pytest.mark.parametrize("count", [12, 40, 700])
def test_a_row_alone_is_unsure_if_nothing_fits(source: str, target: str, count: int) -> None:
    assert among_ordinary(source, target, count) < 0.5


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param(ARTICLE_ZH, "What it is", id="nothing there that should be shared"),
        pytest.param("2031 年度报告:" + ARTICLE_ZH, "2031 report", id="a number shared"),
        pytest.param("OECD 报告:" + ARTICLE_ZH, "OECD report", id="a name shared"),
        pytest.param("第 2031 号文件由港务局公布。", "The port has published a rule.", id="lengths that fit"),
        pytest.param("2031 年港务局公布了新码头的章程。", "The rules of the quay", id="cut by half"),
        pytest.param(ARTICLE_ZH, ARTICLE_ZH, id="left untranslated"),
        pytest.param("见附件 2。", "See the annex, which is the second.", id="expanded"),
    ],
)
def test_a_row_alone_is_believed_if_anything_fits(source: str, target: str) -> None:
    assert among_ordinary(source, target) > SURE


def test_one_row_of_odd_lengths_among_short_ones_is_a_free_translation() -> None:
    rows = [("请稍后再试一次。", "Please try again later." * (9 if row == 20 else 1)) for row in range(40)]
    assert min(confidences(rows)) > SURE


def test_rows_of_a_few_words_are_not_drawn_into_a_stretch_beside_them() -> None:
    short = [("好。", "Good.")] * 9
    misaligned = [(f"{year} 年度报告:" + ARTICLE_ZH, "What it is") for year in (2031, 2032, 2033)]
    found = confidences([*short, *misaligned, *short])
    assert max(found[9:12]) < 0.5
    assert min(found[:9] + found[12:]) > SURE


def test_a_row_that_stands_many_times_is_accused_once() -> None:
    rows = [("港口已经开放。", "It is open.")] * 20 + [
        ("船只离开港口。", "Ships leave the harbor facility.")
    ] * 30
    assert min(confidences(rows)) > SURE


def test_rows_whose_lengths_fit_are_not_misaligned_however_badly_translated() -> None:
    rows = [
        (
            f"{number}、{number + 40}、{number + 90} 号泊位在 {number + 300} 号仓库对面，{number + 500} 步。",
            "Those berths are opposite this warehouse." + " Really." * (number % 2),
        )
        for number in range(2, 20)
    ]
    assert min(confidences(rows)) > SURE


def test_a_term_of_the_glossary_speaks_for_a_row() -> None:
    rows = [*ordinary(20), ("海关" + ARTICLE_ZH, "Customs"), ("海关" + ARTICLE_ZH, "Overview"), *ordinary(20)]

    def find(segments: Sequence[Segment], _: Side) -> list[frozenset[str]]:
        return [
            frozenset({"customs"} if {"海关", "Customs"} & {item.text[:2], item.text} else ())
            for item in segments
        ]

    found = confidences(rows, find)
    assert found[20] > found[21]
    assert confidences(rows)[20] == pytest.approx(confidences(rows)[21], abs=0.01)


def test_a_few_rows_are_believed_whatever_they_say() -> None:
    assert min(confidences([("2031 年度报告:" + ARTICLE_ZH, "What it is")] * 7)) == 1.0


def test_rows_without_a_counterpart_are_sure_and_say_nothing_of_others() -> None:
    rows = shifted(ordinary(60), 20, 40)
    found = confidences(rows)
    with_gaps = confidences([*rows[:30], ("无译文", ""), ("", "no source"), *rows[30:]])
    assert with_gaps[30:32] == [1.0, 1.0]
    assert [*with_gaps[:30], *with_gaps[32:]] == found


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=80)), max_size=30))
@settings(max_examples=60)
def test_every_row_has_a_probability_and_the_same_each_time(rows: list[tuple[str, str]]) -> None:
    found = confidences(rows)
    assert len(found) == len(rows)
    assert all(0.0 <= one <= 1.0 for one in found)
    assert found == confidences(rows)
