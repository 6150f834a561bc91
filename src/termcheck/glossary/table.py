"""A glossary in a table: rows of cells, whatever file they come from.

Rows of one concept, told by an id or by the same source term, are folded into one entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from termcheck.glossary.alternatives import Splitter
from termcheck.glossary.assembly import Assembly, Entry, draft, with_kept
from termcheck.glossary.attributes import ENTRY_ATTRIBUTES, SHORTHAND, TERM_ATTRIBUTES
from termcheck.glossary.diagnose import shorten
from termcheck.glossary.drafts import Draft
from termcheck.glossary.nodes import ScalarNode
from termcheck.glossary.statuses import STATUSES, TYPES, UnknownWords, status_key, truth
from termcheck.glossary.table_header import SOURCE, TARGET, Column
from termcheck.language_tags import primary_subtag
from termcheck.lazy import compile_later
from termcheck.model import CaseMode, MatchMode, Status, TermcheckError

LIST_MARK = " | "
"""What separates the texts of an attribute that is a list in one cell."""
_LISTED = compile_later(r"[^;；|\s](?:(?! \| )[^;；])*")
_LISTS = frozenset({"scope", "except_in", "sources", "see_also"})
# What says nothing about the source term if the row has a translation.
_OF_TRANSLATION = frozenset({"status", "type", "where", "instead"})
_OF_EVERY_TERM = frozenset({"part_of_speech", "case", "match", "usage", "valid_from", "valid_until", "scope"})
# What is about the first term of the row alone, or about all terms that the row has in its language.
_OF_FIRST = frozenset({"context"})
_OF_FIRST_LANGUAGE = frozenset({"except_in"})
_OF_TERM = _OF_TRANSLATION | _OF_EVERY_TERM | _OF_FIRST | _OF_FIRST_LANGUAGE
_BOOLEANS = frozenset({"forbidden", "preferred", "case_sensitive", "exact", "translatable", "untranslatable"})
_NEUTRALISED = "'=", "'+", "'-", "'@"
# A cell that holds nothing but such a sign holds nothing.
_NOTHING = frozenset(["-", "–", "—", "--", "---", "/", "…", "...", "?", "??", "???", "／", "－"])
_NOT_YET = frozenset({"n/a", "N/A", "TBD", "TODO", "FIXME"})


class Cell(Struct, frozen=True, gc=False):
    """The text of a cell and the 1-based line and column at which it begins.

    `counted`: the columns are characters; in a spreadsheet they are cells.
    """

    text: str
    line: int
    column: int
    counted: bool = True


class Table(Struct, frozen=True):
    """The columns of a table and its rows, without the header.

    `languages` gives the languages of the columns that only say source and target. `ignored` are the names
    of the columns that are not understood.
    """

    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    languages: Mapping[str, str]
    ignored: Sequence[str] = ()


class TableReader:
    """Reads the tables of one file into the entries of a glossary."""

    def __init__(self, path: str, languages: Sequence[str]) -> None:
        self.path = path
        self.assembly = Assembly(path, languages)
        self._entries: dict[str, Entry] = {}
        self._splitter = Splitter()
        self._words = UnknownWords()
        # In their order, each once: a file may have many tables.
        self._ignored: dict[str, None] = {}
        self._said: dict[str, None] = {}

    def add(self, table: Table) -> None:
        """Add the rows of a table; a row without any term is passed over."""
        self._ignored |= dict.fromkeys(table.ignored)
        for row in table.rows:
            self._add_row(table, row)

    def finish(self) -> Assembly:
        """The assembly with all entries, and with notices of what was understood in them."""
        for entry in self._entries.values():
            with_kept(entry, self.assembly.languages)
            self.assembly.add(entry)
        self.assembly.notices += self._splitter.notices()
        self.assembly.notices += self._words.notices()
        self.assembly.notices += self._said
        if self._ignored:
            names = ", ".join(f"“{shorten(name)}”" for name in self._ignored)
            count = len(self._ignored)
            said = (
                "1 column is not understood and is"
                if count == 1
                else f"{count} columns are not understood and are"
            )
            self.assembly.notices.append(f"{said} ignored ({names})")
        return self.assembly

    def _add_row(self, table: Table, row: Sequence[Cell]) -> None:
        cells = [(column, cell) for column, cell in zip(table.columns, row, strict=False) if _has_text(cell)]
        terms = [(column, cell) for column, cell in cells if column.has_terms and _says_something(cell)]
        # `TODO` may be a term, but then not as the translation of another one.
        terms = [each for each in terms if each is terms[0] or each[1].text.strip() not in _NOT_YET]
        if not terms:
            return
        first = terms[0][1]
        entry = Entry(first.line, first.column)
        attributes: list[tuple[Column, str, Any]] = []
        for column, cell in cells:
            if column.role and not column.has_terms and column.role not in SHORTHAND:
                try:
                    attributes += self._attribute(column, cell)
                except TermcheckError:
                    # A column of this name may well hold something else than our attribute.
                    self._words.add(column.role, cell.text, cell.line)
        for column, cell in terms:
            language = table.languages.get(column.role) or column.language
            self._add_terms(entry, _unguarded(cell), language)
        if not entry.drafts:
            return
        for column, cell in cells:
            if column.role in SHORTHAND and _says_something(cell):
                self._add_shorthand(entry, column, cell)
        several = len({primary_subtag(one.language) for one in entry.drafts}) > 1
        for column, name, value in attributes:
            _apply(entry, column, name, value, several=several)
        self._fold(entry)

    def _add_terms(self, entry: Entry, cell: Cell, language: str) -> None:
        split = self._splitter.split(cell.text, cell.line)
        exact = cell.counted and "\n" not in cell.text
        for part in split.parts:
            column = cell.column + (part.offset if exact else 0)
            if not any((one.text, one.language) == (part.text, language) for one in entry.drafts):
                entry.drafts.append(draft(part.text, language, cell.line, column, {}))
        if split.note:
            entry.values.setdefault("note", split.note)

    def _add_shorthand(self, entry: Entry, column: Column, cell: Cell) -> None:
        """Add the renderings of a status that a cell lists."""
        languages = self.assembly.languages
        if not column.language and len(languages) != 2:
            example = f"`{column.role} [{languages[-1]}]`"
            self._said[f"the column `{column.role}` is ignored: name its language, as in {example}"] = None
            return
        values = {"status": SHORTHAND[column.role]}
        for match in _LISTED.finditer(cell.text):
            at = cell.column + (match.start() if cell.counted and "\n" not in cell.text else 0)
            language = column.language or languages[1]
            entry.drafts.append(draft(match[0].strip(), language, cell.line, at, values))

    def _attribute(self, column: Column, cell: Cell) -> list[tuple[Column, str, Any]]:
        """The attribute that a cell gives: its name and its value."""
        name, text = column.role, cell.text.strip()
        answer = truth(text)
        if name in _BOOLEANS and answer is not None:
            return [(column, *_BOOLEAN_VALUES[name])] if answer is _MEANT[name] else []
        # Both names stand above `yes` as well as above `sensitive`.
        if name == "case" and answer is not None:
            return self._attribute(Column("case_sensitive", column.language), cell)
        name = "case" if name == "case_sensitive" else name
        if name in _BOOLEANS:
            self._words.add(name, text, cell.line)
            return []
        if name == "status":
            status = self._words.status(text, cell.line)
            return [(column, name, status)] if status else []
        if name == "type":
            return self._type(column, cell)
        if name == "concept":
            return [(column, name, text)]
        reader = (ENTRY_ATTRIBUTES if name in ENTRY_ATTRIBUTES else TERM_ATTRIBUTES).get(name)
        if reader is None:
            return []
        if name == "usage" and STATUSES.get(status_key(text)):
            self._said["the column `usage` has words for a status; call it `status` if it is one"] = None
        if name in _LISTS:
            return [(column, name, texts_in(text))]
        node = ScalarNode(text, cell.line, cell.column, cell.line, cell.column + len(text), plain=False)
        return [(column, name, reader(node, self.path, name))]

    def _type(self, column: Column, cell: Cell) -> list[tuple[Column, str, Any]]:
        kind = TYPES.get(status_key(cell.text))
        if kind is None:
            self._words.add(column.role, cell.text, cell.line)
        return [(column, column.role, kind)] if kind else []

    def _fold(self, entry: Entry) -> None:
        """Add the entry, or what it says to an earlier one for the same concept."""
        key = entry.id or f"\0{entry.drafts[0].language}\0{entry.drafts[0].text}"
        known = self._entries.setdefault(key, entry)
        if known is entry:
            return
        present = {(one.language, one.text): one for one in known.drafts}
        for one in entry.drafts:
            same = present.get((one.language, one.text))
            if same is None or ("status" in one.values and one.values != same.values):
                known.drafts.append(one)
        for name, value in entry.values.items():
            known.values.setdefault(name, value)


_BOOLEAN_VALUES: Mapping[str, tuple[str, Any]] = {
    "forbidden": ("status", Status.FORBIDDEN),
    "preferred": ("status", Status.PREFERRED),
    "case_sensitive": ("case", CaseMode.SENSITIVE),
    "exact": ("match", MatchMode.EXACT),
    "translatable": ("keep", True),
    "untranslatable": ("keep", True),
}
# The answer to which a column owes its value: what may not be translated is kept.
_MEANT = {name: name != "translatable" for name in _BOOLEANS}


def _apply(entry: Entry, column: Column, name: str, value: Any, *, several: bool) -> None:
    """Give a value to the entry or to those of its terms that it is about.

    `several`: the row has terms in several languages, and so a translation.
    """
    if name == "concept":
        entry.id = entry.id or value
        return
    if name not in TERM_ATTRIBUTES or not (column.language or name in _OF_TERM):
        entry.values.setdefault(name, value)
        return
    source = primary_subtag(entry.drafts[0].language)
    for index, one in enumerate(entry.drafts):
        primary = primary_subtag(one.language)
        if column.language:
            concerned = primary == primary_subtag(column.language)
        elif name in _OF_TRANSLATION:
            concerned = primary != source or not several
        else:
            concerned = name in _OF_EVERY_TERM or index == 0
            concerned = concerned or (name in _OF_FIRST_LANGUAGE and primary == source)
        if concerned and name not in one.values:
            entry.drafts[index] = Draft(one.node, one.language, {**one.values, name: value})


def texts_in(cell: str) -> tuple[str, ...]:
    """The texts of an attribute that is a list, as a cell holds them."""
    return tuple(filter(None, (text.strip() for text in cell.split(LIST_MARK))))


def _has_text(cell: Cell) -> bool:
    return bool(cell.text) and not cell.text.isspace()


def _says_something(cell: Cell) -> bool:
    return cell.text.strip() not in _NOTHING


def _unguarded(cell: Cell) -> Cell:
    """The cell without the mark that keeps a spreadsheet from taking it for a formula."""
    if cell.text.startswith(_NEUTRALISED):
        return Cell(cell.text[1:], cell.line, cell.column + cell.counted, cell.counted)
    return cell


__all__ = ["LIST_MARK", "SOURCE", "TARGET", "Cell", "Table", "TableReader", "texts_in"]
