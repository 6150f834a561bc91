"""Shows entries of a glossary: as Markdown for hover and completion, and as places in the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lsprotocol.types import Location as Place
from lsprotocol.types import Position, Range
from pygls.uris import from_fs_path

from termcheck.globs import absolute_path
from termcheck.model import Concept, Origin, Term, same_language

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+|])")


def as_markdown(concept: Concept, source_lang: str, target_lang: str) -> str:
    """An entry with its terms, renderings, definition and notes."""
    return "\n\n".join(filter(None, _parts(concept, source_lang, target_lang)))


def place_of(origin: Origin) -> Place | None:
    """Where in a glossary something is written; None if that is no file."""
    if not origin.path or not origin.line:
        return None
    uri = from_fs_path(absolute_path(origin.path))
    start = Position(origin.line - 1, max(origin.column - 1, 0))
    return Place(uri, Range(start, start)) if uri else None


def _parts(concept: Concept, source_lang: str, target_lang: str) -> Iterator[str]:
    terms = [term for term in concept.terms if same_language(term.language, source_lang)]
    yield f"**{_escaped(' · '.join(term.text for term in terms) or concept.id)}**"
    renderings = [term for term in concept.terms if same_language(term.language, target_lang)]
    yield "\n".join(map(_line, renderings)) if renderings else "The entry has no rendering in this language."
    yield _escaped(concept.definition)
    yield from _notes([concept.note, *(term.note for term in concept.terms)])
    yield _link(concept.origin)


def _line(term: Term) -> str:
    status = term.status.value
    text = f"~~{_escaped(term.text)}~~" if not term.status.accepted else _escaped(term.text)
    dates = " to ".join(filter(None, (term.valid_from, term.valid_until)))
    more = [status, *filter(None, (term.usage, dates, term.instead and f"use {term.instead}"))]
    return f"* {text} — {_escaped(', '.join(more))}"


def _notes(notes: Iterable[str]) -> Iterator[str]:
    yield from (f"_{_escaped(note)}_" for note in dict.fromkeys(filter(None, notes)))


def _link(origin: Origin) -> str:
    place = place_of(origin)
    return f"[{_escaped(str(origin))}]({place.uri}#L{origin.line})" if place else _escaped(str(origin))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
