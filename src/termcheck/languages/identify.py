"""Identify the language of a text: one of a pair, or the likeliest one for a bare list of terms.

A transcript does not say which of its paragraphs is the translation. Where the two languages are written
differently, their scripts decide; otherwise frequent words and telltale letters do. This runs once for each
paragraph of a corpus, so compiled patterns do all counting.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from termcheck.language_tags import subtags
from termcheck.languages import base_tag, line_of, main_language, scripts_of
from termcheck.languages.table import GUESSED, SIMPLIFIED, TRADITIONAL, TRADITIONAL_SUBTAGS, Line
from termcheck.lazy import compile_later
from termcheck.model import Side
from termcheck.text.scripts import SCRIPT_CLASSES, UNSPACED, letter_counts, letters_of

# The value of one letter in words: a Chinese sentence has about 0.6 as many words in English as it has
# characters, and an alphabetic word has about five letters.
_WEIGHT: Mapping[str, float] = {"han": 0.6, "kana": 0.45, "hangul": 0.45, "bopomofo": 0.3}
_LETTER_WEIGHT = 0.2

# Code points that are enough to decide by; paragraphs of a corpus may have a million.
_SAMPLE = 2000
# Han text shorter than this, without kana, may be a Japanese heading as well as a Chinese one.
_SHORT_HAN = 8

# For bare lists of terms: the code points to look at, and the rarest that kana may be in Japanese (one in …).
_GUESS_SAMPLE = 50_000
_KANA_SHARE = 12
# The evidence, in all (Latin letters only) and for each term, by which a language must beat the usual one.
_LEAST_LEAD = 3
_CLEAR_LEAD = 0.15

_WORD = compile_later(r"[^\W\d_]+")
# A gloss in brackets or a quoted name is often in the other language.
_ASIDE = compile_later(r"\([^()]*\)|（[^（）]*）|“[^“”]*”|「[^「」]*」|《[^《》]*》|\"[^\"]*\"")
_CODE = compile_later(r"`[^`]*`|https?://[!-~]+|[\w.+-]+@[\w.-]+|<[^<>]*>|\{[^{}]*\}|[!-~]*[/\\_][!-~]*")


def side_of(text: str, source_lang: str, target_lang: str) -> Side | None:
    """The side of the language pair that a text is on; None if it has no letters or is unclear.

    Only the two languages are weighed, so a paragraph in a third script is None. The first 2,000 code points
    decide.
    """
    return _judge(source_lang, target_lang).side(text[:_SAMPLE])


def guess_languages(keys: Iterable[str], values: Iterable[str]) -> tuple[str, str]:
    """The likeliest languages of the two columns of a bare list of terms, as `("zh", "en")`.

    Terms in Latin letters are English unless their accents and small words clearly say otherwise.
    """
    return _guess(list(keys)), _guess(list(values))


class _Judge:
    """Decides the side of texts for one language pair, and is built once for it."""

    def __init__(self, source_lang: str, target_lang: str) -> None:
        source, target = set(scripts_of(source_lang)), set(scripts_of(target_lang))
        self.only = {Side.SOURCE: source - target, Side.TARGET: target - source}
        self.shared = source & target
        self.own_letter = {side: _letter_of(only) for side, only in self.only.items()}
        self.shared_letter = _letter_of(self.shared)
        source_words, source_letters = _vocabulary(source_lang, target_lang)
        target_words, target_letters = _vocabulary(target_lang, source_lang)
        self.words = {Side.SOURCE: source_words, Side.TARGET: target_words}
        self.letters = {Side.SOURCE: source_letters, Side.TARGET: target_letters}

    def side(self, text: str) -> Side | None:
        """The side of a text, or None."""
        if not (self.shared and self.shared_letter.search(text)):
            sides = [side for side, letter in self.own_letter.items() if letter.search(text)]
            if len(sides) < 2:
                return sides[0] if sides else None
        if not self.shared:
            return self._by_script(text)
        counts = letter_counts(text)
        own = {side: sum(counts[script] for script in only) for side, only in self.only.items()}
        shared = sum(counts[script] for script in self.shared)
        # One kana in ten letters makes Japanese; a Chinese text naming one Japanese brand has fewer.
        for side, letters in own.items():
            if letters * 10 >= shared:
                return side
        return self._by_words(text, shared)

    def _by_script(self, text: str) -> Side | None:
        """Weigh two scripts in one text, first without quotations, brackets and code."""
        plain = _CODE.sub(" ", text)
        rest = _ASIDE.sub(" ", plain)
        if self._is_telling(rest, plain):
            plain = rest
        for view in (plain, text):
            weights = {side: self._weight(view, only) for side, only in self.only.items()}
            if weights[Side.SOURCE] != weights[Side.TARGET]:
                return max(weights, key=lambda side: weights[side])
        return None

    def _is_telling(self, rest: str, whole: str) -> bool:
        """Whether the text around asides tells more than all of it: it is most of it, or in one script."""
        counts = letter_counts(rest)
        has_letters = [any(counts[script] for script in only) for only in self.only.values()]
        return any(has_letters) and (len(rest) * 2 > len(whole) or not all(has_letters))

    def _weight(self, text: str, scripts: Iterable[str]) -> float:
        """How many words of a text are in the scripts; a capitalised name counts less than a word."""
        total = 0.0
        for script in scripts:
            runs = letters_of(script).findall(text)
            if script == "latin":
                total += sum(1.0 if word.islower() else 0.5 for word in runs)
            else:
                total += sum(map(len, runs)) * _WEIGHT.get(script, _LETTER_WEIGHT)
        return total

    def _by_words(self, text: str, letters: int) -> Side | None:
        """Tell two languages of one script apart by words and letters that only one of them has."""
        lowered = text.lower()
        words = _WORD.findall(lowered)
        weights = {
            side: 2.0 * sum(word in self.words[side] for word in words)
            + sum(map(lowered.count, self.letters[side]))
            for side in Side
        }
        if weights[Side.SOURCE] != weights[Side.TARGET]:
            return max(weights, key=lambda side: weights[side])
        # Long Han text without any kana is not Japanese.
        bare = [side for side in Side if not self.only[side]]
        return bare[0] if "han" in self.shared and letters >= _SHORT_HAN and len(bare) == 1 else None


def _letter_of(scripts: Iterable[str]) -> re.Pattern[str]:
    """The pattern of a letter of one of the scripts; without scripts it matches nothing."""
    classes = "".join(SCRIPT_CLASSES[script] for script in sorted(scripts))
    return re.compile(f"[{classes}]" if classes else "(?!)")


@lru_cache(maxsize=16)
def _judge(source_lang: str, target_lang: str) -> _Judge:
    return _Judge(source_lang, target_lang)


def _vocabulary(tag: str, other: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words and letters of the first language that the second one lacks."""
    if base_tag(tag) == base_tag(other):
        nothing: frozenset[str] = frozenset()
        return nothing, _chinese_letters(tag) - _chinese_letters(other)
    line, other_line = line_of(tag), line_of(other)
    return _words(line) - _words(other_line), frozenset(line.letters) - frozenset(other_line.letters)


def _words(line: Line) -> frozenset[str]:
    """Small words as a text shows them: a script without spaces shows none."""
    return frozenset(() if line.main_script in UNSPACED else line.words.split())


def _chinese_letters(tag: str) -> frozenset[str]:
    """The letters of a tag's orthography; none for a language other than Chinese."""
    if scripts_of(tag) != ("han",):
        return frozenset()
    return frozenset(SIMPLIFIED if TRADITIONAL_SUBTAGS.isdisjoint(subtags(tag)) else TRADITIONAL)


def _guess(terms: list[str]) -> str:
    """The likeliest language of a column of terms."""
    text = "\n".join(terms)[:_GUESS_SAMPLE]
    counts = letter_counts(text)
    if not counts:
        return main_language("latin")
    if counts["kana"] * _KANA_SHARE >= counts["han"] + counts["kana"]:
        counts["kana"] += counts.pop("han", 0)
    # A Latin abbreviation stands among terms of every language: it weighs by words, not letters.
    script = max(counts, key=lambda name: counts[name] * _WEIGHT.get(name, _LETTER_WEIGHT))
    candidates = {tag: line for tag, line in GUESSED.items() if line.main_script == script}
    return _likeliest(candidates, script, text.lower(), len(terms)) or main_language("latin")


def _likeliest(candidates: Mapping[str, Line], script: str, text: str, terms: int) -> str:
    """The language whose letters and words tell most; the first unless another clearly beats it."""
    usual = next(iter(candidates), "")
    if len(candidates) < 2:
        return usual
    words = Counter(_WORD.findall(text))
    letters = Counter(char for char in text if not char.isascii() and char.isalpha())
    latin = script == "latin"
    # A Latin letter that a language lacks is evidence against it. The table lacks other alphabets.
    foreign = -1 if latin else 0

    def evidence(line: Line) -> int:
        spelling = sum(times if char in line.letters else foreign * times for char, times in letters.items())
        return spelling + sum(words[word] for word in line.words.split())

    evidence_of = {tag: evidence(line) for tag, line in candidates.items()}
    best = max(evidence_of, key=lambda tag: evidence_of[tag])
    lead = evidence_of[best] - evidence_of[usual]
    return best if lead > max(_LEAST_LEAD if latin else 0, terms * _CLEAR_LEAD) else usual
