"""Fold text to the form that is matched, with a map back to the original.

Two spellings a reader takes for the same must fold to the same string: composed and decomposed
letters, full and half width, straight and curly quotes, hyphens and dashes, no-break spaces, soft
hyphens, traditional and simplified characters, upper and lower case. Almost all of this replaces one
code point by one, so offsets stay; only where characters vanish or join is an offset map made.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from array import array

from msgspec import Struct

from termcheck.data import read_text
from termcheck.language_tags import primary_subtag
from termcheck.lazy import compile_later
from termcheck.model import Span

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

# Languages that fold in their own way. They stand here because folding lies below `termcheck.languages`.
_KEEPING_HAN = frozenset({"ja", "ko"})
_REPLACED_IN = {"ru": {ord("ё"): "е", ord("Ё"): "е"}}

# Characters that vanish: joiners, soft hyphens, variation selectors.
_NOTHING = "\u00ad\u034f\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff"
# Those that join what precedes them, whatever vanishes between the two: accents, voice marks of kana, jamo.
_MARKS = "\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u3099\u309a"
_JOINING = _MARKS + "\u1160-\u11ff\uff9e\uff9f"
_VANISHING = compile_later(f"[{_NOTHING}]+")
# Characters that vanish, or become more or fewer than one: half-width kana and Latin ligatures too.
_RESIZING = compile_later(f"[{_NOTHING}\uff65-\uff9f\ufb00-\ufb06]")
# Those, and marks: they may join what is put in the place of a full-width letter.
_UNSTEADY = compile_later(f"[{_NOTHING}{_MARKS}\uff65-\uff9f\ufb00-\ufb06]")
_CLUSTER = compile_later(f"[^{_JOINING}](?:[{_NOTHING}]*[{_JOINING}])*|.", re.DOTALL)


class Folded(Struct, frozen=True):
    """Folded text; `starts[i]` and `ends[i]` bound in the original what became character i.

    Both are None where every character stayed in its place.
    """

    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def origin(self, span: Span) -> Span:
        """The span of the original text that a non-empty span of the folded text came from."""
        if self.starts is None or self.ends is None:
            return span
        return Span(self.starts[span.start], self.ends[span.end - 1])


def fold(text: str, language: str = "") -> Folded:
    """Fold `text`; `language` matters for Han (Japanese keeps its characters) and for Cyrillic ё."""
    return _fold_short(text, language) if len(text) <= _SHORT else _fold(text, language)


# A text of rows is looked at again and again; long ones are not worth the memory to remember them.
_SHORT = 400


@functools.lru_cache(maxsize=2048)
def _fold_short(text: str, language: str) -> Folded:
    return _fold(text, language)


def _fold(text: str, language: str) -> Folded:
    table = _table(primary_subtag(language))
    if text.isascii():
        return Folded(text.lower().translate(table) if _CONTROLS.search(text) else text.lower())
    steady = _UNSTEADY.search(text) is None
    if (steady or _RESIZING.search(text) is None) and unicodedata.is_normalized("NFC", text):
        folded = text.translate(table)
        if steady or unicodedata.is_normalized("NFC", folded):
            return Folded(folded)
    return _fold_by_cluster(text, table)


def fold_in_place(text: str, language: str = "") -> str | None:
    """What `fold` gives for a text, found quickly for a long one; None if characters vanish, join or divide.

    Line breaks and other controls may stay as they are.
    """
    if text.isascii():
        return text.lower()
    if _UNSTEADY.search(text) is not None or not unicodedata.is_normalized("NFC", text):
        return None
    table, changing = _table(primary_subtag(language)), _changing(language)
    found = set(changing.findall(text))
    if len(found) > _FEW:
        text = text.translate(table)
    else:
        for char in found:
            text = text.replace(char, char.translate(table))
    # Only ASCII letters are left to be lowered, which bytes do.
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


# To replace so many characters one after the other is quicker than to look up each in a table.
_FEW = 100
_CONTROLS = compile_later("[\t\n\r\v\f\x1c-\x1f`]")


def _fold_by_cluster(text: str, table: dict[int, str]) -> Folded:
    folded: list[str] = []
    starts: array[int] = array("l")
    ends: array[int] = array("l")
    for cluster in _CLUSTER.finditer(text):
        whole = _RESIZING.sub(_compatible, _VANISHING.sub("", cluster[0]))
        part = ""
        # What is put in the place of a letter may join the marks after it.
        while whole != part:
            part = whole
            whole = unicodedata.normalize("NFC", part).translate(table)
        folded.append(part)
        starts.extend([cluster.start()] * len(part))
        ends.extend([cluster.end()] * len(part))
    return Folded("".join(folded), starts, ends)


def _compatible(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


@functools.cache
def _table(language: str) -> dict[int, str]:
    """One-to-one replacements as `str.translate` takes them, lower case included."""
    table = {code: char.lower() for code in _CASED if len((char := chr(code)).lower()) == 1}
    table |= {ord(old): new for new, olds in _REPLACED.items() for old in olds}
    table |= {wide: chr(wide - 0xFEE0).lower() for wide in _FULL_WIDTH if wide not in table or wide > 0xFF20}
    if language not in _KEEPING_HAN:
        table |= _han_table()
    table |= _REPLACED_IN.get(language, {})
    return table


@functools.cache
def _changing(language: str) -> re.Pattern[str]:
    """One character, but for ASCII, that the table of a language may change."""
    table = _table(primary_subtag(language))
    chars = "".join(chr(code) for code, new in table.items() if 0x7F < code < 0x10000 and chr(code) != new)
    # `re` is quick with a set of the basic plane, and slow with one that has single characters beyond it.
    return re.compile(f"[{re.escape(chars)}\U00010000-\U0010ffff]")


# Latin, Greek, Cyrillic, Armenian, Georgian and the further Latin and Greek blocks: all that has case
# in living use. A range, because walking all of Unicode would cost every start-up.
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_CASED = (*range(0x41, 0x5B), *range(0xC0, 0x588), *range(0x1C90, 0x1CC0), *range(0x1E00, 0x2000))


@functools.cache
def _han_table() -> dict[int, str]:
    """Traditional to simplified, one to one, from OpenCC's character table."""
    traditional, simplified = read_text("han_fold.txt").splitlines()
    return str.maketrans(traditional, simplified)  # type: ignore[return-value]
