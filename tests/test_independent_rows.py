"""Rows of tables are independent: no order, split or batching of them changes what is found in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from termcheck.config import Settings
from termcheck.engine.independent_rows import RowChecker
from termcheck.glossary import load_glossary_text
from termcheck.rules import RULES
from termcheck.selection import Selection

Row = tuple[str, str]

GLOSSARY = """
languages: [en, zh]
terms:
  Backing Portfolio: {zh: [支持组合, {term: 支援组合, status: forbidden}]}
  Convertibility Undertaking: 兑换保证
  CU: CU机制
  Growth Portfolio: 长期增长组合
  Exchange Fund: 外汇基金
"""
# Rows that introduce abbreviations, equate two entries, or repeat an insertion, and rows that could profit.
ROWS: list[Row] = [
    ("The Backing Portfolio was set up in May.", "支持组合（BP）于五月成立。"),
    ("The Backing Portfolio grew last year.", "BP去年有所增长。"),
    ("The Backing Portfolio fell.", "支援组合有所下跌。"),
    ("The Convertibility Undertaking (CU) was triggered.", "兑换保证（CU机制）被触发。"),
    ("The CU was triggered twice.", "兑换保证两度被触发。"),
    ("The Growth Portfolio rose.", "长期增长投资组合上升。"),
    ("The Exchange Fund grew.", "基金有所增长。"),
    ("Nothing was said.", "没有人发言。"),
    ("The Exchange Fund.", ""),
    ("", "外汇基金。"),
]


def checker() -> RowChecker:
    options = Settings(selection=Selection.build(RULES), root="", date="2026-01-01")
    return RowChecker(load_glossary_text(GLOSSARY, "glossary.yaml"), options)


def found(rows: Sequence[Row], batches: Sequence[int]) -> Counter[tuple[Row, str, str]]:
    """How often each finding is reported on each row, checked in batches that end after these rows."""
    checking, counts = checker(), Counter[tuple[Row, str, str]]()
    ends = sorted({*batches, len(rows)})
    for begin, end in zip([0, *ends], ends, strict=False):
        batch = rows[begin:end]
        sources, targets = [source for source, _ in batch], [target for _, target in batch]
        for row_finding in checking.check(sources, targets):
            finding = row_finding.finding
            counts[batch[row_finding.row], finding.code, finding.fingerprint] += 1
    return counts


def test_a_row_that_introduces_an_abbreviation_says_nothing_about_other_rows() -> None:
    introduction, use = ROWS[0], ROWS[1]
    for rows in ([introduction, use], [use, introduction], [use]):
        assert {(row, code) for row, code, _ in found(rows, [])} == {(use, "TRM101")}


def test_an_abbreviation_introduced_in_the_row_itself_acquits() -> None:
    assert not found([("Backing Portfolio, in short BP.", "支持组合（BP），简称BP。")], [])


def test_a_modifier_that_comes_back_in_other_rows_is_still_a_modifier() -> None:
    assert not found([ROWS[5]] * 5, [])


@given(
    st.lists(st.sampled_from(ROWS), min_size=1, max_size=16).flatmap(
        lambda rows: st.tuples(
            st.just(rows), st.permutations(rows), st.sets(st.integers(1, len(rows)), max_size=4)
        )
    )
)
def test_order_and_batches_change_nothing(drawn: tuple[list[Row], list[Row], set[int]]) -> None:
    rows, shuffled, batches = drawn
    one_by_one = found(rows, range(1, len(rows) + 1))
    assert found(rows, []) == one_by_one
    assert found(shuffled, sorted(batches)) == one_by_one
