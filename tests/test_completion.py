"""Completion, asked by a real bash in the way its readline asks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support import Shell, Termcheck
from termcheck.cli.completion import SHELLS

_ASK = """
eval "$(termcheck completion bash)"
COMP_TYPE=9
for COMP_LINE in "$@"; do
  COMP_POINT=${#COMP_LINE}
  read -ra COMP_WORDS <<< "$COMP_LINE"
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _python_argcomplete termcheck
  printf '%s\\n' "${COMPREPLY[@]}" "--"
done
"""
_OFFERED = {
    "termcheck che": {"check"},
    "termcheck check --min-con": {"--min-confidence"},
    "termcheck check --fail-on e": {"error"},
    "termcheck check --select wrong": {"wrong-case"},
    "termcheck check --ignore wrong-case,untranslated-t": {"wrong-case,untranslated-term"},
    "termcheck rule TRM10": {f"TRM10{number}" for number in range(1, 10)},
    "termcheck glossary tr": {"trace"},
    "termcheck config fail": {"fail-on"},
    "termcheck check gloss": {"glossary.yaml"},
}


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("上合组织: SCO\n", encoding="utf-8")
    printed = shell("bash", "-c", _ASK, "bash", *_OFFERED, cwd=tmp_path, status=None)
    offered = [{word.strip() for word in one.splitlines()} for one in printed.split("--\n")]
    assert dict(zip(_OFFERED, offered[:-1], strict=True)) == _OFFERED


@pytest.mark.parametrize("name", SHELLS)
def test_each_shell_has_its_script(name: str, termcheck: Termcheck, tmp_path: Path) -> None:
    assert "termcheck" in termcheck("completion", name, cwd=tmp_path)
