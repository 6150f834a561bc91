"""Glossaries: reading, merging and printing them.

What others need is named here; how YAML is read, explained and settled stays inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

# Imported when they are asked for: a run whose glossary is in the store reads no YAML.
_HOMES = {
    "Conflict": "merge",
    "Loaded": "merge",
    "load_glossary": "loader",
    "load_glossary_text": "loader",
    "render_glossary": "render",
    "schema_text": "schema",
    "without_collection": "loader",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
