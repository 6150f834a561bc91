"""Check pairs in Arrow record batches, as DuckDB, Polars, Ray Data and Spark produce them.

Each row is checked as if it were a file of its own, so the result does not depend on how an engine
distributes rows among machines. Rules that need a whole document (inconsistent-rendering, first-use,
uncertain-alignment) or all texts of a run (noisy-entry, unmatched-term) do not apply, and findings have no
confidence. Engines with many processes call `row_checker` once in each process and pass its result to
`checked_batches`. Needs pyarrow, which the extra `arrow` brings.
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

# A batch may be a whole table, so this limits the rows whose results are in memory at once.
_ROWS_AT_ONCE = 1 << 14


class ArrowStream(Protocol):
    """A table with Arrow's PyCapsule interface, such as those of pyarrow, Polars, pandas and DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The capsule of a stream of record batches."""


def findings_schema(id_type: pa.DataType | None = None) -> pa.Schema:
    """The columns of findings.

    - `row` (int64): the 0-based index of the pair among the rows of all batches;
    - `id`: the value of the id column, or null without such a column;
    - `code`, `name`, `severity`, `message`: as in the JSON format;
    - `side`: `source` or `target`, the text that the finding is in;
    - `start`, `end` (int32): half-open offsets in that text, in code points;
    - `source_start`, `source_end` (int32): the offsets of the term in the source text, or null;
    - `term` (the id), `term_text` (as the source has it), `expected` (a list), `found`: null if the finding
      is not about a term;
    - `fingerprint`: equal for equal findings on equal texts.
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
    """Check the pairs of record batches; each batch yields a batch of findings, with `findings_schema`.

    `batches` may also be a table or another Arrow stream. `glossary` is a loaded glossary, a path, or several
    paths; a later file replaces entries of an earlier one. A null text counts as empty. The languages default
    to the glossary's. `select` names rules. `date` is an ISO date on which renderings must be valid, and
    defaults to today. Raises TermcheckError for a glossary that cannot be loaded and for rules
    that do not apply to rows. During iteration, it raises TermcheckError for objects that are not batches,
    and for columns that are missing or do not contain text.
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
    """A checker of rows with a glossary; raises TermcheckError as `check_batches` does."""
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
    """The glossary itself, or loaded from its files; raises TermcheckError as `load_glossary` does."""
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
    # Without this check, no row would ever have a finding, and the user would not know why.
    row_rules = [rule.code for rule in PAIR_CHECKS if not rule.needs_pairs]
    if selection.codes.isdisjoint(row_rules):
        raise TermcheckError(
            f"none of the rules {', '.join(names)} applies to a single pair"
            if names
            else "no rule is selected",
            advice=f"select one of {', '.join(row_rules)}",
        )
    return selection


def checked_batches(
    batches: Iterable[pa.RecordBatch] | ArrowStream, checker: RowChecker, columns: tuple[str, str, str | None]
) -> Iterator[pa.RecordBatch]:
    """The findings on batches; `columns` names the columns of sources, targets and ids."""
    import pyarrow as pa

    before = 0
    for batch in _as_batches(batches):
        ids = _column(batch, columns[2]) if columns[2] is not None else None
        findings = list(_checked(batch, checker, columns[:2]))
        schema = findings_schema(None if ids is None else ids.type)
        table = pa.RecordBatch.from_pylist([_row(finding, before + row) for row, finding in findings], schema)
        if ids is not None:
            column = schema.get_field_index("id")
            rows = [row for row, _ in findings]
            table = table.set_column(column, schema.field(column), _taken(ids, rows))
        before += batch.num_rows
        yield table


def _as_batches(batches: Iterable[Any] | ArrowStream) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    if hasattr(batches, "__arrow_c_stream__"):
        yield from pa.RecordBatchReader.from_stream(batches)
        return
    for batch in batches:
        if isinstance(batch, pa.RecordBatch):
            yield batch
        elif hasattr(batch, "__arrow_c_stream__"):
            yield from pa.RecordBatchReader.from_stream(batch)
        else:
            raise TermcheckError(
                f"expected an Arrow record batch, found {type(batch).__name__}",
                advice="convert it, for example with pyarrow.RecordBatch.from_pylist",
            )


def _checked(
    batch: pa.RecordBatch, checker: RowChecker, columns: Sequence[str]
) -> Iterator[tuple[int, RowFinding]]:
    """The findings on a batch, each with the index of its row."""
    for start in range(0, max(batch.num_rows, 1), _ROWS_AT_ONCE):
        part = batch.slice(start, _ROWS_AT_ONCE)
        sources, targets = (_texts(part, name) for name in columns)
        for finding in checker.check(sources, targets):
            yield start + finding.row, finding


def _taken(ids: pa.Array, rows: Sequence[int]) -> pa.Array:
    """The ids of the rows at some indexes."""
    import pyarrow as pa

    try:
        return ids.take(pa.array(rows, pa.int64()))
    except pa.ArrowNotImplementedError:  # views of strings, among others
        return pa.array([ids[row].as_py() for row in rows], ids.type)


def require_column(name: str, existing: Sequence[str]) -> None:
    """Raise TermcheckError unless exactly one of the existing columns has the name."""
    if existing.count(name) != 1:
        count = "no column" if name not in existing else "more than one column"
        raise TermcheckError(
            f"there is {count} “{name}”; the columns are: {', '.join(existing)}",
            advice="name the columns with source_column, target_column and id_column",
        )


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    require_column(name, batch.schema.names)
    return batch.column(name)


def _texts(batch: pa.RecordBatch, name: str) -> list[str]:
    column = _column(batch, name)
    if not is_text(column.type):
        raise TermcheckError(
            f"the column “{name}” contains {column.type}, not text", advice="cast it to string"
        )
    try:
        return texts(column)
    except UnicodeDecodeError:
        raise TermcheckError(f"the column “{name}” is not UTF-8", advice="convert it to UTF-8") from None


def _row(row_finding: RowFinding, row: int) -> Mapping[str, Any]:
    finding, term = row_finding.finding, row_finding.finding.term
    return {
        "row": row,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "side": row_finding.place.side.value,
        "start": row_finding.place.start,
        "end": row_finding.place.end,
        "source_start": row_finding.source and row_finding.source.start,
        "source_end": row_finding.source and row_finding.source.end,
        "term": term and term.id,
        "term_text": term and term.source,
        "expected": list(term.expected) if term else None,
        "found": term and term.found,
        "fingerprint": finding.fingerprint,
    }
