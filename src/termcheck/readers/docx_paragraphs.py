"""The paragraphs of one part of a Word file: the text that a reader of the printed page would see.

Tracked insertions are in and deletions are out; moved text stands where it was moved to. Of two forms of one
thing, such as a text box for new and for old programs, the first is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from termcheck.model import TermcheckError
from termcheck.readers.docx_styles import Styles
from termcheck.readers.packages import Package, PartScanner, is_on

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
}
_SKIPPED = frozenset((
    "w:del", "w:moveFrom", "w:rt", "w:rPrChange", "w:pPrChange",
    "w:sectPrChange", "w:tblPrChange", "w:trPrChange", "w:tcPrChange", "w:tblGridChange",
    "w:numberingChange", "w:sdtPr", "w:ffData", "w:instrText", "w:delText",
))  # fmt: skip
_TRACKED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
_SHOWN = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_OBJECT = "\ufffc"
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class CellPlace(Struct, frozen=True):
    """Where a paragraph stands in tables: numbers of the innermost table, its row and its column."""

    table: int
    row: int
    column: int


class Paragraph(Struct):
    """A paragraph as it is read.

    `pieces` are its texts, each with the bytes of its element, or with None if no element holds it as
    written. `edges` are the numbers of the pieces before which a tracked change begins or ends. `cell` is
    None outside of tables. `around` names the header or footer that it stands in.
    """

    cell: CellPlace | None = None
    style: str = ""
    level: int | None = None
    mark_deleted: bool = False
    around: str = ""
    pieces: list[tuple[str, tuple[int, int] | None]] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)


class _OpenParagraph(Struct):
    """A paragraph that has not ended: the paragraph, and the one that its text belongs to."""

    own: Paragraph
    to: Paragraph


class _OpenRun(Struct):
    """The properties of a run, as far as they are known."""

    vanish: bool | None = None
    style: str = ""


class _Table(Struct):
    number: int
    row: int = -1
    column: int = 0
    span: int = 0


class DocxPart(PartScanner):
    """Reads the paragraphs of a part."""

    def __init__(self, data: bytes, styles: Styles, tables_before: int = 0) -> None:
        super().__init__(data)
        self.paragraphs: list[Paragraph] = []
        self.tables = tables_before
        self._styles = styles
        self._names: dict[str, str] = {}
        self._skipped = 0
        self._open: list[_OpenParagraph] = []
        self._runs: list[_OpenRun] = []
        self._fields: list[bool] = []
        self._alternatives: list[bool] = []
        self._nested: list[_Table] = []
        self._continued: Paragraph | None = None
        self._in_properties = False
        self._at_edge = False
        self._text: list[str] | None = None
        self._text_start = 0
        self._plain = True
        self._starts = self._handlers_of_starts()
        self._ends: dict[str, Callable[[], None]] = {
            "w:p": self._end_paragraph,
            "w:r": self._end_run,
            "w:t": self._end_text,
            "w:pPr": self._end_properties,
            "w:tbl": self._end_table,
            "w:tc": self._end_cell,
            "mc:AlternateContent": self._end_alternatives,
        }
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.buffer_text = True
        self.parser.CharacterDataHandler = self._characters

    def read(self, package: Package, part: str) -> list[Paragraph]:
        """The paragraphs in order of their starts; raises TermcheckError."""
        self.scan(package, part)
        if not any(name.startswith("w:") for name in self._names.values()):
            message = f"is no {package.title} file: {part} is of another kind"
            raise TermcheckError(message, path=package.name, advice="was it saved as something else?")
        return self.paragraphs

    def _handlers_of_starts(self) -> dict[str, Callable[[Mapping[str, str]], None]]:
        return {
            "w:p": self._start_paragraph,
            "w:r": self._start_run,
            "w:t": self._start_text,
            "w:pPr": self._start_properties,
            "w:pStyle": self._set_style,
            "w:outlineLvl": self._set_level,
            "w:rStyle": self._set_run_style,
            "w:vanish": self._set_vanish,
            "w:fldChar": self._field,
            "w:tbl": self._start_table,
            "w:tr": self._start_row,
            "w:gridBefore": self._skip_columns,
            "w:tc": self._start_cell,
            "w:gridSpan": self._set_span,
            "mc:AlternateContent": self._start_alternatives,
            "mc:Choice": self._start_alternative,
            "mc:Fallback": self._start_alternative,
            "w:footnote": self._start_note,
            "w:endnote": self._start_note,
            "m:oMath": self._start_formula,
        }

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        self.enter(attributes)
        if self._skipped:
            return
        name = self._names.get(full)
        if name is None:
            space, _, local = full.rpartition(" ")
            name = self._names[full] = _NAMESPACES.get(space, "?") + local
        self._plain = False
        self._at_edge = self._at_edge or name in _TRACKED
        if name in _SKIPPED:
            if name in ("w:del", "w:moveFrom") and self._in_properties and self._open:
                self._open[-1].own.mark_deleted = True
            self._skipped = self.depth
        elif (handler := self._starts.get(name)) is not None:
            handler(attributes)
        elif name in _SHOWN and not self._in_properties:
            self._add(_SHOWN[name], None)

    def _end(self, full: str) -> None:
        self._at_edge = self._at_edge or self._names.get(full) in _TRACKED
        if self._skipped:
            if self._skipped == self.depth:
                self._skipped = 0
        elif (handler := self._ends.get(self._names[full])) is not None:
            handler()
        self.leave()

    def _characters(self, text: str) -> None:
        if self._text is not None and not self._skipped:
            self._text.append(text)

    def _add(self, text: str, place: tuple[int, int] | None) -> None:
        if self._open and self._runs and text and not any(self._fields) and not self._is_hidden():
            to, self._at_edge, is_edge = self._open[-1].to, False, self._at_edge
            to.edges += [len(to.pieces)] if is_edge else ()
            to.pieces.append((text, place))

    def _is_hidden(self) -> bool:
        run = self._runs[-1]
        if run.vanish is not None:
            return run.vanish
        return self._styles.hides(run.style, self._open[-1].own.style)

    def _start_paragraph(self, _: Mapping[str, str]) -> None:
        table = self._nested[-1] if self._nested else None
        own = Paragraph(CellPlace(table.number, table.row, table.column) if table else None)
        continued, self._continued = self._continued, None
        self.paragraphs.append(own)
        self._open.append(_OpenParagraph(own, continued or own))

    def _end_paragraph(self) -> None:
        ended = self._open.pop()
        # Without its mark, the paragraph and the next one are one.
        self._continued = ended.to if ended.own.mark_deleted and ended.to.pieces else None
        self._at_edge = self._continued is not None

    def _start_properties(self, _: Mapping[str, str]) -> None:
        self._in_properties = True

    def _end_properties(self) -> None:
        self._in_properties = False

    def _set_style(self, attributes: Mapping[str, str]) -> None:
        if self._open:
            self._open[-1].own.style = _value(attributes)

    def _set_level(self, attributes: Mapping[str, str]) -> None:
        level = _value(attributes)
        if self._open and level.isdecimal():
            self._open[-1].own.level = int(level[:2])

    def _start_run(self, _: Mapping[str, str]) -> None:
        self._runs.append(_OpenRun())

    def _end_run(self) -> None:
        self._runs.pop()

    def _set_run_style(self, attributes: Mapping[str, str]) -> None:
        if self._runs and not self._in_properties:
            self._runs[-1].style = _value(attributes)

    def _set_vanish(self, attributes: Mapping[str, str]) -> None:
        if self._runs and not self._in_properties:
            self._runs[-1].vanish = is_on(_value(attributes))

    def _start_text(self, _: Mapping[str, str]) -> None:
        self._text, self._text_start, self._plain = [], self.tag_end(), True

    def _end_text(self) -> None:
        if self._text is not None:
            end = self.parser.CurrentByteIndex
            is_plain = self._plain and end >= self._text_start
            self._add("".join(self._text), (self._text_start, end) if is_plain else None)
        self._text = None

    def _field(self, attributes: Mapping[str, str]) -> None:
        kind = _value(attributes, "fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _start_table(self, _: Mapping[str, str]) -> None:
        self._nested.append(_Table(self.tables))
        self.tables += 1
        self._continued = None

    def _end_table(self) -> None:
        self._nested.pop()

    def _start_row(self, _: Mapping[str, str]) -> None:
        if self._nested:
            table = self._nested[-1]
            table.row, table.column, table.span = table.row + 1, 0, 0

    def _skip_columns(self, attributes: Mapping[str, str]) -> None:
        if self._nested:
            self._nested[-1].span = _number(attributes)

    def _start_cell(self, _: Mapping[str, str]) -> None:
        if self._nested:
            table = self._nested[-1]
            table.column, table.span = table.column + table.span, 1

    def _end_cell(self) -> None:
        self._continued = None

    def _set_span(self, attributes: Mapping[str, str]) -> None:
        if self._nested:
            self._nested[-1].span = max(_number(attributes), 1)

    def _start_alternatives(self, _: Mapping[str, str]) -> None:
        self._alternatives.append(False)

    def _start_alternative(self, _: Mapping[str, str]) -> None:
        if self._alternatives and self._alternatives[-1]:
            self._skipped = self.depth
        elif self._alternatives:
            self._alternatives[-1] = True

    def _end_alternatives(self) -> None:
        self._alternatives.pop()

    def _start_note(self, attributes: Mapping[str, str]) -> None:
        if _value(attributes, "type") in _SEPARATORS:
            self._skipped = self.depth

    def _start_formula(self, _: Mapping[str, str]) -> None:
        if self._open:
            self._open[-1].to.pieces.append((_OBJECT, None))
        self._skipped = self.depth


def _value(attributes: Mapping[str, str], name: str = "val") -> str:
    """An attribute of the namespace of Word files."""
    for space, prefix in _NAMESPACES.items():
        if prefix == "w:" and (value := attributes.get(f"{space} {name}")) is not None:
            return value
    return ""


def _number(attributes: Mapping[str, str]) -> int:
    value = _value(attributes)
    return int(value) if value.isdecimal() and len(value) < 5 else 0
