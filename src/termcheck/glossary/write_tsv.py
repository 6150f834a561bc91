"""Glossaries as TSV."""

from __future__ import annotations

from termcheck.glossary.formats import Written
from termcheck.glossary.write_delimited import write_delimited
from termcheck.model import Glossary


def write(glossary: Glossary) -> Written:
    """The glossary with tabs between its columns."""
    return write_delimited(glossary, "\t")
