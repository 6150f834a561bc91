"""Reads and aligns the texts of jobs without a glossary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termcheck.config import Settings
from termcheck.engine.prepare import align, documents_of, passed_over, place_of, read_options, row_errors
from termcheck.engine.units import is_in_stretches, size_of
from termcheck.jobs import Job
from termcheck.model import Bitext, Document, Segment, Side, TermcheckError


def bitexts(
    job: Job, settings: Settings, languages: tuple[str, str], notices: list[str], errors: list[TermcheckError]
) -> Iterator[Bitext]:
    """The aligned bitexts of a job in two languages: one, or one for each stretch of a big file of rows.

    Errors of the file and its rows are added to `errors`. A file that nobody named and that is not bilingual
    gives a notice.
    """
    try:
        for documents in _documents(job, settings, languages):
            bitext = align(documents, languages, _no_concepts)
            errors += row_errors(bitext)
            yield bitext
    except TermcheckError as error:
        notice = passed_over(job, error)
        if notice is None:
            errors.append(error)
        else:
            notices.append(str(notice))


def _documents(job: Job, settings: Settings, languages: tuple[str, str]) -> Iterator[Sequence[Document]]:
    if not is_in_stretches(job, size_of(job), settings, whole=False):
        yield documents_of(job, settings, languages)
        return
    from termcheck.readers.stretches import stretches

    options = read_options(settings, languages)
    for stretch in stretches(place_of(job), job.source_name, options):
        yield stretch.documents(job.source_name, options)


def _no_concepts(segments: Sequence[Segment], _: Side) -> Sequence[frozenset[str]]:
    return [frozenset()] * len(segments)
