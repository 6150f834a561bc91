"""The pairs as `--show-pairs` shows them, as text and as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
from msgspec.structs import replace

from termcheck.model import Bitext, Document, Piece, Segment, SegmentPair, Span
from termcheck.report import RenderOptions, pairs_as_json, render_pairs

SCHEMA = json.loads(Path(__file__).with_name("pairs.schema.json").read_text(encoding="utf-8"))
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


def test_texts_are_whole_on_request(build_document) -> None:
    lines = render_pairs(_bitext(build_document), RenderOptions(width=30), whole=True).splitlines()
    assert "  target  3 | Regular press conference" in lines
    assert "  target 12 | A question, and an answer." in lines


def test_the_json_to_the_letter(build_document) -> None:
    text = "".join(pairs_as_json([(_bitext(build_document), ("zh", "en"))]))
    jsonschema.validate(json.loads(text), SCHEMA)
    places = [
        (1, 1, 1, 6, "例行记者会"),
        (3, 3, 1, 25, "Regular press conference"),
        (7, 7, 1, 6, "记者提问。"),
        (9, 10, 1, 4, "发言人\\n回答。"),
        (12, 13, 1, 15, "A question,\\nand an answer."),
    ]
    title, heading, question, answer, both = (
        f'{{"path": "talk.md", "line": {line}, "end_line": {end_line}, "column": {column}, '
        f'"end_column": {end_column}, "text": "{shown}"}}'
        for line, end_line, column, end_column, shown in places
    )
    assert text == (
        '{\n  "pairs": [\n'
        f'    {{"source": [{title}], "target": [{heading}], "confidence": 0.98, "layout": "alternating"}},\n'
        f'    {{"source": [{question}, {answer}], "target": [{both}], "confidence": 0.314, '
        '"layout": "alternating"}\n'
        '  ],\n  "unpaired": [\n'
        '    {"side": "source", "language": "zh", "path": "talk.md", "line": 5, "end_line": 5, "column": 1, '
        '"end_column": 12, "text": "2025年12月25日"}\n'
        "  ]\n}\n"
    )


def test_a_segment_that_ends_with_a_newline_ends_on_its_last_line(build_document) -> None:
    source, target = build_document("zh/a.md", "南海\n\n"), build_document("en/a.md", "South\nChina Sea\n")
    pair = SegmentPair((_segment(source, "南海\n"),), (_segment(target, "South\nChina Sea\n"),), 0.9)
    [found] = json.loads("".join(pairs_as_json([(Bitext(source, target, (pair,)), ("zh", "en"))])))["pairs"]
    assert [(side[0]["end_line"], side[0]["end_column"]) for side in (found["source"], found["target"])] == [
        (1, 3),
        (2, 10),
    ]
    assert found["layout"] == "files"


def test_texts_follow_one_another_in_one_object(build_document) -> None:
    bitext = _bitext(build_document)
    alone, twice, none = (
        json.loads("".join(pairs_as_json([(bitext, ("zh", "en"))] * number))) for number in (1, 2, 0)
    )
    assert twice == {key: alone[key] * 2 for key in ("pairs", "unpaired")}
    assert none == {"pairs": [], "unpaired": []}
