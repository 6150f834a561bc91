"""Finds the terms at a position of an open text, and the places of a term in all texts of a workspace."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import Location as Place
from lsprotocol.types import Position
from msgspec import Struct
from pygls.uris import from_fs_path

from termcheck.config import Settings
from termcheck.engine import PreparedBitext
from termcheck.globs import absolute_path
from termcheck.jobs import Job
from termcheck.model import Concept, Side, Span, TermcheckError
from termcheck.server.lines import Lines
from termcheck.server.open_text import OpenText
from termcheck.server.pair_at import PairAt, pair_at, places
from termcheck.server.project import Project


class Prepared(Struct):
    """A text with its bitexts as they were at a version: for each job the bitext and the text's side in it.

    A bilingual text is on both sides of its bitext.
    """

    version: int
    bitexts: list[tuple[PreparedBitext, tuple[Side, ...], Settings]]


class Lookup:
    """Looks up terms; remembers the bitexts of the texts that were asked about last."""

    def __init__(self, project: Project, encoding: str) -> None:
        self._project, self._encoding = project, encoding
        self._known: dict[str, Prepared] = {}

    def at(self, text: OpenText, position: Position) -> tuple[PairAt, int] | None:
        """The pair at a position, and the offset of the position; None outside of pairs.

        A place at a term or a rendering comes before others of the same text.
        """
        offset = text.lines.offset(position)
        found = None
        for prepared, sides, settings in self.bitexts(text):
            for side in sides:
                pair = pair_at(prepared, side, offset, settings)
                if pair is not None and pair.matches_at(offset):
                    return pair, offset
                found = found or pair
        return (found, offset) if found else None

    def in_target(self, text: OpenText, offset: int) -> PairAt | None:
        """The pair whose translation holds an offset; None if the offset is in no translation."""
        for prepared, sides, settings in self.bitexts(text):
            found = pair_at(prepared, Side.TARGET, offset, settings) if Side.TARGET in sides else None
            if found is not None:
                return found
        return None

    def bitexts(self, text: OpenText) -> list[tuple[PreparedBitext, tuple[Side, ...], Settings]]:
        """The bitexts of a text, with the sides that it is on; files without pairs have none."""
        known = self._known.get(text.path)
        if known is None or known.version != text.version:
            known = Prepared(text.version, list(self._bitexts(text)))
            # Few texts are asked about at a time, and each holds its whole bitext.
            self._known = {**dict(list(self._known.items())[-3:]), text.path: known}
        return known.bitexts

    def references(self, concept: Concept, top: str) -> Iterator[Place]:
        """The places where a concept occurs in the source texts below a directory."""
        jobs, settings = self._project.all_jobs(top)
        for job in jobs:
            try:
                prepared = self._project.prepared(job, settings)
            except TermcheckError:
                continue
            yield from self._places(prepared, concept)

    def _places(self, prepared: PreparedBitext, concept: Concept) -> Iterator[Place]:
        document = prepared.bitext.source
        lines = Lines(document.raw, document.line_starts, self._encoding)
        uri = from_fs_path(absolute_path(document.path)) or ""
        for span in dict.fromkeys(places(prepared, concept)):
            yield Place(uri, lines.range_of(span.start, span.end))

    def _bitexts(self, text: OpenText) -> Iterator[tuple[PreparedBitext, tuple[Side, ...], Settings]]:
        work = self._project.work(text)
        for job in work.jobs:
            try:
                prepared = self._project.prepared(job, work.settings)
            except TermcheckError:
                continue
            yield prepared, _sides(job, text, prepared), work.settings.of(job.config)


def _sides(job: Job, text: OpenText, prepared: PreparedBitext) -> tuple[Side, ...]:
    if job.target is None:
        return (Side.TARGET, Side.SOURCE)
    is_source = absolute_path(prepared.bitext.source.path) == text.path
    return (Side.SOURCE,) if is_source else (Side.TARGET,)


def span_of(pair: PairAt, offset: int) -> Span | None:
    """The raw span of the longest term or rendering at an offset."""
    found = pair.matches_at(offset)
    return found[0][1] if found else None
