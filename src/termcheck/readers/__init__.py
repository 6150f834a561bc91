"""Readers: from the bytes of a file to a document. `FORMATS` lists the formats and what each one allows.

A reader turns a text into segments that know where every character came from, so that a finding points at an
exact place and a fix changes nothing else. Nobody else knows a format by its name: whoever wants to know
what a file allows looks it up here. A reader is imported with the first file of its format, so a format that
nobody uses costs nothing at start-up.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from termcheck.globs import PathGlob, absolute_path
from termcheck.lazy import compile_later
from termcheck.model import Document, TermcheckError
from termcheck.readers.base import NotBilingualError, ReadOptions
from termcheck.readers.encoding import decode
from termcheck.readers.format import Format
from termcheck.text.positions import line_starts

if TYPE_CHECKING:
    from termcheck.readers.protocols import PackageReader, Reader

__all__ = [
    "ENDINGS",
    "FORMATS",
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


# Only front matter has a key below the dashes of the first line and ends with a line of dashes or dots.
_FRONT_MATTER = compile_later(
    r"---[ \t]*(?:\r\n|\n|\r)[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|(?=[\r\n]))(?s:.*?)"
    r"[\r\n](?:---|\.\.\.)[ \t]*(?:[\r\n]|\Z)"
)
# TypeScript has the same ending.
_QT = compile_later(r"\ufeff?\s*(?:<\?xml[^<>]*>\s*)?(?:<!DOCTYPE TS\b|<TS[\s>])")
# Colours and sizes are resources as well.
_ANDROID = compile_later(
    r"\ufeff?\s*(?:<\?xml[^<>]*>\s*)?(?:<!--(?s:.*?)-->\s*+)*+<resources[\s>](?s:.*?)<(?:string|plurals)\b"
)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "plain": Format(
            "plain text", "termcheck.readers.plain", (".txt", ".text"), writable=True, comment=("# ", "")
        ),
        "markdown": Format(
            "Markdown",
            "termcheck.readers.markdown",
            (".md", ".markdown", ".mdx"),
            writable=True,
            comment=("<!-- ", " -->"),
            comment_by_ending={".mdx": ("{/* ", " */}")},
            opening=_FRONT_MATTER,
        ),
        "jsonl": Format(
            "JSON lines",
            "termcheck.readers.jsonl",
            (".jsonl", ".ndjson"),
            rows=True,
            writable=True,
            reports_nul=True,
        ),
        "csv": Format("CSV", "termcheck.readers.csv", (".csv",), rows=True, writable=True),
        "tsv": Format("TSV", "termcheck.readers.tsv", (".tsv",), rows=True, writable=True),
        "xliff": Format(
            "XLIFF",
            "termcheck.readers.xliff",
            (".xlf", ".xliff", ".sdlxliff", ".mxliff", ".mqxliff"),
            rows=True,
            writable=True,
            comment=("<!-- ", " -->"),
            catalog=True,
            declares_language=True,
            places_comments=True,
        ),
        "tmx": Format(
            "TMX",
            "termcheck.readers.tmx",
            (".tmx",),
            rows=True,
            writable=True,
            comment=("<!-- ", " -->"),
            catalog=True,
            aligned=True,
            declares_language=True,
            places_comments=True,
        ),
        "qt": Format(
            "Qt",
            "termcheck.readers.qt",
            (".ts",),
            rows=True,
            catalog=True,
            whole=True,
            writable=True,
            comment=("<!-- ", " -->"),
            opening=_QT,
            walked=False,
            declares_language=True,
            places_comments=True,
        ),
        "parquet": Format("Parquet", "termcheck.readers.parquet", (".parquet",), rows=True, binary=True),
        "po": Format(
            "PO",
            "termcheck.readers.po",
            (".po", ".pot"),
            rows=True,
            catalog=True,
            whole=True,
            writable=True,
            comment=("# ", ""),
            declares_language=True,
            places_comments=True,
        ),
        "i18n-json": Format(
            "JSON texts", "termcheck.readers.json_texts", (".json",), keyed=True, walked=False, writable=True
        ),
        "i18n-yaml": Format(
            "YAML texts",
            "termcheck.readers.yaml_texts",
            (".yaml", ".yml"),
            keyed=True,
            walked=False,
            writable=True,
            comment=("# ", ""),
            declares_language=True,
            places_comments=True,
        ),
        "arb": Format(
            "ARB", "termcheck.readers.arb", (".arb",), keyed=True, writable=True, declares_language=True
        ),
        "properties": Format(
            "Java properties",
            "termcheck.readers.properties",
            (".properties",),
            keyed=True,
            writable=True,
            comment=("# ", ""),
            legacy_encoding="iso-8859-1",
            places_comments=True,
        ),
        "strings": Format(
            "strings file",
            "termcheck.readers.strings",
            (".strings",),
            keyed=True,
            writable=True,
            comment=("/* ", " */"),
            places_comments=True,
        ),
        "fluent": Format(
            "Fluent",
            "termcheck.readers.fluent",
            (".ftl",),
            keyed=True,
            writable=True,
            comment=("# ", ""),
            places_comments=True,
        ),
        "xcstrings": Format(
            "string catalog", "termcheck.readers.xcstrings", (".xcstrings",), keyed=True, writable=True
        ),
        "android": Format(
            "Android",
            "termcheck.readers.android",
            (".xml",),
            keyed=True,
            walked=False,
            writable=True,
            comment=("<!-- ", " -->"),
            opening=_ANDROID,
            declares_language=True,
            places_comments=True,
        ),
        "resx": Format(
            "RESX",
            "termcheck.readers.resx",
            (".resx", ".resw"),
            keyed=True,
            writable=True,
            comment=("<!-- ", " -->"),
            places_comments=True,
        ),
        "stringsdict": Format(
            "stringsdict",
            "termcheck.readers.stringsdict",
            (".stringsdict",),
            keyed=True,
            writable=True,
            comment=("<!-- ", " -->"),
            places_comments=True,
        ),
        "docx": Format("Word", "termcheck.readers.docx", (".docx", ".docm"), package=True, writable=True),
        "xlsx": Format(
            "Excel", "termcheck.readers.xlsx", (".xlsx", ".xlsm"), rows=True, package=True, writable=True
        ),
        "html": Format(
            "HTML",
            "termcheck.readers.html",
            (".html", ".htm", ".xhtml"),
            writable=True,
            comment=("<!-- ", " -->"),
            places_comments=True,
        ),
        "srt": Format("SRT", "termcheck.readers.srt", (".srt",), writable=True),
        "vtt": Format(
            "WebVTT",
            "termcheck.readers.vtt",
            (".vtt",),
            writable=True,
            # A blank line ends a comment.
            comment=("NOTE ", "\n"),
            places_comments=True,
        ),
        "ass": Format(
            "ASS",
            "termcheck.readers.ass",
            (".ass", ".ssa"),
            writable=True,
            comment=("Comment: 0,0:00:00.00,0:00:00.00,Default,,0,0,0,,", ""),
            places_comments=True,
        ),
    }
)
"""The formats by the names that `--format` takes; text of unknown format is read as the first one."""

ENDINGS: Mapping[str, str] = MappingProxyType(
    {ending: name for name, form in FORMATS.items() for ending in form.endings}
)
"""The name of the format for each file ending."""

LEGACY_ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        ending: form.legacy_encoding
        for form in FORMATS.values()
        for ending in form.endings
        if form.legacy_encoding
    }
)
"""The encodings of files that are not UTF-8, for the endings that have one."""

WALKED_ENDINGS: Sequence[str] = tuple(ending for ending, name in ENDINGS.items() if FORMATS[name].walked)
"""The endings by which a walk through a directory takes files."""

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
