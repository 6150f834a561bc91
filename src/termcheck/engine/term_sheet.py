"""Which terms of a glossary occur in a source text that is still to be translated.

A check finds them by the same means: each paragraph is judged opposite a text that renders nothing, so that
every term that occurs becomes an obligation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.prepare import active_in, read_documents, read_options
from termcheck.jobs import Job
from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.index.segment_matches import SegmentMatches
from termcheck.matching.judge_document import judge_document
from termcheck.matching.match import Match
from termcheck.matching.verdict import PairVerdict
from termcheck.model import Concept, Location, Segment, SegmentPair, Side, Status, Term, TermInText
from termcheck.text.positions import segment_location

# It has a text, so its pair is judged, and no word, so it renders nothing.
_NOTHING = Segment("…", ())


def term_sheet(job: Job, settings: Settings) -> tuple[TermInText, ...]:
    """The terms of a job's text in the order in which they first occur.

    Raises TermcheckError if the text or the glossary cannot be read.
    """
    compiled = Glossaries(settings).compiled(job.use)
    # A text that is to be translated has no translation yet, or one that is to be looked at again.
    options = replace(read_options(settings, compiled.languages), untranslated=True, unfinished=True)
    document = read_documents(job, options)[0]
    active = active_in(document, job.source_name, settings)
    segments = [segment for segment in document.segments if segment.side is not Side.TARGET]
    pairs = [SegmentPair((segment,), (_NOTHING,)) for segment in segments]
    verdicts = judge_document(pairs, compiled, SegmentMatches(compiled), active)
    found: dict[str, tuple[Concept, list[Location]]] = {}
    for concept, match in _occurrences(verdicts):
        places = found.setdefault(concept.id, (concept, []))[1]
        places.append(segment_location(document, match.segment, match.span))
    terms = (_in_text(concept, places, compiled, active) for concept, places in found.values())
    return tuple(sorted(terms, key=lambda term: (term.places[0].line, term.places[0].column)))


def _occurrences(verdicts: Iterable[PairVerdict]) -> Iterator[tuple[Concept, Match]]:
    """The occurrences of each concept, without those inside of a longer term."""
    for verdict in verdicts:
        all_matches = [match for obligation in verdict.obligations for match in obligation.occurrences]
        for obligation in verdict.obligations:
            for match in obligation.occurrences:
                if not any(_is_inside(match, other) for other in all_matches):
                    yield obligation.concept, match


def _is_inside(match: Match, other: Match) -> bool:
    return (
        other.segment is match.segment
        and other.span.start <= match.span.start
        and match.span.end <= other.span.end
        and len(match.span) < len(other.span)
    )


def _in_text(
    concept: Concept, places: Sequence[Location], compiled: CompiledGlossary, active: Callable[[Term], bool]
) -> TermInText:
    renderings = [term for term in concept.in_language(compiled.target_lang) if active(term)]
    accepted = sorted(
        (term for term in renderings if term.status.accepted),
        key=lambda term: term.status is not Status.PREFERRED,
    )
    return TermInText(
        concept.id,
        concept.in_language(compiled.source_lang)[0].text,
        tuple(dict.fromkeys(term.text for term in accepted)),
        tuple(term.text for term in renderings if not term.status.accepted),
        tuple(sorted(places, key=lambda place: (place.line, place.column))),
        concept.keep,
        concept.definition,
        concept.note,
        str(concept.origin),
    )
