"""The languages that files declare themselves, for jobs to which nobody else gives languages."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.prepare import files_of, read_options
from termcheck.jobs import Job
from termcheck.plain_files import open_plain
from termcheck.readers import ReadOptions, format_at

if TYPE_CHECKING:
    from termcheck.readers.protocols import LanguageDeclarer

# A declaration is sought in so many bytes. The header of a catalogue is no longer.
_HEAD = 1 << 14


def with_declared_languages(jobs: Sequence[Job], settings: Settings) -> Sequence[Job]:
    """The jobs, each in the languages that its files declare, unless the user names one.

    The glossary may well lack a language that only a file names, so it counts as one from a path.
    """
    return [_with_declared_languages(job, settings.of(job.config)) for job in jobs]


def _with_declared_languages(job: Job, settings: Settings) -> Job:
    named = job.target_lang or settings.target_lang
    if job.target is not None:
        named = named or job.source_lang or settings.source_lang
    if job.missing or named:
        return job
    declared = [
        _declared_language(path, name, data, read_options(settings)) for path, name, data in files_of(job)
    ]
    if len(declared) == 1:
        return replace(job, target_lang=declared[0], lang_from_path=True) if declared[0] else job
    if not all(declared) or declared[0] == declared[1]:
        return job
    return replace(job, source_lang=declared[0], target_lang=declared[1], lang_from_path=True)


def _declared_language(path: str, name: str, data: bytes | None, options: ReadOptions) -> str:
    """The language that a file declares; empty if it does not, or if its kind never does."""
    form = format_at(name, options)
    if form is None or not form.declares_language:
        return ""
    head = data
    if head is None:
        with contextlib.suppress(OSError, ValueError), open_plain(path) as file:
            head = file.read(_HEAD)
    reader: LanguageDeclarer = form.load()
    return reader.declared_language((head or b"")[:_HEAD].decode("utf-8-sig", "replace"))
