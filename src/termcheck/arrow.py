"""Check pairs in Arrow record batches, as DuckDB, Polars, Ray Data, Spark and others pass them around.

Rows are independent here: each is checked as if it were a file of its own, so that it does not matter how an
engine divides them among machines. Rules that look at a whole document (inconsistent-rendering, first-use,
uncertain-alignment) and at all texts of a run (noisy-entry, unmatched-term) do not apply, and findings have
no confidence. Needs pyarrow: `pip install 'termcheck[arrow]'`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from termcheck.config import Settings
from termcheck.engine.rows import RowChecker, RowFinding
from termcheck.glossary import load_glossary
from termcheck.model import Glossary, TermcheckError
from termcheck.rules import RULES
from termcheck.selection import RuleChoice, Selection

if TYPE_CHECKING:
    import pyarrow as pa

PathLike = str | os.PathLike[str]


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
    batches: Iterable[pa.RecordBatch],
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

    `glossary` is one that is loaded, or its path, or several paths of which a later one wins. A null text is
    an empty one. Languages are the glossary's unless given; `select` names rules; `date` is ISO and decides
    which renderings are valid. Raises TermcheckError for a glossary that does not load, and for a column that
    is not there or holds no text.
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
    if not isinstance(glossary, Glossary):
        paths = [glossary] if isinstance(glossary, str | os.PathLike) else glossary
        glossary = load_glossary([os.fspath(path) for path in paths]).glossary
    choice = RuleChoice(select=tuple(select) if select is not None else None)
    settings = Settings(
        selection=Selection.build(RULES, [choice]),
        root="",
        source_lang=source_lang,
        target_lang=target_lang,
        date=date,
    )
    return RowChecker(glossary, settings)


def checked_batches(
    batches: Iterable[pa.RecordBatch], checker: RowChecker, columns: tuple[str, str, str | None]
) -> Iterator[pa.RecordBatch]:
    """The findings on batches, whose columns are those of sources, of targets and of ids."""
    import pyarrow as pa

    before = 0
    for batch in batches:
        sources, targets = (_texts(batch, name) for name in columns[:2])
        ids = _column(batch, columns[2]) if columns[2] is not None else None
        rows = [
            _row(found, before, None if ids is None else ids[found.row])
            for found in checker.check(sources, targets)
        ]
        before += batch.num_rows
        yield pa.RecordBatch.from_pylist(rows, findings_schema(None if ids is None else ids.type))


def _column(batch: pa.RecordBatch, name: str) -> Any:
    if name not in batch.schema.names:
        there = ", ".join(batch.schema.names)
        raise TermcheckError(
            f"there is no column “{name}”; there are: {there}",
            advice="name the columns with source_column, target_column and id_column",
        )
    return batch.column(name)


def _texts(batch: pa.RecordBatch, name: str) -> list[str]:
    import pyarrow as pa

    column = _column(batch, name)
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)):
        raise TermcheckError(f"the column “{name}” holds no text but {kind}", advice="cast it to string")
    return [text or "" for text in column.to_pylist()]


def _row(found: RowFinding, before: int, id_: Any) -> Mapping[str, Any]:
    finding, term = found.finding, found.finding.term
    return {
        "row": before + found.row,
        "id": id_ if id_ is None else id_.as_py(),
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
