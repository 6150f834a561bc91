"""Protected spans of running text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from termcheck.readers.protect import protected_spans, suspicious

_CASES = yaml.safe_load((Path(__file__).parent / "protected.yaml").read_text(encoding="utf-8"))
_PARTS = st.sampled_from(
    [
        "上合",
        "sco",
        " ",
        "\n",
        ".",
        "/",
        "://",
        "@",
        "%",
        "s",
        "{",
        "}",
        "$",
        "<",
        ">",
        "!--",
        "-->",
        "`",
        "``",
        "\\",
        ":",
        "(",
        ")",
        "[",
        "](",
        "https",
        "md",
        'a="',
        "*",
        "_",
        "1",
        "😀",
        "<b",
        "/>",
        "C:\\",
        ":class:`",
        "ref",
        ".. note::",
        ":param x:",
        ">>> ",
        "$ ",
        "()",
        "[]",
        "int",
        "::",
        "|",
        "=>",
        "--",
        "Ctrl+",
        "[a-z]",
        ".*",
        "=",
        ",",
    ]
)


@pytest.mark.parametrize("marked", _CASES)
def test_case(marked: str) -> None:
    text = re.sub("[【】]", "", marked)
    shown = list(text)
    for span in reversed(protected_spans(text)):
        shown[span.end : span.end] = "】"
        shown[span.start : span.start] = "【"
    assert "".join(shown) == marked


@given(st.lists(_PARTS, max_size=40).map("".join))
def test_spans_are_in_order_and_apart(text: str) -> None:
    end = -1
    for span in protected_spans(text):
        assert end < span.start < span.end <= len(text)
        end = span.end


_UNITS = (
    "a.",
    "a@",
    "<a b ",
    "{",
    "`a``b```",
    "://",
    "a/",
    "<!--",
    "%1",
    "\\",
    "$(",
    "(a://b)",
    ":a",
    ":a:`",
    "`a <",
    "_a",
    "a_",
    "a(",
    "f(a,",
    "a.b(1,",
    "[]",
    "a[int",
    "a<int,",
    "::a",
    "(a: B) => ",
    "=>",
    " --a",
    "--a-",
    "--a=",
    "Ctrl+",
    "{a|",
    "{a{",
    "\\d",
    ".*a",
    "(?:",
    "[a-z]",
    "|a",
    "|a|",
    "\n.. a",
    "\n:a ",
    "\n>>> a",
    "\n$ make",
    "\n$ a ",
    "\\\n",
    "](#",
    "{a, plural,",
    "%a",
    "\n\n>>> a.b",
    "Aa_",
)


@pytest.mark.parametrize("unit", _UNITS)
@pytest.mark.timeout(60)
def test_long_text_takes_linear_time(unit: str) -> None:
    # Quadratic work on a text of this length would take hours.
    spans = protected_spans(unit * (400_000 // len(unit)))
    assert all(0 <= span.start < span.end <= 400_000 for span in spans)


@given(st.lists(_PARTS, max_size=12).map("".join))
def test_texts_with_protected_spans_are_suspicious(text: str) -> None:
    around = list(suspicious(text))
    assert all(0 <= at < len(text) for at in around)
    for span in protected_spans(text):
        # Of texts that are joined the one with the span must be told.
        assert any(span.start <= at < span.end for at in around)


@pytest.mark.parametrize(
    "text", ["", "上合组织今天开会。", "The SCO met (in May), they said: yes!", "No. 5 of 7"]
)
def test_plain_texts_are_not_suspicious(text: str) -> None:
    assert list(suspicious(text)) == []
