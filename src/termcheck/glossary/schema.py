"""The JSON Schema of glossary files, with which editors check and complete them.

The schema is a data file kept by hand, because editors show its descriptions to people. A test compares it
with the loader.
"""

from __future__ import annotations

from termcheck.data import read_text


def schema_text() -> str:
    """The schema (JSON Schema draft 2020-12) as JSON text."""
    return read_text("termcheck-glossary.schema.json")
