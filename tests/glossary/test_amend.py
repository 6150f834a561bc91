"""A rendering is added to an entry with its form and its comments kept, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from termcheck.glossary import load_glossary_text
from termcheck.glossary.amend import amended, with_rendering
from termcheck.model import Concept, Origin, Status, Term

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("amend.yaml").read_text("utf-8"))
SEA = Concept("南海", (Term("南海", "zh"),))


@pytest.mark.parametrize("status", [Status.ADMITTED, Status.FORBIDDEN])
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_rendering_is_added_where_it_fits(case: dict[str, Any], status: Status) -> None:
    text = case["glossary"]
    wording = case.get("wording", "South Sea")
    insertions = with_rendering(text, SEA, wording, "en", status)
    expected = case.get("accept" if status is Status.ADMITTED else "forbid")
    assert (amended(text, insertions) if insertions else None) == expected


def test_of_two_entries_with_one_key_that_in_its_line_is_meant() -> None:
    entries = ["  海: {concept: a, en: sea}", "  南海: {concept: b, en: South China Sea}", ""]
    text = "\n".join(["languages: [zh, en]", "terms:", *entries])
    concept = Concept("b", (Term("南海", "zh"),), origin=Origin("", 4, 3))
    insertions = with_rendering(text, concept, "South Sea", "en", Status.ADMITTED)
    assert (
        amended(text, insertions).splitlines()[3] == "  南海: {concept: b, en: [South China Sea, South Sea]}"
    )


WORDINGS = st.text(st.sampled_from("ab ,:#[]{}'\"-?&*!|>%@`海\\"), min_size=1, max_size=8)


@given(WORDINGS, st.sampled_from([Status.ADMITTED, Status.FORBIDDEN]), st.sampled_from(CASES))
def test_whatever_is_offered_loads_and_says_what_was_meant(
    wording: str, status: Status, case: dict[str, Any]
) -> None:
    text = case["glossary"]
    insertions = with_rendering(text, SEA, wording, "en", status)
    if insertions:
        (sea,) = (
            one for one in load_glossary_text(amended(text, insertions), "").concepts if one.id == "南海"
        )
        assert (wording, status) in [(term.text, term.status) for term in sea.terms]
