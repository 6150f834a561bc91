"""What a glossary's entries are read to, in every form they can be written in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from termcheck.glossary import load_glossary_text
from termcheck.model import (
    CaseMode,
    Concept,
    Count,
    FirstUse,
    Glossary,
    MatchMode,
    Origin,
    Severity,
    Status,
    Term,
    TermcheckError,
    TermType,
    Where,
)

# The base loader leaves everything text, as the glossary does.
CASES = yaml.load(
    Path(__file__).with_name("entries.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


def load(text: str, languages: tuple[str, ...] = ()) -> Glossary:
    return load_glossary_text(text, "glossary.yaml", languages)


def only(text: str) -> Concept:
    (concept,) = load(text).concepts
    return concept


def short(term: Term) -> str:
    standing = "" if term.status is Status.PREFERRED else f" {term.status.value}"
    return f"{term.language} {term.text}{standing}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_terms(case: dict[str, Any]) -> None:
    glossary = load(case["text"])
    assert list(glossary.languages) == case["languages"]
    assert {concept.id: [short(term) for term in concept.terms] for concept in glossary.concepts} == case[
        "terms"
    ]


FULL = """\
version: 1
title: Press office
languages: [zh, en]
terms:
  上合组织:
    concept: sco
    definition: a regional organization
    subject: diplomacy
    note: founded in 2001
    sources: [charter, website]
    see_also: brics
    customer: press office
    project: talks
    scope: ["press/**", "!press/drafts/**"]
    severity: error
    count: each
    first_use: full (abbr)
    except_in: 上合组织峰会
    priority: -2
    zh: {term: 上海合作组织, type: full, except_in: [上海合作组织大学]}
    en:
      - term: SCO
        type: acronym
        part_of_speech: noun
        usage: press
        match: exact
        case: sensitive
        note: no article
        context: SCO member states met.
        sources: charter
        scope: talks/**
        valid_from: 2001-06-15
        valid_until: 2099-12-31
      - {term: Shanghai Pact, status: forbidden, instead: SCO, where: always}
"""


def test_every_attribute_becomes_a_typed_value() -> None:
    concept = only(FULL)
    scope = ("press/**", "!press/drafts/**")
    path = "glossary.yaml"
    assert concept == Concept(
        "sco",
        (
            Term("上合组织", "zh", except_in=("上合组织峰会",), scope=scope, origin=Origin(path, 5, 3)),
            Term(
                "上海合作组织",
                "zh",
                Status.ADMITTED,
                TermType.FULL,
                except_in=("上海合作组织大学",),
                scope=scope,
                origin=Origin(path, 20, 16),
            ),
            Term(
                "SCO",
                "en",
                Status.PREFERRED,
                TermType.ACRONYM,
                MatchMode.EXACT,
                CaseMode.SENSITIVE,
                scope=("talks/**",),
                valid_from="2001-06-15",
                valid_until="2099-12-31",
                part_of_speech="noun",
                usage="press",
                note="no article",
                context="SCO member states met.",
                sources=("charter",),
                origin=Origin(path, 22, 15),
            ),
            Term(
                "Shanghai Pact",
                "en",
                Status.FORBIDDEN,
                where=Where.ALWAYS,
                instead="SCO",
                scope=scope,
                origin=Origin(path, 34, 16),
            ),
        ),
        severity=Severity.ERROR,
        count=Count.EACH,
        first_use=FirstUse.FULL_ABBR,
        priority=-2,
        definition="a regional organization",
        subject="diplomacy",
        note="founded in 2001",
        sources=("charter", "website"),
        see_also=("brics",),
        customer="press office",
        project="talks",
        origin=Origin(path, 5, 3),
    )
    assert load(FULL).title == "Press office"
    assert load(FULL).paths == ("glossary.yaml",)


def test_defaults_are_handed_down_and_can_be_replaced() -> None:
    glossary = load(
        "languages: [zh, en]\n"
        "defaults:\n"
        "  {severity: info, count: each, first_use: full, scope: a/**, case: sensitive, where: always}\n"
        "keep: X\n"
        "terms:\n"
        "  东盟: ASEAN\n"
        "  北约:\n"
        "    {severity: error, scope: [], case: smart,\n"
        "     en: [NATO, {term: Nato, case: insensitive}], forbid: OTAN}\n"
    )
    kept, plain, own = glossary.concepts
    for concept in (kept, plain):
        assert (concept.severity, concept.count, concept.first_use) == (
            Severity.INFO,
            Count.EACH,
            FirstUse.FULL,
        )
        assert {(term.scope, term.case, term.where) for term in concept.terms} == {
            (("a/**",), CaseMode.SENSITIVE, Where.PAIRED)
        }
    assert own.severity is Severity.ERROR
    assert [term.scope for term in own.terms] == [(), (), (), ()]
    assert [term.case for term in own.terms] == [
        CaseMode.SMART,
        CaseMode.SMART,
        CaseMode.INSENSITIVE,
        CaseMode.SMART,
    ]
    assert own.terms[-1].where is Where.ALWAYS, "what is forbidden takes `where` from the defaults"


def test_an_entry_hands_down_to_its_terms() -> None:
    concept = only(
        "languages: [zh, en]\n"
        "terms:\n"
        "  第\\d+次会议:\n"
        "    {match: regex, valid_from: 2020-01-01, en: ['\\w+ meeting', {term: meeting, match: exact}]}\n"
    )
    assert [term.match for term in concept.terms] == [MatchMode.REGEX, MatchMode.REGEX, MatchMode.EXACT]
    assert {term.valid_from for term in concept.terms} == {"2020-01-01"}


def test_exceptions_go_to_the_source_side() -> None:
    concept = only("languages: [zh, en]\nterms:\n  国防部: {en: MND, zh: 防部, except_in: [国防部长]}\n")
    assert [term.except_in for term in concept.terms] == [("国防部长",), ("国防部长",), ()]


@pytest.mark.parametrize(
    ("text", "wanted", "languages"),
    [
        ("agreement: accord\n", ("en", "fr"), ("en", "fr")),
        ("agreement: accord\n", ("", "fr"), ("en", "fr")),
        ("东盟: ANASE\n", ("zh", "fr"), ("zh", "fr")),
        ("东盟: ANASE\n", ("fr", "zh"), ("zh", "fr")),
        ("东盟: ASEAN\n", ("en", "zh"), ("zh", "en")),
        ("国防: national defense\n", ("ja", "en"), ("ja", "en")),
        ("国防: national defense\n", ("en", "ja"), ("ja", "en")),
        ("东盟: ANASE\n", ("fr",), ("zh", "fr")),
        ("东盟: ASEAN\n", ("en",), ("zh", "en")),
        ("terms: {东盟: ASEAN}\n", ("zh", "en"), ("zh", "en")),
        ("languages: [zh, en]\nterms: {东盟: ASEAN}\n", ("de", "fr"), ("zh", "en")),
    ],
)
def test_the_wanted_pair_names_the_languages_of_a_bare_glossary(
    text: str, wanted: tuple[str, ...], languages: tuple[str, ...]
) -> None:
    glossary = load(text, tuple(filter(None, wanted)))
    assert glossary.languages == languages
    assert [term.language for term in glossary.concepts[0].terms] == list(languages)


def test_accepted_in_one_scope_and_forbidden_in_another() -> None:
    concept = only(
        "languages: [zh, en]\n"
        "terms:\n"
        "  东盟: {en: [{term: ASEAN, scope: a/**}, {term: ASEAN, scope: b/**, status: forbidden}, Asean]}\n"
    )
    assert len(concept.terms) == 4


def test_places_are_those_of_the_terms() -> None:
    glossary = load('# remark\n{"\U0001f600词": ["word",\n  "term"], "北约": "NATO"}\n')
    assert [str(term.origin) + f":{term.origin.column}" for c in glossary.concepts for term in c.terms] == [
        "glossary.yaml:2:3",
        "glossary.yaml:2:10",
        "glossary.yaml:3:4",
        "glossary.yaml:3:13",
        "glossary.yaml:3:19",
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_term() -> None:
    concept = only("\ufeff东盟: ASEAN\n")
    assert concept.id == "东盟"
    assert concept.origin.column == 1


@pytest.mark.parametrize("rows", [100_000])
def test_a_large_glossary_just_loads(rows: int) -> None:
    text = "".join(f"词条{number}: rendering {number}\n" for number in range(rows))
    glossary = load(text)
    assert len(glossary.concepts) == rows
    assert glossary.concepts[-1].terms[1].text == f"rendering {rows - 1}"
    assert glossary.concepts[-1].origin.line == rows


def test_a_pattern_is_compiled_when_it_is_loaded() -> None:
    load("会: {en: {term: '(a+)+b', match: regex}}\n")
    with pytest.raises(TermcheckError, match="not a valid regular expression"):
        load("languages: [zh, en]\ndefaults: {match: regex}\nterms: {会议: '(a'}\n")
