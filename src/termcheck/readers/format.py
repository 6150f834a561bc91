"""What is known of a format: how its files are read, and what they allow. `FORMATS` lists the formats."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    import re


class Format(Struct, frozen=True):
    """How files of one format are read, and what they allow.

    `title` names the format in messages. `module` holds the reader; `readers.protocols` describes the
    functions it must have. `endings` are the file endings, in lower case with their dot.

    `rows`: each row is a pair, and big files are read in stretches (`RowReader`) unless the format is a
    `catalog`. Other formats hold prose, whose paragraphs have to be aligned.
    `binary`: the file is not text (`BinaryReader`). It has rows but no lines, and is never one side of a
    pair.
    `writable`: fixes can be written into it (`Writer`).
    `comment` is what opens and what closes a comment, which may suppress findings; None if there are none.
    In a `catalog` or `keyed` file the reader says where one is written (`EntryReader`).
    `comment_by_ending` has the endings that need other comments.
    `opening` matches a text that can be in no other format, which tells standard input without a name.
    `catalog`: each pair is a message with a name, so no pair is in doubt (`EntryReader`). The file is read
    whole, and damage is an error only if somebody named the file.
    `keyed`: each text has a name (`Segment.key`). Two files are paired by the names, or one file says which
    texts of it are in which language; no pair is in doubt. Read whole, and damaged, as a `catalog`.
    `walked`: a walk through a directory takes a file by its ending alone. Otherwise the ending belongs to
    many other files as well, and a walk takes a file only if `pairs`, `formats` or `include` says so.
    `declares_language`: its files may say which language they are in (`LanguageDeclarer`).
    `legacy_encoding`: a file that is not UTF-8 is in this encoding, as its programs read it.
    `reports_nul`: its reader reports a NUL as an error of one row, so the other rows need not be refused.
    """

    title: str
    module: str
    endings: tuple[str, ...]
    rows: bool = False
    catalog: bool = False
    keyed: bool = False
    walked: bool = True
    binary: bool = False
    writable: bool = False
    comment: tuple[str, str] | None = None
    comment_by_ending: Mapping[str, tuple[str, str]] = MappingProxyType({})
    opening: re.Pattern[str] | None = None
    declares_language: bool = False
    legacy_encoding: str = ""
    reports_nul: bool = False

    @property
    def in_stretches(self) -> bool:
        """Whether big files are read in stretches."""
        return self.rows and not self.catalog

    @property
    def is_sure(self) -> bool:
        """Whether the file itself says which texts are a pair, so that no pair is in doubt."""
        return self.catalog or self.keyed

    @property
    def names_entries(self) -> bool:
        """Whether the reader says where a comment is written (`EntryReader`)."""
        return self.is_sure and self.comment is not None

    @property
    def has_lines(self) -> bool:
        """Whether the line numbers of findings are lines of the file, as git counts them."""
        return not self.binary

    def load(self) -> Any:
        """Import the module of the reader."""
        return import_module(self.module)
