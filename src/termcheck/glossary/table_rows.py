"""A glossary as the rows of a table, for CSV, TSV, Markdown and spreadsheets.

A concept with one plain term in each language is one row. Otherwise each further term has a row of its own,
so that it is certain what its status and its other values are about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from termcheck.glossary.kept_values import kept_values
from termcheck.glossary.table import LIST_MARK, texts_in
from termcheck.language_tags import primary_subtag
from termcheck.model import Concept, Glossary, Term

# What the reader of tables understands in a column, in the order of the columns.
_COLUMNS = (
    "status", "type", "part_of_speech", "case", "match", "valid_from", "valid_until", "instead", "where",
    "definition", "subject", "note", "context", "usage", "sources", "except_in", "scope", "see_also",
    "customer", "project", "severity", "count", "first_use", "priority", "keep", "concept",
)  # fmt: skip
# What a row may say of its translation while it names the source term, too.
_OF_TRANSLATION = frozenset({"status", "type", "where", "instead"})
# Columns that are about the concept, whatever row they are in.
_OF_CONCEPT = frozenset(
    {
        "definition", "subject", "note", "sources", "see_also", "customer", "project",
        "severity", "count", "first_use", "priority", "keep",
    }
)  # fmt: skip

Values = dict[str, str]


def rows_of(glossary: Glossary) -> tuple[list[list[str]], list[str]]:
    """The header and the rows, without columns that nothing needs; and what a table cannot hold, in words."""
    lost: Counter[str] = Counter()
    rows = [row for concept in glossary.concepts for row in _rows(concept, lost)]
    tags = {term.language for concept in glossary.concepts for term in concept.terms}
    order = {primary_subtag(tag): place for place, tag in enumerate(glossary.languages)}
    ordered = sorted(tags, key=lambda tag: (order.get(primary_subtag(tag), len(order)), tag))
    header = [*ordered, *(name for name in _COLUMNS if any(name in row for row in rows))]
    said = [
        f"`{name}` of {count} {'entry' if count == 1 else 'entries'}" for name, count in sorted(lost.items())
    ]
    if glossary.title:
        said.append("the title")
    return [header, *([row.get(name, "") for name in header] for row in rows)], said


def _rows(concept: Concept, lost: Counter[str]) -> Iterator[Values]:
    """The rows of a concept; what has no column is counted in `lost`."""
    tags = [term.language for term in concept.terms]
    values = [_values(term, lost) for term in concept.terms]
    told = {**_concept_values(concept, lost)}
    key = {tags[0]: concept.terms[0].text}
    is_plain = len(set(tags)) == len(tags) and not values[0] and all(one == values[1] for one in values[1:])
    if is_plain and set(values[-1]) <= _OF_TRANSLATION:
        cells = {tag: term.text for tag, term in zip(tags, concept.terms, strict=True)}
        yield {**cells, **told, **values[-1]}
        return
    by_id = any(not set(one) <= _OF_TRANSLATION for one in values[1:]) or tags.count(tags[0]) > 1 or values[0]
    named = {"concept": concept.id} if by_id or concept.id != concept.terms[0].text else {}
    told = {**told, **named}
    if values[0]:
        yield {**key, **told, **values[0]}
        told = named
    for tag, term, own in zip(tags[1:], concept.terms[1:], values[1:], strict=True):
        beside = {} if tag == tags[0] or not set(own) <= _OF_TRANSLATION else key
        if not beside and told is not named:
            yield {**key, **told}
            told = named
        yield {**beside, tag: term.text, **told, "status": term.status.value, **own}
        told = named


def _values(term: Term, lost: Counter[str]) -> Values:
    """The values of a term that differ from what they are without a column."""
    values = kept_values(term, ("text", "language"))
    return _cells(values, lost, frozenset(_COLUMNS) - _OF_CONCEPT)


def _concept_values(concept: Concept, lost: Counter[str]) -> Values:
    values = kept_values(concept, ("id", "terms"))
    cells = _cells(values, lost, _OF_CONCEPT)
    if concept.id != concept.terms[0].text:
        cells["concept"] = concept.id
    return cells


def _cells(values: Mapping[str, Any], lost: Counter[str], columns: frozenset[str]) -> Values:
    cells: Values = {}
    for name, value in values.items():
        is_list = isinstance(value, list | tuple)
        if name not in columns or (is_list and texts_in(LIST_MARK.join(value)) != tuple(value)):
            lost[name] += 1
        elif is_list:
            cells[name] = LIST_MARK.join(value)
        elif isinstance(value, bool):
            cells[name] = "yes" if value else "no"
        else:
            cells[name] = str(value)
    return cells


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
