"""Check pairs in Arrow record batches, as DuckDB, Polars, Ray Data, Spark and others pass them around.

Rows are independent here: each is checked as if it were a file of its own, so that it does not matter how an
engine divides them among machines. Rules that look at a whole document (inconsistent-rendering, first-use,
uncertain-alignment) and at all texts of a run (noisy-entry, unmatched-term) do not apply, and findings have
no confidence. What runs a program's code in many processes calls `row_checker` once in each and hands it to
`checked_batches`. Needs pyarrow: `pip install 'termcheck[arrow]'`.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from termcheck.config import Settings
from termcheck.engine.independent_rows import RowChecker, RowFinding
from termcheck.glossary import load_glossary
from termcheck.model import Glossary, TermcheckError
from termcheck.readers.arrow_columns import is_text, texts
from termcheck.rules import PAIR_CHECKS, RULES
from termcheck.selection import RuleChoice, Selection

if TYPE_CHECKING:
    import pyarrow as pa

PathLike = str | os.PathLike[str]

# A batch may be a whole table; what is worked out on its texts is held for so many rows at a time.
_ROWS_AT_ONCE = 1 << 14


class ArrowStream(Protocol):
    """Tables of Arrow's PyCapsule interface: those of pyarrow, Polars, pandas and DuckDB are some."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The capsule of a stream of record batches."""


def findings_schema(id_type: pa.DataType | None = None) -> pa.Schema:
    """The columns of findings.

    - `row` (int64): the index of the pair among all rows of the batches, from 0;
    - `id`: its value in the column of ids, null if there is none;
    - `code`, `name`, `severity`, `message`: as in the JSON format;
    - `side`: `source` or `target`, the text that the finding is in;
    - `start`, `end` (int32): where in that text, in code points from 0, half-open;
    - `source_start`, `source_end` (int32): where the term stands in the source text, or null;
    - `term` (its id), `term_text` (as it stands in the source), `expected` (a list), `found`: null if the
      finding is on no term;
    - `fingerprint`: the same for the same finding on the same texts.
    """
    import pyarrow as pa

    text = pa.string()
    return pa.schema(
        [
            pa.field("row", pa.int64(), nullable=False),
            pa.field("id", id_type or pa.null()),
            *(
                pa.field(name, text, nullable=False)
                for name in ("code", "name", "severity", "message", "side")
            ),
            pa.field("start", pa.int32(), nullable=False),
            pa.field("end", pa.int32(), nullable=False),
            pa.field("source_start", pa.int32()),
            pa.field("source_end", pa.int32()),
            pa.field("term", text),
            pa.field("term_text", text),
            pa.field("expected", pa.list_(text)),
            pa.field("found", text),
            pa.field("fingerprint", text, nullable=False),
        ]
    )


def check_batches(
    batches: Iterable[pa.RecordBatch] | ArrowStream,
    glossary: Glossary | PathLike | Sequence[PathLike],
    *,
    source_column: str = "source",
    target_column: str = "target",
    id_column: str | None = None,
    source_lang: str = "",
    target_lang: str = "",
    select: Sequence[str] | None = None,
    date: str = "",
) -> Iterator[pa.RecordBatch]:
    """The findings on the pairs of record batches, a batch of them for each, with `findings_schema`.

    A table, or whatever else gives Arrow's stream of batches, may stand in place of the batches. `glossary`
    is one that is loaded, or its path, or several paths of which a later one wins. A null text is an empty
    one. Languages are the glossary's unless given; `select` names rules; `date` is ISO and decides which
    renderings are valid. Raises TermcheckError for a glossary that does not load, for rules that do not apply
    to rows, and, when it comes to them, for what is no batch and for a column that is not there or holds no
    text.
    """
    checker = row_checker(glossary, source_lang, target_lang, select, date)
    return checked_batches(batches, checker, (source_column, target_column, id_column))


def row_checker(
    glossary: Glossary | PathLike | Sequence[PathLike],
    source_lang: str = "",
    target_lang: str = "",
    select: Sequence[str] | None = None,
    date: str = "",
) -> RowChecker:
    """What checks rows with a glossary; raises TermcheckError as `check_batches` does."""
    glossary = loaded(glossary)
    settings = Settings(
        selection=_selection(select),
        root="",
        source_lang=source_lang,
        target_lang=target_lang,
        date=_iso(date) if date else "",
    )
    return RowChecker(glossary, settings)


def loaded(glossary: Glossary | PathLike | Sequence[PathLike]) -> Glossary:
    """A glossary, or what is in its files; raises TermcheckError as `load_glossary` does."""
    if isinstance(glossary, Glossary):
        return glossary
    paths = [glossary] if isinstance(glossary, str | os.PathLike) else glossary
    return load_glossary([os.fspath(path) for path in paths]).glossary


def _iso(date: str) -> str:
    try:
        return datetime.date.fromisoformat(date).isoformat()
    except ValueError:
        raise TermcheckError(
            f"'{date}' is not a date", advice="write year-month-day, as in 2025-09-05"
        ) from None


def _selection(select: Sequence[str] | None) -> Selection:
    if select is None:
        return Selection.build(RULES)
    names = (select,) if isinstance(select, str) else tuple(select)
    selection = Selection.build(RULES, [RuleChoice(select=names)])
    # Or else no row would ever have a finding, and nobody would know why.
    able = [rule.code for rule in PAIR_CHECKS if not rule.needs_pairs]
    if selection.codes.isdisjoint(able):
        raise TermcheckError(
            f"no rule of {', '.join(names) or 'none'} looks at a single pair",
            advice=f"select one of {', '.join(able)}",
        )
    return selection


def checked_batches(
    batches: Iterable[pa.RecordBatch] | ArrowStream, checker: RowChecker, columns: tuple[str, str, str | None]
) -> Iterator[pa.RecordBatch]:
    """The findings on batches, whose columns are those of sources, of targets and of ids."""
    import pyarrow as pa

    before = 0
    for batch in _as_batches(batches):
        ids = _column(batch, columns[2]) if columns[2] is not None else None
        found = list(_checked(batch, checker, columns[:2]))
        schema = findings_schema(None if ids is None else ids.type)
        table = pa.RecordBatch.from_pylist([_row(one, before + row) for row, one in found], schema)
        if ids is not None:
            at = schema.get_field_index("id")
            table = table.set_column(at, schema.field(at), _taken(ids, [row for row, _ in found]))
        before += batch.num_rows
        yield table


def _as_batches(batches: Iterable[Any] | ArrowStream) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    if hasattr(batches, "__arrow_c_stream__"):
        yield from pa.RecordBatchReader.from_stream(batches)
        return
    for one in batches:
        if isinstance(one, pa.RecordBatch):
            yield one
        elif hasattr(one, "__arrow_c_stream__"):
            yield from pa.RecordBatchReader.from_stream(one)
        else:
            raise TermcheckError(
                f"a batch is no Arrow record batch but {type(one).__name__}",
                advice="make batches of it, as with pyarrow.RecordBatch.from_pylist",
            )


def _checked(
    batch: pa.RecordBatch, checker: RowChecker, columns: Sequence[str]
) -> Iterator[tuple[int, RowFinding]]:
    """The findings on a batch, each with the index of its row."""
    for start in range(0, max(batch.num_rows, 1), _ROWS_AT_ONCE):
        part = batch.slice(start, _ROWS_AT_ONCE)
        sources, targets = (_texts(part, name) for name in columns)
        for found in checker.check(sources, targets):
            yield start + found.row, found


def _taken(ids: pa.Array, rows: Sequence[int]) -> pa.Array:
    """The ids of rows."""
    import pyarrow as pa

    try:
        return ids.take(pa.array(rows, pa.int64()))
    except pa.ArrowNotImplementedError:  # views of strings, among others
        return pa.array([ids[row].as_py() for row in rows], ids.type)


def require_column(name: str, there: Sequence[str]) -> None:
    """Raise TermcheckError unless just one of the columns that are there has a name."""
    if there.count(name) != 1:
        how = "no column" if name not in there else "more than one column"
        raise TermcheckError(
            f"there is {how} “{name}”; there are: {', '.join(there)}",
            advice="name the columns with source_column, target_column and id_column",
        )


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    require_column(name, batch.schema.names)
    return batch.column(name)


def _texts(batch: pa.RecordBatch, name: str) -> list[str]:
    column = _column(batch, name)
    if not is_text(column.type):
        raise TermcheckError(
            f"the column “{name}” holds no text but {column.type}", advice="cast it to string"
        )
    try:
        return texts(column)
    except UnicodeDecodeError:
        raise TermcheckError(f"the column “{name}” is not in UTF-8", advice="decode it before") from None


def _row(found: RowFinding, row: int) -> Mapping[str, Any]:
    finding, term = found.finding, found.finding.term
    return {
        "row": row,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "side": found.place.side.value,
        "start": found.place.start,
        "end": found.place.end,
        "source_start": found.source and found.source.start,
        "source_end": found.source and found.source.end,
        "term": term and term.id,
        "term_text": term and term.source,
        "expected": list(term.expected) if term else None,
        "found": term and term.found,
        "fingerprint": finding.fingerprint,
    }
