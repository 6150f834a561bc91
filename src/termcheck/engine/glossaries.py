"""The glossaries of a run: each is read, merged and compiled once, however many texts use it."""

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
from termcheck.messages import did_you_mean
from termcheck.model import Concept, Glossary, Term, TermcheckError
from termcheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from termcheck.glossary import Loaded
    from termcheck.prefilter.prefilter import Prefilter


class Glossaries:
    """The glossaries of a run, by the paths of their files; the cache saves reading and indexing them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cache = GlossaryCache.of(settings)
        self._loaded: dict[tuple[str, ...], Loaded] = {}
        self._compiled: dict[tuple[str, ...], CompiledGlossary | TermcheckError] = {}
        self._prefilters: dict[tuple[object, ...], Prefilter | None] = {}

    def loaded(self, paths: tuple[str, ...]) -> Loaded:
        """The merged glossary; the languages the user asked for help to read a bare mapping."""
        if paths not in self._loaded:
            from termcheck.glossary import load_glossary

            self._loaded[paths] = load_glossary(paths, tuple(filter(None, self._asked)))
        return self._loaded[paths]

    def compiled(self, paths: tuple[str, ...]) -> CompiledGlossary:
        """The glossary compiled for the languages and the terms asked for.

        Raises TermcheckError if it does not load; the error is remembered, so a faulty glossary is read once.
        """
        if paths not in self._compiled:
            try:
                index = self._index(paths)
                glossary = self._loaded[paths].glossary
                self._compiled[paths] = compile_glossary(glossary, index, self._wanted(glossary))
            except TermcheckError as error:
                self._compiled[paths] = error
        compiled = self._compiled[paths]
        if isinstance(compiled, TermcheckError):
            raise compiled
        return compiled

    def prefilter(
        self, paths: tuple[str, ...], active: Callable[[Term], bool], name: str
    ) -> Prefilter | None:
        """The prefilter for the file called `name`; None if every pair has to be judged.

        Files in which the same terms are active, and the same rules run, share one.
        """
        from termcheck.prefilter.prefiltered_stretch import prefilter_for

        compiled, selection = self.compiled(paths), self._settings.selection
        running = tuple(selection.enabled(rule, name) for rule in RULES)
        key = paths, running, tuple(map(active, compiled.restricted))
        if key not in self._prefilters:
            self._prefilters[key] = prefilter_for(compiled, active, self._settings, name)
        return self._prefilters[key]

    @property
    def _asked(self) -> tuple[str, str]:
        return self._settings.source_lang, self._settings.target_lang

    def _index(self, paths: tuple[str, ...]) -> GlossaryIndex:
        key = self._cache.key(paths, self._asked)
        cached = self._cache.read(key)
        if cached is not None:
            self._loaded[paths], index = cached
            return index
        from termcheck.glossary import without_collection

        with without_collection():
            glossary = self.loaded(paths).glossary
            index = index_glossary(glossary, *direction(glossary, *self._asked))
        # A file that has changed meanwhile has another key than the text that was read.
        if self._cache.key(paths, self._asked) == key:
            self._cache.write(key, self._loaded[paths], index)
        return index

    def _wanted(self, glossary: Glossary) -> Callable[[Concept], bool] | None:
        """Which concepts `--term` and `--ignore-term` leave to be checked; None: all of them."""
        terms, ignored = self._settings.terms, self._settings.ignore_terms
        for name in (*terms, *ignored):
            if not any(concept.is_called(name) for concept in glossary.concepts):
                raise no_such_term(name, glossary)

        def wanted(concept: Concept) -> bool:
            chosen = not terms or any(concept.is_called(name) for name in terms)
            return chosen and not any(concept.is_called(name) for name in ignored)

        return wanted if terms or ignored else None


def no_such_term(name: str, glossary: Glossary) -> TermcheckError:
    """The error about a name that is neither the id nor a term of any concept."""
    names = {
        text for concept in glossary.concepts for text in (concept.id, *(term.text for term in concept.terms))
    }
    return TermcheckError(
        f"the glossary has no term '{name}'",
        path=", ".join(glossary.paths),
        advice=did_you_mean(name, sorted(names)),
    )
