"""The options that say where termcheck finds its settings and its glossaries."""

from __future__ import annotations

import re

from termcheck.globs import absolute_path
from termcheck.model import TermcheckError
from termcheck.options.option import Combine, Group, Option, Place, ValueType
from termcheck.options.values import FILES, SWITCH, join, read_text


def read_language(value: object, place: Place) -> str:
    """A language tag."""
    text = read_text(value, place)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", text):
        raise TermcheckError(
            f"'{text}' is not a language tag", advice="write two or three letters, as in zh, en or zh-Hant"
        )
    return text


def _read_date(value: object, place: Place) -> str:
    import datetime

    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    text = read_text(value, place)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise TermcheckError(f"'{text}' is not a date", advice="write year-month-day, as in 2025-09-05")


def _read_directory(value: object, place: Place) -> str:
    path = read_text(value, place)
    return path if place.flag else absolute_path(join(place.root, path))


def _read_required(value: object, place: Place) -> str:
    from termcheck import __version__
    from termcheck.required_version import is_met

    required = read_text(value, place)
    if not is_met(required, __version__):
        wanted = required if required[0] in "=!<>~" else f"=={required}"
        raise TermcheckError(
            f"this is termcheck {__version__}, and {required} is required",
            advice=f"install another version: pip install 'termcheck{wanted}'",
        )
    return required


_LANGUAGE = ValueType(read_language, "language tag", "TAG")

SETTINGS = Group(
    "settings",
    (
        Option(
            flags=("--config",),
            type=ValueType(read_text, "path", "FILE|KEY=VALUE", repeatable=True),
            help="use this config file, not the nearest upward of here; or set a key, in TOML, as in "
            "'severity.wrong-case=\"error\"'",
            brief="use this config file; or set a key, in TOML",
            from_environment=True,
        ),
        Option(
            key="extend",
            # Messages quote the path, so it keeps the user's spelling.
            type=ValueType(read_text, "path"),
            combine=Combine.LOAD,
            documentation="Another configuration file, whose settings apply unless this file sets them. "
            "Paths in it are relative to it.",
            example='extend = "../termcheck.toml"',
        ),
        Option(
            key="required-version",
            type=ValueType(_read_required, "version, or comparisons as in Python packages"),
            combine=Combine.LOAD,
            documentation="The versions of termcheck that the project may be checked with. Any other stops "
            "with an error, whatever else the configuration has.",
            example='required-version = ">=0.1"',
            default_text="any",
        ),
        Option(
            key="source-lang",
            flags=("--source-lang",),
            type=_LANGUAGE,
            help="language of the source texts, as in zh",
            documentation="Language of the source texts; it chooses one of the languages of a glossary.",
            example='source-lang = "zh"',
            default="",
            default_text="the glossary's first language",
        ),
        Option(
            key="target-lang",
            flags=("--target-lang",),
            type=_LANGUAGE,
            help="language of the translations, as in en",
            documentation="Language of the translations.",
            example='target-lang = "en"',
            default="",
            default_text="the glossary's second language",
        ),
        Option(
            key="date",
            flags=("--date",),
            type=ValueType(_read_date, "date", "DATE"),
            help="date of the texts, for terms with validity dates (default: their own, or today)",
            documentation="Date of the texts, for terms with `valid_from` and `valid_until`. Without it each "
            "text's own date counts: from its front matter, else from its file name.",
            example="date = 2025-12-25",
            default="",
            default_text="the texts' own, or today",
            rare=True,
        ),
        Option(
            flags=("--isolated",),
            type=SWITCH,
            help="use no config file",
        ),
        Option(
            key="glossary",
            field="glossaries",
            flags=("-g", "--glossary"),
            type=FILES,
            help="use this glossary, not the nearest one upward of each text; later ones win",
            documentation="The glossaries to check against. Entries of a later glossary replace those of an "
            "earlier one.",
            example='glossary = ["terms/common.yaml", "terms/press.yaml"]',
            default=(),
            default_text="the nearest glossary.yaml in a text's directory or above",
            brief="use this glossary, not the nearest one upward",
            from_environment=True,
        ),
        Option(
            key="cache-dir",
            whole_run=True,
            flags=("--cache-dir",),
            type=ValueType(_read_directory, "path", "DIR"),
            help="keep compiled glossaries and word indexes here (default: TERMCHECK_CACHE_DIR, or the "
            "platform's)",
            documentation="Where compiled glossaries and indexes of words are kept. A directory that belongs "
            "to another user, or that others may write to, is not used. A configuration names a directory "
            "below its own.",
            example='cache-dir = ".termcheck_cache"',
            default="",
            default_text="TERMCHECK_CACHE_DIR, or a directory `termcheck` where the platform keeps caches",
            rare=True,
        ),
        Option(
            key="cache",
            whole_run=True,
            flags=("--no-cache",),
            type=SWITCH,
            help="neither use nor keep compiled glossaries",
            documentation="Whether compiled glossaries are kept on disk, so that the next run need not read "
            "and compile them again. `--no-cache` turns it off.",
            example="cache = false",
            default=True,
            rare=True,
            from_environment=True,
        ),
        Option(
            flags=("--color",),
            type=ValueType(read_text, choices=lambda: ("auto", "always", "never")),
            help="auto: on a terminal",
            default="auto",
        ),
    ),
)
