"""The languages that a file itself names, for files that nobody else gives languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.lazy import compile_later
from termcheck.model import TermcheckError
from termcheck.plain_files import open_plain
from termcheck.readers import ReadOptions, format_at
from termcheck.readers.encoding import recognised

if TYPE_CHECKING:
    from termcheck.readers.protocols import LanguageNamer

# So many bytes show what a file says of itself. Chosen by hand.
_HEAD = 1 << 16
_LANGUAGE_TAG = compile_later(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


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
    source, target = map(_tag, module.languages(_head(job, settings)))
    # A file in one language is not about two; its reader says what it has.
    if not source or source == target:
        return job
    return replace(job, source_lang=source, target_lang=target, lang_from_path=True)


def _tag(tag: str) -> str:
    """A language tag as the settings take it; empty for something else."""
    tag = tag.strip().replace("_", "-")
    return tag if _LANGUAGE_TAG.fullmatch(tag) else ""


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
