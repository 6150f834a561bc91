"""XML by expat, with the raw offsets of everything: elements, character data, entities, comments.

Most libraries tell no columns, and none writes a file back as it was. Here expat checks the text and says
where tags are; what stands between them is taken from the raw text. Only the elements that a format asks for
become trees, so memory does not grow with what is around them.

A hostile file is refused before it costs anything: entities may not be declared, nothing outside the file is
ever read, and depth and attributes are limited.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.model import Span, TermcheckError
from termcheck.readers.base import NotBilingualError, failure

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

# Chosen by hand: formats for translators need a dozen levels, and a dozen attributes.
_MOST_LEVELS = 200
_MOST_ATTRIBUTES = 1000

# Expat accepts no tag that this does not match.
_TAG = compile_later(r"<(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+>")
_SECTION = compile_later(r"<!--.*?-->|<!\[CDATA\[(?P<said>.*?)\]\]>", re.DOTALL)
_ASTRAL = compile_later("[\U00010000-\U0010ffff]")
_ENTITY = compile_later(r"&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|(lt|gt|amp|quot|apos));|\r\n")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
CDATA = "[CDATA["
"""The name of a CDATA section among the children of an element; `inner` is what it says."""
SILENT = "!"
"""The name of a comment or a processing instruction among the children of an element."""


class Element(Struct):
    """An element with the raw spans of its tags and of what is between them.

    `name` is without its prefix, `space` is the namespace. The names of `attributes` have their namespace and
    a blank before them if they have a prefix. `children` are only known inside of the elements asked for.
    """

    name: str
    space: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    inner_end: int = -1
    end: int = -1
    children: list[Element] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.attributes.get(name, default)

    def child(self, name: str) -> Element | None:
        """The first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def named(self, name: str) -> Iterator[Element]:
        """The elements of a name inside this one, at any depth, in order."""
        for child in self.children:
            if child.name == name:
                yield child
            else:
                yield from child.named(name)


class Unit(Struct, frozen=True):
    """An element that was asked for, with the elements around it from the root on."""

    element: Element
    around: tuple[Element, ...]


class Scan(Struct):
    """What a text holds: its root, the units in order and the raw spans of its comments to termcheck."""

    root: Element | None = None
    units: list[Unit] = field(default_factory=list)
    directives: list[Span] = field(default_factory=list)


class RefusedError(Exception):
    """What a text may not hold, at a place that the parser knows."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message, self.advice = message, advice


def scan(raw: str, path: str, wanted: Collection[str], *, ends: bool = True) -> Scan:
    """Parse a text; `wanted` are the names of the elements that become units.

    Without `ends` the text may end before its elements do. Raises NotBilingualError for a text that is not
    well-formed, and TermcheckError for one that may do harm.
    """
    scanner = _Scanner(raw, wanted)
    guarded_parse(scanner.parser, scanner.data, ends, lambda error: scanner.failed(error, path))
    return scanner.found


def guarded_parse(
    parser: XMLParserType,
    data: bytes | str,
    ends: bool,
    failed: Callable[[Exception], TermcheckError],
) -> None:
    """Let a parser read on; `failed` makes an error of what it refuses."""
    from xml.parsers.expat import ExpatError

    try:
        parser.Parse(data, ends)
    except (ExpatError, RefusedError) as error:
        raise failed(error) from None


def new_parser(encoding: str, separator: str | None) -> XMLParserType:
    """A parser that refuses declarations of entities."""
    from xml.parsers.expat import ParserCreate

    parser = ParserCreate(encoding, separator)
    parser.specified_attributes = True

    def refuse_entity(name: str, *_: object) -> None:
        raise RefusedError(f"declares the entity “{name}”, which may do harm", "write its text in its place")

    parser.EntityDeclHandler = refuse_entity
    return parser


def require_limits(depth: int, attributes: Mapping[str, str]) -> None:
    """Raise RefusedError for an element that is too deep, or has too many attributes."""
    if depth > _MOST_LEVELS:
        raise RefusedError(f"has more than {_MOST_LEVELS} levels of elements", "was it made by mistake?")
    if len(attributes) > _MOST_ATTRIBUTES:
        raise RefusedError(f"has more than {_MOST_ATTRIBUTES} attributes here", "was it made by mistake?")


def as_mistake(error: Exception, raw: str, offset: int, path: str) -> TermcheckError:
    """The error of what a parser refused at a raw offset."""
    if isinstance(error, RefusedError):
        # Inside of a declaration expat is somewhere behind its beginning.
        offset = max(raw.rfind("<", 0, offset + 1), 0)
        return failure(raw, offset, error.message, path, error.advice)
    message = f"the XML is not well-formed: {reason_of(error)}"
    mistake = failure(raw, offset, message, path, "write it anew with the tool that made it")
    return NotBilingualError(mistake, f"no well-formed XML (line {mistake.line}, column {mistake.column})")


def reason_of(error: Any) -> str:
    """What expat says is wrong, without its own place."""
    from xml.parsers.expat import ErrorString

    return str(ErrorString(error.code))


class _Scanner:
    """Collects the units of one text."""

    def __init__(self, raw: str, wanted: Collection[str]) -> None:
        self.raw = raw
        # Two bytes for each character of the basic plane make places easy to reckon.
        self.data = raw.encode("utf-16-le", "surrogatepass")
        self._astral = [
            found.start() + index
            for index, found in enumerate(_ASTRAL.finditer(raw) if len(self.data) != 2 * len(raw) else ())
        ]
        self._wanted = frozenset(wanted)
        self._names: dict[str, tuple[str, str]] = {}
        self._open: list[Element] = []
        self._unit: Unit | None = None
        self.found = Scan()
        self.parser = parser = new_parser("UTF-16LE", " ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartCdataSectionHandler = self._start_cdata
        parser.EndCdataSectionHandler = self._end_cdata

    def failed(self, error: Exception, path: str) -> TermcheckError:
        index = self.parser.ErrorByteIndex if hasattr(error, "code") else self.parser.CurrentByteIndex
        return as_mistake(error, self.raw, min(self._offset(index), len(self.raw)), path)

    def _offset(self, index: int) -> int:
        unit = index >> 1
        return unit - bisect_left(self._astral, unit) if self._astral else unit

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._offset(self.parser.CurrentByteIndex)
        names = self._names.get(name)
        if names is None:
            space, _, local = name.rpartition(" ")
            names = self._names[name] = local, space
        element = Element(*names, attributes, at, self._tag_end(at, attributes))
        require_limits(len(self._open), attributes)
        if self._unit is not None:
            self._open[-1].children.append(element)
        elif names[0] in self._wanted:
            self._unit = Unit(element, tuple(self._open))
        if self.found.root is None:
            self.found.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        at = self._offset(self.parser.CurrentByteIndex)
        element = self._open.pop()
        if self.raw.endswith("/>", element.start, element.inner):
            # For expat it ends where the next tag begins.
            element.inner_end = element.end = element.inner
        else:
            element.inner_end, element.end = at, self.raw.index(">", at) + 1
        if self._unit is not None and self._unit.element is element:
            self.found.units.append(self._unit)
            self._unit = None

    def _tag_end(self, at: int, attributes: Mapping[str, str]) -> int:
        end = self.raw.find(">", at) + 1
        # Only the value of an attribute, also one that declares a namespace, may hold such a sign.
        if attributes or self.raw.find("=", at, end) >= 0:
            tag = _TAG.match(self.raw, at)
            return tag.end() if tag else end
        return end

    def _silent(self, closing: str) -> Span:
        """Add a child that says nothing, and return its span."""
        at = self._offset(self.parser.CurrentByteIndex)
        end = self.raw.index(closing, at) + len(closing)
        if self._unit is not None:
            self._open[-1].children.append(Element(SILENT, "", {}, at, end, end, end))
        return Span(at, end)

    def _comment(self, text: str) -> None:
        span = self._silent("-->")
        if text.lstrip().startswith("termcheck"):
            self.found.directives.append(span)

    def _instruction(self, _: str, __: str) -> None:
        self._silent("?>")

    def _start_cdata(self) -> None:
        if self._unit is not None:
            at = self._offset(self.parser.CurrentByteIndex)
            self._open[-1].children.append(Element(CDATA, "", {}, at, at + len("<![CDATA[")))

    def _end_cdata(self) -> None:
        if self._unit is not None:
            section = self._open[-1].children[-1]
            section.inner_end = self.raw.index("]]>", section.inner)
            section.end = section.inner_end + len("]]>")


def escapes(raw: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """The entities and the line breaks of two characters in character data, with what they stand for."""
    for match in _ENTITY.finditer(raw, start, end):
        decimal, hexadecimal, name = match.groups()
        if name:
            shown = _NAMED[name]
        elif decimal or hexadecimal:
            shown = chr(int(decimal) if decimal else int(hexadecimal, 16))
        else:
            shown = "\n"
        yield Span(*match.span()), shown


def escaped(text: str) -> str:
    """A text as character data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_cdata(raw: str, offset: int) -> bool:
    """Whether an offset is in a CDATA section of a well-formed text."""
    sections = _sections(raw)
    index = bisect_right(sections, offset, key=_start_of) - 1
    return index >= 0 and offset <= sections[index].end


@lru_cache(maxsize=1)
def _sections(raw: str) -> Sequence[Span]:
    """What the CDATA sections say, as raw spans; a comment may look like one."""
    return [Span(*found.span("said")) for found in _SECTION.finditer(raw) if found["said"] is not None]


def _start_of(span: Span) -> int:
    return span.start
