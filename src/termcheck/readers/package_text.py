"""The text of an office file as its reader lays it out, with the way back into the parts of the package.

Offsets in the text are code points; places in a part are bytes of it in UTF-8.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

from termcheck.model import Places, Span, TermcheckError
from termcheck.readers.package_writing import rewritten
from termcheck.readers.packages import SIGNATURES, Package, as_utf8
from termcheck.readers.xml_spans import escaped, escapes
from termcheck.text.positions import PartialLineStarts


class Run(Struct, frozen=True, gc=False):
    """Text that stands in one element: its span in the text, and the bytes of the element's content."""

    text: Span
    part: str
    start: int
    end: int


class PackageText(Struct, frozen=True):
    """The text of a document, where its lines start and what its places are called.

    `runs` are in order and do not overlap. Text outside of them cannot be written over.
    """

    raw: str
    line_starts: Sequence[int]
    places: Places
    runs: Sequence[Run]

    def outside_runs(self) -> tuple[Span, ...]:
        """The spans of the text that stand in no run."""
        spans, at = [], 0
        for run in self.runs:
            if at < run.text.start:
                spans.append(Span(at, run.text.start))
            at = run.text.end
        if at < len(self.raw):
            spans.append(Span(at, len(self.raw)))
        return tuple(spans)


Change = tuple[Span, str]
"""A span of the text, which is not empty, and what to write there."""


def written(data: bytes, package: Package, text: PackageText, changes: Iterable[Change]) -> bytes:
    """The bytes of a package after changes of its text, which do not overlap.

    The new text goes into the first run that a change touches, and the others lose their part of the old
    text. Everything else keeps its bytes. Raises TermcheckError if that cannot be done.
    """
    if any(member.startswith(SIGNATURES) for member in package.file.namelist()):
        message = "is signed, and a fix would make the signature void, so nothing was fixed"
        raise TermcheckError(message, path=package.name, advice="remove the signature, or fix it by hand")
    of_runs: dict[Run, list[Change]] = {}
    for span, new in changes:
        for run, inside in _touched(text, span):
            of_runs.setdefault(run, []).append((inside, new))
            new = ""
    edits: dict[str, list[tuple[Run, bytes]]] = {}
    contents = {part: as_utf8(package.member(part)) for part in {run.part for run in of_runs}}
    for run, parts in of_runs.items():
        inner = contents[run.part][0][run.start : run.end]
        edits.setdefault(run.part, []).append((run, _changed(inner, text, run, parts, package.name)))
    changed: dict[str, bytes] = {}
    for part, (content, codec) in contents.items():
        spliced = _spliced(content, edits[part])
        changed[package.member_name(part)] = spliced if codec == "utf-8" else spliced.decode().encode(codec)
    return rewritten(data, changed, package.name)


def _touched(text: PackageText, span: Span) -> list[tuple[Run, Span]]:
    """The runs that a span touches, with the parts of them, from the start of each run on."""
    first = bisect_right(text.runs, span.start, key=_end)
    last = bisect_left(text.runs, span.end, key=_start)
    return [
        (
            run,
            Span(
                max(span.start, run.text.start) - run.text.start, min(span.end, run.text.end) - run.text.start
            ),
        )
        for run in text.runs[first:last]
    ]


def _end(run: Run) -> int:
    return run.text.end


def _start(run: Run) -> int:
    return run.text.start


def _changed(inner: bytes, text: PackageText, run: Run, parts: Iterable[Change], name: str) -> bytes:
    """The content of an element after changes at spans of its text."""
    said = inner.decode("utf-8", "replace")
    ends: list[int] = [0]
    shown: list[str] = []
    at = 0
    for escape, character in (*escapes(said, 0, len(said)), (Span(len(said), len(said)), "")):
        ends.extend(range(at + 1, escape.start + 1))
        shown.append(said[at : escape.start])
        if character:
            ends.append(escape.end)
            shown.append(character)
        at = escape.end
    if "".join(shown) != text.raw[run.text.start : run.text.end]:
        message = "holds a text with markup inside of it, so nothing was fixed"
        raise TermcheckError(message, path=name, advice="fix it by hand")
    pieces, at = [], 0
    for span, new in sorted(parts):
        pieces += [said[at : ends[span.start]], escaped(new)]
        at = ends[span.end]
    return "".join((*pieces, said[at:])).encode()


def _spliced(content: bytes, edits: Iterable[tuple[Run, bytes]]) -> bytes:
    pieces, at = [], 0
    for run, new in sorted(edits, key=lambda edit: edit[0].start):
        pieces += [content[at : run.start], new]
        at = run.end
    return b"".join((*pieces, content[at:]))


class TextInTheMaking:
    """Lines of a text, joined as they come."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self.length = 0
        self.line_starts: list[int] = []
        self.line_numbers: list[int] = []
        self.place_starts: list[int] = []
        self.place_names: list[str] = []
        self.runs: list[Run] = []

    def begin_line(self, number: int | None = None) -> None:
        """Begin another line; lines that are not in the text may come before it if it has a number."""
        if self.line_starts:
            self.add("\n")
        self.line_starts.append(self.length)
        if number is not None:
            self.line_numbers.append(number)

    def begin_place(self, name: str) -> None:
        """What is added from here on stands at a place of that name."""
        self.place_starts.append(self.length)
        self.place_names.append(name)

    def add(self, text: str, element: tuple[str, int, int] | None = None) -> Span:
        """Add text, which stands in an element of a part, or in none."""
        span = Span(self.length, self.length + len(text))
        self._texts.append(text)
        self.length = span.end
        if element is not None and text:
            self.runs.append(Run(span, *element))
        return span

    def finish(self) -> PackageText:
        """The text."""
        places = Places(tuple(self.place_starts), tuple(self.place_names))
        starts: Sequence[int] = self.line_starts or [0]
        if self.line_numbers:
            starts = PartialLineStarts(self.line_starts, self.line_numbers)
        return PackageText("".join(self._texts), starts, places, self.runs)
