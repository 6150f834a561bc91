"""How likely a phrase and its rendering are an entry of a glossary.

Terms have one rendering, and common words have many, so the strongest sign is how exclusively the two belong
together. Phrases of several words, names and acronyms are terms more often than single common words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from termcheck import languages
from termcheck.extract.tokens import smallness
from termcheck.matching.strict.segmentation import part_of_speech
from termcheck.text.scripts import UNSPACED, letter_counts

# All factors here were chosen by hand.
_COMMON_WORD, _NAME, _LONG, _SHORT_UNSPACED, _NUMBER, _ONE_SIDED = 0.55, 0.6, 0.7, 0.5, 0.2, 0.2
# A phrase that ends with a verb, or begins or ends with an adverb, a pronoun, a preposition, a conjunction.
_VERB, _OTHER_CLASS = 0.6, 0.5
_CLOSED_CLASSES = frozenset("dpcr")
# Each word inside that belongs to a sentence: in Chinese an adverb, a pronoun or a preposition.
_SENTENCE = 0.6
_SENTENCE_CLASSES = frozenset("dpr")
# A longer term is seldom one.
_USUAL_WORDS = 4


def termhood(text: str, keys: Sequence[str], language: str) -> float:
    """How much a phrase as written looks like a term, between 0 and 1; `keys` are those of its words."""
    counts = letter_counts(text)
    if counts and counts.most_common(1)[0][0] in UNSPACED:
        short = _SHORT_UNSPACED if sum(counts.values()) <= 2 else 1.0
        return short * (_noun_likeness(keys) if languages.get(language).segmenter else 1.0)
    if len(keys) > 1:
        return (_LONG if len(keys) > _USUAL_WORDS else 1.0) * _SENTENCE ** _sentence_words(keys, language)
    if text.isupper() or text[1:] != text[1:].lower():
        return 1.0
    capitals_tell = not languages.get(language).small_words
    return _NAME if text[:1].isupper() and capitals_tell else _COMMON_WORD


def _noun_likeness(words: Sequence[str]) -> float:
    """How much Chinese words look like a noun phrase, by the parts of speech of the first and the last."""
    likely = _OTHER_CLASS if part_of_speech(words[0])[:1] in _CLOSED_CLASSES else 1.0
    last = part_of_speech(words[-1])
    if last[:1] in _CLOSED_CLASSES:
        likely *= _OTHER_CLASS
    inside = sum(part_of_speech(word)[:1] in _SENTENCE_CLASSES for word in words[1:-1])
    return likely * (_VERB if last == "v" and len(words) > 1 else 1.0) * _SENTENCE**inside


def _sentence_words(keys: Sequence[str], language: str) -> int:
    """How many function words a phrase has that join no names: `is` and `with`, but not `of` and `and`."""
    known, is_small = languages.get(language), smallness(language)
    joining = known.links | known.coordinators | known.articles
    return sum(is_small(key) and key not in joining for key in keys)


def confidence(joint: float, source: int, target: int, coverage: float, *, mutual: bool) -> float:
    """How surely two phrases render each other, between 0 and 1.

    They occur in `source` and in `target` texts, and in `joint` texts together. `coverage` says how well
    their words render each other, and `mutual` whether neither has a better partner.
    """
    exclusive = 2 * joint / (source + target + 1)
    return min(1.0, exclusive) * coverage * (1.0 if mutual else _ONE_SIDED)


def rank(sure: float, joint: float, *kinds: float, has_number: bool) -> float:
    """The number by which proposals are ordered; the best has the highest."""
    likely = math.prod(kinds) * (_NUMBER if has_number else 1.0)
    return sure**2 * likely * math.log1p(joint)
