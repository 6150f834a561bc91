"""Explain why a term does or does not match in a file: `termcheck glossary trace TERM FILE`.

The file is checked as by `termcheck check`. The output has a verdict for every place with the letters of
the term, which explains a surprising finding or the lack of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from termcheck.config import Settings
from termcheck.engine import (
    Glossaries,
    PreparedBitext,
    check_bitext,
    no_such_term,
    prepare_job,
    row_errors,
    with_declared_languages,
)
from termcheck.jobs import Job
from termcheck.matching.match import Match, Trait
from termcheck.matching.verdict import Dismissal, Obligation, PairVerdict, Reason
from termcheck.model import Concept, Document, Side, TermcheckError, same_language
from termcheck.text.positions import segment_location

_REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.SHIELDED: "shielded by except_in: “{detail}”",
        Reason.INSIDE_LONGER_TERM: "inside the longer term “{detail}”",
        Reason.OTHER_ENTRY_PREFERRED: "another entry with the same letters has priority",
        Reason.JOINED: "joined to its neighbour by a hyphen or the like, or perhaps part of a longer word",
        Reason.PARAGRAPH_IN_CAPITALS: "the whole paragraph is in capitals, so they do not tell whether the "
        "acronym is meant",
        Reason.VERB_OF_NOUN: "it is a verb, its renderings are nouns, and its entry has no `part_of_speech`",
        Reason.STRADDLES_WORDS: "it cuts the dictionary word “{detail}”",
        Reason.PART_OF_KEPT_NAME: "the target keeps the longer name “{detail}” as it is",
        Reason.KEPT_IN_MARKS: "both sides set off “{detail}” as it is",
        Reason.SAME_ON_BOTH_SIDES: "both sides are the same text",
        Reason.RENDERED_AS_OTHER_ENTRY: "another entry at the same place is rendered",
        Reason.ASKED_BY_OTHER_ENTRY: "another entry at the same place asks for the same rendering",
        Reason.NO_VALID_RENDERING: "the glossary has no accepted rendering that is valid here",
        Reason.NO_TARGET_TEXT: "its counterpart has no text",
        Reason.PAIR_TOO_UNSURE: "the pairing is too uncertain to tell",
        Reason.NOT_OPPOSITE_ITS_TERM: "no occurrence of its source term in the counterpart counts",
        Reason.TERM_STRADDLES_WORDS: "its source term only occurs inside the dictionary word “{detail}”",
        Reason.ACCEPTED_FOR_OTHER_CONCEPT: "another entry accepts the same words",
        Reason.ONLY_HYPHENS_DIFFER: "only hyphens or blanks set it apart from an accepted rendering",
    }
)

_HOW = {
    Trait.LENIENT: " after a lenient look",
    Trait.RELATED: " by its short form or as another entry for the same thing",
    Trait.LENIENT | Trait.RELATED: " as another entry for the same thing, after a lenient look",
}


def trace(term: str, job: Job, settings: Settings, errors: list[TermcheckError]) -> str:
    """A report that ends in a newline: the concept, then every place with its verdict.

    `term` is a concept's id or one of its terms in either language. Raises TermcheckError when the glossary
    has no such term; errors in single rows of the text are added to `errors`.
    """
    (job,) = with_declared_languages((job,), settings)
    prepared = prepare_job(job, settings, Glossaries(settings))
    errors += row_errors(prepared.bitext)
    verdicts = check_bitext(prepared, settings).verdicts
    errors += prepared.compiled.given_up
    concepts = _concepts(term, prepared)
    return "\n".join(line for concept in concepts for line in _trace(concept, prepared, verdicts)) + "\n"


def _concepts(term: str, prepared: PreparedBitext) -> list[Concept]:
    glossary = prepared.compiled.glossary
    concepts = [concept for concept in glossary.concepts if concept.is_called(term)]
    if not concepts:
        raise no_such_term(term, glossary)
    return concepts


def _trace(concept: Concept, prepared: PreparedBitext, verdicts: Sequence[PairVerdict]) -> Iterator[str]:
    yield f"{concept.id} ({concept.origin})"
    for term in concept.terms:
        side = "rendering" if same_language(term.language, prepared.compiled.target_lang) else "term"
        state = "" if prepared.active(term) else ", not valid here"
        yield f"  {side}: {term.text} ({term.language}, {term.status.value}{state})"
    places = [*_places(concept, prepared, verdicts), *_rejected(concept, prepared, verdicts)]
    yield from (f"  {line}" for line in places or ["nowhere in this file"])


def _places(concept: Concept, prepared: PreparedBitext, verdicts: Sequence[PairVerdict]) -> Iterator[str]:
    source, target = prepared.bitext.source, prepared.bitext.target
    for verdict in verdicts:
        for match in verdict.source:
            if match.concept is concept:
                yield f"{_place(source, match)}: {match.text} {_source_fate(match, verdict, target)}"
        for match in verdict.target:
            if match.concept is concept and not match.term.status.accepted:
                reported = any(match is accusing for accusing in verdict.accusing)
                fate = "is reported" if reported else f"is not reported: {_reason(verdict, match)}"
                yield f"{_place(target, match)}: “{match.text}” ({match.term.status.value}) {fate}"


def _source_fate(match: Match, verdict: PairVerdict, target: Document) -> str:
    if not verdict.pair.target:
        return "is not checked: its paragraph has no counterpart"
    obligation = verdict.obligation_of(match)
    if obligation is None:
        return f"creates no obligation: {_reason(verdict, match)}"
    return _obligation_fate(obligation, target)


def _obligation_fate(obligation: Obligation, target: Document) -> str:
    if obligation.met_by:
        rendering = obligation.met_by[0]
        how = _HOW.get(rendering.traits & (Trait.LENIENT | Trait.RELATED), "") + _introduction(rendering)
        return f"is rendered “{rendering.text}”{how} at {_place(target, rendering)}"
    if obligation.rendered_nearby:
        return "is rendered in a paragraph nearby; the pairing is not sure"
    if obligation.untranslated:
        return f"is left untranslated at {_place(target, obligation.untranslated)}"
    if obligation.misspelling:
        misspelled = obligation.misspelling[1]
        return f"looks misspelled: “{misspelled.text}” at {_place(target, misspelled)}"
    return "has no accepted rendering in its counterpart"


def _introduction(match: Match) -> str:
    return f", {match.term.note}" if match.traits & Trait.RELATED and match.term.note else ""


def _reason(verdict: PairVerdict, match: Match) -> str:
    dismissal: Dismissal = verdict.reason_for(match)
    return _REASONS[dismissal.reason].format(detail=dismissal.detail)


def _rejected(concept: Concept, prepared: PreparedBitext, verdicts: Sequence[PairVerdict]) -> Iterator[str]:
    """The places where the letters of a term occur without a match; a second scan finds the reasons."""
    lines: list[str] = []
    sides = (
        (Side.SOURCE, prepared.compiled.source, prepared.bitext.source),
        (Side.TARGET, prepared.compiled.target, prepared.bitext.target),
    )
    for side, lexicon, document in sides:

        def reject(match: Match, reason: str, document: Document = document) -> None:
            if match.concept is concept:
                lines.append(f"{_place(document, match)}: “{match.text}” is no match: {reason}")

        pairs = [verdict.pair for verdict in verdicts]
        segments = [
            segment for pair in pairs for segment in (pair.source if side is Side.SOURCE else pair.target)
        ]
        lexicon.scan(segments, reject)
    yield from lines


def _place(document: Document, match: Match) -> str:
    location = segment_location(document, match.segment, match.span)
    return f"{location.path}:{location.line}:{location.column}"
