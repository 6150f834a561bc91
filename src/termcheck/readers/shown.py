"""What a text shows where it has entities or ruby: `R&amp;D` is R&D, and the reading above a word is no text.

Markdown's parser knows entities. Rows and plain text come from pages and catalogs that have them, too, and no
reader of the page sees `&nbsp;`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Piece, Segment, Span
from termcheck.readers.protect import protected_spans

ENTITY = compile_later(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# A reading and its brackets are left out with their tags, of a base only the tags. HTML lets end tags be left
# out.
_RUBY = compile_later(r"(?i:<r(?:tc?|p)\b[^<>]*>[^<]*(?:</r(?:tc?|p)\s*>)*|</?(?:ruby|rbc?|rtc)\b[^<>]*>)")


def with_entities_and_ruby(segment: Segment) -> Segment:
    """A segment of text without markup, as a page shows it."""
    text = segment.text
    changes = list(entities(text)) if "&" in text and ";" in text else []
    if has_ruby(text):
        changes = sorted([*changes, *((span, "") for span in _ruby(text))])
    if not changes:
        return segment
    changed = _changed(segment, changes)
    return replace(changed, protected=protected_spans(changed.text)) if changed is not segment else segment


def without_ruby(segment: Segment) -> Segment:
    """A segment without the readings above its words."""
    if not has_ruby(segment.text):
        return segment
    return _changed(segment, [(span, "") for span in _ruby(segment.text)])


def has_ruby(text: str) -> bool:
    """Whether a text has a tag of ruby."""
    return "<ruby" in text or "<RUBY" in text


def _ruby(text: str) -> Iterator[Span]:
    yield from (Span(*match.span()) for match in _RUBY.finditer(text))


def entities(text: str) -> Iterator[tuple[Span, str]]:
    """The entities that HTML knows, with what they show."""
    from html import unescape
    from html.entities import html5

    for entity in ENTITY.finditer(text):
        name = entity[0][1:]
        # `unescape` knows names without a semicolon too: it reads &nothing; as ¬hing;.
        shown = unescape(entity[0]) if name[0] == "#" else html5.get(name, "")
        if shown and (shown.isprintable() or shown.isspace()) and "\ufffd" not in shown:
            yield Span(*entity.span()), shown


def _changed(segment: Segment, changes: Sequence[tuple[Span, str]]) -> Segment:
    """A segment with other text at some spans of its text; each is one piece, or none if it shows nothing."""
    texts: list[str] = []
    pieces: list[Piece] = []
    # Where a stretch that is kept begins in the old text and in the new one.
    old, new = [0], [0]
    length = 0
    for span, shown in (*changes, (Span(len(segment.text), len(segment.text)), "")):
        if span.start > old[-1]:
            kept = segment.part(Span(old[-1], span.start))
            texts.append(kept.text)
            pieces += (Piece(_moved(piece.text, length), piece.raw) for piece in kept.pieces)
            length += len(kept.text)
        if shown:
            texts.append(shown)
            pieces.append(Piece(Span(length, length + len(shown)), segment.raw_span(span)))
            length += len(shown)
        old.append(span.end)
        new.append(length)
    if not length:
        return segment

    def moved(offset: int) -> int:
        at = bisect_right(old, offset) - 1
        limit = new[at + 1] if at + 1 < len(new) else length
        return min(new[at] + offset - old[at], limit)

    def spans(found: Sequence[Span]) -> tuple[Span, ...]:
        shifted = (Span(moved(span.start), moved(span.end)) for span in found)
        return tuple(span for span in shifted if len(span))

    return replace(
        segment,
        text="".join(texts),
        pieces=tuple(pieces),
        protected=spans(segment.protected),
        marked=spans(segment.marked),
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def is_unbroken(segment: Segment, span: Span) -> bool:
    """Whether a span of a segment's text covers no raw text that does not show, such as a tag."""
    return all(one.raw.end == other.raw.start for one, other in pairwise(segment.pieces_in(span)))
