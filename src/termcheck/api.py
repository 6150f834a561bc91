"""The functions of the public Python interface: load a glossary, check a text, check paths."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Sequence

from termcheck import engine
from termcheck.config import Settings
from termcheck.discovery import discover
from termcheck.globs import absolute_path
from termcheck.glossary import load_glossary as _load
from termcheck.jobs import Job
from termcheck.model import Glossary, Report
from termcheck.rules import RULES
from termcheck.scope import Scope
from termcheck.selection import RuleChoice, Selection

PathLike = str | os.PathLike[str]


def load_glossary(*paths: PathLike) -> Glossary:
    """Read one or more glossaries; entries of a later file replace those of an earlier file.

    Raises TermcheckError, with path, line and column, if a glossary cannot be read.
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
    """Check a bilingual text; the suffix of `name` selects the reader (`.md`, `.jsonl`, `.csv`, …).

    The languages default to the glossary's. `select` names rules. `date` is an ISO date on which renderings
    must be valid, and defaults to today. Errors in the text are in the report. Raises TermcheckError if the
    glossary cannot be loaded.
    """
    # A lone surrogate is not valid text, so the report has an error that it cannot be decoded.
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
    """Check files and directories, each with the nearest `glossary.yaml` upward if `glossary` is None."""
    glossaries = (os.fspath(glossary),) if glossary is not None else ()
    discovered = discover([os.fspath(path) for path in paths], Scope(glossaries))
    report = engine.check(discovered.jobs, _settings(select, source_lang, target_lang, date))
    return engine.with_found(report, discovered)


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
