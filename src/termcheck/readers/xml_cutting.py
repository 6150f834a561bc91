"""Cuts a long XML file into stretches of whole units, while expat checks it as a whole.

A stretch ends with the line on which a unit ends, so its lines and columns are those of the file. Each but
the first begins with a line of its own: the start tags of the elements that are open there. A file that has
all of its units on one line is one stretch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TextIO

from termcheck.lazy import compile_later
from termcheck.model import TermcheckError
from termcheck.readers.cutting import count_lines, stretch_length, without_short_end
from termcheck.readers.stretches import TextStretch
from termcheck.readers.xml_spans import as_mistake, guarded_parse, new_parser, require_limits

_BLOCK = 1 << 18
# So long may a unit be, or what is around the units. Chosen by hand.
_MOST_HELD = 1 << 27
_END = compile_later(r"</[^<>]*>[ \t]*(?:\r\n|\n)")
# An end tag with the blanks after it that nothing else follows may go on in the next block.
_LONGEST_END = 1000
_Open = tuple[tuple[str, Mapping[str, str]], ...]
_QUOTES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def cut_units(text: TextIO, path: str, wanted: Collection[str]) -> Iterator[TextStretch]:
    """Stretches that end with one of the wanted elements; raises TermcheckError as `xml_spans.scan` does."""
    return without_short_end(_Cutter(text, path, wanted).stretches())


class _Cutter:
    """Holds the text that is not yet cut off, with the elements that are open at its end."""

    def __init__(self, text: TextIO, path: str, wanted: Collection[str]) -> None:
        self._text, self._path, self._wanted = text, path, wanted
        self._held, self._header, self._lines = "", "", 0
        # The parser counts bytes: the first one that is held, and one whose offset in the text is known.
        self._before = 0
        self._known = (0, 0)
        self._doctype = ""
        self._open: list[tuple[str, Mapping[str, str]]] = []
        self._depth_of_unit = 0
        self._ends: list[tuple[int, _Open]] = []
        self._parser = parser = new_parser("utf-8", None)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._start_doctype

    def stretches(self) -> Iterator[TextStretch]:
        first = True
        while block := self._text.read(_BLOCK):
            self._held += block
            self._parse(block, ends=False)
            while (stretch := self._cut(first=first)) is not None:
                yield stretch
                first = False
            if len(self._held) > _MOST_HELD:
                message = f"holds more than {_MOST_HELD >> 20} million characters without the end of a unit"
                raise TermcheckError(message, path=self._path, advice="divide it")
        self._parse("", ends=True)
        if self._held:
            yield TextStretch(self._held, self._header, self._lines - bool(self._header), first=first)

    def _parse(self, block: str, *, ends: bool) -> None:
        # A surrogate alone is no character, and expat says where it is.
        data = block.encode("utf-8", "surrogatepass")
        guarded_parse(self._parser, data, ends, self._failed)

    def _offset(self, byte: int) -> int:
        """The offset in what is held of a byte that the parser counts, not before the last one asked for."""
        known, offset = self._known
        ahead = self._held[offset : offset + byte - known].encode("utf-8", "surrogatepass")
        offset += len(ahead[: byte - known].decode("utf-8", "replace"))
        self._known = byte, offset
        return offset

    def _failed(self, error: Exception) -> TermcheckError:
        index = self._parser.ErrorByteIndex if hasattr(error, "code") else self._parser.CurrentByteIndex
        self._known = self._before, 0
        found = as_mistake(error, self._held, min(self._offset(index), len(self._held)), self._path)
        for one in {id(found): found, id(mistake := getattr(found, "mistake", found)): mistake}.values():
            one.line += self._lines
        return found

    def _cut(self, *, first: bool) -> TextStretch | None:
        """The next stretch, if enough is held. Units that no newline follows are passed over for good."""
        while self._ends:
            byte, around = self._ends[0]
            offset = self._offset(byte)
            line_end = _END.match(self._held, offset)
            if line_end is None and len(self._held) - offset < _LONGEST_END:
                return None
            del self._ends[0]
            if line_end is not None and offset >= stretch_length():
                return self._taken(line_end.end(), byte, around, first=first)
        return None

    def _taken(self, end: int, byte: int, around: _Open, *, first: bool) -> TextStretch:
        taken = self._held[:end]
        stretch = TextStretch(taken, self._header, self._lines - bool(self._header), first=first)
        _, offset = self._known
        self._held = self._held[end:]
        self._before = byte + len(taken[offset:].encode("utf-8", "surrogatepass"))
        self._known = self._before, 0
        self._header = f"{self._doctype}{''.join(_tag(*one) for one in around)}\n"
        self._lines += count_lines(taken)
        return stretch

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        require_limits(len(self._open), attributes)
        self._open.append((name, attributes))
        if not self._depth_of_unit and name.rpartition(":")[2] in self._wanted:
            self._depth_of_unit = len(self._open)

    def _end(self, _: str) -> None:
        if self._depth_of_unit == len(self._open):
            self._depth_of_unit = 0
            byte = self._parser.CurrentByteIndex
            # A character is a byte at least.
            if byte - self._before >= stretch_length():
                self._ends.append((byte, tuple(self._open[:-1])))
        self._open.pop()

    def _start_doctype(self, name: str, *_: object) -> None:
        # With it, entities that are not known are no mistake.
        self._doctype = f'<!DOCTYPE {name} SYSTEM "">'


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    values = (f' {key}="{value.translate(_QUOTES)}"' for key, value in attributes.items())
    return f"<{name}{''.join(values)}>"
