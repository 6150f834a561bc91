"""Which characters make up a script, and which scripts a language is written in: tables only.

Kept apart from the code that reads them, so that a language is added in one line here. Characters that
Unicode normalization would replace by others are written as escapes.
"""

from __future__ import annotations

from collections.abc import Mapping

# Bodies of regex character classes, to be put between brackets; Unicode blocks, not properties, because
# `re` knows no \p{Script=…} and the exceptions (々 is common to two scripts) do not matter here.
HAN_CLASS = "々〇〡-〩㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U000323af"
KANA_CLASS = "ぁ-ゖゝ-ゟァ-ヺー-ヿㇰ-ㇿｦ-ﾟ"
HANGUL_CLASS = "ᄀ-ᇿ㄰-㆏ꥠ-ꥼ가-힣ힰ-ퟻ"
LATIN_CLASS = "A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿＡ-Ｚａ-ｚ"
CYRILLIC_CLASS = "Ѐ-ԯᲀ-ᲈ"

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

# The main script of each language first; Latin is not said.
LANGUAGE_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("zh", "yue", "lzh"), ("han",)),
    "ja": ("kana", "han"),
    "ko": ("hangul",),
    **dict.fromkeys(
        ("ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "tt", "ba", "ce", "cv", "os"), ("cyrillic",)
    ),
    "mn": ("cyrillic", "mongolian"),
    "sr": ("cyrillic", "latin"),
    "bs": ("latin", "cyrillic"),
    "uz": ("latin", "cyrillic"),
    "az": ("latin", "cyrillic"),
    "el": ("greek",),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "sd", "ug", "ckb"), ("arabic",)),
    **dict.fromkeys(("he", "yi"), ("hebrew",)),
    "hy": ("armenian",),
    "ka": ("georgian",),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), ("devanagari",)),
    **dict.fromkeys(("bn", "as"), ("bengali",)),
    "pa": ("gurmukhi",),
    "gu": ("gujarati",),
    "ta": ("tamil",),
    "te": ("telugu",),
    "kn": ("kannada",),
    "ml": ("malayalam",),
    "si": ("sinhala",),
    "th": ("thai",),
    "lo": ("lao",),
    **dict.fromkeys(("bo", "dz"), ("tibetan",)),
    "my": ("myanmar",),
    "km": ("khmer",),
    **dict.fromkeys(("am", "ti"), ("ethiopic",)),
}

# By the script subtag of a language tag, which outweighs the language.
SCRIPT_SUBTAGS: Mapping[str, tuple[str, ...]] = {
    "latn": ("latin",),
    "cyrl": ("cyrillic",),
    "arab": ("arabic",),
    "hans": ("han",),
    "hant": ("han",),
    "mong": ("mongolian",),
    "deva": ("devanagari",),
}
