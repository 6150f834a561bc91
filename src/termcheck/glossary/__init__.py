"""Glossaries: reading, merging and printing them.

What others need is named here; how YAML is read, explained and settled stays inside.
"""

from __future__ import annotations

from termcheck.glossary.loader import load_glossary, load_glossary_text, without_collection
from termcheck.glossary.merge import Conflict, Loaded
from termcheck.glossary.render import render_glossary
from termcheck.glossary.schema import schema_text

__all__ = [
    "Conflict",
    "Loaded",
    "load_glossary",
    "load_glossary_text",
    "render_glossary",
    "schema_text",
    "without_collection",
]
