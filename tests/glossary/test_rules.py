"""The rules about glossaries: what each reports, what it leaves alone, and its own documented example."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from termcheck.glossary import load_glossary, load_glossary_text
from termcheck.glossary.merge import merge
from termcheck.model import Finding, Severity
from termcheck.rules import GLOSSARY_CHECKS, GLOSSARY_USE_CHECKS, documentation, unmatched_term
from termcheck.rules.base import Rule
from termcheck.rules.glossary_context import GlossaryContext

CASES = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
# Rules that need texts are tested with texts, but for the one that needs to know only which terms they have.
RULE_CHECKS = {**GLOSSARY_CHECKS, unmatched_term.RULE: GLOSSARY_USE_CHECKS[unmatched_term.RULE]}
CHECKS = {rule.name: check for rule, check in RULE_CHECKS.items()}


def findings(rule: str, folder: Path, case: dict[str, Any]) -> list[Finding]:
    """What a rule says of the case's glossary, read from the source language's side on 2025-12-25."""
    files = []
    for name, text in (("glossary.yaml", case["glossary"]), ("overlay.yaml", case.get("overlay"))):
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
            files.append(Path(name))
    loaded = load_glossary(files)
    source, target = loaded.glossary.languages[:2]
    seen = frozenset(case["seen"]) if "seen" in case else None
    context = GlossaryContext(loaded.glossary, source, target, loaded.conflicts, "2025-12-25", seen)
    return list(CHECKS[rule](context))


def listed() -> Iterator[Any]:
    for rule, cases in CASES.items():
        for case in cases:
            yield pytest.param(rule, case, id=f"{rule}: {case['name']}")


@pytest.mark.parametrize(("rule", "case"), list(listed()))
def test_case(rule: str, case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = [f"{f.location.line}:{f.location.column} {f.message}" for f in findings(rule, tmp_path, case)]
    expected = case.get("reports", [])
    assert len(found) == len(expected), found
    for said, part in zip(found, expected, strict=True):
        assert said.startswith(part) if re.match(r"\d+:\d+ ", part) else part in said


def test_every_rule_has_cases_of_both_kinds() -> None:
    assert sorted(CASES) == sorted(CHECKS)
    for rule, cases in CASES.items():
        assert {"reports" in case for case in cases} == {True, False}, rule


def example(rule: Rule, section: str) -> dict[str, Any]:
    match = re.search(rf"## {section}\n.*?```yaml\n(.*?)```", documentation(rule), re.DOTALL)
    assert match is not None
    written: dict[str, Any] = yaml.safe_load(match[1])
    # A documented source text in which only the correct term occurs.
    seen = {"seen": ["上合组织"]} if "source" in written else {}
    return {"glossary": json.dumps(written["glossary"], ensure_ascii=False, default=str), **seen}


@pytest.mark.parametrize("rule", RULE_CHECKS, ids=lambda rule: rule.name)
def test_the_documented_example_is_reported_and_its_remedy_is_not(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bad, better = example(rule, "Example"), example(rule, "Use instead")
    assert findings(rule.name, tmp_path, bad)
    assert not findings(rule.name, tmp_path, {**bad, **better})


def test_a_finding_points_at_the_term_and_names_its_concept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "languages: [zh, en]\nterms:\n  北约: {concept: nato, en: [NATO, NATO / Nato]}\n"
    (finding,) = findings("defective-entry", tmp_path, {"glossary": text})
    place = finding.location
    assert (place.path, place.line, place.column, place.end_column) == ("glossary.yaml", 3, 34, 45)
    assert place.text == "NATO / Nato"
    assert finding.term is not None
    assert (finding.term.id, finding.term.source, finding.term.origin) == ("nato", "北约", "glossary.yaml:3")
    assert len(finding.fingerprint) == 32


@pytest.mark.parametrize(
    ("rule", "overlay", "severity"),
    [
        ("conflicting-rendering", "东盟: Asean\n", Severity.WARNING),
        ("duplicate-term", "东盟: ASEAN\n", Severity.INFO),
    ],
)
def test_what_a_later_file_replaces_is_no_error(
    rule: str, overlay: str, severity: Severity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (finding,) = findings(rule, tmp_path, {"glossary": "东盟: ASEAN\n", "overlay": overlay})
    assert finding.severity is severity
    assert finding.location.path == "overlay.yaml"


def test_names_and_renderings_shared_by_thousands_are_no_trouble() -> None:
    count = 1500
    shared = "".join(
        f"  词{n}: {{zh: 同名, en: [security, word{n}], priority: {n % 3}}}\n"
        f"  禁{n}: {{en: bad, forbid: security, except_in: [禁{n}号]}}\n"
        for n in range(count)
    )
    long = "  长: [" + ", ".join(f"long{n}" for n in range(count)) + "]\n"
    glossary = load_glossary_text(f"languages: [zh, en]\nterms:\n{shared}{long}", "glossary.yaml")
    begin = time.process_time()
    merged = merge([glossary, glossary])
    # Each later entry takes the place of its twin, which the shared name makes no slower.
    assert len(merged.glossary.concepts) == 2 * count + 1
    context = GlossaryContext(glossary, "zh", "en", (), "2025-12-25", frozenset({"长"}))
    found = {rule.name: sum(1 for _ in check(context)) for rule, check in GLOSSARY_CHECKS.items()}
    assert found["shared-rendering"] == 2 * (count - 1)
    assert not found["conflicting-rendering"]
    # It takes a second; comparing all with all took twenty.
    assert time.process_time() - begin < 10
