"""Whether CONTRIBUTING.md and docs/architecture.md name only files, functions and commands that exist.

In these pages, a code span with a slash is a path from the project's root, in which `<name>` stands for any
name. A code span with dots is a file in the root, or a name in the package `termcheck`. `make` is followed by
a target of the Makefile.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pages import Page
from support import ROOT
from termcheck import api
from termcheck.rules import RULES
from termcheck.rules.base import Rule
from test_rule_cases import run

CONTRIBUTING = Page(ROOT / "CONTRIBUTING.md")
ARCHITECTURE = Page(ROOT / "docs" / "architecture.md")
PAGES = (CONTRIBUTING, ARCHITECTURE)

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_PATH = re.compile(r"[\w.<>*-]*(?:/[\w.<>*-]*)+")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
_TARGET = re.compile(r"\bmake ([a-z-]+)")


def spans(text: str) -> Iterator[str]:
    """The inline code of a page."""
    for found in _CODE.finditer(_FENCE.sub("", text)):
        yield found[1]


def missing(span: str) -> str:
    """What a code span names and the project does not have; else nothing."""
    if span.startswith(".venv/"):
        return ""
    if _PATH.fullmatch(span):
        found = any(ROOT.glob(re.sub(r"<[^>]*>", "*", span).rstrip("/")))
    elif _DOTTED.fullmatch(span):
        found = (ROOT / span).exists() or exists(span)
    elif target := _TARGET.match(span):
        found = target[1] in targets()
    else:
        return ""
    return "" if found else span


def exists(name: str) -> bool:
    """Whether a dotted name is a module of the package, or something in one."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        module = f"termcheck.{'.'.join(parts[:end])}"
        try:
            thing: object = importlib.import_module(module)
        except ModuleNotFoundError as error:
            if error.name is None or not module.startswith(error.name):
                raise
            continue
        for part in parts[end:]:
            if not hasattr(thing, part):
                return False
            thing = getattr(thing, part)
        return True
    return False


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_name_in_the_page_exists(page: Page) -> None:
    named = list(spans(page.text()))
    assert any(map(_DOTTED.fullmatch, named))
    assert [span for span in named if missing(span)] == []


@pytest.mark.parametrize(
    "span", ["src/termcheck/gone.py", "tests/<name>.gone", "report.GONE", "gone.module", "make gone"]
)
def test_a_name_that_is_gone_is_found(span: str) -> None:
    assert missing(span) == span


@pytest.mark.parametrize("span", ["report.FORMATS", "tests/cases/<rule-name>.yaml", "Makefile", "make test"])
def test_a_name_that_exists_is_not_missing(span: str) -> None:
    assert missing(span) == ""


def test_each_link_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", CONTRIBUTING.text())
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_each_module_of_the_pipeline_exists() -> None:
    rows = ARCHITECTURE.table("Step", "Module", "Result")
    modules = [name for row in rows for name in _CODE.findall(row[1])]
    assert [name for name in modules if not exists(name)] == []


def test_each_command_in_the_page_can_be_run() -> None:
    lines = [line for block in CONTRIBUTING.blocks("sh") for line in block.text.splitlines() if line]
    assert lines
    for line in lines:
        command = line.partition("#")[0]
        assert {*_TARGET.findall(command)} <= targets(), line
        paths = re.findall(r"(?<![\w/])(?:tests|src|docs|benchmarks|\.ci)/[\w./-]+", command)
        assert [path for path in paths if not (ROOT / path).exists()] == [], line


def test_the_sample_rule_is_a_rule() -> None:
    (program,) = CONTRIBUTING.blocks("python")
    module: dict[str, object] = {}
    exec(program.text, module)
    rule = module["RULE"]
    assert isinstance(rule, Rule)
    assert rule.code not in {one.code for one in RULES}
    assert callable(module["check"])


def test_the_sample_cases_hold(tmp_path: Path) -> None:
    (block,) = (block for block in CONTRIBUTING.blocks("yaml") if block.text.startswith("# tests/cases/"))
    rule = re.match(r"# tests/cases/([a-z-]+)(?:/[a-z-]+)?\.yaml", block.text)
    assert rule
    assert rule[1] in {one.name for one in RULES}
    verdicts = []
    for case in yaml.safe_load(block.text):
        found = run(rule[1], case, tmp_path).findings
        assert bool(found) is not case.get("pass", False), case["name"]
        verdicts.append(bool(found))
    assert verdicts == [False, True]


@pytest.mark.parametrize("row", ARCHITECTURE.table("Glossary", "Source", "Target", "Verdict", "Principle"))
def test_each_principle_holds(row: tuple[str, ...], tmp_path: Path) -> None:
    entry, source, target, verdict, _ = row
    glossary = tmp_path / "glossary.yaml"
    glossary.write_text(entry.strip("`") + "\n", encoding="utf-8")
    report = api.check_text(f"{source}\n\n{target}\n", glossary, name="text.md")
    assert (report.errors, report.coverage.pairs) == ((), 1)
    assert ", ".join(finding.code for finding in report.findings) == verdict.replace("passes", "")
