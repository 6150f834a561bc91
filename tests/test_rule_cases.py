"""Runs the rule cases of `tests/cases`: each case is a glossary and a pair, and says what a rule reports.

The cases of a rule are in `cases/<rule>.yaml`, or in the files of `cases/<rule>/`, each of which specifies
one mechanism.

A failing case marks places with 【】: in the target the spans of the findings, in the source the spans of
their terms. `pass: true` means that the rule reports nothing. `pairs` or `text` replace `source` and
`target` where a rule looks at a document. `message` (fragments), `severity` and `expected` (the recommended
renderings) describe the first finding; `count` is the number of findings of a case without marks. `fix` is
the target after the fix of the first finding, `safe` or not; `fix: null` means that there is no fix.
`beside` names further rules that run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from termcheck import engine
from termcheck.config import Settings
from termcheck.engine import apply_rules
from termcheck.fix import apply
from termcheck.jobs import Job
from termcheck.model import Applicability, Finding, Report
from termcheck.rules import GLOSSARY_CHECKS, PAIR_CHECKS, RULES, documentation
from termcheck.rules.base import Rule
from termcheck.selection import RuleChoice, Selection

CASES = Path(__file__).parent / "cases"
MARKED = re.compile("【(.*?)】", re.DOTALL)
# Phrases that make a documentation read like a translation.
UNIDIOMATIC = re.compile(
    r"\b(of which|those that|what is \w+ of|(is|are) said by|speaks? of|mistake in the call|parted by"
    r"|belongs? into|asks? for nothing|nor accuses?|nearest counts|is told|stands? there|says so once)\b"
)


def files(rule: str) -> list[Path]:
    """The files with the cases of a rule."""
    return (
        [CASES / f"{rule}.yaml"]
        if (CASES / f"{rule}.yaml").exists()
        else sorted(CASES.glob(f"{rule}/*.yaml"))
    )


def cases_in(file: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return cases


def cases_of(rule: str) -> list[dict[str, Any]]:
    return [case for file in files(rule) for case in cases_in(file)]


def parameters() -> Iterator[Any]:
    for file in sorted(CASES.rglob("*.yaml")):
        name = file.relative_to(CASES).with_suffix("")
        for number, case in enumerate(cases_in(file), 1):
            yield pytest.param(name.parts[0], case, id=f"{name}-{number}-{case['name']}")


def run(rule: str, case: dict[str, Any], folder: Path) -> Report:
    """What one rule reports on a case."""
    glossary = folder / "glossary.yaml"
    body = dict(case["glossary"])
    if "languages" in case:
        bare = "terms" not in body
        body = (
            {"languages": case["languages"], "terms": body}
            if bare
            else {"languages": case["languages"], **body}
        )
    glossary.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    name, data = written_case(case)
    settings = Settings(
        selection=Selection.build(RULES, [RuleChoice(select=(rule, *case.get("beside", ())))]),
        root=str(folder),
        date=str(case.get("date", "2026-01-01")),
    )
    path = folder / name
    report = engine.check([Job(path, name, glossaries=(str(glossary),), data=data)], settings)
    return replace(report, findings=tuple(finding for finding in report.findings if finding.name == rule))


def written_case(case: dict[str, Any]) -> tuple[str, bytes]:
    """The name and the bytes of the file that a case stands for."""
    if "text" in case:
        return case.get("path", "case.txt"), MARKED.sub(r"\1", case["text"]).encode()
    pairs = case.get("pairs") or [{"source": case["source"], "target": case["target"]}]
    rows = [{side: MARKED.sub(r"\1", text) for side, text in pair.items()} for pair in pairs]
    return "case.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def marks(case: dict[str, Any], side: str) -> list[str]:
    texts = [pair[side] for pair in case["pairs"]] if "pairs" in case else [case.get(side, "")]
    if "text" in case:
        texts = [case["text"]] if side == "target" else []
    return [marked for text in texts for marked in MARKED.findall(text)]


def fixed(case: dict[str, Any], finding: Finding) -> str | None:
    """The fixed text of a case, or the target its row has after the fix; None if there is no fix."""
    if finding.fix is None:
        return None
    path, data = written_case(case)
    raw = apply(data, path, None, [finding]).data.decode()
    return raw if "text" in case else json.loads(raw.splitlines()[finding.location.line - 1])["target"]


@pytest.mark.parametrize(("rule", "case"), list(parameters()))
def test_case(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    report = run(rule, case, tmp_path)
    assert not report.errors, report.errors
    messages = [finding.message for finding in report.findings]
    if case.get("pass"):
        assert messages == []
        return
    assert report.findings, "nothing was reported"
    expected = marks(case, "target")
    if expected:
        assert [finding.location.text for finding in report.findings] == expected, messages
    terms = marks(case, "source")
    if terms:
        assert [finding.source.text for finding in report.findings if finding.source] == terms, messages
    if not expected and not terms:
        assert len(report.findings) == case.get("count", 1), messages
    first = report.findings[0]
    assert first.severity.value == case.get("severity", first.severity.value)
    if "expected" in case:
        assert first.term is not None
        assert list(first.term.expected) == case["expected"]
    if "fix" in case:
        assert fixed(case, first) == (case["fix"] and MARKED.sub(r"\1", case["fix"]))
    if "safe" in case:
        assert first.fix is not None
        assert (first.fix.applicability is Applicability.SAFE) is case["safe"]
    for fragment in (
        case.get("message", []) if isinstance(case.get("message"), list) else [case.get("message", "")]
    ):
        assert fragment in messages[0]


@pytest.mark.parametrize("rule", PAIR_CHECKS, ids=lambda rule: rule.name)
def test_a_rule_that_reports_clean_pairs_says_so(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the rule sees clean pairs or not must make no difference, unless it declares that it does."""
    cases = cases_of(rule.name)
    reports = [run(rule.name, case, tmp_path).findings for case in cases]
    shown_every_pair = {replace(other, needs_every_pair=True): check for other, check in PAIR_CHECKS.items()}
    monkeypatch.setattr(apply_rules, "PAIR_CHECKS", shown_every_pair)
    assert [run(rule.name, case, tmp_path).findings for case in cases] == reports


def test_every_rule_has_cases_and_enough_of_them_pass() -> None:
    for rule in RULES:
        if rule.code.startswith("GLO") or rule.code in ("ALN204", "DIR403"):
            continue  # their cases are glossaries or whole commands
        # A case with a fix repeats a finding that another case has shown.
        cases = [case for case in cases_of(rule.name) if "fix" not in case]
        passing = [case for case in cases if case.get("pass")]
        assert len(passing) * 2 >= len(cases), f"{rule.name} needs more passing cases"
        assert len(passing) < len(cases), f"{rule.name} has no failing case"


def test_every_file_of_cases_states_its_mechanism_and_names_each_case_once() -> None:
    names = {rule.name for rule in RULES}
    for file in CASES.rglob("*.yaml"):
        name = file.relative_to(CASES).with_suffix("")
        assert name.parts[0] in names
        assert file in files(name.parts[0])
        assert file.read_text(encoding="utf-8").startswith("# "), f"{file} does not say what it specifies"
        titles = [case["name"] for case in cases_in(file)]
        assert len(titles) == len(set(titles)), f"{file} has two cases of one name"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_documented(rule: Any) -> None:
    text = documentation(rule)
    for section in ("## What it does", "## Why is this bad?", "## Example", "## Use instead"):
        assert section in text
    assert ("## Fix safety" in text) is (rule.fix is not None)
    assert not UNIDIOMATIC.search(" ".join(text.split()))
    assert not text.startswith("\n")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert re.fullmatch(r"(TRM1|ALN2|GLO3|DIR4)\d\d", rule.code)


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def example(rule: Any, section: str) -> dict[str, Any] | None:
    match = re.search(rf"## {section}\n```yaml\n(.*?)```", documentation(rule), re.DOTALL)
    return yaml.safe_load(match[1]) if match else None


# The glossary tests check the examples of the glossary rules; those of two more rules are whole commands.
_WITH_TEXTS = [
    rule for rule in RULES if rule not in GLOSSARY_CHECKS and rule.code not in ("ALN204", "DIR403")
]


@pytest.mark.parametrize("rule", _WITH_TEXTS, ids=lambda rule: rule.name)
def test_the_documented_example_triggers_and_its_remedy_does_not(rule: Any, tmp_path: Path) -> None:
    bad = example(rule, "Example")
    assert bad is not None
    # A comment can only silence a finding of another rule.
    beside = {"beside": ["TRM"]} if rule.code.startswith("DIR") else {}
    found = run(rule.name, {**bad, **beside}, tmp_path).findings
    assert found
    better = example(rule, "Use instead")
    if better is not None:
        assert not run(rule.name, {**bad, **better, **beside}, tmp_path).findings
    if rule.fix is not None:
        assert better is not None
        wanted = better.get("target") or better.get("text")
        wanted = wanted or better["pairs"][found[0].location.line - 1]["target"]
        assert fixed(bad, found[0]) == wanted
