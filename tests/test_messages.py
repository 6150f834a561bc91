"""The wording that all layers share."""

from __future__ import annotations

from pathlib import Path

import pytest

from termcheck.messages import alternatives, did_you_mean, file_error


def test_the_nearest_word_is_suggested_and_no_distant_one() -> None:
    assert did_you_mean("zzz", ["first", "second"]) == ""
    assert did_you_mean(" FRIST ", ["first", "second"]) == "did you mean 'first'?"
    assert did_you_mean("frist", ["first"], "`") == "did you mean `first`?"


@pytest.mark.parametrize(
    ("words", "listed"), [((), ""), (("a",), "a"), (("a", "b"), "a or b"), (("a", "b", "c"), "a, b or c")]
)
def test_alternatives(words: tuple[str, ...], listed: str) -> None:
    assert alternatives(words) == listed


@pytest.mark.parametrize(
    ("name", "reason"), [("missing.md", "no such file or directory"), ("a\0b", "a name has no NUL character")]
)
def test_the_reason_of_the_operating_system_is_part_of_the_message(name: str, reason: str) -> None:
    with pytest.raises((OSError, ValueError)) as caught:
        Path(name).read_bytes()
    error = file_error("cannot be read", caught.value, name, advice="name another file")
    assert str(error) == f"{name}: cannot be read: {reason}; name another file"
