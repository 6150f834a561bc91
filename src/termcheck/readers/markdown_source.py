"""The text that the Markdown parser reads, and the way from its byte offsets back to the raw text.

The parser counts bytes of UTF-8, findings count code points. The parser does not get all raw text: front
matter, comments to termcheck, and the quote marks and indentation before the lines of a comment are left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import pyromark

from termcheck.lazy import compile_later
from termcheck.model import Span

# Strikethrough is off, because the parser would take single tildes for marks as well.
_OPTIONS = (
    pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_TASKLISTS
)
_RETURN = compile_later(r"\r(?!\n)")
# In UTF-8 these bytes continue a character, and all others begin one.
_CONTINUATION = bytes(range(0x80, 0xC0))
_BLOCK_BITS = 7

Event = tuple[str, Any, Mapping[str, int]]
"""The name of an event, its text or the name of the tag it starts or ends, and its range in bytes."""


class Source:
    """Raw spans, as the lines of one text that begins with `head`.

    The link definitions in `context` apply to it, too. The raw text must not have lone surrogates, which
    UTF-8 cannot encode; decoded files have none.
    """

    def __init__(
        self, raw: str, spans: Sequence[Span], *, head: str = "", context: Source | None = None
    ) -> None:
        self.raw = raw
        self.text = head + "\n".join([raw[span.start : span.end] for span in spans])
        if "\r" in self.text:
            # In HTML the parser does not end a line at a carriage return alone.
            self.text = _RETURN.sub("\n", self.text)
        self._context = context
        self._spans = spans
        lengths = [len(span) + 1 for span in spans[:-1]]
        self._starts = list(accumulate(lengths, initial=len(head)))
        self._data = b"" if self.text.isascii() else self.text.encode()
        # How many characters begin before each block of bytes, so that no offset costs a long count.
        size = 1 << _BLOCK_BITS
        blocks = (self._data[start : start + size] for start in range(0, len(self._data), size))
        self._before = list(accumulate(map(_characters, blocks), initial=0))

    def events(self) -> Iterator[Event]:
        """The parser's events of `text`."""
        resolve = self._resolve if self._context else None
        found = pyromark.events_with_range(self.text, options=_OPTIONS, broken_link_callback=resolve)
        return map(_event, found)

    def offset(self, byte: int) -> int:
        """The raw offset of a byte of `text`."""
        at = byte
        if self._data:
            block = byte >> _BLOCK_BITS
            at = self._before[block] + _characters(self._data[block << _BLOCK_BITS : byte])
        index = bisect_right(self._starts, at) - 1
        return self._spans[index].start + at - self._starts[index]

    def span(self, place: Mapping[str, int]) -> Span:
        """The raw span of a range of bytes."""
        return Span(self.offset(place["start"]), self.offset(place["end"]))

    def cut(self, start: int, end: int) -> list[Span]:
        """The raw spans, one a line, of a range of code points of `text`."""
        spans = []
        for index in range(bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)):
            line = self._spans[index]
            shift = line.start - self._starts[index]
            spans.append(Span(max(line.start, start + shift), min(line.end, end + shift)))
        return spans

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset(map(_label, pyromark.reference_definitions(self.text, options=_OPTIONS)))

    def _resolve(self, link: Mapping[str, Any]) -> tuple[str, str] | None:
        """A target for a link without a definition in `text`."""
        is_known = self._context is not None and _label(link["reference"]) in self._context._labels
        return ("", "") if is_known else None


def _event(found: tuple[Any, Any]) -> Event:
    event, place = found
    if isinstance(event, str):
        return event, "", place
    ((name, value),) = event.items()
    return name, next(iter(value)) if isinstance(value, dict) else value, place


def _characters(data: bytes) -> int:
    """How many characters begin in some bytes of UTF-8."""
    return len(data.translate(None, _CONTINUATION))


def _label(text: str) -> str:
    """A label of a link definition, as CommonMark compares labels."""
    return " ".join(text.split()).casefold()
