"""Proposes the entries of a glossary from the pairs of two sides' phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from termcheck.extract.links import Link, Linker, contains
from termcheck.extract.phrases import Phrases
from termcheck.extract.ranking import confidence, rank, termhood
from termcheck.extract.surfaces import Surfaces
from termcheck.report.extracted import Example, FoundRendering, Proposal

# All figures here were chosen by hand.

# A phrase that is in a longer one in this share of its texts has no rendering of its own.
_PART = 0.8
# A proposal of which we are less sure is left out.
_LEAST_CONFIDENCE = 0.05
# At most so many renderings are shown. Each after the first must have this share of the term's texts.
_MOST_RENDERINGS = 4
_LEAST_SHARE = 0.15
# The longest sentence that is a good example.
_LONG_EXAMPLE = 300
_LEAST_FREEDOM = 0.4


class Texts(Struct, frozen=True):
    """Sentences of the pairs, source and target under the same number.

    `pairs` has the number of the pair of each, and `place` gives its path and line.
    """

    sources: list[str]
    targets: list[str]
    pairs: list[int]
    place: Callable[[int], tuple[str, int]]


class _Found(Struct, frozen=True):
    rank: float
    confidence: float
    source: int
    links: tuple[Link, ...]


def proposals(texts: Texts, languages: tuple[str, str], least: int) -> list[Proposal]:
    """The proposals for all terms that occur in `least` pairs or more, the best first."""
    source = Phrases(texts.sources, languages[0], least, texts.pairs)
    target = Phrases(texts.targets, languages[1], least, texts.pairs)
    return _Search(texts, source, target).proposals()


class _Search:
    def __init__(self, texts: Texts, source: Phrases, target: Phrases) -> None:
        self._texts, self._source, self._target = texts, source, target
        self._linker = Linker(source, target)
        self._written = (Surfaces(texts.sources, source), Surfaces(texts.targets, target))

    def proposals(self) -> list[Proposal]:
        found = [found for number in range(len(self._source)) if (found := self._find(number))]
        found.sort(key=lambda found: (-found.rank, found.source))
        made: dict[str, Proposal] = {}
        for one in found:
            proposal = self._proposal(one)
            made.setdefault(proposal.source, proposal)
        return list(made.values())

    def _find(self, source: int) -> _Found | None:
        links = self._linker.renderings(source)
        if not links or links[0].score <= 0:
            return None
        best = links[0]
        mutual = self._is_mutual(source, best)
        if mutual is None:
            return None
        sizes = len(self._source.texts_of[source]), len(self._target.texts_of[best.phrase])
        covered = self._linker.coverage(source, best.phrase)
        sure = confidence(best.joint, *sizes, (covered[0] * covered[1]) ** 0.5, mutual=mutual)
        if sure < _LEAST_CONFIDENCE:
            return None
        kinds = (self._kind(0, source), self._kind(1, best.phrase), *self._freedoms(source, best.phrase))
        has_number = any(char.isdigit() for char in self._source.text_of(source))
        order = rank(sure, best.joint, *kinds, has_number=has_number)
        return _Found(order, sure, source, (best, *self._rivals(source, best)))

    def _freedoms(self, source: int, target: int) -> Iterator[float]:
        """How much a phrase that is always a part of a longer one counts."""
        for phrase in (self._source.phrases[source], self._target.phrases[target]):
            yield min(1.0, phrase.freedom + _LEAST_FREEDOM)

    def _kind(self, side: int, phrase: int) -> float:
        phrases = (self._source, self._target)[side]
        keys = [phrases.keys[word] for word in phrases.phrases[phrase].words]
        return termhood(self._written[side].base_form(phrase), keys, phrases.language)

    def _is_mutual(self, source: int, link: Link) -> bool | None:
        """Whether a rendering has no better source phrase; None if a longer one explains all of it."""
        back = self._linker.sources(link.phrase)
        if not back or back[0].phrase == source:
            return True
        other = back[0].phrase
        own, others = self._source.texts_of[source], self._source.texts_of[other]
        words, longer = self._source.phrases[source].words, self._source.phrases[other].words
        if contains(longer, words):
            return None if len(others) >= _PART * len(own) else False
        if contains(words, longer):
            return False
        # A synonym: the two compete for the rendering only in texts that have both.
        rendered = set(self._target.texts_of[link.phrase]).intersection(own)
        return len(rendered.difference(others)) * 2 >= len(rendered)

    def _rivals(self, source: int, best: Link) -> Iterator[Link]:
        """Other renderings, in texts that do not have the best one."""
        own = self._source.texts_of[source]
        rest = set(own).difference(self._target.texts_of[best.phrase])
        least = max(2.0, _LEAST_SHARE * len(own))
        taken = [self._target.phrases[best.phrase].words]
        while len(rest) >= least and len(taken) < _MOST_RENDERINGS:
            link = self._rival(source, sorted(rest), taken)
            if link is None or link.joint < least:
                return
            yield link
            taken.append(self._target.phrases[link.phrase].words)
            rest.difference_update(self._target.texts_of[link.phrase])

    def _rival(self, source: int, rest: Sequence[int], taken: Sequence[tuple[int, ...]]) -> Link | None:
        for link in self._linker.links(0, source, rest)[:3]:
            words = self._target.phrases[link.phrase].words
            if any(contains(words, other) or contains(other, words) for other in taken):
                continue
            back = self._linker.sources(link.phrase)
            if not back or _overlap(
                self._source.phrases[back[0].phrase].words, self._source.phrases[source].words
            ):
                return link
        return None

    def _proposal(self, found: _Found) -> Proposal:
        texts = self._source.texts_of[found.source]
        renderings = tuple(self._rendering(texts, link) for link in found.links)
        source = self._written[0].base_form(found.source)
        pairs = len({self._texts.pairs[text] for text in texts})
        example = self._example(texts, found.links[0])
        return Proposal(source, renderings, pairs, round(found.confidence, 2), example)

    def _rendering(self, texts: Sequence[int], link: Link) -> FoundRendering:
        both = set(self._target.texts_of[link.phrase]).intersection(texts)
        return FoundRendering(
            self._written[1].base_form(link.phrase), len({self._texts.pairs[text] for text in both})
        )

    def _example(self, texts: Sequence[int], link: Link) -> Example:
        """The first sentence of fair length that has both, or else the shortest."""
        both = sorted(set(self._target.texts_of[link.phrase]).intersection(texts))
        sizes = {text: len(self._texts.sources[text]) + len(self._texts.targets[text]) for text in both}
        text = next((text for text in both if sizes[text] <= _LONG_EXAMPLE), min(both, key=sizes.__getitem__))
        path, line = self._texts.place(self._texts.pairs[text])
        return Example(path, line, self._texts.sources[text], self._texts.targets[text])


def _overlap(words: tuple[int, ...], others: tuple[int, ...]) -> bool:
    return words == others or contains(words, others) or contains(others, words)
