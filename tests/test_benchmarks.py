"""Whether the benchmarks run: on tiny texts, without a look at how long anything took."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from support import ROOT, Shell

_RUN = (sys.executable, ROOT / "benchmarks" / "run.py", "--size", "quick")
_PEERS = (sys.executable, ROOT / "benchmarks" / "peers.py", "--offline", "--rounds", "1")
_TINY = ("--concepts", "20", "--kilobytes", "5")


def test_each_budget_is_measured(shell: Shell, tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    printed = shell(*_RUN, "--directory", tmp_path / "texts", "--json", results, cwd=tmp_path)
    told = json.loads(results.read_text(encoding="utf-8"))["budgets"]
    assert len(told) == printed.count("\n| ") - 2  # the head and the line under it
    for budget in told:
        assert budget["values"], budget["name"]


def test_a_run_that_finds_nothing_is_no_measurement(shell: Shell, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    shell(*_RUN, "second-look", "--directory", texts, cwd=tmp_path)
    (accused,) = texts.glob("briefing-accused.md")
    accused.write_text((texts / "briefing-clean.md").read_text(encoding="utf-8"), encoding="utf-8")
    printed = shell(*_RUN, "second-look", "--directory", texts, cwd=tmp_path, status=2)
    assert "exit 0" in printed
    assert "| failed |" in printed


def test_all_planted_errors_are_found_and_no_right_text_is_accused(shell: Shell, tmp_path: Path) -> None:
    printed = shell(*_PEERS, *_TINY, "--directory", tmp_path / "texts", cwd=tmp_path)
    parts = (line.removeprefix("| ").partition(" | ") for line in printed.splitlines())
    rows = {head: rest for head, _, rest in parts}
    assert rows["**found of ten**"].startswith("10 | 10 | ")
    assert rows["**false alarms in ten**"].startswith("0 | 0 | ")
    assert "termcheck, pairs given" in rows
