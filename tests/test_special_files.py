"""Files that are no regular files, and names and directories that are odd: nothing waits, fails or stops."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from termcheck.cli import main
from termcheck.discovery import discover
from termcheck.report import FORMATS
from termcheck.scope import Scope

GLOSSARY = "南海:\n  en: South China Sea\n  forbid: [South Sea]\n"
TEXT = "各国船只在南海航行。\n\nShips of all states sail in the South Sea.\n"

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    Path("a.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_walk_reads_regular_files_only(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe.md")
    Path("device.md").symlink_to("/dev/zero")
    Path("linked-pipe.md").symlink_to("pipe.md")
    assert main(["check", "."]) == 1
    said = capsys.readouterr().out
    assert "in 1 file (" in said
    assert "notice: not read: 3 pipes, sockets or devices (device.md, linked-pipe.md and pipe.md)\n" in said


@pytest.mark.parametrize("name", ["other.en.md", "other.en.jsonl"])
def test_the_other_half_of_a_pair_is_no_pipe(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    source = Path(name.replace(".en.", ".zh."))
    source.write_text("南海\n", encoding="utf-8")
    os.mkfifo(name)
    Path("termcheck.toml").write_text('pairs = ["{a}.zh.{e} : {a}.en.{e}"]\n', encoding="utf-8")
    assert main(["check", str(source)]) == 2
    assert f"error: {name}: cannot be read: it is a pipe, not a file\n" in capsys.readouterr().err


def test_the_front_matter_of_a_pipe_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe.md")
    Path("termcheck.toml").write_text(
        'pairs = [{source = "a.md", target = "*.md", key = "id"}]\n', encoding="utf-8"
    )
    main(["check", "."])
    assert "pipe.md" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["glossary.yml", "termcheck.toml", "pyproject.toml"])
def test_what_is_searched_for_is_no_pipe(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if name == "glossary.yml":
        Path("glossary.yaml").unlink()
    os.mkfifo(name)
    assert main(["check", "a.md"]) == 2
    assert f"error: {name}: is a pipe, not a file\n" in capsys.readouterr().err


@pytest.mark.parametrize("setting", ["glossary", "baseline", "extend"])
def test_a_configuration_names_regular_files_only(setting: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("termcheck.toml").write_text(f'{setting} = "/dev/zero"\n', encoding="utf-8")
    assert main(["check", "a.md"]) == 2
    assert capsys.readouterr().err.startswith("error: termcheck.toml:1:")


def feed(path: str, text: str) -> None:
    threading.Thread(target=Path(path).write_text, args=(text, "utf-8"), daemon=True).start()


def test_a_pipe_may_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe.md")
    feed("pipe.md", TEXT)
    assert main(["check", "pipe.md"]) == 1
    assert capsys.readouterr().out.startswith("pipe.md:3:")
    for name, text in (("known.json", '{"version": 1, "findings": []}'), ("set.toml", "jobs = 1")):
        os.mkfifo(name)
        feed(name, text)
    assert main(["check", "--baseline", "known.json", "--config", "set.toml", "a.md"]) == 1


@pytest.mark.parametrize(
    "command",
    [
        "check -q --no-cache -g PIPE a.md",
        "check -q -g PIPE a.md",
        "check -q -j 2 -g glossary.yaml -g PIPE a.md",
        "check -q --fix -g PIPE a.md",
        "glossary check -q PIPE",
        "glossary show PIPE",
        "glossary trace -g PIPE 南海 a.md",
        "glossary score -g PIPE a.md",
    ],
)
def test_a_glossary_may_be_a_pipe(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    # Its second entry is a finding that quotes the glossary.
    glossary = f"{GLOSSARY}'东海:': East China Sea\n" if "glossary" in command else GLOSSARY
    Path("file.yaml").write_text(glossary, encoding="utf-8")
    code = main(command.replace("PIPE", "file.yaml").split())
    expected = capsys.readouterr()
    Path("a.md").write_text(TEXT, encoding="utf-8")
    Path("file.yaml").unlink()
    os.mkfifo("file.yaml")
    feed("file.yaml", glossary)
    assert main(command.replace("PIPE", "file.yaml").split()) == code
    assert capsys.readouterr() == expected


def test_a_glossary_that_is_a_device_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-g", "/dev/zero", "a.md"]) == 2
    wanted = "error: /dev/zero: the glossary cannot be read: it is a device, not a file\n"
    assert capsys.readouterr().err == wanted


def test_no_fix_is_written_into_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe.md")
    feed("pipe.md", TEXT)
    assert main(["check", "--fix", "pipe.md"]) == 2
    assert capsys.readouterr().err == "error: pipe.md: is a pipe, and no fix can be written into it\n"


def test_a_device_that_is_named_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("device.md").symlink_to("/dev/zero")
    assert main(["check", "device.md"]) == 2
    assert "error: device.md: cannot be read: it is a device, not a file\n" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["glossary.yaml", "termcheck.toml", "loop.md", "known.json"])
def test_a_link_to_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).unlink(missing_ok=True)
    Path(name).symlink_to(name)
    flags = ["--baseline", name] if name == "known.json" else []
    assert main(["check", *flags, "a.md", "loop.md" if name == "loop.md" else "."]) == 2
    assert f"error: {name}: " in capsys.readouterr().err
    assert main(["check", "-o", name, "a.md"]) == 2


def test_a_thousand_and_a_half_nested_directories(here: Path) -> None:
    deepest = os.open(here, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=deepest)
        inner = os.open("d", os.O_RDONLY, dir_fd=deepest)
        os.close(deepest)
        deepest = inner
    with open(
        "x.md", "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, dir_fd=deepest)
    ) as file:
        file.write(TEXT)
    os.close(deepest)
    found = discover(["."], Scope())
    assert [job.source_name.count("/") for job in found.jobs] == [0, 1500]
    for number in range(1500, 0, -1):  # a cleaner that recurses would fail
        folder = "/".join(["d"] * number)
        Path(folder, "x.md").unlink(missing_ok=True)
        Path(folder).rmdir()


@pytest.fixture
def odd(here: Path) -> str:
    """A directory whose name is not UTF-8, with a text and a glossary."""
    name = os.fsdecode(b"\xffd\xe9p\xf4t")
    try:
        Path(name).mkdir()
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    for file in ("a.md", "glossary.yaml"):
        Path(name, file).write_bytes((here / file).read_bytes())
    return name


@pytest.mark.parametrize("name", FORMATS)
def test_a_name_that_is_no_utf8(name: str, odd: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--output-format", name, odd]) == 1
    capsys.readouterr()


def test_commands_in_a_directory_whose_name_is_no_utf8(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{odd}/a.md"
    for command in ("--show-pairs", "--show-files", "--diff", "--write-baseline=known.json", "--add-ignore"):
        assert main(["check", command, text]) < 2
    assert main(["glossary", "trace", "南海", text]) == 0
    monkeypatch.chdir(odd)
    assert main(["check", "--write-baseline", "known.json", "."]) == 0


def test_a_closed_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert main(["check", "-"]) == 2
    assert capsys.readouterr().err.startswith("error: standard input is closed\n")


_OF_KERNEL = (
    "/proc/kmsg",
    "/proc/self/pagemap",
    "/proc/kcore",
    "/proc/self/environ",
    "/proc/self/clear_refs",
)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system shows nothing in /proc")
@pytest.mark.parametrize("path", [*_OF_KERNEL, "/sys/kernel/tracing/trace_pipe", "/sys/kernel/uevent_seqnum"])
def test_what_the_kernel_shows_is_not_read(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    if not Path(path).exists():
        pytest.skip("this system does not show it")
    for name in ("text.md", "text.jsonl", "text.csv", "text.parquet", "text.po", "glossary.yml"):
        Path(name).unlink(missing_ok=True)
        Path(name).symlink_to(path)
        if name.startswith("glossary"):
            Path("glossary.yaml").unlink()
        assert main(["check", "a.md" if name.startswith("glossary") else name]) == 2
        error = capsys.readouterr().err
        assert error.startswith(f"error: {name}")
        assert "it is a part of the system, not a file" in error or "permission denied" in error


def test_what_does_not_fit_into_the_memory(capsys: pytest.CaptureFixture[str]) -> None:
    with Path("huge.md").open("wb") as file:
        try:
            file.truncate(1 << 43)
        except OSError:
            pytest.skip("this file system has no such files")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("termcheck.plain_files._read", _without_memory)
        assert main(["check", "huge.md"]) == 2
    assert "error: huge.md: cannot be read: it does not fit into the memory\n" in capsys.readouterr().err


def _without_memory(*_: object) -> bytes:
    raise MemoryError
