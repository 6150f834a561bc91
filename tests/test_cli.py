"""Whole commands as data, `cli/*.yaml`: files, arguments, and what comes of them.

A case runs `run` in a directory that holds `files`, with `stdin` and `env`, after the commands in `first`,
and says `exit` (0 unless given), `stdout` and `stderr` (nothing unless given), a part of the `json` on
standard output, and the files `after` it (null: not there). An output is given exactly, or by what it `has`
and `lacks`; `{root}` stands for the directory. A file is its text, or one of `hex`, `link`, `repeat`,
`docx` and `xlsx`.

Commands run in this process, for speed; what only a process of its own can show is below.
"""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import office
from termcheck.cli import main, progress
from termcheck.cli.memory import free_memory
from termcheck.engine import Pace

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"
CONTRACT = json.loads((HERE / "report" / "contract.schema.json").read_text(encoding="utf-8"))
# What services that run programs tell them of the run.
SERVICE = ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR")
KEYS = {"name", "files", "run", "stdin", "env", "first", "exit", "stdout", "stderr", "json", "after"}


def cases() -> Iterator[Any]:
    for file in sorted(HERE.glob("cli/*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]:
            yield pytest.param(case, id=f"{file.stem}: {case['name']}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and an environment without anyone's wishes."""
    directory = tmp_path / "texts"
    directory.mkdir()
    monkeypatch.chdir(directory)
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "TERM", *SERVICE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "90")
    return directory


def call(arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch, stdin: bytes = b"") -> Outcome:
    """Run a command in this process, its streams in an encoding that cannot hold what it prints."""
    with monkeypatch.context() as patch:
        output = {name: io.TextIOWrapper(io.BytesIO(), encoding="ascii") for name in ("stdout", "stderr")}
        for name, stream in output.items():
            patch.setattr(sys, name, stream)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"))
        code = main(arguments)
    return Outcome(code, *(content(stream) for stream in output.values()))


def content(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


def put(directory: Path, name: str, written: Any) -> None:
    """Make a file of a case; a name that ends in a slash is a directory."""
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    match written:
        case None:
            path.mkdir(exist_ok=True)
        case str():
            path.write_bytes(written.encode("utf-8"))
        case {"hex": digits}:
            path.write_bytes(bytes.fromhex(digits))
        case {"link": target}:
            path.symlink_to(target)
        case {"docx": items}:
            path.write_bytes(office.words(items))
        case {"xlsx": sheets}:
            path.write_bytes(office.xlsx(sheets))
        case {"repeat": text, "times": times}:
            path.write_bytes(text.encode("utf-8") * times)
        case _:
            raise AssertionError(f"{name} is written in a way that is not known")


def expect(output: str, wanted: Any, what: str) -> None:
    if isinstance(wanted, str):
        assert output == wanted, what
        return
    for part in wanted.get("has", ()):
        assert part in output, f"{what} has no {part!r}:\n{output}"
    for part in wanted.get("lacks", ()):
        assert part not in output, f"{what} has {part!r}:\n{output}"
    assert wanted.keys() <= {"has", "lacks"}


def expect_part(value: Any, wanted: Any) -> None:
    """Whether JSON holds what is wanted: keys may be left out, items of a list may not."""
    if isinstance(wanted, Mapping):
        for key, part in wanted.items():
            expect_part(value[key], part)
    elif isinstance(wanted, list):
        assert len(value) == len(wanted), value
        for one, part in zip(value, wanted, strict=True):
            expect_part(one, part)
    else:
        assert value == wanted


@pytest.mark.parametrize("case", list(cases()))
def test_command(case: dict[str, Any], here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert case.keys() <= KEYS
    for name, written in case.get("files", {}).items():
        put(here, name, written)
    for name, value in case.get("env", {}).items():
        monkeypatch.setenv(name, value)
    for command in case.get("first", ()):
        assert call(shlex.split(command), monkeypatch).code == 0
    done = call(shlex.split(case["run"]), monkeypatch, case.get("stdin", "").encode("utf-8"))
    stdout, stderr = (text.replace(str(here), "{root}") for text in (done.stdout, done.stderr))
    assert done.code == case.get("exit", 0), f"{stdout}\n{stderr}"
    if "json" in case:
        report = json.loads(stdout)
        if "findings" in report:
            jsonschema.validate(report, CONTRACT)
        expect_part(report, case["json"])
    else:
        expect(stdout, case.get("stdout", ""), "standard output")
    expect(stderr, case.get("stderr", ""), "standard error")
    for name, text in case.get("after", {}).items():
        path = here / name
        assert (path.read_bytes().decode("utf-8") if path.exists() else None) == text
    if done.code == 2:
        assert "All checks passed" not in stdout + stderr
        assert "error" in stderr or "usage: " in stderr


def test_names_of_cases_are_unique() -> None:
    names = [parameter.id for parameter in cases()]
    assert sorted(set(names)) == sorted(names)


def run_program(*arguments: str, directory: Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own, in the C locale unless `env` says otherwise."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    env = {**kept, "PYTHONPATH": str(SOURCE), "LC_ALL": "C", **more.pop("env", {})}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.run(
        [sys.executable, "-m", "termcheck", *arguments], cwd=directory, env=env, timeout=120, **pipes
    )


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A directory with a glossary and a text that has one finding, for which no dictionary need be loaded."""
    put(tmp_path, "glossary.yaml", "上合组织: SCO\n")
    put(tmp_path, "talk.md", "上合组织成员国代表出席会议。\n\nSCO delegates attended.\n\n# 会议结束\n")
    return tmp_path


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a text without findings, whose glossary has been compiled by an earlier run."""
    directory = tmp_path_factory.mktemp("clean")
    put(directory, "glossary.yaml", "上合组织: SCO\n外交: diplomacy\n")
    put(directory, "straddled.txt", "会议重视对外交流。\n\nThe meeting values exchanges.\n")
    put(directory, "clean.txt", "上合组织成员国代表出席会议。\n\nSCO delegates attended.\n")
    put(
        directory,
        "clean.jsonl",
        '{"source": "上合组织代表出席会议。", "target": "SCO delegates attended."}\n',
    )
    assert run_program("check", "clean.txt", directory=directory, env=dict(os.environ)).returncode == 0
    return directory


def test_a_closed_pipe_is_quiet(talk: Path) -> None:
    put(talk, "talk.csv", "source,target\n" + "上合组织成员国代表出席会议。,\n" * 3000)
    reader, writer = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "termcheck", "check", "talk.csv"],
        cwd=talk,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=writer,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            assert pipe.readline().startswith(b"talk.csv:2:")
        _, stderr = process.communicate(timeout=60)
    assert stderr == b""
    assert process.returncode == 141  # 128 and the number of SIGPIPE, as a shell would say


def test_output_is_utf8_in_any_locale(talk: Path) -> None:
    env = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run_program("check", "--output-format", "full", "talk.md", directory=talk, env=env)
    assert done.returncode == 0
    assert "5 | # 会议结束\n" in done.stdout.decode("utf-8")


def test_colours_are_for_those_who_ask(talk: Path) -> None:
    arguments = ("check", "-q", "talk.md")
    assert b"\x1b[" not in run_program(*arguments, directory=talk).stdout
    assert b"\x1b[" in run_program(*arguments, directory=talk, env={"FORCE_COLOR": "1"}).stdout
    assert b"\x1b[" in run_program(*arguments, directory=talk, env={"CLICOLOR_FORCE": "1"}).stdout
    for forced in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        both = {forced: "1", "NO_COLOR": "1"}
        assert b"\x1b[" not in run_program(*arguments, directory=talk, env=both).stdout
        assert b"\x1b[" not in run_program(*arguments, directory=talk, env={forced: "0"}).stdout


def on_terminal(*arguments: str, directory: Path, **env: str) -> str:
    """What a command prints to a terminal."""
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    reader, terminal = pty.openpty()
    try:
        run_program(*arguments, directory=directory, env=env, stdout=terminal)
        os.close(terminal)
        return os.read(reader, 65536).decode("utf-8").replace("\r\n", "\n")
    finally:
        os.close(reader)


def test_a_terminal_gets_the_full_format_in_colour(talk: Path) -> None:
    shown = on_terminal("check", "talk.md", directory=talk, TERM="xterm")
    assert "\x1b[" in shown
    assert "-->" in shown
    plain = on_terminal("check", "talk.md", directory=talk, TERM="xterm", NO_COLOR="1")
    assert "\x1b[" not in plain
    assert "  --> talk.md:5:" in plain
    assert "\x1b[" not in on_terminal("check", "talk.md", directory=talk, TERM="dumb")
    assert "\x1b[" not in on_terminal("check", "talk.md", directory=talk, TERM="xterm", CLICOLOR="0")


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def test_long_runs_show_how_far_they_are_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress.time, "monotonic", iter([0.0, 0.5, 2.0, 2.05, 4.0]).__next__)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress.progress_line() is None
    monkeypatch.setattr(sys, "stderr", Terminal())
    show = progress.progress_line()
    assert show is not None
    for done in range(1, 5):
        show(done, 8)
    progress.clear_progress()
    assert sys.stderr.getvalue().split("\r\x1b[K") == [
        "",
        "Checked 2 of 8 files, 6 s left",
        "Checked 4 of 8 files, 4 s left",
        "",
    ]


def test_the_progress_of_a_corpus_tells_its_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress.time, "monotonic", iter([0.0, 2.0, 4.0]).__next__)
    monkeypatch.setattr(sys, "stderr", Terminal())
    show = progress.pace_line()
    assert show is not None
    show(Pace(files=1, all_files=1, size=20, whole_size=80, pairs=5_000))
    show(Pace(files=2, all_files=3, size=60, whole_size=80, pairs=12_000))
    assert sys.stderr.getvalue().split("\r\x1b[K")[1:] == [
        "Checked 25%, 2,500 pairs/s, 6 s left",
        "Checked 2 of 3 files, 3,000 pairs/s, 1 s left",
    ]


def test_an_interrupt_is_quiet(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    put(here, "glossary.yaml", "上合组织: SCO\n")
    put(here, "talk.md", "上合组织会议。\n\nAn SCO meeting.\n")
    monkeypatch.setattr("termcheck.engine.check", interrupt)
    assert call(["check", "talk.md"], monkeypatch) == Outcome(130, "", "")


def test_a_defect_is_not_taken_for_a_mistake(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    put(here, "glossary.yaml", "上合组织: SCO\n")
    put(here, "talk.md", "上合组织会议。\n\nAn SCO meeting.\n")
    monkeypatch.setattr("termcheck.engine.check", fail)
    for flags in ([], ["--exit-zero"], ["--quiet"]):
        done = call(["check", *flags, "talk.md"], monkeypatch)
        assert (done.code, done.stdout) == (3, "")
        assert done.stderr.startswith("Traceback (most recent call last):\n")
        assert "\nZeroDivisionError\nerror: this is a defect of termcheck" in done.stderr
        assert "please report it" in done.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "error: there is not enough memory for this\n"),
        (OSError(28, "No space left on device"), "error: no space left on device\n"),
        (OSError(5, "Input/output error", "a\nb.md"), "error: a\\nb.md: input/output error\n"),
    ],
)
def test_trouble_of_the_machine_is_no_finding(
    error: Exception, said: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    put(here, "glossary.yaml", "上合组织: SCO\n")
    put(here, "talk.md", "上合组织会议。\n\nAn SCO meeting.\n")
    monkeypatch.setattr("termcheck.engine.check", fail)
    done = call(["check", "--exit-zero", "talk.md"], monkeypatch)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.startswith(said)


def test_a_text_that_may_not_fit_into_memory_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here, "glossary.yaml", "上合组织: SCO\n")
    for name in ("talk.md", "small.md"):
        put(here, name, "上合组织会议。\n\nAn SCO meeting.\n" + "\n" * 1000 * (name == "talk.md"))
    put(here, "rows.jsonl", '{"zh": "上合组织会议。", "en": "An SCO meeting."}\n' * 40)
    monkeypatch.setattr("termcheck.cli.check._SMALL", 100)
    for free, said in (
        (20_000, "notice: talk.md: may need up to 0.0 GB of memory, and 0.0 GB are free"),
        (10**9, ""),
    ):
        monkeypatch.setattr("termcheck.cli.memory.free_memory", lambda free=free: free)
        assert call(["check", "-q", "."], monkeypatch).stderr.partition(";")[0] == said
    assert free_memory() > 0


def test_output_that_cannot_be_written_is_a_mistake(talk: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full")
    with full.open("wb") as stdout:
        done = run_program("check", "talk.md", directory=talk, stdout=stdout)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("error: standard output cannot be written to: ")
    assert done.stderr.count(b"\n") == 1


def test_a_file_that_cannot_be_written_keeps_no_other_from_being_written(
    talk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    monkeypatch.chdir(talk)
    formats = [
        "--output-format",
        "json:/dev/full",
        "--output-format",
        "concise",
        "--output-format",
        "json:f.json",
    ]
    done = call(["check", *formats, "talk.md"], monkeypatch)
    assert done.code == 2
    assert done.stderr == "error: /dev/full: cannot be written: no space left on device\n"
    assert done.stdout
    assert json.loads((talk / "f.json").read_text(encoding="utf-8"))["summary"]["files"] == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes have no names there")
def test_an_output_file_may_be_a_pipe(talk: Path) -> None:
    program = f"{shlex.quote(sys.executable)} -m termcheck"
    command = f"{program} check -q --output-format json -o /dev/stdout talk.md | cat"
    done = subprocess.run(
        command, shell=True, cwd=talk, env={**os.environ, "PYTHONPATH": str(SOURCE)}, capture_output=True
    )
    assert json.loads(done.stdout)["summary"]["files"] == 1
    assert done.stderr == b""


def test_closed_streams(talk: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m termcheck check --fail-on info talk.md >&- 2>&-"
    done = subprocess.run(command, shell=True, cwd=talk, env={**os.environ, "PYTHONPATH": str(SOURCE)})
    assert done.returncode == 1


def test_a_file_that_may_not_be_read(talk: Path) -> None:
    (talk / "talk.md").chmod(0)
    if os.access(talk / "talk.md", os.R_OK):
        pytest.skip("this user may read everything")
    done = run_program("check", "talk.md", directory=talk)
    assert done.returncode == 2
    assert "error: talk.md: cannot be read: permission denied" in done.stderr.decode()


def test_a_directory_that_may_not_be_written_to_keeps_its_files(talk: Path) -> None:
    reports = talk / "reports"
    put(talk, "reports/last.txt", "as it was")
    reports.chmod(0o500)
    try:
        if os.access(reports, os.W_OK):
            pytest.skip("this user may write everywhere")
        done = run_program("check", "-o", "reports/last.txt", "talk.md", directory=talk)
    finally:
        reports.chmod(0o700)
    assert done.returncode == 2
    assert (reports / "last.txt").read_text() == "as it was"


def test_an_output_file_keeps_its_permissions_and_leaves_nothing_beside_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(here, "glossary.yaml", "上合组织: SCO\n")
    put(here, "talk.md", "上合组织会议。\n\nAn SCO meeting.\n")
    put(here, "report.txt", "old")
    (here / "report.txt").chmod(0o640)
    before = sorted(path.name for path in here.iterdir())
    assert call(["check", "-o", "report.txt", "talk.md"], monkeypatch).code == 0
    assert sorted(path.name for path in here.iterdir()) == before
    assert (here / "report.txt").stat().st_mode & 0o777 == 0o640


# What takes long to import, ours and others'; some of the library for what comes along with it.
HEAVY = {
    "jieba", "pyromark", "rapidfuzz", "regex", "Stemmer", "wcwidth", "yaml", "platformdirs",
    "dataclasses", "difflib", "hashlib", "importlib.metadata", "importlib.resources", "json",
    "logging", "statistics", "string", "subprocess", "tempfile", "tomllib",
    "termcheck.glossary.loader", "termcheck.report.json",
}  # fmt: skip
# Each of our modules costs a tenth of a millisecond at every start.
MOST_MODULES = 212


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["--version"], []),
        (["version"], []),
        (["--help"], []),
        (["rule", "TRM101"], []),
        (["check", "--show-files"], []),
        (["check", "clean.txt"], []),
        (["check", "straddled.txt"], []),
        (["check", "clean.jsonl"], ["json"]),
        (["check", "--no-cache", "clean.txt"], ["termcheck.glossary.loader", "yaml"]),
        (["glossary", "check"], ["termcheck.glossary.loader", "yaml"]),
    ],
    ids=" ".join,
)
def test_nothing_heavy_is_loaded_without_need(arguments: list[str], needed: list[str], clean: Path) -> None:
    loaded = loaded_by(arguments, clean)
    assert sorted(HEAVY & loaded) == needed
    assert sum(name.startswith("termcheck") for name in loaded) <= MOST_MODULES


def loaded_by(arguments: list[str], directory: Path) -> set[str]:
    """The modules that a command has loaded when it ends."""
    code = (
        "import sys; from termcheck.cli import main; code = main(sys.argv[1:]); "
        "print(*sorted(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, *arguments],
        cwd=directory,
        # Without `site`, whose files may load anything; what is installed is found all the same.
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE), *filter(None, sys.path)])},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    return set(done.stderr.decode().split())


def test_a_line_of_a_million_characters(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here, "glossary.yaml", "上合组织: SCO\n")
    put(
        here,
        "talk.txt",
        "会议讨论了安全问题。" * 100_000 + "上合组织。\n\n" + "A word and another. " * 55_000 + "\n",
    )
    done = call(["check", "--output-format", "json", "talk.txt"], monkeypatch)
    assert done.code == 1
    [finding] = [one for one in json.loads(done.stdout)["findings"] if one["code"] == "TRM101"]
    assert (finding["line"], finding["column"]) == (3, 1)
    assert (finding["source"]["line"], finding["source"]["column"]) == (1, 1_000_001)


@pytest.mark.parametrize("mixture", ["\r\n\r\n", "\r\r", "\n\r\n", "\r\n\n", "\n\r", "\r\n\r"])
def test_mixed_newlines(mixture: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here, "glossary.yaml", "上合组织: SCO\n")
    put(here, "talk.txt", f"上合组织会议。{mixture}A meeting.{mixture}上合组织峰会。\n\nAn SCO summit.\r\n")
    done = call(["check", "-q", "--select", "TRM101", "talk.txt"], monkeypatch)
    assert done.code == 1
    assert done.stdout.startswith("talk.txt:3:1: TRM101")
    assert done.stdout.count("\n") == 1


def test_a_working_directory_that_is_gone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = here / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    done = call(["check"], monkeypatch)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == "error: the working directory is gone\n  help: change into one that is there\n"


@pytest.mark.slow
def test_a_glossary_of_100_000_rows(talk: Path) -> None:
    rows = (f"词{number}号: word number {number}\n" for number in range(100_000))
    put(talk, "glossary.yaml", "上合组织: SCO\n" + "".join(rows))
    put(talk, "talk.md", "上合组织介绍了词4711号。\n\nThe SCO presented word number 4712.\n")
    done = run_program("check", "--output-format", "concise", "talk.md", directory=talk)
    assert done.returncode == 1, done.stderr.decode()
    assert "词4711号" in done.stdout.decode()
    assert "2 of 100001 terms seen" in done.stdout.decode()
