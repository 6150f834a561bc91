"""Sorts out the pairs that are in order at first sight, many at once and by their bare texts.

Of most pairs of a corpus there is nothing to say: each term has an accepted rendering, as it is listed. To
see that takes one pass of the automaton over all sources and a plain search in a target for each hit. What is
less plain in any way is left to be judged; nothing is accused here, and what is acquitted would be so by the
judge.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct, field

from termcheck.matching import casing, edges
from termcheck.matching.automaton import Words, narrow
from termcheck.matching.compiled import CompiledGlossary
from termcheck.matching.sought import Rendering, Renderings, Sought, Vocabulary
from termcheck.model import Term, Where
from termcheck.readers.protect import protected_spans, suspicious
from termcheck.text.fold import fold, fold_in_place
from termcheck.text.search import occurrences

# Stands between the texts of a batch.
_BETWEEN = "\0"
# What may stand beside a word and leaves it a word, whatever follows.
_BLANKS = frozenset(' ,;:!?"' + _BETWEEN)
# Brackets have views of their own, and controls are other characters when they are folded.
_UNUSUAL = "([（［\t\n\r\v\f\x1c\x1d\x1e\x1f\x85"

_Hit = tuple[int, int, Sought]
_Settled = list[tuple[Renderings, Rendering]]


class Sifted(Struct):
    """What has become of a batch of pairs.

    `left` are the numbers of those that must be judged, in order; there are `settled` others. Of these,
    `rendered` tells in how many each concept, by its id, is rendered, `as_listed` how often each spelling
    stands for its concept, and `seen` are the ids of all concepts that occur, also inside of others.
    """

    left: list[int]
    settled: int = 0
    rendered: Counter[str] = field(default_factory=Counter)
    as_listed: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)


class Sieve:
    """Sorts out pairs of texts with one glossary; `active` says which terms are valid and in scope.

    `mixed`: the pairs are one document, and it matters whether that renders a concept in two accepted ways.
    """

    def __init__(
        self, compiled: CompiledGlossary, active: Callable[[Term], bool], *, mixed: bool = False
    ) -> None:
        self._languages = compiled.source_lang, compiled.target_lang
        self._vocabulary = Vocabulary(compiled, active)
        self._words = compiled.source.words
        self._always = Words(compiled.target.spellings.always())
        self._known: dict[int, Sought] = {}
        self._mixed = mixed

    @staticmethod
    def suits(compiled: CompiledGlossary) -> bool:
        """Whether pairs can be sorted out with a glossary: its patterns must be asked of each pair."""
        source, target = compiled.source.spellings, compiled.target.spellings
        concepts = compiled.glossary.concepts
        terms = (concepts[number].terms[place] for number, place in target.regexes)
        return not source.regexes and not any(term.where is Where.ALWAYS for term in terms)

    def sift(self, sources: Sequence[str], targets: Sequence[str], left_out: Iterable[int] = ()) -> Sifted:
        """Look at pairs, given the texts of their two sides, none of them empty.

        Those that are `left_out` are left, and so is the first, for something is to be left.
        """
        left = bytearray(len(sources))
        for number in (0, *left_out):
            left[number] = 1
        for number, target in enumerate(targets):
            if target.isspace():
                left[number] = 1
        _set_aside(sources, left)
        _set_aside(targets, left)
        self._find_accusing(targets, left)
        first = _First(left)
        settled: list[tuple[int, _Settled, Sequence[_Hit]]] = []
        for number, hits in self._hits(sources, left):
            found = None if left[number] else self._settle(hits, targets[number])
            if self._mixed:
                found = first.kept(number, hits, found)
            if found is None:
                left[number] = 1
            else:
                settled.append((number, found, hits))
        return self._sifted(left, settled)

    def _sifted(self, left: bytearray, settled: Sequence[tuple[int, _Settled, Sequence[_Hit]]]) -> Sifted:
        """Count what was settled, but for what was set aside later."""
        rendered: list[str] = []
        spellings: list[str] = []
        inner: set[int] = set()
        for number, found, hits in settled:
            if not left[number]:
                for renderings, rendering in found:
                    rendered.append(renderings.id)
                    spellings.append(rendering.spelling)
                if len(hits) > len(found):
                    inner.update(concept for _, _, sought in hits for concept in sought.concepts)
        seen = {*rendered, *map(self._vocabulary.id_of, inner)}
        return Sifted(
            [number for number, is_left in enumerate(left) if is_left],
            left.count(0),
            Counter(rendered),
            Counter(spellings),
            seen,
        )

    def _find_accusing(self, targets: Sequence[str], left: bytearray) -> None:
        """Set aside what has a word that accuses wherever it stands."""
        if not self._always:
            return
        for number, target in enumerate(targets):
            folded = fold_in_place(target, self._languages[1])
            if folded is None or next(self._always.find(folded), None):
                left[number] = 1

    def _hits(self, sources: Sequence[str], left: bytearray) -> Iterator[tuple[int, list[_Hit]]]:
        """For each text that has any, by its number, the words in it that may be terms, by their ends.

        Offsets are in bytes of the batch. A pair that takes a closer look is set aside before it is given.
        """
        text = narrow(_BETWEEN.join(self._folded(sources, left)))
        ends = [found.start() for found in re.finditer(_BETWEEN, text)]
        ends.append(len(text))
        number, limit, known = -1, -1, self._known
        hits: list[_Hit] = []
        for last, word in self._words.find_narrow(text):
            if last > limit:
                if hits:
                    yield number, hits
                    hits = []
                number = bisect_left(ends, last, number + 1)
                limit = ends[number]
            sought = known.get(word) or self._look_up(word)
            hit = (last + 1 - sought.size, last + 1, sought)
            if sought.free or self._is_hit(hit, text, limit, sources[number], left, number):
                hits.append(hit)
        if hits:
            yield number, hits

    def _folded(self, texts: Sequence[str], left: bytearray) -> Iterator[str]:
        joined = _BETWEEN.join(texts)
        language = self._languages[0]
        folded = fold_in_place(joined, language) if joined.count(_BETWEEN) == len(texts) - 1 else None
        if folded is not None:
            yield folded
            return
        for number, text in enumerate(texts):
            one = fold_in_place(text, language) if _BETWEEN not in text else None
            if one is None:
                left[number] = 1
            yield fold(text, language).text.replace(_BETWEEN, " ") if one is None else one

    def _look_up(self, word: int) -> Sought:
        sought = self._known[word] = self._vocabulary.sought(word)
        return sought

    def _is_hit(self, hit: _Hit, text: str, limit: int, source: str, left: bytearray, number: int) -> bool:
        """Whether a word that is none everywhere may be a term here."""
        begin, end, sought = hit
        if not _stands_alone(text, begin, end):
            start = text.rfind(_BETWEEN, 0, begin) + 1
            row = text[start:limit].encode("latin-1").decode("utf-8", "surrogatepass")
            place = len(text[start:begin].encode("latin-1").decode("utf-8", "surrogatepass"))
            stop = place + len(text[begin:end].encode("latin-1").decode("utf-8", "surrogatepass"))
            if not edges.fits(row, place, stop):
                return False
            left[number] |= edges.glued(row, place, stop)
        form = sought.form
        if form:
            if sought.only and form not in source:
                return False
            everywhere = source.count(form) == source.lower().count(form.lower())
            left[number] |= not everywhere or casing.is_shouted(source)
        return True

    def _settle(self, hits: Sequence[_Hit], target: str) -> _Settled | None:
        """What renders each concept of a source in its target; None if that is for the judge to see."""
        language = self._languages[1]
        folded = target.lower() if target.isascii() else fold_in_place(target, language)
        if folded is None:
            return None
        found: dict[int, tuple[Renderings, Rendering]] = {}
        for _, _, sought in hits if len(hits) == 1 else _outer(hits):
            renderings = sought.renderings
            if renderings is None:
                return None
            number = sought.concepts[0]
            if number not in found:
                rendering = _rendering(renderings, target, folded)
                if rendering is None:
                    return None
                found[number] = renderings, rendering
        return list(found.values())


class _First:
    """The first pairs of a document with each concept that it may render in several ways."""

    def __init__(self, left: bytearray) -> None:
        self._left = left
        # By concept the pair and the rendering; None where it is for the judge to see what renders it there.
        self._known: dict[int, tuple[int, str] | None] = {}

    def kept(self, number: int, hits: Sequence[_Hit], settled: _Settled | None) -> _Settled | None:
        """What is settled in the next pair, if its renderings are those of the first pairs."""
        if settled is not None and all(self._is_like_first(number, *one) for one in settled):
            return settled
        for _, _, sought in hits:
            for concept in sought.concepts:
                first = self._known.setdefault(concept, None)
                if first is not None:
                    # What is told of this pair is told in the light of that one.
                    self._left[first[0]] = 1
        return None

    def _is_like_first(self, number: int, renderings: Renderings, rendering: Rendering) -> bool:
        if not renderings.several:
            return True
        first = self._known.setdefault(renderings.number, (number, rendering.listed))
        return first is not None and first[1] == rendering.listed


def _set_aside(texts: Sequence[str], left: bytearray) -> None:
    """Mark the texts that take a closer look, whatever terms they have."""
    joined = _BETWEEN.join(texts)
    unusual = [at for mark in _UNUSUAL for at in occurrences(mark, joined)]
    doubtful = list(suspicious(joined))
    if not unusual and not doubtful:
        return
    begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
    for number in {bisect_right(begins, at) - 1 for at in unusual}:
        left[number] = 1
    for number in {bisect_right(begins, at) - 1 for at in doubtful}:
        if not left[number] and protected_spans(texts[number]):
            left[number] = 1


def _outer(hits: Sequence[_Hit]) -> Iterator[_Hit]:
    """The hits that lie in no longer one."""
    reached = -1
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if hit[1] > reached:
            reached = hit[1]
            yield hit


def _rendering(renderings: Renderings, target: str, folded: str) -> Rendering | None:
    """The one accepted rendering that stands in a target as it may; None if that takes a closer look."""
    for unwanted in renderings.unwanted:
        if unwanted in folded:
            return None
    there = [one for one in renderings.accepted if one.spelling in folded]
    if len(there) != 1:
        return None
    found = there[0]
    for at in occurrences(found.spelling, folded):
        end = at + len(found.spelling)
        alone = found.free or _stands_alone(folded, at, end) or _is_word(folded, at, end)
        if alone and found.is_written(target[at:end]):
            return found
    return None


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """Whether a stretch surely is no part of a longer word; few that are none fail."""
    before, after = text[begin - 1 : begin] if begin else "", text[end : end + 1]
    if before and before not in _BLANKS:
        return False
    if after == ".":
        after = text[end + 1 : end + 2]
    return not after or after in _BLANKS


def _is_word(text: str, begin: int, end: int) -> bool:
    return edges.fits(text, begin, end) and not edges.glued(text, begin, end)
