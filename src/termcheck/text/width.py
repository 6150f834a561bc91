"""Display width of text in a terminal, and the part of a long line that is worth showing.

A caret stands under its word only if every character in front of it is counted as the terminal draws it: two
columns for Han, none for a combining mark, two for all code points of an emoji sequence. `wcwidth` knows
this, but importing it takes as long as many a check. So plain text (Latin, Cyrillic, Greek, kana, Han, Hangul
and their punctuation, whose widths no version of Unicode has changed) is measured without it.
"""

from __future__ import annotations

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
_WIDE_RANGES = (
    "\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3400-\u4db5\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufa6d\uff01-\uff60\uffe0-\uffe6"
)
_NARROW_RANGES = (
    "\\x20-\\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u0529\u2010-\u2027\u2030-\u205e"
)
_FIRST_WIDE = "\u3000"
_PLAIN = compile_later(f"[{_NARROW_RANGES}{_WIDE_RANGES}]*")
# Control characters, separators at which some programs break lines, marks that reorder text, and halves of
# surrogate pairs, which no encoding can write.
UNSAFE = "\x00-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff"
_UNSAFE = compile_later(f"[{UNSAFE}]")
# Some terminals draw these in one column and others in none, so a line above a caret is shown without them.
_DROPPED = frozenset("\u00ad\u200b\u2060\ufeff")
_NAMED_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# How far the edge of a cut word may be, in characters, for the cut to move there.
_WORD_REACH = 16


class Window(Struct, frozen=True):
    """An excerpt of a line that is not wider than requested, and the place of the marked text in it.

    `padding` is as wide as the text in front of the mark. It has an ideographic space for each wide
    character, so that the mark is in place even if a font draws Han wider or narrower than two columns.
    `marked` is the width of the mark in columns, at least 1.
    """

    text: str
    padding: str
    marked: int


class _Cells(Struct, frozen=True):
    """A text divided into what a terminal draws as one: a grapheme cluster or an escape.

    `starts` are the offsets of the cells, `shown` what is drawn, and `widths` in how many columns. Plain text
    is its own sequence of cells, so that no string is made for each character.
    """

    starts: Sequence[int]
    shown: Sequence[str]
    widths: Sequence[int]


def display_width(text: str) -> int:
    """The columns in which a terminal draws a text; unsafe characters count as in a `window`."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_cells(text).widths)


def printable(text: str) -> str:
    """The text with each character that could move the cursor or hide text spelled as an escape (`\\x1b`)."""
    return _UNSAFE.sub(lambda match: _escape(match[0]), text)


def window(text: str, span: Span, columns: int, line: Span | None = None) -> Window:
    """Cut the part `line` of a text to at most `columns` columns around a span, with an ellipsis at each cut.

    Only the surroundings of the span are examined, so that a line of a million characters is no slower than a
    short one. If a span does not fit (because it is a whole paragraph, say), only its first character is
    marked. There are at least MINIMUM_COLUMNS columns.
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
    first = max(bisect_right(starts, start - reach.start) - 1, 0) if start < reach.end else len(starts)
    last = max(first, bisect_left(starts, end - reach.start))
    strip = _Strip(cells, cut_left=reach.start > line.start, cut_right=reach.end < line.end)
    if end > reach.end or strip.width(first, last) > columns - 2:
        last = min(first + 1, len(starts))
    return strip.window(first, last, columns)


class _Strip:
    """Cells with their cumulative widths, and whether the line continues beyond either end."""

    def __init__(self, cells: _Cells, *, cut_left: bool, cut_right: bool) -> None:
        self._shown, self._widths = cells.shown, cells.widths
        self._cut_left, self._cut_right = cut_left, cut_right
        self._columns = list(accumulate(cells.widths, initial=0))

    def width(self, left: int, right: int) -> int:
        """The columns of the cells from `left` up to `right`."""
        return self._columns[right] - self._columns[left]

    def window(self, first: int, last: int, columns: int) -> Window:
        """The window around a mark from cell `first` up to `last`."""
        marked = max(self.width(first, last), 1)
        left, right = self._bounds(first, last, marked, columns)
        cut_left, cut_right = left > 0 or self._cut_left, right < len(self._shown) or self._cut_right
        # A tab has four columns and an escape at least as many, so only a wide character has two.
        blanks = (IDEOGRAPHIC_SPACE if width == 2 else " " * width for width in self._widths[left:first])
        return Window(
            text=f"{ELLIPSIS * cut_left}{''.join(self._shown[left:right])}{ELLIPSIS * cut_right}",
            padding=" " * cut_left + "".join(blanks),
            marked=marked,
        )

    def _bounds(self, first: int, last: int, marked: int, columns: int) -> tuple[int, int]:
        end = len(self._shown)
        if self.width(0, end) + (first == end) <= columns and not (self._cut_left or self._cut_right):
            return 0, end
        room = columns - 2 - marked
        left = self._leftmost(first, room // 2)
        right = self._rightmost(last, room - self.width(left, first))
        left = self._leftmost(first, room - self.width(last, right))
        return self._snap_left(left, first), self._snap_right(right, last)

    def _leftmost(self, first: int, room: int) -> int:
        return bisect_left(self._columns, self._columns[first] - room, hi=first)

    def _rightmost(self, last: int, room: int) -> int:
        return max(bisect_right(self._columns, self._columns[last] + room) - 1, last)

    def _snap_left(self, left: int, first: int) -> int:
        """The start of the next word if the window starts within a word or with a blank."""
        if self._cuts_word(left):
            reach = range(left, min(left + _WORD_REACH, first))
            left = next((index for index in reach if self._shown[index] == " "), left)
        while 0 < left < first and self._shown[left] == " ":
            left += 1
        return left

    def _snap_right(self, right: int, last: int) -> int:
        """The end of the previous word if the window ends within a word or with a blank."""
        if self._cuts_word(right):
            reach = range(right - 1, max(right - _WORD_REACH, last) - 1, -1)
            right = next((index for index in reach if self._shown[index] == " "), right)
        while last < right < len(self._shown) and self._shown[right - 1] == " ":
            right -= 1
        return right

    def _cuts_word(self, cut: int) -> bool:
        return 0 < cut < len(self._shown) and self._is_letter(cut - 1) and self._is_letter(cut)

    def _is_letter(self, index: int) -> bool:
        return self._widths[index] == 1 and self._shown[index].isalnum()


def _cells(text: str) -> _Cells:
    if _PLAIN.fullmatch(text):
        return _Cells(range(len(text)), text, [2 if char >= _FIRST_WIDE else 1 for char in text])
    starts, shown, widths = [], [], []
    for start, drawn, width in _drawn_parts(text):
        starts.append(start)
        shown.append(drawn)
        widths.append(width)
    return _Cells(starts, shown, widths)


def _drawn_parts(text: str) -> Iterator[tuple[int, str, int]]:
    """The start of each cell, what is drawn for it, and its width."""
    from wcwidth import iter_graphemes, wcswidth

    # Dropped characters separate nothing, because their neighbours are adjacent on the screen.
    starts = [offset for offset, char in enumerate(text) if char not in _DROPPED]
    drawn = 0
    for cluster in iter_graphemes("".join(text[start] for start in starts)):
        for part in _split(cluster) if len(cluster) > 1 else cluster:
            shown = _TAB if part == "\t" else printable(part)
            yield starts[drawn], shown, wcswidth(shown)
            drawn += len(part)


def _split(cluster: str) -> list[str]:
    """Split a grapheme cluster whose characters keep their own columns, like half-width カ and ゛."""
    from wcwidth import wcswidth, wcwidth

    if wcswidth(cluster) != sum(map(wcwidth, cluster)):
        return [cluster]
    parts: list[str] = []
    for char in cluster:
        if parts and not wcwidth(char):
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _escape(char: str) -> str:
    code = ord(char)
    return _NAMED_ESCAPES.get(char) or (f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}")
