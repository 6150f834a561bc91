"""Path patterns mean what a regular expression would mean, and take no longer for having many stars."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.file_pairs import PairPattern
from termcheck.globs import PathGlob

_TOKENS = {
    "*": "[^/]*",
    "**": ".*",
    "**/": "(?:[^/]+/)*",
    "?": "[^/]",
    "[ab]": "[ab]",
    "[!a]": "[^/a]",
    "{a,b}": "(?:a|b)",
    "{,a/**}": "(?:|a/.*)",
    "a": "a",
    "b": "b",
    ".": r"\.",
    "]": r"\]",
}


@given(st.lists(st.sampled_from(sorted(_TOKENS)), min_size=1, max_size=7), st.text("ab/.\nc", max_size=9))
def test_a_pattern_matches_what_its_expression_matches(tokens: list[str], path: str) -> None:
    # Stars side by side would be read as other tokens.
    kept = [
        one for one, before in zip(tokens, ["", *tokens], strict=False) if "*" not in before[-1:] + one[:1]
    ]
    pattern = f"x/{''.join(kept)}x"
    expression = f"x/{''.join(_TOKENS[token] for token in kept)}x(?:|/.*)"
    found = PathGlob(pattern, "/root").matches(f"/root/x/{path}x")
    assert found is (re.fullmatch(expression, f"x/{path}x", re.DOTALL) is not None)


@pytest.mark.parametrize(
    "pattern", ["*a" * 30 + "b", "x/" + "**a" * 30 + "b", "{*,a}" * 30 + "b", "x/" + "**/a*" * 9 + "b"]
)
def test_many_stars_take_no_time(pattern: str) -> None:
    begin = time.process_time()
    assert not PathGlob(pattern, "/root").matches(f"/root/x/{'a' * 250}")
    # A regular expression takes more than a minute for ten stars.
    assert time.process_time() - begin < 2


def test_many_placeholders_take_no_time() -> None:
    source, target = ("".join(f"{{n{number}}}{end}" for number in range(30)) for end in "ab")
    pair = PairPattern(f"{source}x", f"{target}x", "/root")
    begin = time.process_time()
    assert list(pair.halves(f"/root/{'a' * 250}")) == []
    assert time.process_time() - begin < 2
