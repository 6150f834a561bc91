"""Texts that only a full check reads rightly, whatever terms they have.

They have brackets, protected text, or characters that folding drops or a page does not show.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from termcheck.lazy import compile_later
from termcheck.readers.protect import protected_spans, suspicious
from termcheck.readers.shown import ENTITY
from termcheck.text.batch import SEPARATOR
from termcheck.text.search import find_all

# Brackets need views of their own, and folding changes these control characters and quotes.
_UNUSUAL = "([（［`\t\n\r\v\f\x1c\x1d\x1e\x1f\x85"
# Blanks that folding drops inside a term: several, unless they follow a sentence, and one between Chinese
# characters.
_HAN = "\u3040-\u9fff"
_BLANK = "[ \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
_GAP = compile_later(
    f"{_BLANK}(?:{_BLANK}(?<![a-z]{{3}}[.!?:;]{_BLANK}{{2}})|(?<=[{_HAN}]{_BLANK})(?=[{_HAN}]))"
)
# A star behind a word may be the mark of a footnote, which does not part a term.
_FOOTNOTE = compile_later(r"\w[*†‡]")


def mark_unusual(texts: Sequence[str], needs_judge: bytearray) -> None:
    """Mark the texts that need the judge whatever terms they have."""
    joined = SEPARATOR.join(texts)
    unusual = [start for mark in _UNUSUAL for start in find_all(mark, joined)]
    unusual += [gap.start() for gap in _GAP.finditer(joined)]
    if "&" in joined:
        unusual += [entity.start() for entity in ENTITY.finditer(joined)]
    if "*" in joined or "†" in joined or "‡" in joined:
        unusual += [mark.start() for mark in _FOOTNOTE.finditer(joined)]
    doubtful = list(suspicious(joined))
    if not unusual and not doubtful:
        return
    begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
    for number in {bisect_right(begins, start) - 1 for start in unusual}:
        needs_judge[number] = 1
    for number in {bisect_right(begins, start) - 1 for start in doubtful}:
        if not needs_judge[number] and protected_spans(texts[number]):
            needs_judge[number] = 1
