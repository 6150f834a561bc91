"""A glossary as plain data, mappings and lists, in the full form of YAML and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from termcheck.glossary.render import concept_values, open_statuses, term_values
from termcheck.model import Concept, Glossary, Ignore, Status, Term


def plain_data(glossary: Glossary) -> tuple[dict[str, Any], Sequence[str]]:
    """The glossary, and what it cannot hold: an entry whose term is the key of another one."""
    terms: dict[str, Any] = {}
    lost = unkeyed = 0
    for concept in glossary.concepts:
        key = concept.terms[0]
        if key.language != glossary.languages[0]:
            unkeyed += 1
        elif key.text in terms:
            lost += 1
        else:
            terms[key.text] = _entry(concept, glossary.languages)
    whole: dict[str, Any] = {"version": 1}
    if glossary.title:
        whole["title"] = glossary.title
    return {**whole, "languages": list(glossary.languages), "terms": terms}, lost_entries(
        lost, unkeyed, glossary.languages[0]
    )


def lost_entries(repeated: int, unkeyed: int, language: str) -> list[str]:
    """What to say of entries that a glossary with terms as keys cannot hold."""
    said = []
    if repeated:
        said.append(f"{repeated} with the same term as another entry")
    if unkeyed:
        said.append(f"{unkeyed} without a term in {language}")
    return [f"all entries: {' and '.join(said)}"] if said else []


def _entry(concept: Concept, languages: Sequence[str]) -> Any:
    key, *rest = concept.terms
    values = dict(concept_values(concept))
    groups: dict[str, list[Term]] = {}
    if term_values(key, Status.PREFERRED):
        groups[key.language] = [key]
    for term in rest:
        groups.setdefault(term.language, []).append(term)
    written = {tag: _group(tag, group, key) for tag, group in groups.items()}
    short = written.get(languages[1])
    if not values and len(written) == 1 and _is_short(short):
        return short
    return {name: _plain(value) for name, value in values.items()} | written


def _is_short(written: Any) -> bool:
    """Whether renderings can stand for the entry: they are texts."""
    return isinstance(written, str) or (
        isinstance(written, list) and all(isinstance(item, str) for item in written)
    )


def _group(tag: str, group: Sequence[Term], key: Term) -> Any:
    ahead = [key] if tag == key.language and group[0] is not key else []
    expected = open_statuses([*ahead, *group])[len(ahead) :]
    items = []
    for term, status in zip(group, expected, strict=True):
        values = {name: _plain(value) for name, value in term_values(term, status)}
        items.append({"term": term.text, **values} if values else term.text)
    return items[0] if len(items) == 1 else items


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Ignore):
        written: Mapping[str, str] = {"path": value.path, "pair": value.pair, "note": value.note}
        given = {name: text for name, text in written.items() if text}
        return value.path if set(given) == {"path"} else given
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
