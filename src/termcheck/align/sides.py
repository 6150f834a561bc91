"""Assigns each segment of a document to a side of the language pair.

Most texts reveal their language by themselves. A heading of two words in one of two related languages does
not, so it is compared with the letter trigrams of the segments whose side is known.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from termcheck.align.profile import has_letters
from termcheck.languages import share_script
from termcheck.languages.identify import side_of
from termcheck.model import Document, Segment, Side

# All figures here were chosen by hand.

# Trigrams decide only if each side has this many, and only with these log odds, in nats.
_MIN_TRIGRAMS = 200
_MIN_LOG_ODDS = 2.0
# Languages use some ten thousand letter trigrams; each counts as seen half a time before the document is
# read.
_PSEUDO_COUNT, _PSEUDO_TOTAL = 0.5, 5_000
# The number of characters of a segment, and of segments of a file, that reveal a language.
_SAMPLE_CHARACTERS = 2000
_SAMPLE_SEGMENTS = 200


_OTHER: Mapping[Side, Side] = {Side.SOURCE: Side.TARGET, Side.TARGET: Side.SOURCE}


def sides_of(segments: Sequence[Segment], source_lang: str, target_lang: str) -> list[Side | None]:
    """The side of each segment; None if it has no letters or is in neither language.

    In two languages of one script, a segment that does not reveal its language takes its side from its place
    among the others, if the document has both languages.
    """
    texts = [segment.unprotected_text for segment in segments]
    sides = [
        segment.side or side_of(text, source_lang, target_lang)
        for segment, text in zip(segments, texts, strict=True)
    ]
    if not share_script(source_lang, target_lang):
        return sides
    unknown = [index for index, side in enumerate(sides) if side is None and has_letters(texts[index])]
    if unknown:
        trigrams = _TrigramModel(zip(texts, sides, strict=True))
        for index in unknown:
            sides[index] = trigrams.side(texts[index])
        _fill_by_position(segments, sides, [index for index in unknown if sides[index] is None])
    return sides


def _fill_by_position(segments: Sequence[Segment], sides: list[Side | None], unknown: Sequence[int]) -> None:
    """Give a side to segments that do not reveal their language, in a document that has both languages.

    If the document alternates, such a segment is on the other side than its neighbour, else on the same side;
    a heading then belongs to what follows it.
    """
    if len({side for side in sides if side is not None}) < len(Side):
        return
    neighbours = [pair for pair in pairwise(sides) if None not in pair]
    alternates = 2 * sum(before is not after for before, after in neighbours) >= len(neighbours)
    # Backwards for what precedes all known segments, and for headings.
    for order, step in ((unknown, -1), (unknown[::-1], 1)):
        for index in order:
            near = index + step
            neighbour = sides[near] if 0 <= near < len(sides) else None
            waits = step < 0 and not alternates and segments[index].heading
            if sides[index] is None and neighbour is not None and not waits:
                sides[index] = _OTHER[neighbour] if alternates else neighbour


def are_swapped(source: Document, target: Document, source_lang: str, target_lang: str) -> bool:
    """Whether the source file is mostly in the target language and the other way round, judged by script.

    Always false for two languages that share a script: whoever named the files knows better.
    """
    if share_script(source_lang, target_lang):
        return False
    return (
        _main_side(source, source_lang, target_lang) is Side.TARGET
        and _main_side(target, source_lang, target_lang) is Side.SOURCE
    )


def _main_side(document: Document, source_lang: str, target_lang: str) -> Side | None:
    """The side of most of a file's first segments; None if they are on neither."""
    counts: Counter[Side | None] = Counter()
    for segment in document.segments[:_SAMPLE_SEGMENTS]:
        text = segment.unprotected_text[:_SAMPLE_CHARACTERS]
        counts[side_of(text, source_lang, target_lang)] += 1
    del counts[None]
    return max(counts, key=lambda side: counts[side], default=None)


class _TrigramModel:
    """The letter trigrams of the texts whose side is known."""

    def __init__(self, texts: Iterable[tuple[str, Side | None]]) -> None:
        self._counts: dict[Side, Counter[str]] = {side: Counter() for side in Side}
        for text, side in texts:
            if side is not None:
                self._counts[side].update(_trigrams(text))
        self._totals = {side: counts.total() for side, counts in self._counts.items()}

    def side(self, text: str) -> Side | None:
        """The side whose trigrams the text resembles; None if that is unclear."""
        if min(self._totals.values()) < _MIN_TRIGRAMS:
            return None
        log_odds = sum(
            self._log_rate(trigram, Side.SOURCE) - self._log_rate(trigram, Side.TARGET)
            for trigram in _trigrams(text)
        )
        if abs(log_odds) < _MIN_LOG_ODDS:
            return None
        return Side.SOURCE if log_odds > 0 else Side.TARGET

    def _log_rate(self, trigram: str, side: Side) -> float:
        return math.log((self._counts[side][trigram] + _PSEUDO_COUNT) / (self._totals[side] + _PSEUDO_TOTAL))


def _trigrams(text: str) -> list[str]:
    line = f" {' '.join(text[:_SAMPLE_CHARACTERS].lower().split())} "
    return [line[start : start + 3] for start in range(len(line) - 2)]
