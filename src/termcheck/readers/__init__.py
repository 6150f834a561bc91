"""Readers: from the bytes of a file to a document. `FORMATS` lists the formats and what each one allows.

A reader turns a text into segments that know where every character came from, so that a finding points at an
exact place and a fix changes nothing else. Nobody else knows a format by its name: whoever wants to know
what a file allows looks it up here. A reader is imported with the first file of its format, so a format that
nobody uses costs nothing at start-up.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from termcheck.globs import PathGlob, absolute_path
from termcheck.model import Document, TermcheckError
from termcheck.readers.base import NotBilingualError, ReadOptions
from termcheck.readers.encoding import decode
from termcheck.readers.format import Format
from termcheck.readers.formats import ENDINGS, FORMATS, LEGACY_ENCODINGS, WALKED_ENDINGS
from termcheck.text.positions import line_starts

if TYPE_CHECKING:
    from termcheck.readers.protocols import PackageReader, Reader

__all__ = [
    "ENDINGS",
    "FORMATS",
    "LEGACY_ENCODINGS",
    "WALKED_ENDINGS",
    "Format",
    "NotBilingualError",
    "ReadOptions",
    "as_comment",
    "ending_of",
    "format_at",
    "format_name",
    "is_readable",
    "read_document",
]


_UNNAMED = ("", "-", "<stdin>")


def is_readable(path: str, formats: Sequence[tuple[PathGlob, str]] = ()) -> bool:
    """Whether a walk takes a file by its ending, or by one of `formats`, patterns with the names of readers.

    A pattern that says nothing about endings, such as `notes/**`, makes no text of what is none.
    """
    ending = ending_of(path)
    if ending in ENDINGS:
        form = FORMATS[ENDINGS[ending]]
        if form.walked:
            # Word and Excel put such a file beside one that is open.
            return not (form.package and path.replace(os.sep, "/").rpartition("/")[2].startswith("~$"))
        if form.opening is not None:
            from termcheck.readers.shared_endings import begins_with

            if begins_with(path, form.opening):
                return True
    named = (glob for glob, _ in formats if not glob.pattern.endswith(("*", "?", "/")))
    return any(glob.names(absolute_path(path)) for glob in named)


def format_name(path: str, options: ReadOptions) -> str:
    """The name of a file's format, from the options or its ending; empty for standard input without a name.

    Raises TermcheckError if the named format or the ending is unknown.
    """
    known = ", ".join(FORMATS)
    chosen = _format_by_pattern(path, options) or options.format
    if chosen is not None:
        if chosen not in FORMATS:
            raise TermcheckError(f"unknown format “{chosen}”", path=path, advice=f"use one of {known}")
        return chosen
    if path in _UNNAMED:
        return ""
    ending = ending_of(path)
    if ending not in ENDINGS:
        mistake = TermcheckError(
            f"cannot tell the format from the ending “{ending}”" if ending else "no file ending",
            path=path,
            advice=f"readable are {', '.join(ENDINGS)}; or name the format with --format ({known})",
        )
        raise NotBilingualError(mistake, "of a kind that is not read")
    return ENDINGS[ending]


def _format_by_pattern(path: str, options: ReadOptions) -> str | None:
    """The format that the last matching pattern names; None if there is none."""
    if not options.formats or path in _UNNAMED:
        return None
    absolute = absolute_path(path)
    return next((name for glob, name in reversed(options.formats) if glob.matches(absolute)), None)


def format_at(path: str, options: ReadOptions) -> Format | None:
    """A file's format; None if it is unknown, or depends on the text as for standard input without a name."""
    try:
        return FORMATS.get(format_name(path, options))
    except TermcheckError:
        return None


def as_comment(document: Document, text: str) -> str:
    """A comment for a document that says `text`; empty if its format has no comments."""
    form = FORMATS.get(document.format)
    if form is None or form.comment is None:
        return ""
    # A file keeps the comments of its ending, whatever format it is read as: others would break MDX.
    ending = ending_of(document.path)
    by_ending = FORMATS[ENDINGS[ending]].comment_by_ending if ending in ENDINGS else {}
    opening, closing = by_ending.get(ending, form.comment)
    return f"{opening}{text}{closing}"


def read_document(path: str, data: bytes, options: ReadOptions | None = None) -> Document:
    """Read a file's bytes.

    `path` is as the user wrote it. Its ending decides the format unless `options.format` does; standard input
    without a name (`-` or empty) is plain text, or Markdown if it begins with front matter. Errors in single
    rows are among the document's `errors`. Raises TermcheckError when the ending is unknown, the bytes cannot
    be decoded, the file violates the format, or the format is binary; NotBilingualError, a TermcheckError,
    for a sound file that has nothing to compare.
    """
    options = options or ReadOptions()
    name = path.replace(os.sep, "/")
    chosen = format_name(name, options)
    if chosen and FORMATS[chosen].binary:
        advice = "name it alone: termcheck check FILE"
        message = f"{FORMATS[chosen].file} holds both sides, so it is neither"
        raise TermcheckError(message, path=name, advice=advice)
    chosen = chosen or package_format(data)
    try:
        if chosen and FORMATS[chosen].package:
            package: PackageReader = FORMATS[chosen].load()
            return package.read(data, name, options)
        raw = decode(data, name, options.encoding)
        return document_of(name, raw, chosen or _format_of_text(raw), options)
    except NotBilingualError:
        raise
    except TermcheckError as error:
        if chosen and (FORMATS[chosen].is_sure or FORMATS[chosen].package):
            raise NotBilingualError(error, error.message) from None
        raise


def package_format(data: bytes) -> str:
    """The format of a package without a name, such as standard input; empty if the bytes are none."""
    if not data.startswith(b"PK\x03\x04"):
        return ""
    return next((name for name, form in FORMATS.items() if form.package and form.load().is_own(data)), "")


def document_of(name: str, raw: str, format_name: str, options: ReadOptions) -> Document:
    """Read decoded text in the named format; raises as `read_document` does."""
    reader: Reader = FORMATS[format_name].load()
    reading = reader.read(raw, name, options)
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
        reading.left_out,
    )


def ending_of(path: str) -> str:
    """The ending of a file's name in lower case with its dot; empty for `.md` and for names without a dot."""
    name = path.replace(os.sep, "/").rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def _format_of_text(raw: str) -> str:
    openings = ((name, form.opening) for name, form in FORMATS.items())
    return next((name for name, opening in openings if opening and opening.match(raw)), next(iter(FORMATS)))
