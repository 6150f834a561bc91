"""Whether an occurrence is a verb although its entry is about the noun: viewed, and not the view.

English has verbs like most of its nouns, and an entry seldom says which of the two it means. But its
renderings may show it: Ansicht and 视图 can be no verbs.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from termcheck import languages
from termcheck.lazy import compile_later
from termcheck.matching.match import Match, Trait
from termcheck.matching.strict import segmentation
from termcheck.model import MatchMode, Term
from termcheck.text.fold import fold

_WORD_BEFORE = compile_later(r"([^\W\d_]+) \Z")
_WORD_AFTER = compile_later(r" ([^\W\d_]+)")
# So many characters around an occurrence hold the next word.
_REACH = 20


def is_verb_of_noun(match: Match, renderings: Sequence[Term]) -> bool:
    """Whether a match is a form of a verb, while its entry names no part of speech and renders a noun."""
    term = match.term
    if not match.traits & Trait.INFLECTED or term.part_of_speech or term.match is MatchMode.INFLECTED:
        return False
    return _is_verb_form(match) and all(
        _is_noun(rendering.text, rendering.language) for rendering in renderings
    )


def _is_verb_form(match: Match) -> bool:
    tag, text, span = match.term.language, match.segment.text, match.span
    is_verb_form = languages.get(tag).is_verb_form
    if is_verb_form is None:
        return False
    before = _WORD_BEFORE.search(text[max(0, span.start - _REACH) : span.start])
    after = _WORD_AFTER.match(text, span.end)
    return is_verb_form(
        fold(match.term.text, tag).text,
        fold(match.text, tag).text,
        before[1].lower() if before else "",
        after[1].lower() if after else "",
    )


@functools.lru_cache(maxsize=1024)
def _is_noun(text: str, tag: str) -> bool:
    """Whether a rendering surely is a noun: no word of it has the ending of an infinitive."""
    language, folded = languages.get(tag), fold(text, tag).text
    if language.segmenter:
        return segmentation.is_noun(folded)
    return bool(language.infinitive) and not re.search(rf"(?:{language.infinitive})(?!\w)", folded)
