"""Settings of a run: defaults, config files and command line flags merged into one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field

from termcheck.globs import PathGlob
from termcheck.model import Severity
from termcheck.selection import Selection


@dataclass(frozen=True, slots=True)
class PairPattern:
    """Two path patterns with the same `{names}`, relative to the absolute directory `root`."""

    source: str
    target: str
    root: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user asked for. Empty strings and None mean: not given, find it out.

    `root` is the absolute directory of the config file, or the working directory. `glossaries` are
    paths to open and to print; where empty, each job names the nearest one. `date` is an ISO date
    that overrides the documents' own. `terms` and `ignore_terms` are concept ids or source terms.
    `format` is the reader's name, `output_format` the renderer's.
    """

    selection: Selection
    root: str
    config_path: str = ""
    glossaries: tuple[str, ...] = ()
    source_lang: str = ""
    target_lang: str = ""
    date: str = ""
    terms: tuple[str, ...] = ()
    ignore_terms: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING
    output_format: str = ""
    encoding: str | None = None
    format: str | None = None
    source_key: str = "source"
    target_key: str = "target"
    include: tuple[PathGlob, ...] = ()
    exclude: tuple[PathGlob, ...] = field(default=())
    force_exclude: bool = False
    pairs: tuple[PairPattern, ...] = ()
