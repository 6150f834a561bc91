"""Scripts of characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.text.scripts import SCRIPT_CLASSES, letter_counts, script_of


@pytest.mark.parametrize(
    ("char", "script"),
    [
        *[("中", "han"), ("々", "han"), ("𠮷", "han"), ("の", "kana"), ("ー", "kana"), ("한", "hangul")],
        *[("é", "latin"), ("×", None), ("я", "cyrillic"), ("λ", "greek"), ("ם", "hebrew"), ("ก", "thai")],
        *[("1", None), ("。", None), ("", None), ("_", None)],
    ],
)
def test_script_of_a_character(char: str, script: str | None) -> None:
    assert script_of(char) == script


@given(st.characters())
@settings(max_examples=200)
def test_scripts_hold_letters_only(char: str) -> None:
    script = script_of(char)
    assert letter_counts(char) == ({script: 1} if script else {})
    if script:
        assert script in SCRIPT_CLASSES
        assert char.isalpha() or char in "〇〡〢〣〤〥〦〧〨〩" or not char.isascii()


@pytest.mark.parametrize("script", SCRIPT_CLASSES)
def test_classes_are_classes_of_their_own_letters(script: str) -> None:
    letters = re.findall(f"[{SCRIPT_CLASSES[script]}]", "".join(map(chr, range(0x2FFFF))))
    assert len(letters) > 20
    assert {script_of(letter) for letter in letters} == {script}
