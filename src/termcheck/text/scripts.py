"""Writing systems: the script of a character, and which language of a pair a text is in.

A transcript does not say which of its paragraphs is the translation, so the side is decided here: by script
where the two languages are written differently, by frequent words and telltale letters where they are not.
It runs once for each paragraph of a corpus; all counting is therefore left to compiled patterns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from termcheck.data import read_text
from termcheck.lazy import compile_later
from termcheck.model import Side, same_language
from termcheck.text.script_tables import CYRILLIC_CLASS as CYRILLIC_CLASS
from termcheck.text.script_tables import HAN_CLASS as HAN_CLASS
from termcheck.text.script_tables import HANGUL_CLASS as HANGUL_CLASS
from termcheck.text.script_tables import KANA_CLASS as KANA_CLASS
from termcheck.text.script_tables import LANGUAGE_SCRIPTS, SCRIPT_SUBTAGS
from termcheck.text.script_tables import LATIN_CLASS as LATIN_CLASS
from termcheck.text.script_tables import SCRIPT_CLASSES as SCRIPT_CLASSES

_TRADITIONAL_REGIONS = frozenset({"hant", "tw", "hk", "mo"})

# Words' worth of one letter: a Chinese sentence has about 0.6 as many words in English as it has characters,
# an alphabetic word has about five letters.
_WEIGHT: Mapping[str, float] = {"han": 0.6, "kana": 0.45, "hangul": 0.45, "bopomofo": 0.3}
_LETTER_WEIGHT = 0.2

# Enough of a text to decide by; paragraphs of a corpus may run to a million characters.
_SAMPLE = 2000
# Han text shorter than this, without kana, may be the heading of a Japanese text as well as of a Chinese one.
_SHORT_HAN = 8

# For bare term lists: how much of them to look at, how rare kana may be in Japanese ones (one letter in …),
# and by how much evidence, in all (if Latin) and for each term, another language must beat the default.
_GUESS_SAMPLE = 50_000
_KANA_SHARE = 12
_LEAST_LEAD = 3
_CLEAR_LEAD = 0.15
_DEFAULT_LANGUAGE = "en"
_LATIN_LANGUAGES = (
    *(
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "sv",
        "da",
        "no",
        "fi",
        "pl",
        "cs",
        "sk",
        "sl",
        "hr",
        "hu",
        "ro",
    ),
    *("tr", "vi", "id", "ca", "gl", "lt", "lv", "et", "is"),
)
_SCRIPT_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "latin": _LATIN_LANGUAGES,
    "cyrillic": ("ru", "uk", "be", "bg", "sr", "mk"),
    "arabic": ("ar", "fa"),
    "kana": ("ja",),
    **{
        scripts[0]: (language,)
        for language, scripts in list(LANGUAGE_SCRIPTS.items())[::-1]
        if scripts[0] not in ("latin", "cyrillic", "arabic", "kana")
    },
}
_ALIASES: Mapping[str, str] = {"nb": "no", "nn": "no", "bs": "hr", "fil": "tl", "arb": "ar"}

_WORD = compile_later(r"[^\W\d_]+")
# A gloss in brackets or a quoted name is often in the other language.
_ASIDE = compile_later(r"\([^()]*\)|（[^（）]*）|“[^“”]*”|「[^「」]*」|《[^《》]*》|\"[^\"]*\"")
_CODE = compile_later(r"`[^`]*`|https?://[!-~]+|[\w.+-]+@[\w.-]+|<[^<>]*>|\{[^{}]*\}|[!-~]*[/\\_][!-~]*")


def script_of(char: str) -> str | None:
    """The script of a letter as a key of `SCRIPT_CLASSES`; None for digits, marks and punctuation."""
    starts, ranges = _ranges()
    index = bisect_right(starts, char) - 1
    if index < 0 or not char:
        return None
    _, end, script = ranges[index]
    return script if char[0] <= end else None


def scripts_of_language(language: str) -> tuple[str, ...]:
    """Scripts a language is written in, the main one first.

    A script subtag (`sr-Latn`) decides; an unknown language is taken for one in Latin letters.
    """
    base, *subtags = language.casefold().replace("_", "-").split("-")
    for subtag in subtags:
        if subtag in SCRIPT_SUBTAGS:
            return SCRIPT_SUBTAGS[subtag]
    return LANGUAGE_SCRIPTS.get(base, ("latin",))


def language_script(language: str) -> str:
    """The main script of a language, as a key of `SCRIPT_CLASSES`."""
    return scripts_of_language(language)[0]


def side_of(text: str, source_lang: str, target_lang: str) -> Side | None:
    """Which side of the language pair a text is on; None when it has no letters or cannot be told.

    Only the two languages are weighed: a paragraph in a third script is None. The first 2,000 characters
    decide.
    """
    judge = _judge(source_lang, target_lang)
    return judge.side(text[:_SAMPLE])


def letter_counts(text: str) -> Counter[str]:
    """How many letters of each script a text has; scripts that do not occur are absent."""
    if text.isascii():
        latin = sum(map(len, _pattern("latin").findall(text)))
        return Counter({"latin": latin}) if latin else Counter()
    counts: Counter[str] = Counter()
    for char, times in Counter(text).items():
        script = script_of(char)
        if script:
            counts[script] += times
    return counts


def languages_of(keys: Iterable[str], values: Iterable[str]) -> tuple[str, str]:
    """Guess the languages of a bare term list's two columns, as `("zh", "en")`.

    Terms in Latin letters are English unless their accents and small words clearly say otherwise.
    """
    return _guess(list(keys)), _guess(list(values))


class _Judge:
    """Decides the side of texts for one language pair; built once for the pair."""

    def __init__(self, source_lang: str, target_lang: str) -> None:
        source, target = set(scripts_of_language(source_lang)), set(scripts_of_language(target_lang))
        self.only = {Side.SOURCE: source - target, Side.TARGET: target - source}
        self.shared = source & target
        source_words, source_letters = _vocabulary(source_lang, target_lang)
        target_words, target_letters = _vocabulary(target_lang, source_lang)
        self.words = {Side.SOURCE: source_words, Side.TARGET: target_words}
        self.letters = {Side.SOURCE: source_letters, Side.TARGET: target_letters}

    def side(self, text: str) -> Side | None:
        """The side of a text, or None."""
        counts = letter_counts(text)
        own = {side: sum(counts[script] for script in only) for side, only in self.only.items()}
        shared = sum(counts[script] for script in self.shared)
        if not shared and not (own[Side.SOURCE] and own[Side.TARGET]):
            return next((side for side, letters in own.items() if letters), None)
        if not self.shared:
            return self._by_script(text)
        # One kana in ten letters makes Japanese; a Chinese text naming one Japanese brand has fewer.
        for side, letters in own.items():
            if letters * 10 >= shared:
                return side
        return self._by_words(text, shared)

    def _by_script(self, text: str) -> Side | None:
        """Weigh two scripts in one text, first without what is quoted, bracketed or code."""
        plain = _CODE.sub(" ", text)
        aside = _ASIDE.sub(" ", plain)
        if self._is_telling(aside, plain):
            plain = aside
        for view in (plain, text):
            weights = {side: self._weight(view, only) for side, only in self.only.items()}
            if weights[Side.SOURCE] != weights[Side.TARGET]:
                return max(weights, key=lambda side: weights[side])
        return None

    def _is_telling(self, rest: str, whole: str) -> bool:
        """Whether what stands around asides tells more than all: it is most of it, or in one script."""
        counts = letter_counts(rest)
        found = [any(counts[script] for script in only) for only in self.only.values()]
        return any(found) and (len(rest) * 2 > len(whole) or not all(found))

    def _weight(self, text: str, scripts: Iterable[str]) -> float:
        """How many words' worth of a text is in the scripts; a capitalised name says less than a word."""
        total = 0.0
        for script in scripts:
            if script == "latin":
                words = _pattern("latin").findall(text)
                total += sum(1.0 if word.islower() else 0.5 for word in words)
            else:
                letters = sum(map(len, _pattern(script).findall(text)))
                total += letters * _WEIGHT.get(script, _LETTER_WEIGHT)
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


@lru_cache(maxsize=16)
def _judge(source_lang: str, target_lang: str) -> _Judge:
    return _Judge(source_lang, target_lang)


@cache
def _pattern(script: str) -> re.Pattern[str]:
    return re.compile(f"[{SCRIPT_CLASSES[script]}]+")


@cache
def _ranges() -> tuple[list[str], list[tuple[str, str, str]]]:
    """All ranges of all scripts in order, and their starts for bisection."""
    ranges = sorted(
        (match[1], match[2] or match[1], script)
        for script, body in SCRIPT_CLASSES.items()
        for match in re.finditer(r"(.)(?:-(.))?", body, re.DOTALL)
    )
    return [start for start, _, _ in ranges], ranges


@cache
def _table() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """Function words and telltale letters by language, as shipped in `data/function_words.txt`."""
    rows: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    content = read_text("function_words.txt")
    for line in content.splitlines():
        if not line or line.startswith("#"):
            continue
        language, kind, rest = line.split(" ", 2)
        words, letters = rows.get(language, (frozenset(), frozenset()))
        rows[language] = (frozenset(rest.split()), letters) if kind == "words" else (words, frozenset(rest))
    return rows


def function_words(language: str) -> frozenset[str]:
    """Frequent small words of a language in lower case; empty where none are known."""
    words, _ = _table().get(_variant(language, ""), (frozenset(), frozenset()))
    return words


def _variant(language: str, other: str) -> str:
    """The row of the table to use: two Chinese scripts are told apart by their characters."""
    base, *subtags = language.casefold().replace("_", "-").split("-")
    if base == "zh" and same_language(language, other):
        return "zh-hant" if _TRADITIONAL_REGIONS.intersection(subtags) else "zh-hans"
    return _ALIASES.get(base, base)


def _vocabulary(language: str, other: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words and letters of the first language that the second one lacks."""
    nothing: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    words, letters = _table().get(_variant(language, other), nothing)
    other_words, other_letters = _table().get(_variant(other, language), nothing)
    return words - other_words, letters - other_letters


def _guess(terms: list[str]) -> str:
    """The likeliest language of a column of terms."""
    text = "\n".join(terms)[:_GUESS_SAMPLE]
    counts = letter_counts(text)
    if not counts:
        return _DEFAULT_LANGUAGE
    if counts["kana"] * _KANA_SHARE >= counts["han"] + counts["kana"]:
        counts["kana"] += counts.pop("han", 0)
    # A Latin abbreviation stands among terms of every language: it weighs by words, not letters.
    script = max(counts, key=lambda name: counts[name] * _WEIGHT.get(name, _LETTER_WEIGHT))
    candidates = _SCRIPT_LANGUAGES.get(script, (_DEFAULT_LANGUAGE,))
    return candidates[0] if len(candidates) == 1 else _likeliest(candidates, text.lower(), len(terms))


def _likeliest(candidates: tuple[str, ...], text: str, terms: int) -> str:
    """The language whose letters and words tell most; the first unless it is beaten clearly."""
    words = Counter(_WORD.findall(text))
    letters = Counter(char for char in text if not char.isascii() and char.isalpha())
    least = _LEAST_LEAD if candidates == _LATIN_LANGUAGES else 0
    # A Latin letter a language lacks speaks against it; of other scripts the table has no full alphabets.
    foreign = -1 if candidates == _LATIN_LANGUAGES else 0

    def evidence(language: str) -> int:
        own_words, own_letters = _table().get(language, (frozenset(), frozenset()))
        spelling = sum(times if char in own_letters else foreign * times for char, times in letters.items())
        return spelling + sum(words[word] for word in own_words)

    best = max(candidates, key=evidence)
    lead = evidence(best) - evidence(candidates[0])
    return best if lead > max(least, terms * _CLEAR_LEAD) else candidates[0]
