"""Sorts out the pairs that are in order at first sight, many at once and by their bare texts.

Of most pairs of a corpus there is nothing to say: each term has an accepted rendering, as it is listed. To
see that takes one pass of the automaton over all sources and a plain search in a target for each hit. What is
less plain in any way is left to be judged; nothing is accused here, and what is acquitted would be so by the
judge.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.matching.index.automaton import AhoCorasick, utf8_as_latin1
from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.strict import casing, edges
from termcheck.model import Term, Where
from termcheck.prefilter.source_words import RenderingForm, SourceWord, SourceWords
from termcheck.readers.protect import protected_spans, suspicious
from termcheck.text.fold import fold, fold_in_place
from termcheck.text.search import occurrences

# Stands between the texts of a batch.
_BETWEEN = "\0"
# What may stand beside a word and leaves it a word, whatever follows.
_BLANKS = frozenset(' ,;:!?"' + _BETWEEN)
# So many bytes on either side of a word say whether it is one.
_REACH = 24
# Brackets have views of their own, and these controls and quotes are other characters when they are folded.
_UNUSUAL = "([（［`\t\n\r\v\f\x1c\x1d\x1e\x1f\x85"
# Letters and digits that are folded to those of ASCII.
_LIKE_ASCII = compile_later("[İı０-ｚ]")

# What is put around a folded target, so that a word at its end has something beside it.
_BEFORE, _AFTER = " ", "  "


class PrefilterResult(Struct):
    """What has become of a batch of pairs.

    `left` are the numbers of those that must be judged, in order; there are `settled` others. In these,
    `rendered` has the id of each concept once for each pair that renders it, and `spellings` says how;
    `seen` are the ids of all concepts that occur, also inside of others.
    """

    left: list[int]
    settled: int
    rendered: list[str]
    spellings: list[str]
    seen: set[str]


class Prefilter:
    """Sorts out pairs of texts with one glossary; `active` says which terms are valid and in scope.

    `mixed`: the pairs are one document, and it matters whether that renders a concept in two accepted ways.
    """

    def __init__(
        self, compiled: CompiledGlossary, active: Callable[[Term], bool], *, mixed: bool = False
    ) -> None:
        self._languages = compiled.source_lang, compiled.target_lang
        self._vocabulary = SourceWords(compiled, active)
        self._words = compiled.source.words
        self._always = AhoCorasick(compiled.target.spellings.always())
        self._known: dict[int, SourceWord] = {}
        self._mixed = mixed

    @staticmethod
    def fits(compiled: CompiledGlossary) -> bool:
        """Whether pairs can be sorted out with a glossary: its patterns must be asked of each pair."""
        source, target = compiled.source.spellings, compiled.target.spellings
        concepts = compiled.glossary.concepts
        terms = (concepts[number].terms[place] for number, place in target.regexes)
        return not source.regexes and not any(term.where is Where.ALWAYS for term in terms)

    def settle(
        self, sources: Sequence[str], targets: Sequence[str], left_out: Iterable[int] = ()
    ) -> PrefilterResult:
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
        first = _First(left) if self._mixed else None
        numbers: list[int] = []
        rendered: list[RenderingForm] = []
        inner: list[tuple[int, Sequence[SourceWord]]] = []
        for number, hits, ends in self._hits(sources, left):
            found = () if left[number] else self._settled(hits, ends, targets[number])
            if found and (first is None or first.agrees(number, found)):
                for one in found:
                    numbers.append(number)
                    rendered.append(one)
                if len(hits) > len(found):
                    inner.append((number, hits))
            else:
                left[number] = 1
                if first is not None:
                    first.pass_over(hits)
        return self._sifted(
            left,
            [one for number, one in zip(numbers, rendered, strict=True) if not left[number]],
            [hits for number, hits in inner if not left[number]],
        )

    def _sifted(
        self, left: bytearray, rendered: Sequence[RenderingForm], several: Sequence[Sequence[SourceWord]]
    ) -> PrefilterResult:
        """Count what is rendered; of pairs with `several` hits some may stand inside of others."""
        ids = [one.id for one in rendered]
        inner = {concept for hits in several for sought in hits for concept in sought.concepts}
        return PrefilterResult(
            [number for number, is_left in enumerate(left) if is_left],
            left.count(0),
            ids,
            [one.spelling for one in rendered],
            {*ids, *map(self._vocabulary.id_of, inner)},
        )

    def _find_accusing(self, targets: Sequence[str], left: bytearray) -> None:
        """Set aside what has a word that accuses wherever it stands."""
        if not self._always:
            return
        for number, target in enumerate(targets):
            folded = fold_in_place(target, self._languages[1])
            if folded is None or next(self._always.find(folded), None):
                left[number] = 1

    def _hits(
        self, sources: Sequence[str], left: bytearray
    ) -> Iterator[tuple[int, list[SourceWord], list[int]]]:
        """For each source that has any, by its number, the words in it that may be terms, and where they end.

        Offsets are in bytes of the batch. A pair that takes a closer look is set aside before it is given.
        """
        text = utf8_as_latin1(_BETWEEN.join(self._folded(sources, left)))
        limits = [found.start() for found in re.finditer(_BETWEEN, text)]
        limits.append(len(text))
        known = self._known
        number = limit = -1
        hits: list[SourceWord] = []
        ends: list[int] = []
        for last, word in self._words.find_narrow(text):
            if last > limit:
                if hits:
                    yield number, hits, ends
                    hits, ends = [], []
                number = bisect_left(limits, last, number + 1)
                limit = limits[number]
            sought = known.get(word) or self._look_up(word)
            if sought.free or self._is_hit(last + 1, sought, text, limit, sources[number], number, left):
                hits.append(sought)
                ends.append(last + 1)
        if hits:
            yield number, hits, ends

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

    def _look_up(self, word: int) -> SourceWord:
        sought = self._known[word] = self._vocabulary.sought(word)
        return sought

    def _is_hit(
        self, end: int, sought: SourceWord, text: str, limit: int, source: str, number: int, left: bytearray
    ) -> bool:
        """Whether a word that is none everywhere may be a term here."""
        begin = end - sought.size
        if not _stands_alone(text, begin, end):
            before, word, after = map(
                _widened, (text[max(begin - _REACH, 0) : begin], text[begin:end], text[end : end + _REACH])
            )
            near, start, stop = before + word + after, len(before), len(before) + len(word)
            if not edges.fits(near, start, stop):
                return False
            left[number] |= edges.glued(near, start, stop)
        form = sought.form
        if form:
            if sought.only and form not in source and (source.isascii() or not _LIKE_ASCII.search(source)):
                return False
            as_listed = source.count(form)
            in_any_case = text.count(sought.folded, text.rfind(_BETWEEN, 0, begin) + 1, limit)
            left[number] |= not as_listed or as_listed != in_any_case or casing.is_shouted(source)
        return True

    def _settled(
        self, hits: Sequence[SourceWord], ends: Sequence[int], target: str
    ) -> Sequence[RenderingForm]:
        """What renders each concept of a source in its target; nothing if that is for the judge to see."""
        folded = target.lower() if target.isascii() else fold_in_place(target, self._languages[1])
        if folded is None:
            return ()
        folded = f"{_BEFORE}{folded}{_AFTER}"
        if len(hits) == 1:
            found = _rendering(hits[0].renderings, target, folded)
            return (found,) if found is not None else ()
        rendered: dict[tuple[int, ...], RenderingForm] = {}
        for sought in _outer(hits, ends) if _overlap(hits, ends) else hits:
            if sought.concepts not in rendered:
                found = _rendering(sought.renderings, target, folded)
                if found is None:
                    return ()
                rendered[sought.concepts] = found
        return tuple(rendered.values())


class _First:
    """The first pairs of a document with each concept that it may render in several ways."""

    def __init__(self, left: bytearray) -> None:
        self._left = left
        # By concept the pair and the rendering; None where it is for the judge to see what renders it there.
        self._known: dict[int, tuple[int, str] | None] = {}

    def agrees(self, number: int, rendered: Sequence[RenderingForm]) -> bool:
        """Whether the renderings of the next pair are those of the first pairs."""
        for one in rendered:
            if one.several:
                first = self._known.setdefault(one.concept, (number, one.listed))
                if first is None or first[1] != one.listed:
                    return False
        return True

    def pass_over(self, hits: Sequence[SourceWord]) -> None:
        """Take note of a pair that is left: what is told of it is told in the light of the first ones."""
        for sought in hits:
            for concept in sought.concepts:
                first = self._known.setdefault(concept, None)
                if first is not None:
                    self._left[first[0]] = 1


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


def _widened(text: str) -> str:
    """A stretch of a narrowed text as it was; what is cut of a character at either end is no letter."""
    return text.encode("latin-1").decode("utf-8", "replace")


def _overlap(hits: Sequence[SourceWord], ends: Sequence[int]) -> bool:
    """Whether any two hits meet; they are in order of their ends."""
    reached = 0
    for sought, end in zip(hits, ends, strict=True):
        if end - sought.size < reached:
            return True
        reached = end
    return False


def _outer(hits: Sequence[SourceWord], ends: Sequence[int]) -> Iterator[SourceWord]:
    """The hits that lie in no longer one."""
    # Of those that begin later none that ends later lies in one that begins earlier.
    order = sorted(
        (end - sought.size, -end, place) for place, (sought, end) in enumerate(zip(hits, ends, strict=True))
    )
    reached = -1
    for _, end, place in order:
        if -end > reached:
            reached = -end
            yield hits[place]


def _rendering(renderings: Sequence[RenderingForm], target: str, folded: str) -> RenderingForm | None:
    """The one accepted rendering that stands in a target as it may; None if that takes a closer look."""
    for one in renderings:
        at = folded.find(one.spelling)
        if at < 0:
            continue
        for other in one.others:
            if other in folded and _competes(other, one.spelling, folded):
                break
        else:
            return one if _is_in_order(one, at, target, folded) else None
    return None


def _is_in_order(one: RenderingForm, at: int, target: str, folded: str) -> bool:
    """Whether a rendering, at this place or a later one, is a word and in the right case."""
    size, shift = len(one.spelling), len(_BEFORE)
    while at >= 0:
        end = at + size
        beside = one.free or (
            folded[at - 1] in _BLANKS and (folded[end] in _BLANKS or folded[end : end + 2] == ". ")
        )
        if beside or _is_word(folded, at, end):
            text = target[at - shift : end - shift]
            if text == one.listed or one.is_written(text):
                return True
        at = folded.find(one.spelling, at + 1)
    return False


def _competes(other: str, spelling: str, folded: str) -> bool:
    """Whether one spelling is there as a word, and not only inside of another one that is there."""
    inside = other in spelling and folded.count(other) == folded.count(spelling)
    return not inside and any(edges.fits(folded, at, at + len(other)) for at in occurrences(other, folded))


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """Whether a stretch surely is no part of a longer word; few that are none fail."""
    after = text[end : end + 1]
    if after == ".":
        after = text[end + 1 : end + 2]
    return (not begin or text[begin - 1] in _BLANKS) and (not after or after in _BLANKS)


def _is_word(text: str, begin: int, end: int) -> bool:
    return edges.fits(text, begin, end) and not edges.glued(text, begin, end)
