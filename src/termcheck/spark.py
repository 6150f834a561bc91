"""Check the pairs of a Spark DataFrame: findings as rows of another, by as many machines as Spark has.

The glossary is read once, where the job is started, and goes to the workers with it; each of their processes
compiles it once. Rows are independent, as in `termcheck.arrow`. Needs pyspark, pyarrow and, on the workers,
termcheck: `pip install 'termcheck[spark]'`.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import msgpack

from termcheck.arrow import (
    PathLike,
    checked_batches,
    findings_schema,
    loaded,
    require_column,
    row_checker,
)
from termcheck.engine.independent_rows import RowChecker
from termcheck.model import Glossary, TermcheckError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

_COLUMNS = ("source", "target", "id")


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
    `termcheck.arrow.check_batches`. All mistakes that are known without a look at the rows raise
    TermcheckError here and now; the rest happens when Spark runs.
    """
    columns = (source_column, target_column, id_column)
    _require(df, columns)
    glossary = loaded(glossary)
    rules = (select,) if isinstance(select, str) else None if select is None else tuple(select)
    # The day is that of the start for all workers, however long they take and wherever they are.
    how = (source_lang, target_lang, rules, date or datetime.date.today().isoformat())
    row_checker(glossary, *how)
    data = msgpack.encode(glossary)
    # In names of the user's a dot may stand, which Spark would take for a field of a structure.
    named = zip(columns, _COLUMNS, strict=True)
    chosen = df.selectExpr(*(f"`{old.replace('`', '``')}` AS {new}" for old, new in named))
    work = functools.partial(_check, data=data, how=how)
    return chosen.mapInArrow(work, _schema(df.schema[id_column].dataType))


def _schema(id_type: DataType) -> StructType:
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructField, StructType

    fields = [field for field in from_arrow_schema(findings_schema()) if field.name != "row"]
    # A type of Spark's need not have one of Arrow's without a time zone, which is the session's to know.
    return StructType([StructField("id", id_type) if field.name == "id" else field for field in fields])


def _require(df: DataFrame, columns: tuple[str, str, str]) -> None:
    """Raise TermcheckError unless the columns are there, the first two with texts."""
    from pyspark.sql.types import CharType, NullType, StringType, VarcharType

    for name in columns:
        require_column(name, df.columns)
    for name in columns[:2]:
        kind = df.schema[name].dataType
        if not isinstance(kind, StringType | CharType | VarcharType | NullType):
            raise TermcheckError(
                f"the column “{name}” holds no text but {kind.simpleString()}", advice="cast it to string"
            )


def _check(
    batches: Iterable[pa.RecordBatch],
    data: bytes,
    how: tuple[str, str, tuple[str, ...] | None, str],
) -> Iterator[pa.RecordBatch]:
    """What a worker does with the batches of a partition."""
    for found in checked_batches(batches, _checker(data, how), _COLUMNS):
        # A row's number says nothing outside its partition.
        yield found.drop_columns(["row"])


@functools.lru_cache(maxsize=2)
def _checker(data: bytes, how: tuple[str, str, tuple[str, ...] | None, str]) -> RowChecker:
    """Compile a glossary, once in each process."""
    return row_checker(msgpack.decode(data, type=Glossary), *how)
