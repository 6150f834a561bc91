"""Whether the guides tell the truth: each command of a page, run in order, prints what is shown."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from pages import GUIDES, Page, copy_examples
from support import Shell
from termcheck.rules import RULES

_names = [page.name for page in GUIDES]


@pytest.mark.parametrize("page", GUIDES, ids=_names)
def test_each_command_prints_what_the_page_shows(page: Page, shell: Shell, tmp_path: Path) -> None:
    consoles = page.blocks("console")
    if not consoles:
        pytest.skip("the page shows no command")
    for command, printed in page.run(consoles, shell, copy_examples(tmp_path)):
        said = f"--- shown\n{command.output}\n--- printed\n{printed}"
        assert command.agrees(printed), f"{page.name}:{command.line}: $ {command.text}\n{said}"


@pytest.mark.parametrize("page", GUIDES, ids=_names)
def test_each_page_the_page_points_at_is_there(page: Page) -> None:
    links = re.findall(r"\]\((?!https?:|#|reference/)([^)#]+)", page.text())
    assert [link for link in links if not (page.path.parent / link).exists()] == []


@pytest.mark.parametrize("page", GUIDES, ids=_names)
def test_each_command_and_flag_the_page_names_is_there(page: Page, shell: Shell, tmp_path: Path) -> None:
    typed = re.findall(
        r"`termcheck ((?:glossary )?[a-z]+)|^\$ termcheck ((?:glossary )?[a-z]+)", page.text(), re.M
    )
    commands = {command or other for command, other in typed} | {"check"}
    helps = "".join(shell("termcheck", *one.split(), "--help", cwd=tmp_path) for one in sorted(commands))
    assert set(re.findall(r"`(--[a-z-]+)", page.text())) <= set(re.findall(r"--[a-z-]+", helps))


@pytest.mark.slow
def test_the_documentation_builds_without_a_warning(checkout: Path, shell: Shell, tmp_path: Path) -> None:
    built = tmp_path / "html"
    sphinx = (sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning")
    shell(*sphinx, checkout / "docs", built, cwd=checkout, PYTHONPATH=str(checkout / "src"))
    for rule in RULES:
        assert rule.code in (built / "reference" / "rules" / f"{rule.name}.html").read_text(encoding="utf-8")
