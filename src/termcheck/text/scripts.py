"""Scripts: which characters make up each, and how it is written.

Characters that Unicode normalization would replace are written as escapes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

# Bodies of regex character classes, to be put between brackets; Unicode blocks, not properties, because
# `re` knows no \p{Script=…} and the exceptions (々 is common to two scripts) do not matter here.
HAN_CLASS = "々〇〡-〩㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U000323af"
KANA_CLASS = "ぁ-ゖゝ-ゟァ-ヺー-ヿㇰ-ㇿｦ-ﾟ"
HANGUL_CLASS = "ᄀ-ᇿ㄰-㆏ꥠ-ꥼ가-힣ힰ-ퟻ"
LATIN_CLASS = "A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿＡ-Ｚａ-ｚ"
CYRILLIC_CLASS = "Ѐ-ԯᲀ-ᲈ"

# Marks that belong to the letter in front of them, in scripts that write words apart.
MARK_CLASS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u09e2\u09e3\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a75"
    "\u0a81-\u0a83\u0abc-\u0acd\u0ae2\u0ae3\u0b01-\u0b03\u0b3c-\u0b57\u0b62\u0b63\u0b82\u0bbe-\u0bd7\u0c00-\u0c04"
    "\u0c3c-\u0c56\u0c62\u0c63\u0c81-\u0c83\u0cbc-\u0cd6\u0ce2\u0ce3\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d62\u0d63"
    "\u0d81-\u0d83\u0dca-\u0ddf"
)

SCRIPT_CLASSES: Mapping[str, str] = {
    "han": HAN_CLASS,
    "kana": KANA_CLASS,
    "hangul": HANGUL_CLASS,
    "bopomofo": "ㄅ-ㄯㆠ-ㆿ",
    "latin": LATIN_CLASS,
    "cyrillic": CYRILLIC_CLASS,
    "greek": "Ͱ-ͽΆΈ-Ͽἀ-῾",
    "arabic": "ؠ-يٮ-ۓەۺ-ۿݐ-ݿࢠ-ࣉﭐ-ﷻﹰ-ﻼ",
    "hebrew": "א-ת",
    "syriac": "ܐܒ-ܯݍ-ݏ",
    "thaana": "ހ-ޥޱ",
    "armenian": "Ա-Ֆա-և",
    "georgian": "Ⴀ-ჿᲐ-Ჿ",
    "devanagari": "ऄ-हॐ\u0958-ॡॲ-ॿ",
    "bengali": "অ-হ\u09dc-ৡ",
    "gurmukhi": "ਅ-ਹ\u0a59-\u0a5e",
    "gujarati": "અ-હૐૠૡ",
    "tamil": "அ-ஹ",
    "telugu": "అ-హౘ-ౡ",
    "kannada": "ಅ-ಹೞ-ೡ",
    "malayalam": "അ-ഹൠൡ",
    "sinhala": "අ-ෆ",
    "thai": "ก-ะาำเ-ๆ",
    "lao": "ກ-ະາຳຽ-ໆໜ-ໟ",
    "tibetan": "ཀ-ཬ",
    "myanmar": "က-ဪ",
    "khmer": "ក-ឳ",
    "ethiopic": "ሀ-ፚ",
    "mongolian": "ᠠ-ᢪ",
}

# Scripts without spaces between words. Hangul has some, but joins particles to the words before them.
UNSPACED = frozenset({"han", "kana", "hangul", "bopomofo", "thai", "lao", "myanmar", "khmer"})
RIGHT_TO_LEFT = frozenset({"arabic", "hebrew", "syriac", "thaana"})


@lru_cache(maxsize=1 << 14)
def script_of(char: str) -> str | None:
    """The script of a letter as a key of `SCRIPT_CLASSES`; None for digits, marks and punctuation."""
    starts, ranges = _ranges()
    index = bisect_right(starts, char) - 1
    if index < 0 or not char:
        return None
    _, end, script = ranges[index]
    return script if char[0] <= end else None


def letter_counts(text: str) -> Counter[str]:
    """How many letters of each script a text has; scripts that do not occur are absent."""
    if text.isascii():
        latin = sum(map(len, letters_of("latin").findall(text)))
        return Counter({"latin": latin}) if latin else Counter()
    counts: Counter[str] = Counter()
    for char, times in Counter(text).items():
        script = script_of(char)
        if script:
            counts[script] += times
    return counts


@cache
def letters_of(script: str) -> re.Pattern[str]:
    """The pattern of a run of letters of a script."""
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
