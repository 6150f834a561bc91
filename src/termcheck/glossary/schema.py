"""The JSON Schema of glossary files, for editors that check and complete while one types.

It is data kept by hand, because editors show its descriptions to people; a test holds it against the loader.
"""

from __future__ import annotations

from importlib.resources import files


def schema_text() -> str:
    """The schema (JSON Schema draft 2020-12) as JSON text, as it is shipped."""
    return (files("termcheck") / "data" / "termcheck-glossary.schema.json").read_text(encoding="utf-8")
