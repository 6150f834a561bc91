"""The texts of delimited rows, read quickly and without positions.

Rows without quotes are split at the delimiter, and well-formed quotes are read by the csv module. Where a
quote may also be an ordinary character, `delimited` reads the lines with quotes one by one. What it would
refuse as a whole is left to it.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import TermcheckError
from termcheck.readers.base import ReadOptions
from termcheck.readers.delimited import Dialect, Layout, cut_rows
from termcheck.readers.encoding import require_text
from termcheck.readers.stretches import CompleteRows, TextStretch, split_lines

# From a quote to the one that would close it.
_QUOTED = compile_later(r'"(?:[^"]++|"")*+')


class _Rows(Struct, frozen=True):
    """The fields of all rows, blank ones included, and for each row the number of lines up to its end.

    `deciding` are the lines in which a quote of an earlier row would have to close, and does not.
    """

    fields: Sequence[Sequence[str]]
    ends: Sequence[int]
    deciding: Sequence[int] = ()


def complete_rows(stretch: TextStretch, options: ReadOptions, dialect: Dialect) -> CompleteRows | None:
    """The texts of the rows below a header; None if there are none, or if only the reader can read them."""
    try:
        require_text(stretch.header + stretch.rows, "", options.encoding)
        layout = dialect.layout(stretch.header, options)
    except TermcheckError:
        return None
    rows = _rows(stretch.rows, layout.delimiter, strict=dialect.strict) if layout is not None else None
    if layout is None or rows is None:
        return None
    return _complete(rows, layout, stretch.header.count("\n"))


def _complete(rows: _Rows, layout: Layout, header_lines: int) -> CompleteRows | None:
    """The rows that have both texts; None if there are none."""
    fields, source, target = rows.fields, layout.source, layout.target
    numbers = [
        number
        for number, row in enumerate(fields)
        if (len(row) == layout.width or layout.fits(row)) and row[source] and row[target]
    ]
    if not numbers:
        return None
    kept = fields if len(numbers) == len(fields) else [fields[number] for number in numbers]
    starts = [header_lines, *(header_lines + end for end in rows.ends)]
    first_lines = [starts[number] for number in numbers]
    further_lines: dict[int, range] = {}
    if len(fields) < rows.ends[-1]:
        extents = (range(starts[number], starts[number + 1]) for number in numbers)
        further_lines = {lines.start: lines[1:] for lines in extents if len(lines) > 1}
    # A deciding line that is in none of these rows stays anyway.
    deciding = [bisect_right(first_lines, header_lines + line) - 1 for line in rows.deciding]
    return CompleteRows(
        first_lines,
        starts[-1],
        [row[source] for row in kept],
        [row[target] for row in kept],
        further_lines,
        [number for number in deciding if number >= 0],
    )


def _rows(raw: str, delimiter: str, *, strict: bool) -> _Rows | None:
    if not (raw.startswith('"') or f'{delimiter}"' in raw or '\n"' in raw):
        fields = [line.split(delimiter) for line in split_lines(raw.replace("\r\n", "\n"))]
        return _Rows(fields, range(1, len(fields) + 1))
    reader = csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter, strict=True)
    try:
        read = [(row, reader.line_num) for row in reader]
    except csv.Error:
        return None if strict else _loosely_quoted(raw, delimiter)
    return _Rows([row for row, _ in read], [end for _, end in read])


def _loosely_quoted(raw: str, delimiter: str) -> _Rows:
    """The rows of a text in which some quotes are ordinary characters."""
    lines, opening = split_lines(raw), f'{delimiter}"'
    fields: list[list[str]] = []
    ends: list[int] = []
    deciding: list[int] = []
    number = start = 0
    while number < len(lines):
        line, end = lines[number], number + 1
        if line.startswith('"') or opening in line:
            cells = next(cut_rows(raw, "", delimiter, strict=False, start=start))
            fields.append([cell.text(raw) for cell in cells])
            last = cells[-1].span.end
            end += raw.count("\n", start, last)
            for cell in cells:
                quoted = None if cell.quoted else _QUOTED.match(raw, cell.span.start)
                if quoted and quoted.end() > last:
                    deciding.append(number + raw.count("\n", start, quoted.end()))
        else:
            fields.append(line.removesuffix("\r").split(delimiter))
        start += sum(map(len, lines[number:end])) + end - number
        ends.append(end)
        number = end
    return _Rows(fields, ends, deciding)
