"""On which side of the language pair each segment of a document is.

Most texts tell by themselves; a heading of two words in one of two related languages does not, but
the rest of its document shows what words of either language look like.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from termcheck.align.profile import has_letters, visible_text
from termcheck.languages import share_script
from termcheck.languages.identify import side_of
from termcheck.model import Document, Segment, Side

# Less text than this of a side, in trigrams, shows nothing; and the odds, in nats, that decide.
_LEAST_TRIGRAMS = 200
_DECIDING = 2.0
_SAMPLE = 2000
# So many segments show which language a file is in.
_FIRST = 200


def sides_of(segments: Sequence[Segment], source_lang: str, target_lang: str) -> list[Side | None]:
    """The side of each segment; None for those without letters, in neither language, or undecidable."""
    texts = [visible_text(segment) for segment in segments]
    sides = [
        segment.side or side_of(text, source_lang, target_lang)
        for segment, text in zip(segments, texts, strict=True)
    ]
    if not share_script(source_lang, target_lang):
        return sides
    unknown = [index for index, side in enumerate(sides) if side is None and has_letters(texts[index])]
    if unknown:
        likeness = _Likeness(zip(texts, sides, strict=True))
        for index in unknown:
            sides[index] = likeness.side(texts[index])
    return sides


def are_swapped(source: Document, target: Document, source_lang: str, target_lang: str) -> bool:
    """Whether each of two files is mostly in the language of the other, as their scripts show.

    Languages of one script are never told apart here: whoever names the files knows better.
    """
    if share_script(source_lang, target_lang):
        return False
    return (
        _main_side(source, source_lang, target_lang) is Side.TARGET
        and _main_side(target, source_lang, target_lang) is Side.SOURCE
    )


def _main_side(document: Document, source_lang: str, target_lang: str) -> Side | None:
    """The side that most of a file's first segments are on; None if they are on neither."""
    counts: Counter[Side | None] = Counter()
    for segment in document.segments[:_FIRST]:
        counts[side_of(visible_text(segment)[:_SAMPLE], source_lang, target_lang)] += 1
    del counts[None]
    return max(counts, key=lambda side: counts[side], default=None)


class _Likeness:
    """Letter trigrams of the texts known to be on either side."""

    def __init__(self, known: zip[tuple[str, Side | None]]) -> None:
        self._counts: dict[Side, Counter[str]] = {side: Counter() for side in Side}
        for text, side in known:
            if side is not None:
                self._counts[side].update(_trigrams(text))
        self._totals = {side: counts.total() for side, counts in self._counts.items()}

    def side(self, text: str) -> Side | None:
        """The side whose trigrams the text has, if that is clear."""
        if min(self._totals.values()) < _LEAST_TRIGRAMS:
            return None
        odds = sum(
            self._log_rate(trigram, Side.SOURCE) - self._log_rate(trigram, Side.TARGET)
            for trigram in _trigrams(text)
        )
        if abs(odds) < _DECIDING:
            return None
        return Side.SOURCE if odds > 0 else Side.TARGET

    def _log_rate(self, trigram: str, side: Side) -> float:
        # Half an occurrence for the unseen, out of some ten thousand trigrams that languages use.
        return math.log((self._counts[side][trigram] + 0.5) / (self._totals[side] + 5_000))


def _trigrams(text: str) -> list[str]:
    line = f" {' '.join(text[:_SAMPLE].lower().split())} "
    return [line[start : start + 3] for start in range(len(line) - 2)]
