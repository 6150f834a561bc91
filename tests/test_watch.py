"""`--watch`, run as a process that sees files change on the disk and is interrupted at the end."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import Shell, Termcheck

pytest.importorskip("watchfiles", reason="the extra `watch` is not installed")

_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Watching:
    """A running `termcheck check --watch`; what it prints comes line by line."""

    process: subprocess.Popen[str]
    lines: queue.Queue[str]

    def next(self) -> list[str]:
        """The lines of one check."""
        found: list[str] = []
        while not (found and found[-1].startswith("Watching")):
            found.append(self.lines.get(timeout=_SECONDS))
        return found[:-1]


@pytest.fixture
def watching(shell: Shell, tmp_path: Path) -> Iterator[Watching]:
    (tmp_path / "glossary.yaml").write_text("上合组织: SCO\n", encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/talk.md").write_text("上合组织开会。\n\nThe bloc meets.\n", encoding="utf-8")
    process = subprocess.Popen(
        ["termcheck", "check", "--watch", "-o", "out.txt", "--statistics", "texts"],
        cwd=tmp_path,
        env={**shell.env, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        # A test run in the background ignores interrupts, and so would this process.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line.rstrip("\n"))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    yield Watching(process, lines)
    process.kill()
    process.wait()


@pytest.mark.skipif(os.name == "nt", reason="interrupts are sent in another way there")
def test_each_change_is_checked_until_interrupted(watching: Watching, tmp_path: Path) -> None:
    assert watching.next()[-1].startswith("Found 1 warning in 1 file")
    # As editors save: a new file in place of the old one.
    (tmp_path / "texts/.new").write_text("上合组织开会。\n\nThe SCO meets.\n", encoding="utf-8")
    (tmp_path / "texts/.new").replace(tmp_path / "texts/talk.md")
    assert watching.next()[-1].startswith("All checks passed! 1 file")
    (tmp_path / "glossary.yaml").write_text("上合组织：SCO\n", encoding="utf-8")
    assert any(line.startswith("error: glossary.yaml:1:") for line in watching.next())
    (tmp_path / "glossary.yaml").write_text("上合组织: Shanghai Cooperation Organization\n", encoding="utf-8")
    assert watching.next()[-1].startswith("Found 1 warning")
    # What a check writes itself starts no further check, which would come within a tenth of a second.
    assert (tmp_path / "out.txt").is_file()
    with pytest.raises(queue.Empty):
        watching.lines.get(timeout=1)
    # Nor does a text that no check would look at.
    (tmp_path / "texts/.ignore").write_text("built/\n", encoding="utf-8")
    assert watching.next()[-1].startswith("Found 1 warning")
    (tmp_path / "texts/built").mkdir()
    (tmp_path / "texts/built/talk.md").write_text("上合组织开会。\n\nThe bloc meets.\n", encoding="utf-8")
    with pytest.raises(queue.Empty):
        watching.lines.get(timeout=1)
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(_SECONDS) == 0


def test_standard_input_cannot_be_watched(termcheck: Termcheck, tmp_path: Path) -> None:
    said = termcheck("check", "--watch", "-", cwd=tmp_path, status=2)
    assert said.startswith("error: standard input cannot be watched\n  help: ")


def test_without_the_extra_the_message_says_what_to_install(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "watchfiles.py").write_text(
        "raise ModuleNotFoundError(name='watchfiles')\n", encoding="utf-8"
    )
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from termcheck.cli import main; sys.exit(main())"
    )
    source = Path(__file__).parents[1] / "src"
    command = (sys.executable, "-c", code, "check", "--watch")
    said = shell(*command, cwd=tmp_path, status=2, PYTHONPATH=str(source))
    assert "pip install watchfiles" in said
