"""Config files: which one applies, and what it and the files it extends say.

The TOML parser keeps no positions, so errors look up the line and column of a key in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from termcheck.globs import absolute_path, display_path
from termcheck.messages import file_error
from termcheck.model import TermcheckError
from termcheck.options import OPTIONS, OptionTable, Place, read_option
from termcheck.plain_files import read_plain
from termcheck.toml_text import load_toml
from termcheck.trust import is_there, nearest_own

CONFIG_NAMES = (".termcheck.toml", "termcheck.toml", "pyproject.toml")

_REQUIRED = "required-version"


class Layer(Struct, frozen=True):
    """The typed values of one config file, or of the flags, by key. `path` is empty for the flags."""

    values: Mapping[str, Any]
    root: str
    path: str = ""


def config_in(folder: str) -> str:
    """The config file in a directory, given with a slash at its end; empty if there is none.

    They count in the order of `CONFIG_NAMES`, and `pyproject.toml` only if it has a table `[tool.termcheck]`.
    Raises TermcheckError if one of them cannot be read.
    """
    for name in CONFIG_NAMES:
        path = folder + name
        if is_there(path) and (name != "pyproject.toml" or _has_our_table(path)):
            return path
    return ""


def find_config(directory: str, look: Callable[[str], str] = config_in) -> str:
    """The nearest config file in a directory or above it, as an absolute path; empty if there is none.

    `look` is `config_in`, or remembers what that gives. Raises TermcheckError if a file on the way cannot be
    read, and if the one that counts belongs to somebody else.
    """
    return nearest_own(directory, look, "--config")


def load_config(path: str, options: OptionTable = OPTIONS, *, named: bool = False) -> tuple[Layer, ...]:
    """The layers of a config file and of the files it extends, the least important first.

    `path` may be relative; errors print it relative to the working directory where that is shorter. If the
    user `named` it, it may be a pipe.
    Raises TermcheckError with the line and column of the error: a file that is missing or no TOML, an
    unknown key, a value of the wrong type, files that extend one another in a circle.
    """
    layers: list[Layer] = []
    chain: list[str] = []
    following: str | None = absolute_path(path)
    while following is not None:
        chain.append(following)
        file = _read(following, pipe=named and len(chain) == 1)
        layers.append(file.layer(options))
        following = file.extends(chain)
    return tuple(reversed(layers))


class _File(Struct, frozen=True):
    """A parsed config file: our table in it, and the whole text to look up lines in."""

    path: str
    name: str
    text: str
    table: Mapping[str, Any]

    def layer(self, options: OptionTable) -> Layer:
        root = self.path.rpartition("/")[0] or "/"
        values: dict[str, Any] = {}
        # What an older version does not know is less of a problem than the version.
        for key in sorted(self.table, key=_REQUIRED.__ne__):
            try:
                values[key] = read_option(key, self.table[key], Place(root), options)
            except TermcheckError as error:
                is_ours = key == "tool" and not self.path.endswith("/pyproject.toml")
                raise self.placed(_in_tool_table() if is_ours else error, key) from None
        return Layer(values, root, self.name)

    def extends(self, chain: Sequence[str]) -> str | None:
        """The absolute path of the file it extends; `chain` holds the files that led to it, and its own."""
        if "extend" not in self.table:
            return None
        from pathlib import Path

        target = absolute_path(Path(self.path).parent / self.table["extend"])
        problem = advice = ""
        if target in chain:
            problem = f"'extend' goes in a circle: {self.table['extend']} leads back here"
        elif not Path(target).is_file():
            problem = f"'extend' names a file that is not there: {self.table['extend']}"
            advice = "a path counts from the directory of the file that names it"
        if problem:
            raise self.placed(TermcheckError(problem, advice=advice), "extend")
        return target

    def placed(self, error: TermcheckError, key: str) -> TermcheckError:
        """An error about a key, with its line and column."""
        quoted = re.findall(r"'([^']+)'", error.message)
        line, column = locate_key(self.text, key, [word for word in quoted if word != key])
        return TermcheckError(error.message, path=self.name, line=line, column=column, advice=error.advice)


def _in_tool_table() -> TermcheckError:
    advice = "write the keys without [tool.termcheck], which is for pyproject.toml"
    return TermcheckError("unknown key 'tool'", advice=advice)


def placed(error: TermcheckError, path: str, key: str) -> TermcheckError:
    """An error about a key of a config file, with its line and column there."""
    return _read(absolute_path(path)).placed(error, key)


def locate_key(text: str, key: str, words: Sequence[str] = ()) -> tuple[int, int]:
    """1-based line and column of one of our keys in TOML text; 0, 0 if it is not found.

    The key stands at the beginning of a line or is the header of a table. If one of `words` follows it
    before the next key, the place is that of the first one.
    """
    name = rf"[\"']?{re.escape(key)}[\"']?"
    table = re.compile(rf"^[ \t]*\[{{1,2}}[ \t]*(?:tool\.termcheck\.)?({name})[ \t]*[\].]", re.MULTILINE)
    entry = re.compile(rf"^[ \t]*(?:tool\.termcheck\.)?({name})[ \t]*[.=]", re.MULTILINE)
    ours = re.search(r"^[ \t]*\[[ \t]*tool\.termcheck\b", text, re.MULTILINE)
    begin = ours.start() if ours else 0
    match = entry.search(text, begin) or table.search(text, begin)
    if match is None:
        return 0, 0
    return _position(text, _word_after(text, match.end(), words) or match.start(1))


def _word_after(text: str, start: int, words: Sequence[str]) -> int:
    for word in words:
        match = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])").search(text, start)
        if match:
            return match.start()
    return 0


def _position(text: str, offset: int) -> tuple[int, int]:
    begin = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - begin + 1


def _read(path: str, *, pipe: bool = False) -> _File:
    name = display_path(path, absolute_path("."))
    text, data = _parse(path, name, pipe=pipe)
    if not path.endswith("/pyproject.toml"):
        return _File(path, name, text, data)
    table = data.get("tool", {}).get("termcheck")
    if not isinstance(table, dict):
        raise TermcheckError("has no table [tool.termcheck]", path=name)
    return _File(path, name, text, table)


def _parse(path: str, name: str, *, pipe: bool = False) -> tuple[str, dict[str, Any]]:
    try:
        text = _bytes(path, pipe=pipe).decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise file_error("cannot be opened", error, name) from None
    except UnicodeDecodeError as error:
        raise TermcheckError(
            f"is not UTF-8 (byte {error.start})", path=name, advice="save it as UTF-8"
        ) from None
    try:
        return text, load_toml(text)
    except (ValueError, RecursionError) as error:
        raise _not_toml(str(error), text, name) from None


def _not_toml(message: str, text: str, name: str) -> TermcheckError:
    # The parser gives the position only as part of its message.
    position = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    if position is None:
        # Python refuses to read numbers of thousands of digits, and the parser does not say where.
        number = re.search(r"\b[\d_]{4000,}\b", text)
        line, column = _position(text, number.start()) if number else (0, 0)
        problem = "a number has too many digits" if number else "it is nested too deeply"
        return TermcheckError(f"is no valid TOML: {problem}", path=name, line=line, column=column)
    line, column = (int(position[1]), int(position[2])) if position[1] else _position(text, len(text))
    reason = message[: position.start()]
    return TermcheckError(f"is no valid TOML: {reason}", path=name, line=line, column=column)


def _bytes(path: str, *, pipe: bool = False) -> bytes:
    if not pipe:
        return read_plain(path)
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be one more import at start-up
        return file.read()


def _has_our_table(path: str) -> bool:
    # Most of these files are not about termcheck, and then a broken one is not ours to report.
    name = display_path(path, absolute_path("."))
    try:
        if b"termcheck" not in _bytes(path):
            return False
    except OSError as error:
        raise file_error("cannot be opened", error, name) from None
    _, data = _parse(path, name)
    tool = data.get("tool")
    return isinstance(tool, dict) and "termcheck" in tool
