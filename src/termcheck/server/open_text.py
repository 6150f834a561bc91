"""The texts that the editor has open, kept up to date with each change."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol.types import TextDocumentContentChangeEvent, TextDocumentContentChangePartial
from msgspec import Struct

from termcheck.globs import absolute_path, display_path
from termcheck.server.lines import Lines
from termcheck.text.positions import line_starts


class OpenText(Struct):
    """A text in the editor, saved or not.

    `path` is absolute, with forward slashes. `version` is the editor's number of the state of the text.
    """

    uri: str
    path: str
    version: int
    lines: Lines

    @property
    def name(self) -> str:
        """The path as a user in the working directory would write it."""
        return display_path(self.path, absolute_path("."))

    @property
    def data(self) -> bytes:
        """The bytes of the text, with a mark: they are UTF-8, whatever encoding the settings name."""
        return b"\xef\xbb\xbf" + self.lines.text.encode("utf-8", "surrogatepass")

    def change(self, version: int, changes: Iterable[TextDocumentContentChangeEvent]) -> None:
        """Make the changes that the editor tells, one after the other."""
        for change in changes:
            text = change.text
            if isinstance(change, TextDocumentContentChangePartial):
                start, end = self.lines.offset(change.range.start), self.lines.offset(change.range.end)
                old = self.lines.text
                text = f"{old[:start]}{text}{old[end:]}"
            self.lines = Lines(text, line_starts(text), self.lines.encoding)
        self.version = version
