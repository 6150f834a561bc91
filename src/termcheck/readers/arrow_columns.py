"""Columns of Arrow tables: which of them hold the two sides of pairs, and their texts.

A column inside a struct has the names that lead to it, as in `translation.zh`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from termcheck.model import TermcheckError
from termcheck.readers.base import NotBilingualError, ReadOptions
from termcheck.readers.columns import missing_sides, sides

if TYPE_CHECKING:
    import pyarrow as pa

_TEXT = ("string", "large_string", "string_view", "null")


def is_text(kind: pa.DataType) -> bool:
    """Whether a column of the Arrow type `kind` holds texts, or nothing but nulls."""
    import pyarrow as pa

    return str(kind.value_type if pa.types.is_dictionary(kind) else kind) in _TEXT


def texts(column: pa.Array) -> list[str]:
    """The texts of a column; a null is an empty text."""
    return [text or "" for text in column.to_pylist()]


class Column(Struct, frozen=True):
    """A column that is not a struct: the names that lead to it, and its type."""

    names: tuple[str, ...]
    kind: Any

    def __str__(self) -> str:
        return ".".join(self.names)

    def of(self, batch: pa.RecordBatch) -> pa.Array:
        """The values in a batch of rows."""
        first, *others = self.names
        values = batch.column(first)
        for name in others:
            values = values.field(name)
        return values


def _columns(fields: Sequence[pa.Field], above: tuple[str, ...] = ()) -> Iterator[Column]:
    """All columns that are not structs. A struct that shares its name with another column is not opened."""
    import pyarrow as pa

    count = Counter(field.name for field in fields)
    for field in fields:
        names = (*above, field.name)
        if pa.types.is_struct(field.type) and count[field.name] == 1:
            yield from _columns([field.type.field(number) for number in range(field.type.num_fields)], names)
        else:
            yield Column(names, field.type)


def columns_of_sides(fields: Sequence[pa.Field], name: str, options: ReadOptions) -> tuple[Column, Column]:
    """The columns of source and target in a file's schema; raises NotBilingualError if there are none."""
    columns = list(_columns(fields))
    names = list(map(str, columns))
    found = sides(names, options)
    if found is None:
        message, advice = missing_sides("the file", names, options)
        raise NotBilingualError(
            TermcheckError(message, path=name, advice=advice), "no source and target column"
        )
    for column in (columns[place] for place in found):
        if not is_text(column.kind):
            message = f"the column “{column}” holds no text but {column.kind}"
            error = TermcheckError(message, path=name, advice="write it as strings")
            raise NotBilingualError(error, message)
    return columns[found[0]], columns[found[1]]
