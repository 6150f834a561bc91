"""Dates that stand alone on a line, as in a byline: `2023年5月25日`, `May 25, 2023`, `25. Mai 2023`."""

from __future__ import annotations

from termcheck.lazy import compile_later

_DATE = compile_later(
    r"[(（]?(?:"
    r"\d{2,4}\s?[年년]\s?\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日일号號])?"
    r"|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}"
    r"|(?:[^\W\d_]{3,9}\.? )?\d{1,2}(?:st|nd|rd|th|\.)?(?: [^\W\d_]{3,9}\.?)?,? \d{4}"
    r")[)）]?"
)
_LONGEST = 40


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    stripped = text.strip()
    return len(stripped) <= _LONGEST and _DATE.fullmatch(stripped) is not None
