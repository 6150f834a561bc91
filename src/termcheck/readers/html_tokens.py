"""The tags and comments of HTML, one after the other, with their exact places.

This follows the tokenizer of the HTML standard, as far as it decides what is text. The parser of the standard
library knows no offsets, and its versions differ in what they take for a comment or a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Span

_MARK = compile_later(
    r"<(?:(?P<comment>!--)|(?P<other>[!?]|/(?![A-Za-z]))|(?P<end>/)?(?P<name>[A-Za-z][^\s/>]*+))"
)
_SHORT_COMMENT_END = compile_later(r"-?>")
_COMMENT_END = compile_later(r"--!?>")
# What stands in a tag after its name. A `>` in quotes does not end it.
_REST_OF_TAG = compile_later(
    r"((?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+)*+)>"
)
_ATTRIBUTE = compile_later(
    r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+))?+)?+"
)
_OPAQUE = frozenset(["script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"])


class Token(Struct, frozen=True):
    """A tag, a comment, or an element that holds no language.

    `kind` is start, end, comment, opaque (an element from its first tag to its last), other (a declaration)
    or open (a tag, a comment or an element that never ends, up to the end of the file). `name` is that of
    the element, in lower case. `attributes` is the raw span of the attributes of a start tag.
    """

    kind: str
    span: Span
    name: str = ""
    attributes: Span = Span(0, 0)


def tokens(raw: str) -> Iterator[Token]:
    """The tags, comments and elements without language of a text, in order; all else is text."""
    place = 0
    while mark := _MARK.search(raw, place):
        start, name = mark.start(), (mark["name"] or "").lower()
        end = _end(raw, mark)
        if end is None:
            yield Token("open", Span(start, len(raw)), name)
            return
        place = end
        if not name:
            yield Token("comment" if mark["comment"] else "other", Span(start, end))
        elif mark["end"]:
            yield Token("end", Span(start, end), name)
        else:
            closed = _end_of_opaque(raw, name, end) if name in _OPAQUE and raw[end - 2] != "/" else end
            if closed is None:
                yield Token("open", Span(start, len(raw)), name)
                return
            place = closed
            kind = "start" if closed == end else "opaque"
            yield Token(kind, Span(start, closed), name, Span(mark.end(), end - 1))
            if name == "title":
                # It has text, but no tags.
                found = _end_tag(name).search(raw, end)
                place = found.start() if found else end


def attributes_of(raw: str, token: Token) -> dict[str, Span]:
    """The attributes of a start tag: the raw spans of their values by their names, in lower case."""
    found: dict[str, Span] = {}
    for match in _ATTRIBUTE.finditer(raw, token.attributes.start, token.attributes.end):
        group = match.lastindex or 1
        value = match.span(group) if group > 1 else (match.end(), match.end())
        found.setdefault(match[1].lower(), Span(*value))
    return found


def quotes_around(raw: str, offset: int) -> str | None:
    """The quote around the attribute at a raw offset; empty if it has none, None outside of tags."""
    start = raw.rfind("<", 0, offset)
    mark = _MARK.match(raw, start) if start >= 0 else None
    rest = _REST_OF_TAG.match(raw, mark.end()) if mark is not None and mark["name"] else None
    if mark is None or rest is None or rest.end() <= offset:
        return None
    token = Token("start", Span(start, rest.end()), "", Span(mark.end(), rest.end() - 1))
    for value in attributes_of(raw, token).values():
        if value.start <= offset <= value.end and raw[value.start - 1] in "\"'":
            return raw[value.start - 1]
    return ""


def _end(raw: str, mark: re.Match[str]) -> int | None:
    """Where the tag or the comment ends that begins with a mark; None if it does not."""
    if mark["comment"]:
        # `<!-->` is a whole comment.
        if short := _SHORT_COMMENT_END.match(raw, mark.end()):
            return short.end()
        found = _COMMENT_END.search(raw, mark.end())
        return found.end() if found else None
    if mark["other"]:
        close = raw.find(">", mark.end())
        return close + 1 if close >= 0 else None
    rest = _REST_OF_TAG.match(raw, mark.end())
    return rest.end() if rest else None


def _end_of_opaque(raw: str, name: str, start: int) -> int | None:
    found = _end_tag(name).search(raw, start)
    close = raw.find(">", found.end()) if found else -1
    return close + 1 if close >= 0 else None


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
