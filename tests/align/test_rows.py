"""Segments that come in rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from bilingual import no_anchors, of_segments, segment

from termcheck.align.bilingual_document import align_document
from termcheck.align.parallel_documents import align_documents
from termcheck.model import Bitext, Document, Side

Cells = Sequence[Sequence[str]]


def table(rows: Cells) -> Document:
    return of_segments([segment(cell, row=number) for number, row in enumerate(rows) for cell in row])


def texts(bitext: Bitext) -> list[tuple[str, str]]:
    return [
        ("+".join(item.text for item in pair.source), "+".join(item.text for item in pair.target))
        for pair in bitext.pairs
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [["港口", "port"], ["码头", "quay"]], [("港口", "port"), ("码头", "quay")], id="source first"
        ),
        pytest.param(
            [["port", "港口"], ["quay", "码头"]], [("港口", "port"), ("码头", "quay")], id="target first"
        ),
        pytest.param(
            [["码头", "quay"], ["港口", "2031"]],
            [("码头", "quay"), ("港口", "2031")],
            id="no letters opposite a term",
        ),
        pytest.param([["1", "2"], ["港口", "port"]], [("港口", "port")], id="no letters at all"),
        pytest.param(
            [["港口", "port"], ["SCO", "SCO"]], [("港口", "port"), ("SCO", "SCO")], id="left as it is"
        ),
        pytest.param(
            [["port", "港口"], ["码头", "码头"]], [("港口", "port"), ("码头", "码头")], id="left untranslated"
        ),
        pytest.param(
            [["港口", "port", "码头", "quay"]],
            [("港口", "port"), ("码头", "quay")],
            id="four columns in pairs",
        ),
        pytest.param(
            [["港口", "port", "used since May"]], [("港口", "port"), ("", "used since May")], id="a note"
        ),
    ],
)
def test_cells_pair_within_their_row(rows: Cells, expected: list[tuple[str, str]]) -> None:
    assert texts(align_document(table(rows), "zh", "en", no_anchors)) == expected


def test_sides_that_the_format_tells_are_believed() -> None:
    cells = [
        segment("SCO", row=0, side=Side.SOURCE),
        segment("上合组织", row=0, side=Side.TARGET),
        segment("港口", row=1, side=Side.SOURCE),
        segment("", row=1, side=Side.TARGET),
    ]
    bitext = align_document(of_segments(cells), "zh", "en", no_anchors)
    assert texts(bitext) == [("SCO", "上合组织"), ("港口", "")]
    assert [len(pair.target) for pair in bitext.pairs] == [1, 1]


def test_a_table_in_one_language_is_translated_by_the_table_below() -> None:
    rows = [["名称", "数量"], ["码头泊位", "仓库总数"], ["Name", "Number"], ["Berths", "Warehouses in all"]]
    cells = [segment(cell, row=number) for number, row in enumerate(rows[:2]) for cell in row]
    cells += [segment("译文如下:"), segment("The translation:")]
    cells += [segment(cell, row=number) for number, row in enumerate(rows[2:], 2) for cell in row]
    pairs = texts(align_document(of_segments(cells), "zh", "en", no_anchors))
    assert sorted(one for one, _ in pairs if one) == sorted(
        ["名称", "数量", "码头泊位", "仓库总数", "译文如下:"]
    )


def test_rows_stand_among_paragraphs_in_document_order() -> None:
    cells = [
        segment("上午好,各位记者朋友。"),
        segment("Good morning, friends from the press."),
        segment("港口", row=0),
        segment("port", row=0),
        segment("今天的发布会到此结束。"),
        segment("This is the end of today's briefing."),
    ]
    bitext = align_document(of_segments(cells), "zh", "en", no_anchors)
    assert [one[:2] for one, _ in texts(bitext)] == ["上午", "港口", "今天"]
    assert [pair.run for pair in bitext.pairs] == [0, 1, 2]


def test_files_of_as_many_rows_pair_by_row() -> None:
    source, target = table([["甲"], ["乙"], ["丙丁戊己庚辛"]]), table([["a long first entry"], ["2"], ["c"]])
    bitext = align_documents(source, target, no_anchors)
    assert texts(bitext) == [("甲", "a long first entry"), ("乙", "2"), ("丙丁戊己庚辛", "c")]
    assert bitext.source is source
    assert bitext.target is target


def test_pairs_of_rows_were_made_by_the_file_and_no_others() -> None:
    cells = [
        segment("上午好,各位记者朋友。"),
        segment("Good morning, friends from the press."),
        *(segment(text, row=0) for text in ("港口", "port", "码头", "quay")),
        *(segment(text, row=1) for text in ("仓库", "warehouse")),
    ]
    pairs = align_document(of_segments(cells), "zh", "en", no_anchors).pairs
    assert [pair.source[0].text[:2] for pair in pairs] == ["上午", "港口", "码头", "仓库"]
    assert [pair.by_file for pair in pairs] == [False, True, True, True]


def test_tables_of_unequal_length_are_aligned_and_not_paired_by_their_files() -> None:
    source = table([["港口于二零零三年五月开放。"], ["码头属于该市。"], ["仓库属于铁路公司。"]])
    target = table([["The port opened in May 2003."], ["The warehouses belong to the railway company."]])
    bitext = align_documents(source, target, no_anchors)
    assert {pair.by_file for pair in bitext.pairs} == {False}
    same = align_documents(source, table([["The port"], ["The quay"], ["The warehouses"]]), no_anchors)
    assert {pair.by_file for pair in same.pairs} == {True}
