"""Which characters are spellings of the same letter or sign: the tables of folding.

The tables have one character for one, except for a few that are divided. Languages are named here, because
this module lies below `termcheck.languages`.
"""

from __future__ import annotations

import functools

from termcheck.data import read_text
from termcheck.text import compatibility

HYPHEN = "-"
DASH = "—"

_REPLACED = {
    " ": "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
    "'": "‘’‚‛ʼʹ′＇`´｀׳",
    '"': "“”„‟«»″＂「」『』〝〞״",
    HYPHEN: "‐‑‒–−－﹣־",
    DASH: "―─",
    "·": "•‧∙・･⋅",
    "(": "﹙",
    ")": "﹚",
    ",": "،",
    ";": "؛",
    "?": "؟",
    "i": "İı",
    # Greek capitals have no accents.
    "α": "άΆ",
    "ε": "έΈ",
    "η": "ήΉ",
    "ι": "ίΊ",
    "ο": "όΌ",
    "υ": "ύΎ",
    "ω": "ώΏ",
    "ϊ": "ΐ",
    "ϋ": "ΰ",
    "σ": "ς",
    # Arabic letters that keyboards and habits exchange.
    "ا": "أإآٱ",
    "و": "ؤ",
    "ي": "ىیئ",
    "ك": "ک",
    "ه": "ةہەۀۂۃ",
    # Letters for foreign sounds, whose dot below is often left out.
    "क": "\u0958",
    "ख": "\u0959",
    "ग": "\u095a",
    "ज": "\u095b",
    "फ": "\u095e",
    # One letter becomes two.
    "oe": "œŒ",
}
# The digits of scripts that also use European ones.
_ZEROS = "\u0660\u06f0\u0966\u09e6\u0be6\u0c66"

# Languages that fold in their own way.
_KEEPING_HAN = frozenset({"ja", "ko"})
# Serbian is the same in both scripts.
_SERBIAN = dict(
    zip(
        "абвгдђежзијклљмнњопрстћуфхцчџш",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "đ",
            "e",
            "ž",
            "z",
            "i",
            "j",
            "k",
            "l",
            "lj",
            "m",
            "n",
            "nj",
            "o",
            "p",
            "r",
            "s",
            "t",
            "ć",
            "u",
            "f",
            "h",
            "c",
            "č",
            "dž",
            "š",
        ],
        strict=True,
    )
)
_REPLACED_IN = {
    # Letters with a cedilla are from the time before there were ones with a comma.
    "ro": {ord(old): new for new, olds in (("ș", "ŞşȘ"), ("ț", "ŢţȚ")) for old in olds},
    "ru": {ord("ё"): "е", ord("Ё"): "е"},
    "sr": {ord(form): new for old, new in _SERBIAN.items() for form in (old, old.upper())},
}
# Letters that become two in a language.
DIVIDED_IN = {"sr": "ЉљЊњЏџ"}
# Pairs of vowels whose tone mark may stand on either one: hòa, hoà.
TONES_IN = {
    "vi": {
        first + plain: unmarked + second
        for unmarked, firsts, plain, seconds in (
            ("o", "òóỏõọ", "a", "àáảãạ"),
            ("o", "òóỏõọ", "e", "èéẻẽẹ"),
            ("u", "ùúủũụ", "y", "ỳýỷỹỵ"),
        )
        for first, second in zip(firsts, seconds, strict=True)
    }
}


@functools.cache
def table_of(language: str) -> dict[int, str]:
    """The one-to-one replacements, including lower case, as a table for `str.translate`."""
    if language and language not in _KEEPING_HAN and language not in _REPLACED_IN:
        return table_of("")
    table = _common_table().copy()
    if language not in _KEEPING_HAN:
        han = _han_table()
        table |= {code: han[ord(new)] for code, new in table.items() if code > 0x2E00 and ord(new) in han}
        table |= han
    table |= _REPLACED_IN.get(language, {})
    return table


@functools.cache
def _common_table() -> dict[int, str]:
    """The replacements in all languages."""
    # One call for all of them; line breaks keep them apart, because Σ depends on the letters around it.
    lowered = "\n".join(map(chr, _CASED)).lower().split("\n")
    table = {code: lower for code, lower in zip(_CASED, lowered, strict=True) if len(lower) == 1}
    table |= {ord(old): new for new, olds in _REPLACED.items() for old in olds}
    table |= {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}
    table |= {code: new for code, new in compatibility.one_to_one().items() if code not in table}
    table |= {wide: chr(wide - 0xFEE0).lower() for wide in _FULL_WIDTH if wide not in table or wide > 0xFF20}
    return table


_FULL_WIDTH = range(0xFF01, 0xFF5F)
# Latin, Greek, Cyrillic, Armenian, Georgian and their extensions: all scripts in living use that have case.
# These are ranges, because going through all of Unicode would slow down every start.
_CASED = (*range(0x41, 0x5B), *range(0xC0, 0x588), *range(0x1C90, 0x1CC0), *range(0x1E00, 0x2000))


@functools.cache
def _han_table() -> dict[int, str]:
    """Traditional to simplified characters, one to one, from OpenCC's table."""
    traditional, simplified = read_text("han_fold.txt").splitlines()
    return str.maketrans(traditional, simplified)  # type: ignore[return-value]
