"""The output of `glossary score --suggest`: entries with the proposed changes, as a YAML glossary.

It is a glossary of its own, so that it can be tried at once on top of the glossary that it improves.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from termcheck.glossary import render_glossary
from termcheck.model import Concept, Glossary, Status, Term, TermcheckError, same_language
from termcheck.report.base import RenderOptions
from termcheck.report.scorecard import Kind, Scorecard, TermScore
from termcheck.report.summary import plural

_MARKS = {Kind.FORBIDDEN: " (forbidden)", Kind.NEAR: " (near)", Kind.LEFT: " (untranslated)", Kind.PHRASE: ""}


def render_suggestions(card: Scorecard, _options: RenderOptions) -> str:
    """A glossary of the entries with proposed changes, each under a comment with the reasons.

    Empty if there are none. Raises TermcheckError if the texts use glossaries of different languages.
    """
    chosen = [score for score in card.scores if score.proposal]
    languages = _languages(card)
    lines = [
        "# Entries as they could be mended. Read them first: the mistake may be in the texts. Then put them",
        "# in place of the old ones, or name this file as a further --glossary, which replaces those.",
        "version: 1",
        f"languages: [{', '.join(languages)}]",
        "terms:",
    ]
    for score in chosen:
        entry = render_glossary(Glossary((mended(score),), languages)).split("terms:\n", 1)[1]
        lines += [*(f"  # {line}" for line in _reasons(score)), *entry.splitlines()]
    return "\n".join(lines) + "\n" if chosen else ""


def _languages(card: Scorecard) -> tuple[str, ...]:
    languages = {glossary.languages: None for glossary in card.glossaries}
    if len(languages) > 1:
        raise TermcheckError(
            "the texts use glossaries of several languages",
            advice="suggest for one glossary at a time: name it with --glossary",
        )
    return next(iter(languages), ())


def mended(score: TermScore) -> Concept:
    """The concept with the proposed changes."""
    proposal, concept = score.proposal, score.concept
    terms = [_mended_term(term, score) for term in concept.terms]
    last = concept.in_language(score.target_lang)[-1]
    terms += [Term(text, last.language, Status.ADMITTED, scope=last.scope) for text in proposal.allow]
    return replace(concept, terms=tuple(terms), severity=proposal.severity or concept.severity)


def _mended_term(term: Term, score: TermScore) -> Term:
    if term.text != score.source or same_language(term.language, score.target_lang):
        return term
    proposal = score.proposal
    return replace(
        term,
        match=proposal.match or term.match,
        case=proposal.case or term.case,
        except_in=(*term.except_in, *proposal.except_in),
    )


def _reasons(score: TermScore) -> Iterator[str]:
    yield f"{score.concept.origin}: {score.missed} of {plural(score.pairs, 'pair')} missed ({score.rate:.0%})"
    if score.instead:
        yield f"instead: {instead(score)}"
    if score.proposal.severity:
        yield f"left without an explanation: {score.proposal.remaining}"


def instead(score: TermScore) -> str:
    """The substitutes in missed pairs with their numbers of pairs: `5 X, 2 Y (near), 3 other`."""
    listed = [
        f"{substitute.pairs} {substitute.text}{_MARKS[substitute.kind]}" for substitute in score.instead
    ]
    rest = score.missed - sum(substitute.pairs for substitute in score.instead)
    return ", ".join([*listed, *([f"{rest} other"] if rest and listed else [])])
