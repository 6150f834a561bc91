"""The languages that a file itself declares, for files that nobody else gives languages."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.jobs import Job
from termcheck.lazy import compile_later
from termcheck.model import TermcheckError, same_language
from termcheck.plain_files import open_plain
from termcheck.readers import ReadOptions, format_at
from termcheck.readers.encoding import recognised

if TYPE_CHECKING:
    from termcheck.readers.protocols import LanguageDeclarer

# So many bytes show what a file says of itself. Chosen by hand.
_HEAD = 1 << 16
_LANGUAGE_TAG = compile_later(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def with_declared_languages(jobs: Sequence[Job], settings: Settings) -> Sequence[Job]:
    """The jobs, each with the languages that its file declares, as far as the user names none.

    The glossary may well lack a language that only a file names, so it counts as one from a path.
    """
    return [_with_languages(job, settings.of(job.config)) for job in jobs]


def _with_languages(job: Job, settings: Settings) -> Job:
    asked = job.source_lang or settings.source_lang, job.target_lang or settings.target_lang
    if job.missing or all(asked):
        return job
    if job.target is not None:
        return job if any(asked) else _with_languages_of_halves(job, settings)
    source, target = _declared(job.source_name, str(job.source), job.data, settings)
    added = _added(source, target, asked)
    if not any(added):
        return job
    return replace(
        job,
        source_lang=job.source_lang or added[0],
        target_lang=job.target_lang or added[1],
        lang_from_path=True,
    )


def _with_languages_of_halves(job: Job, settings: Settings) -> Job:
    """The job of two files with the languages that they declare, if both do and they differ."""
    _, source = _declared(job.source_name, str(job.source), job.data, settings)
    _, target = _declared(job.target_name, str(job.target), job.target_data, settings)
    if not source or not target or source == target:
        return job
    return replace(job, source_lang=source, target_lang=target, lang_from_path=True)


def _declared(name: str, path: str, data: bytes | None, settings: Settings) -> tuple[str, str]:
    """The languages that a file declares, empty if it does not, or if its kind never does."""
    form = format_at(name, ReadOptions(format=settings.format, formats=settings.formats))
    if form is None or not form.declares_language:
        return "", ""
    reader: LanguageDeclarer = form.load()
    source, target = map(_tag, reader.declared_languages(_head(name, path, data, settings)))
    return source, target


def _added(source: str, target: str, asked: tuple[str, str]) -> tuple[str, str]:
    """The languages to add to the ones asked for, of which one may be empty.

    None is added that is on the wrong side: the reader of the file says what languages it has instead.
    """
    # A file in one language is not about two; its reader says what it has.
    if source and source.casefold() == target.casefold():
        return "", ""
    if not any(asked):
        return source, target
    if asked[0]:
        if not source or same_language(source, asked[0]):
            return "", target
        return "", source if same_language(target, asked[0]) else ""
    if same_language(target, asked[1]):
        return source, ""
    return target if same_language(source, asked[1]) else "", ""


def _tag(tag: str) -> str:
    """A language tag as the settings take it; empty for something else."""
    tag = tag.strip().replace("_", "-")
    return tag if _LANGUAGE_TAG.fullmatch(tag) else ""


def _head(name: str, path: str, data: bytes | None, settings: Settings) -> str:
    """The beginning of a file; nothing if it cannot be read, which checking it will report."""
    if data is None:
        with contextlib.suppress(OSError, ValueError), open_plain(path) as file:
            data = file.read(_HEAD)
    data = (data or b"")[:_HEAD]
    try:
        mark, codec = recognised(data, name, settings.encoding)
    except TermcheckError:
        return ""
    return data[len(mark) :].decode(codec, "replace")
