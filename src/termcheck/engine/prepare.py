"""From a job to an aligned bitext that is ready to be checked. This step reads the files."""

from __future__ import annotations

import contextlib
import datetime
import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from termcheck.align.sides import are_swapped
from termcheck.config import Settings
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.notices import FileNotice
from termcheck.engine.project_paths import project_root
from termcheck.jobs import Job
from termcheck.lazy import compile_later
from termcheck.matching.index.compiled_glossary import CompiledGlossary, active_terms
from termcheck.matching.index.segment_matches import SegmentMatches
from termcheck.messages import file_error
from termcheck.model import Bitext, Document, SegmentPair, Term, TermcheckError
from termcheck.plain_files import open_plain, read_plain
from termcheck.readers import FORMATS, Format, NotBilingualError, ReadOptions, format_at, read_document
from termcheck.readers.base import more_rows

if TYPE_CHECKING:
    from termcheck.align.placed import LocateRows
    from termcheck.align.profile import Anchors
    from termcheck.prefilter.prefilter import PrefilterResult
    from termcheck.readers.protocols import CatalogReader
    from termcheck.readers.stretches import Stretch

_DATE_IN_NAME = compile_later(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


# The header of a catalogue is no longer than this, in bytes.
_HEAD = 1 << 14
# With fewer pairs, importing the prefilter takes longer than judging them all.
_MANY_PAIRS = 20


class PreparedBitext(Struct, frozen=True):
    """An aligned bitext with all that checking it needs.

    `active` says which terms are valid on the bitext's date and in scope for its target. `root` is the
    absolute directory from which fingerprints name the files. `prefiltered` counts the pairs that the
    prefilter settled, which need no verdict. `to_judge` are the pairs that need one; None: all pairs of the
    bitext. `settled_paragraphs` counts the settled pairs that are still in the bitext and are no rows.
    `is_start`: the bitext begins a file. `independent`: its pairs have nothing to do with one another.
    """

    compiled: CompiledGlossary
    bitext: Bitext
    matches: SegmentMatches
    active: Callable[[Term], bool]
    root: str = ""
    prefiltered: PrefilterResult | None = None
    to_judge: tuple[SegmentPair, ...] | None = None
    settled_paragraphs: int = 0
    is_start: bool = True
    independent: bool = False


def prepare_job(job: Job, settings: Settings, glossaries: Glossaries) -> PreparedBitext:
    """Read and align the files of a job; TermcheckError if they cannot be read or are not bilingual."""
    compiled = glossaries.compiled(job.use)
    matches = SegmentMatches(compiled)
    documents = documents_of(job, settings, compiled.languages)
    bitext = align(documents, compiled.languages, matches.anchors)
    root = project_root(job.source_name, settings, job.glossaries)
    active = _active(bitext.source, bitext.target.path, settings)
    return PreparedBitext(compiled, bitext, matches, active, root)


def without_settled(prepared: PreparedBitext, job: Job, glossaries: Glossaries) -> PreparedBitext:
    """The bitext of a job with its plainly correct pairs settled, if it has many pairs."""
    pairs = prepared.bitext.pairs
    if len(pairs) < _MANY_PAIRS:
        return prepared
    from termcheck.prefilter.prefiltered_pairs import prefilter_pairs

    name = prepared.bitext.target.path
    prefilter = glossaries.prefilter(job.use, prepared.active, name)
    filtered = prefilter_pairs(pairs, prefilter) if prefilter is not None else None
    if filtered is None:
        return prepared
    return replace(
        prepared,
        prefiltered=filtered.result,
        to_judge=filtered.to_judge,
        settled_paragraphs=filtered.paragraphs,
    )


def prepare_stretch(job: Job, stretch: Stretch, settings: Settings, glossaries: Glossaries) -> PreparedBitext:
    """Read and align a stretch of a job's file without the rows that the prefilter settles.

    Raises TermcheckError as `prepare_job` does.
    """
    from termcheck.prefilter.prefiltered_stretch import prefilter_stretch

    compiled, name = glossaries.compiled(job.use), job.source_name
    options, matches = read_options(settings, compiled.languages), SegmentMatches(compiled)
    active = _active(Document(name, "", (), ()), name, settings)
    prefilter = glossaries.prefilter(job.use, active, name)
    filtered = prefilter_stretch(name, stretch, options, prefilter) if prefilter is not None else None
    documents = (filtered.stretch if filtered else stretch).documents(name, options)
    locate_rows = functools.partial(filtered.locate_rows, documents[0]) if filtered else None
    return PreparedBitext(
        compiled,
        align(documents, compiled.languages, matches.anchors, locate_rows),
        matches,
        active,
        project_root(name, settings, job.glossaries),
        filtered.result if filtered else None,
        is_start=stretch.first,
    )


def align(
    documents: Sequence[Document],
    languages: tuple[str, str],
    anchors: Anchors,
    locate_rows: LocateRows | None = None,
) -> Bitext:
    """Pair the segments of one bilingual document, or of a source and a target document."""
    if len(documents) == 1:
        from termcheck.align.bilingual_document import align_document

        return align_document(documents[0], *languages, anchors, locate_rows)
    from termcheck.align.parallel_documents import align_documents

    source, target = documents
    return align_documents(source, target, anchors, locate_rows)


def _active(source: Document, path: str, settings: Settings) -> Callable[[Term], bool]:
    """Which terms are active in the target at `path`, on the date that the source document bears."""
    date = settings.date or document_date(source) or datetime.date.today().isoformat()
    return active_terms(date, path)


def documents_of(job: Job, settings: Settings, languages: tuple[str, str]) -> list[Document]:
    """The bilingual document of a job, or its source and target documents in this order."""
    documents = _documents(job, read_options(settings, languages))
    if job.target is not None and are_swapped(documents[0], documents[1], *languages):
        # Either file may have been named as the source.
        documents.reverse()
    return documents


def _documents(job: Job, options: ReadOptions) -> list[Document]:
    """The bilingual document of a job, or its source and target documents."""
    form = format_of_job(job, options)
    if form is not None and form.binary:
        from termcheck.readers.stretches import whole

        return whole(place_of(job), job.source_name, options).documents(job.source_name, options)
    for name in (job.source_name, job.target_name) if job.target is not None else ():
        half = format_at(name, options)
        if half is not None and half.catalog:
            message = f"a {half.title} file holds both sides, so it is neither"
            raise TermcheckError(message, path=name, advice="name it alone: termcheck check FILE")
    return [read_document(name, read_bytes(path, name, data), options) for path, name, data in _files(job)]


def format_of_job(job: Job, options: ReadOptions) -> Format | None:
    """The format of a job's only file; None if it cannot be told, or if there are two files."""
    return format_at(job.source_name, options) if job.target is None else None


def with_declared_languages(jobs: Sequence[Job], settings: Settings) -> Sequence[Job]:
    """The jobs, each catalogue of messages in the language that it declares, unless the user names one.

    The glossary may well lack a language that only a file names, so it counts as one from a path.
    """
    return [
        replace(job, target_lang=language, lang_from_path=True)
        if (language := _declared_language(job, settings.of(job.config)))
        else job
        for job in jobs
    ]


def _declared_language(job: Job, settings: Settings) -> str:
    form = format_of_job(job, read_options(settings))
    if form is None or not form.catalog or job.target_lang or settings.target_lang:
        return ""
    head = job.data
    if head is None:
        with contextlib.suppress(OSError, ValueError), open_plain(str(job.source)) as file:
            head = file.read(_HEAD)
    reader: CatalogReader = form.load()
    return reader.declared_language((head or b"")[:_HEAD].decode("utf-8-sig", "replace"))


def place_of(job: Job) -> str | bytes:
    """The path of a job's only file, or its content where that was given."""
    return str(job.source) if job.data is None else job.data


def passed_over(job: Job, error: TermcheckError) -> FileNotice | None:
    """The notice about a file that is not bilingual and that nobody named; None if it is an error.

    The settings name both halves of a pair, so a pair is never passed over.
    """
    if job.named or job.target is not None or not isinstance(error, NotBilingualError):
        return None
    return FileNotice(job.source_name, f"{error.lack}, not checked", f"were not checked: {error.lack}")


def damaged_catalog(job: Job, bitext: Bitext, errors: Sequence[TermcheckError]) -> FileNotice | None:
    """The notice about messages of a catalogue that cannot be read; None if somebody named the file."""
    form = FORMATS.get(bitext.source.format)
    if not errors or job.named or form is None or not form.catalog:
        return None
    count, first = max(len(errors), bitext.source.unread), errors[0]
    messages = "1 message was" if count == 1 else f"{count} messages were"
    where = f"{first.line}:{first.column}: {first.message}"
    text = f"{messages} not checked; {'it' if count == 1 else 'the first'} cannot be read: {where}"
    return FileNotice(job.source_name, text, "have messages that cannot be read")


def row_errors(bitext: Bitext) -> tuple[TermcheckError, ...]:
    """The errors in single rows of a bitext's files; the other rows are paired all the same."""
    documents = {document.path: document for document in (bitext.source, bitext.target)}
    return tuple(error for document in documents.values() for error in _row_errors(document))


def _row_errors(document: Document) -> Iterator[TermcheckError]:
    yield from document.errors
    if more := document.unread - len(document.errors):
        yield more_rows(more, document.path)


def document_date(document: Document) -> str:
    """The ISO date in a document's front matter or its file name; empty if there is none."""
    for text in (document.front_matter.get("date", ""), document.path.rpartition("/")[2]):
        for found in _DATE_IN_NAME.finditer(text):
            date = "-".join(found.groups())
            try:
                return datetime.date.fromisoformat(date).isoformat()
            except ValueError:
                continue
    return ""


def _files(job: Job) -> Iterator[tuple[str, str, bytes | None]]:
    yield str(job.source), job.source_name, job.data
    if job.target is not None:
        yield str(job.target), job.target_name, job.target_data


def read_bytes(path: str, name: str, data: bytes | None) -> bytes:
    """The bytes of a file, or `data` in its place; raises TermcheckError if it cannot be read."""
    if data is not None:
        return data
    try:
        return read_plain(path)
    except OSError as error:
        raise file_error("cannot be read", error, name) from None


def read_options(settings: Settings, languages: tuple[str, str] = ("", "")) -> ReadOptions:
    """How to read texts in two languages."""
    return ReadOptions(
        encoding=settings.encoding,
        format=settings.format,
        formats=settings.formats,
        source_key=settings.source_key,
        target_key=settings.target_key,
        source_lang=languages[0],
        target_lang=languages[1],
        front_matter=settings.front_matter,
        fuzzy=settings.fuzzy,
    )
