"""The formats of texts by name, and by the endings of their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from termcheck.lazy import compile_later
from termcheck.readers.format import Format

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
