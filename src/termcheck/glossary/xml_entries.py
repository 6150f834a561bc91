"""Walk through the entries of a glossary in XML, one at a time.

Expat gives lines and columns, and nothing but the entry at hand is in memory. The formats differ in the names
of their elements, so each says by a table what an element is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from msgspec import Struct, field

from termcheck.glossary.decoding import text_of
from termcheck.lazy import compile_later
from termcheck.model import TermcheckError
from termcheck.readers.xml_spans import RefusedError, guarded_parse, new_parser, reason_of, require_limits

_DECLARATION = compile_later(r"<\?xml\s[^<>]*?\sencoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")
LANGUAGE = "http://www.w3.org/XML/1998/namespace lang"
"""The attribute `xml:lang` as the parser names it."""


class Kind(Enum):
    """What an element is: an entry, a language in it, a term with all about it, or a group of others."""

    ENTRY = "entry"
    LANGUAGE = "language"
    TERM = "term"
    GROUP = "group"


class Fact(Struct, gc=False):
    """Something that an element says: its name, its type, and its text with its place."""

    name: str
    type: str
    text: str
    line: int
    column: int
    target: str = ""


class Part(Struct):
    """An entry, a language or a term: its attributes, its place, what it says and what is in it."""

    kind: Kind
    attributes: Mapping[str, str]
    line: int
    column: int
    facts: list[Fact] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


class EntryParser:
    """Calls `take` with each entry of a text in XML; `root` and `header` are what stands around them."""

    def __init__(self, kinds: Mapping[str, Kind], take: Callable[[Part], None]) -> None:
        self._kinds, self._take = kinds, take
        self._stack: list[Part] = []
        self._names: dict[str, tuple[str, Kind | None]] = {}
        self._fact: Fact | None = None
        self._depth = self._inside = 0
        self._texts: list[str] = []
        self.root: tuple[str, Mapping[str, str]] | None = None
        self.header: list[Fact] = []
        self.parser = parser = new_parser("UTF-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def parse(self, data: bytes, path: str) -> None:
        """Read a file. Raises TermcheckError for XML that is not well-formed, or that may do harm."""
        guarded_parse(self.parser, _in_utf_8(data, path), True, lambda error: self._failed(error, path))

    def _failed(self, error: Exception, path: str) -> TermcheckError:
        if isinstance(error, RefusedError):
            place = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            message, advice = error.message, error.advice
        else:
            place = self.parser.ErrorLineNumber, self.parser.ErrorColumnNumber + 1
            message = f"the XML is not well-formed: {reason_of(error)}"
            advice = "export it anew with the tool that made it"
        return TermcheckError(message, path=path, line=place[0], column=place[1], advice=advice)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        require_limits(self._depth, attributes)
        known = self._names.get(name)
        if known is None:
            local = name.rpartition(" ")[2]
            known = self._names[name] = local, self._kinds.get(local)
        local, kind = known
        if self.root is None:
            self.root = local, attributes
        elif self._fact is not None:
            self._inside += 1
        elif kind is None:
            parser = self.parser
            line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
            if not attributes:
                column += len(local) + 2  # the text begins behind the tag
            target = attributes.get("target", "")
            self._fact = Fact(local, attributes.get("type", ""), "", line, column, target)
            self._texts = []
            parser.CharacterDataHandler = self._texts.append
        elif kind is not Kind.GROUP:
            part = Part(kind, attributes, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
            if self._stack:
                self._stack[-1].parts.append(part)
            self._stack.append(part)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._inside:
            self._inside -= 1
            return
        if self._fact is not None:
            self._end_fact(self._fact)
            return
        kind = self._names[name][1]
        if kind is not None and kind is not Kind.GROUP and self._depth:
            part = self._stack.pop()
            if not self._stack:
                self._take(part)

    def _end_fact(self, fact: Fact) -> None:
        self.parser.CharacterDataHandler = None
        fact.text = "".join(self._texts)
        self._fact = None
        (self._stack[-1].facts if self._stack else self.header).append(fact)


def _in_utf_8(data: bytes, path: str) -> bytes:
    """The bytes of a file as the parser reads them, whatever encoding the file declares."""
    declared = _DECLARATION.match(data[:1000].decode("latin-1"))
    encoding = declared[1].casefold() if declared else "utf-8"
    if encoding in ("utf-8", "utf8") and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    try:
        return data.decode(encoding).encode()
    except UnicodeError as error:
        message = f"not valid {encoding.upper()}: {error}"
        raise TermcheckError(message, path=path, line=1, advice="export it as UTF-8") from None
    except LookupError:
        return text_of(data, path).encode()
