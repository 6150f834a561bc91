"""Check the pairs of a Spark DataFrame: findings as rows of another, by as many machines as Spark has.

The glossary is read once, where the job is started, and goes to the workers with it; each of their processes
compiles it once. Rows are independent, as in `termcheck.arrow`. Needs pyspark, pyarrow and, on the workers,
termcheck: `pip install 'termcheck[spark]'`.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import msgpack

from termcheck.arrow import PathLike, checked_batches, findings_schema, row_checker
from termcheck.engine.rows import RowChecker
from termcheck.glossary import load_glossary
from termcheck.model import Glossary, TermcheckError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


def check_dataframe(
    df: DataFrame,
    glossary: Glossary | PathLike | Sequence[PathLike],
    *,
    id_column: str,
    source_column: str = "source",
    target_column: str = "target",
    source_lang: str = "",
    target_lang: str = "",
    select: Sequence[str] | None = None,
    date: str = "",
) -> DataFrame:
    """The findings on the pairs of a DataFrame: the columns of `termcheck.arrow.findings_schema` but `row`.

    `id_column` names the column that tells pairs apart; the other arguments are those of
    `termcheck.arrow.check_batches`. A glossary that does not load, and a column that is not there, raise
    TermcheckError here and now; all else happens when Spark runs.
    """
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_type

    for name in (id_column, source_column, target_column):
        if name not in df.columns:
            there = ", ".join(df.columns)
            raise TermcheckError(f"there is no column “{name}”; there are: {there}")
    if not isinstance(glossary, Glossary):
        paths = [glossary] if isinstance(glossary, str | os.PathLike) else glossary
        glossary = load_glossary([os.fspath(path) for path in paths]).glossary
    how = (source_lang, target_lang, None if select is None else tuple(select), date)
    row_checker(glossary, *how)
    data = msgpack.encode(glossary)
    columns = (source_column, target_column, id_column)
    schema = findings_schema(to_arrow_type(df.schema[id_column].dataType))
    schema = schema.remove(schema.get_field_index("row"))
    chosen = df.select(*dict.fromkeys(columns))
    work = functools.partial(_check, data=data, columns=columns, how=how)
    return chosen.mapInArrow(work, from_arrow_schema(schema))


def _check(
    batches: Iterable[pa.RecordBatch],
    data: bytes,
    columns: tuple[str, str, str],
    how: tuple[str, str, tuple[str, ...] | None, str],
) -> Iterator[pa.RecordBatch]:
    """What a worker does with the batches of a partition."""
    for found in checked_batches(batches, _checker(data, how), columns):
        # A row's number says nothing outside its partition.
        yield found.drop_columns(["row"])


@functools.lru_cache(maxsize=2)
def _checker(data: bytes, how: tuple[str, str, tuple[str, ...] | None, str]) -> RowChecker:
    """Compile a glossary, once in each process."""
    return row_checker(msgpack.decode(data, type=Glossary), *how)
