"""Whether the guides tell the truth: each command and program of a page prints what is shown."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from pages import GUIDES, Block, Page, Program, copy_examples, guide
from support import BAD, GOOD, ROOT, Shell, Termcheck
from termcheck import api
from termcheck.rules import RULES


def _name(page: Page) -> str:
    return page.name


@pytest.mark.parametrize("page", [page for page in GUIDES if page.blocks("console")], ids=_name)
def test_each_command_prints_what_the_page_shows(page: Page, shell: Shell, tmp_path: Path) -> None:
    for command, printed in page.run(page.blocks("console"), shell, copy_examples(tmp_path)):
        said = f"--- shown\n{command.output}\n--- printed\n{printed}"
        assert command.agrees(printed), f"{page.name}:{command.line}: $ {command.text}\n{said}"


_programs = [
    pytest.param(
        page,
        program,
        id=f"{page.name}:{program.line}",
        marks=[pytest.mark.slow] if "pyspark" in program.modules() else [],
    )
    for page in GUIDES
    for program in page.programs()
]


@pytest.fixture(scope="module")
def directories(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Where the programs of a page run: its commands have run there. No program needs the one before it."""
    places = {}
    for page in GUIDES:
        if page.programs():
            places[page.name] = copy_examples(tmp_path_factory.mktemp("programs"))
            for _ in page.run(page.blocks("console"), shell, places[page.name]):
                pass
    return places


@pytest.mark.parametrize(("page", "program"), _programs)
def test_each_program_prints_what_the_page_shows(
    page: Page, program: Program, shell: Shell, directories: Mapping[str, Path]
) -> None:
    lacking = program.lacking()
    # Ray is too large to be installed for one example.
    if lacking and lacking != "ray" and os.environ.get("TERMCHECK_NEEDS_SPARK"):
        pytest.fail(f"{lacking} is not there")
    if lacking:
        pytest.skip(f"{lacking} is not there")
    printed = program.run(shell, directories[page.name])
    said = f"--- shown\n{program.output}\n--- printed\n{printed}"
    assert program.agrees(printed), f"{page.name}:{program.line}\n{said}"


_glossaries = {
    f"{page.name}:{block.line}": block
    for page in GUIDES
    for block in page.blocks("yaml")
    if "terms:\n" in block.text and not block.text.startswith("# .")
}


@pytest.mark.parametrize("block", _glossaries.values(), ids=_glossaries)
def test_each_sample_glossary_loads(block: Block, tmp_path: Path) -> None:
    glossary = tmp_path / "glossary.yaml"
    glossary.write_text(block.text, encoding="utf-8")
    assert api.load_glossary(glossary).concepts


@pytest.mark.parametrize("page", GUIDES, ids=_name)
def test_each_page_the_page_points_at_is_there(page: Page) -> None:
    links = re.findall(r"\]\((?!https?:|#|reference/)([^)#]+)", page.text())
    assert [link for link in links if not (page.path.parent / link).exists()] == []


@pytest.mark.parametrize("page", GUIDES, ids=_name)
def test_each_command_and_flag_the_page_names_is_there(
    page: Page, termcheck: Termcheck, tmp_path: Path
) -> None:
    typed = re.findall(
        r"`termcheck ((?:glossary )?[a-z]+)|^\$ termcheck ((?:glossary )?[a-z]+)", page.text(), re.M
    )
    commands = {command or other for command, other in typed} | {"check"}
    helps = "".join(termcheck("help", *one.split(), cwd=tmp_path) for one in sorted(commands))
    assert set(re.findall(r"`(--[a-z-]+)", page.text())) <= set(re.findall(r"--[a-z-]+", helps))


@pytest.mark.slow
def test_the_documentation_builds_without_a_warning(checkout: Path, shell: Shell, tmp_path: Path) -> None:
    built = tmp_path / "html"
    sphinx = (sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning")
    shell(*sphinx, checkout / "docs", built, cwd=checkout, PYTHONPATH=str(checkout / "src"))
    for rule in RULES:
        assert rule.code in (built / "reference" / "rules" / f"{rule.name}.html").read_text(encoding="utf-8")


def test_the_rule_table_is_the_registry() -> None:
    shown = [row[:3] for row in guide("rules").table("Code", "Name", "Default", "Reports")]
    assert shown == [(rule.code, rule.name, rule.severity.value if rule.default else "off") for rule in RULES]


def test_the_attribute_table_is_the_schema() -> None:
    schema = json.loads((ROOT / "src/termcheck/data/termcheck-glossary.schema.json").read_text("utf-8"))
    rows = guide("glossary").table("Attribute", "Belongs to", "Meaning")
    for kind, definition in (("entry", "entryMapping"), ("term", "term")):
        shown = {
            name for row in rows if row[1] in (kind, "either") for name in re.findall(r"`(\w+)`", row[0])
        }
        assert shown == set(schema["$defs"][definition]["properties"]), kind


@pytest.mark.parametrize("row", guide("matching").table("Glossary", "Source", "Target", "Verdict", "Because"))
def test_each_verdict_is_what_is_decided(row: tuple[str, ...], tmp_path: Path) -> None:
    entry, source, target, verdict, _ = row
    glossary = tmp_path / "glossary.yaml"
    glossary.write_text(entry.strip("`") + "\n", encoding="utf-8")
    report = api.check_text(f"{source}\n\n{target}\n", glossary, name="text.md")
    assert (report.errors, report.coverage.pairs) == ((), 1)
    assert ", ".join(finding.code for finding in report.findings) == verdict.replace("passes", "")


def test_the_sample_configuration_is_taken(termcheck: Termcheck, checkout: Path) -> None:
    (checkout / "termcheck.toml").write_text(
        guide("configuration").block("toml", "pairs").text, encoding="utf-8"
    )
    termcheck("check", "examples/briefing-clean.md", cwd=checkout)


@pytest.mark.slow
def test_the_ci_snippet_passes_good_texts_and_stops_bad_ones(
    shell: Shell, checkout: Path, tmp_path: Path
) -> None:
    workflow = yaml.safe_load(guide("ci").block("yaml", "TERMCHECK:").text)
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
    (texts / "talk.md").write_text(GOOD, encoding="utf-8")
    assert "All checks passed!" in run(check)
    (texts / "talk.md").write_text(BAD, encoding="utf-8")
    assert "TRM101" in run(check, status=1)
