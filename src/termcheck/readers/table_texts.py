"""The bare texts of a table, read many at once: what they say, not where it stands.

Rows without quotes are lines to split, and well-formed quotes are read by the csv module. In TSV a quote may
also be an ordinary character: there the lines with quotes that may not be are read as by the reader, one by
one. What the reader would refuse as a whole is left to it.
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
from termcheck.readers.encoding import require_text
from termcheck.readers.pair_rows import BareTexts
from termcheck.readers.table import Layout, layout_of, row_at

# From a quote to the one that would close it.
_QUOTED = compile_later(r'"(?:[^"]++|"")*+')


class _Rows(Struct, frozen=True):
    """The fields of all rows, blank ones included, and the line after each.

    `fixed` are the lines that tell for another row that a quote in it closes nothing.
    """

    fields: Sequence[Sequence[str]]
    ends: Sequence[int]
    fixed: Sequence[int] = ()


def texts(header: str, rows: str, options: ReadOptions, *, tsv: bool) -> BareTexts | None:
    """Read the rows under a header; None where that is not easily done, or where there are none."""
    raw = header + rows
    if raw.count("\r") != raw.count("\r\n"):
        return None
    try:
        require_text(raw, "", options.encoding)
        layout = layout_of(header, options, tsv=tsv)
    except TermcheckError:
        return None
    found = _rows(rows, layout.delimiter, tsv=tsv) if layout is not None else None
    if layout is None or found is None:
        return None
    return _texts(found, layout, header.count("\n"))


def _texts(rows: _Rows, layout: Layout, before: int) -> BareTexts | None:
    """The rows that have both texts; so many lines are before them."""
    fields, source, target = rows.fields, layout.source, layout.target
    numbers = [
        number
        for number, row in enumerate(fields)
        if (len(row) == layout.width or layout.fits(row)) and row[source] and row[target]
    ]
    if not numbers:
        return None
    kept = fields if len(numbers) == len(fields) else [fields[number] for number in numbers]
    begins = [before, *(before + end for end in rows.ends)]
    places = [begins[number] for number in numbers]
    more: dict[int, range] = {}
    if len(fields) < rows.ends[-1]:
        several = (range(begins[number], begins[number + 1]) for number in numbers)
        more = {lines.start: lines[1:] for lines in several if len(lines) > 1}
    # Where the line is in none of these rows, it is there anyway.
    fixed = [bisect_right(places, before + line) - 1 for line in rows.fixed]
    return BareTexts(
        places,
        begins[-1],
        [row[source] for row in kept],
        [row[target] for row in kept],
        more,
        [number for number in fixed if number >= 0],
    )


def _rows(raw: str, delimiter: str, *, tsv: bool) -> _Rows | None:
    if not (raw.startswith('"') or f'{delimiter}"' in raw or '\n"' in raw):
        fields = [line.split(delimiter) for line in _lines(raw.replace("\r\n", "\n"))]
        return _Rows(fields, range(1, len(fields) + 1))
    reader = csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter, strict=True)
    try:
        read = [(row, reader.line_num) for row in reader]
    except csv.Error:
        return _mixed(raw, delimiter) if tsv else None
    return _Rows([row for row, _ in read], [end for _, end in read])


def _mixed(raw: str, delimiter: str) -> _Rows:
    """Rows some quotes in which are ordinary characters."""
    lines, opening = _lines(raw), f'{delimiter}"'
    fields: list[list[str]] = []
    ends: list[int] = []
    fixed: list[int] = []
    place = start = 0
    while place < len(lines):
        line, end = lines[place], place + 1
        if line.startswith('"') or opening in line:
            cells = row_at(raw, start, delimiter)
            fields.append([cell.text(raw) for cell in cells])
            last = cells[-1].span.end
            end += raw.count("\n", start, last)
            for cell in cells:
                quoted = None if cell.quoted else _QUOTED.match(raw, cell.span.start)
                if quoted and quoted.end() > last:
                    fixed.append(place + raw.count("\n", start, quoted.end()))
        else:
            fields.append(line.removesuffix("\r").split(delimiter))
        start += sum(map(len, lines[place:end])) + end - place
        ends.append(end)
        place = end
    return _Rows(fields, ends, fixed)


def _lines(raw: str) -> list[str]:
    lines = raw.split("\n")
    if not lines[-1]:
        del lines[-1]
    return lines
