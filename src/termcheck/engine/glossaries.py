"""The glossaries of a run: read, merged and compiled once each, however many texts use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.config import Settings
from termcheck.engine.glossary_cache import GlossaryCache
from termcheck.matching.index.compiled_glossary import (
    CompiledGlossary,
    GlossaryIndex,
    compile_glossary,
    direction,
    index_glossary,
)
from termcheck.model import (
    Concept,
    Glossary,
    TermcheckError,
)
from termcheck.selection import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from termcheck.glossary import Loaded
    from termcheck.prefilter.prefilter import Prefilter


class Glossaries:
    """The glossaries of a run, each read and compiled once, or not at all where the store has it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = GlossaryCache.of(settings)
        self._loaded: dict[tuple[str, ...], Loaded] = {}
        self._compiled: dict[tuple[str, ...], CompiledGlossary | TermcheckError] = {}
        self._sieves: dict[tuple[tuple[str, ...], str], Prefilter | None] = {}

    def loaded(self, paths: tuple[str, ...]) -> Loaded:
        """The merged glossary; the languages asked for help to read a bare one."""
        if paths not in self._loaded:
            from termcheck.glossary import load_glossary

            self._loaded[paths] = load_glossary(paths, tuple(filter(None, self._asked)))
        return self._loaded[paths]

    def compiled(self, paths: tuple[str, ...]) -> CompiledGlossary:
        """The glossary compiled for the direction and the terms asked for; a failure is not tried again."""
        if paths not in self._compiled:
            try:
                blueprint = self._blueprint(paths)
                glossary = self._loaded[paths].glossary
                self._compiled[paths] = compile_glossary(glossary, blueprint, self._wanted(glossary))
            except TermcheckError as error:
                self._compiled[paths] = error
        found = self._compiled[paths]
        if isinstance(found, TermcheckError):
            raise found
        return found

    def prefilter(
        self, paths: tuple[str, ...], name: str, make: Callable[[], Prefilter | None]
    ) -> Prefilter | None:
        """What sorts out the pairs of a file, by its name, which is made once."""
        key = paths, name
        if key not in self._sieves:
            self._sieves[key] = make()
        return self._sieves[key]

    @property
    def _asked(self) -> tuple[str, str]:
        return self._settings.source_lang, self._settings.target_lang

    def _blueprint(self, paths: tuple[str, ...]) -> GlossaryIndex:
        key = self._store.key(paths, self._asked)
        kept = self._store.read(key)
        if kept is not None:
            self._loaded[paths], blueprint = kept
            return blueprint
        from termcheck.glossary import without_collection

        with without_collection():
            glossary = self.loaded(paths).glossary
            blueprint = index_glossary(glossary, *direction(glossary, *self._asked))
        # What has changed since is not what was read.
        if self._store.key(paths, self._asked) == key:
            self._store.write(key, self._loaded[paths], blueprint)
        return blueprint

    def _wanted(self, glossary: Glossary) -> Callable[[Concept], bool] | None:
        """Which concepts are to be checked; None: all of them."""
        terms, ignored = self._settings.terms, self._settings.ignore_terms
        for name in (*terms, *ignored):
            if not any(_named(concept, name) for concept in glossary.concepts):
                raise _no_such_term(name, glossary)

        def wanted(concept: Concept) -> bool:
            chosen = not terms or any(_named(concept, name) for name in terms)
            return chosen and not any(_named(concept, name) for name in ignored)

        return wanted if terms or ignored else None


def _no_such_term(name: str, glossary: Glossary) -> TermcheckError:
    names = {text for one in glossary.concepts for text in (one.id, *(term.text for term in one.terms))}
    return TermcheckError(
        f"the glossary has no term '{name}'",
        path=", ".join(glossary.paths),
        advice=did_you_mean(name, sorted(names)),
    )


def _named(concept: Concept, name: str) -> bool:
    return concept.id == name or any(term.text == name for term in concept.terms)
