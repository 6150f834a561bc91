"""Nothing that a path, a text or a setting holds moves the cursor, breaks a line or runs a command in CI."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ROOT
from termcheck.cli import main
from termcheck.cli.console import harmless
from termcheck.report import FORMATS

SOURCE = ROOT / "src" / "termcheck"
# The only module that may print.
DOOR = SOURCE / "cli" / "console.py"
# Printing is calling one of these, or having the stream at hand.
PRINTING = {"print", "print_exc", "print_exception", "print_help", "print_usage", "print_stack", "warn"}
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}

EVIL = "\x1b[31m::error::\x9bX\u202e##[add-mask]"
# What must not come out: a control character other than a line break and a tab, or what reorders text.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COMMAND = re.compile(r"^\s*::(?!:)|##\[", re.MULTILINE)


def uses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in PRINTING:
                yield node.lineno, name
        elif isinstance(node, ast.Attribute) and node.attr in STREAMS:
            if isinstance(node.value, ast.Name) and node.value.id == "sys":
                yield node.lineno, f"sys.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "sys":
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name in STREAMS)


def test_one_module_prints() -> None:
    ways_out = [
        f"{path.relative_to(SOURCE)}:{line}: {what}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path != DOOR
        for line, what in uses(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert ways_out == []


@pytest.mark.parametrize(
    "code", ["print(1)", "sys.stderr.write('')", "from sys import stdout", "p.print_help()"]
)
def test_another_way_out_is_seen(code: str) -> None:
    assert list(uses(ast.parse(code)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2Jb\n", "a\\x1b[2Jb\n"),
        ("::error::x\n  ::warning::y\n", "\\x3a:error::x\n  \\x3a:warning::y\n"),
        ("\x1b[1m::error::x\x1b[0m", "\x1b[1m\\x3a:error::x\x1b[0m"),
        ("a ##[error]b ##vso[task] ##c", "a \\x23#[error]b \\x23#vso[task] ##c"),
        ("  ::: a.md:1:1\n## 1\nstd::vector\n", "  ::: a.md:1:1\n## 1\nstd::vector\n"),
        ("\ta\u200bb\r\n", "\ta\\u200bb\\r\n"),
    ],
)
def test_harmless(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A directory whose files, texts, terms and settings all try; gives the name of a text."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    name = f"::error::x\n::error::{EVIL}.md"
    quoted = EVIL.replace("\x1b", "\\e").replace("\x9b", "\\x9b").replace("\u202e", "\\u202e")
    Path("glossary.yaml").write_text(
        f'terms:\n  "南海{quoted}":\n    en: [{{term: "South{quoted}Sea", note: "n\\n::error::{quoted}"}}]\n'
        f'    definition: "d\\n::error::{quoted}"\n    forbid: ["Nan{quoted}hai"]\n'
        "  国防部: {en: MND, forbid: [Ministry]}\n",
        encoding="utf-8",
    )
    chinese, english = "各国代表今天在北京讨论合作与发展问题，", "All states spoke about their work today, "
    text = (
        f"国防部{EVIL}{chinese}南海{EVIL}。\n\nThe Ministry {EVIL} {english} Nan{EVIL}hai.\n\n"
        f"南海{EVIL}{chinese}国防部。\n\nNo {english}.\n"
    )
    Path(name).write_text(text, encoding="utf-8")
    Path("one.md").write_text(f"The {EVIL}.\n", encoding="utf-8")
    Path("no\n::error::.jsonl").write_text(f'{{"zh": "\n::error::{EVIL}\n', encoding="utf-8")
    return name


def require_harmless(capsys: pytest.CaptureFixture[str], *, commands: bool = True) -> str:
    said = capsys.readouterr()
    for text in (said.out, said.err):
        assert not CONTROL.search(text), ascii(text)
        assert not (commands and COMMAND.search(text)), text
    return said.out + said.err


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.usefixtures("hostile")
def test_reports(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--select", "ALL", "--min-confidence", "low", "--output-format", form, "."]) == 2
    # GitHub's report consists of commands, and a page of HTML is no log.
    said = capsys.readouterr().out if form == "html" else require_harmless(capsys, commands=form != "github")
    assert "TRM102" in said
    if form == "github":
        assert all(
            re.match(r"::(error|warning|notice) [^:]*(title=[^:]*)?::", line)
            for line in said.splitlines()
            if "::" in line[:2]
        )
    elif FORMATS[form].text:
        assert main(["check", "--statistics", "--output-format", form, "."]) == 2
        require_harmless(capsys)
        assert main(["check", "--color", "always", "--output-format", form, ".", "-o", "report.txt"]) == 2
        report = Path("report.txt").read_text(encoding="utf-8")
        assert not CONTROL.search(report)
        assert not COMMAND.search(report)


COMMANDS = [
    ["check", "--show-files", "."],
    ["check", "--show-pairs", "."],
    ["check", "--show-pairs=full", "."],
    ["check", "--show-settings", "--exclude", EVIL, "--per-file-ignores", f"a\n::b{EVIL}:TRM101", "."],
    ["check", "-v", "."],
    ["check", "--write-baseline", f"b\n::error::{EVIL}.json", "NAME"],
    ["check", "--fix", "NAME"],
    ["check", "--add-ignore", "NAME"],
    ["check", f"\n::error::{EVIL}"],
    ["check", f"--\n::error::{EVIL}"],
    ["check", "--select", f"\n::error::{EVIL}", "."],
    ["check", "--term", f"\n::error::{EVIL}", "."],
    ["check", "--encoding", f"\n::error::{EVIL}", "."],
    ["check", "--config", f"\n::error::{EVIL}", "."],
    ["check", "-o", f"no\n::error::{EVIL}/x", "."],
    [f"\n::error::{EVIL}"],
    ["rule", f"\n::error::{EVIL}"],
    ["config", f"\n::error::{EVIL}"],
    ["glossary", "check"],
    ["glossary", "check", f"\n::error::{EVIL}"],
    ["glossary", "show"],
    ["glossary", "trace", f"南海{EVIL}", "NAME"],
    ["glossary", "trace", f"\n::error::{EVIL}", "NAME"],
    ["glossary", "score", "."],
    ["glossary", "score", "--suggest", "."],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii(" ".join(command)))
def test_commands(command: list[str], hostile: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([hostile if part == "NAME" else part for part in command])
    require_harmless(capsys)


@pytest.mark.parametrize(
    "settings",
    [
        f'glossary = "\\n::error::{EVIL}"',
        f'exclude = ["\\n::error::{EVIL}"]\nfail-on = "\\n::error::{EVIL}"',
        f'"\\n::error::{EVIL}" = 1',
        f'pairs = ["\\n::error::{EVIL}"]',
        f"a = {EVIL}",
    ],
)
def test_settings(settings: str, hostile: str, capsys: pytest.CaptureFixture[str]) -> None:
    written = settings.replace("\x1b", "\\u001b").replace("\x9b", "\\u009b")
    Path("termcheck.toml").write_text(written, encoding="utf-8")
    for command in (["check", hostile], ["config"]):
        main(command)
        require_harmless(capsys)


def test_progress(hostile: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMCHECK_CACHE_DIR", f"c\n::error::{EVIL}")
    main(["check", hostile])
    require_harmless(capsys)


def test_a_traceback(
    hostile: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(f"\n::error::{EVIL}")

    monkeypatch.setattr("termcheck.engine.check", fail)
    assert main(["check", hostile]) == 3
    require_harmless(capsys)
