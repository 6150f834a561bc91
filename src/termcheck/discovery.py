"""From the paths on the command line to the jobs of a run: a file, or a pair of files, each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from termcheck.model import Side


@dataclass(frozen=True, slots=True)
class Job:
    """One text to check: a bilingual file, or a source file and its target file.

    The names are the paths as the user wrote them, with forward slashes. `glossaries` are the
    glossary files that apply, as paths to open and to print. `data` and `target_data` are given for
    what came from standard input. `missing` is the name of the other half that a `pairs` pattern
    asks for and that is not there; `source` is then the half that is, and `missing_side` says which
    one is not.
    """

    source: Path
    source_name: str
    target: Path | None = None
    target_name: str = ""
    glossaries: tuple[str, ...] = ()
    data: bytes | None = None
    target_data: bytes | None = None
    missing: str = ""
    missing_side: Side = Side.TARGET
