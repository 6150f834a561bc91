"""Glossaries as CSV and TSV, under a header of languages and attributes, which the reader knows."""

from __future__ import annotations

from collections.abc import Iterable

from termcheck.glossary.formats import Written
from termcheck.glossary.table_rows import neutral, rows_of
from termcheck.model import Glossary


def write_delimited(glossary: Glossary, mark: str) -> Written:
    """The glossary with a mark between the columns; cells that look like formulas get an apostrophe."""
    rows, lost = rows_of(glossary)
    return Written("".join(delimited_line(row, mark) for row in rows).encode(), lost)


def delimited_line(cells: Iterable[str], mark: str) -> str:
    """A row of cells as a line; cells that look like formulas get an apostrophe."""
    texts = [neutral(cell) for cell in cells]
    # A line that begins with `#` is read as a comment.
    return (
        mark.join(_cell(text, mark, quoted=text[:1] == "#" and not at) for at, text in enumerate(texts))
        + "\n"
    )


def _cell(text: str, mark: str, *, quoted: bool) -> str:
    if quoted or any(sign in text for sign in (mark, '"', "\n", "\r")) or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text
