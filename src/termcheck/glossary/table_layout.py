"""Tell what the columns of a table hold: by its header, by what the user says, or by what is in them."""

from __future__ import annotations

from collections.abc import Sequence

from termcheck.glossary.attributes import ENTRY_ATTRIBUTES, SHORTHAND, TERM_ATTRIBUTES, language_tag
from termcheck.glossary.formats import GlossaryOptions
from termcheck.glossary.languages import find_languages
from termcheck.glossary.nodes import MappingNode, ScalarNode
from termcheck.glossary.table import Cell, Table
from termcheck.glossary.table_header import IGNORED, SOURCE, TARGET, TERM, Column, column_named, columns_of
from termcheck.language_tags import primary_subtag
from termcheck.messages import did_you_mean
from termcheck.model import TermcheckError, same_language

# So many rows tell the languages of two columns.
_SAMPLE = 1000
_MAP = "say which columns hold which language, as in --map zh=1,en=2"


def layout(
    rows: Sequence[Sequence[Cell]], path: str, options: GlossaryOptions, *, comment: bool = False
) -> Table:
    """The table in some rows, the first of which may be a header.

    `comment`: in a table without a header a third column is a comment. Raises TermcheckError if nothing tells
    which columns hold the two languages.
    """
    columns = columns_of([cell.text for cell in rows[0]])
    if options.columns:
        columns, with_header = _mapped(rows, path, options.columns)
    elif pair := _languages_in_columns(rows):
        return Table([Column(SOURCE), Column(TARGET)], rows, pair)
    else:
        with_header = columns is not None
        columns = columns or _without_header(rows, path, comment=comment)
    body = rows[1:] if with_header else rows
    ignored = _unknown(rows[0], columns) if with_header else []
    return Table(columns, body, _languages(columns, body, path, options.languages), ignored)


def _unknown(header: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
    """The names above columns that mean nothing to us; not those of languages that --map leaves out."""
    named = ((" ".join(cell.text.split()), column) for cell, column in zip(header, columns, strict=False))
    return [
        name for name, column in named if name and column.role == IGNORED and not column_named(name).has_terms
    ]


def _mapped(
    rows: Sequence[Sequence[Cell]], path: str, wanted: Sequence[tuple[str, str]]
) -> tuple[list[Column], bool]:
    """The columns that the user names, with the attributes of a header; and whether there is a header."""
    header = rows[0]
    named = [column_named(cell.text) for cell in header]
    folded = [cell.text.strip().casefold() for cell in header]
    numbered = all(where.isdigit() for _, where in wanted)
    with_header = not numbered or any(column.role for column in named)
    columns = [Column(IGNORED) if column.has_terms else column for column in named] if with_header else []
    width = max(map(len, rows))
    columns += [Column(IGNORED)] * (width - len(columns))
    for what, where in wanted:
        index = int(where) - 1 if where.isdigit() else _index(folded, where, path, header)
        if not 0 <= index < width:
            raise TermcheckError(
                f"--map {what}={where}: there is no such column",
                path=path,
                line=header[0].line,
                advice=f"the table has {width} columns",
            )
        columns[index] = _column_for(what, path)
    if sum(column.has_terms for column in columns) < 2:
        raise TermcheckError("--map names fewer than two languages", path=path, advice=_MAP)
    return columns, with_header


def _index(folded: Sequence[str], name: str, path: str, header: Sequence[Cell]) -> int:
    key = name.strip().casefold()
    if key not in folded:
        known = [cell.text for cell in header]
        raise TermcheckError(
            f"--map: no column is called “{name}”",
            path=path,
            line=header[0].line,
            advice=did_you_mean(name, known) or f"it has {', '.join(known)}",
        )
    return folded.index(key)


def _column_for(what: str, path: str) -> Column:
    if what in ENTRY_ATTRIBUTES or what in TERM_ATTRIBUTES or what in SHORTHAND:
        return Column(what)
    tag = language_tag(what)
    if tag is None:
        raise TermcheckError(
            f"--map: “{what}” is neither a language nor an attribute", path=path, advice=_MAP
        )
    return Column(TERM, tag)


def _without_header(rows: Sequence[Sequence[Cell]], path: str, *, comment: bool) -> list[Column]:
    width = max(_filled(row) for row in rows)
    if width == 2 or (width == 3 and comment):
        return [Column(SOURCE), Column(TARGET), Column("note")][:width]
    first = rows[0][0]
    shown = ", ".join(cell.text.strip() for cell in rows[0])
    shown = shown if len(shown) <= 100 else f"{shown[:100]}…"
    columns = "1 column" if width == 1 else f"{width} columns"
    raise TermcheckError(
        f"the table has {columns}, and its first row does not name two languages: {shown}",
        path=path,
        line=first.line,
        column=first.column,
        advice=f"write a header such as `zh,en,note`, or {_MAP}",
    )


def _languages_in_columns(rows: Sequence[Sequence[Cell]]) -> dict[str, str]:
    """The languages in the third and fourth column, as DeepL has them; empty if there are none."""
    sample = [row for row in rows[:_SAMPLE] if _filled(row)]
    pairs = {(row[2].text.strip(), row[3].text.strip()) if len(row) > 3 else ("", "") for row in sample}
    if len(pairs) != 1:
        return {}
    source, target = (language_tag(name.replace("_", "-")) for name in pairs.pop())
    return {SOURCE: source, TARGET: target} if source and target and not same_language(source, target) else {}


def _filled(row: Sequence[Cell]) -> int:
    """The number of columns up to the last one with a text."""
    return max((index + 1 for index, cell in enumerate(row) if cell.text.strip()), default=0)


def _languages(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], path: str, wanted: Sequence[str]
) -> dict[str, str]:
    """The languages of the columns that only say source and target."""
    roles = [column.role for column in columns if column.has_terms and not column.language]
    if not roles:
        return {}
    if by_column := _languages_by_attribute(columns, rows):
        return by_column
    source, target = _index_of(columns, SOURCE), _index_of(columns, TARGET)
    if source < 0 or target < 0:
        known = max(source, target)
        return {columns[known].role: _language_beside(columns, rows, path, wanted, known)}
    first, second = _found(rows, source, target, path, wanted)
    return {SOURCE: first, TARGET: second}


def _language_beside(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], path: str, wanted: Sequence[str], known: int
) -> str:
    """The language of the one column of terms that names none, beside others that do.

    Exports of Lokalise and Phrase have a column `term` beside one for each language; that of the terms
    themselves is empty, or says the same.
    """
    others = {index: column.language for index, column in enumerate(columns) if column.language}
    others = {index: tag for index, tag in others.items() if columns[index].has_terms}
    for index, tag in others.items():
        if all(_text_at(row, index) in ("", _text_at(row, known)) for row in rows[:_SAMPLE]):
            return tag
    for tag in wanted:
        if all(not same_language(tag, other) for other in others.values()):
            return tag
    first = next(iter(others))
    pair = _found(rows, known, first, path, [others[first]])
    return next((tag for tag in pair if not same_language(tag, others[first])), pair[0])


def _text_at(row: Sequence[Cell], index: int) -> str:
    return row[index].text.strip() if index < len(row) else ""


def _found(
    rows: Sequence[Sequence[Cell]], source: int, target: int, path: str, wanted: Sequence[str]
) -> tuple[str, str]:
    entries = tuple(
        (_node(row[source]), _node(row[target]))
        for row in rows[:_SAMPLE]
        if max(source, target) < len(row) and row[source].text.strip() and row[target].text.strip()
    )
    if not entries:
        raise TermcheckError("the table has no row with two terms", path=path, advice=_MAP)
    first = entries[0][0]
    try:
        found = find_languages(MappingNode(entries, first.line, first.column), wanted, path, bare=True)
    except TermcheckError as error:
        raise TermcheckError(
            "cannot tell the languages of this table from its terms",
            path=path,
            line=error.line,
            column=error.column,
            advice=f"{_MAP}, or give --source-lang and --target-lang",
        ) from None
    return found[0], found[1]


def _languages_by_attribute(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> dict[str, str]:
    """The languages that columns such as `source language` name, if they are the same in all rows."""
    found: dict[str, str] = {}
    for role in (SOURCE, TARGET):
        index = _index_of(columns, f"{role}_lang")
        if index < 0:
            return {}
        names = {row[index].text.strip() for row in rows[:_SAMPLE] if index < len(row)}
        tag = language_tag(names.pop().replace("_", "-")) if len(names) == 1 else None
        if not tag:
            return {}
        found[role] = tag
    return found


def _index_of(columns: Sequence[Column], role: str) -> int:
    return next(
        (index for index, column in enumerate(columns) if column.role == role and not column.language), -1
    )


def _node(cell: Cell) -> ScalarNode:
    return ScalarNode(cell.text.strip(), cell.line, cell.column, cell.line, cell.column, plain=False)


def order_of(columns: Sequence[Column], languages: dict[str, str]) -> list[str]:
    """The languages of the columns in order, that of the source first."""
    tags: dict[str, str] = {}
    ordered = sorted((column for column in columns if column.has_terms), key=lambda one: one.role != SOURCE)
    for column in ordered:
        tag = languages.get(column.role) if not column.language else language_tag(column.language)
        if tag:
            tags.setdefault(primary_subtag(tag), tag)
    return list(tags.values())
