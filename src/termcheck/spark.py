"""Check the pairs of a Spark DataFrame in parallel; the findings are rows of another DataFrame.

The driver reads the glossary once and sends it to the workers, where each process compiles it once. Rows
are independent, as in `termcheck.arrow`. Needs pyspark, pyarrow and, on the workers, termcheck; the extra
`spark` brings them.
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
    """The findings on the pairs of a DataFrame, with all columns of `findings_schema` except `row`.

    `id_column` names the column that identifies pairs; the other arguments are those of
    `termcheck.arrow.check_batches`. Raises TermcheckError immediately for all errors that do not depend on
    the rows; other errors occur when Spark runs.
    """
    columns = (source_column, target_column, id_column)
    _require(df, columns)
    glossary = loaded(glossary)
    rules = (select,) if isinstance(select, str) else None if select is None else tuple(select)
    # All workers use the day on which the job starts, however long they take and wherever they are.
    how = (source_lang, target_lang, rules, date or datetime.date.today().isoformat())
    row_checker(glossary, *how)
    data = msgpack.encode(glossary)
    # Spark would read a dot in a column name as access to a field of a struct.
    named = zip(columns, _COLUMNS, strict=True)
    chosen = df.selectExpr(*(f"`{old.replace('`', '``')}` AS {new}" for old, new in named))
    work = functools.partial(_check, data=data, how=how)
    return chosen.mapInArrow(work, _schema(df.schema[id_column].dataType))


def _schema(id_type: DataType) -> StructType:
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructField, StructType

    fields = [field for field in from_arrow_schema(findings_schema()) if field.name != "row"]
    # Spark's own type of the ids is kept, because some of its types depend on the time zone of the session.
    return StructType([StructField("id", id_type) if field.name == "id" else field for field in fields])


def _require(df: DataFrame, columns: tuple[str, str, str]) -> None:
    """Raise TermcheckError unless the columns exist and the first two contain text."""
    from pyspark.sql.types import CharType, NullType, StringType, VarcharType

    for name in columns:
        require_column(name, df.columns)
    for name in columns[:2]:
        kind = df.schema[name].dataType
        if not isinstance(kind, StringType | CharType | VarcharType | NullType):
            raise TermcheckError(
                f"the column “{name}” contains {kind.simpleString()}, not text", advice="cast it to string"
            )


def _check(
    batches: Iterable[pa.RecordBatch],
    data: bytes,
    how: tuple[str, str, tuple[str, ...] | None, str],
) -> Iterator[pa.RecordBatch]:
    """Check the batches of a partition, in a worker."""
    for findings in checked_batches(batches, _checker(data, how), _COLUMNS):
        # The number of a row is meaningless outside its partition.
        yield findings.drop_columns(["row"])


@functools.lru_cache(maxsize=2)
def _checker(data: bytes, how: tuple[str, str, tuple[str, ...] | None, str]) -> RowChecker:
    """Compile a glossary, once per process."""
    return row_checker(msgpack.decode(data, type=Glossary), *how)
