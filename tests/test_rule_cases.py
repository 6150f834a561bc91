"""Runs the rule cases of `tests/cases`: one YAML file a rule, each case a glossary and a pair.

A case that should be reported marks the place with 【】: in the target, the finding's own span; in the
source, the span of the term. `pass: true` means that the rule has nothing to say. `pairs` or `text`
replace `source` and `target` where a rule looks at a document. `message` (fragments), `severity` and
`expected` (the renderings to recommend) describe the first finding; `count` is for cases without marks.
`fix` is the target with its first finding fixed, `safe` or not; `fix: null` says that there is no fix.
`beside` names rules that run as well.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from termcheck import engine
from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine import apply_rules
from termcheck.fix import apply
from termcheck.model import Applicability, Finding, Report
from termcheck.rules import PAIR_CHECKS, RULES, documentation
from termcheck.rules.base import Rule
from termcheck.selection import RuleChoice, Selection

CASES = Path(__file__).parent / "cases"
MARKED = re.compile("【(.*?)】", re.DOTALL)


def cases() -> list[Any]:
    found = []
    for file in sorted(CASES.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1):
            found.append(pytest.param(file.stem, case, id=f"{file.stem}-{number}-{case['name']}"))
    return found


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
    return replace(report, findings=tuple(one for one in report.findings if one.name == rule))


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


def written(finding: Finding) -> str:
    return finding.location.text


def fixed(case: dict[str, Any], finding: Finding) -> str | None:
    """The fixed text of a case, or the target its row has after the fix; None if there is no fix."""
    if finding.fix is None:
        return None
    path, data = written_case(case)
    raw = apply(data, path, None, [finding]).data.decode()
    return raw if "text" in case else json.loads(raw.splitlines()[finding.location.line - 1])["target"]


@pytest.mark.parametrize(("rule", "case"), cases())
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
        assert [written(finding) for finding in report.findings] == expected, messages
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
    listed = yaml.safe_load((CASES / f"{rule.name}.yaml").read_text(encoding="utf-8"))
    reports = [run(rule.name, case, tmp_path).findings for case in listed]
    shown_every_pair = {replace(one, needs_every_pair=True): check for one, check in PAIR_CHECKS.items()}
    monkeypatch.setattr(apply_rules, "PAIR_CHECKS", shown_every_pair)
    assert [run(rule.name, case, tmp_path).findings for case in listed] == reports


def test_every_rule_has_cases_and_enough_of_them_pass() -> None:
    for rule in RULES:
        if rule.code.startswith("GLO") or rule.code in ("ALN204", "DIR403"):
            continue  # these look at glossaries and files; their cases are whole commands
        listed = yaml.safe_load((CASES / f"{rule.name}.yaml").read_text(encoding="utf-8"))
        # Those that show a fix do so of what others have shown to be a finding.
        listed = [case for case in listed if "fix" not in case]
        passing = [case for case in listed if case.get("pass")]
        assert len(passing) * 2 >= len(listed), f"{rule.name} needs more passing cases"
        assert len(passing) < len(listed), f"{rule.name} has no failing case"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_documented(rule: Any) -> None:
    text = documentation(rule)
    for section in ("## What it does", "## Why is this bad?", "## Example", "## Use instead"):
        assert section in text
    assert ("## Fix safety" in text) is (rule.fix is not None)
    assert not text.startswith("\n")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert re.fullmatch(r"(TRM1|ALN2|GLO3|DIR4)\d\d", rule.code)


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def example(rule: Any, section: str) -> dict[str, Any] | None:
    match = re.search(rf"## {section}\n```yaml\n(.*?)```", documentation(rule), re.DOTALL)
    return yaml.safe_load(match[1]) if match else None


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if example(rule, "Example")], ids=lambda rule: rule.name
)
def test_the_documented_example_triggers_and_its_remedy_does_not(rule: Any, tmp_path: Path) -> None:
    bad = example(rule, "Example")
    assert bad is not None
    if "glossary" not in bad or not ({"source", "text", "pairs"} & bad.keys()):
        pytest.skip("the example is a glossary, shown by the glossary tests")
    # To see what a comment silences, other rules must find it.
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
