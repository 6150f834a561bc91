"""Why a term does or does not match in a file: `termcheck glossary trace TERM FILE`.

It runs the same pipeline as a check and tells what became of every place where the term's letters
stand, so that a surprising finding, or a surprising silence, can be understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine import Glossaries, Prepared, judge, prepare, row_errors
from termcheck.matching.judge import Judge, JudgedPair, Obligation
from termcheck.matching.lenient.target_evidence import keeps_name
from termcheck.matching.match import Match, Trait
from termcheck.matching.strict import segmentation
from termcheck.model import Concept, Document, Side, Term, TermcheckError, same_language
from termcheck.selection import did_you_mean
from termcheck.text.positions import segment_location

_DOUBTS = (
    (Trait.SHIELDED, "shielded by except_in: “{holder}”"),
    (Trait.NESTED, "inside the longer term “{holder}”"),
    (Trait.GLUED, "joined to its neighbour by a hyphen or the like, or part of a longer katakana word"),
    (Trait.SHOUTED, "the whole paragraph is in capitals, so they do not tell whether the acronym is meant"),
)

_HOW = {
    Trait.LENIENT: " after a lenient look",
    Trait.RELATED: " by its short form or as another entry for the same thing",
    Trait.LENIENT | Trait.RELATED: " as another entry for the same thing, after a lenient look",
}


def trace(term: str, job: Job, settings: Settings, errors: list[TermcheckError]) -> str:
    """A report in lines, ending in a newline: the concept, then every place with its verdict.

    `term` is a concept's id or one of its terms in either language. Raises TermcheckError when the
    glossary has no such term; what is wrong with single rows of the text is added to `errors`.
    """
    prepared = prepare(job, settings, Glossaries(settings))
    errors += row_errors(prepared.bitext)
    judged = judge(prepared)
    concepts = _concepts(term, prepared)
    return "\n".join(line for concept in concepts for line in _trace(concept, prepared, judged)) + "\n"


def _concepts(term: str, prepared: Prepared) -> list[Concept]:
    concepts = prepared.compiled.glossary.concepts
    found = [one for one in concepts if one.id == term or any(name.text == term for name in one.terms)]
    if not found:
        names = [name.text for one in concepts for name in one.terms] + [one.id for one in concepts]
        path = ", ".join(prepared.compiled.glossary.paths)
        raise TermcheckError(
            f"the glossary has no term '{term}'", path=path, advice=did_you_mean(term, names)
        )
    return found


def _trace(concept: Concept, prepared: Prepared, judged: Sequence[JudgedPair]) -> Iterator[str]:
    target_lang = prepared.compiled.target_lang
    yield f"{concept.id} ({concept.origin})"
    for term in concept.terms:
        side = "rendering" if same_language(term.language, target_lang) else "term"
        state = "" if prepared.active(term) else ", not valid here"
        yield f"  {side}: {term.text} ({term.language}, {term.status.value}{state})"
    count = 0
    for line in _places(concept, prepared, judged):
        count += 1
        yield "  " + line
    if not count:
        yield "  nowhere in this file"


def _places(concept: Concept, prepared: Prepared, judged: Sequence[JudgedPair]) -> Iterator[str]:
    doubter = Judge(prepared.compiled.source_lang, prepared.compiled.target_lang, prepared.active)
    for pair in judged:
        obligation = next((one for one in pair.obligations if one.concept is concept), None)
        for match in pair.source:
            if match.concept is concept:
                place = _place(prepared.bitext.source, match)
                fate = _fate(match, obligation, pair, doubter, prepared.bitext.target)
                yield f"{place}: {match.text} {fate}"
        for match in pair.target:
            if match.concept is concept and not match.term.status.accepted:
                place = _place(prepared.bitext.target, match)
                reported = match in pair.accusing
                verdict = "is reported" if reported else f"is not reported: {_doubt(match, doubter)}"
                yield f"{place}: “{match.text}” ({match.term.status.value}) {verdict}"
    yield from _rejected(concept, prepared, judged)


def _fate(
    match: Match, obligation: Obligation | None, pair: JudgedPair, doubter: Judge, target: Document
) -> str:
    if not pair.pair.target:
        return "is not checked: its paragraph has no counterpart"
    if obligation is None or match not in obligation.occurrences:
        kept = match.certain and keeps_name(match, pair.pair.target)
        why = (
            "the longer name it is part of stands in the target as it is" if kept else _doubt(match, doubter)
        )
        return f"asks for nothing: {why}"
    if obligation.met_by:
        found = obligation.met_by[0]
        how = _HOW.get(found.traits & (Trait.LENIENT | Trait.RELATED), "") + _learnt(found)
        return f"is rendered “{found.text}”{how} at {_place(target, found)}"
    if obligation.rendered_nearby:
        return "is rendered in a paragraph nearby; the pairing is not sure"
    if obligation.untranslated:
        return f"is left untranslated at {_place(target, obligation.untranslated)}"
    if obligation.misspelling:
        misspelled = obligation.misspelling[1]
        return f"looks misspelled: “{misspelled.text}” at {_place(target, misspelled)}"
    return "has no accepted rendering in its counterpart"


def _learnt(match: Match) -> str:
    return f", {match.term.note}" if match.traits & Trait.RELATED and match.term.note else ""


def _doubt(match: Match, doubter: Judge) -> str:
    for trait, reason in _DOUBTS:
        if match.traits & trait:
            same = trait == Trait.NESTED and not match.holder
            return (
                "another entry with these letters goes before it"
                if same
                else reason.format(holder=match.holder)
            )
    word = segmentation.straddled_word(match)
    if word:
        return f"it cuts the dictionary word “{word}”"
    if not _renderings(match.concept, doubter):
        return "the glossary has no accepted rendering that is valid here"
    return "the same place is rendered as another entry, or the alignment is too uncertain to tell"


def _renderings(concept: Concept, doubter: Judge) -> list[Term]:
    terms = concept.in_language(doubter.target_lang)
    return [term for term in terms if term.status.accepted and doubter.active(term)]


def _rejected(concept: Concept, prepared: Prepared, judged: Sequence[JudgedPair]) -> Iterator[str]:
    lines: list[str] = []
    sides = (
        (Side.SOURCE, prepared.compiled.source, prepared.bitext.source),
        (Side.TARGET, prepared.compiled.target, prepared.bitext.target),
    )
    for side, lexicon, document in sides:

        def reject(match: Match, reason: str, document: Document = document) -> None:
            if match.concept is concept:
                lines.append(f"{_place(document, match)}: “{match.text}” is no match: {reason}")

        pairs = [one.pair for one in judged]
        lexicon.scan(
            [s for pair in pairs for s in (pair.source if side is Side.SOURCE else pair.target)], reject
        )
    yield from lines


def _place(document: Document, match: Match) -> str:
    location = segment_location(document, match.segment, match.span)
    return f"{location.path}:{location.line}:{location.column}"
