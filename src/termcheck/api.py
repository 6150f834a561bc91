"""The calls behind the package's public names, for programs that check texts without a command line."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Sequence

from termcheck import engine
from termcheck.config import Settings
from termcheck.discovery import Job, Scope, discover
from termcheck.globs import absolute_path
from termcheck.glossary import load_glossary as _load
from termcheck.model import Glossary, Report
from termcheck.rules import RULES
from termcheck.selection import RuleChoice, Selection

PathLike = str | os.PathLike[str]


def load_glossary(*paths: PathLike) -> Glossary:
    """Read one glossary, or several of which a later one wins over an earlier one.

    Raises TermcheckError, with path, line and column, for what cannot be read.
    """
    return _load([os.fspath(path) for path in paths]).glossary


def check_text(
    text: str,
    glossary: PathLike,
    *,
    name: str = "text.txt",
    source_lang: str = "",
    target_lang: str = "",
    select: Sequence[str] | None = None,
    date: str = "",
) -> Report:
    """Check a bilingual text; the ending of `name` says how it is read (`.md`, `.jsonl`, `.csv`, …).

    Languages are the glossary's unless given; `select` names rules; `date` is ISO and decides which
    renderings are valid. Errors are in the report; a glossary that does not load raises TermcheckError.
    """
    # A lone surrogate is no text: passed on, it is reported as what cannot be decoded.
    data = text.encode("utf-8", "surrogatepass")
    job = Job(pathlib.Path(name), name, glossaries=(os.fspath(glossary),), data=data)
    return engine.check([job], _settings(select, source_lang, target_lang, date))


def check_paths(
    paths: Sequence[PathLike],
    glossary: PathLike | None = None,
    *,
    source_lang: str = "",
    target_lang: str = "",
    select: Sequence[str] | None = None,
    date: str = "",
) -> Report:
    """Check files and directories, with the nearest `glossary.yaml` upward of each unless one is given."""
    glossaries = (os.fspath(glossary),) if glossary is not None else ()
    found = discover([os.fspath(path) for path in paths], Scope(glossaries))
    report = engine.check(found.jobs, _settings(select, source_lang, target_lang, date))
    return engine.with_errors(report, found.errors)


def _settings(select: Sequence[str] | None, source_lang: str, target_lang: str, date: str) -> Settings:
    choice = RuleChoice(select=tuple(select) if select is not None else None)
    return Settings(
        selection=Selection.build(RULES, [choice]),
        root=absolute_path("."),
        source_lang=source_lang,
        target_lang=target_lang,
        date=date,
        jobs=1,
    )
