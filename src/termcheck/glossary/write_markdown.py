"""Glossaries as a table of Markdown."""

from __future__ import annotations

from termcheck.glossary.formats import Written
from termcheck.glossary.markdown import write_row
from termcheck.glossary.table_rows import rows_of
from termcheck.model import Glossary


def write(glossary: Glossary) -> Written:
    """The glossary as a table, under its title."""
    (header, *rows), lost = rows_of(glossary)
    title = f"# {' '.join(glossary.title.split())}\n\n" if glossary.title else ""
    rule = f"|{'---|' * len(header)}\n"
    text = title + write_row(header) + rule + "".join(map(write_row, rows))
    return Written(text.encode(), [what for what in lost if what != "the title"])
