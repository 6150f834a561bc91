"""The JSON Schema of glossary files, for editors that check and complete while one types.

It is data kept by hand, because editors show its descriptions to people; a test holds it against the loader.
"""

from __future__ import annotations

from termcheck.data import read_text


def schema_text() -> str:
    """The schema (JSON Schema draft 2020-12) as JSON text, as it is shipped."""
    return read_text("termcheck-glossary.schema.json")
