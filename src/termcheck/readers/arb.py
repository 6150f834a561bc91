"""ARB: the resource bundles of Flutter, JSON with one language in each file.

Names that begin with `@` describe a text, and `@@locale` says the language of the file.
"""

from __future__ import annotations

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.readers.base import Reading, ReadOptions, RowErrors
from termcheck.readers.json_texts import json_segment, replacement
from termcheck.readers.json_tree import read_tree
from termcheck.readers.tree import Text, reading

__all__ = ["declared_languages", "read", "replacement"]

_LOCALE = compile_later(r'"@@locale"\s*:\s*"([A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*)"')


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read a file; a repeated name is an error of that text. Raises TermcheckError for what is no JSON."""
    errors = RowErrors(raw, path)
    tree = read_tree(raw, path, errors.add)
    tree.texts = list(filter(_is_text, tree.texts))
    return reading(tree, errors, replace(options, half=True), lambda text, key: json_segment(raw, text, key))


def declared_languages(head: str) -> tuple[str, str]:
    """The language that the beginning of a file declares; empty if it does not."""
    found = _LOCALE.search(head)
    return "", found[1] if found else ""


def _is_text(text: Text) -> bool:
    return text.group.parent is None and not text.name.startswith("@")
