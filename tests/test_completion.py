"""Completion, asked by a real bash in the way its readline asks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support import Shell
from termcheck.cli.completion import SHELLS

_ASK = """
eval "$(termcheck completion bash)"
COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9
read -ra COMP_WORDS <<< "$1"
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_python_argcomplete termcheck
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("termcheck che", {"check"}),
        ("termcheck check --min-con", {"--min-confidence"}),
        ("termcheck check --fail-on e", {"error"}),
        ("termcheck check --select wrong", {"wrong-case"}),
        ("termcheck check --ignore wrong-case,untr", {"wrong-case,untranslated-term"}),
        ("termcheck rule TRM10", {f"TRM10{number}" for number in range(1, 10)}),
        ("termcheck glossary tr", {"trace"}),
        ("termcheck config fail", {"fail-on"}),
        ("termcheck check gloss", {"glossary.yaml"}),
    ],
)
def test_bash_completes(typed: str, offered: set[str], shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("上合组织: SCO\n", encoding="utf-8")
    printed = shell("bash", "-c", _ASK, "bash", typed, cwd=tmp_path, status=None)
    assert {word.strip() for word in printed.splitlines()} == offered


@pytest.mark.parametrize("name", SHELLS)
def test_each_shell_has_its_script(name: str, shell: Shell, tmp_path: Path) -> None:
    assert "termcheck" in shell("termcheck", "completion", name, cwd=tmp_path)
