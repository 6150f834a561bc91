"""PO: the message catalogues of gettext, in which each msgid and its msgstr are a pair.

Each translation of a plural entry is a pair of its own: the form for one thing with msgid, all others with
msgid_plural. Entries that are obsolete, untranslated or fuzzy are left out, as a program leaves them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Piece, Segment, Side, Span
from termcheck.readers.base import (
    FUZZY,
    Reading,
    ReadOptions,
    Replacement,
    RowErrors,
    identity,
    row_segment,
)
from termcheck.readers.po_entries import Catalogue, Entry, String
from termcheck.readers.po_header import form_for_one, language
from termcheck.readers.rewording import changed_words, insertion_place
from termcheck.text.positions import position

_ESCAPE = compile_later(
    r"\\(?:[abfnrtv\\\"'?]|x(?!00)[0-7][0-9A-Fa-f]|(?!0+(?![0-7]))(?:[01][0-7]{2}|[0-7]{1,2}(?![0-7])))"
)
_CHARACTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_BEGINS_ENTRY = compile_later(r"[ \t]*(?:msgctxt|msgid)(?![A-Za-z0-9_])")
_COMMENT = compile_later(r"[ \t]*#(?!~)")
_BY_TRANSLATORS = compile_later(r"[ \t]*#(?:[ \t\r\n]|\Z)")
_IGNORED = compile_later(r"[ \t]*#[ \t]*termcheck:[ \t]*ignore\[")


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read a catalogue; a malformed or repeated entry is an error of that entry."""
    errors = RowErrors(raw, path)
    catalogue = Catalogue(raw, errors.add)
    segments: list[Segment] = []
    directives: list[Span] = []
    for_one: int | None = 0
    left_out = Counter[str]()
    row = 0
    for number, entry in enumerate(catalogue.entries()):
        if entry.is_header:
            for_one = form_for_one(_text(raw, entry.forms.get(None)))
        elif entry.msgid is None or entry.msgid.is_empty or not (entry.is_translated or options.untranslated):
            continue
        elif "fuzzy" in entry.flags and not options.unfinished:
            left_out[FUZZY] += 1
        else:
            directives += entry.directives
            for source, target in _pairs(entry, for_one):
                segments += _row(raw, entry, (source, target), row, number)
                row += 1
    directives = sorted([*directives, *catalogue.directives])
    return errors.reading(segments, directives=directives, left_out=left_out)


def declared_languages(head: str) -> tuple[str, str]:
    """The language of the translations that the header declares; of the source it says none."""
    for entry in Catalogue(head, lambda _: None).entries():
        return "", language(_text(head, entry.forms.get(None))) if entry.is_header else ""
    return "", ""


def replacement(
    document: Document,  # noqa: ARG001 (the signature of all writers)
    segment: Segment,
    span: Span,
    text: str,
) -> Replacement | None:
    """Write a text into the literals of a string, which stay where they are.

    What the old text and the new one have in common is not touched if it stands in several literals.
    """
    parts = list(_literals(segment, span))
    if len(parts) == 1:
        return [(segment.raw_span(span), _escaped(text))]
    changed, words = changed_words(segment, span, text)
    if not len(changed):
        return [(insertion_place(segment, span, changed.start), _escaped(words))]
    first, *others = (segment.raw_span(part) for part in _literals(segment, changed))
    return [(first, _escaped(words)), *((raw, "") for raw in others)]


def comment_line(document: Document, segment: Segment) -> int:
    """The line above which a comment about a segment stands: with the comments of its entry."""
    line, _ = position(document.line_starts, segment.raw.start)
    while line > 1 and not _BEGINS_ENTRY.match(document.raw, document.line_starts[line - 1]):
        line -= 1
    # A context stands above its msgid.
    above = line
    while above > 1 and not _ends_before(document, above):
        above -= 1
        if _BEGINS_ENTRY.match(document.raw, document.line_starts[above - 1]):
            line = above
    while line > 1 and _COMMENT.match(document.raw, document.line_starts[line - 2]):
        line -= 1
    while _BY_TRANSLATORS.match(document.raw, document.line_starts[line - 1]):
        line += 1
        if _IGNORED.match(document.raw, document.line_starts[line - 2]):
            break
    return line


def _ends_before(document: Document, line: int) -> bool:
    """Whether nothing of the entry can stand above a line: there is a translation, a comment or nothing."""
    start, end = document.line_starts[line - 2], document.line_starts[line - 1]
    above = document.raw[start:end].lstrip(" \t")
    return not above.strip() or above.startswith(("#", "msgstr", "domain"))


def _pairs(entry: Entry, for_one: int | None) -> Iterator[tuple[String, String]]:
    """The strings of the pairs of an entry."""
    assert entry.msgid is not None
    for index, form in entry.forms.items():
        yield entry.msgid if entry.plural is None or index == for_one else entry.plural, form


def _row(raw: str, entry: Entry, strings: tuple[String, String], row: int, number: int) -> Iterator[Segment]:
    """The two segments of a pair; those of a plural entry are a block, because they share its comments."""
    for side, string in zip((Side.SOURCE, Side.TARGET), strings, strict=True):
        text, pieces = _text_and_pieces(raw, string.literals)
        segment = row_segment(text, pieces, row, side)
        if entry.flags:
            from termcheck.readers.po_formats import protected_by

            protected = protected_by(entry.flags, segment.text, segment.protected)
            if protected is not segment.protected:
                segment = replace(segment, protected=protected)
        yield replace(segment, block=number) if entry.plural is not None else segment


def _text(raw: str, string: String | None) -> str:
    return "" if string is None else _text_and_pieces(raw, string.literals)[0]


def _text_and_pieces(raw: str, literals: Sequence[Span]) -> tuple[str, list[Piece]]:
    """The text of literals, and its pieces; what stands between two literals is a piece without text."""
    first = literals[0]
    if len(literals) == 1:
        text = raw[first.start : first.end]
        if "\\" not in text:
            return text, [Piece(Span(0, len(text)), first)]
    pieces: list[Piece] = []
    texts: list[str] = []
    offset = 0
    for literal in filter(len, literals):
        if pieces:
            pieces.append(Piece(Span(offset, offset), Span(pieces[-1].raw.end, literal.start)))
        start = literal.start
        for escape in _ESCAPE.finditer(raw, literal.start, literal.end):
            if escape.start() > start:
                pieces.append(identity(start, escape.start(), offset))
                texts.append(raw[start : escape.start()])
                offset += escape.start() - start
            pieces.append(Piece(Span(offset, offset + 1), Span(*escape.span())))
            texts.append(_character(escape[0][1:]))
            offset, start = offset + 1, escape.end()
        if start < literal.end:
            pieces.append(identity(start, literal.end, offset))
            texts.append(raw[start : literal.end])
            offset += literal.end - start
    return "".join(texts), pieces or [Piece(Span(0, 0), first)]


def _character(escape: str) -> str:
    """What an escape stands for, given without its backslash."""
    if escape[0].isdecimal():
        return chr(int(escape, 8))
    return chr(int(escape[1:], 16)) if escape[0] == "x" else _CHARACTERS.get(escape, escape)


def _literals(segment: Segment, span: Span) -> Iterator[Span]:
    """The parts of a span of a segment's text that stand in one literal each."""
    start = span.start
    for piece in segment.pieces_in(span):
        if not len(piece.text):
            if piece.text.start > start:
                yield Span(start, piece.text.start)
            start = piece.text.start
    if start < span.end:
        yield Span(start, span.end)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
