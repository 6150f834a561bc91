"""Whether README.md tells the truth: each command prints what is shown, each table is complete.

A newcomer has nothing but this page; what it shows must be what happens.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from shlex import split

import pytest
import yaml

from pages import README, Block
from support import ROOT, Shell, Termcheck
from termcheck import api
from termcheck.rules import RULES

_PYTHON = f"PYTHON={sys.executable}"


@pytest.mark.parametrize("console", README.blocks("console"), ids=lambda block: f"line {block.line}")
def test_each_command_prints_what_the_page_shows(console: Block, shell: Shell, checkout: Path) -> None:
    for command, printed in README.run([console], shell, checkout):
        assert command.agrees(printed), (
            f"README.md:{command.line}: $ {command.text}\n--- shown\n{command.output}\n--- printed\n{printed}"
        )


def test_the_finding_at_the_top_is_what_is_printed(termcheck: Termcheck, tmp_path: Path) -> None:
    shown = re.findall(r"^    (\S.*)$", README.text(), re.MULTILINE)
    (tmp_path / "glossary.yaml").write_text(shown[0], encoding="utf-8")
    (tmp_path / "talk.md").write_text("上合组织开会。\n\nThe bloc meets.\n", encoding="utf-8")
    printed = termcheck("check", "--output-format", "concise", "talk.md", cwd=tmp_path, status=1)
    assert printed.splitlines()[0] == shown[1]


def test_each_command_and_flag_the_page_names_is_there(termcheck: Termcheck, tmp_path: Path) -> None:
    for command in set(re.findall(r"`termcheck ((?:glossary )?[a-z]+)", README.text())):
        termcheck(*command.split(), "--help", cwd=tmp_path)
    known = set(re.findall(r"--[a-z-]+", termcheck("check", "--help", cwd=tmp_path)))
    assert set(re.findall(r"`(--[a-z-]+)", README.text())) <= known


@pytest.mark.slow
def test_the_first_command_does_all_the_set_up(shell: Shell, checkout: Path) -> None:
    steps = [split(line, comments=True) for line in README.block("sh", "make demo").text.splitlines()]
    assert steps == [["make", "demo"], ["make", "test"]]

    shown = shell("make", "demo", _PYTHON, cwd=checkout)
    assert "Setting up" in shown
    assert shell("termcheck", "check", "examples/briefing.md", cwd=checkout, status=1) in shown
    assert "Setting up" not in shell("make", "demo", _PYTHON, cwd=checkout)


def test_the_second_command_runs_the_tests_with_their_tools(shell: Shell, checkout: Path) -> None:
    planned = shell("make", "--dry-run", "test", cwd=checkout)
    assert "--editable . --group test\n" in planned
    assert re.search(r"^\.venv/bin/python -m pytest .*-m 'not slow'", planned, re.MULTILINE)


def test_continuous_integration_lints_and_runs_every_test(shell: Shell, checkout: Path) -> None:
    *_, run = (checkout / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    planned = shell(*split(run.removeprefix("exec ")), "--dry-run", cwd=checkout)
    (tests,) = re.findall(r"^\.venv/bin/python -m pytest.*", planned, re.MULTILINE)
    assert "not slow" not in tests
    for tool in ("ruff check", "ruff format --check", "mypy --strict", "lint-imports"):
        assert f".venv/bin/{tool}\n" in planned


def test_make_says_what_is_wrong_with_the_interpreter(shell: Shell, checkout: Path) -> None:
    old = checkout / "python3.10"
    old.write_text('#!/bin/sh\ntest "$1" = -V && echo Python 3.10.2\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)
    said = shell("make", "demo", f"PYTHON={old}", cwd=checkout, status=2)
    assert "needs Python 3.11 or newer" in said
    assert "Python 3.10.2" in said
    said = shell("make", "demo", "PYTHON=no-such-python", cwd=checkout, status=2)
    assert "There is no no-such-python here" in said


def test_the_rule_table_is_the_registry() -> None:
    shown = [row[:3] for row in README.table("Code", "Name", "Default", "Reports")]
    assert shown == [(rule.code, rule.name, rule.severity.value if rule.default else "off") for rule in RULES]


def test_the_attribute_table_is_the_schema() -> None:
    schema = json.loads((ROOT / "src/termcheck/data/termcheck-glossary.schema.json").read_text("utf-8"))
    rows = README.table("Attribute", "Belongs to", "Meaning")
    for kind, definition in (("entry", "entryMapping"), ("term", "term")):
        shown = {
            name for row in rows if row[1] in (kind, "either") for name in re.findall(r"`(\w+)`", row[0])
        }
        assert shown == set(schema["$defs"][definition]["properties"]), kind


@pytest.mark.parametrize("row", README.table("Glossary", "Source", "Target", "Verdict", "Because"))
def test_each_verdict_is_what_is_decided(row: tuple[str, ...], tmp_path: Path) -> None:
    entry, source, target, verdict, _ = row
    glossary = tmp_path / "glossary.yaml"
    glossary.write_text(entry.strip("`") + "\n", encoding="utf-8")
    report = api.check_text(f"{source}\n\n{target}\n", glossary, name="text.md")
    assert (report.errors, report.coverage.pairs) == ((), 1)
    assert ", ".join(finding.code for finding in report.findings) == verdict.replace("passes", "")


def test_the_sample_glossary_loads(tmp_path: Path) -> None:
    glossary = tmp_path / "glossary.yaml"
    for sample in (one.text for one in README.blocks("yaml") if "上合组织" in one.text):
        glossary.write_text(sample, encoding="utf-8")
        assert api.load_glossary(glossary).concepts


def test_the_sample_configuration_is_taken(termcheck: Termcheck, checkout: Path) -> None:
    (checkout / "termcheck.toml").write_text(README.block("toml", "pairs").text, encoding="utf-8")
    termcheck("check", "examples/briefing-clean.md", cwd=checkout)


def test_each_file_the_page_points_at_is_there() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", README.text())
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.slow
def test_the_ci_snippet_passes_good_texts_and_stops_bad_ones(
    shell: Shell, checkout: Path, tmp_path: Path
) -> None:
    workflow = yaml.safe_load(README.block("yaml", "runs-on:").text)
    (job,) = workflow["jobs"].values()
    *setup, check = [step["run"] for step in job["steps"] if "run" in step]
    shell(sys.executable, "-m", "venv", tmp_path / "python", cwd=tmp_path)
    # One thing differs from a real run: TERMCHECK, what is installed, is the project at hand.
    env = job["env"] | {
        "TERMCHECK": str(checkout),
        "PATH": f"{tmp_path / 'python' / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    texts = tmp_path / "texts"
    texts.mkdir()

    def run(step: str, status: int = 0) -> str:
        return shell("bash", "-e", "-c", step, cwd=texts, status=status, **env)

    for step in setup:
        run(step)
    (texts / "glossary.yaml").write_text("上合组织: SCO\n", encoding="utf-8")
    (texts / "talk.md").write_text("上合组织将举行会议。\n\nThe SCO will hold a meeting.\n", encoding="utf-8")
    assert "All checks passed!" in run(check)
    (texts / "talk.md").write_text("上合组织将举行会议。\n\nThe bloc will meet.\n", encoding="utf-8")
    assert "TRM101" in run(check, status=1)
