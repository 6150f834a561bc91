"""Read, merge and print glossary files.

These are the names that other packages use. The modules for YAML, its errors and the entries are internal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from termcheck.glossary.loader import load_glossary, load_glossary_text, without_collection
    from termcheck.glossary.merge import Conflict, Loaded
    from termcheck.glossary.render import render_glossary, scalar
    from termcheck.glossary.schema import schema_text

__all__ = [
    "Conflict",
    "Loaded",
    "load_glossary",
    "load_glossary_text",
    "render_glossary",
    "scalar",
    "schema_text",
    "without_collection",
]

# Imported on first use, because a run with a cached glossary reads no YAML.
_MODULES = {
    "Conflict": "merge",
    "Loaded": "merge",
    "load_glossary": "loader",
    "load_glossary_text": "loader",
    "render_glossary": "render",
    "scalar": "render",
    "schema_text": "schema",
    "without_collection": "loader",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
