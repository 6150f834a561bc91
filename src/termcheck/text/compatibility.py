"""Characters that are another way to write other characters, and what stays of marks behind a word.

PDF files hold radicals in place of characters, units of one character, and ligatures; people write CO₂ and
m². The bodies of regex character classes are to be put between brackets.
"""

from __future__ import annotations

import unicodedata

from termcheck.lazy import compile_later

SUPERSCRIPT_DIGITS = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079"
TRADE_MARKS = "\u00a9\u00ae\u2117\u2120\u2122"
# Letters and digits above and below the line, signs such as № and ℃, Roman numerals, ㈱ and ㎏, ligatures and
# the Arabic forms of printing. Full-width letters are not here, because they keep their offset.
COMPATIBLE = (
    SUPERSCRIPT_DIGITS
    + "\u00aa\u00ba\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u1d9b-\u1dbf\u2071\u207f-\u2089\u2090-\u209c"
    "\u2100-\u2116\u2118-\u211f\u2121\u2123-\u214d\u2160-\u217f\u3200-\u33ff\ufb00-\ufdfc\ufe70-\ufefc"
)
"""Characters with a compatible spelling that may be longer."""

# A superscript is an exponent behind a unit or a variable, and a footnote mark behind a longer word.
_EXPONENT = compile_later(rf"(?<![^\W_])(?:[^\W\d_]|[a-zA-Z]{{2}})[{SUPERSCRIPT_DIGITS}]+\Z")
_LONGEST_EXPONENT = 5
# What stands behind a joiner in a sequence that shows as one sign.
_EMOJI = compile_later("[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001fbff]")
ZERO_WIDTH_JOINER = "\u200d"

# The radicals of the supplement that stand for a character by themselves; Unicode has no compatible spelling
# for them, but PDF files have them in place of the characters.
_RADICALS = "⺁⺌⺎⺝⺟⺠⺪⺬⺮⺶⺼⻁⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
_CHARACTERS = "厂小兀月母民疋示竹羊肉虎见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
_KANGXI = (0x2E9F, 0x2EF3, *range(0x2F00, 0x2FD6))
_SMALL = range(0xFE50, 0xFE6C)


def one_to_one() -> dict[int, str]:
    """The characters with a compatible spelling of one character, as a table for `str.translate`."""
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*_KANGXI, *_SMALL)}
    return table | {ord(radical): char for radical, char in zip(_RADICALS, _CHARACTERS, strict=True)}


def compatible(char: str, text: str, offset: int) -> str:
    """The compatible spelling of a character of `COMPATIBLE`, which is `text[offset]`.

    A footnote mark (`word¹`) and a power of a number (10²) remain as they are.
    """
    is_raised = char in "²³¹" or char == "\u2070" or "\u2074" <= char <= "\u2079"
    if is_raised and not _EXPONENT.search(text, max(0, offset - _LONGEST_EXPONENT), offset + 1):
        return char
    return unicodedata.normalize("NFKC", char)


def joins_emoji(text: str, offset: int) -> bool:
    """Whether the joiner at an offset makes one sign of two."""
    return _EMOJI.match(text, offset + 1) is not None
