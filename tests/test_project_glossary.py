"""The glossary and the examples that come with the project, checked as a user would check them.

Fair translations are data in project_glossary.yaml; the rest is asked of every entry of the glossary.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
import yaml

import termcheck
from termcheck import engine, rules
from termcheck.config import Settings
from termcheck.glossary import load_glossary
from termcheck.jobs import Job
from termcheck.model import Concept, Glossary, Report, Severity, Term
from termcheck.rules.glossary_context import GlossaryContext
from termcheck.selection import Selection

ROOT = Path(__file__).parent.parent
GLOSSARY = ROOT / "glossary.yaml"
EXAMPLES = ROOT / "examples"
FAIR = yaml.safe_load(Path(__file__).with_name("project_glossary.yaml").read_text(encoding="utf-8"))
# A day on which the newest names are valid.
DAY = "2026-01-01"
SLIPS, CLEAN = EXAMPLES / "briefing.md", EXAMPLES / "briefing-clean.md"
# The rules that look at a pair alone, so that many pairs can share one document.
PAIR_RULES = ["TRM101", "TRM102", "TRM103", "TRM104", "TRM105"]


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary([GLOSSARY]).glossary


def check_pairs(pairs: Iterable[tuple[str, str]], date: str = DAY) -> dict[int, list[tuple[str, str]]]:
    """(code, concept id) of the findings by number of pair, from 0."""
    rows = (json.dumps({"source": source, "target": target}) for source, target in pairs)
    report = termcheck.check_text("\n".join(rows), GLOSSARY, name="pairs.jsonl", select=PAIR_RULES, date=date)
    assert not report.errors
    found: dict[int, list[tuple[str, str]]] = {}
    for finding in report.findings:
        assert finding.term is not None
        found.setdefault(finding.location.line - 1, []).append((finding.code, finding.term.id))
    return found


def check_example(path: Path) -> Report:
    report = termcheck.check_paths([path], GLOSSARY)
    assert not report.errors
    return report


def places(report: Report) -> list[tuple[int, int, str, str]]:
    return [
        (finding.location.line, finding.location.column, finding.code, finding.name)
        for finding in report.findings
    ]


def glossary_rules() -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(rules.__path__, "termcheck.rules."):
        module = import_module(info.name)
        if hasattr(module, "check") and module.RULE.code.startswith("GLO"):
            yield module


def names(concept: Concept) -> list[Term]:
    return [term for term in concept.in_language("zh") if term.status.accepted]


def renderings(concept: Concept, *, accepted: bool) -> list[Term]:
    return [
        term
        for term in concept.in_language("en")
        if term.status.accepted is accepted
        and term.valid_from <= DAY
        and (not term.valid_until or term.valid_until >= DAY)
    ]


def test_has_well_over_a_hundred_concepts(glossary: Glossary) -> None:
    assert len(glossary.concepts) >= 200
    assert glossary.languages == ("zh", "en")


def test_every_group_says_where_its_forms_come_from(glossary: Glossary) -> None:
    groups: dict[str, set[str]] = {}
    for concept in glossary.concepts:
        if not concept.keep:
            assert concept.sources, concept.id
            groups.setdefault(concept.subject, set()).update(concept.sources)
    assert "" not in groups
    assert len(groups) >= 10


def test_abbreviated_sources_are_explained_at_the_top(glossary: Glossary) -> None:
    head = GLOSSARY.read_text(encoding="utf-8").partition("\nversion:")[0]
    for source in {source for concept in glossary.concepts for source in concept.sources}:
        if source.isupper() and source not in {"APEC", "ASEAN", "NATO"}:
            assert f"#       {source} " in head, source


def test_ids_are_unique_and_references_lead_somewhere(glossary: Glossary) -> None:
    ids = [concept.id for concept in glossary.concepts]
    assert len(set(ids)) == len(ids)
    assert {other for concept in glossary.concepts for other in concept.see_also} <= set(ids)


def test_deprecated_and_forbidden_forms_name_a_form_that_is_accepted(glossary: Glossary) -> None:
    accepted = {term.text for concept in glossary.concepts for term in concept.terms if term.status.accepted}
    for concept in glossary.concepts:
        for term in concept.terms:
            if term.instead:
                assert any(term.instead in text for text in accepted), term.text


def test_passes_its_own_check(glossary: Glossary) -> None:
    ctx = GlossaryContext(glossary, "zh", "en", date=DAY)
    modules = [module for module in glossary_rules() if module.RULE.default]
    assert len(modules) >= 5
    assert [finding for module in modules for finding in module.check(ctx)] == []


def test_every_name_of_every_concept_asks_for_a_rendering(glossary: Glossary) -> None:
    rows = [(concept.id, name.text) for concept in glossary.concepts for name in names(concept)]
    # The number both sides share makes the pair sure, however long the name is.
    pairs = ((f"7月3日谈到了{name}。", "On 3 July nothing of the kind came up.") for _, name in rows)
    found = check_pairs(pairs)
    assert [row for number, row in enumerate(rows) if ("TRM101", row[0]) not in found.get(number, [])] == []


def test_every_accepted_rendering_acquits(glossary: Glossary) -> None:
    rows = [
        (f"今天谈到了{name.text}。", f"Today the {rendering.text} came up.")
        for concept in glossary.concepts
        for name in names(concept)
        for rendering in renderings(concept, accepted=True)
    ]
    assert {rows[number]: codes for number, codes in check_pairs(rows).items()} == {}


def test_every_refused_rendering_is_found(glossary: Glossary) -> None:
    rows = [
        (concept.id, names(concept)[0].text, rendering.text)
        for concept in glossary.concepts
        for rendering in renderings(concept, accepted=False)
    ]
    found = check_pairs((f"今天谈到了{name}。", f"Today the {bad} came up.") for _, name, bad in rows)
    assert [row for number, row in enumerate(rows) if ("TRM102", row[0]) not in found.get(number, [])] == []


def test_fair_translations_are_left_alone() -> None:
    found = check_pairs((case["zh"], case["en"]) for case in FAIR)
    assert {FAIR[number]["zh"]: codes for number, codes in found.items()} == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("中国海军舰艇编队启航。", "Ships of the Chinese Navy set sail."), ("海军基地", "a naval base")),
        (("俄罗斯代表团", "a delegation from Russia"), ("俄罗斯舰艇", "a Russian ship")),
        (("中国军队", "the Chinese military"), ("中国军队", "the Chinese armed forces")),
        (("中美关系", "China-US relations"), ("中美两国", "China and the US")),
    ],
)
def test_free_variants_may_stand_in_one_document(one: tuple[str, str], other: tuple[str, str]) -> None:
    text = "\n".join(json.dumps({"source": source, "target": target}) for source, target in (one, other))
    report = termcheck.check_text(text, GLOSSARY, name="pairs.jsonl", date=DAY)
    assert [(finding.code, finding.message) for finding in report.findings] == []


@pytest.mark.parametrize(
    ("date", "rendering", "codes"),
    [
        ("2025-09-04", "Secretary of Defense", []),
        ("2025-09-04", "Secretary of War", ["TRM101"]),
        ("2025-09-05", "Secretary of Defense", ["TRM101"]),
        ("2025-09-05", "Secretary of War", []),
    ],
)
def test_the_title_of_an_office_changes_with_the_date(date: str, rendering: str, codes: list[str]) -> None:
    found = check_pairs([("美国防长发表讲话。", f"The US {rendering} made a speech.")], date)
    assert [code for code, _ in found.get(0, [])] == codes


def test_the_briefing_has_one_slip_of_each_kind() -> None:
    assert places(check_example(SLIPS)) == [
        (13, 18, "TRM104", "untranslated-term"),
        (17, 20, "TRM103", "misspelled-rendering"),
        (29, 44, "TRM107", "inconsistent-rendering"),
        (33, 1, "TRM101", "missing-rendering"),
        (37, 55, "TRM105", "wrong-case"),
        (41, 1, "TRM101", "missing-rendering"),
        (41, 80, "TRM102", "forbidden-rendering"),
    ]


def test_the_corrected_briefing_is_clean() -> None:
    report = check_example(CLEAN)
    assert report.findings == ()
    assert (report.coverage.pairs, report.coverage.unpaired) == (12, 0)
    assert report.coverage.terms_seen >= 40


def test_the_two_briefings_differ_only_in_the_slips() -> None:
    slips, clean = (path.read_text(encoding="utf-8").splitlines() for path in (SLIPS, CLEAN))
    lines = enumerate(zip(slips, clean, strict=True), start=1)
    different = {number for number, (one, other) in lines if one != other}
    assert different == {line for line, _, _, _ in places(check_example(SLIPS))}


def test_the_json_lines_have_a_false_friend() -> None:
    report = check_example(EXAMPLES / "pairs.jsonl")
    assert places(report) == [(4, 86, "TRM102", "forbidden-rendering")]
    assert report.findings[0].severity is Severity.ERROR
    assert report.coverage.pairs == 5


def test_the_parallel_files_are_clean() -> None:
    source, target = EXAMPLES / "parallel/zh/notice.md", EXAMPLES / "parallel/en/notice.md"
    job = Job(source, source.as_posix(), target, target.as_posix(), glossaries=(str(GLOSSARY),))
    report = engine.check([job], Settings(selection=Selection.build(rules.RULES, []), root=str(ROOT)))
    assert (report.findings, report.errors) == ((), ())
    assert (report.coverage.pairs, report.coverage.unpaired) == (9, 0)
    assert report.coverage.terms_seen >= 12
