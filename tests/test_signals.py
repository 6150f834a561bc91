"""Signals at any moment: nothing half written, no temporary file, no process left, and 128 + the number."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support import ROOT
from termcheck import interrupts
from termcheck.cli import main
from termcheck.interrupts import held

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")

SOURCE = ROOT / "src"
ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
GLOSSARY = "languages: [zh, en]\nterms:\n  南海: {en: South China Sea, forbid: [South Sea]}\n  国防部: MND\n"
BAD = "船只在南海航行，各国代表讨论合作。\n\nShips sail in the South Sea, and delegates talk.\n\n"
GOOD = BAD.replace("South Sea", "South China Sea")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text(GLOSSARY, encoding="utf-8")


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    # A test run in the background ignores interrupts, or hang-ups, and so would this process.
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "signal.signal(signal.SIGHUP, signal.SIG_DFL); "
        "from termcheck.cli import run; run()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def corpus(rows: int) -> None:
    row = '{"zh": "船只在南海航行，第%d次。", "en": "Ships sail in the South %sSea at time %d."}\n'
    lines = (row % (number, "China " if number % 500 else "", number) for number in range(rows))
    Path("rows.jsonl").write_text("".join(lines), encoding="utf-8")


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The ids of the processes that a process has started (Linux)."""
    found: list[int] = []
    for path in Path(f"/proc/{process.pid}/task").glob("*/children"):
        found += map(int, path.read_text(encoding="ascii").split())
    return found


def is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="ascii").split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [*ENDING, signal.SIGKILL])
def test_no_process_outlives_the_first_one(number: signal.Signals) -> None:
    corpus(60_000)
    with running("check", "--jobs", "2", "rows.jsonl") as process:
        wait_until(lambda: len(workers_of(process)) >= 3)  # one of them tracks resources
        workers = workers_of(process)
        process.send_signal(number)
        # This waits for all who hold the pipes open.
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == (-number if number == signal.SIGKILL else 128 + number)
    # A process that has only just been started may miss its parent before it knows what to do then.
    assert number == signal.SIGKILL or b"Traceback" not in stderr
    wait_until(lambda: not any(map(is_alive, workers)))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_the_work_of_a_process_that_is_killed_is_done_again() -> None:
    corpus(60_000)
    expected = subprocess.run(
        [sys.executable, "-m", "termcheck", "check", "--jobs", "1", "rows.jsonl"],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
    )
    with running("check", "--jobs", "2", "rows.jsonl") as process:
        wait_until(lambda: len(workers_of(process)) >= 3)
        os.kill(workers_of(process)[-1], signal.SIGKILL)
        stdout, stderr = process.communicate(timeout=120)
    assert (process.returncode, stdout, stderr) == (1, expected.stdout, expected.stderr)


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_during_fixing_leaves_whole_files_only(number: signal.Signals) -> None:
    for name in range(40):
        Path(f"{name}.md").write_text(BAD, encoding="utf-8")
    names = {path.name for path in Path().iterdir()}
    with running("check", "--fix", ".") as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith(b"Fixed 1 finding in ")
        process.send_signal(number)
        said = process.stderr.read().decode()
        assert process.wait(60) == 128 + number
    assert {path.name for path in Path().iterdir()} == names
    texts = [Path(f"{name}.md").read_text(encoding="utf-8") for name in range(40)]
    assert set(texts) <= {BAD, GOOD}
    # Each file that was written has been named.
    assert texts.count(GOOD) == 1 + said.count("Fixed 1 finding in ")


@pytest.mark.parametrize("number", ENDING)
def test_no_baseline_is_written_of_a_part(number: signal.Signals) -> None:
    corpus(800_000)
    with running("check", "--jobs", "1", "--write-baseline", "known.json", "rows.jsonl") as process:
        time.sleep(0.7 + random.random())
        process.send_signal(number)
        _, stderr = process.communicate(timeout=60)
    # On a slow machine the check has not begun.
    assert process.returncode in (128 + number, -number), stderr
    assert sorted(path.name for path in Path().iterdir()) == ["glossary.yaml", "rows.jsonl"]


def test_an_interrupted_check_says_that_no_baseline_was_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    Path("a.md").write_text(BAD, encoding="utf-8")
    Path("b.md").write_text(BAD, encoding="utf-8")
    done = []

    def progress() -> object:
        return lambda pace: done.append(pace) or (len(done) == 1 and interrupted())

    monkeypatch.setattr("termcheck.cli.check.pace_line", progress)
    assert main(["check", "--write-baseline", "known.json", "."]) == 130
    assert not Path("known.json").exists()
    said = "Baseline known.json: not written, because the check was interrupted.\n"
    assert said in capsys.readouterr().err


def test_a_signal_waits_while_it_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {number: signal.getsignal(number) for number in ENDING}
    monkeypatch.setattr(interrupts._State, "first", 0)
    monkeypatch.setattr(interrupts._State, "waiting", False)
    monkeypatch.setattr(interrupts._State, "caught", False)
    monkeypatch.setattr(interrupts._State, "ours", ())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        interrupts.end_on_signals()
        interrupts.catch_signals()
        reached: list[int] = []
        with pytest.raises(KeyboardInterrupt):
            _raise_while_held(reached)
        assert reached == [1, 2]
        assert interrupts.signal_received() == signal.SIGTERM
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise_while_held(reached: list[int]) -> None:
    with held():
        signal.raise_signal(signal.SIGTERM)
        with held():
            signal.raise_signal(signal.SIGINT)
        reached.append(1)
        reached.append(2)


def test_an_ignored_signal_stays_ignored() -> None:
    Path("a.md").write_text(GOOD, encoding="utf-8")
    code = (
        "import os, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); import termcheck.cli.check as it; "
        "check = it._check; it._check = lambda args: (os.kill(os.getpid(), signal.SIGHUP), check(args))[1]; "
        "from termcheck.cli import run; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "a.md"],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
