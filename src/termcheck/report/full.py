"""The full format: each finding with an excerpt of the lines it is about and a caret under the words.

The target comes first, because that is the text to edit, and the source comes second. Long paragraphs are
cut to a window around the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from termcheck.model import Confidence, Document, Finding, Location, Report, Span
from termcheck.report.ansi import Paint, painter
from termcheck.report.base import RenderOptions
from termcheck.text.width import Window, display_width, printable, window


def render(report: Report, options: RenderOptions) -> str:
    """A block for each finding, followed by a blank line."""
    return "".join(pieces(report, options))


def pieces(report: Report, options: RenderOptions) -> Iterator[str]:
    """The same, a block at a time."""
    paint = painter(color=options.color)
    for finding in report.findings:
        yield "\n".join(_block(finding, report, options, paint)) + "\n\n"


class _Snippet(Struct, frozen=True):
    """How an excerpt is drawn: the arrow before its location, and the mark with its style and label.

    `whole` means that the finding is about a whole paragraph, although only its beginning is marked.
    """

    arrow: str
    mark: str
    style: str
    label: str = ""
    whole: bool = False


def _block(finding: Finding, report: Report, options: RenderOptions, paint: Paint) -> Iterator[str]:
    code = paint(finding.code, finding.severity.value)
    title = f"{finding.name}: {printable(finding.message)}"
    yield f"{code} {options.mark(finding)}{paint(title, 'title')}"
    style, label, whole = finding.severity.value, printable(finding.label), _is_of_paragraph(finding)
    parts = [(finding.location, _Snippet("-->", "^", style, label, whole))]
    if finding.source is not None:
        parts.append((finding.source, _Snippet(":::", "-", "gutter", whole=whole and finding.term is None)))
    digits = max(len(str(location.line)) for location, _ in parts)
    for location, snippet in parts:
        yield from _excerpt(
            location, snippet, report.documents.get(location.path), (digits, options.width), paint
        )
    if finding.term is not None and finding.term.origin:
        yield f"{paint('note', 'title')}: {printable(finding.term.origin)}"
    if finding.confidence not in (None, Confidence.HIGH) and finding.reasons:
        reasons = printable("; ".join(finding.reasons))
        yield f"{paint('note', 'title')}: {finding.confidence.value} confidence: {reasons}"


def _is_of_paragraph(finding: Finding) -> bool:
    """Whether a finding is about a paragraph that lacks something, and not about words in it."""
    if finding.term is None:
        return finding.code.startswith("ALN")
    return finding.term.found is None and not finding.code.startswith("GLO")


def _excerpt(
    location: Location, snippet: _Snippet, document: Document | None, size: tuple[int, int], paint: Paint
) -> Iterator[str]:
    """The lines of an excerpt; `size` is the digits of the longest line number and the terminal's width."""
    digits, width = size
    bar = " " * (digits + 3) + paint("|", "gutter")
    where = printable(location.address)
    yield f"{' ' * (digits + 1)}{paint(snippet.arrow, 'gutter')} {where}"
    columns = width - digits - 5
    shown = _window(location, document, columns, whole=snippet.whole)
    if shown is None:
        return
    yield bar
    number = paint(f"{location.line:>{digits + 2}} |", "gutter")
    yield f"{number} {shown.text}".rstrip(" ")
    for line in _mark_lines(shown, snippet, columns, paint):
        yield f"{bar} {line}"
    yield bar


def _mark_lines(shown: Window, snippet: _Snippet, columns: int, paint: Paint) -> Iterator[str]:
    marked = 1 if snippet.whole else shown.marked
    mark = paint(snippet.mark * marked, snippet.style)
    room = columns - display_width(shown.padding) - marked - 1
    if not snippet.label:
        yield f"{shown.padding}{mark}"
    elif display_width(snippet.label) <= room:
        yield f"{shown.padding}{mark} {paint(snippet.label, snippet.style)}"
    else:
        yield f"{shown.padding}{mark}"
        # Under the mark if it fits there, otherwise far enough to the left.
        indent = min(display_width(shown.padding), max(columns - display_width(snippet.label), 0))
        yield f"{' ' * indent}{paint(snippet.label, snippet.style)}"


def _window(location: Location, document: Document | None, columns: int, *, whole: bool) -> Window | None:
    """The excerpt at a location, from its document or else from its own text; None if it has neither."""
    if document is None or not 0 < location.line <= len(document.line_starts):
        first = location.text.splitlines()[0] if location.text else ""
        return window(first, Span(0, 1 if whole else len(location.text)), columns) if first else None
    starts, raw = document.line_starts, document.raw
    line = _line_span(document, location.line)
    start = line.start + location.column - 1
    end = (
        starts[location.end_line - 1] + location.end_column - 1
        if location.end_line <= len(starts)
        else len(raw)
    )
    return window(raw, Span(start, min(start + 1, end) if whole else end), columns, line)


def _line_span(document: Document, number: int) -> Span:
    """A line's raw offsets without its newline."""
    starts, raw = document.line_starts, document.raw
    start = starts[number - 1]
    end = starts[number] if number < len(starts) else len(raw)
    while end > start and raw[end - 1] in "\r\n":
        end -= 1
    return Span(start, end)
