"""The functions that the module of a format must have; which of them depends on its entry in `FORMATS`.

Modules implement these protocols, so only type checkers import this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TextIO

from termcheck.model import Document, Segment, Span
from termcheck.readers.base import Reading, ReadOptions, Replacement
from termcheck.readers.package_text import Change, PackageText
from termcheck.readers.stretches import CompleteRows, RowStretch, TextStretch


class Reader(Protocol):
    """The module of a text format."""

    def read(self, raw: str, path: str, options: ReadOptions) -> Reading:
        """Read `raw`; `path` is for errors only. Raises TermcheckError on malformed input."""
        ...


class RowReader(Reader, Protocol):
    """The module of a text format in which each row is a pair."""

    def cut(self, text: TextIO, path: str, options: ReadOptions) -> Iterator[TextStretch]:
        """Cut a long text into stretches of whole rows; `path` is for errors only.

        Raises TermcheckError, after the stretches before it, for what makes the file unreadable.
        """
        ...

    def complete_rows(self, stretch: TextStretch, options: ReadOptions) -> CompleteRows | None:
        """The texts of a stretch, read quickly and without positions; None if only `read` can do that."""
        ...


class CommentPlacer(Reader, Protocol):
    """The module of a format in which a comment on a text may not stand right above its line."""

    def comment_line(self, document: Document, segment: Segment) -> int:
        """The line, from 1 on, above which a comment on a segment is written."""
        ...


class LanguageDeclarer(Protocol):
    """The module of a text format whose files may say which languages they are in."""

    def declared_languages(self, head: str) -> tuple[str, str]:
        """The tags of the source and the target that the beginning of a file names, empty if it does not.

        A file in one language names it as its target.
        """
        ...


class BinaryReader(Protocol):
    """The module of a format that is not text; each of its rows is a pair."""

    def stretches(self, place: str | bytes, name: str, options: ReadOptions) -> Iterator[RowStretch]:
        """The stretches of a file, given by its path or by its contents.

        Raises TermcheckError, after the stretches before the damage, for what cannot be read, and
        NotBilingualError for a sound file without two columns to compare.
        """
        ...


class PackageReader(Protocol):
    """The module of a format that is a zip file of XML parts."""

    def read(self, data: bytes, path: str, options: ReadOptions) -> Document:
        """Read the bytes of a file; raises TermcheckError for what is malformed, or may do harm."""
        ...

    def rewrite(self, data: bytes, path: str, changes: Iterable[Change]) -> bytes:
        """The bytes of a file after changes at spans of its document's raw text.

        Raises TermcheckError if that cannot be done.
        """
        ...

    def text_of(self, data: bytes, path: str) -> PackageText:
        """The raw text of a file with the starts of its lines; raises as `read` does."""
        ...

    def is_own(self, data: bytes) -> bool:
        """Whether the bytes of a zip file seem to be of this format."""
        ...


class Writer(Protocol):
    """The module of a format into which fixes can be written."""

    def replacement(self, document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
        """How to write `text` over a span of a segment's text; None if the format cannot say it there.

        `text` has no control characters and is not empty.
        """
        ...
