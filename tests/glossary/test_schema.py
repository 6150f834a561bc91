"""The JSON Schema and the loader agree on what a glossary is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from termcheck.glossary import load_glossary_text, schema_text
from termcheck.glossary.attributes import (
    DEFAULTS,
    ENTRY_ATTRIBUTES,
    GLOSSARY_KEYS,
    SHORTHAND,
    TERM_ATTRIBUTES,
)
from termcheck.model import (
    CaseMode,
    Count,
    FirstUse,
    MatchMode,
    Severity,
    Status,
    TermcheckError,
    TermType,
    Where,
)

SCHEMA = json.loads(schema_text())
VALIDATOR = Draft202012Validator(SCHEMA)
HERE = Path(__file__).parent
ENTRIES = yaml.load((HERE / "entries.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do: YAML 1.2, where `on` is a text and so is a date."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":merge"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first not in "yYnNoO"
}


def parse(text: str) -> Any:
    return yaml.load(text, Loader=EditorLoader)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("definition", "names"),
    [
        ("full", GLOSSARY_KEYS),
        ("entryMapping", [*ENTRY_ATTRIBUTES, *SHORTHAND]),
        ("term", TERM_ATTRIBUTES),
        ("defaults", DEFAULTS),
    ],
)
def test_attributes_agree(definition: str, names: Iterable[str]) -> None:
    assert sorted(SCHEMA["$defs"][definition]["properties"]) == sorted(names)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        (Severity, SCHEMA["$defs"]["severity"]),
        (Count, SCHEMA["$defs"]["count"]),
        (FirstUse, SCHEMA["$defs"]["firstUse"]),
        (MatchMode, SCHEMA["$defs"]["match"]),
        (CaseMode, SCHEMA["$defs"]["case"]),
        (Where, SCHEMA["$defs"]["where"]),
        (Status, SCHEMA["$defs"]["term"]["properties"]["status"]),
        (TermType, SCHEMA["$defs"]["term"]["properties"]["type"]),
    ],
)
def test_values_agree(values: type[Enum], place: dict[str, Any]) -> None:
    assert {value for value in place["enum"] if isinstance(value, str)} == {member.value for member in values}


@pytest.mark.parametrize("case", ENTRIES, ids=lambda case: case["name"])
def test_what_loads_is_valid(case: dict[str, Any]) -> None:
    load_glossary_text(case["text"], "g.yaml")
    assert [error.message for error in VALIDATOR.iter_errors(parse(case["text"]))] == []


@pytest.mark.parametrize(
    "text",
    [
        "[东盟]",
        "{}",
        "东盟: []",
        "东盟: [[ASEAN]]",
        "东盟: ~",
        "东盟: ' '",
        "东盟: {en: ASEAN, forbit: x}",
        "东盟: {en: {term: ASEAN, status: banned}}",
        "东盟: {en: {term: ASEAN, count: each}}",
        "东盟: {en: {status: admitted}}",
        "东盟: {en: ASEAN, severity: warn}",
        "东盟: {en: ASEAN, keep: maybe}",
        "东盟: {en: ASEAN, priority: high}",
        "东盟: {en: ASEAN, valid_from: 30.1.2025}",
        "东盟: {en: ASEAN, note: [a]}",
        "languages: [zh, en]\nterms: {}",
        "languages: [zh]\nterms: {东盟: ASEAN}",
        "languages: [zh, zh]\nterms: {东盟: ASEAN}",
        "languages: zh\nterms: {东盟: ASEAN}",
        "version: 2\nterms: {东盟: ASEAN}",
        "tittle: x\nterms: {东盟: ASEAN}",
        "defaults: {severty: error}\nterms: {东盟: ASEAN}",
        "languages: [zh, en]\nkeep: {X: Y}",
    ],
)
def test_what_does_not_load_is_not_valid(text: str) -> None:
    with pytest.raises(TermcheckError):
        load_glossary_text(text, "g.yaml")
    assert not VALIDATOR.is_valid(parse(text))
