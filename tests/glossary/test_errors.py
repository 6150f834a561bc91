"""Everything that can be wrong in a glossary is said at its place, with advice."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.glossary import load_glossary_text
from termcheck.glossary.events import MAX_DEPTH
from termcheck.model import TermcheckError

CASES = yaml.safe_load(Path(__file__).with_name("errors.yaml").read_text(encoding="utf-8"))


def error_of(text: str) -> TermcheckError:
    with pytest.raises(TermcheckError) as caught:
        load_glossary_text(text, "glossary.yaml")
    return caught.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_error(case: dict[str, Any]) -> None:
    error = error_of(case["text"])
    assert f"{error.line}:{error.column}" == case["at"], str(error)
    assert case["says"] in error.message
    assert case.get("advises", "") in error.advice
    assert error.advice, "every error says what to do"
    assert error.path == "glossary.yaml"
    assert not error.others, "one mistake is told once"


def test_the_names_of_cases_are_unique() -> None:
    names = [case["name"] for case in CASES]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("opening", ["[", "{a: ", "{? ", "- ", "[["])
def test_deep_nesting_is_refused_not_crashed_on(opening: str) -> None:
    error = error_of(opening * 100_000)
    assert "nested more than 12 levels" in error.message or "expected" in error.message


def test_the_deepest_nesting_allowed_is_still_read_as_yaml() -> None:
    text = "东盟: " + "[" * (MAX_DEPTH - 1) + "ASEAN" + "]" * (MAX_DEPTH - 1)
    assert "expected a text for `东盟`, found a list" in error_of(text).message


@pytest.mark.parametrize("text", ["词" * 2000 + ": x\n", json.dumps({"a" * 2000: "x", "b": "y"})])
def test_a_key_too_long_for_yaml_is_named(text: str) -> None:
    error = error_of(text)
    assert "longer than the 1024 characters" in error.message
    assert error.line == 1


def test_a_long_key_can_be_written_the_long_way() -> None:
    term = "词" * 2000
    assert load_glossary_text(f"? {term}\n: word\n", "g.yaml").concepts[0].id == term


@pytest.mark.parametrize("char", ["\ud800", "\x07", "\ufffe"])
def test_characters_that_are_no_text(char: str) -> None:
    error = error_of(f"东盟: ASEAN\n北约: NA{char}TO\n")
    assert (error.line, error.column) == (2, 7)


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\u2029"])
def test_odd_line_separators_do_not_shift_lines(odd: str) -> None:
    error = error_of(f"东盟: 'a{odd}b'\n北约:NATO\n")
    assert (error.line, error.column) == (2, 3)
    glossary = load_glossary_text(f"东盟: 'a{odd}b'\n北约: NATO\n", "g.yaml")
    assert glossary.concepts[1].origin.line == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_in_any_newline(newline: str) -> None:
    error = error_of(newline.join(["东盟: ASEAN", "# remark", "东盟: Asean", ""]))
    assert (error.line, error.column) == (3, 1)


def test_columns_are_code_points() -> None:
    error = error_of("\U0001f600东盟: [ASEAN, ~]\n")
    assert (error.line, error.column) == (1, 14)


# Single characters are hardly ever a glossary, whole lines mostly are.
_CHARACTERS = [*"东盟aB1 \n\t:：#-,[]{}\"'`\\|>&*!%@?=~<.\r\0\u2028\ufeff"]
_LINES = ["东盟: ASEAN\n", "上合组织: [SCO, bloc]\n", "南海: {en: SCS}\n", "# note\n"]


@given(
    st.one_of(
        st.lists(st.sampled_from(_CHARACTERS), max_size=40),
        st.lists(st.sampled_from(_LINES * 10 + _CHARACTERS), max_size=4),
    ).map("".join)
)
@settings(max_examples=300)
def test_any_text_is_a_glossary_or_an_error_at_a_place(text: str) -> None:
    error = attempt(text)
    if error is not None:
        lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.column <= len(lines[error.line - 1]) + 1
        assert error.advice


def attempt(text: str) -> TermcheckError | None:
    try:
        load_glossary_text(text, "glossary.yaml", ("zh", "en"))
    except TermcheckError as error:
        return error
    return None


# Where PyYAML's own parser is more patient than libyaml, the case says so.
@pytest.mark.parametrize(
    "case", [case for case in CASES if "python" not in case], ids=lambda case: case["name"]
)
def test_without_the_c_parser_the_same_is_refused(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    error = error_of(case["text"])
    assert str(error.line) == case["at"].split(":")[0]
    assert case["says"] in error.message
