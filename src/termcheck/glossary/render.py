"""Print a glossary as one YAML file with defaults spelled out and files merged.

The printed file loads back to an equal glossary, except for origins. So `glossary show` can also merge
several files into one. Short forms stay short if they mean the same, because people read the result.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from termcheck.glossary.drafts import statuses
from termcheck.glossary.languages import looks_swapped
from termcheck.glossary.nodes import ScalarNode
from termcheck.lazy import compile_later
from termcheck.model import Concept, Glossary, Ignore, Status, Term
from termcheck.text.width import UNSAFE, printable

# Texts that begin with a letter or digit and contain no YAML punctuation need no quotes.
_PLAIN = compile_later(r"[^\W_](?:[^\n\r\x85\u2028\u2029:#,\[\]{}\t]*[^\s:#,\[\]{}])?")
# These are always escaped: what a terminal must not get, and what a CI service takes for a command.
_UNSAFE = compile_later(f"[{UNSAFE}]|#(?=#)")
# Longer keys are written with `? `.
_LONGEST_KEY = 200

_CONCEPT_FIELDS = (
    "definition", "subject", "note", "sources", "see_also", "customer", "project",
    "severity", "count", "first_use", "keep", "priority", "ignore",
)  # fmt: skip
_TERM_FIELDS = (
    "status", "type", "part_of_speech", "usage", "match", "case", "where", "instead", "except_in",
    "scope", "valid_from", "valid_until", "note", "context", "sources",
)  # fmt: skip


def render_glossary(glossary: Glossary) -> str:
    """The glossary as one YAML file in the full form, ending in a newline.

    If entries have the same key, the later ones are comments with their origin, because a file can have a key
    only once.
    """
    lines = ["version: 1"]
    if glossary.title:
        lines.append(f"title: {scalar(glossary.title)}")
    lines += [f"languages: {_flow(glossary.languages)}", "terms:"]
    keys: set[str] = set()
    for concept in glossary.concepts:
        key = concept.terms[0]
        fits = key.text not in keys and key.language == glossary.languages[0]
        keys.add(key.text)
        entry = [f"  {line}" for line in _entry(concept, glossary.languages)]
        lines += (
            entry
            if fits
            else [f"  # also, from {printable(str(concept.origin))}:", *(f"  # {line[2:]}" for line in entry)]
        )
    return "\n".join(lines) + "\n"


def scalar(text: str) -> str:
    """A text as a YAML scalar that loads back unchanged, without quotes if possible."""
    if _UNSAFE.search(text):
        import json

        quoted = json.dumps(text, ensure_ascii=False)
        return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
    if _PLAIN.fullmatch(text) and not ScalarNode(text, 1, 1, 1, 1).empty:
        return text
    return "'" + text.replace("'", "''") + "'"


def _entry(concept: Concept, languages: Sequence[str]) -> Iterator[str]:
    key, *rest = concept.terms
    renderings = [term for term in rest if term.language == languages[1]]
    if len(renderings) == len(rest) and not concept_values(concept) and _is_plain(key):
        statuses = open_statuses(renderings)
        texts = [term.text for term in renderings]
        plain = all(_is_plain(term, status) for term, status in zip(renderings, statuses, strict=True))
        # A key in two scripts may look like a rendering, unless the entry names the language of the other.
        if plain and not looks_swapped(key.text, texts, languages):
            yield from _keyed(key.text, scalar(texts[0]) if len(texts) == 1 else _flow(texts))
            return
    yield from _keyed(key.text)
    for name, value in concept_values(concept):
        yield f"  {name}: {_value(value)}"
    named = [] if _is_plain(key) else [key]
    groups: dict[str, list[Term]] = {key.language: named} if named else {}
    for term in rest:
        groups.setdefault(term.language, []).append(term)
    for tag, group in groups.items():
        yield from _language(tag, group, key)


def _keyed(key: str, value: str = "") -> Iterator[str]:
    text = scalar(key)
    if len(text) > _LONGEST_KEY:
        yield f"? {text}"
        yield f": {value}".rstrip()
    else:
        yield f"{text}: {value}".rstrip()


def _language(tag: str, group: Sequence[Term], key: Term) -> Iterator[str]:
    # The key counts when its language's names are divided into preferred and admitted.
    ahead = [key] if tag == key.language and group[0] is not key else []
    expected = open_statuses([*ahead, *group])[len(ahead) :]
    items = [_term(term, status) for term, status in zip(group, expected, strict=True)]
    if len(items) == 1:
        yield f"  {tag}: {items[0]}"
        return
    yield f"  {tag}:"
    for item in items:
        yield f"    - {item}"


def open_statuses(group: Sequence[Term]) -> list[Status | None]:
    """The status each term gets if only unusual ones are written, or None if it must be written."""
    written = [None if term.status.accepted else term.status for term in group]
    periods = [(term.valid_from, term.valid_until) for term in group]
    settled = statuses(list(zip(written, periods, strict=True)))
    agree = all(status is term.status for status, term in zip(settled, group, strict=True))
    return [status if agree and status.accepted else None for status in settled]


def _is_plain(term: Term, status: Status | None = Status.PREFERRED) -> bool:
    return term.status is status and not term_values(term, status)


def _term(term: Term, status: Status | None) -> str:
    values = term_values(term, status)
    if not values:
        return scalar(term.text)
    return (
        "{" + ", ".join([f"term: {scalar(term.text)}", *(f"{name}: {_value(v)}" for name, v in values)]) + "}"
    )


def term_values(term: Term, status: Status | None) -> list[tuple[str, Any]]:
    """The attributes of a term that must be written, if its status would be `status` without."""
    values = [(name, getattr(term, name)) for name in _TERM_FIELDS]
    return [
        each for each in values if each[1] != (status if each[0] == "status" else _defaults(Term)[each[0]])
    ]


def concept_values(concept: Concept) -> list[tuple[str, Any]]:
    """The attributes of an entry that must be written."""
    values = [(name, getattr(concept, name)) for name in _CONCEPT_FIELDS]
    named = [("concept", concept.id)] if concept.id != concept.terms[0].text else []
    return named + [(name, value) for name, value in values if value != _defaults(Concept)[name]]


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_item, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return scalar(value.value if isinstance(value, Enum) else str(value))


def _item(value: Any) -> str:
    """An item of a list: a text or an `Ignore`."""
    if not isinstance(value, Ignore):
        return scalar(value)
    if value.path and not value.note:
        return scalar(value.path)
    written = ((name, getattr(value, name)) for name in ("path", "pair", "note"))
    return "{" + ", ".join(f"{name}: {scalar(text)}" for name, text in written if text) + "}"


def _flow(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(scalar, texts)) + "]"


@functools.cache
def _defaults(kind: type[Struct]) -> Mapping[str, object]:
    return {field.name: field.default for field in fields(kind)}
