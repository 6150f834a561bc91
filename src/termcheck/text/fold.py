"""Folds text to the form in which it is matched, with a map back to the original.

Spellings that a reader takes for the same fold to the same string: composed and decomposed letters, full and
half width, straight and curly quotes, hyphens and dashes, no-break spaces, soft hyphens, traditional and
simplified characters, upper and lower case, CO₂ and CO2, letters with and without the vowel signs of Arabic
and Hebrew. Runs of blanks are one blank, and between Chinese characters none. Folding usually replaces one
code point by one, so that offsets do not change. A map of offsets is made only if characters vanish, combine
or become two.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator

from msgspec import Struct

from termcheck.language_tags import primary_subtag
from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.text import compatibility
from termcheck.text.letters import DIVIDED_IN, TONES_IN, table_of

# Characters that vanish: joiners, soft hyphens, variation selectors, signs of trade marks; points and accents
# of Hebrew; the lengthening mark, vowel signs and other points of Arabic.
_IGNORABLE = (
    f"\u00ad\u034f\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff{compatibility.TRADE_MARKS}"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
)
# Characters that combine with the one in front of them, even if others vanish in between: accents, voice
# marks of kana, jamo.
_MARKS = "\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u3099\u309a"
# The same, and what combines only in text that is not normalized: dots below and halves of vowels in the
# scripts of India.
_COMBINING = (
    f"{_MARKS}\u1160-\u11ff\uff9e\uff9f\u093c\u09bc\u09be\u09d7\u0a3c\u0b3c\u0b3e\u0b56\u0b57"
    "\u0bbe\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf"
)
_VANISHING = compile_later(f"[{_IGNORABLE}]+")
_LONGER = f"\uff65-\uff9f{compatibility.COMPATIBLE}"
_COMPATIBLE = compile_later(f"[{_LONGER}]")
# The dot below of letters for foreign sounds in the languages of India, which is often left out.
_DOT_BELOW = "\u093c"
# Characters that vanish or whose number changes: half-width kana combine, Latin ligatures are divided.
_RESIZED = f"{_IGNORABLE}{_LONGER}{_DOT_BELOW}œŒ"
_FOREIGN_LETTER = compile_later(f"([कखगजफ]){_DOT_BELOW}")
# A blank between Chinese or Japanese characters. The pattern begins with the blank, which makes the search
# quick. Without the blank, a voice mark of kana would combine with what stands before it.
_AFTER_BLANK = "[\u3040-\u3098\u309b-\u9fff]"
_BETWEEN_HAN = f" (?<=[\u3040-\u9fff] )(?={_AFTER_BLANK})"
_BLANK_BETWEEN_HAN = compile_later(_BETWEEN_HAN)
_BLANKS = compile_later(f" {{2,}}|{_BETWEEN_HAN}")
_TWO_HAN = compile_later(f"[\u3040-\u9fff]{_AFTER_BLANK}")
_TWO_KATAKANA = compile_later("[\u30a0-\u30ff][\u30a0-\u30ff]")


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
    """Fold a text. `language` matters for Han (Japanese and Korean keep theirs) and for a few letters."""
    return _fold_cached(text, language) if len(text) <= _MAX_CACHED else _fold(text, language)


# The texts of rows are folded repeatedly. Longer texts are not worth the memory.
_MAX_CACHED = 400


@functools.lru_cache(maxsize=2048)
def _fold_cached(text: str, language: str) -> Folded:
    return _fold(text, language)


def _fold(text: str, language: str) -> Folded:
    folded = _fold_characters(text, primary_subtag(language))
    return _fold_blanks(folded) if has_blanks_to_fold(folded.text) else folded


def _fold_characters(text: str, language: str) -> Folded:
    table = table_of(language)
    if text.isascii():
        return Folded(text.lower().translate(table) if _CONTROLS.search(text) else text.lower())
    divided = DIVIDED_IN.get(language, "")
    keeps_offsets = _may_resize(divided).search(text) is None
    if (keeps_offsets or _resizing(divided).search(text) is None) and unicodedata.is_normalized("NFC", text):
        folded = text.translate(table) if _CONTROLS.search(text) else _each_replaced(text, language)
        if keeps_offsets or unicodedata.is_normalized("NFC", folded):
            return Folded(_respelled(folded, language))
    return _fold_by_cluster(text, language)


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
    language = primary_subtag(language)
    may_resize = _may_resize(DIVIDED_IN.get(language, ""))
    if may_resize.search(text) is not None or not unicodedata.is_normalized("NFC", text):
        return None
    return _respelled(_each_replaced(text, language), language)


def _each_replaced(text: str, language: str) -> str:
    """A text whose characters keep their number as `table_of` has it, at a third of the cost.

    Characters of ASCII other than letters may remain.
    """
    table = table_of(language)
    replaced = ((char, char.translate(table)) for char in _changing(language).in_text(text))
    new = {char: replacement for char, replacement in replaced if replacement != char}
    if len(new) > _MAX_REPLACES or not new.keys().isdisjoint(new.values()):
        return text.translate(table)
    for char, replacement in new.items():
        text = text.replace(char, replacement)
    # Only ASCII letters remain to be lowered, which is fastest on bytes.
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


# Up to this many different characters, one `str.replace` each is faster than a translation table.
_MAX_REPLACES = 100
_CONTROLS = compile_later("[\t\n\r\v\f\x1c-\x1f`]")


def _fold_by_cluster(text: str, language: str) -> Folded:
    folded: list[str] = []
    starts: array[int] = array("l")
    ends: array[int] = array("l")
    table, done = table_of(language), 0
    for start, end in _stretches(text, table, language):
        if done < start:
            # The characters in between keep their number.
            folded.append(text[done:start].translate(table))
            starts.extend(range(done, start))
            ends.extend(range(done + 1, start + 1))
        part = _folded_cluster(text, start, end, table)
        folded.append(part)
        starts.extend([start] * len(part))
        ends.extend([end] * len(part))
        done = end
    return Folded(_respelled("".join(folded), language), starts, ends)


def _stretches(text: str, table: dict[int, str], language: str) -> Iterator[tuple[int, int]]:
    """The stretches whose characters must be folded together, and an empty one at the end of the text."""
    clusters = _clusters(DIVIDED_IN.get(language, "")).finditer(text)
    if unicodedata.is_normalized("NFC", text):
        yield from (cluster.span() for cluster in clusters)
    else:
        done = 0
        for cluster in clusters:
            yield from _denormalized(text, done, cluster.start(), table)
            yield cluster.span()
            done = cluster.end()
        yield from _denormalized(text, done, len(text), table)
    yield len(text), len(text)


def _denormalized(text: str, start: int, end: int, table: dict[int, str]) -> Iterator[tuple[int, int]]:
    """The single characters that normalization replaces, if there are any."""
    if not unicodedata.is_normalized("NFC", text[start:end].translate(table)):
        for offset in range(start, end):
            if not unicodedata.is_normalized("NFC", text[offset]):
                yield offset, offset + 1


def _folded_cluster(text: str, start: int, end: int, table: dict[int, str]) -> str:
    part, cluster = "", text[start:end]
    if cluster == compatibility.ZERO_WIDTH_JOINER and compatibility.joins_emoji(text, start):
        return cluster
    spelled = _COMPATIBLE.sub(lambda char: compatibility.compatible(char[0], text, start), cluster)
    # The compatible spellings of some Arabic letters have vowel signs.
    refolded = _FOREIGN_LETTER.sub(r"\1", _VANISHING.sub("", spelled))
    # The replacement of a letter may combine with the marks after it.
    while refolded != part:
        part, refolded = refolded, unicodedata.normalize("NFC", refolded).translate(table)
    return part


def _respelled(folded: str, language: str) -> str:
    """Folded text with the tone marks of a language where they stand today."""
    for old, new in TONES_IN.get(language, {}).items():
        if old in folded:
            folded = folded.replace(old, new)
    return folded


@functools.cache
def _resizing(divided: str) -> re.Pattern[str]:
    """Matches a character that vanishes or whose number changes; `divided` do in the language."""
    return re.compile(f"[{_RESIZED}{divided}]")


@functools.cache
def _may_resize(divided: str) -> re.Pattern[str]:
    """The same, and marks, because they may combine with the replacement of a full-width letter."""
    return re.compile(f"[{_RESIZED}{_MARKS}{divided}]")


@functools.cache
def _clusters(divided: str) -> re.Pattern[str]:
    """Matches characters that must be folded together, because their number changes."""
    # Only the first of several vanishing characters may begin a cluster, so that none is looked at again.
    base = f"(?:[^{_COMBINING}{_IGNORABLE}]|(?<![{_IGNORABLE}])[{_IGNORABLE}])"
    return re.compile(f"{base}(?:[{_IGNORABLE}]*[{_COMBINING}])+|[{_RESIZED}{divided}{_COMBINING}]")


class _Changing:
    """Finds the non-ASCII characters that a table may change."""

    def __init__(self, table: dict[int, str]) -> None:
        self._table = table
        self._unpatterned = _FEW

    def in_text(self, text: str) -> set[str]:
        """Such characters in a text, and perhaps a few that do not change."""
        if len(text) <= self._unpatterned:
            self._unpatterned -= len(text)
            return {char for char in set(text) if not char.isascii() and ord(char) in self._table}
        return set(self._pattern.findall(text))

    @functools.cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Matches one of the characters. It is quicker than a set, but takes long to compile."""
        codes = (code for code, new in self._table.items() if 0x7F < code < 0x10000 and chr(code) != new)
        # `re` is slow with a set that contains single characters beyond the basic plane.
        return re.compile(f"[{re.escape(''.join(map(chr, codes)))}\U00010000-\U0010ffff]")


# With so many characters the pattern pays for itself.
_FEW = 100_000


@functools.cache
def _changing(language: str) -> _Changing:
    return _Changing(table_of(language))
