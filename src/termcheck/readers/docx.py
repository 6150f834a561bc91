"""DOCX: Word files, whose paragraphs are aligned like those of a text and whose tables may hold pairs.

Word has no lines. The text of a document here is one line a paragraph, so the line of a finding is the number
of a paragraph, and its column counts characters. The number counts all paragraphs of the part, empty ones and
those of tables included.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Piece, Segment, Span
from termcheck.readers.base import ReadOptions, Replacement
from termcheck.readers.docx_paragraphs import DocxPart, Paragraph
from termcheck.readers.docx_styles import Styles
from termcheck.readers.docx_tables import TableParagraph, table_segments
from termcheck.readers.package_text import Change, PackageText, TextInTheMaking, written
from termcheck.readers.packages import Package
from termcheck.readers.paragraphs import Line, Rows, is_wording, main_script, paragraph_segments
from termcheck.text.positions import trimmed

_TITLE = "Word"
_USUAL_PART = "word/document.xml"
# Other parts with text, in the order in which they are read.
_FURTHER = ("footnotes", "endnotes", "header", "footer")
# Headers and footers stand on every page.
_RUNNING = ("header", "footer")
# Less of a file than this, in paragraphs, is names and quotations in another script.
_LEAST_SHARE = 0.2
_LINE = compile_later(r"[^\n]+")


class _Opened(Struct, frozen=True):
    """A Word file with its text, and the paragraphs that the lines of the text are.

    `edges` are the offsets in the text at which tracked changes begin and end, in order.
    """

    package: Package
    text: PackageText
    paragraphs: Sequence[Paragraph]
    styles: Styles
    edges: Sequence[int]


def read(data: bytes, path: str, options: ReadOptions) -> Document:
    """Read a file's bytes; raises TermcheckError for what is no Word file, or may do harm."""
    opened = _open(data, path)
    found = filter(is_wording, _segments(opened, options))
    segments = tuple(_with_edges(segment, opened.edges) for segment in found)
    text = opened.text
    return Document(
        path,
        text.raw,
        segments,
        text.line_starts,
        format="docx",
        places=text.places,
        read_only=text.outside_runs(),
    )


def text_of(data: bytes, path: str) -> PackageText:
    """The text of a file; raises as `read` does."""
    return _open(data, path).text


def is_own(data: bytes) -> bool:
    """Whether the bytes of a zip file seem to be a Word file."""
    return b"word/" in data


def rewrite(data: bytes, path: str, changes: Iterable[Change]) -> bytes:
    """The bytes of a file after changes of its text; raises TermcheckError."""
    opened = _open(data, path)
    return written(data, opened.package, opened.text, changes)


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:  # noqa: ARG001
    """Write a text over a span of a paragraph; None across the edge of a tracked change."""
    is_across = any(not len(piece.text) for piece in segment.pieces_in(span))
    return [(segment.raw_span(span), text)] if len(span) and not is_across else None


def _open(data: bytes, path: str) -> _Opened:
    package = Package.of(data, path, _TITLE)
    main = package.main_part(_USUAL_PART)
    content = package.read(main)
    relations = package.relations(main)
    parts = [relation.part for kind in _FURTHER for relation in relations if relation.kind == kind]
    styles = Styles.of(package, next((one.part for one in relations if one.kind == "styles"), None))
    running = {relation.part for relation in relations if relation.kind in _RUNNING}
    making = TextInTheMaking()
    paragraphs: list[Paragraph] = []
    edges: list[int] = []
    tables = 0
    for part in (main, *dict.fromkeys(parts)):
        scanner = DocxPart(content if part == main else package.read(part), styles, tables)
        name = "" if part == main else part.rpartition("/")[2].removesuffix(".xml") + " "
        for number, paragraph in enumerate(scanner.read(package, part), start=1):
            making.begin_line()
            making.begin_place(f"{name}¶{number}")
            at_edge = set(paragraph.edges)
            for index, (text, place) in enumerate(paragraph.pieces):
                span = making.add(text, place and (part, *place))
                edges += [span.start] if index in at_edge else ()
            paragraph.around = part if part in running else ""
            paragraphs.append(paragraph)
        tables = scanner.tables
    return _Opened(package, making.finish(), paragraphs, styles, edges)


def _segments(opened: _Opened, options: ReadOptions) -> Iterator[Segment]:
    """The segments of all paragraphs, table by table."""
    raw, rows = opened.text.raw, Rows()
    starts = [*opened.text.line_starts, len(raw) + 1]
    scripts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    placed: list[tuple[Paragraph, Span]] = []
    for index, paragraph in enumerate(opened.paragraphs):
        placed.append((paragraph, Span(starts[index], starts[index + 1] - 1)))
        script = main_script(raw[starts[index] : starts[index + 1] - 1])
        scripts[paragraph.around].update([script] if script else [])
    alone = set(_alone(scripts))
    placed = [item for item in placed if item[0].around not in alone]
    for table, group in groupby(placed, key=lambda item: item[0].cell and item[0].cell.table):
        texts = [
            TableParagraph(
                paragraph.cell,
                span,
                list(
                    _of_paragraph(raw, span, rows, opened.styles.is_heading(paragraph.style, paragraph.level))
                ),
            )
            for paragraph, span in group
        ]
        if table is None:
            for text in texts:
                yield from text.segments
        else:
            yield from table_segments(texts, rows, options)


def _with_edges(segment: Segment, edges: Sequence[int]) -> Segment:
    """A segment in which a piece without text stands at each edge of a tracked change inside of it."""
    raw = segment.raw
    inside = edges[bisect_right(edges, raw.start) : bisect_left(edges, raw.end)]
    if not inside:
        return segment
    pieces: list[Piece] = []
    for piece in segment.pieces:
        start, shift = piece.raw.start, piece.text.start - piece.raw.start
        for edge in inside[bisect_left(inside, start) : bisect_left(inside, piece.raw.end)]:
            if len(piece.text) == len(piece.raw):
                if edge > start:
                    pieces.append(Piece(Span(start + shift, edge + shift), Span(start, edge)))
                pieces.append(Piece(Span(edge + shift, edge + shift), Span(edge, edge)))
                start = edge
        pieces.append(Piece(Span(start + shift, piece.text.end), Span(start, piece.raw.end)))
    return replace(segment, pieces=tuple(pieces))


def _alone(scripts: Mapping[str, Counter[str]]) -> Iterator[str]:
    """The headers and footers in one script of a file in two, which have no counterpart."""
    first, second = ([*(count for _, count in scripts[""].most_common(2)), 0, 0])[:2]
    if second >= _LEAST_SHARE * (first + second) and second:
        yield from (part for part, found in scripts.items() if part and len(found) < 2)


def _of_paragraph(raw: str, span: Span, rows: Rows, heading: bool) -> Iterator[Segment]:
    """The segments of a paragraph; each of its lines is one, because its author broke it."""
    spans = (trimmed(raw, *line.span()) for line in _LINE.finditer(raw, span.start, span.end))
    lines = [Line(line, broken=True) for line in spans if len(line)]
    if lines:
        for segment in paragraph_segments(raw, lines, rows, markup=()):
            yield replace(segment, heading=True) if heading else segment
