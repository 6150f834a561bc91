"""Runs the project from outside: copies of it, and commands in an environment no one's settings reach."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import join, quote
from unittest import mock

from termcheck.cli import main

ROOT = Path(__file__).parents[1]
# For a Spark that runs a few seconds: no second compilation, no shuffle in 200 partitions.
SPARK = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_SUBMIT_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    " -Dspark.sql.shuffle.partitions=2 -Dspark.ui.enabled=false",
}

# A text with a missing rendering by the glossary `上合组织: SCO`, and one without findings.
BAD = "上合组织将举行会议。\n\nThe bloc will meet.\n"
GOOD = "上合组织将举行会议。\n\nThe SCO will hold a meeting.\n"

_LEFT_BY_TOOLS = {".git", "__pycache__", "_build", "build", "dist", ".hypothesis"}
_CALLERS_PREFIXES = ("CI_", "GIT_", "GITHUB_", "MAKE", "PRE_COMMIT", "PYTEST_", "PYTHON")
_CALLERS_NAMES = {"ARGS", "COLUMNS", "FORCE_COLOR", "MFLAGS", "SKIP", "VENV", "VIRTUAL_ENV"}


def copy_project(to: Path) -> Path:
    """Copy the project as it is on the disk, committed or not, without environments and caches."""

    def left_out(directory: str, names: list[str]) -> set[str]:
        return {
            name
            for name in names
            if name in _LEFT_BY_TOOLS
            or name.endswith(("_cache", ".egg-info"))
            or Path(directory, name, "pyvenv.cfg").exists()
        }

    return Path(shutil.copytree(ROOT, to, ignore=left_out))


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs commands with the environment `env`."""

    env: Mapping[str, str]

    def __call__(self, *command: str | Path, cwd: Path, status: int | None = 0, **env: str) -> str:
        """Standard output and error of a command, as they come; it must end with `status` (None: any)."""
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
        )
        said = f"{command} ended with {done.returncode}:\n{done.stdout}"
        assert status is None or done.returncode == status, said
        return done.stdout


def commit_all(directory: Path, shell: Shell) -> None:
    """Make a directory a git repository whose branch `main` has one commit with all its files."""
    shell("git", "init", "--quiet", "--initial-branch", "main", cwd=directory)
    shell("git", "add", "--all", cwd=directory)
    shell("git", "commit", "--quiet", "--message", "All files as they are", cwd=directory)


@dataclass(frozen=True, slots=True)
class Termcheck:
    """Runs `termcheck` in this process with the environment `env`, which is quicker than a new process."""

    env: Mapping[str, str]

    def __call__(self, *arguments: str | Path, cwd: Path, status: int | None = 0, **env: str) -> str:
        """The same as `Shell` returns for this command: standard output and error together."""
        output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
        with (
            contextlib.chdir(cwd),
            contextlib.redirect_stdout(output),
            contextlib.redirect_stderr(output),
            mock.patch.dict(os.environ, {**self.env, **env}, clear=True),
        ):
            code = main([str(argument) for argument in arguments])
            output.flush()
        printed = output.buffer.getvalue().decode("utf-8")
        assert status is None or code == status, f"{arguments} ended with {code}:\n{printed}"
        return printed


def shell_environment(programs: Path) -> dict[str, str]:
    """The caller's environment without what would bend a test; `programs` gets a `termcheck` to run."""
    # The path to the code under test is for this program alone: what a test installs must stand by itself.
    source = quote(str(ROOT / "src"))
    program = programs / "termcheck"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={source} exec {join([sys.executable, "-m", "termcheck"])} "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_CALLERS_PREFIXES) and name not in _CALLERS_NAMES
    }
    env |= SPARK | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    for who in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{who}_NAME": "Test", f"GIT_{who}_EMAIL": "test@example.org"}
    return env
