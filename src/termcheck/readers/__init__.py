"""Files to documents: one module a format, picked by the file's ending.

A reader turns a file into segments that know where every character came from, so that findings point
at exact places and a fix changes nothing but what it means to. Formats are imported when first met.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from types import MappingProxyType

from termcheck.lazy import compile_later
from termcheck.model import Document, TermcheckError
from termcheck.readers.base import NotBilingualError, Reader, ReadOptions
from termcheck.readers.encoding import decode
from termcheck.text.positions import line_starts

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "NotBilingualError",
    "ReadOptions",
    "is_parquet",
    "is_readable",
    "read_document",
]

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "plain",
        ".text": "plain",
        ".md": "markdown",
        ".markdown": "markdown",
        ".mdx": "markdown",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".csv": "csv",
        ".tsv": "tsv",
        ".parquet": "parquet",
    }
)
"""File endings, lower case with their dot, and the format each is read as."""

FORMATS: tuple[str, ...] = tuple(dict.fromkeys(SUFFIXES.values()))
"""The formats that `ReadOptions.format` may name."""

_MODULES = {"csv": "table", "tsv": "table"}
_UNNAMED = ("", "-", "<stdin>")
_FRONT_MATTER = compile_later(
    r"---[ \t]*(?:\r\n|\n|\r)[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|(?=[\r\n]))(?s:.*?)"
    r"[\r\n](?:---|\.\.\.)[ \t]*(?:[\r\n]|\Z)"
)


def is_readable(path: str) -> bool:
    """Whether the file's ending is one that `read_document` knows."""
    return _suffix(path) in SUFFIXES


def is_parquet(path: str, options: ReadOptions) -> bool:
    """Whether a file is read as Parquet: it is no text, and `readers.parquet` reads it instead."""
    try:
        return format_of(path, options.format) == "parquet"
    except TermcheckError:
        return False


def read_document(path: str, data: bytes, options: ReadOptions | None = None) -> Document:
    """Read a file's bytes.

    `path` is as the user wrote it; it picks the format by its ending unless `options.format` does,
    and standard input without a name (`-` or empty) is plain text, or Markdown if it begins with front
    matter. Raises TermcheckError when the
    ending is unknown, the bytes cannot be decoded, or the format is violated; NotBilingualError, which
    is one, for a sound file that has nothing to compare. What is wrong with single rows only is among
    the document's `errors`. A Parquet file is no document.
    """
    options = options or ReadOptions()
    name = path.replace(os.sep, "/")
    format_name = format_of(name, options.format)
    if format_name == "parquet":
        advice = "name it alone: termcheck check FILE"
        raise TermcheckError("a Parquet file holds both sides, so it is neither", path=name, advice=advice)
    raw = decode(data, name, options.encoding)
    return document_of(name, raw, format_name or _unnamed_format(raw), options)


def document_of(name: str, raw: str, format_name: str, options: ReadOptions) -> Document:
    """Read a decoded text in a format; raises as `read_document` does."""
    reading = _reader(format_name)(raw, name, options)
    return Document(
        name,
        raw,
        reading.segments,
        line_starts(raw),
        reading.front_matter,
        reading.errors,
        format_name,
        reading.directives,
        reading.unread,
    )


def _suffix(path: str) -> str:
    name = path.replace(os.sep, "/").rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and stem else ""


def format_of(path: str, format_name: str | None) -> str:
    """The format by its name or by the file's ending; empty for what has no name."""
    known = ", ".join(FORMATS)
    if format_name is None:
        format_name = "" if path in _UNNAMED else SUFFIXES.get(_suffix(path))
    elif format_name not in FORMATS:
        raise TermcheckError(f"unknown format “{format_name}”", path=path, advice=f"use one of {known}")
    if format_name is None:
        raise TermcheckError(
            f"cannot tell the format from the ending “{_suffix(path)}”"
            if _suffix(path)
            else "no file ending",
            path=path,
            advice=f"readable are {', '.join(SUFFIXES)}; or name the format with --format ({known})",
        )
    return format_name


def _unnamed_format(raw: str) -> str:
    # Nothing but front matter has a key under the dashes of the first line and is closed by a line of dashes.
    return "markdown" if _FRONT_MATTER.match(raw) else "plain"


def _reader(format_name: str) -> Reader:
    module = importlib.import_module(f"termcheck.readers.{_MODULES.get(format_name, format_name)}")
    reader: Reader = module.read_tsv if format_name == "tsv" else module.read
    return reader
