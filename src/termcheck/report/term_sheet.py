"""A term sheet as text, JSON, CSV or Markdown: what a translator keeps beside the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from termcheck.glossary.markdown import write_row
from termcheck.glossary.write_delimited import delimited_line
from termcheck.model import TermInText
from termcheck.text.width import printable

_HEADER = ("term", "renderings", "forbidden", "count", "places", "note")


def _as_text(terms: Sequence[TermInText]) -> str:
    lines = []
    for term in terms:
        said = "stays as it is" if term.keep else ", ".join(term.renderings)
        avoid = f"; not: {', '.join(term.forbidden)}" if term.forbidden else ""
        note = f" ({term.note or term.definition})" if term.note or term.definition else ""
        lines.append(printable(f"{term.term}: {said}{avoid}{note} [{_places(term)}]"))
    return "".join(f"{line}\n" for line in lines)


def _as_json(terms: Sequence[TermInText]) -> str:
    entries = [
        {
            "id": term.id,
            "term": term.term,
            "renderings": list(term.renderings),
            "forbidden": list(term.forbidden),
            "keep": term.keep,
            "count": len(term.places),
            "places": [
                {"path": place.path, "line": place.line, "column": place.column, "text": place.text}
                for place in term.places
            ],
            "definition": term.definition,
            "note": term.note,
            "origin": term.origin,
        }
        for term in terms
    ]
    return json.dumps({"terms": entries}, ensure_ascii=False, indent=2) + "\n"


def _as_csv(terms: Sequence[TermInText]) -> str:
    return "".join(delimited_line(row, ",") for row in _rows(terms))


def _as_markdown(terms: Sequence[TermInText]) -> str:
    header, *rows = _rows(terms)
    return write_row(header) + f"|{'---|' * len(header)}\n" + "".join(map(write_row, rows))


def _rows(terms: Iterable[TermInText]) -> list[list[str]]:
    rows = [list(_HEADER)]
    for term in terms:
        renderings = term.renderings or ((term.term,) if term.keep else ())
        note = term.note or term.definition
        rows.append(
            [
                term.term, "; ".join(renderings), "; ".join(term.forbidden),
                str(len(term.places)), _places(term), note,
            ]
        )  # fmt: skip
    return rows


def _places(term: TermInText, most: int = 5) -> str:
    shown = ", ".join(f"{place.line}:{place.column}" for place in term.places[:most])
    more = len(term.places) - most
    return f"{shown} and {more} more" if more > 0 else shown


SHEET_FORMATS: Mapping[str, Callable[[Sequence[TermInText]], str]] = {
    "text": _as_text,
    "json": _as_json,
    "csv": _as_csv,
    "markdown": _as_markdown,
}
"""The renderers of term sheets by name."""
