"""Display width of text in a terminal, and the part of a long line that is worth showing.

A caret stands under its word only if every character before it is counted as the terminal draws it: Han
takes two columns, a combining mark none, an emoji sequence two for all its code points. `wcwidth` knows all
that but takes longer to import than most checks take to run, so plain text (Latin, Cyrillic, Greek, kana,
Han, Hangul and their punctuation, whose widths no version of Unicode has changed) is measured without it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Span

ELLIPSIS = "…"
IDEOGRAPHIC_SPACE = "\u3000"
MINIMUM_COLUMNS = 16

_TAB = "    "
_ZWJ = "\u200d"
_WIDE_RANGES = (
    "\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3400-\u4db5\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufa6d\uff01-\uff60\uffe0-\uffe6"
)
_NARROW_RANGES = (
    "\\x20-\\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u0529\u2010-\u2027\u2030-\u205e"
)
_FIRST_WIDE = "\u3000"
_PLAIN = compile_later(f"[{_NARROW_RANGES}{_WIDE_RANGES}]*")
# Control characters, the separators that some programs break lines at, the marks that reorder text behind
# the reader's back, and halves of surrogate pairs, which no encoding can write.
_UNSAFE = compile_later("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
# Drawn in no column by some terminals and in one by others; a caret line can only do without them.
_DROPPED = frozenset("\u00ad\u200b\u2060\ufeff")
_NAMED_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# How far to look for the edge of a cut word before cutting inside it, in characters.
_WORD_REACH = 16


class Window(Struct, frozen=True):
    """An excerpt of a line, at most as wide as asked, and where in it the marked text stands.

    `padding` is as wide as what precedes the mark, and made of ideographic spaces where that is wide, so
    that it fits even where a font draws Han at another width than two columns. `marked` is the width of
    the mark in columns: at least one.
    """

    text: str
    padding: str
    marked: int


class _Cells(Struct, frozen=True):
    """A text as a row of cells: what is drawn as one, a character and what combines with it.

    For each cell its offset in the text, what is shown for it, and in how many columns. Plain text is its
    own row of cells, and needs no objects made for it.
    """

    starts: Sequence[int]
    shown: Sequence[str]
    widths: Sequence[int]


def display_width(text: str) -> int:
    """Columns a terminal draws this text in; control characters count as the escapes `printable` makes."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_cells(text).widths)


def printable(text: str) -> str:
    """The text with everything that could move the cursor or hide text spelled as an escape (`\\x1b`)."""
    return _UNSAFE.sub(lambda match: _escape(match.group()), text)


def window(text: str, span: Span, columns: int, line: Span | None = None) -> Window:
    """Cut `text[line]` to at most `columns` columns around a span, with an ellipsis where it was cut.

    Only the surroundings of the span are looked at, so a line of a million characters costs no more than
    a short one. A span that leaves the window (a whole paragraph, say) is marked at its first character
    alone. Fewer columns than MINIMUM_COLUMNS are taken as that many.
    """
    if line is None:
        line = Span(0, len(text))
    columns = max(columns, MINIMUM_COLUMNS)
    start = min(max(span.start, line.start), line.end)
    end = min(max(span.end, start), line.end)
    # Twice the columns, so that text full of combining marks still fills them.
    reach = Span(max(line.start, start - 2 * columns), min(line.end, start + 2 * columns))
    cells = _cells(text[reach.start : reach.end])
    starts = cells.starts
    first = bisect_right(starts, start - reach.start) - 1 if start < reach.end else len(starts)
    last = max(first, bisect_left(starts, end - reach.start))
    strip = _Strip(cells, cut_left=reach.start > line.start, cut_right=reach.end < line.end)
    return strip.around(first, last, columns, whole=end <= reach.end)


class _Strip:
    """Cells with their running widths, and whether the line goes on beyond either end."""

    def __init__(self, cells: _Cells, *, cut_left: bool, cut_right: bool) -> None:
        self.shown = cells.shown
        self.widths = cells.widths
        self.cut_left = cut_left
        self.cut_right = cut_right
        self.sums = list(accumulate(cells.widths, initial=0))

    def width(self, left: int, right: int) -> int:
        """Columns of the cells from `left` up to `right`."""
        return self.sums[right] - self.sums[left]

    def around(self, first: int, last: int, columns: int, *, whole: bool) -> Window:
        """The window for the mark from cell `first` up to `last`; `whole` unless the mark goes on beyond."""
        marked = max(self.width(first, last), 1)
        if not whole or marked > columns - 2:
            last = min(first + 1, len(self.shown))
            marked = max(self.width(first, last), 1)
        left, right = self._bounds(first, last, columns)
        cut_left, cut_right = left > 0 or self.cut_left, right < len(self.shown) or self.cut_right
        shown = "".join(self.shown[left:right])
        blanks = "".join(map(_blank, self.widths[left:first]))
        return Window(
            text=f"{ELLIPSIS * cut_left}{shown}{ELLIPSIS * cut_right}",
            padding=" " * cut_left + blanks,
            marked=marked,
        )

    def _bounds(self, first: int, last: int, columns: int) -> tuple[int, int]:
        end = len(self.shown)
        if self.width(0, end) + (first == end) <= columns and not (self.cut_left or self.cut_right):
            return 0, end
        room = columns - 2 - max(self.width(first, last), 1)
        left = self._leftward(first, room // 2)
        right = self._rightward(last, room - self.width(left, first))
        left = self._leftward(first, room - self.width(last, right))
        return self._snap_left(left, first), self._snap_right(right, last)

    def _leftward(self, first: int, room: int) -> int:
        left = first
        while left > 0 and self.width(left - 1, first) <= room:
            left -= 1
        return left

    def _rightward(self, last: int, room: int) -> int:
        right = last
        while right < len(self.shown) and self.width(last, right + 1) <= room:
            right += 1
        return right

    def _snap_left(self, left: int, first: int) -> int:
        """The next word's beginning if the window begins inside a word, or before a blank."""
        if self._cuts_word(left):
            reach = range(left, min(left + _WORD_REACH, first))
            left = next((i for i in reach if self.shown[i] == " "), left)
        while 0 < left < first and self.shown[left] == " ":
            left += 1
        return left

    def _snap_right(self, right: int, last: int) -> int:
        """The last word's end if the window ends inside a word, or after a blank."""
        if self._cuts_word(right):
            reach = range(right - 1, max(right - _WORD_REACH, last) - 1, -1)
            right = next((i for i in reach if self.shown[i] == " "), right)
        while last < right < len(self.shown) and self.shown[right - 1] == " ":
            right -= 1
        return right

    def _cuts_word(self, at: int) -> bool:
        return 0 < at < len(self.shown) and self._is_letter(at - 1) and self._is_letter(at)

    def _is_letter(self, at: int) -> bool:
        return self.widths[at] == 1 and self.shown[at].isalnum()


def _blank(width: int) -> str:
    # Nothing but a wide character has two columns: a tab has four and an escape at least as many.
    return IDEOGRAPHIC_SPACE if width == 2 else " " * width


def _cells(text: str) -> _Cells:
    if _PLAIN.fullmatch(text):
        return _Cells(range(len(text)), text, [2 if char >= _FIRST_WIDE else 1 for char in text])
    cells = list(_clusters(text))
    return _Cells([cell[0] for cell in cells], [cell[1] for cell in cells], [cell[2] for cell in cells])


def _clusters(text: str) -> Iterator[tuple[int, str, int]]:
    """For each cell its offset, what is shown for it and how wide that is."""
    start, cluster = 0, ""
    for offset, char in enumerate(text):
        # What is not shown parts nothing: on the screen its neighbours stand side by side.
        if cluster and char in _DROPPED:
            continue
        if cluster and not _joins(cluster, char):
            yield start, cluster, _cluster_width(cluster)
            cluster = ""
        if _UNSAFE.match(char):
            shown = _shown(char)
            yield offset, shown, len(shown)
        else:
            start, cluster = (start if cluster else offset), cluster + char
    if cluster:
        yield start, cluster, _cluster_width(cluster)


def _shown(char: str) -> str:
    if char in _DROPPED:
        return ""
    return _TAB if char == "\t" else _escape(char)


def _escape(char: str) -> str:
    code = ord(char)
    return _NAMED_ESCAPES.get(char) or (f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}")


def _joins(cluster: str, char: str) -> bool:
    """Whether a character is drawn with the cluster before it (the rules of UAX 29 that bear on width)."""
    from wcwidth import wcwidth

    if _UNSAFE.match(char):
        return False
    return (
        wcwidth(char) == 0
        or (cluster[-1] == _ZWJ and _is_symbol(char))
        or ("\U0001f3fb" <= char <= "\U0001f3ff" and _is_symbol(cluster[0]))
        or (_is_flag_half(char) and _is_flag_half(cluster[-1]) and len(cluster) == 1)
    )


def _is_symbol(char: str) -> bool:
    # Wider than Unicode's Extended_Pictographic, which the standard library does not know.
    return unicodedata.category(char) in ("So", "Sm")


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _cluster_width(cluster: str) -> int:
    from wcwidth import wcswidth, wcwidth

    if len(cluster) == 1:
        return max(wcwidth(cluster), 0)
    # Older versions of wcwidth count a flag or a skin tone apart; no cluster is wider than Han.
    return min(max(wcswidth(cluster), 0), 2)
