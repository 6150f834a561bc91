"""The languages that a file itself names, for files that nobody else gives languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.model import TermcheckError
from termcheck.plain_files import open_plain
from termcheck.readers import ReadOptions, format_at
from termcheck.readers.encoding import recognised

if TYPE_CHECKING:
    from termcheck.readers.protocols import LanguageNamer

# So many bytes show what a file says of itself. Chosen by hand.
_HEAD = 1 << 16


def with_file_languages(jobs: Sequence[Job], settings: Settings) -> Sequence[Job]:
    """The jobs, each with the languages that its file names, unless the settings or the job have some."""
    if settings.source_lang or settings.target_lang:
        return jobs
    return [_with_languages(job, settings) for job in jobs]


def _with_languages(job: Job, settings: Settings) -> Job:
    if job.missing or job.target is not None or job.source_lang or job.target_lang:
        return job
    form = format_at(job.source_name, ReadOptions(format=settings.format, formats=settings.formats))
    if form is None or not form.names_languages:
        return job
    module: LanguageNamer = form.load()
    source, target = module.languages(_head(job, settings))
    if not source:
        return job
    return replace(job, source_lang=_tag(source), target_lang=_tag(target), lang_from_path=True)


def _tag(tag: str) -> str:
    return tag.replace("_", "-")


def _head(job: Job, settings: Settings) -> str:
    """The beginning of a job's file; nothing if it cannot be read, which checking it will report."""
    try:
        if job.data is not None:
            data = job.data[:_HEAD]
        else:
            with open_plain(str(job.source)) as file:
                data = file.read(_HEAD)
        mark, codec = recognised(data, job.source_name, settings.encoding)
    except (OSError, TermcheckError):
        return ""
    return data[len(mark) :].decode(codec, "replace")
