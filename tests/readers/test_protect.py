"""Protected spans of running text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from termcheck.readers.protect import protected_spans

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


@pytest.mark.parametrize(
    "unit", ["a.", "a@", "<a b ", "{", "`a``b```", "://", "a/", "<!--", "%1", "\\", "$(", "(a://b)"]
)
def test_long_text_takes_linear_time(unit: str) -> None:
    # Quadratic work on a text of this length would take hours.
    protected_spans(unit * (400_000 // len(unit)))
