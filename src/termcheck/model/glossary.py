"""Glossaries: concepts and their terms in every language."""

from __future__ import annotations

import enum
import functools
from collections.abc import Sequence

from msgspec import Struct

from termcheck.language_tags import primary_subtag
from termcheck.model.findings import Severity


class Status(enum.Enum):
    """Standing of a term within its concept."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"

    @property
    def accepted(self) -> bool:
        """Whether a rendering of this standing meets an obligation."""
        return self in (Status.PREFERRED, Status.ADMITTED)


class TermType(enum.Enum):
    """What kind of form a term is."""

    FULL = "full"
    SHORT = "short"
    ACRONYM = "acronym"
    ABBREVIATION = "abbreviation"
    VARIANT = "variant"
    PHRASE = "phrase"


class MatchMode(enum.Enum):
    """How a term is matched: inflected where it makes sense, as written, always inflected, or a regex."""

    SMART = "smart"
    EXACT = "exact"
    INFLECTED = "inflected"
    REGEX = "regex"


class CaseMode(enum.Enum):
    """Whether letter case counts; `smart`: only for terms in capitals."""

    SMART = "smart"
    SENSITIVE = "sensitive"
    INSENSITIVE = "insensitive"


class Where(enum.Enum):
    """Whether a forbidden rendering accuses only opposite its source term, or anywhere."""

    PAIRED = "paired"
    ALWAYS = "always"


class Count(enum.Enum):
    """How many renderings a pair owes: one, or one for each occurrence of the term."""

    ONCE = "once"
    EACH = "each"


class FirstUse(enum.Enum):
    """What the first mention in a document must look like."""

    OFF = "off"
    FULL = "full"
    FULL_ABBR = "full (abbr)"


class Origin(Struct, frozen=True):
    """Where in a glossary something was written; `str()` gives `glossary.yaml:12`."""

    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Term(Struct, frozen=True, omit_defaults=True):
    """One form of a concept in one language.

    Dates are ISO strings (`2025-09-05`), both ends inclusive, or empty. `scope` holds globs, `!`
    excludes; it is already merged with the concept's and the glossary's defaults.
    """

    text: str
    language: str
    status: Status = Status.PREFERRED
    type: TermType | None = None
    match: MatchMode = MatchMode.SMART
    case: CaseMode = CaseMode.SMART
    where: Where = Where.PAIRED
    instead: str = ""
    except_in: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    valid_from: str = ""
    valid_until: str = ""
    part_of_speech: str = ""
    usage: str = ""
    note: str = ""
    context: str = ""
    sources: tuple[str, ...] = ()
    origin: Origin = Origin()

    def is_valid_on(self, date: str) -> bool:
        """Whether the term is valid on an ISO date; it is on an empty one."""
        return not date or (self.valid_from <= date and (not self.valid_until or date <= self.valid_until))


class Ignore(Struct, frozen=True, omit_defaults=True):
    """Where findings on a concept are suppressed: in files that match a pattern, or in one pair of texts.

    `path` is a pattern relative to the directory of `origin`, where this is written. `pair` is a
    `Finding.pair`.
    """

    path: str = ""
    pair: str = ""
    note: str = ""
    origin: Origin = Origin()


class Concept(Struct, frozen=True, omit_defaults=True):
    """One meaning and its terms in every language of the glossary.

    `severity` overrides that of the rules for findings on this concept. `keep`: the term must stand unchanged
    in the target. Of two concepts with the same term the one with the higher `priority` wins. `ignore` says
    where findings on it are suppressed.
    """

    id: str
    terms: tuple[Term, ...]
    severity: Severity | None = None
    count: Count = Count.ONCE
    first_use: FirstUse = FirstUse.OFF
    keep: bool = False
    priority: int = 0
    definition: str = ""
    subject: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    customer: str = ""
    project: str = ""
    ignore: tuple[Ignore, ...] = ()
    origin: Origin = Origin()

    def is_called(self, name: str) -> bool:
        """Whether a user may mean this concept by `name`: its id or one of its terms in any language."""
        return self.id == name or any(term.text == name for term in self.terms)

    def in_language(self, language: str) -> tuple[Term, ...]:
        """The concept's terms in a language, in glossary order; `zh` finds `zh-Hant` and back."""
        return tuple(term for term in self.terms if same_language(term.language, language))


@functools.lru_cache(maxsize=1024)
def same_language(first: str, second: str) -> bool:
    """Whether two language tags name one language, subtags aside (`zh-Hant` and `zh` do)."""
    return primary_subtag(first) == primary_subtag(second)


class Glossary(Struct, frozen=True):
    """All concepts of one or several merged glossary files, in order.

    `languages` gives the default direction, source first; it is empty if neither the files nor the scripts of
    their entries tell. `paths` are the files it was read from.
    """

    concepts: Sequence[Concept]
    languages: tuple[str, ...] = ()
    title: str = ""
    paths: tuple[str, ...] = ()


PathTags = tuple[tuple[str, ...], tuple[str, ...]]
"""The parts of the paths of a source and a target file that may be their languages."""
NO_TAGS: PathTags = ((), ())


class GlossaryUse(Struct, frozen=True):
    """The glossary files that a text is checked against, in which direction, and by which configuration.

    An empty language is the one of the settings, or else of the glossary. `from_path`: a language is a part
    of the text's path, or stands in the text, so it may well be one that the glossary lacks. `tags` are
    parts of paths that may be languages where the pair gives none. `config` is the path of the config file
    that holds for the text.
    """

    paths: tuple[str, ...] = ()
    source_lang: str = ""
    target_lang: str = ""
    from_path: bool = False
    tags: PathTags = NO_TAGS
    config: str = ""
