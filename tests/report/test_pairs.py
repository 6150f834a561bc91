"""The pairs as `--show-pairs` shows them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from termcheck.model import Bitext, Document, Piece, Segment, SegmentPair, Span
from termcheck.report import RenderOptions, render_pairs

TALK = (
    "例行记者会\n\nRegular press conference\n\n2025年12月25日\n\n"
    "记者提问。\n\n发言人\n回答。\n\nA question,\nand an answer.\n"
)


def _segment(document: Document, text: str) -> Segment:
    start = document.raw.index(text)
    return Segment(text, (Piece(Span(0, len(text)), Span(start, start + len(text))),))


def _bitext(build_document) -> Bitext:
    document = build_document("talk.md", TALK)
    title, heading, date, question, answer, both = (
        _segment(document, text) for text in TALK.removesuffix("\n").split("\n\n")
    )
    pairs = (
        SegmentPair((title,), (heading,), 0.98),
        SegmentPair((date,), (), 1.0),
        SegmentPair((question, answer), (both,), 0.314),
    )
    return Bitext(document, document, pairs)


def test_each_pair_with_lines_and_confidence(build_document) -> None:
    assert render_pairs(_bitext(build_document), RenderOptions()) == (
        "talk.md: 2 pairs, 1 unpaired paragraph\n"
        "\n"
        "pair 1 (confidence 0.98)\n"
        "  source  1 | 例行记者会\n"
        "  target  3 | Regular press conference\n"
        "\n"
        "unpaired source\n"
        "  source  5 | 2025年12月25日\n"
        "\n"
        "pair 2 (confidence 0.31)\n"
        "  source  7 | 记者提问。\n"
        "  source  9 | 发言人 回答。\n"
        "  target 12 | A question, and an answer.\n"
    )


def test_long_texts_are_cut_to_the_width(build_document) -> None:
    lines = render_pairs(_bitext(build_document), RenderOptions(width=30)).splitlines()
    assert "  target  3 | Regular press…" in lines
    assert "  source  5 | 2025年12月25日" in lines


def test_two_files_are_both_named(build_document) -> None:
    source, target = build_document("zh/a.md", "南海\n"), build_document("en/a.md", "\n\nSouth China Sea\n")
    pair = SegmentPair((_segment(source, "南海"),), (_segment(target, "South China Sea"),), 0.9)
    assert render_pairs(Bitext(source, target, (pair,)), RenderOptions()) == (
        "zh/a.md -> en/a.md: 1 pair\n"
        "\n"
        "pair 1 (confidence 0.90)\n"
        "  source 1 | 南海\n"
        "  target 3 | South China Sea\n"
    )


def test_a_bitext_without_pairs_says_so(build_document) -> None:
    bitext = replace(_bitext(build_document), pairs=())
    assert render_pairs(bitext, RenderOptions()) == "talk.md: 0 pairs\n"


def test_doubtful_pairs_stand_out_in_colour(build_document) -> None:
    output = render_pairs(_bitext(build_document), RenderOptions(color=True))
    headings = re.findall(r"\x1b\[([0-9;]+)m((?:pair|unpaired)[^\x1b]*)", output)
    assert headings == [
        ("1", "pair 1 (confidence 0.98)"),
        ("1;33", "unpaired source"),
        ("1;33", "pair 2 (confidence 0.31)"),
    ]
    assert re.sub(r"\x1b\[[0-9;]*m", "", output) == render_pairs(_bitext(build_document), RenderOptions())
