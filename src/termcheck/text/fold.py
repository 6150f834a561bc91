"""Folds text to the form in which it is matched, with a map back to the original.

Spellings that a reader takes for the same fold to the same string: composed and decomposed letters, full and
half width, straight and curly quotes, hyphens and dashes, no-break spaces, soft hyphens, traditional and
simplified characters, upper and lower case, CO₂ and CO2. Runs of blanks are one blank, and between
Chinese characters none. Folding usually replaces one code point by one, so that offsets
do not change. A map of offsets is made only if characters vanish or combine.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator

from msgspec import Struct

from termcheck.data import read_text
from termcheck.language_tags import primary_subtag
from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.text import compatibility

HYPHEN = "-"
DASH = "—"

_REPLACED = {
    " ": "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
    "'": "‘’‚‛ʼʹ′＇`´｀",
    '"': "“”„‟«»″＂「」『』〝〞",
    HYPHEN: "‐‑‒–−－﹣",
    DASH: "―─",
    "·": "•‧∙・･⋅",
    "(": "﹙",
    ")": "﹚",
    "i": "İı",
    "σ": "ς",
}

# Languages that fold in their own way. They are listed here because this module lies below
# `termcheck.languages`.
_KEEPING_HAN = frozenset({"ja", "ko"})
_REPLACED_IN = {"ru": {ord("ё"): "е", ord("Ё"): "е"}}

# Characters that vanish: joiners, soft hyphens, variation selectors, signs of trade marks.
_IGNORABLE = f"\u00ad\u034f\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff{compatibility.TRADE_MARKS}"
# Characters that combine with the one in front of them, even if others vanish in between: accents, voice
# marks of kana, jamo.
_MARKS = "\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u3099\u309a"
_COMBINING = _MARKS + "\u1160-\u11ff\uff9e\uff9f"
_VANISHING = compile_later(f"[{_IGNORABLE}]+")
# Characters that vanish or whose number changes: half-width kana combine, Latin ligatures are divided.
_CHANGING_SIZE = f"{_IGNORABLE}\uff65-\uff9f{compatibility.COMPATIBLE}"
_RESIZING = compile_later(f"[{_CHANGING_SIZE}]")
# The same, and marks, because they may combine with the replacement of a full-width letter.
_MAY_RESIZE = compile_later(f"[{_CHANGING_SIZE}{_MARKS}]")
# A blank between Chinese or Japanese characters. The pattern begins with the blank, which makes the search
# quick.
_BETWEEN_HAN = " (?<=[\u3040-\u9fff] )(?=[\u3040-\u9fff])"
_BLANK_BETWEEN_HAN = compile_later(_BETWEEN_HAN)
_BLANKS = compile_later(f" {{2,}}|{_BETWEEN_HAN}")
_TWO_HAN = compile_later("[\u3040-\u9fff][\u3040-\u9fff]")
_TWO_KATAKANA = compile_later("[\u30a0-\u30ff][\u30a0-\u30ff]")
_CLUSTER = compile_later(f"[^{_COMBINING}](?:[{_IGNORABLE}]*[{_COMBINING}])*|.", re.DOTALL)


class Folded(Struct, frozen=True):
    """Folded text; character i was made from `original[starts[i]:ends[i]]`.

    `starts` and `ends` are None if every character kept its offset.
    """

    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def origin(self, span: Span) -> Span:
        """The span of the original text from which a non-empty span of the folded text was made."""
        if self.starts is None or self.ends is None:
            return span
        return Span(self.starts[span.start], self.ends[span.end - 1])


def fold(text: str, language: str = "") -> Folded:
    """Fold a text; `language` matters for Han (Japanese and Korean keep theirs) and for the Russian ё."""
    return _fold_cached(text, language) if len(text) <= _MAX_CACHED else _fold(text, language)


# The texts of rows are folded repeatedly. Longer texts are not worth the memory.
_MAX_CACHED = 400


@functools.lru_cache(maxsize=2048)
def _fold_cached(text: str, language: str) -> Folded:
    return _fold(text, language)


def _fold(text: str, language: str) -> Folded:
    folded = _fold_characters(text, language)
    return _fold_blanks(folded) if has_blanks_to_fold(folded.text) else folded


def _fold_characters(text: str, language: str) -> Folded:
    table = _table(primary_subtag(language))
    if text.isascii():
        return Folded(text.lower().translate(table) if _CONTROLS.search(text) else text.lower())
    keeps_offsets = _MAY_RESIZE.search(text) is None
    if (keeps_offsets or _RESIZING.search(text) is None) and unicodedata.is_normalized("NFC", text):
        folded = text.translate(table)
        if keeps_offsets or unicodedata.is_normalized("NFC", folded):
            return Folded(folded)
    return _fold_by_cluster(text, table)


def _fold_blanks(folded: Folded) -> Folded:
    """Make one blank of several, and none of one between Chinese or Japanese characters."""
    dropped = [span for span in _superfluous(folded.text) if len(span)]
    if not dropped:
        return folded
    parts: list[str] = []
    starts, ends = array("l"), array("l")
    begin = 0
    for span in (*dropped, Span(len(folded.text), len(folded.text))):
        parts.append(folded.text[begin : span.start])
        starts.extend(_offsets(folded.starts, begin, span.start, 0))
        ends.extend(_offsets(folded.ends, begin, span.start, 1))
        begin = span.end
    return Folded("".join(parts), starts, ends)


def _offsets(known: array[int] | None, begin: int, end: int, shift: int) -> Iterable[int]:
    return range(begin + shift, end + shift) if known is None else known[begin:end]


def _superfluous(folded: str) -> Iterator[Span]:
    for run in _BLANKS.finditer(folded):
        span = Span(*run.span())
        yield span if _closes_up(folded, span) else Span(span.start + 1, span.end)


def _closes_up(folded: str, blank: Span) -> bool:
    """Whether nothing is written between the characters on either side of a blank, as between two Han.

    Two words in katakana are written apart.
    """
    around = folded[blank.start - 1 : blank.start] + folded[blank.end : blank.end + 1]
    return _TWO_HAN.match(around) is not None and not _TWO_KATAKANA.match(around)


def has_blanks_to_fold(text: str) -> bool:
    """Whether `fold` may drop blanks of a text that `fold_in_place` keeps."""
    # Nearly all Chinese texts are settled by the first question, and nearly all English ones by the second.
    if " " not in text:
        return False
    return "  " in text or (not text.isascii() and _BLANK_BETWEEN_HAN.search(text) is not None)


def fold_in_place(text: str, language: str = "") -> str | None:
    """The folded text, computed quickly for a long one; None if some character does not keep its offset.

    Unlike with `fold`, line breaks, other control characters and all blanks remain.
    """
    if text.isascii():
        return text.lower()
    if _MAY_RESIZE.search(text) is not None or not unicodedata.is_normalized("NFC", text):
        return None
    table, changing = _table(primary_subtag(language)), _changing(language)
    changed = set(changing.findall(text))
    if len(changed) > _MAX_REPLACES:
        text = text.translate(table)
    else:
        for char in changed:
            text = text.replace(char, char.translate(table))
    # Only ASCII letters remain to be lowered, which is fastest on bytes.
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


# Up to this many different characters, one `str.replace` each is faster than a translation table.
_MAX_REPLACES = 100
_CONTROLS = compile_later("[\t\n\r\v\f\x1c-\x1f`]")


def _fold_by_cluster(text: str, table: dict[int, str]) -> Folded:
    folded: list[str] = []
    starts: array[int] = array("l")
    ends: array[int] = array("l")
    for cluster in _CLUSTER.finditer(text):
        part = ""
        refolded = _RESIZING.sub(functools.partial(_compatible, cluster), _without_vanishing(cluster))
        # The replacement of a letter may combine with the marks after it.
        while refolded != part:
            part, refolded = refolded, unicodedata.normalize("NFC", refolded).translate(table)
        folded.append(part)
        starts.extend([cluster.start()] * len(part))
        ends.extend([cluster.end()] * len(part))
    return Folded("".join(folded), starts, ends)


def _compatible(cluster: re.Match[str], char: re.Match[str]) -> str:
    return compatibility.compatible(char[0], cluster.string, cluster.start())


def _without_vanishing(cluster: re.Match[str]) -> str:
    """The characters of a cluster that show; a joiner remains where it makes one emoji of two."""
    if cluster[0] == compatibility.ZERO_WIDTH_JOINER:
        return cluster[0] if compatibility.joins_emoji(cluster.string, cluster.start()) else ""
    return _VANISHING.sub("", cluster[0])


@functools.cache
def _table(language: str) -> dict[int, str]:
    """The one-to-one replacements, including lower case, as a table for `str.translate`."""
    if language and language not in _KEEPING_HAN and language not in _REPLACED_IN:
        return _table("")
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
    table |= {code: new for code, new in compatibility.one_to_one().items() if code not in table}
    table |= {wide: chr(wide - 0xFEE0).lower() for wide in _FULL_WIDTH if wide not in table or wide > 0xFF20}
    return table


@functools.cache
def _changing(language: str) -> re.Pattern[str]:
    """Matches one non-ASCII character that the table of a language may change."""
    table = _table(primary_subtag(language))
    chars = "".join(chr(code) for code, new in table.items() if 0x7F < code < 0x10000 and chr(code) != new)
    # `re` is slow with a set that contains single characters beyond the basic plane.
    return re.compile(f"[{re.escape(chars)}\U00010000-\U0010ffff]")


_FULL_WIDTH = range(0xFF01, 0xFF5F)
# Latin, Greek, Cyrillic, Armenian, Georgian and their extensions: all scripts in living use that have case.
# These are ranges, because going through all of Unicode would slow down every start.
_CASED = (*range(0x41, 0x5B), *range(0xC0, 0x588), *range(0x1C90, 0x1CC0), *range(0x1E00, 0x2000))


@functools.cache
def _han_table() -> dict[int, str]:
    """Traditional to simplified characters, one to one, from OpenCC's table."""
    traditional, simplified = read_text("han_fold.txt").splitlines()
    return str.maketrans(traditional, simplified)  # type: ignore[return-value]
