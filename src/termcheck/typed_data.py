"""Decoders of MessagePack that give values of a type."""

from __future__ import annotations

import functools
from typing import TypeVar

from msgspec import msgpack

from termcheck.interrupts import held

T = TypeVar("T")


@functools.cache
def decoder(kind: type[T]) -> msgpack.Decoder[T]:
    """The decoder for a type.

    msgspec learns the fields of a type with code in Python, and crashes if a signal interrupts that.
    """
    with held():
        return msgpack.Decoder(kind)
