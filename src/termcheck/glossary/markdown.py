"""Glossaries in tables of Markdown: translators' guides keep their terms so (术语表, 用語集).

Every table whose header names two languages is read; prose and other tables are passed over. A cell is read
without its marks: `**SCO**` is SCO, and a link is its text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from termcheck.glossary.decoding import text_of
from termcheck.glossary.formats import GlossaryOptions
from termcheck.glossary.table import Cell, TableReader
from termcheck.glossary.table_header import columns_of
from termcheck.glossary.table_layout import layout, order_of
from termcheck.lazy import compile_later
from termcheck.model import Glossary, TermcheckError

_NEWLINE = compile_later(r"\r\n|\n|\r")
_FENCE = compile_later(r" {0,3}(`{3,}|~{3,})")
_RULE = compile_later(r"\s*+\|?+\s*+:?+-++:?+\s*+(?:\|\s*+:?+-++:?+\s*+)*+\|?+\s*+")
# No term is that long, and marks in it could take long to find.
_LONGEST = 2_000
_CELL = compile_later(r"((?:[^\\|]|\\.)*+)(?:\||\Z)")
_LINK = compile_later(r"!?\[((?:[^\[\]\\]|\\.)*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_EMPHASIS = compile_later(r"(?<!\\)(\*{1,3}|_{1,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1")
_TAG = compile_later(r"</?(?!br\b)[A-Za-z][^<>]*>")
_ESCAPE = compile_later(r"\\([!-/:-@\[-`{-~])")
_NOTE_MARK = compile_later(r"\[\^[^\[\]]+\]")

Row = list[Cell]


def read(data: bytes, path: str, options: GlossaryOptions) -> Glossary:
    """The glossary; raises TermcheckError if no table names two languages."""
    reader: TableReader | None = None
    tables = list(_tables(text_of(data, path)))
    wide = [rows for rows in tables if len(rows) > 1 and len(rows[0]) > 1]
    chosen = (
        wide if options.columns else [rows for rows in wide if columns_of([cell.text for cell in rows[0]])]
    )
    for rows in chosen:
        table = layout(rows, path, options)
        reader = reader or TableReader(path, order_of(table.columns, dict(table.languages)))
        reader.add(table)
    if reader is None:
        raise _no_table(tables, path)
    return reader.finish().glossary()


def _no_table(tables: list[list[Row]], path: str) -> TermcheckError:
    if not tables:
        return TermcheckError(
            "the text has no table", path=path, advice="write a table with a header such as `| zh | en |`"
        )
    first = tables[0][0]
    names = " | ".join(cell.text for cell in first)
    return TermcheckError(
        f"no table names two languages in its header; the first has {names}",
        path=path,
        line=first[0].line,
        column=first[0].column,
        advice="name the languages, as in `| zh | en |`, or say which columns hold which: --map zh=1,en=2",
    )


def _tables(raw: str) -> Iterator[list[Row]]:
    """The tables outside of code, each with its header as the first row."""
    lines = _NEWLINE.split(raw)
    fence, number = "", 0
    while number < len(lines):
        line = lines[number]
        opening = _FENCE.match(line)
        if opening:
            mark = opening[1]
            if not fence:
                fence = mark
            elif mark.startswith(fence):
                fence = ""
        elif not fence and "|" in line and number + 1 < len(lines) and _is_rule(lines[number + 1]):
            rows = [_row(line, number + 1)]
            number += 2
            while number < len(lines) and "|" in lines[number]:
                rows.append(_row(lines[number], number + 1))
                number += 1
            yield rows
            continue
        number += 1


def _is_rule(line: str) -> bool:
    return "-" in line and "|" in line and _RULE.fullmatch(line) is not None


def _row(line: str, number: int) -> Row:
    """The cells of a line; the marks at both ends of it are none."""
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    if line[start : start + 1] == "|":
        start += 1
    cells: Row = []
    while start < end:
        match = _CELL.match(line, start, end)
        if match is None:
            break
        content = match[1]
        blanks = len(content) - len(content.lstrip())
        text, offset = _plain(content.strip())
        cells.append(Cell(text, number, match.start() + blanks + offset + 1))
        start = max(match.end(), start + 1)
    return cells


def _plain(content: str) -> tuple[str, int]:
    """The text of a cell without its marks, and the offset at which it begins."""
    if len(content) > _LONGEST:
        return content, 0
    text = _LINK.sub(r"\1", _NOTE_MARK.sub("", content))
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    text = html.unescape(_ESCAPE.sub(r"\1", _TAG.sub("", text))).strip()
    return text, max(content.find(text[:1]), 0) if text else 0


def write_row(cells: list[str]) -> str:
    """A line of a table."""
    escaped = (re.sub(r"([\\|`*_<\[\]])", r"\\\1", " ".join(cell.split())) for cell in cells)
    return f"| {' | '.join(escaped)} |\n"
