"""Reads README.md as a reader would: its fenced blocks, its tables, its commands and what they print.

Run as a program it renews the outputs that README.md shows: python tests/readme.py
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from support import ROOT, Shell, copy_project, shell_environment

README = ROOT / "README.md"

_BLOCK = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_CELL = re.compile(r"(?:\\\||[^|])+")
_ANYTHING = "…"
_MARK = "--- end of output ---"


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


def text() -> str:
    """README.md as it is."""
    return README.read_text(encoding="utf-8")


def blocks(language: str) -> tuple[Block, ...]:
    """The fenced blocks of a language."""
    page = text()
    found = (
        Block(match["info"], page.count("\n", 0, match.start("body")) + 1, match["body"])
        for match in _BLOCK.finditer(page)
    )
    return tuple(block for block in found if block.language == language)


def block(language: str, containing: str) -> Block:
    """The one block of a language that contains a text."""
    (found,) = (one for one in blocks(language) if containing in one.text)
    return found


def table(*header: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the table with these column heads, without the line under them."""
    first = f"| {' | '.join(header)} |\n"
    page = text()
    assert page.count(first) == 1, f"README.md has no table, or several, with {header}"
    rows = re.match(r"(?:\|.*\n)+", page[page.index(first) + len(first) :])
    assert rows
    return tuple(_cells(row) for row in rows[0].splitlines()[1:])


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL.findall(row.strip("|")))


def commands(console: Block) -> Iterator[Command]:
    """The commands of a `console` block: `$ ` begins one, `> ` continues it, the rest is its output."""
    begin, typed, output = 0, list[str](), list[str]()
    for number, line in enumerate(console.text.splitlines(), console.line):
        if line.startswith("$ "):
            if typed:
                yield Command(begin, "\n".join(typed), "".join(output))
            begin, typed, output = number, [line[2:]], []
        elif typed and not output and line.startswith("> "):
            typed.append(line[2:])
        else:
            assert typed, f"README.md:{number}: output without a command"
            output.append(f"{line}\n")
    yield Command(begin, "\n".join(typed), "".join(output))


def run(console: Block, shell: Shell, directory: Path) -> Iterator[tuple[Command, str]]:
    """Each command of a block with what it prints, all run in one shell as a reader would."""
    typed = list(commands(console))
    # The status of a command must reach the next one: `echo $?` is among them.
    script = "".join(f'{one.text}\nkept=$?; echo "{_MARK}"; (exit $kept)\n' for one in typed)
    printed = shell("bash", "-c", script, cwd=directory, status=None).split(f"{_MARK}\n")
    for command, output in zip(typed, printed[: len(typed)], strict=True):
        yield command, "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def agrees(shown: str, printed: str) -> bool:
    """Whether an output is the one shown; a line that is `…` alone stands for any lines."""
    parts = (f"{re.escape(line)}\n" if line != _ANYTHING else "(?:.*\n)+?" for line in shown.splitlines())
    return re.fullmatch("".join(parts), printed) is not None


def renewed() -> str:
    """README.md with the outputs of today; one cut with `…` is kept, and must be renewed by hand."""
    page = text()
    with tempfile.TemporaryDirectory() as directory:
        shell = Shell(shell_environment(Path(directory)))
        for number, console in enumerate(blocks("console")):
            parts = []
            for command, printed in run(console, shell, copy_project(Path(directory, str(number)))):
                cut = _ANYTHING in command.output.splitlines()
                parts.append("$ " + command.text.replace("\n", "\n> ") + "\n")
                parts.append(command.output if cut else printed)
            page = page.replace(f"```console\n{console.text}```", f"```console\n{''.join(parts)}```")
    return page


if __name__ == "__main__":
    README.write_text(renewed(), encoding="utf-8")
