"""Which phrase of the other side renders a phrase: the one most strongly associated that covers its words.

Association alone prefers the rare half of a rendering: 新興 occurs nearly always with `emerging markets`, and
市場 also elsewhere. So the score is G² times the share of the phrase's words that the rendering covers. Of
two that are equal, the longer one explains more.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nlargest

from msgspec import Struct

from termcheck.association import SIGNIFICANT, log_likelihood
from termcheck.extract.phrases import Phrases

# All figures here were chosen by hand.

# A phrase that is in more texts than this is judged by a sample of them.
_MOST_TEXTS = 400
# A rendering is in two texts with the phrase at least, and in this share of those of the most frequent one.
_LEAST_JOINT, _LEAST_SHARE = 2, 0.25
# The words of so many of the most strongly associated renderings are compared.
_MOST_COMPARED = 15
_MOST_MEASURED = 30
_MOST_KEPT = 3
# So many words of the other side may render a word.
_MOST_PARTNERS = 30
# How much it counts that the rendering has no words which the phrase does not cover.
_EXTRA_WORDS = 0.02
# A phrase that has the same neighbour in a larger share of its occurrences is probably part of a longer one.
_BOUND = 0.8


class Link(Struct, frozen=True, gc=False):
    """A phrase of the other side, and the number of texts that have both; `score` is only for comparing."""

    score: float
    joint: float
    phrase: int


class Lexicon:
    """How likely each word of one side is rendered by words of the other side, between 0 and 1."""

    def __init__(self, own: Phrases, other: Phrases) -> None:
        self._partners: dict[int, Mapping[int, float]] = {}
        sizes = {word: len(texts) for word, texts in other.texts_with_word.items()}
        for word, texts in own.texts_with_word.items():
            joint, scale = _joint(texts, other.words_in)
            dice = {
                partner: 2 * count * scale / (len(texts) + sizes[partner])
                for partner, count in joint.items()
                if count >= _LEAST_JOINT
            }
            best = sorted(dice, key=lambda partner: (-dice[partner], partner))[:_MOST_PARTNERS]
            self._partners[word] = {partner: dice[partner] for partner in best}

    def coverage(self, words: Sequence[int], by: Sequence[int]) -> float:
        """How well some words are rendered by others, compared with the best words for each; 0 to 1."""
        covered = possible = 0.0
        for word in words:
            partners = self._partners.get(word)
            if partners:
                covered += max(partners.get(other, 0.0) for other in by)
                possible += next(iter(partners.values()))
        return covered / possible if possible else 0.0


def _joint(texts: Sequence[int], items_in: Sequence[array[int]]) -> tuple[Counter[int], float]:
    """How many of the texts have each item, and the number of texts that each one counted stands for."""
    scale = 1.0
    if len(texts) > _MOST_TEXTS:
        scale = len(texts) / _MOST_TEXTS
        texts = [texts[int(number * scale)] for number in range(_MOST_TEXTS)]
    joint: Counter[int] = Counter()
    for text in texts:
        joint.update(items_in[text])
    return joint, scale


class Linker:
    """Finds the renderings of phrases, from source to target and back."""

    def __init__(self, source: Phrases, target: Phrases) -> None:
        self.sides = (source, target)
        self.total = len(source.phrases_in)
        self._lexicons = (Lexicon(source, target), Lexicon(target, source))
        self._found: tuple[dict[int, list[Link]], dict[int, list[Link]]] = ({}, {})

    def renderings(self, source: int) -> Sequence[Link]:
        """The possible renderings of a source phrase, the best first."""
        return self._links(0, source)

    def sources(self, target: int) -> Sequence[Link]:
        """The source phrases that a target phrase may render, the best first."""
        return self._links(1, target)

    def coverage(self, source: int, target: int) -> tuple[float, float]:
        """How well the words of a source phrase are covered by those of a target phrase, and the reverse."""
        words, others = self.sides[0].phrases[source].words, self.sides[1].phrases[target].words
        return self._lexicons[0].coverage(words, others), self._lexicons[1].coverage(others, words)

    def _links(self, side: int, phrase: int) -> Sequence[Link]:
        found = self._found[side]
        if phrase not in found:
            found[phrase] = self.links(side, phrase, self.sides[side].texts_of[phrase])[:_MOST_KEPT]
        return found[phrase]

    def links(self, side: int, phrase: int, texts: Sequence[int]) -> list[Link]:
        """The phrases of the other side associated with a phrase in these of its texts, the best first."""
        other = self.sides[1 - side]
        joint, scale = _joint(texts, other.phrases_in)
        if not joint:
            return []
        least = max(_LEAST_JOINT, max(joint.values()) * _LEAST_SHARE)
        frequent = [
            (count * count / len(other.texts_of[number]), number)
            for number, count in joint.items()
            if count >= least
        ]
        # What is most exclusive is nearly always most strongly associated too, and quicker to tell.
        exclusive = frequent if len(frequent) <= _MOST_MEASURED else nlargest(_MOST_MEASURED, frequent)
        associated = (
            (
                self._association(joint[number] * scale, len(texts), len(other.texts_of[number])),
                joint[number] * scale,
                number,
            )
            for _, number in exclusive
        )
        strongest = sorted((item for item in associated if item[0] >= SIGNIFICANT), key=_strongest_first)
        compared = (
            Link(strength * self._fit(side, phrase, number), count, number)
            for strength, count, number in strongest[:_MOST_COMPARED]
        )
        return sorted(compared, key=lambda link: self._best_first(other, link))

    def _association(self, joint: float, first: int, second: int) -> float:
        joint = min(round(joint), first, second)
        return log_likelihood(joint, first, second, max(self.total, first + second - joint))

    def _fit(self, side: int, phrase: int, number: int) -> float:
        words = self.sides[side].phrases[phrase].words
        other = self.sides[1 - side].phrases[number]
        fit = self._lexicons[side].coverage(words, other.words)
        if len(words) > 1:
            # A single word, such as an acronym, may well be rendered by many.
            fit *= self._lexicons[1 - side].coverage(other.words, words) ** _EXTRA_WORDS
        return fit * min(1.0, other.freedom + _BOUND)

    def _best_first(self, other: Phrases, link: Link) -> tuple[float, int, int, str]:
        text = other.text_of(link.phrase)
        return -round(link.score, 6), -len(other.phrases[link.phrase].words), -len(text), text


def contains(longer: Sequence[int], shorter: Sequence[int]) -> bool:
    """Whether the words of a phrase are some, but not all, of the consecutive words of a longer one."""
    size = len(shorter)
    return len(longer) > size and any(
        longer[start : start + size] == shorter for start in range(len(longer) - size + 1)
    )


def _strongest_first(item: tuple[float, float, int]) -> tuple[float, int]:
    return -item[0], -item[2]
