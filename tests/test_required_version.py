"""Versions that a project requires are compared as Python's packaging does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from termcheck.model import TermcheckError
from termcheck.required_version import is_met

NUMBERS = st.integers(0, 3)
VERSIONS = st.builds(
    "{}{}".format,
    st.lists(NUMBERS, min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts))),
    st.sampled_from(["", "", "", "a1", "b2", "rc1"]),
)
CLAUSES = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["==", "!=", "<=", ">=", "<"]), VERSIONS),
    st.builds("{}{}.{}".format, st.just("~="), NUMBERS, VERSIONS),
    st.builds("{}{}.*".format, st.sampled_from(["==", "!="]), NUMBERS),
)


@given(st.lists(CLAUSES, min_size=1, max_size=2).map(",".join), VERSIONS)
def test_a_version_is_met_as_packaging_says(required: str, version: str) -> None:
    assert is_met(required, version) is SpecifierSet(required).contains(version, prereleases=True)


@pytest.mark.parametrize(
    ("required", "met"),
    [
        ("0.4.2", True),
        ("0.4", False),
        (" >= 0.4 , < 2 ", True),
        ("~=0.4.0", True),
        ("~=0.5", False),
        (">0.4", True),
    ],
)
def test_the_usual_ways_to_write_it(required: str, met: bool) -> None:
    assert is_met(required, "0.4.2") is met


@pytest.mark.parametrize(
    "required", ["", "latest", ">=", "^0.4", "0.4,", "~=1", ">=0.x", "==" + "9" * 40, "> =1"]
)
def test_anything_else_is_refused(required: str) -> None:
    with pytest.raises(TermcheckError, match="is no version"):
        is_met(required, "0.4.2")
