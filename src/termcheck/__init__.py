"""termcheck checks terminology in bilingual text against a glossary.

The public API: `check_text` and `check_paths` give a Report of Findings, `load_glossary` a Glossary,
and `terms_in` the terms of a glossary that occur in a text.
Names are resolved on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from termcheck.api import check_paths, check_text, load_glossary, terms_in
    from termcheck.model import Finding, Report, TermcheckError

__all__ = [
    "Finding",
    "Report",
    "TermcheckError",
    "__version__",
    "check_paths",
    "check_text",
    "load_glossary",
    "terms_in",
]

__version__ = "0.1.0"

_HOMES = {
    "check_paths": "termcheck.api",
    "check_text": "termcheck.api",
    "load_glossary": "termcheck.api",
    "terms_in": "termcheck.api",
    "Finding": "termcheck.model",
    "Report": "termcheck.model",
    "TermcheckError": "termcheck.model",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
