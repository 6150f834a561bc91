"""A real editor: Neovim shows the findings of the server, and a code action changes its buffer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import COMMAND, environment

NEOVIM = shutil.which("nvim")
SCRIPT = Path(__file__).with_name("neovim.lua")


@pytest.mark.skipif(
    not NEOVIM and not os.environ.get("TERMCHECK_NEEDS_NEOVIM"), reason="Neovim is not installed"
)
def test_neovim_shows_findings_and_makes_a_fix(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text(
        "languages: [zh, en]\nterms:\n"
        "  南海: {en: South China Sea, forbid: [South Sea]}\n  上合组织: {en: SCO}\n",
        encoding="utf-8",
    )
    text, result = tmp_path / "talk.md", tmp_path / "seen.json"
    text.write_text("南海的和平。\n\nPeace in the South Sea.\n\n上合组织\n\nThe group\n", encoding="utf-8")
    subprocess.run(
        [NEOVIM or "nvim", "--headless", "-u", "NONE", "-c", f"luafile {SCRIPT}"],
        cwd=tmp_path,
        env={
            **environment(),
            "TERMCHECK_COMMAND": json.dumps(COMMAND),
            "TERMCHECK_TEXT": str(text),
            "TERMCHECK_RESULT": str(result),
        },
        timeout=180,
        check=True,
    )
    seen = json.loads(result.read_text(encoding="utf-8"))
    assert seen.get("before") == ["TRM101", "TRM102"], seen
    assert seen["action"] == "termcheck: use “South China Sea”"
    assert seen["after"] == ["TRM101"]
    assert seen["text"][2] == "Peace in the South China Sea."
