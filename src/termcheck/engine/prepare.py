"""From a job to an aligned bitext that is ready to be checked. This step reads the files."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from termcheck.align.sides import are_swapped
from termcheck.config import Settings
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.notices import NOT_CHECKED, ONE_LANGUAGE, FileNotice
from termcheck.engine.project_paths import project_root
from termcheck.globs import absolute_path, relative_path
from termcheck.jobs import Job
from termcheck.lazy import compile_later
from termcheck.matching.index.compiled_glossary import CompiledGlossary, active_terms
from termcheck.matching.index.segment_matches import SegmentMatches
from termcheck.messages import file_error
from termcheck.model import Bitext, Document, SegmentPair, Term, TermcheckError
from termcheck.plain_files import read_plain
from termcheck.readers import FORMATS, Format, NotBilingualError, ReadOptions, format_at, read_document
from termcheck.readers.base import more_rows

if TYPE_CHECKING:
    from termcheck.align.placed import LocateRows
    from termcheck.align.profile import Anchors
    from termcheck.prefilter.prefilter import PrefilterResult
    from termcheck.readers.stretches import Stretch

_DATE_IN_NAME = compile_later(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")

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
    active = active_in(bitext.source, bitext.target.path, settings)
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
    active = active_in(Document(name, "", (), ()), name, settings)
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


def active_in(source: Document, path: str, settings: Settings) -> Callable[[Term], bool]:
    """Which terms are active in the target at `path`, on the date that the source document bears."""
    date = settings.date or document_date(source) or datetime.date.today().isoformat()
    return active_terms(date, path)


def documents_of(job: Job, settings: Settings, languages: tuple[str, str]) -> list[Document]:
    """The bilingual document of a job, or its source and target documents in this order."""
    documents = read_documents(job, read_options(settings, languages))
    if job.target is not None and are_swapped(documents[0], documents[1], *languages):
        # Either file may have been named as the source.
        documents.reverse()
    return documents


def read_documents(job: Job, options: ReadOptions) -> list[Document]:
    """The bilingual document of a job, or its source and target documents."""
    form = format_of_job(job, options)
    if form is not None and form.binary:
        from termcheck.readers.stretches import whole

        return whole(place_of(job), job.source_name, options).documents(job.source_name, options)
    for name in (job.source_name, job.target_name) if job.target is not None else ():
        half = format_at(name, options)
        if half is not None and half.holds_both_sides:
            raise _not_a_half(name, half)
    options = replace(options, half=job.target is not None)
    found = [read_document(name, read_bytes(path, name, data), options) for path, name, data in files_of(job)]
    _require_languages(found, _root(job))
    return found


def _not_a_half(name: str, form: Format) -> TermcheckError:
    message = f"{form.file} holds both sides, so it is neither"
    return TermcheckError(message, path=name, advice="name it alone: termcheck check FILE")


def _require_languages(documents: Sequence[Document], root: str) -> None:
    """Raise TermcheckError unless documents with named texts have one language each, or one of them both."""
    forms = [FORMATS.get(document.format) for document in documents]
    for document, form in zip(documents, forms, strict=True):
        if form is None or not form.keyed or not document.segments:
            continue
        holds_both = document.segments[0].row is not None
        if len(documents) == 1 and not holds_both:
            raise _one_language(document.path, root)
        if len(documents) > 1 and holds_both:
            message = "holds both languages, so it is neither side"
            advice = "name it alone: termcheck check FILE"
            raise TermcheckError(message, path=document.path, advice=advice)
    if len({form is not None and form.keyed for form in forms}) > 1:
        message = "its texts have names, and those of its other half have none"
        named = next(
            one for one, form in zip(documents, forms, strict=True) if form is not None and form.keyed
        )
        raise TermcheckError(message, path=named.path, advice="pair it with a file of its kind")


def _root(job: Job) -> str:
    """The absolute directory of the config file that holds for a job, or else the working directory."""
    return absolute_path(job.config).rpartition("/")[0] or "/" if job.config else absolute_path(".")


def _one_language(path: str, root: str) -> NotBilingualError:
    """The error about a file in one language; entries of `pairs` are relative to the `root`."""
    from termcheck.language_layout import fitting_entry

    advice = f"name its other half: --source {path} --target FILE"
    if path not in ("-", "<stdin>"):
        relative = relative_path(absolute_path(path), root)
        entry = fitting_entry(relative, f"{root.rstrip('/')}/") or f"{relative} : FILE"
        advice += f', or pair them in the configuration: pairs = ["{entry}"]'
    error = TermcheckError("holds texts in one language only", path=path, advice=advice)
    return NotBilingualError(error, ONE_LANGUAGE)


def format_of_job(job: Job, options: ReadOptions) -> Format | None:
    """The format of a job's only file; None if it cannot be told, or if there are two files."""
    return format_at(job.source_name, options) if job.target is None else None


def place_of(job: Job) -> str | bytes:
    """The path of a job's only file, or its content where that was given."""
    return str(job.source) if job.data is None else job.data


def passed_over(job: Job, error: TermcheckError) -> FileNotice | None:
    """The notice about a file that is not bilingual and that nobody named; None if it is an error.

    The settings name both halves of a pair, so a pair is never passed over.
    """
    if job.named or job.target is not None or not isinstance(error, NotBilingualError):
        return None
    return FileNotice(job.source_name, f"{error.lack}, not checked", NOT_CHECKED + error.lack)


def damaged_catalog(job: Job, document: Document, errors: Sequence[TermcheckError]) -> FileNotice | None:
    """The notice about texts of a catalogue that cannot be read; None if somebody named the file."""
    form = FORMATS.get(document.format)
    is_catalog = form is not None and (form.catalog or form.keyed)
    if not errors or job.named or job.target is not None or not is_catalog:
        return None
    count, first = max(len(errors), document.unread), errors[0]
    translations = "1 translation was" if count == 1 else f"{count} translations were"
    where = f"{first.line}:{first.column}: {first.message}"
    text = f"{translations} not checked; {'it' if count == 1 else 'the first'} cannot be read: {where}"
    return FileNotice(job.source_name, text, "have translations that cannot be read")


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


def files_of(job: Job) -> Iterator[tuple[str, str, bytes | None]]:
    """The one or two files of a job: the path, the name, and the bytes where they were given."""
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
        unfinished=settings.unfinished,
        hidden_cells=settings.hidden_cells,
        html_attributes=settings.html_attributes,
    )
