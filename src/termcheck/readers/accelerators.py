"""The marks of the letters that labels of menus and buttons underline: `&Open`, `Ö&ffnen`, `_Open`.

Catalogues do not say which of their texts are labels. So such a sign is a mark only where a text and its
translation have exactly one each; what programs read, such as `file_name` and addresses, has none.
"""

from __future__ import annotations

from collections.abc import Sequence

from termcheck.lazy import compile_later
from termcheck.model import Piece, Span, overlaps_any
from termcheck.readers.protect import protected_spans

_LATER = r"(?!#?\w+;)\w"
_CAPITAL_OR_DIGIT = r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0391-\u03a9\u0400-\u042f\d_]"


def _ampersands(sign: str) -> str:
    """The expression for marks whose `&` is written as `sign`. `R&D`, `&&` and `&nbsp;` have none."""
    return (
        rf"[ ]?[(（]{sign}\w[)）]|(?<![\w;&]){sign}(?={_LATER})"
        rf"|(?<=[^\W\d_]){sign}(?=(?!{_CAPITAL_OR_DIGIT}){_LATER})"
    )


IN_XML = _ampersands("&amp;")
"""The expression for the marks in character data."""
_IN_XML = compile_later(IN_XML)
_AMPERSAND = compile_later(_ampersands("&"))
_UNDERSCORE = compile_later(
    r"[ ]?[(（]_\w[)）]|(?<![\w$@%./\\#:=-])([^\W\d_]*)_(?=[^\W\d_]+(?![./\\(=:@-]*\w))"
)
_WORD = compile_later(r"\w+")
_ENDS = " .…:"


def is_label_in_xml(raw: str, places: Sequence[Span]) -> bool:
    """Whether a text and its translation, at some raw places of XML, have exactly one mark each."""
    return all(
        raw.count("&amp;", place.start, place.end) == 1 and _IN_XML.search(raw, place.start, place.end)
        for place in places
    )


def label_marks(texts: Sequence[str]) -> Sequence[Span]:
    """The spans of the marks in a text and its translation; nothing unless both have exactly one."""
    for sign, find in (("&", _ampersand), ("_", _underscore)):
        if all(text.count(sign) == 1 for text in texts):
            found = [span for text in texts if (span := find(text)) is not None]
            if len(found) == len(texts) and not (sign == "_" and _is_name(texts, found)):
                return found
    return ()


def without(text: str, pieces: Sequence[Piece], mark: Span) -> tuple[str, Sequence[Piece]]:
    """A text and its pieces without a mark, which stands in the raw text as it is."""
    kept: list[Piece] = []
    gone = len(mark)
    for piece in pieces:
        start, end = piece.text.start, piece.text.end
        if end <= mark.start:
            kept.append(piece)
        elif start >= mark.end:
            kept.append(Piece(Span(start - gone, end - gone), piece.raw))
        else:
            before, after = max(mark.start - start, 0), max(end - mark.end, 0)
            raw = piece.raw
            if before:
                kept.append(Piece(Span(start, mark.start), Span(raw.start, raw.start + before)))
            if after:
                kept.append(Piece(Span(mark.start, mark.start + after), Span(raw.end - after, raw.end)))
    return text[: mark.start] + text[mark.end :], kept or pieces[:1]


def _ampersand(text: str) -> Span | None:
    found = _AMPERSAND.search(text)
    span = Span(*found.span()) if found else None
    return None if span is None or overlaps_any(protected_spans(text), span) else span


def _underscore(text: str) -> Span | None:
    """The mark in a text. A word with a `_` in it is protected, which says nothing here."""
    found = _UNDERSCORE.search(text)
    if found is None:
        return None
    span = Span(found.end(1) if found[1] is not None else found.start(), found.end())
    word = _word_at(text, span)
    others = (one for one in protected_spans(text) if one.overlaps(span))
    return span if all(word.contains(one) for one in others) else None


def _is_name(texts: Sequence[str], marks: Sequence[Span]) -> bool:
    """Whether a word with a `_` is the same in both texts, which have more words than that."""
    words = {text[_as_slice(_word_at(text, mark))] for text, mark in zip(texts, marks, strict=True)}
    return len(words) == 1 and any(text.strip(_ENDS) not in words for text in texts)


def _word_at(text: str, span: Span) -> Span:
    """The word that a span is in or touches; the span itself if there is none."""
    for word in _WORD.finditer(text):
        if word.start() <= span.start < word.end():
            return Span(*word.span())
    return span


def _as_slice(span: Span) -> slice:
    return slice(span.start, span.end)
