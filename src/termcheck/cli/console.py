"""The one way to the terminal: all that is printed goes through here, and is made harmless on the way.

Paths, texts and settings come from anywhere. Printed as they are, an escape character could rewrite the
screen, and a line that begins with `::` or holds `##[` would be a command to GitHub Actions. Whoever makes a
message or a line of a report escapes the line breaks in what it quotes (`text.width.printable`); the rest is
done here.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import TextIO

from termcheck.lazy import compile_later
from termcheck.model import TermcheckError
from termcheck.report.ansi import STYLES, painter
from termcheck.text.width import UNSAFE, printable

# Nobody reads more errors at once, and they would push the first ones off the screen.
_MAX_ERRORS = 20
_OUR_STYLES = "|".join(re.escape(f"\x1b[{code}m") for code in ("0", *STYLES.values()))
# What may move the cursor or hide text, but not our own colours, line breaks and tabs.
_UNSAFE = compile_later(rf"({_OUR_STYLES})|(?![\n\t])[{UNSAFE}]")
# Commands in the logs of CI services: `::error::` at the beginning of a line, the others anywhere.
_COMMAND = compile_later(
    rf"^((?:[^\S\n]|{_OUR_STYLES})*):(?=:(?!:))|#(?=#(?:\[|vso\[|teamcity\[))", re.MULTILINE
)
# JSON has escaped the other control characters, and XML has none. In both these can be escaped as well.
_UNSAFE_IN_DATA = compile_later(
    r"(^[^\S\n]*)(:)(?=:)|([\x7f-\x9f\u2028-\u202e\u2066-\u2069]|#(?=#\[))", re.MULTILINE
)
_REWRITE_LINE = "\r\x1b[K"
_CLEAR_SCREEN = "\x1b[2J\x1b[3J\x1b[H"


class OutputError(Exception):
    """Standard output cannot be written to; the message says why."""


def prepare_streams() -> None:
    """Make both streams write UTF-8 in any locale, and lone surrogates as escapes. A closed one drops all."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - it lives as long as the process


def harmless_in(notation: str, text: str) -> str:
    """A report, or a piece of whole lines of it, made harmless in the way that its notation allows.

    The notation is one of those of `report.Format`, or a format of `glossary score`. JSON and XML keep their
    meaning. A page of HTML is not for terminals.
    """
    if notation in ("text", "glossary"):
        return harmless(text)
    if notation == "commands":
        return _without_controls(text)
    if notation == "html":
        return text
    escape = "\\u{:04x}" if notation == "json" else "&#x{:x};"
    return _UNSAFE_IN_DATA.sub(
        lambda match: (match[1] or "") + escape.format(ord(match[2] or match[3])), text
    )


def harmless(text: str) -> str:
    """A text of one or more lines without control characters, except our colours, and without commands."""
    text = _without_controls(text)
    if "::" not in text and "##" not in text:  # as in nearly all texts
        return text
    return _COMMAND.sub(_spelled, text)


def _without_controls(text: str) -> str:
    """The text with escapes in place of control characters, except our colours."""
    return _UNSAFE.sub(lambda match: match[1] or printable(match[0]), text)


def _spelled(match: re.Match[str]) -> str:
    return "\\x23" if match[0] == "#" else f"{match[1]}\\x3a"


def show(text: str) -> None:
    """Print lines on standard output. Raises OutputError."""
    show_exactly([harmless(text)])


def show_exactly(pieces: Iterable[str]) -> None:
    """Print what another program reads. Raises OutputError."""
    with _output_errors():
        sys.stdout.writelines(pieces)


def show_bytes(data: bytes) -> None:
    """Print bytes, as they are. Raises OutputError."""
    with _output_errors():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def flush() -> None:
    """Hand over all that was printed. Raises OutputError."""
    with _output_errors():
        sys.stdout.flush()


@contextlib.contextmanager
def _output_errors() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror) from None


def forget_output() -> None:
    """Drop what could not be written; otherwise Python would report it again when it flushes at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str, *, kind: str = "", color: str = "never") -> None:
    """Print a message on standard error, in one line; `kind` stands before it, such as `error`.

    `color` is the value of `--color`.
    """
    paint = painter(color=use_color(color, sys.stderr))
    label = f"{paint(kind, kind)}: " if kind else ""
    say_lines(f"{label}{printable(message)}\n")


def say_lines(text: str) -> None:
    """Print lines on standard error; if nobody can read them, nobody can be told."""
    with contextlib.suppress(OSError):
        sys.stderr.write(harmless(text))
        sys.stderr.flush()


def say_error(error: TermcheckError, color: str) -> None:
    """Print `error: path:line:column: message` and the advice below it; `color` is the value of `--color`.

    The first 20 of several errors are printed, one below the other.
    """
    errors = (error, *error.others)
    for each in errors[:_MAX_ERRORS]:
        bare = TermcheckError(each.message, path=each.path, line=each.line, column=each.column)
        say(str(bare), kind="error", color=color)
        if each.advice:
            say(f"  help: {each.advice}")
    if len(errors) > _MAX_ERRORS:
        say(f"and {len(errors) - _MAX_ERRORS} more", kind="error", color=color)


def use_color(when: str, stream: TextIO | None = None) -> bool:
    """Whether to colour: `auto` obeys the usual variables, and otherwise colours on a terminal.

    NO_COLOR outweighs FORCE_COLOR and CLICOLOR_FORCE, and these outweigh CLICOLOR=0. The stream is standard
    output unless another is given.
    """
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "") not in ("", "0", "false") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    if os.environ.get("CLICOLOR") == "0":
        return False
    return (stream or sys.stdout).isatty() and os.environ.get("TERM") != "dumb"


def shows_on_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def says_on_terminal() -> bool:
    """Whether standard error is a terminal."""
    return sys.stderr.isatty()


def rewrite_line(text: str = "") -> None:
    """Put a text in the place of the last line on the terminal of standard error, without a line break."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{_REWRITE_LINE}{printable(text)}")
        sys.stderr.flush()


def clear_screen() -> None:
    """Clear the terminal, if standard output is one."""
    if shows_on_terminal():
        sys.stdout.write(_CLEAR_SCREEN)


def is_output(path: str) -> bool:
    """Whether standard output goes to a file, as in `termcheck check --watch > log.txt`."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(sys.stdout.fileno()))  # noqa: PTH116
    except (OSError, ValueError):
        return False


def instead_of_output() -> contextlib.AbstractContextManager[object]:
    """Meanwhile, what is shown goes to standard error."""
    return contextlib.redirect_stdout(sys.stderr)
