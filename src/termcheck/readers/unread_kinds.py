"""Files that may well hold texts, but in a format that no reader reads.

A directory of such files looks checked when it is not, so a check names them. Endings that mostly belong to
programs and settings, such as `.json` and `.xml`, are not listed: nearly every repository
has such files, and a notice in every run tells nobody anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from termcheck.messages import listing
from termcheck.readers import ENDINGS, ending_of

_TRANSLATIONS = ".tbx"
_SUBTITLES = ".sbv .sub .ttml .stl"
_DOCUMENTS = ".docx .odt .rtf .pptx .odp .xlsx .ods .epub .idml"
_MARKUP = ".rst .adoc .asciidoc .org .tex"
_MAY_HOLD_TEXTS = frozenset(" ".join((_TRANSLATIONS, _SUBTITLES, _DOCUMENTS, _MARKUP)).split())

# More kinds than these are counted. Chosen by hand.
_MOST_KINDS = 5


def may_hold_texts(path: str) -> bool:
    """Whether a file is of a kind that may hold texts, although no reader reads it."""
    ending = ending_of(path)
    return ending in _MAY_HOLD_TEXTS and ending not in ENDINGS


def not_read(paths: Iterable[str]) -> str:
    """`not read: 3 files (.tmx, .rst)`, the most frequent kind first; empty if there are no files."""
    kinds = Counter(map(ending_of, paths))
    if not kinds:
        return ""
    ordered = sorted(kinds, key=lambda ending: (-kinds[ending], ending))
    listed = ", ".join(ordered) if len(ordered) <= _MOST_KINDS else listing(ordered, _MOST_KINDS)
    count = kinds.total()
    return f"not read: {count} {'file' if count == 1 else 'files'} ({listed})"
