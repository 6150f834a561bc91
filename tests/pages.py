"""Reads README.md and docs/ as a reader would: fenced blocks, tables, commands, programs and what they print.

Run as a program it renews the outputs that the pages show: python tests/pages.py
With --reference it writes only what is made from the program and the tests: docs/reference/ and the tables of
docs/languages.md. That takes seconds.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from support import ROOT, Shell, copy_project, shell_environment

_BLOCK = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_CELL = re.compile(r"(?:\\\||[^|])+")
_ANYTHING = "…"
_MARK = "--- end of output ---"
# What goes to standard error is of no interest, unless it says why a program broke down.
_QUIETLY = '"$0" program.py 2>said.txt || { cat said.txt; exit 1; }'


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the 1-based line of its first line of text, its text."""

    language: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A shell command, possibly of several lines, and the output that is shown under it."""

    line: int
    text: str
    output: str

    def agrees(self, printed: str) -> bool:
        """Whether an output is the one shown; a line that is `…` alone stands for any lines."""
        return _agrees(self.output, printed)


@dataclass(frozen=True, slots=True)
class Program:
    """A program in Python, which stands by itself; what it prints is shown in a `text` block after it."""

    line: int
    text: str
    output: str
    output_line: int

    def agrees(self, printed: str) -> bool:
        """Whether an output is the one shown."""
        return _agrees(self.output, printed)

    def modules(self) -> set[str]:
        """The top-level modules that it imports."""
        statements = list(ast.walk(ast.parse(self.text)))
        named = [name.name for one in statements if isinstance(one, ast.Import) for name in one.names]
        named += [one.module for one in statements if isinstance(one, ast.ImportFrom) and one.module]
        return {name.partition(".")[0] for name in named}

    def lacking(self) -> str:
        """A module that it needs and that is not installed, or Java for Spark; else nothing."""
        modules = self.modules()
        if "pyspark" in modules and not (shutil.which("java") or "JAVA_HOME" in os.environ):
            return "Java"
        return next((name for name in sorted(modules) if importlib.util.find_spec(name) is None), "")

    def run(self, shell: Shell, directory: Path) -> str:
        """What it prints."""
        (directory / "program.py").write_text(self.text, encoding="utf-8")
        env = {
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONIOENCODING": "utf-8",
            "PYSPARK_PYTHON": sys.executable,
        }
        printed = shell("bash", "-c", _QUIETLY, sys.executable, cwd=directory, **env)
        return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def _agrees(shown: str, printed: str) -> bool:
    parts = (f"{re.escape(line)}\n" if line != _ANYTHING else "(?:.*\n)+?" for line in shown.splitlines())
    return re.fullmatch("".join(parts), printed) is not None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of Markdown that shows commands and what they print."""

    path: Path

    @property
    def name(self) -> str:
        """The path from the project's root."""
        return self.path.relative_to(ROOT).as_posix()

    def text(self) -> str:
        """The page as it is."""
        return self.path.read_text(encoding="utf-8")

    def blocks(self, language: str) -> tuple[Block, ...]:
        """The fenced blocks of a language."""
        return tuple(block for block in self._blocks() if block.language == language)

    def _blocks(self) -> Iterator[Block]:
        page = self.text()
        for match in _BLOCK.finditer(page):
            yield Block(match["info"], page.count("\n", 0, match.start("body")) + 1, match["body"])

    def programs(self) -> tuple[Program, ...]:
        """The programs in Python, each with the block of text that comes next, if one does."""
        blocks = [*self._blocks(), Block("", 0, "")]
        return tuple(
            Program(one.line, one.text, *((after.text, after.line) if after.language == "text" else ("", 0)))
            for one, after in itertools.pairwise(blocks)
            if one.language == "python"
        )

    def block(self, language: str, containing: str) -> Block:
        """The one block of a language that contains a text."""
        (found,) = (one for one in self.blocks(language) if containing in one.text)
        return found

    def table(self, *header: str) -> tuple[tuple[str, ...], ...]:
        """The rows of the table with these column heads, without the line under them."""
        first = f"| {' | '.join(header)} |\n"
        page = self.text()
        assert page.count(first) == 1, f"{self.name} has no table, or several, with {header}"
        rows = re.match(r"(?:\|.*\n)+", page[page.index(first) + len(first) :])
        assert rows
        return tuple(_cells(row) for row in rows[0].splitlines()[1:])

    def commands(self, console: Block) -> Iterator[Command]:
        """The commands of a `console` block: `$ ` begins one, `> ` continues it, the rest is its output."""
        begin, typed, output = 0, list[str](), list[str]()
        for number, line in enumerate(console.text.splitlines(), console.line):
            if line.startswith("$ "):
                if typed:
                    yield Command(begin, "\n".join(typed), "".join(output))
                begin, typed, output = number, [line[2:]], []
            elif typed and not output and (line == ">" or line.startswith("> ")):
                typed.append(line[2:])
            else:
                assert typed, f"{self.name}:{number}: output without a command"
                output.append(f"{line}\n")
        yield Command(begin, "\n".join(typed), "".join(output))

    def run(self, consoles: Sequence[Block], shell: Shell, directory: Path) -> Iterator[tuple[Command, str]]:
        """Each command of some blocks with what it prints, all run in one shell as a reader would."""
        typed = [command for console in consoles for command in self.commands(console)]
        # The status of a command must reach the next one: `echo $?` is among them.
        script = "".join(f'{one.text}\nkept=$?; echo "{_MARK}"; (exit $kept)\n' for one in typed)
        printed = shell("bash", "-c", script, cwd=directory, status=None).split(f"{_MARK}\n")
        for command, output in zip(typed, printed[: len(typed)], strict=True):
            yield command, "".join(f"{line.rstrip()}\n" for line in output.splitlines())

    def renewed(self, sessions: Sequence[Sequence[Block]], shell: Shell, directories: Iterator[Path]) -> str:
        """The page with the outputs of today; one cut with `…` is kept, and must be renewed by hand.

        So is that of a program that lacks something. Programs run where the last session was.
        """
        lines = self.text().splitlines(keepends=True)
        shown: list[tuple[int, str, str]] = []
        directory = Path()
        for blocks in sessions:
            directory = next(directories)
            for command, printed in self.run(blocks, shell, directory):
                shown.append((command.line + command.text.count("\n"), command.output, printed))
        shown += [
            (program.output_line - 1, program.output, program.run(shell, directory))
            for program in self.programs()
            if program.output and not program.lacking()
        ]
        for begin, output, printed in sorted(shown, reverse=True):
            if _ANYTHING not in output.splitlines():
                lines[begin : begin + output.count("\n")] = [printed]
        return "".join(lines)


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL.findall(row.strip("|")))


README = Page(ROOT / "README.md")
GUIDES = tuple(Page(path) for path in sorted((ROOT / "docs").glob("*.md")))


def guide(name: str) -> Page:
    """The page `docs/NAME.md`."""
    return Page(ROOT / "docs" / f"{name}.md")


def copy_examples(to: Path) -> Path:
    """Where the commands of a guide begin: the examples and the glossary, as in a checkout."""
    shutil.copytree(ROOT / "examples", to / "examples")
    shutil.copy(ROOT / "glossary.yaml", to)
    return to


def generated() -> dict[Path, str]:
    """The pages that are made from the program and its tests, wholly or in part, as they should be."""
    sys.path.insert(0, str(ROOT / "docs" / "_ext"))
    try:
        reference, tables = map(importlib.import_module, ("reference", "language_tables"))
    finally:
        sys.path.pop(0)
    pages = {ROOT / "docs" / "reference" / name: text for name, text in reference.pages().items()}
    languages = guide("languages")
    text = languages.text()
    for name, part in tables.parts().items():
        begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->\n"
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}\n{part}\n{end}{rest.partition(end)[2]}"
    return {**pages, languages.path: text}


def write_generated() -> None:
    """Write these pages, and remove a page of a rule that is no more."""
    pages = generated()
    for path in (ROOT / "docs" / "reference").rglob("*.md"):
        if path not in pages:
            path.unlink()
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def renew() -> None:
    """Write today's outputs into all pages: of README.md each block begins anew, a guide is one session."""
    write_generated()
    with tempfile.TemporaryDirectory() as directory:
        shell = Shell(shell_environment(Path(directory)))
        places = (Path(directory, str(number)) for number in range(10_000))
        README.path.write_text(
            README.renewed([[one] for one in README.blocks("console")], shell, map(copy_project, places)),
            encoding="utf-8",
        )
        for page in GUIDES:
            renewed = page.renewed([page.blocks("console")], shell, map(copy_examples, places))
            page.path.write_text(renewed, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--reference"]:
        write_generated()
    else:
        renew()
