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

    `rows`: each row is a pair, and big files are read in stretches (`RowReader`) unless the format is
    `whole`. Other formats hold prose, whose paragraphs have to be aligned.
    `binary`: the file is not text (`BinaryReader`). It has rows but no lines, and is never one side of a
    pair.
    `package`: the file is a zip file of XML parts (`PackageReader`). Its places have names instead of lines.
    `writable`: fixes can be written into it (`Writer`).
    `comment` is what opens and what closes a comment, which may suppress findings; None if there are none.
    `comment_by_ending` has the endings that need other comments.
    `opening` matches a text that can be in no other format, which tells standard input without a name.
    `catalog`: its files are those of translation tools. They hold both sides, and damage in one of their
    units is an error only if somebody named the file.
    `aligned`: the pairs of a `catalog` may come from a program that aligned two texts, so they are doubted.
    `whole`: even a big file of rows is read as a whole.
    `keyed`: each text has a name (`Segment.key`). Two files are paired by the names, or one file says which
    texts of it are in which language. Read whole, and damage is as in a `catalog`.
    `walked`: a walk through a directory takes a file by its ending alone. Otherwise the ending belongs to
    many other files as well, and a walk takes only files that begin with `opening`, or that `pairs`,
    `formats` or `include` names.
    `declares_language`: its files may say which languages they are in (`LanguageDeclarer`).
    `legacy_encoding`: a file that is not UTF-8 is in this encoding, as its programs read it.
    `places_comments`: its reader says above which line a comment on a text stands (`CommentPlacer`).
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
    package: bool = False
    writable: bool = False
    comment: tuple[str, str] | None = None
    comment_by_ending: Mapping[str, tuple[str, str]] = MappingProxyType({})
    opening: re.Pattern[str] | None = None
    declares_language: bool = False
    legacy_encoding: str = ""
    places_comments: bool = False
    reports_nul: bool = False
    aligned: bool = False
    whole: bool = False

    @property
    def file(self) -> str:
        """What a file of the format is called: `a Parquet file`, `an Excel file`."""
        return f"{'an' if self.title.startswith(tuple('AEIOUX')) else 'a'} {self.title} file"

    @property
    def in_stretches(self) -> bool:
        """Whether big files are read in stretches."""
        return self.rows and not self.whole and not self.package

    @property
    def holds_both_sides(self) -> bool:
        """Whether a file is never one side of a pair."""
        return self.binary or self.catalog or (self.package and self.rows)

    @property
    def is_sure(self) -> bool:
        """Whether the file itself says which texts are a pair, so that no pair is in doubt."""
        return (self.catalog and not self.aligned) or self.keyed

    @property
    def has_lines(self) -> bool:
        """Whether the line numbers of findings are lines of the file, as git counts them."""
        return not (self.binary or self.package)

    def load(self) -> Any:
        """Import the module of the reader."""
        return import_module(self.module)
