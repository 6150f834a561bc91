"""Settings of a run: defaults, config files and command line flags merged into one frozen value.

The merge is explicit, layer upon layer, so that "where does this come from" has one answer: the last
layer that names a key decides, except for the `extend-` keys, which add up.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from termcheck.changes import Changes
from termcheck.globs import PairPattern, PathGlob, absolute_path, display_path, upward
from termcheck.model import Confidence, Severity, TermcheckError
from termcheck.options import Place, read_option
from termcheck.report.base import Output
from termcheck.selection import RuleChoice, Selection

DEFAULT_EXCLUDE = (
    ".eggs",
    ".git",
    ".hg",
    ".mypy_cache",
    ".nox",
    ".pytest_cache",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    "__pycache__",
    "node_modules",
    "site-packages",
    "venv",
)


class Settings(Struct, frozen=True):
    """What the user asked for. Empty strings and None mean: not given, find it out.

    `root` is the absolute directory of the config file, or the working directory. `glossaries` are
    paths to open and to print; where empty, each job names the nearest one. `date` is an ISO date
    that overrides the documents' own. `terms` and `ignore_terms` are concept ids or source terms.
    `jobs` is the most processes to use, 0 for one a processor. `format` is the reader's name, `outputs`
    name the renderers. `changes` are those since `diff_base`, once git has been asked. `exclude` includes
    what `extend-exclude` added.
    """

    selection: Selection
    root: str
    config_path: str = ""
    glossaries: tuple[str, ...] = ()
    source_lang: str = ""
    target_lang: str = ""
    date: str = ""
    baseline: str = ""
    cache: bool = True
    cache_dir: str = ""
    terms: tuple[str, ...] = ()
    ignore_terms: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING
    min_confidence: Confidence = Confidence.MEDIUM
    outputs: tuple[Output, ...] = ()
    jobs: int = 0
    encoding: str | None = None
    format: str | None = None
    source_key: str = "source"
    target_key: str = "target"
    include: tuple[PathGlob, ...] = ()
    exclude: tuple[PathGlob, ...] = ()
    force_exclude: bool = False
    diff_base: str = ""
    changes: Changes | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    fix_only: bool = False
    pairs: tuple[PairPattern, ...] = ()


class Layer(Struct, frozen=True):
    """The typed values of one config file or of the flags, by key."""

    values: Mapping[str, Any]
    root: str
    path: str = ""


# Keys whose field in Settings has another name than the key in snake case.
_FIELDS = {
    "glossary": "glossaries",
    "term": "terms",
    "ignore-term": "ignore_terms",
    "output-format": "outputs",
}
KEYS = {field: key for key, field in _FIELDS.items()}
"""The keys of those fields of Settings that are named otherwise."""
_MERGED = frozenset(
    {
        "extend",
        "exclude",
        "extend-exclude",
        "extend-fixable",
        "extend-safe-fixes",
        "extend-select",
        "extend-unsafe-fixes",
        "fixable",
        "ignore",
        "per-file-ignores",
        "select",
        "severity",
        "unfixable",
    }
)


def find_config(directory: str) -> str:
    """The nearest config file in a directory or above it, as an absolute path; empty if there is none.

    In one directory `termcheck.toml` comes before `pyproject.toml`, which counts only if it has a
    table `[tool.termcheck]`.
    """
    for folder in upward(absolute_path(directory)):
        for name in ("termcheck.toml", "pyproject.toml"):
            path = folder + name
            if os.path.isfile(path) and (name != "pyproject.toml" or _speaks_of_us(path)):  # noqa: PTH113
                return path
    return ""


def load_config(path: str) -> tuple[Layer, ...]:
    """The layers of a config file, those it extends first.

    `path` may be relative; errors print it relative to the working directory where that is shorter.
    Raises TermcheckError with the line of what is wrong: no such file, no TOML, an unknown key, a
    value of the wrong kind, files that extend one another in a circle.
    """
    layers: list[Layer] = []
    chain: list[str] = []
    following: str | None = absolute_path(path)
    while following is not None:
        chain.append(following)
        file = _read(following)
        layers.append(file.layer())
        following = file.extends(chain)
    return tuple(reversed(layers))


def flags_layer(values: Mapping[str, object]) -> Layer:
    """The flags of the command line, by key; paths in them are relative to the working directory."""
    root = absolute_path(".")
    place = Place(root, flag=True)
    return Layer({key: read_option(key, value, place) for key, value in values.items()}, root)


def resolve(layers: Sequence[Layer]) -> Settings:
    """Merge layers, the least important first. Languages that are one and the same are an error."""
    from termcheck.rules import RULES

    files = [layer for layer in layers if layer.path]
    root = files[-1].root if files else absolute_path(".")
    exclude = tuple(PathGlob(pattern, root) for pattern in DEFAULT_EXCLUDE)
    given: dict[str, Any] = {}
    extended: tuple[PathGlob, ...] = ()
    for layer in layers:
        exclude = layer.values.get("exclude", exclude)
        extended += layer.values.get("extend-exclude", ())
        for key, value in layer.values.items():
            if key not in _MERGED:
                given[_FIELDS.get(key, key.replace("-", "_"))] = value
    settings = Settings(
        selection=Selection.build(RULES, [_choice(layer) for layer in layers]),
        root=root,
        config_path=files[-1].path if files else "",
        exclude=exclude + extended,
        **given,
    )
    if settings.source_lang and settings.source_lang.casefold() == settings.target_lang.casefold():
        raise TermcheckError(
            f"source and target language are both '{settings.source_lang}'",
            path=settings.config_path,
            advice="set source-lang and target-lang to the two languages of the texts",
        )
    return settings


def _choice(layer: Layer) -> RuleChoice:
    values = layer.values
    return RuleChoice(
        select=values.get("select"),
        extend_select=values.get("extend-select", ()),
        ignore=values.get("ignore", ()),
        per_file_ignores=values.get("per-file-ignores", ()),
        severity=values.get("severity", {}),
        fixable=values.get("fixable"),
        extend_fixable=values.get("extend-fixable", ()),
        unfixable=values.get("unfixable", ()),
        safe=values.get("extend-safe-fixes", ()),
        unsafe=values.get("extend-unsafe-fixes", ()),
    )


class _File(Struct, frozen=True):
    """A config file as parsed: its own table, and the text to look lines up in."""

    path: str
    name: str
    text: str
    table: Mapping[str, Any]

    def layer(self) -> Layer:
        root = self.path.rpartition("/")[0] or "/"
        values: dict[str, Any] = {}
        for key, value in self.table.items():
            try:
                values[key] = read_option(key, value, Place(root))
            except TermcheckError as error:
                raise self._placed(error, key) from None
        return Layer(values, root, self.name)

    def extends(self, chain: Sequence[str]) -> str | None:
        """The absolute path of the file it extends; `chain` are those that led here."""
        if "extend" not in self.table:
            return None
        from pathlib import Path

        target = absolute_path(Path(self.path).parent / self.table["extend"])
        problem = ""
        if target in chain:
            problem = f"'extend' goes in a circle: {self.table['extend']} leads back here"
        elif not Path(target).is_file():
            problem = f"'extend' names a file that is not there: {self.table['extend']}"
        if problem:
            raise self._placed(TermcheckError(problem), "extend")
        return target

    def _placed(self, error: TermcheckError, key: str) -> TermcheckError:
        quoted = re.findall(r"'([^']+)'", error.message)
        line, column = locate_key(self.text, key, [word for word in quoted if word != key])
        return TermcheckError(error.message, path=self.name, line=line, column=column, advice=error.advice)


def locate_key(text: str, key: str, words: Sequence[str] = ()) -> tuple[int, int]:
    """1-based line and column of a key of ours in TOML text; 0, 0 if it is not found.

    The parser keeps no positions, hence a look at the text: the key at the beginning of a line or as
    a table's header, and from there on the first of `words` up to the next key, if it is there.
    """
    name = rf"[\"']?{re.escape(key)}[\"']?"
    table = re.compile(rf"^[ \t]*\[[ \t]*(?:tool\.termcheck\.)?({name})[ \t]*\]", re.MULTILINE)
    entry = re.compile(rf"^[ \t]*(?:tool\.termcheck\.)?({name})[ \t]*[.=]", re.MULTILINE)
    ours = re.search(r"^[ \t]*\[[ \t]*tool\.termcheck\b", text, re.MULTILINE)
    begin = ours.start() if ours else 0
    found = entry.search(text, begin) or table.search(text, begin)
    if found is None:
        return 0, 0
    return _position(text, _word_after(text, found.end(), words) or found.start(1))


def _word_after(text: str, start: int, words: Sequence[str]) -> int:
    for word in words:
        place = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])").search(text, start)
        if place:
            return place.start()
    return 0


def _position(text: str, offset: int) -> tuple[int, int]:
    begin = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - begin + 1


def _read(path: str) -> _File:
    name = display_path(path, absolute_path("."))
    text, data = _parse(path, name)
    if not path.endswith("/pyproject.toml"):
        return _File(path, name, text, data)
    table = data.get("tool", {}).get("termcheck")
    if not isinstance(table, dict):
        raise TermcheckError("has no table [tool.termcheck]", path=name)
    return _File(path, name, text, table)


def _parse(path: str, name: str) -> tuple[str, dict[str, Any]]:
    try:
        text = _bytes(path).decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise TermcheckError(f"cannot be opened: {reason}", path=name) from None
    except UnicodeDecodeError as error:
        raise TermcheckError(
            f"is not UTF-8 (byte {error.start})", path=name, advice="save it as UTF-8"
        ) from None
    import tomllib

    try:
        return text, tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _no_toml(str(error), text, name) from None


def _no_toml(message: str, text: str, name: str) -> TermcheckError:
    # The parser tells the place in words alone.
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    if place is None:
        return TermcheckError("is no valid TOML: it is nested too deeply", path=name)
    line, column = (int(place[1]), int(place[2])) if place[1] else _position(text, len(text))
    reason = message[: place.start()]
    return TermcheckError(f"is no valid TOML: {reason}", path=name, line=line, column=column)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be one more import at start-up
        return file.read()


def _speaks_of_us(path: str) -> bool:
    # Most such files are not ours, and a broken one is not ours to report unless it speaks of us.
    try:
        if b"termcheck" not in _bytes(path):
            return False
    except OSError:
        return False
    _, data = _parse(path, display_path(path, absolute_path(".")))
    tool = data.get("tool")
    return isinstance(tool, dict) and "termcheck" in tool
