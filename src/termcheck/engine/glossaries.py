"""The glossaries of a run: each is read, merged and compiled once, however many texts use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.file_languages import with_declared_languages
from termcheck.engine.glossary_cache import GlossaryCache
from termcheck.engine.notices import FileNotice
from termcheck.language_tags import can_stand_for, primary_subtag
from termcheck.languages import base_tag
from termcheck.matching.index.compiled_glossary import (
    CompiledGlossary,
    GlossaryIndex,
    NoTermsError,
    compile_glossary,
    direction,
    index_glossary,
)
from termcheck.messages import did_you_mean
from termcheck.model import Concept, Glossary, GlossaryUse, Term, TermcheckError, same_language
from termcheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from termcheck.glossary import Loaded
    from termcheck.jobs import Job
    from termcheck.prefilter.prefilter import Prefilter


class Glossaries:
    """The glossaries of a run, by their use; the cache saves reading and indexing them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._cache = GlossaryCache.of(settings)
        self._loaded: dict[tuple[object, ...], Loaded] = {}
        self._compiled: dict[tuple[object, ...], CompiledGlossary | TermcheckError] = {}
        self._prefilters: dict[tuple[object, ...], Prefilter | None] = {}

    def loaded(self, use: GlossaryUse) -> Loaded:
        """The merged glossary; the languages the user asked for help to read a bare mapping."""
        key = self._key_of_loaded(use)
        if key not in self._loaded:
            from termcheck.glossary import load_glossary

            languages = tuple(filter(None, self._asked(use)))
            self._loaded[key] = load_glossary(
                use.paths, languages, self.settings.piped, self.settings.of(use.config).columns
            )
        return self._loaded[key]

    def _asked(self, use: GlossaryUse) -> tuple[str, str]:
        settings = self.settings.of(use.config)
        return settings.source_lang, settings.target_lang

    def _key_of_loaded(self, use: GlossaryUse) -> tuple[object, ...]:
        return use.paths, *self._asked(use), self.settings.of(use.config).columns

    def _key_of_compiled(self, use: GlossaryUse) -> tuple[object, ...]:
        """What the compiled glossary depends on; several configurations may share it."""
        settings = self.settings.of(use.config)
        return (
            replace(use, config=""),
            self._asked(use),
            settings.columns,
            settings.terms,
            settings.ignore_terms,
        )

    def compiled(self, use: GlossaryUse) -> CompiledGlossary:
        """The glossary compiled for the languages and the terms asked for.

        Raises TermcheckError if it does not load, and NoTermsError if it does not have the languages; the
        error is remembered, so a faulty glossary is read once.
        """
        key = self._key_of_compiled(use)
        if key not in self._compiled:
            try:
                glossary, index = self._indexed(use)
                self._compiled[key] = compile_glossary(glossary, index, self._wanted(glossary, use))
            except TermcheckError as error:
                self._compiled[key] = error
        compiled = self._compiled[key]
        if isinstance(compiled, TermcheckError):
            raise compiled
        return compiled

    def prefilter(self, use: GlossaryUse, active: Callable[[Term], bool], name: str) -> Prefilter | None:
        """The prefilter for the file called `name`; None if every pair has to be judged.

        Files in which the same terms are active, and the same rules run, share one.
        """
        from termcheck.prefilter.prefiltered_stretch import prefilter_for

        compiled, settings = self.compiled(use), self.settings.of(use.config)
        running = tuple(settings.selection.enabled(rule, name) for rule in RULES)
        key = use, running, tuple(map(active, compiled.restricted))
        if key not in self._prefilters:
            self._prefilters[key] = prefilter_for(compiled, active, settings, name)
        return self._prefilters[key]

    def _indexed(self, use: GlossaryUse) -> tuple[Glossary, GlossaryIndex]:
        columns = ("=".join(column) for column in self.settings.of(use.config).columns)
        asked = (*self._asked(use), use.source_lang, use.target_lang, *map("/".join, use.tags), *columns)
        key = self._cache.key(use.paths, asked)
        cached = self._cache.read(key)
        if cached is not None:
            loaded, index = cached
            self._loaded.setdefault(self._key_of_loaded(use), loaded)
            return loaded.glossary, index
        from termcheck.glossary import without_collection

        with without_collection():
            loaded = self.loaded(use)
            index = index_glossary(loaded.glossary, *self._direction(loaded.glossary, use))
        # A file that has changed meanwhile has another key than the text that was read.
        if self._cache.key(use.paths, asked) == key:
            self._cache.write(key, loaded, index)
        return loaded.glossary, index

    def _direction(self, glossary: Glossary, use: GlossaryUse) -> tuple[str, str]:
        """Source and target language; those of the pair before those of the settings."""
        wanted_source, wanted_target = self._asked(use)
        if use.source_lang or use.target_lang:
            source, target = (_own_tag(tag, glossary) for tag in (use.source_lang, use.target_lang))
        else:
            usual = direction(glossary, wanted_source, wanted_target)
            source, target = (_named_language(tags, glossary) for tags in use.tags)
            # Two files in these languages may be named in either order.
            if not target or {source, target} <= {"", *usual}:
                return usual
        # A pair that has one of the languages of the settings on its other side turns them round.
        source = source or ("" if same_language(wanted_source, target) else wanted_source)
        target = target or ("" if same_language(wanted_target, source) else wanted_target)
        return direction(glossary, source, target)

    def _wanted(self, glossary: Glossary, use: GlossaryUse) -> Callable[[Concept], bool] | None:
        """Which concepts `--term` and `--ignore-term` leave to be checked; None: all of them."""
        settings = self.settings.of(use.config)
        terms, ignored = settings.terms, settings.ignore_terms
        for name in (*terms, *ignored):
            if not any(concept.is_called(name) for concept in glossary.concepts):
                raise no_such_term(name, glossary)

        def wanted(concept: Concept) -> bool:
            chosen = not terms or any(concept.is_called(name) for name in terms)
            return chosen and not any(concept.is_called(name) for name in ignored)

        return wanted if terms or ignored else None


def checkable(jobs: Sequence[Job], glossaries: Glossaries) -> tuple[Sequence[Job], tuple[FileNotice, ...]]:
    """The jobs whose glossaries have their languages, and a notice for each language that one lacks.

    Only a language that a path or a file names may be lacking, because nobody promised that the glossary has
    it. The jobs of files that name their language have it.
    """
    jobs = with_declared_languages(jobs, glossaries.settings)
    lacking: dict[GlossaryUse, str] = {}
    for use in dict.fromkeys(job.use for job in jobs if job.lang_from_path):
        try:
            glossaries.compiled(use)
        except NoTermsError as error:
            lacking[use] = error.language
        except TermcheckError:
            pass  # every job with this glossary has the error
    if not lacking:
        return jobs, ()
    notices = (
        _notice([job for job in jobs if job.use == use], language, glossaries)
        for use, language in lacking.items()
    )
    return [job for job in jobs if job.use not in lacking], tuple(notices)


def _notice(jobs: Sequence[Job], language: str, glossaries: Glossaries) -> FileNotice:
    """The notice that files were not checked, because their glossary lacks a language."""
    first, paths = jobs[0], jobs[0].glossaries
    file = first.target_name if first.target and language == first.target_lang else first.source_name
    files = file if len(jobs) == 1 else f"{file} and {len(jobs) - 1} more"
    known = ", ".join(glossaries.loaded(first.use).glossary.languages)
    text = f"not checked, because {', '.join(paths)} has no terms in {language} (only in {known})"
    # Each language is said, so a notice is of no kind but its own.
    return FileNotice(files, text, kind=text)


def _named_language(tags: Sequence[str], glossary: Glossary) -> str:
    """The language of the glossary that parts of a path name; empty unless there is one."""
    named = {own for own in glossary.languages if any(own.casefold() == tag.casefold() for tag in tags)}
    return named.pop() if len(named) == 1 else ""


def _own_tag(tag: str, glossary: Glossary) -> str:
    """The glossary's own tag for a language, `zh-Hans` for `zh_CN`; raises NoTermsError if it has none."""
    if not tag:
        return ""
    if not glossary.languages:
        path = glossary.paths[0] if glossary.paths else ""
        raise TermcheckError(
            "the languages are not clear", path=path, advice="say `languages: [zh, en]` in it"
        )
    for own in glossary.languages:
        alike = base_tag(own) == base_tag(tag) and base_tag(tag) in (primary_subtag(own), primary_subtag(tag))
        if (alike or same_language(own, tag)) and can_stand_for(own, tag):
            return own
    raise NoTermsError(
        tag,
        path=glossary.paths[0] if glossary.paths else "",
        advice=f"it has {', '.join(glossary.languages)}; check the languages in `pairs`",
    )


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
