"""The entries of a PO catalogue, with the raw spans of their strings.

Libraries know on which line an entry begins, and nothing more; findings and fixes must point into the
strings. So one pattern cuts a catalogue into tokens here, and polib and gettext are the oracles in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.model import Span
from termcheck.readers.base import RowError
from termcheck.text.positions import line_starts, position

# The comments that programs write about an entry say nothing about its texts.
_TOKEN = compile_later(
    r"""
    (?:\s++|\#[.:|][^\r\n]*+)*+
    (?: "((?:[^"\\\r\n]++|\\[^\r\n])*+)"
      | (msgid_plural|msgid|msgctxt|msgstr|domain)(?![A-Za-z0-9_])(?:[ \t]*\[[ \t]*([0-9]{1,9})[ \t]*\])?
      | \#([^\r\n]*+)
      | (\Z)
    )
    """,
    re.VERBOSE,
)
_STRING, _KEYWORD, _INDEX, _COMMENT, _END = 1, 2, 3, 4, 5
_NEWLINE = compile_later(r"\r\n|\n|\r")
_BLANKS = compile_later(r"(?:\s++|\#[.:|][^\r\n]*+)*+")
# After a mistake, reading goes on where another entry may begin.
_NEXT_ENTRY = compile_later(r"[\r\n][ \t]*(?=\r\n|\n|\r|\Z|#|msgctxt\b|msgid(?!_))")
_DIRECTIVE = compile_later(r"[ \t]*termcheck\b")
_IGNORE = compile_later(r"[ \t]*termcheck[ \t]*:?[ \t]*ignore\b")


class String(Struct, gc=False):
    """A string of an entry: the raw spans between the quotes of its literals, after a keyword at `start`."""

    start: int
    literals: list[Span] = field(default_factory=list)

    def written(self, raw: str) -> str:
        """The string as written, its literals joined."""
        if len(self.literals) == 1:
            return raw[self.literals[0].start : self.literals[0].end]
        return "".join([raw[span.start : span.end] for span in self.literals])

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing between its quotes."""
        return not any(map(len, self.literals))


class Entry(Struct, gc=False):
    """A message with its translations; `flags` are those of its `#,` comments.

    `forms` are its translations by index; an entry without a plural has one, without an index.
    `directives` are the raw spans of its comments to termcheck.
    """

    start: int
    flags: frozenset[str] = frozenset()
    directives: Sequence[Span] = ()
    context: String | None = None
    msgid: String | None = None
    plural: String | None = None
    forms: dict[int | None, String] = field(default_factory=dict)

    @property
    def is_header(self) -> bool:
        """Whether the entry is about the catalogue."""
        return self.context is None and self.msgid is not None and self.msgid.is_empty

    @property
    def is_translated(self) -> bool:
        """Whether a translation has text."""
        return not all(form.is_empty for form in self.forms.values())

    def strings(self) -> Iterator[String]:
        """All strings of the entry."""
        yield from (one for one in (self.context, self.msgid, self.plural) if one is not None)
        yield from self.forms.values()


class Catalogue:
    """Reads the entries of a catalogue; `report` takes the mistakes, each of which costs one entry.

    Afterwards `directives` has the comments to termcheck that are about more than one entry.
    """

    def __init__(self, raw: str, report: Callable[[RowError], None]) -> None:
        self._raw = raw
        self._report = report
        self._flags: set[str] = set()
        self._comments: list[Span] = []
        self._entry: Entry | None = None
        self._string: String | None = None
        self._domain: String | None = None
        self._seen: dict[tuple[str, ...], int] = {}
        self._lines: Sequence[int] = ()
        self.directives: list[Span] = []

    def entries(self) -> Iterator[Entry]:
        """The sound entries in order, the header among them."""
        raw, match, offset = self._raw, _TOKEN.match, 0
        token = match(raw)
        while token is None or token.lastindex != _END or self._entry is not None:
            try:
                if entry := self._unexpected(offset) if token is None else self._take(token):
                    yield entry
                if token is not None:
                    offset = token.end()
            except RowError as error:
                self._report(error)
                begun = self._entry is not None and self._entry.msgid is None
                self._entry = self._string = None
                # An entry that lacks something ends where the next one begins, which is still to be read.
                if error.offset >= (offset if token is None else _begin_of(token)):
                    offset = self._next_entry(error.offset, skip_msgid=begun)
            token = match(raw, offset)

    def _take(self, token: re.Match[str]) -> Entry | None:
        """Take a token; gives the entry that ends with it. Raises RowError."""
        kind = token.lastindex
        if kind == _STRING:
            self._add_literal(Span(*token.span(_STRING)))
        elif kind == _COMMENT:
            self._comment(token)
        elif kind == _END:
            return self._finished()
        else:
            return self._keyword(token)
        return None

    def _add_literal(self, span: Span) -> None:
        if self._string is None:
            advice = "write msgid or msgstr in front of it"
            raise RowError(span.start - 1, "this string has no keyword", advice)
        self._string.literals.append(span)

    def _comment(self, token: re.Match[str]) -> None:
        text = token[_COMMENT]
        mark = text[:1]
        if mark in (",", "="):
            self._flags.update(flag.strip() for flag in text[1:].split(","))
        elif mark == "~":
            # The comments before an obsolete entry are about that entry.
            self._flags.clear()
            self._comments.clear()
        elif "termcheck" in text and _DIRECTIVE.match(text):
            span = Span(token.start(_COMMENT) - 1, token.end())
            if not _IGNORE.match(text):
                self.directives.append(span)
            elif self._entry is not None and not self._entry.forms:
                self._entry.directives = (*self._entry.directives, span)
            else:
                self._comments.append(span)

    def _keyword(self, token: re.Match[str]) -> Entry | None:
        """Begin a string; gives the entry before it if another one begins."""
        keyword, index, start = token[_KEYWORD], token[_INDEX], token.start(_KEYWORD)
        if index is not None and keyword != "msgstr":
            raise RowError(start, f"{keyword} has an index", "only msgstr has one")
        finished = None
        entry = self._entry
        begins = keyword in ("msgctxt", "domain") or (
            keyword == "msgid" and (entry is None or entry.msgid is not None)
        )
        if begins:
            finished = self._finished()
            entry = self._begin(keyword, start)
        string = self._string = String(start)
        if keyword == "domain":
            self._domain = string
        elif entry is None or (entry.msgid is None and keyword not in ("msgid", "msgctxt")):
            raise RowError(start, f"{keyword} without msgid", "an entry begins with msgid")
        elif keyword == "msgctxt":
            entry.context = string
        elif keyword == "msgid":
            entry.msgid = string
        elif keyword == "msgid_plural":
            if entry.plural is not None or entry.forms:
                raise RowError(start, "msgid_plural must follow msgid")
            entry.plural = string
        else:
            number = None if index is None else int(index)
            if number in entry.forms:
                raise RowError(start, f"{_name(number)} occurs twice in one entry", "keep one of them")
            entry.forms[number] = string
        return finished

    def _begin(self, keyword: str, start: int) -> Entry | None:
        if keyword == "domain":
            self._entry = None
            return None
        self._entry = Entry(start, frozenset(self._flags), tuple(self._comments))
        self._flags.clear()
        self._comments.clear()
        return self._entry

    def _finished(self) -> Entry | None:
        """The entry that ends here, None if there is none; raises RowError for one that lacks something."""
        entry, self._entry, self._string = self._entry, None, None
        if entry is None:
            return None
        self._require_whole(entry)
        if entry.msgid is None:
            return None
        domain = self._domain.written(self._raw) if self._domain else ""
        context = (entry.context.written(self._raw),) if entry.context else ()
        key = (domain, entry.msgid.written(self._raw), *context)
        first = self._seen.setdefault(key, entry.msgid.start)
        if first != entry.msgid.start:
            self._lines = self._lines or line_starts(self._raw)
            line, _ = position(self._lines, first)
            advice = "keep one of them; msguniq merges duplicates"
            raise RowError(entry.msgid.start, f"this msgid is already on line {line}", advice)
        return entry

    def _require_whole(self, entry: Entry) -> None:
        for string in entry.strings():
            if not string.literals:
                raise RowError(string.start, "a keyword without its string", 'write "" for an empty one')
        if entry.msgid is None:
            raise RowError(entry.start, "msgctxt without msgid", "an entry has a msgid and a msgstr")
        if not entry.forms:
            raise RowError(entry.start, "this entry has no msgstr", 'an untranslated entry has msgstr ""')
        if (None in entry.forms) is (entry.plural is not None):
            wanted = "msgstr[0], msgstr[1] …" if entry.plural else "a msgid_plural, or msgstr without index"
            start = next(iter(entry.forms.values())).start
            raise RowError(start, f"this entry needs {wanted}")

    def _unexpected(self, offset: int) -> Entry | None:
        """The entry that ends before a text that is no token. Raises RowError if no entry ends there."""
        blanks = _BLANKS.match(self._raw, offset)
        place = blanks.end() if blanks else offset
        if self._raw.startswith('"', place):
            raise RowError(place, "this string does not end on its line", 'close it with "')
        if _NEWLINE.search(self._raw, offset, place) and (entry := self._finished()):
            return entry
        if self._raw.startswith(("<<<<<<<", "=======", ">>>>>>>"), place):
            raise RowError(place, "a conflict of a merge", "settle it first")
        raise RowError(place, "this is no part of an entry", "an entry has comments, msgid and msgstr")

    def _next_entry(self, offset: int, *, skip_msgid: bool) -> int:
        """Where the next entry may begin; with `skip_msgid` the next msgid belongs to the faulty one."""
        found = _NEXT_ENTRY.search(self._raw, offset)
        if found and skip_msgid and self._raw.startswith("msgid", found.end()):
            found = _NEXT_ENTRY.search(self._raw, found.end())
        return found.end() if found else len(self._raw)


def _begin_of(token: re.Match[str]) -> int:
    """Where a token begins, after blanks and comments."""
    kind = token.lastindex or _END
    return token.start(_KEYWORD if kind == _INDEX else kind) - (kind == _STRING)


def _name(index: int | None) -> str:
    return "msgstr" if index is None else f"msgstr[{index}]"
