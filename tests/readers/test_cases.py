"""Runs the cases of `cases_*.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from termcheck.model import Document, Segment, Side, Span, TermcheckError
from termcheck.readers import ReadOptions, read_document
from termcheck.text.positions import position, segment_location

_FILES = {
    "cases_plain": "case.txt",
    "cases_markdown": "case.md",
    "cases_front_matter": "case.md",
    "cases_rows": "",
    "cases_po": "case.po",
    "cases_app_files": "",
    "cases_html": "case.html",
    "cases_subtitles": "",
    "cases_xml": "",
}
_CASES = [
    pytest.param(case, case.get("file") or default, id=f"{name}: {case['name']}")
    for name, default in _FILES.items()
    for case in yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))
]


def _seen(document: Document, segment: Segment, key: str) -> Any:
    match key:
        case "text" | "row" | "heading" | "key":
            return getattr(segment, key)
        case "side":
            return segment.side and segment.side.value
        case "raw":
            return document.raw[segment.raw.start : segment.raw.end]
        case "protected":
            return [segment.text[span.start : span.end] for span in segment.protected]
        case "time":
            return segment.time and [segment.time.start, segment.time.end]
        case "at":
            line, column = position(document.line_starts, segment.raw.start)
            return f"{line}:{column}"
    raise AssertionError(f"unknown key {key} in a case")


def _error(file: str, data: bytes, options: ReadOptions) -> TermcheckError:
    """What is wrong with a file or, if one of its rows is, with that."""
    try:
        (error,) = read_document(file, data, options).errors
    except TermcheckError as whole:
        return whole
    return error


@pytest.mark.parametrize(("case", "file"), _CASES)
def test_case(case: dict[str, Any], file: str) -> None:
    options = ReadOptions(**case.get("options", {}))
    if "error" in case:
        error = _error(file, case["text"].encode(), options)
        assert f"{error.line}:{error.column}" == case["error"]["at"]
        assert error.path == file
        assert case["error"]["message"] in error.message
        assert case["error"].get("advice", "") in error.advice
        return
    document = read_document(file, case["text"].encode(), options)
    wrong = [f"{error.line}:{error.column}: {error.message}" for error in document.errors]
    assert document.unread == case.get("unread", len(wrong))
    for message, begin in zip(wrong, case.get("errors", ()), strict=True):
        assert message.removeprefix("0:0: ").startswith(begin)
    expected = [item if isinstance(item, dict) else {"text": item} for item in case["segments"]]
    seen = [
        {key: _seen(document, segment, key) for key in wanted}
        for segment, wanted in zip(document.segments, expected, strict=False)
    ]
    assert seen == expected
    assert [segment.text for segment in document.segments[len(expected) :]] == []
    assert dict(document.left_out) == case.get("left_out", {})
    if "front_matter" in case:
        assert dict(document.front_matter) == case["front_matter"]


def test_a_span_of_an_escaped_value_is_located_in_the_file() -> None:
    raw = '{"source": "a\\u4e2d\\u56fdb", "target": "x"}'
    document = read_document("a.jsonl", raw.encode())
    segment = document.segments[0]
    location = segment_location(document, segment, Span(2, 4))
    assert (location.line, location.column, location.end_column) == (1, 20, 27)
    assert location.text == "\\u56fdb"
    assert segment.side is Side.SOURCE


def test_a_term_across_a_line_break_is_located_over_both_lines() -> None:
    document = read_document("a.md", b"> the South\n> Sea\n")
    (segment,) = document.segments
    start = segment.text.index("South Sea")
    location = segment_location(document, segment, Span(start, start + 9))
    assert (location.line, location.column, location.end_line, location.end_column) == (1, 7, 2, 6)
