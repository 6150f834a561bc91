"""Helpers for plain strings, compared with a library that knows them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from termcheck.text.search import edit_distance

# Few letters make strings that are near one another.
words = st.text("abc", max_size=8)


@given(words, words)
def test_edit_distance(first: str, second: str) -> None:
    assert edit_distance(first, second) == OSA.distance(first, second)
