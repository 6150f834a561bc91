"""A glossary compiled for one direction: both lexicons, and which terms are active in a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from termcheck.globs import PathGlob, absolute_path
from termcheck.matching.index.form_index import FormIndex, index_forms
from termcheck.matching.index.lexicon import Lexicon
from termcheck.matching.index.regex_terms import Budget
from termcheck.matching.related_concepts import RelatedConcepts, related_concepts
from termcheck.model import Concept, Glossary, Ignore, Term, TermcheckError, same_language


class CompiledGlossary(Struct, frozen=True):
    """What matching needs of a glossary.

    `checked` are the ids of the concepts that can oblige or accuse at all. `related` are the entries that
    mean the same thing. By concept id, `ignores` holds what an entry says under `ignore`. `restricted` are
    the terms that are not valid on every date and in every file.
    """

    glossary: Glossary
    source_lang: str
    target_lang: str
    source: Lexicon
    target: Lexicon
    checked: frozenset[str]
    related: RelatedConcepts
    ignores: Mapping[str, tuple[Ignore, ...]]
    restricted: tuple[Term, ...] = ()

    @property
    def languages(self) -> tuple[str, str]:
        """Source and target language."""
        return self.source_lang, self.target_lang

    @property
    def given_up(self) -> tuple[TermcheckError, ...]:
        """An error for each regular expression that was not searched for in all texts, because it is slow."""
        return tuple(error for lexicon in (self.source, self.target) for _, error in lexicon.given_up)


class GlossaryIndex(Struct, frozen=True):
    """All of a compiled glossary that takes long to work out; concepts are given by number.

    `checked` are the concepts that can oblige or accuse, whatever terms the user asks for. `restricted` are
    the terms that are not valid on every date and in every file, as (concept, term).
    """

    source: FormIndex
    target: FormIndex
    checked: frozenset[str]
    related: RelatedConcepts
    ignores: Mapping[str, tuple[Ignore, ...]]
    restricted: tuple[tuple[int, int], ...]


class NoTermsError(TermcheckError):
    """A glossary has no terms in a `language` that is asked for."""

    def __init__(self, language: str, *, path: str = "", advice: str = "") -> None:
        super().__init__(f"the glossary has no terms in {language}", path=path, advice=advice)
        self.language = language


def direction(glossary: Glossary, source_lang: str, target_lang: str) -> tuple[str, str]:
    """The languages to check, source first: those asked for, else the glossary's own.

    One of the two asked for alone is completed by the glossary's other language. Raises
    TermcheckError if the glossary has no terms in them; NoTermsError if a language is given or known.
    """
    languages = glossary.languages
    source = source_lang or _other(languages, target_lang, at=0)
    target = target_lang or _other(languages, source, at=1)
    path = glossary.paths[0] if glossary.paths else ""
    for flag, language in (("--source-lang", source), ("--target-lang", target)):
        if not language or not any(concept.in_language(language) for concept in glossary.concepts):
            advice = "say `languages: [zh, en]` in it"
            if languages:
                advice = f"it has {', '.join(languages)}; check {flag}"
            if language:
                raise NoTermsError(language, path=path, advice=advice)
            raise TermcheckError("the languages are not clear", path=path, advice=advice)
    if same_language(source, target) and source.casefold() == target.casefold():
        raise TermcheckError(f"source and target are both {source}", path=path, advice="check --target-lang")
    return source, target


def _other(languages: Sequence[str], known: str, *, at: int) -> str:
    rest = [language for language in languages if not known or not same_language(language, known)]
    if known:
        return rest[0] if rest else ""
    return rest[at] if len(rest) > at else ""


def index_glossary(glossary: Glossary, source_lang: str, target_lang: str) -> GlossaryIndex:
    """Work out the spellings and kin of a glossary's terms for one direction."""
    concepts = glossary.concepts
    return GlossaryIndex(
        index_forms(source_lang, concepts, lambda _: True),
        index_forms(target_lang, concepts, lambda term: not term.status.accepted),
        frozenset(
            concept.id
            for concept in concepts
            if concept.in_language(target_lang) and _can_occur(concept, source_lang)
        ),
        related_concepts(concepts, source_lang, target_lang),
        {concept.id: concept.ignore for concept in concepts if concept.ignore},
        tuple(
            (number, term_number)
            for number, concept in enumerate(concepts)
            for term_number, term in enumerate(concept.terms)
            if term.scope or term.valid_from or term.valid_until
        ),
    )


def compile_glossary(
    glossary: Glossary, index: GlossaryIndex, wanted: Callable[[Concept], bool] | None = None
) -> CompiledGlossary:
    """Make a compiled glossary; concepts that are not `wanted` still shield, but are not checked."""
    concepts, budget = glossary.concepts, Budget()
    checked = index.checked
    if wanted is not None:
        checked &= {concept.id for concept in concepts if wanted(concept)}
    return CompiledGlossary(
        glossary,
        index.source.language,
        index.target.language,
        Lexicon(index.source, concepts, budget=budget),
        Lexicon(index.target, concepts, lenient=True, budget=budget),
        checked,
        index.related,
        index.ignores,
        tuple(concepts[number].terms[term_number] for number, term_number in index.restricted),
    )


def _can_occur(concept: Concept, source_lang: str) -> bool:
    always = any(term.where.value == "always" and not term.status.accepted for term in concept.terms)
    return always or bool(concept.in_language(source_lang))


def active_terms(date: str, path: str) -> Callable[[Term], bool]:
    """Whether a term is valid on a date (ISO, empty: any) and in scope for a file; remembers answers.

    Scope globs are relative to the directory of the glossary that has them; of several the last that
    matches decides, and `!` excludes.
    """
    known: dict[int, bool] = {}
    absolute = absolute_path(path)

    def active(term: Term) -> bool:
        answer = known.get(id(term))
        if answer is None:
            answer = known[id(term)] = term.is_valid_on(date) and _in_scope(term, absolute)
        return answer

    return active


def _in_scope(term: Term, absolute: str) -> bool:
    if not term.scope:
        return True
    root = absolute_path(term.origin.path).rpartition("/")[0]
    answer = all(pattern.startswith("!") for pattern in term.scope)
    for pattern in term.scope:
        if PathGlob(pattern.removeprefix("!"), root).matches(absolute):
            answer = not pattern.startswith("!")
    return answer
