"""Says what to do about text that is no YAML, from the parser's complaint and the line it points at.

YAML's own messages speak of tokens and simple keys. The people who write glossaries type `上合组织:SCO`, a
full-width colon, a tab, a term that begins with `@`: each has its own sentence here, with what to type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import TermcheckError

if TYPE_CHECKING:
    import yaml

# libyaml and PyYAML both give up on a key after this many characters (YAML 1.1, section 4.3).
_LONGEST_KEY = 1024
MISSING_KEY = "a key is missing before the colon"

_QUOTE = "put the whole text in quotes"
_COLON = compile_later(r"\s*：\s*|(?<=\S):(?!//)(?=\S)")
_SEPARATOR = compile_later(r":(?=\s|$)")
_COMMENT = compile_later(r"\s*(#|$)")


class Trouble(Struct, frozen=True):
    """A place (1-based) with what is wrong there and what to do about it."""

    line: int
    column: int
    message: str
    advice: str


class _Scene(Struct, frozen=True):
    """The file's lines, the place of the problem and the place where the unfinished thing began."""

    lines: Sequence[str]
    line: int
    column: int
    start: tuple[int, int]

    def text(self, line: int) -> str:
        return self.lines[line - 1] if line <= len(self.lines) else ""

    @property
    def before(self) -> str:
        return self.text(self.line)[: self.column - 1]

    @property
    def after(self) -> str:
        return self.text(self.line)[self.column - 1 :]

    def here(self, message: str, advice: str) -> Trouble:
        return Trouble(self.line, self.column, message, advice)

    def at_start(self, message: str, advice: str) -> Trouble:
        return Trouble(*self.start, message, advice)


def shorten(text: str, limit: int = 40) -> str:
    """The text on one line, cut to `limit` characters."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def colon_trouble(text: str) -> tuple[int, str, str] | None:
    """Where a text has a colon that was meant as `: ` and is not: offset, message, advice; else None."""
    found = _COLON.search(text)
    if found is None or found.start() == 0:
        return None
    full_width = "：" in found[0]
    offset = found.start() + (found[0].index("：") if full_width else 0)
    message = (
        "a full-width colon does not part a term from its rendering"
        if full_width
        else ("no space after the colon")
    )
    left, right = text[: found.start()], text[found.end() :].split(" #")[0]
    following = _COLON.search(right)
    if following is not None:
        # The lines below are read as part of this text; the advice is about the first one.
        right = right[: following.start()].rpartition(" ")[0] or right
    left, right = shorten(left), shorten(right)
    return offset, message, f"write `{left}: {right}`"


def explain(
    error: yaml.MarkedYAMLError,
    lines: Sequence[str],
    position: Callable[[yaml.Mark], tuple[int, int]],
    path: str,
) -> TermcheckError:
    """Turn the parser's error into ours; `position` gives a mark's line and column, 1-based."""
    mark = error.problem_mark or error.context_mark
    place = position(mark) if mark is not None else (1, 1)
    if place[0] > len(lines):
        place = len(lines), len(lines[-1]) + 1
    start = position(error.context_mark) if error.context_mark is not None else place
    scene = _Scene(lines, *place, start)
    said = f"{error.context or ''}: {error.problem or ''}"
    trouble = next(
        (found for pattern, ask in _EXPLANATIONS if re.search(pattern, said) and (found := ask(scene))),
        scene.here(f"this is no YAML: {error.problem}", "put texts that contain signs of YAML in quotes"),
    )
    return TermcheckError(
        trouble.message, path=path, line=trouble.line, column=trouble.column, advice=trouble.advice
    )


def _tab(scene: _Scene) -> Trouble | None:
    if not scene.after.startswith("\t"):
        return None
    if scene.before.strip():
        return scene.here("a tab stands where a space is expected", "write a space instead")
    return scene.here("tab used for indentation", "indent with spaces; YAML allows no tabs there")


def _long_key(scene: _Scene) -> Trouble | None:
    line = scene.text(scene.start[0])
    if len(line) <= _LONGEST_KEY or not (scene.after.startswith(":") or _SEPARATOR.search(line)):
        return None
    return scene.at_start(
        f"a key of more than {_LONGEST_KEY} characters; YAML reads none that long",
        "shorten the term, or write it as `? term` with `: rendering` in the next line",
    )


def _missing_colon(scene: _Scene) -> Trouble | None:
    line, column = scene.start
    text = scene.text(line)[column - 1 :]
    found = colon_trouble(text)
    if found is not None:
        offset, message, advice = found
        return Trouble(line, column + offset, message, advice)
    return scene.at_start(
        f"no colon after `{shorten(text)}`", "write `term: rendering`, with a colon and a space between them"
    )


def _stray_colon(scene: _Scene) -> Trouble | None:
    if _SEPARATOR.search(scene.before):
        text = _SEPARATOR.split(scene.text(scene.line), maxsplit=1)[1].strip()
        return scene.here(
            "a second colon in one entry",
            f"put the text in quotes if the colon belongs to it: '{shorten(text)}'",
        )
    return _swallowed_line(scene) or scene.here(
        "this line is indented as if it went on with the text above",
        "indent it as the entries beside it",
    )


def _swallowed_line(scene: _Scene) -> Trouble | None:
    """A line above without `: ` is read as the beginning of this one; the first such line is the culprit."""
    culprit = None
    for number in range(scene.line - 1, 0, -1):
        line = scene.text(number)
        if _COMMENT.match(line) or _SEPARATOR.search(line):
            break
        found = colon_trouble(line)
        if found is not None:
            offset, message, advice = found
            culprit = Trouble(number, offset + 1, message, advice)
        elif culprit is None:
            indent = len(line) - len(line.lstrip())
            culprit = Trouble(
                number, indent + 1, f"no colon after `{shorten(line)}`", "write `term: rendering`"
            )
    return culprit


def _bracketed_colon(scene: _Scene) -> Trouble:
    return scene.here(
        "a colon inside brackets without a space after it",
        "write a space after it, or put the text in quotes if the colon belongs to it",
    )


def _forbidden_start(scene: _Scene) -> Trouble:
    sign = scene.text(scene.start[0])[scene.start[1] - 1 :][:1] or scene.after[:1]
    rest = shorten(scene.text(scene.start[0])[scene.start[1] - 1 :].split(" #")[0])
    return scene.at_start(f"a text cannot begin with `{sign}`", f"put it in quotes: '{rest}'")


def _open_quote(scene: _Scene) -> Trouble:
    return scene.at_start(
        "this quote is never closed",
        "close it; a text that has quotation marks of its own goes in quotes of the other kind",
    )


def _escape(scene: _Scene) -> Trouble:
    return scene.here(
        "an escape that YAML does not know",
        "write the character itself, or take single quotes: '\\d+' keeps its backslash",
    )


def _open_bracket(scene: _Scene) -> Trouble:
    opener = scene.text(scene.start[0])[scene.start[1] - 1 :][:1]
    return scene.here(
        f"a comma or the end of the `{opener}` from line {scene.start[0]} is missing before this",
        "close the bracket; put texts that contain , [ ] { } or : in quotes",
    )


def _missing_key(scene: _Scene) -> Trouble | None:
    if not scene.after.startswith(":"):
        return None
    return scene.here(MISSING_KEY, "write `term: rendering`")


def _no_node(scene: _Scene) -> Trouble:
    if not scene.after.strip():
        return scene.here("the file ends inside an open bracket", "close it")
    return scene.here(
        f"a text cannot begin with `{scene.after[0]}`", f"put it in quotes: '{shorten(scene.after)}'"
    )


def _bad_layout(scene: _Scene) -> Trouble:
    if scene.before.strip(" -"):
        return scene.here("text after the end of a quoted or bracketed text", f"{_QUOTE}")
    return scene.here("the indentation fits no line above", "indent the line as the entries it belongs to")


def _list_in_line(scene: _Scene) -> Trouble:
    return scene.here(
        "a list cannot begin in the same line as its key",
        "write `[first, second]`, or put each `- ` in a line of its own",
    )


def _question_mark(scene: _Scene) -> Trouble:
    return scene.here("a text cannot begin with `? `", "put it in quotes")


def _directive(scene: _Scene) -> Trouble:
    return scene.at_start("a line cannot begin with `%`", "put the term in quotes")


def _block_header(scene: _Scene) -> Trouble:
    return scene.at_start("a text cannot begin with `|` or `>`", _QUOTE)


def _second_document(scene: _Scene) -> Trouble:
    return scene.here("text after the end of the document", "remove the line `...` above")


# What the parser says (libyaml's wording, then PyYAML's), and who explains it; the first answer counts.
_EXPLANATIONS: tuple[tuple[str, Callable[[_Scene], Trouble | None]], ...] = (
    ("", _tab),
    (r"expected ':'|expected ',' or|values are not allowed", _long_key),
    (r"could not find expected ':'", _missing_colon),
    (r"values are not allowed", _stray_colon),
    (r"unexpected ':'", _bracketed_colon),
    (r"cannot start any token|an alias|an anchor|a tag", _forbidden_start),
    (r"unexpected end of stream|unexpected document", _open_quote),
    (r"escape", _escape),
    (r"expected ',' or", _open_bracket),
    (r"node content|a block (mapping|collection)", _missing_key),
    (r"expected (the )?node content", _no_node),
    (r"sequence entries are not allowed", _list_in_line),
    (r"keys are not allowed", _question_mark),
    (r"a directive", _directive),
    (r"a block scalar", _block_header),
    (r"document start", _second_document),
    (r"a block (mapping|collection)", _bad_layout),
)
