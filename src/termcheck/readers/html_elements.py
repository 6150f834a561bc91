"""The open elements of HTML, with what they say about the text in them: its language, and whether it is any.

Tags may be left out, and may close in the wrong order. What the HTML standard says about that is followed as
far as it decides where a language or a piece of code ends. All of it takes constant time for each tag.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import Side, Span, same_language
from termcheck.readers.html_tokens import Token, attributes_of
from termcheck.readers.markdown_html import BLOCK_TAGS

BLOCKS = frozenset(
    {*BLOCK_TAGS.replace("h[1-6]", "h1|h2|h3|h4|h5|h6").split("|"), "pre", "hgroup", "template"}
)
"""The elements that begin a line of their own."""

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_CODE = frozenset(["code", "kbd", "samp", "var", "tt"])
_HIDDEN = frozenset(["pre", "template", "svg", "math", "rt", "rp", "object", "canvas", "audio", "video"])
_MARKED = frozenset(["em", "strong", "b", "i", "a", "cite", "q", "u", "dfn"])
_CELLS = frozenset(("td", "th", "caption", "table"))
_IN_TABLES = frozenset({*_CELLS, "tr", "tbody", "thead", "tfoot", "html", "body"})
# Which open elements a start tag closes, and up to which others these are sought.
_CLOSES: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "li": (("li",), ("ul", "ol", "menu")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "option": (("option",), ("select", "optgroup")),
    "optgroup": (("optgroup",), ("select",)),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
    "tr": (("tr",), ("table",)),
    "tbody": (("tbody", "thead", "tfoot", "tr"), ("table",)),
    "tfoot": (("tbody", "thead", "tfoot", "tr"), ("table",)),
    "thead": (("tbody", "thead", "tfoot", "tr"), ("table",)),
}
# Which start tags end a drawing or a formula that nobody closed.
_END_DRAWINGS = frozenset(
    [
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "center",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "hr",
        "i",
        "img",
        "li",
        "listing",
        "menu",
        "meta",
        "nobr",
        "ol",
        "p",
        "pre",
        "ruby",
        "s",
        "small",
        "span",
        "strong",
        "strike",
        "sub",
        "sup",
        "table",
        "tt",
        "u",
        "ul",
        "var",
    ]
)
_DRAWINGS = (("svg", "math"), ("foreignobject", "desc", "annotation-xml"))
_PARAGRAPH = (("p",), ("button", *sorted(_CELLS)))


class Use(enum.Enum):
    """What the text in an element is: language, protected because readers see it unchanged, or none."""

    LANGUAGE = "language"
    PROTECTED = "protected"
    NONE = "none"


class Element(Struct, frozen=True):
    """An open element. `start` is the raw offset of its tag.

    `side` is that of the language which it, or an element around it, declares at the raw offset `declared`;
    `of_page`: the whole page does, which may well have texts in the other language.
    """

    name: str
    start: int
    use: Use = Use.LANGUAGE
    side: Side | None = None
    declared: int = -1
    of_page: bool = False


_PAGE = Element("", 0)

_LANGUAGE = compile_later(r"(?!und|mul|zxx)[a-z]{2,3}(?:-[a-z0-9]{1,8})*")


class Languages(Struct, frozen=True):
    """The tags of source and target, empty if they are not known."""

    source: str
    target: str

    def side(self, tag: str) -> Side | None:
        """The side of a language tag; None if it is neither language."""
        sides = [
            side
            for side, own in zip(Side, (self.source, self.target), strict=True)
            if own and same_language(tag, own)
        ]
        if len(sides) == len(Side):
            sides = [Side.SOURCE] if tag.lower() == self.source.lower() else []
            sides += [Side.TARGET] if tag.lower() == self.target.lower() else []
        return sides[0] if len(sides) == 1 else None

    def is_third(self, tag: str) -> bool:
        """Whether a language tag names another language than the two."""
        known = self.source and self.target
        own = same_language(tag, self.source) or same_language(tag, self.target)
        return bool(known) and not own and _LANGUAGE.fullmatch(tag.lower()) is not None


class OpenElements:
    """The stack of open elements."""

    def __init__(self, raw: str, languages: Languages) -> None:
        self._raw = raw
        self._languages = languages
        self._stack: list[Element] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._blocks: list[int] = []

    @property
    def here(self) -> Element:
        """The innermost open element."""
        return self._stack[-1] if self._stack else _PAGE

    def open(self, token: Token) -> None:
        """Take in a start tag."""
        name = token.name
        if name in _END_DRAWINGS:
            while self.inside(*_DRAWINGS):
                self._close_implied(*_DRAWINGS)
        if name in BLOCKS:
            self._close_implied(*_PARAGRAPH)
        if name in _CLOSES:
            self._close_implied(*_CLOSES[name])
        if name in _VOID or self._raw[token.span.end - 2] == "/":
            return
        self._places[name].append(len(self._stack))
        if name in BLOCKS:
            self._blocks.append(len(self._stack))
        self._stack.append(self._element(token))

    def close(self, token: Token) -> Element | None:
        """Take in an end tag: the element that it closes; None if there is no such element here."""
        name = token.name
        place = self._last((name,))
        if place < 0 or (name not in _IN_TABLES and place < self._last(sorted(_CELLS))):
            return None
        # A mark that ends too late, as in `<b><p></b>`, closes no block.
        if name not in BLOCKS and self._blocks and place < self._blocks[-1]:
            return None
        element = self._stack[place]
        self._pop_to(place)
        return element

    def count(self, name: str) -> int:
        """How many elements with a name are open."""
        return len(self._places[name]) if name in self._places else 0

    def inside(self, names: Sequence[str], limits: Sequence[str] = ()) -> bool:
        """Whether the innermost element with one of some names is inside the innermost of `limits`."""
        return self._last(names) > self._last(limits)

    def _close_implied(self, names: Sequence[str], limits: Sequence[str]) -> None:
        place = self._last(names)
        if place > self._last(limits):
            self._pop_to(place)

    def _last(self, names: Sequence[str]) -> int:
        """Where the innermost open element with one of some names is; -1 if there is none."""
        return max((self._places[name][-1] for name in names if self._places.get(name)), default=-1)

    def _pop_to(self, place: int) -> None:
        while len(self._stack) > place:
            self._places[self._stack.pop().name].pop()
        while self._blocks and self._blocks[-1] >= place:
            self._blocks.pop()

    def _element(self, token: Token) -> Element:
        around, name = self.here, token.name
        use = around.use
        if name in _HIDDEN:
            use = Use.NONE
        elif name in _CODE and use is Use.LANGUAGE:
            use = Use.PROTECTED
        if not len(token.attributes):
            return Element(name, token.span.start, use, around.side, around.declared, around.of_page)
        attributes = attributes_of(self._raw, token)
        if self._is_untranslated(attributes) and use is Use.LANGUAGE:
            use = Use.NONE if name in BLOCKS else Use.PROTECTED
        language = attributes.get("lang") or attributes.get("xml:lang")
        if language is None:
            return Element(name, token.span.start, use, around.side, around.declared, around.of_page)
        tag, start = self._raw[language.start : language.end].strip(), token.span.start
        side, of_page = self._languages.side(tag), name in ("html", "body")
        if side is None and name not in BLOCKS:
            # Foreign words are part of the text around them.
            return Element(name, start, use, around.side, around.declared, around.of_page)
        if use is Use.LANGUAGE and not of_page and self._languages.is_third(tag):
            use = Use.NONE
        return Element(name, start, use, side, start, of_page)

    def _is_untranslated(self, attributes: Mapping[str, Span]) -> bool:
        """Whether an element asks machines not to translate it."""
        value = attributes.get("translate")
        if value is not None and self._raw[value.start : value.end].strip().lower() == "no":
            return True
        value = attributes.get("class")
        return value is not None and "notranslate" in self._raw[value.start : value.end].split()


def is_marked(name: str) -> bool:
    """Whether an element sets its text off from the text around it."""
    return name in _MARKED
