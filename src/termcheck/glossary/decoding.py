"""The text of a glossary that another tool wrote: in UTF-8, or in an encoding that its first bytes tell."""

from __future__ import annotations

from termcheck.model import TermcheckError
from termcheck.readers.encoding import decode


def text_of(data: bytes, path: str) -> str:
    """The text of a file. Raises TermcheckError for other encodings, which nothing tells for sure."""
    try:
        return decode(data, path, None)
    except TermcheckError as error:
        advice = error.advice if "UTF-8" not in error.advice else "save it as UTF-8"
        raise TermcheckError(
            error.message, path=path, line=error.line, column=error.column, advice=advice
        ) from None
