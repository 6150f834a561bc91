"""Whether README.md tells the truth: each command prints what is shown, each table is complete.

A newcomer has nothing but this page; what it shows must be what happens.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from shlex import split
from xml.etree import ElementTree

import pytest

from pages import GUIDES, README, Block
from support import ROOT, Shell, Termcheck
from termcheck import api

_PYTHON = f"PYTHON={sys.executable}"


@pytest.mark.parametrize("console", README.blocks("console"), ids=lambda block: f"line {block.line}")
def test_each_command_prints_what_the_page_shows(console: Block, shell: Shell, checkout: Path) -> None:
    for command, printed in README.run([console], shell, checkout):
        assert command.agrees(printed), (
            f"README.md:{command.line}: $ {command.text}\n--- shown\n{command.output}\n--- printed\n{printed}"
        )


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the pictures as they would be drawn now."""
    pictures = tmp_path_factory.mktemp("pictures")
    subprocess.run([sys.executable, ROOT / "tools" / "make_picture.py", pictures], check=True)
    return pictures


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_the_picture_at_the_top_shows_what_is_printed(ground: str, drawn: Path) -> None:
    path = f"docs/pictures/findings-{ground}.svg"
    assert f'"{path}"' in README.text()
    shown, printed = (_words(one) for one in (ROOT / path, drawn / Path(path).name))
    assert "上合组织" in printed
    assert shown == printed, "make pictures draws it anew"


def _words(picture: Path) -> str:
    drawing = ElementTree.parse(picture).getroot()
    return "\n".join(text.text or "" for text in drawing.iter("{http://www.w3.org/2000/svg}text"))


def test_each_command_and_flag_the_page_names_is_there(termcheck: Termcheck, tmp_path: Path) -> None:
    for command in set(re.findall(r"`termcheck ((?:glossary )?[a-z]+)", README.text())):
        termcheck(*command.split(), "--help", cwd=tmp_path)
    known = set(re.findall(r"--[a-z-]+", termcheck("help", "check", cwd=tmp_path)))
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


def test_the_sample_glossary_loads(tmp_path: Path) -> None:
    glossary = tmp_path / "glossary.yaml"
    for sample in (one.text for one in README.blocks("yaml") if "上合组织" in one.text):
        glossary.write_text(sample, encoding="utf-8")
        assert api.load_glossary(glossary).concepts


def test_each_page_has_the_address_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pages = [README, *GUIDES]
    named = {one for page in pages for one in re.findall(r"https://[\w./-]+?/termcheck(?=\W)", page.text())}
    assert named == {project["urls"]["Repository"]}


def test_each_file_the_page_points_at_is_there() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", README.text())
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
