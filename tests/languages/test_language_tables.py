"""docs/languages.md: its tables list all languages and what they know, and its examples are true."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from pages import guide
from support import ROOT, Termcheck
from termcheck import api, languages
from termcheck.languages.language import Language
from termcheck.languages.table import ALIASES, TABLE, Line

PAGE = guide("languages").text()


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The extension that writes the tables."""
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "_ext"))
    return importlib.import_module("language_tables")


def rows(table: str) -> dict[str, dict[str, str]]:
    """The rows of a table by their first cells, each with its cells by their heads."""
    head, _, *lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return {line[0]: dict(zip(head, line, strict=True)) for line in lines}


def test_the_table_lists_every_language_with_its_tags(tables: ModuleType) -> None:
    found = rows(tables.known())
    assert list(found) == sorted(line.name for line in TABLE.values())
    for tag, line in TABLE.items():
        tags = {tag} | {other for other, own in ALIASES.items() if own == tag}
        assert set(re.findall("`(.*?)`", found[line.name]["Tags"])) == tags


def test_a_new_language_appears_by_itself(tables: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    # No other test asks for this tag, so its language is not remembered.
    line = Line("Klingon", "cyrillic", words="ба", letters="ъ")
    monkeypatch.setitem(TABLE, "qtx", line)  # type: ignore[arg-type]
    assert list(rows(tables.known())["Klingon"].values()) == [
        *("Klingon", "`qtx`", "Cyrillic", "script, words, letters"),
        *("as listed (GLO311)", "as listed (GLO311)", "–"),
    ]


@pytest.mark.parametrize("tag", TABLE)
def test_the_columns_of_forms_agree_with_the_registry(tables: ModuleType, tag: str) -> None:
    row, language = rows(tables.known())[TABLE[tag].name], languages.get(tag)
    assert row["Source terms"].startswith("as listed") is not language.has_forms
    if language.has_keys:
        assert not row["Renderings"].startswith("as listed")
    assert ("compounds" in row["Also"].split(", ")) is language.compounds


def test_what_glo311_reports_is_marked(tables: ModuleType, termcheck: Termcheck, tmp_path: Path) -> None:
    found = rows(tables.known())
    for tag, line in TABLE.items():
        (tmp_path / "glossary.yaml").write_text(f"languages: [en, {tag}]\nterms:\n  server: port\n")
        if tag != "en":
            said = termcheck("glossary", "check", "--select", "GLO311", cwd=tmp_path, status=None)
            assert ("GLO311" in said) is ("GLO311" in found[line.name]["Renderings"]), said


def test_each_field_of_a_language_is_shown_or_left_out_on_purpose(tables: ModuleType) -> None:
    shown = {"spaced"} | {field for trait in tables.TRAITS for field in trait.fields}
    assert set(Language.__struct_fields__) <= shown | tables.NOT_TRAITS
    assert shown.isdisjoint(tables.NOT_TRAITS)


def test_the_meaning_of_each_word_in_the_table_is_on_the_page(tables: ModuleType) -> None:
    found = rows(tables.known()).values()
    explained = set(re.findall(r"^- \*\*(.+?)\*\*: ", tables.traits(), re.MULTILINE))
    used = {label for row in found for label in row["Also"].split(", ")}
    assert used - {"–"} == explained
    forms = {
        form for row in found for head in ("Source terms", "Renderings") for form in row[head].split(", ")
    }
    assert {form.removesuffix(" (GLO311)") for form in forms} == set(
        re.findall(r"^- \*(.+?)\*: ", PAGE, re.M)
    )
    for head in ("Tags", "Told apart by", "Source terms", "Renderings", "Also"):
        assert f"\n**{head}** " in PAGE


def test_the_page_includes_what_is_written(tables: ModuleType, tmp_path: Path) -> None:
    tables.write(tmp_path)
    included = re.findall(r"^```\{include\} reference/languages/(.+)$", PAGE, re.MULTILINE)
    assert sorted(included) == sorted(path.name for path in tmp_path.iterdir())


def test_the_tests_of_each_language_are_counted(tables: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "languages").mkdir()
    (tmp_path / "cases" / "rule").mkdir(parents=True)
    sentences = {"languages": {"nb": {"target": ["en", "to"]}}}
    (tmp_path / "languages" / "ui_sentences.yaml").write_text(yaml.safe_dump(sentences))
    inflected = [{"languages": ["en", "zh-Hant"]}, {"glossary": {"languages": ["de", "en"], "terms": {}}}]
    (tmp_path / "cases" / "rule" / "inflection.yaml").write_text(yaml.safe_dump(inflected))
    (tmp_path / "cases" / "other.yaml").write_text(yaml.safe_dump([{"glossary": {"港口": "port"}}]))
    assert [list(row.values()) for row in rows(tables.tested(tmp_path)).values()] == [
        ["Chinese", "–", "1", "1", "1"],
        ["English", "–", "1", "2", "2"],
        ["German", "–", "1", "–", "1"],
        ["Norwegian", "2", "–", "–", "–"],
    ]


def test_sentences_and_cases_of_the_project_are_found(tables: ModuleType) -> None:
    found = rows(tables.tested(tables.TESTS))
    assert found["Polish"]["Interface sentences"] == "20"
    assert int(found["German"]["Cases of inflection"]) > 10


# (label, languages, term, rendering, source, target): the target has the rendering.
EXAMPLES = [
    ("particles", "en zh", "free port", "自由港口", "A free port.", "自由的港口。"),
    ("compounds", "en de", "storage", "Speicher", "The storage.", "Der Festplattenspeicher."),
    ("articles", "en fr", "defence", "ministère de défense", "The defence.", "Le ministère de la défense."),
    ("elision", "en fr", "assembly", "assemblée", "The assembly.", "Ici l'assemblée siège."),
    ("and", "de en", "Flughafen", "air port", "Der Flughafen.", "The air and sea ports."),
    ("word order", "de en", "Steuerung", "risk management", "Die Steuerung.", "The management of risk."),
    ("separable verbs", "en de", "select", "auswählen", "Select a file.", "Wählen Sie eine Datei aus."),
    ("places", "zh en", "中国", "China", "中国船只。", "A Chinese vessel."),
]


def findings(example: tuple[str, ...], target: str, folder: Path) -> list[str]:
    _, pair, term, rendering, source, *_ = example
    glossary = folder / "glossary.yaml"
    glossary.write_text(json.dumps({"languages": pair.split(), "terms": {term: rendering}}), encoding="utf-8")
    text = json.dumps({"source": source, "target": target})
    report = api.check_text(text, glossary, name="text.jsonl", select=["TRM"])
    assert not report.errors
    return [finding.code for finding in report.findings]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example[0])
def test_the_example_of_a_trait_is_true(example: tuple[str, ...], tables: ModuleType, tmp_path: Path) -> None:
    label, pair, *_, target = example
    assert findings(example, target, tmp_path) == []
    assert findings(example, "Nimbus.", tmp_path) == ["TRM101"]
    assert label in rows(tables.known())[languages.get(pair.split()[1]).name]["Also"].split(", ")


def test_a_dictionary_keeps_a_term_out_of_a_longer_word(tmp_path: Path) -> None:
    example = ("segmented", "zh en", "东海", "East China Sea", "渔船在山东海域。")
    assert findings(example, "Boats off Shandong.", tmp_path) == []
    assert findings((*example[:4], "渔船在东海。"), "Boats.", tmp_path) == ["TRM101"]


def test_an_acronym_is_found_in_the_plural(tmp_path: Path) -> None:
    example = ("plural of acronyms", "en de", "NGO", "Verein", "The NGOs met.")
    assert findings(example, "Sie trafen sich.", tmp_path) == ["TRM101"]


def test_a_german_noun_has_a_capital(tmp_path: Path) -> None:
    example = ("case of nouns", "en de", "storage", "Speicher", "The storage is full.")
    assert findings(example, "Der speicher ist voll.", tmp_path) == ["TRM105"]
