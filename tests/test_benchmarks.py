"""Whether the benchmarks run: on tiny texts, without a look at how long anything took."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from support import ROOT, Shell

_RUN = (sys.executable, ROOT / "benchmarks" / "run.py", "--size", "quick")
_PEERS = (sys.executable, ROOT / "benchmarks" / "peers.py", "--offline", "--rounds", "1")
_SIZING = (sys.executable, ROOT / "benchmarks" / "sizing.py")
_TINY = ("--concepts", "20", "--kilobytes", "5")


@pytest.mark.slow
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


@pytest.mark.slow
def test_all_planted_errors_are_found_and_no_right_text_is_accused(shell: Shell, tmp_path: Path) -> None:
    printed = shell(*_PEERS, *_TINY, "--directory", tmp_path / "texts", cwd=tmp_path)
    parts = (line.removeprefix("| ").partition(" | ") for line in printed.splitlines())
    rows = {head: rest for head, _, rest in parts}
    assert rows["**found of ten**"].startswith("10 | 10 | ")
    assert rows["**false alarms in ten**"].startswith("0 | 0 | ")
    assert "termcheck, pairs given" in rows


@pytest.mark.slow
def test_what_corpora_cost_is_measured_and_printed_again(shell: Shell, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    kept = tmp_path / "sizing.json"
    spark = () if os.environ.get("TERMCHECK_NEEDS_SPARK") else ("--no-spark",)
    quick = ("--size", "quick", "--rounds", "1", "--directory", tmp_path / "texts", "--json", kept, *spark)
    printed = shell(*_SIZING, *quick, cwd=tmp_path)
    costs = json.loads(kept.read_text(encoding="utf-8"))["costs"]
    assert set(costs) == {
        "command-clean",
        "command",
        "batches-clean",
        "batches",
        *([] if spark else ["spark"]),
    }
    assert costs["command-clean"]["written"] == 0
    assert costs["batches"]["written"] > 0
    assert shell(*_SIZING, "--from", kept, cwd=tmp_path) in printed


def test_hours_are_worked_out_from_rates(shell: Shell, tmp_path: Path) -> None:
    cost = {"pairs": 10_000, "start": 0.5, "memory": 100, "read": 170, "written": 80}
    told = {
        "machine": {"python": "CPython 3.11.7", "system": "Linux", "cores": 2},
        "sizes": {"pairs": 100_000, "few": 100, "terms": 5_000},
        "two": {"command": 0.8},
        "alone": 1e-6,
        "costs": dict.fromkeys(("command-clean", "command", "batches-clean", "batches"), cost),
    }
    kept = tmp_path / "sizing.json"
    kept.write_text(json.dumps(told), encoding="utf-8")
    printed = shell(*_SIZING, "--from", kept, cwd=tmp_path)
    title = "| `termcheck check`, one pair in ten accused |"
    assert f"{title} 10,000 | 0.0278 | 2.78 | 27.8 |" in printed
    # 27.8 hours by 16 and by 0.8; with 256 the process that reads, a million pairs a second, is the slowest.
    assert f"{title} 80% | 17.4 | 2.17 | 0.543 | 0.278 |" in printed
    assert "at most 1,000,000 pairs a second, which keeps 125 processors busy" in printed
    assert "| GB read for 1 billion pairs | 170 | 170 |" in printed
