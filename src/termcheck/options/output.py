"""The options that say how a check runs, what it prints, and how it ends."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from termcheck.messages import did_you_mean
from termcheck.model import Severity, TermcheckError
from termcheck.options.option import Group, Option, Place, ValueType
from termcheck.options.rules import SEVERITY
from termcheck.options.values import FILE, SWITCH, read_path, read_text, read_texts, wrong_type
from termcheck.text.whole_numbers import whole_number

if TYPE_CHECKING:
    from termcheck.report import Output

# No machine has more processors. A mistyped number must not start thousands of processes.
_MOST_PROCESSES = 10_000


def _read_count(value: object, _place: Place) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong_type(value, "a number")
    if value < 0:
        raise TermcheckError(f"{value} is too small", advice="0 is one process for each processor")
    if value > _MOST_PROCESSES:
        raise TermcheckError(f"is more than {_MOST_PROCESSES}", advice="0 is one process for each processor")
    return value


def _digits(text: str) -> int | str:
    return int(min(whole_number(text), sys.maxsize)) if text.isascii() and text.isdecimal() else text


def _formats() -> Iterable[str]:
    from termcheck.report import FORMATS

    return FORMATS


def _read_outputs(value: object, place: Place) -> tuple[Output, ...]:
    return tuple(_read_output(text, place) for text in read_texts(value, place))


def _read_output(text: str, place: Place) -> Output:
    """`FORMAT` or `FORMAT:PATH`; the path may have colons too, as on Windows."""
    from termcheck.report import Output

    name, colon, path = text.partition(":")
    known = tuple(_formats())
    if name not in known:
        advice = did_you_mean(name, known)
        if not advice and re.search(r"[./\\]", text.removeprefix(f"{name}:")):
            advice = f"the format comes before the path, as in json:{text}"
        advice = advice or f"choose one of {', '.join(known)}"
        raise TermcheckError(f"there is no '{name}'", advice=advice)
    if colon and not path.strip():
        raise TermcheckError(f"'{text}' has no path", advice=f"write {name}:FILE, or {name} alone")
    if path == "-":
        path = ""
    return Output(name, read_path(path, place) if path else "")


OUTPUT = Group(
    "output",
    (
        Option(
            key="output-format",
            whole_run=True,
            field="outputs",
            flags=("--output-format",),
            type=ValueType(
                _read_outputs,
                "name of a format, or list of such, each with `:` and a path if it goes to a file",
                "FORMAT[:FILE]",
                choices=_formats,
                repeatable=True,
            ),
            help="full (default on a terminal), concise (default elsewhere), grouped, json, json-lines, "
            "sarif, github (default there), gitlab, junit, rdjson, rdjsonl, checkstyle, html; may be given "
            "more than once, as in --output-format full --output-format html:report.html",
            documentation="How findings are shown, and where: each in a file of its own, and one of them, "
            "without a path, on standard output. For people: `full`, `concise`, `grouped`, `html`; for "
            "programs: `json`, `json-lines`, `sarif`, `github`, `gitlab`, `junit`, `rdjson`, `rdjsonl`, "
            "`checkstyle`. A configuration names files below its own directory, and overwrites only reports.",
            example='output-format = ["full", "sarif:findings.sarif"]',
            default=(),
            default_text="full on a terminal, github in GitHub Actions, concise elsewhere",
            brief="full, concise, grouped, json, sarif, github, …",
            from_environment=True,
        ),
        Option(
            flags=("-o", "--output-file"),
            type=FILE,
            help="write the format that names no file into this one",
            brief="write the report into this file",
        ),
        Option(
            key="fail-on",
            whole_run=True,
            flags=("--fail-on",),
            type=SEVERITY,
            help="exit with 1 from this severity on: {choices}",
            documentation="The exit code is 1 from this severity on.",
            example='fail-on = "error"',
            default=Severity.WARNING,
            from_environment=True,
            brief="exit with 1 from error, warning or info on",
        ),
        Option(
            flags=("--statistics",),
            type=SWITCH,
            help="count findings by rule and by term",
        ),
        Option(
            flags=("-e", "--exit-zero"),
            type=SWITCH,
            help="exit with 0 even if there are findings",
        ),
        Option(
            flags=("-q", "--quiet"),
            type=SWITCH,
            help="print findings and errors only",
        ),
    ),
)

RUN = Group(
    "",
    (
        Option(
            key="jobs",
            whole_run=True,
            flags=("-j", "--jobs"),
            type=ValueType(_read_count, "number", "N", from_flag=_digits),
            help="check long texts in N processes (default: 0, one a processor)",
            documentation="How many processes check texts at once. For less than a few megabytes of text one "
            "is used, which is faster. What is found is the same for any number.",
            example="jobs = 4",
            default=0,
            default_text="0: one for each processor",
            brief="check long texts in N processes",
        ),
        Option(
            flags=("-w", "--watch"),
            type=SWITCH,
            help="check again whenever a text or a glossary changes",
            brief="check again after each change",
        ),
    ),
)

SHOW = Group(
    "to see what a check does",
    (
        Option(
            flags=("--show-files",),
            type=SWITCH,
            help="list the files that would be checked, and stop",
        ),
        Option(
            flags=("--show-settings",),
            type=SWITCH,
            help="show the settings in effect, and stop",
        ),
        Option(
            flags=("--show-pairs",),
            type=ValueType(read_text, "full", "full", optional=True),
            help="show the pairs of texts, and stop; --show-pairs=full cuts no text, --output-format json "
            "is for programs",
            brief="show the pairs of texts, and stop",
        ),
        Option(
            flags=("-v", "--verbose"),
            type=SWITCH,
            help="print which config, glossaries and files are used",
            brief="print what the check reads",
        ),
    ),
)
