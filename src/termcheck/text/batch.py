"""Folds many texts at once, so that one search can look through all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from termcheck.text.fold import fold, fold_in_place

SEPARATOR = "\0"
"""Stands between the texts of a batch."""


def fold_batch(texts: Sequence[str], language: str) -> tuple[str, Sequence[int]]:
    """The folded texts, joined by `SEPARATOR`, and the numbers of texts whose characters moved."""
    joined = SEPARATOR.join(texts)
    folded = fold_in_place(joined, language) if joined.count(SEPARATOR) < len(texts) else None
    if folded is not None:
        return folded, ()
    parts: list[str] = []
    displaced: list[int] = []
    for number, text in enumerate(texts):
        part = fold_in_place(text, language) if SEPARATOR not in text else None
        if part is None:
            displaced.append(number)
            part = fold(text, language).text.replace(SEPARATOR, " ")
        parts.append(part)
    return SEPARATOR.join(parts), displaced


def ends_in(data: str) -> list[int]:
    """The offsets at which the texts of a batch end."""
    return [*(separator.start() for separator in re.finditer(SEPARATOR, data)), len(data)]
