"""Explain invalid YAML: turn the parser's error into a message that says what to type instead.

YAML's own messages use its grammar's words, such as tokens and simple keys. People who write glossaries type
`上合组织:SCO`, a full-width colon, a tab, or a term that begins with `@`. Each of these has its own message.
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
    """A problem at a line and column (1-based): the message, and what to do about it."""

    line: int
    column: int
    message: str
    advice: str


class _Scene(Struct, frozen=True):
    """The lines of the file, the position of the problem, and the start of the unfinished construct."""

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
    """The offset, message and advice for a colon that was meant as `: `, or None if there is none."""
    colon = _COLON.search(text)
    if colon is None or colon.start() == 0:
        return None
    full_width = "：" in colon[0]
    offset = colon.start() + (colon[0].index("：") if full_width else 0)
    message = (
        "a full-width colon does not separate a term from its rendering"
        if full_width
        else "no space after the colon"
    )
    term, rendering = text[: colon.start()], text[colon.end() :].split(" #")[0]
    following = _COLON.search(rendering)
    if following is not None:
        # YAML reads the lines below as part of this text; the advice is about the first line.
        rendering = rendering[: following.start()].rpartition(" ")[0] or rendering
    return offset, message, f"write `{shorten(term)}: {shorten(rendering)}`"


def explain(
    error: yaml.MarkedYAMLError,
    lines: Sequence[str],
    position: Callable[[yaml.Mark], tuple[int, int]],
    path: str,
) -> TermcheckError:
    """The parser's error as a TermcheckError; `position` gives the line and column of a mark, 1-based."""
    mark = error.problem_mark or error.context_mark
    line, column = position(mark) if mark is not None else (1, 1)
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    start = position(error.context_mark) if error.context_mark is not None else (line, column)
    scene = _Scene(lines, line, column, start)
    complaint = f"{error.context or ''}: {error.problem or ''}"
    explanations = (
        explanation(scene) for pattern, explanation in _EXPLANATIONS if re.search(pattern, complaint)
    )
    trouble = next(
        filter(None, explanations),
        scene.here(
            f"this is not valid YAML: {error.problem}", "put texts that contain YAML punctuation in quotes"
        ),
    )
    return TermcheckError(
        trouble.message, path=path, line=trouble.line, column=trouble.column, advice=trouble.advice
    )


def _tab(scene: _Scene) -> Trouble | None:
    if not scene.after.startswith("\t"):
        return None
    if scene.before.strip():
        return scene.here("expected a space, found a tab", "write a space instead")
    return scene.here("tab used for indentation", "indent with spaces; YAML does not allow tabs there")


def _long_key(scene: _Scene) -> Trouble | None:
    line = scene.text(scene.start[0])
    if len(line) <= _LONGEST_KEY or not (scene.after.startswith(":") or _SEPARATOR.search(line)):
        return None
    return scene.at_start(
        f"this key is longer than the {_LONGEST_KEY} characters that YAML allows",
        "shorten the term, or write it as `? term` with `: rendering` on the next line",
    )


def _missing_colon(scene: _Scene) -> Trouble | None:
    line, column = scene.start
    text = scene.text(line)[column - 1 :]
    trouble = colon_trouble(text)
    if trouble is not None:
        offset, message, advice = trouble
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
        "this line is indented as if it continued the text above",
        "indent it like the entries next to it",
    )


def _swallowed_line(scene: _Scene) -> Trouble | None:
    """The problem of the first line above without `: `, which YAML reads as the beginning of this one."""
    culprit = None
    for number in range(scene.line - 1, 0, -1):
        line = scene.text(number)
        if _COMMENT.match(line) or _SEPARATOR.search(line):
            break
        trouble = colon_trouble(line)
        if trouble is not None:
            offset, message, advice = trouble
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
    character = scene.text(scene.start[0])[scene.start[1] - 1 :][:1] or scene.after[:1]
    rest = shorten(scene.text(scene.start[0])[scene.start[1] - 1 :].split(" #")[0])
    return scene.at_start(f"a text cannot begin with `{character}`", f"put it in quotes: '{rest}'")


def _open_quote(scene: _Scene) -> Trouble:
    return scene.at_start(
        "this quote is never closed",
        "close it; put a text that contains quotation marks in quotes of the other kind",
    )


def _escape(scene: _Scene) -> Trouble:
    return scene.here(
        "YAML does not know this escape sequence",
        "write the character itself, or use single quotes: '\\d+' keeps its backslash",
    )


def _open_bracket(scene: _Scene) -> Trouble:
    opener = scene.text(scene.start[0])[scene.start[1] - 1 :][:1]
    return scene.here(
        f"expected a comma or the end of the `{opener}` from line {scene.start[0]}",
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
        return scene.here("unexpected text after a quoted or bracketed text", _QUOTE)
    return scene.here("the indentation matches no line above", "indent the line like the entries around it")


def _list_in_line(scene: _Scene) -> Trouble:
    return scene.here(
        "a list cannot begin on the same line as its key",
        "write `[first, second]`, or put each `- ` on a line of its own",
    )


def _question_mark(scene: _Scene) -> Trouble:
    return scene.here("a text cannot begin with `? `", "put it in quotes")


def _directive(scene: _Scene) -> Trouble:
    return scene.at_start("a line cannot begin with `%`", "put the term in quotes")


def _block_header(scene: _Scene) -> Trouble:
    return scene.at_start("a text cannot begin with `|` or `>`", _QUOTE)


def _second_document(scene: _Scene) -> Trouble:
    return scene.here("unexpected text after the end of the document", "remove the line `...` above")


# Patterns of the parser's messages (libyaml's and PyYAML's) with their explanations; the first answer counts.
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
