"""The formats of glossaries: which files are read as what, and which can be written.

A module of a format is imported with the first file of that format. YAML is the format that can say
everything; each other one is read into the same concepts.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Glossary, TermcheckError


class GlossaryOptions(Struct, frozen=True):
    """What the user says about a glossary that its file does not say.

    `languages` is the pair to check, source first, one language of it, or nothing. `columns` says what the
    columns of a table hold: pairs of a language or an attribute and the 1-based number or name of a column.
    """

    languages: Sequence[str] = ()
    columns: Sequence[tuple[str, str]] = ()


class Written(Struct, frozen=True):
    """A glossary in the bytes of a format; `lost` says in words what the format cannot hold."""

    data: bytes
    lost: Sequence[str] = ()


class GlossaryReader(Protocol):
    """A module that reads a format."""

    def read(self, data: bytes, path: str, options: GlossaryOptions) -> Glossary:
        """The glossary in the bytes of a file that messages call `path`.

        Raises TermcheckError with all errors of the file.
        """


class GlossaryWriter(Protocol):
    """A module that writes a format."""

    def write(self, glossary: Glossary) -> Written:
        """The glossary as a file of the format."""


class GlossaryFormat(Struct, frozen=True):
    """How the files of one format are read and written.

    `title` names the format in messages. `endings` are file endings, in lower case with their dot.
    `reader` and `writer` are modules; a format without a writer is only read. `binary`: the file is no text.
    """

    title: str
    endings: tuple[str, ...]
    reader: str
    writer: str = ""
    binary: bool = False

    def load(self) -> GlossaryReader:
        """Import the module that reads the format."""
        return import_module(f"termcheck.glossary.{self.reader}")

    def load_writer(self) -> GlossaryWriter:
        """Import the module that writes the format."""
        return import_module(f"termcheck.glossary.{self.writer}")


FORMATS: Mapping[str, GlossaryFormat] = MappingProxyType(
    {
        "yaml": GlossaryFormat("YAML", (".yaml", ".yml"), "yaml_text", "yaml_text"),
        "json": GlossaryFormat("JSON", (".json",), "json_text", "json_text"),
        "csv": GlossaryFormat("CSV", (".csv",), "delimited", "write_csv"),
        "tsv": GlossaryFormat("TSV", (".tsv", ".tab", ".utf8", ".utx"), "delimited", "write_tsv"),
        "xlsx": GlossaryFormat("Excel", (".xlsx", ".xlsm"), "xlsx", "write_xlsx", binary=True),
        "markdown": GlossaryFormat("Markdown", (".md", ".markdown"), "markdown", "write_markdown"),
        "tbx": GlossaryFormat("TBX", (".tbx", ".tbxm", ".martif"), "tbx", "write_tbx"),
        "xliff": GlossaryFormat("XLIFF", (".xlf", ".xliff"), "xliff"),
        "po": GlossaryFormat("PO", (".po", ".pot"), "po"),
    }
)
"""The formats by name; a file that no ending and no content tells is read as the first one."""

ENDINGS: Mapping[str, str] = MappingProxyType(
    {ending: name for name, form in FORMATS.items() for ending in form.endings}
)
"""The name of the format for each file ending."""

_UNREADABLE = frozenset({".xls", ".ods", ".docx", ".doc", ".pdf", ".toml", ".sdltb", ".mdb"})
_XLIFF = compile_later(r"<(?:[\w.-]+:)?xliff[\s>]")
# A table separated by tabs; behind a colon a tab separates the parts of a YAML entry.
_TABLE = compile_later(r"(?:#[^\r\n]*[\r\n]+)*[^\t\r\n:]+\t")
_HEAD = 4096


def format_of(path: str, data: bytes) -> GlossaryFormat:
    """The format of a glossary, by its ending or, with an ending that tells nothing, by its beginning.

    Raises TermcheckError for a kind of file that is not read.
    """
    ending = ending_of(path)
    if ending in ENDINGS:
        return FORMATS[ENDINGS[ending]]
    if ending in _UNREADABLE:
        raise TermcheckError(
            f"glossaries are not read from {ending}",
            path=path,
            advice=f"save it in one of {', '.join(ENDINGS)}",
        )
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").decode("latin-1")
    if head.startswith("<"):
        return FORMATS["xliff" if _XLIFF.search(head) else "tbx"]
    return FORMATS["tsv" if _TABLE.match(head) else "yaml"]


def writable_format(path: str) -> GlossaryFormat:
    """The format that a file to be written has by its ending. Raises TermcheckError if there is none."""
    name = ENDINGS.get(ending_of(path), "")
    if not name or not FORMATS[name].writer:
        endings = [form.endings[0] for form in FORMATS.values() if form.writer]
        raise TermcheckError(
            "cannot tell from the ending how to write this glossary",
            path=path,
            advice=f"name a file that ends in {', '.join(endings)}",
        )
    return FORMATS[name]


def printed_formats() -> tuple[str, ...]:
    """The names of the formats that can be written as text."""
    return tuple(name for name, form in FORMATS.items() if form.writer and not form.binary)


def ending_of(path: str) -> str:
    """The ending of a file's name in lower case with its dot."""
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - a path may be any text
