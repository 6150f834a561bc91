"""All mistakes of a glossary are told at once, by place, and none that is only the consequence of another."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.glossary import load_glossary, load_glossary_text
from termcheck.model import TermcheckError

CASES = yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8"))
WRONG = Path(__file__).with_name("errors.yaml")


def told(error: TermcheckError) -> list[TermcheckError]:
    return [error, *error.others]


def mistakes_of(text: str) -> list[TermcheckError]:
    with pytest.raises(TermcheckError) as caught:
        load_glossary_text(text, "glossary.yaml")
    return told(caught.value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_mistakes(case: dict[str, object]) -> None:
    found = [f"{one.line}:{one.column} {one.message}" for one in mistakes_of(str(case["text"]))]
    expected = case["tells"]
    assert isinstance(expected, list)
    assert len(found) == len(expected), found
    for said, begins in zip(found, expected, strict=True):
        assert said.startswith(begins)


# One mistake each, all of them entries of a bare mapping in one line.
ENTRIES = [
    ("{en: ASEAN, forbit: Asean}", "unknown key `forbit`"),
    ("{en: ASEAN, severity: warn}", "`severity` cannot be"),
    ("{en: [ASEAN, ~]}", "`en` has no value"),
    ("{en: One Country, Two Systems}", "`Two Systems` has no value"),
    ("{en: {term: ASEAN, valid_from: soon}}", "`soon` is not a date"),
    ("{en: {term: '(a', match: regex}}", "`(a` is not a valid regular expression"),
    ("{en: [ASEAN, Asean], forbid: Asean}", "`Asean` is forbidden here"),
    ("{concept: one, en: ASEAN}", "the concept `one` is already"),
]


@given(st.lists(st.sampled_from([*ENTRIES, ("ASEAN", "")]), max_size=12))
@settings(max_examples=60)
def test_every_entry_is_told_of_whatever_the_others_are(entries: list[tuple[str, str]]) -> None:
    lines = ["首: {concept: one, en: first}", *(f"词{n}: {text}" for n, (text, _) in enumerate(entries))]
    expected = [(number, says) for number, (_, says) in enumerate(entries, start=2) if says]
    if not expected:
        assert len(load_glossary_text("\n".join(lines), "g.yaml").concepts) == len(lines)
        return
    found = mistakes_of("\n".join(lines))
    assert [one.line for one in found] == [number for number, _ in expected]
    for one, (_, says) in zip(found, expected, strict=True):
        assert one.message.startswith(says)
        assert one.advice
    assert not any(one.others for one in found[1:])


def test_mistakes_of_all_files_are_told_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.yaml").write_text("东盟: {en: ASEAN, notee: x}\n北约: ~\n", encoding="utf-8")
    Path("a.yaml").write_text("东盟: ASEAN\n欧盟: {en: EU, notee: x}\n", encoding="utf-8")
    with pytest.raises(TermcheckError) as caught:
        load_glossary(["b.yaml", "missing.yaml", "a.yaml"])
    places = [(one.path, one.line) for one in told(caught.value)]
    assert places == [("b.yaml", 1), ("b.yaml", 2), ("missing.yaml", 0), ("a.yaml", 2)]


def test_a_thousand_mistakes_are_no_trouble() -> None:
    found = mistakes_of("".join(f"词{n}: {{en: a, zzz{n}: b, count: 3}}\n" for n in range(1000)))
    assert len(found) == 2000


def test_texts_cut_at_a_comma_are_put_together_as_the_advice_says() -> None:
    (error,) = mistakes_of("一国两制: {en: One Country, Two Systems, count: each}\n")
    quoted = error.advice.split(": ", 1)[1]
    (concept,) = load_glossary_text(f"一国两制: {{en: {quoted}, count: each}}\n", "g.yaml").concepts
    assert concept.terms[1].text == "One Country, Two Systems"


@pytest.mark.parametrize(
    "entries",
    [
        "南海: South China Sea",
        # A Latin abbreviation among Chinese terms, whose rendering is written in Latin letters, too.
        "{南海: South China Sea, GDP: 国内生产总值}",
        "{X: {keep: true}}",
        "{F-35: F-35}",
        "{南海: {zh: 南中国海, en: South China Sea}}",
        "{5G网络: {en: 5G network}, A4: A4}",
    ],
)
def test_languages_in_their_order_are_taken_as_they_are(entries: str) -> None:
    wrapped = entries if entries.startswith("{") else f"{{{entries}}}"
    glossary = load_glossary_text(f"languages: [zh, en]\nterms: {wrapped}\n", "g.yaml")
    assert glossary.languages == ("zh", "en")
