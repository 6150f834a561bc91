"""Make a glossary of the entries that a table, TBX or a catalogue holds.

Such files come from other tools, with entries that no check can use: terms without a translation,
placeholders, contradictions. Each of them is left out with a reason, and the others are checked. A reader
yields entries one by one, so that only the concepts are in memory, never the file as a tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from termcheck.glossary.diagnose import shorten
from termcheck.glossary.drafts import Draft, settle
from termcheck.glossary.mistakes import Mistakes, UnusableError
from termcheck.glossary.nodes import ScalarNode
from termcheck.glossary.placeholders import require_searchable
from termcheck.language_tags import primary_subtag
from termcheck.model import Concept, Glossary, Origin, Status, Term, TermcheckError


class Entry(Struct):
    """What a file says of one concept: `values` of the concept, and drafts of its terms in file order."""

    line: int
    column: int
    drafts: list[Draft] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    id: str = ""


def draft(text: str, language: str, line: int, column: int, values: Mapping[str, Any]) -> Draft:
    """A term that is written at a 1-based line and column."""
    node = ScalarNode(text, line, column, line, column + len(text))
    return Draft(node, language, {**values, "text": text})


class Assembly:
    """Collects the concepts of one file; `languages` are those that it declares, the source first.

    `as_written`: the first term of a concept names it, also if another one is preferred.
    """

    def __init__(self, path: str, languages: Iterable[str] = (), *, as_written: bool = False) -> None:
        self.path = path
        self._as_written = as_written
        self.mistakes = Mistakes()
        self.notices: list[str] = []
        self.concepts: list[Concept] = []
        self._languages = {primary_subtag(tag): tag for tag in languages}
        # By their place, which is that of their terms in a concept.
        self._order = {primary: index for index, primary in enumerate(self._languages)}
        self._ids: dict[str, int] = {}

    def add(self, entry: Entry) -> None:
        """Add the concept of an entry; one that cannot be used becomes a mistake."""
        try:
            self.concepts.append(self._concept(entry))
        except TermcheckError as error:
            if isinstance(error, UnusableError):
                self.mistakes.add(error)
                return
            # An entry that contradicts itself must not keep the others from being checked.
            for one in (error, *error.others):
                place = {"path": one.path, "line": one.line, "column": one.column}
                self.mistakes.add(UnusableError(_name(entry), one.message, advice=one.advice, **place))

    def _concept(self, entry: Entry) -> Concept:
        drafts = sorted(entry.drafts, key=self._rank)
        if not drafts or primary_subtag(drafts[0].language) == primary_subtag(drafts[-1].language):
            name = _name(entry)
            raise UnusableError(
                name,
                f"`{shorten(name)}` has no rendering" if drafts else "the entry has no term",
                path=self.path,
                line=entry.line,
                column=entry.column,
                advice="add a term in another language" if drafts else "add its terms, or remove it",
            )
        terms = settle(drafts, self.path)
        terms = terms if self._as_written else _named_first(terms)
        require_searchable(terms)
        origin = Origin(self.path, entry.line, entry.column)
        return Concept(self._own_id(entry.id or terms[0].text), terms, origin=origin, **entry.values)

    def _rank(self, one: Draft) -> int:
        """The place of a term's language among those of the file, which are in order of appearance."""
        primary = primary_subtag(one.language)
        if primary not in self._order:
            self._order[primary] = len(self._order)
            self._languages[primary] = one.language
        return self._order[primary]

    def _own_id(self, wanted: str) -> str:
        """An id that no other concept has: homonyms, which spell a term alike, get numbers."""
        count = self._ids[wanted] = self._ids.get(wanted, 0) + 1
        if count == 1:
            return wanted
        return self._own_id(f"{wanted} ({count})")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages so far, in order."""
        return tuple(tag for _, tag in self._ordered())

    def _ordered(self) -> Iterator[tuple[str, str]]:
        return ((primary, self._languages[primary]) for primary in self._order)

    def glossary(self, title: str = "") -> Glossary:
        """The glossary. Raises TermcheckError with all errors of the file, or if no entry can be used."""
        if not self.concepts or not self.mistakes.only_unusable():
            self.mistakes.raise_all()
        if not self.concepts:
            raise TermcheckError(
                "the glossary has no entries", path=self.path, advice="is this the file you mean?"
            )
        used = {primary_subtag(term.language) for concept in self.concepts for term in concept.terms}
        return Glossary(
            tuple(self.concepts),
            tuple(tag for primary, tag in self._ordered() if primary in used),
            title,
            (self.path,),
            self.mistakes.left_out(),
            tuple(f"{self.path}: {notice}" for notice in self.notices),
        )


def _name(entry: Entry) -> str:
    return entry.drafts[0].text if entry.drafts else entry.id


def _named_first(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms, those of the first language beginning with a preferred one if there is one."""
    first = terms[0].language
    for index, term in enumerate(terms):
        if term.language == first and term.status is Status.PREFERRED:
            return (term, *terms[:index], *terms[index + 1 :]) if index else terms
    return terms


def with_kept(entry: Entry, languages: Iterable[str]) -> None:
    """Let a term that stays as it is be its own rendering in the languages for which it has none."""
    if not entry.values.get("keep") or not entry.drafts:
        return
    source = entry.drafts[0]
    accepted = [one for one in entry.drafts if one.values.get("status", Status.PREFERRED).accepted]
    if any(one.text != source.text for one in accepted):
        # It has a translation, so it does not stay as it is.
        del entry.values["keep"]
        return
    present = {primary_subtag(one.language) for one in accepted}
    missing = [tag for tag in languages if primary_subtag(tag) not in present]
    entry.drafts += (Draft(source.node, tag, source.values) for tag in missing)
