"""The files that fixes may change: under which names they are read, by which jobs, and what is in them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from termcheck.engine.prepare import read_options
from termcheck.fix import Fixed, apply
from termcheck.model import Finding, TermcheckError
from termcheck.readers import format_name, package_format

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.jobs import Job


class File(Struct, eq=False):
    """A file that is read, under one or more `names`, with its bytes before and after the fixes.

    `path` is empty for standard input. `format` names the format that it is read as. `uses` says which jobs
    read it: the number of the job, and the field that holds the bytes. A file that is not a text of a job,
    such as a baseline, has no uses. `configs` are the configurations that hold for it. `refused` identifies
    the findings whose fixes would make it worse; `left` counts how many of them are reported, and `trials`
    how often fixes were tried to find them.
    """

    name: str
    path: str
    encoding: str | None = None
    format: str = ""
    names: set[str] = field(default_factory=set)
    uses: list[tuple[int, str]] = field(default_factory=list)
    configs: set[str] = field(default_factory=set)
    before: bytes | None = None
    after: bytes | None = None
    fixed: int = 0
    left: int = 0
    trials: int = 0
    refused: frozenset[tuple[str, str]] = frozenset()

    def with_fixes(self, data: bytes, findings: Iterable[Finding]) -> Fixed:
        """Bytes of the file with the fixes of findings; raises TermcheckError as `apply` does."""
        return apply(data, self.name, self.encoding, findings, self.format)

    @property
    def changed(self) -> bool:
        """Whether there is something to write."""
        return self.after != self.before


def files_of(jobs: Iterable[Job], settings: Settings) -> dict[str, File]:
    """The files of all jobs and the baselines by name. A file with several names is one `File`."""
    by_place: dict[str, File] = {}
    by_name: dict[str, File] = {}
    for number, job in enumerate(jobs):
        own = settings.of(job.config)
        if own.baseline:
            baseline = by_name.setdefault(
                own.baseline, File(own.baseline, own.baseline, names={own.baseline})
            )
            baseline.configs.add(job.config)
        for name, path, data, which in (
            (job.source_name, job.source, job.data, "data"),
            (job.target_name, job.target, job.target_data, "target_data"),
        ):
            if not name or path is None:
                continue
            place = "" if data is not None else str(path)
            form = _format_name(name, data, own)
            file = by_place.setdefault(
                os.path.realpath(place) if place else "", File(name, place, own.encoding, form)
            )
            file.configs.add(job.config)
            file.uses.append((number, which))
            if data is not None:
                file.before = file.after = data
            by_name[name] = file
            file.names.add(name)
    return by_name


def _format_name(name: str, data: bytes | None, settings: Settings) -> str:
    """The name of the format of a file; empty if it cannot be told."""
    with contextlib.suppress(TermcheckError):
        return format_name(name, read_options(settings)) or package_format(data or b"")
    return ""


def standard_input(files: dict[str, File]) -> bytes | None:
    """Standard input with its fixes; None if it is not read."""
    return next((file.after for file in files.values() if not file.path), None)


def sorted_by_name(files: Iterable[File]) -> list[File]:
    """The files, each once, sorted by name."""
    return sorted(set(files), key=lambda file: file.name)
