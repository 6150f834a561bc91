"""From a job to an aligned bitext with the matches of its segments: the step that reads files."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.align import align_document, align_documents
from termcheck.align.sides import are_swapped
from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.project_paths import project_root
from termcheck.lazy import compile_later
from termcheck.matching.index.compiled_glossary import CompiledGlossary, active_terms
from termcheck.matching.match import Match
from termcheck.model import (
    Bitext,
    Document,
    Segment,
    Side,
    Term,
    TermcheckError,
)
from termcheck.readers import NotBilingualError, ReadOptions, is_parquet, read_document
from termcheck.readers.base import more_rows

if TYPE_CHECKING:
    from termcheck.prefilter.prefilter import PrefilterResult
    from termcheck.readers.pair_rows import PairRows
    from termcheck.readers.stretches import Stretch

_DATE_IN_NAME = compile_later(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


class Prepared(Struct, frozen=True):
    """A job that has been read and aligned, with the matches of each segment.

    `root` is the absolute directory from which fingerprints name the files. `sifted` tells of the pairs that
    are not there, since they are in order.
    """

    compiled: CompiledGlossary
    bitext: Bitext
    matches: Matches
    active: Callable[[Term], bool]
    root: str = ""
    prefiltered: PrefilterResult | None = None


class Matches:
    """The lexicons' matches by segment; each segment is scanned once."""

    def __init__(self, compiled: CompiledGlossary) -> None:
        self._lexicons = {Side.SOURCE: compiled.source, Side.TARGET: compiled.target}
        self._known: dict[Side, dict[int, tuple[Match, ...]]] = {side: {} for side in Side}

    def scan(self, segments: Sequence[Segment], side: Side) -> list[tuple[Match, ...]]:
        """The matches of each segment, all new ones found in one pass."""
        known = self._known[side]
        new = [segment for segment in segments if id(segment) not in known]
        for segment, matches in zip(new, self._lexicons[side].scan(new), strict=True):
            known[id(segment)] = matches
        return [known[id(segment)] for segment in segments]

    def anchors(self, segments: Sequence[Segment], side: Side) -> list[frozenset[str]]:
        """The concepts seen in each segment, which the aligner takes for anchors."""
        return [frozenset(match.concept.id for match in found) for found in self.scan(segments, side)]


def prepare(job: Job, settings: Settings, glossaries: Glossaries) -> Prepared:
    """Read and align one job."""
    compiled = glossaries.compiled(job.glossaries)
    languages = (compiled.source_lang, compiled.target_lang)
    options = read_options(settings, languages)
    documents = _documents(job, options)
    matches = Matches(compiled)
    if len(documents) == 2:
        # Texts may go either way, and so may files, whichever was named as the source.
        source, target = documents
        if job.target is not None and are_swapped(source, target, *languages):
            source, target = target, source
        bitext = align_documents(source, target, matches.anchors)
    else:
        bitext = align_document(documents[0], *languages, matches.anchors)
    root = project_root(job.source_name, settings, job.glossaries)
    return Prepared(compiled, bitext, matches, _active(bitext.source, bitext.target.path, settings), root)


def prepare_stretch(
    job: Job, stretch: Stretch | PairRows, settings: Settings, glossaries: Glossaries
) -> Prepared:
    """Read and align a stretch of a job's file, without the rows that are in order at first sight."""
    from termcheck.prefilter.prefiltered_stretch import documents_of, prefilter_for, prefilter_stretch

    compiled, name = glossaries.compiled(job.glossaries), job.source_name
    languages = (compiled.source_lang, compiled.target_lang)
    options, matches = read_options(settings, languages), Matches(compiled)
    active = _active(Document(name, "", (), ()), name, settings)
    prefilter = glossaries.prefilter(
        job.glossaries, name, lambda: prefilter_for(compiled, active, settings, name)
    )
    thin = prefilter_stretch(name, stretch, options, prefilter) if prefilter is not None else None
    documents = documents_of(name, thin.stretch if thin else stretch, options)
    outline = functools.partial(thin.outline, documents[0]) if thin else None
    source, target = documents[0], documents[-1]
    if source is target:
        bitext = align_document(source, *languages, matches.anchors, outline)
    else:
        bitext = align_documents(source, target, matches.anchors, outline)
    root = project_root(name, settings, job.glossaries)
    return Prepared(compiled, bitext, matches, active, root, thin.result if thin else None)


def _active(source: Document, path: str, settings: Settings) -> Callable[[Term], bool]:
    """Which terms are valid in the target text at a path, on the date that its source bears."""
    date = settings.date or document_date(source) or datetime.date.today().isoformat()
    return active_terms(date, path)


def _documents(job: Job, options: ReadOptions) -> list[Document]:
    """The bilingual document of a job, or one for either side."""
    if is_table(job, options):
        from termcheck.readers.parquet import whole

        return whole(place_of(job), job.source_name, options).documents(job.source_name, "parquet")
    return [read_document(name, read_bytes(path, name, data), options) for path, name, data in _files(job)]


def is_table(job: Job, options: ReadOptions) -> bool:
    """Whether a job is a file of pairs that is no text."""
    return job.target is None and is_parquet(job.source_name, options)


def place_of(job: Job) -> str | bytes:
    """Where the one file of a job lies, or what is in it where that was given."""
    return str(job.source) if job.data is None else job.data


def passed_over(job: Job, error: TermcheckError) -> str:
    """The notice about a file that nobody named and that is not bilingual; empty where it is a mistake.

    The half of a pair is always meant: it is the settings that name it.
    """
    if job.named or job.target is not None or not isinstance(error, NotBilingualError):
        return ""
    return f"{job.source_name}: {error.lack}, not checked"


def row_errors(bitext: Bitext) -> tuple[TermcheckError, ...]:
    """What is wrong with single rows of the files of a bitext, which stand beside those that were paired."""
    documents = {document.path: document for document in (bitext.source, bitext.target)}
    return tuple(error for document in documents.values() for error in _row_errors(document))


def _row_errors(document: Document) -> Iterator[TermcheckError]:
    yield from document.errors
    if left := document.unread - len(document.errors):
        yield more_rows(left, document.path)


def document_date(document: Document) -> str:
    """The ISO date a document bears in its front matter or its file name; empty if none."""
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
    """The bytes of a file, or those given in its place; TermcheckError if it cannot be read."""
    if data is not None:
        return data
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be one more import at start-up
            return file.read()
    except OSError as error:
        raise TermcheckError(f"cannot be read: {(error.strerror or str(error)).lower()}", path=name) from None


def read_options(settings: Settings, languages: tuple[str, str] = ("", "")) -> ReadOptions:
    """How to read texts in two languages."""
    return ReadOptions(
        encoding=settings.encoding,
        format=settings.format,
        source_key=settings.source_key,
        target_key=settings.target_key,
        source_lang=languages[0],
        target_lang=languages[1],
    )
