"""The cells of one sheet of an Excel file that hold text, and the strings that its cells share.

Numbers, dates and truth values are no text. A formula counts by the value that Excel kept with it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.readers.packages import PartScanner

# A piece of a string, with the bytes of its element; None if that does not hold it as written.
StringPiece = tuple[str, tuple[int, int] | None]

_REFERENCE = compile_later(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z")
_YES = ("1", "true")


class SheetCell(Struct, frozen=True):
    """A cell with text: its row and column from 1 on, and its pieces, or the number of a shared string."""

    row: int
    column: int
    pieces: Sequence[StringPiece] = ()
    shared: int | None = None
    is_formula: bool = False


class SheetData(Struct):
    """What a sheet holds: its cells in order, the hidden rows and columns, and the merged cells.

    Merged cells are given as first and last column, first and last row; hidden columns as first and last.
    `values` has the rows and columns of the cells that hold something else than text.
    """

    cells: list[SheetCell] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    values: set[tuple[int, int]] = field(default_factory=set)
    last_row: int = 0

    def is_hidden(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def covered(self, column: int) -> Callable[[int], bool]:
        """Tells which rows of a column belong to a merged cell that begins above them."""
        ranges = sorted((top, bottom) for left, right, top, bottom in self.merged if left <= column <= right)
        tops = [top for top, _ in ranges]

        def is_covered(row: int) -> bool:
            index = bisect_right(tops, row) - 1
            return index >= 0 and tops[index] < row <= ranges[index][1]

        return is_covered


def column_number(letters: str) -> int:
    """The number of a column, 1 for A and 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """The letters of a column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class _Scanner(PartScanner):
    """What sheets and shared strings have in common: strings of one or several runs.

    The reading above a word, a phonetic run, is no text.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._names: dict[str, str] = {}
        self._silent = 0
        self._pieces: list[StringPiece] = []
        self._text: list[str] | None = None
        self._text_start = 0
        self._plain = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        self.enter(attributes)
        self._plain = False
        if self._silent:
            return
        name = self._names.get(full)
        if name is None:
            name = self._names[full] = full.rpartition(" ")[2]
        if name == "rPh":
            self._silent = self.depth
        elif name in ("t", "v"):
            self._text, self._text_start, self._plain = [], self.tag_end(), True
        else:
            self.begin(name, attributes)

    def _end(self, full: str) -> None:
        if self._silent:
            self._silent = 0 if self._silent == self.depth else self._silent
        elif (name := self._names[full]) in ("t", "v"):
            end = self.parser.CurrentByteIndex
            is_plain = self._plain and end >= self._text_start
            if self._text:
                self._pieces.append(("".join(self._text), (self._text_start, end) if is_plain else None))
            self._text = None
        else:
            self.finish(name)
        self.leave()

    def _characters(self, text: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(text)

    def take_pieces(self) -> Sequence[StringPiece]:
        """The pieces since the last call."""
        pieces, self._pieces = self._pieces, []
        return pieces

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element other than a text begins."""

    def finish(self, name: str) -> None:
        """An element other than a text ends."""


class SharedStrings(_Scanner):
    """The strings that the cells of all sheets share."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.strings: list[Sequence[StringPiece]] = []

    def finish(self, name: str) -> None:
        """Another string ends."""
        if name == "si":
            self.strings.append(self.take_pieces())


class Sheet(_Scanner):
    """The cells of a sheet that hold text."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.found = SheetData()
        self._row = self._column = 0
        self._kind = ""
        self._is_formula = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note what a row, a cell or a column says about itself."""
        if name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self._is_formula = True
        elif name == "row":
            self._row = _number(attributes.get("r", "")) or self._row + 1
            self._column = 0
            if attributes.get("hidden") in _YES:
                self.found.hidden_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in _YES:
            columns = _number(attributes.get("min", "")), _number(attributes.get("max", ""))
            self.found.hidden_columns.append(columns)
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            begin, end = _REFERENCE.match(first), _REFERENCE.match(last)
            if begin and end:
                columns = column_number(begin[1]), column_number(end[1])
                self.found.merged.append((*columns, int(begin[2]), int(end[2])))

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        place = _REFERENCE.match(attributes.get("r", ""))
        self._column = column_number(place[1]) if place else self._column + 1
        self._kind = attributes.get("t", "n")
        self._is_formula = False
        self.take_pieces()

    def finish(self, name: str) -> None:
        """Keep a cell if it holds text."""
        if name != "c":
            return
        pieces, row, column = self.take_pieces(), self._row, self._column
        if self._kind == "s" and pieces:
            number = pieces[0][0].strip()
            if number.isascii() and number.isdecimal() and len(number) < 10:
                self._keep(SheetCell(row, column, (), int(number), self._is_formula))
        elif self._kind in ("inlineStr", "str") and pieces:
            is_formula = self._is_formula or self._kind == "str"
            self._keep(SheetCell(row, column, pieces, None, is_formula))
        elif pieces or self._is_formula:
            self.found.values.add((row, column))

    def _keep(self, cell: SheetCell) -> None:
        self.found.cells.append(cell)
        self.found.last_row = max(self.found.last_row, cell.row)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
