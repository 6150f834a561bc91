"""The glossaries of a run: read, merged and compiled once each, however many texts use them."""

from __future__ import annotations

from termcheck.config import Settings
from termcheck.glossary import Loaded, load_glossary, without_collection
from termcheck.matching.compiled import CompiledGlossary, build, direction, plan
from termcheck.model import (
    Concept,
    Glossary,
    TermcheckError,
)
from termcheck.selection import did_you_mean


class Glossaries:
    """The glossaries of a run, each read and compiled once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._loaded: dict[tuple[str, ...], Loaded] = {}
        self._compiled: dict[tuple[str, ...], CompiledGlossary | TermcheckError] = {}

    def loaded(self, paths: tuple[str, ...]) -> Loaded:
        """The merged glossary; the languages asked for help to read a bare one."""
        if paths not in self._loaded:
            asked = (self._settings.source_lang, self._settings.target_lang)
            self._loaded[paths] = load_glossary(paths, tuple(filter(None, asked)))
        return self._loaded[paths]

    def compiled(self, paths: tuple[str, ...]) -> CompiledGlossary:
        """The glossary compiled for the direction and the terms asked for; a failure is not tried again."""
        if paths not in self._compiled:
            try:
                with without_collection():
                    self._compiled[paths] = self._compile(self.loaded(paths).glossary)
            except TermcheckError as error:
                self._compiled[paths] = error
        found = self._compiled[paths]
        if isinstance(found, TermcheckError):
            raise found
        return found

    def _compile(self, glossary: Glossary) -> CompiledGlossary:
        terms, ignored = self._settings.terms, self._settings.ignore_terms
        source, target = direction(glossary, self._settings.source_lang, self._settings.target_lang)
        for name in (*terms, *ignored):
            if not any(_named(concept, name) for concept in glossary.concepts):
                raise _no_such_term(name, glossary)

        def wanted(concept: Concept) -> bool:
            chosen = not terms or any(_named(concept, name) for name in terms)
            return chosen and not any(_named(concept, name) for name in ignored)

        return build(glossary, plan(glossary, source, target), wanted if terms or ignored else None)


def _no_such_term(name: str, glossary: Glossary) -> TermcheckError:
    names = {text for one in glossary.concepts for text in (one.id, *(term.text for term in one.terms))}
    return TermcheckError(
        f"the glossary has no term '{name}'",
        path=", ".join(glossary.paths),
        advice=did_you_mean(name, sorted(names)),
    )


def _named(concept: Concept, name: str) -> bool:
    return concept.id == name or any(term.text == name for term in concept.terms)
