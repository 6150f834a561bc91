"""What is offered for CI services, judged by their own schemas and run step by step as they would run it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from pages import GUIDES, README
from support import BAD, GOOD, ROOT, Shell

_BLOCKS = {
    f"{page.name}:{block.line}": block.text
    for page in (README, *GUIDES)
    for block in page.blocks("yaml")
    if block.text.startswith(("# .github/workflows/", "# .gitlab-ci.yml"))
}


def valid(text: str, schema: str, directory: Path) -> str:
    """What check-jsonschema says of a text by the schema a service publishes."""
    path = directory / "checked.yml"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", path],
        capture_output=True,
        text=True,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("text", _BLOCKS.values(), ids=_BLOCKS)
def test_each_snippet_is_valid(text: str, tmp_path: Path) -> None:
    schema = "gitlab-ci" if ".gitlab-ci" in text.partition("\n")[0] else "github-workflows"
    assert valid(text, schema, tmp_path) == ""


def test_a_snippet_with_a_slip_is_not_valid(tmp_path: Path) -> None:
    assert "stepps" in valid("on: push\njobs: {a: {runs-on: x, stepps: []}}\n", "github-workflows", tmp_path)


def test_the_action_is_valid(tmp_path: Path) -> None:
    assert valid((ROOT / "action.yml").read_text(encoding="utf-8"), "github-actions", tmp_path) == ""


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs the steps of a composite action as GitHub's runner does, all but those that use other actions."""

    shell: Shell
    action: Path
    workspace: Path
    temporary: Path

    def __call__(self, status: int = 0, **inputs: str) -> str:
        action = yaml.safe_load((self.action / "action.yml").read_text(encoding="utf-8"))
        known = {name: one["default"] for name, one in action["inputs"].items()} | inputs
        variables = {
            "github.action_path": str(self.action),
            "runner.temp": str(self.temporary),
            "steps.python.outputs.python-path": sys.executable,
        }
        variables |= {f"inputs.{name}": value for name, value in known.items()}
        steps = [step for step in action["runs"]["steps"] if "run" in step]
        assert [step["shell"] for step in steps] == ["bash"] * len(steps)
        for step in steps[:-1]:
            self._run(step, variables)
        return self._run(steps[-1], variables, status)

    def _run(self, step: Mapping[str, Any], variables: Mapping[str, str], status: int = 0) -> str:
        kept, outputs = self.temporary / "env", self.temporary / "outputs"
        kept.touch()
        env = {name: _filled(value, variables) for name, value in step["env"].items()}
        env |= dict(line.split("=", 1) for line in kept.read_text(encoding="utf-8").splitlines())
        env |= {
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_ENV": str(kept),
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary.md"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTIONS": "true",
        }
        # This is how the runner starts bash; nothing may be filled into the script itself.
        assert "${{" not in step["run"]
        bash = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
        directory = self.workspace / _filled(step.get("working-directory", "."), variables)
        return self.shell(*bash, step["run"], cwd=directory, status=status, **env)


def _filled(text: str, variables: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: variables[found[1]], text)


@pytest.fixture
def runner(shell: Shell, checkout: Path, tmp_path: Path) -> Runner:
    """A runner with a workspace that has a glossary."""
    run = Runner(shell, checkout, tmp_path / "texts", tmp_path / "runner")
    run.workspace.mkdir()
    run.temporary.mkdir()
    (run.workspace / "glossary.yaml").write_text("上合组织: SCO\n", encoding="utf-8")
    for name in ("hashlib", "shlex", "venv", "pip", "pathlib"):  # a checked repository may bring them
        (run.workspace / f"{name}.py").write_text("raise SystemExit('a module of the checked repository')\n")
    return run


def test_the_action_imports_nothing_from_the_checked_repository() -> None:
    calls = re.findall(r'/python" (\S+)|_PYTHON" (\S+)', (ROOT / "action.yml").read_text(encoding="utf-8"))
    assert len(calls) == 4
    assert {one or other for one, other in calls} == {"-I"}


@pytest.mark.slow
def test_the_action_annotates_and_writes_sarif(runner: Runner) -> None:
    (runner.workspace / "talk.md").write_text(BAD, encoding="utf-8")
    printed = runner(status=1, sarif="out.sarif", args="--min-confidence low talk.md")
    assert "::warning file=talk.md,line=3" in printed
    sarif = json.loads((runner.workspace / "out.sarif").read_text(encoding="utf-8"))
    assert [one["ruleId"] for one in sarif["runs"][0]["results"]] == ["TRM101"]
    assert "TRM101" in (runner.temporary / "summary.md").read_text(encoding="utf-8")
    assert any((runner.temporary / "termcheck-pip").iterdir())
    assert re.fullmatch(r"hash=[0-9a-f]{64}\n", (runner.temporary / "outputs").read_text(encoding="utf-8"))
    (runner.workspace / "talk.md").write_text(GOOD, encoding="utf-8")
    assert "::" not in runner(args="--exclude $(false),*.txt talk.md")


@pytest.mark.slow
def test_the_action_reads_all_lines_of_its_arguments_in_its_directory(runner: Runner) -> None:
    talks = runner.workspace / "talks" / "two words"
    talks.mkdir(parents=True)
    (talks / "bad.md").write_text(BAD, encoding="utf-8")
    (runner.workspace / "other.md").write_text(BAD, encoding="utf-8")
    printed = runner(status=1, args="--no-cache\n'two words'\n", **{"working-directory": "talks"})
    assert "two words/bad.md" in printed
    assert "other.md" not in printed
    assert "No closing quotation" in runner(status=1, args="'two")
