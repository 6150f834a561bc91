"""What is found does not depend on how much has been scanned before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from termcheck.matching.index.automaton import AhoCorasick

texts = st.text("ab上合 -", max_size=30)
words = st.lists(st.text("ab上合 -", min_size=1, max_size=8), unique=True, max_size=12)


@given(words, st.lists(texts, max_size=8))
def test_all_words_are_found_in_any_order_of_texts(known: list[str], scanned: list[str]) -> None:
    found = AhoCorasick(known)
    for text in scanned:
        expected = {
            (at + len(word) - 1, number)
            for number, word in enumerate(known)
            for at in range(len(text))
            if text.startswith(word, at)
        }
        assert set(found.find(text)) == expected


def test_a_short_text_and_many_words() -> None:
    known = [f"{number} terms of a long list" for number in range(1000)]
    found = AhoCorasick(known)
    assert sorted(found.find("there are 77 terms of a long list")) == [(32, 7), (32, 77)]
    assert list(found.find("there are none")) == []
