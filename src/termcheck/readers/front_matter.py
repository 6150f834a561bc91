"""The front matter of Markdown pages: where it is, and the texts under the keys that show on the page.

In documentation, the original of a page may stand in comments above its translation. Then the first comment
holds the original of the front matter. Most pages need no parser of YAML or TOML: a quick look tells whether
one of the keys occurs.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from types import ModuleType

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Span
from termcheck.readers.assembly import Markup, assemble, joins
from termcheck.readers.base import Replacement, as_written
from termcheck.readers.directives import outside
from termcheck.readers.front_matter_entry import Entry, spelling
from termcheck.readers.protect import protected_spans
from termcheck.text.positions import line_start, trimmed

_LINE = compile_later(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_SCALAR = compile_later(
    r"([A-Za-z_][\w -]*?)\s*[:=]\s+(?:\"([^\"]*)\"|'([^']*)'|([^\s\[{|>&*!#\"'].*?))\s*(?:\s#.*)?$"
)
_NEWLINE = compile_later(r"\r\n|\n|\r")
_COMMENT = compile_later(r"\s*<!--\s*((?:(?!-->)[\s\S])*+)-->")
_KEY = compile_later(r"(?m)^[\"']?([A-Za-z_][\w-]*)[\"']?[ \t]*[:=](?=\s)")
# A line at the margin that is no key, item, comment or mark.
_PROSE = compile_later(r"(?m)^(?![\"']?[A-Za-z_][\w-]*[\"']?[ \t]*[:=]\s|[ \t\r#\[-]|\+\+\+|$)")
_WORD_BEFORE_VALUE = compile_later(r"(?<![\w-])([\w-]++)[\"']?[ \t]*+[:=]")
_DIRECTIVE = compile_later(r"(?<!\S)#[ \t]*termcheck[ \t]*:[^\r\n]*")
# One key may as well be a word before a colon, unless it is a key whose text is read.
_MIN_KEYS = 2
_ESCAPE = compile_later(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|[ \t]*(?:\r\n|\n|\r)\s*|([\s\S]))"
)
# What escapes of one letter stand for, but for those of blanks; other characters stand for themselves.
_ESCAPED = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b"} | dict.fromkeys("tnvfrN_LP", " ")
_MARK = compile_later(r"[\"\\]")
# Words between which nothing stands that YAML or TOML could read as a mark.
_WORDS = compile_later(r"\w+(?:(?:[ .'’/-]|\. )\w+)*")
_NO_WORD = compile_later(r"[^\w\"'-]")
# All that begins with a letter and is no text to YAML.
_VALUES = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
_LONGEST_VALUE = 5
_TITLES = ("title", "label")

_Content = Sequence[tuple[Hashable, object]]


class Part(Struct, frozen=True):
    """The raw span between the marks of front matter, or that of its original in a comment."""

    raw: Span
    toml: bool


class FrontMatter(Struct, frozen=True):
    """The front matter of a page: its simple values, its parts, and the raw offset of the text after it."""

    values: Mapping[str, str] = {}
    parts: tuple[Part, ...] = ()
    end: int = 0


def find_front_matter(raw: str, names: Collection[str]) -> FrontMatter:
    """The front matter at the beginning of a raw text; `names` are the keys whose texts are read."""
    page = _page(raw)
    if not page.parts:
        return page
    comment = _COMMENT.match(raw, page.end)
    part = page.parts[0]
    if comment is None or not _is_original(comment[1], raw[part.raw.start : part.raw.end], names):
        return page
    original = Part(Span(*comment.span(1)), part.toml)
    return FrontMatter(page.values, (part, original), comment.end())


def _page(raw: str) -> FrontMatter:
    """YAML or TOML front matter without the comment below it."""
    lines = _LINE.finditer(raw)
    opening = next(lines)
    mark = opening[1].rstrip()
    closing = {"---": ("---", "..."), "+++": ("+++",)}.get(mark, ())
    values: dict[str, str] = {}
    for line in lines if closing else ():
        if line[1].rstrip() in closing:
            part = Part(Span(opening.end(), line.start()), mark == "+++")
            return FrontMatter(values, (part,), line.end())
        if len(line[1]) < 1000 and (match := _SCALAR.match(line[1])):
            values[match[1]] = match[2] or match[3] or match[4] or ""
    return FrontMatter()


def _is_original(comment: str, page: str, names: Collection[str]) -> bool:
    """Whether a comment holds the original of a page's front matter.

    It then has lines with keys, some of them the page's. A translation may lack a key of the original, but a
    capital letter begins a sentence rather than a key.
    """
    keys, known = (set(_KEY.findall(text)) for text in (comment, page))
    shared = keys & known
    is_enough = len(shared) >= _MIN_KEYS or not shared.isdisjoint(_top_names(shared, names))
    return is_enough and all(key[0].islower() for key in keys - known) and not _PROSE.search(comment)


def _top_names(keys: Collection[str], names: Collection[str]) -> Iterator[str]:
    wanted = set(map(spelling, names))
    return (key for key in keys if spelling(key) in wanted)


def keyed_segments(raw: str, part: Part, names: Collection[str], block: int) -> Iterator[Segment]:
    """The texts under the keys with these names in a part of front matter, in raw order.

    There are none if the part is malformed. The first of two texts under one key counts.
    """
    wanted = set(map(spelling, names))
    last = {name.rpartition(".")[2] for name in wanted}
    words = _WORD_BEFORE_VALUE.finditer(raw, part.raw.start, part.raw.end)
    if not any(spelling(word[1]) in last for word in words):
        return
    found: dict[str, Entry] = {}
    for entry in _entries(raw, part):
        if spelling(entry.name) in wanted:
            found.setdefault(entry.key, entry)
    for entry in found.values():
        if segment := _segment(raw, entry, block):
            yield segment


def comments_in(raw: str, part: Part) -> list[Span]:
    """The raw spans of the comments to termcheck in a part of front matter, in order."""
    found = [Span(*match.span()) for match in _DIRECTIVE.finditer(raw, part.raw.start, part.raw.end)]
    values = [entry.raw for entry in _entries(raw, part)] if found else []
    return list(outside(found, values))


def _parser(part: Part) -> ModuleType:
    if part.toml:
        from termcheck.readers import front_matter_toml as parser
    else:
        from termcheck.readers import front_matter_yaml as parser  # type: ignore[no-redef]
    return parser


def _entries(raw: str, part: Part) -> list[Entry]:
    found: list[Entry] = _parser(part).entries(raw, part.raw)
    return found


def _segment(raw: str, entry: Entry, block: int) -> Segment | None:
    """The segment of a text; None if its place is uncertain, because it does not read as the parser says."""
    markup = list(_escapes(raw, entry)) if entry.value else []
    lines = list(_lines(raw, entry.raw, markup)) if entry.value else []
    if not lines:
        return None
    segment = assemble(raw, markup or None, lines, block=block)
    if _squeezed(segment.text) != _squeezed(entry.value or ""):
        return None
    return replace(
        segment,
        protected=tuple(protected_spans(segment.text)),
        heading=spelling(entry.name).endswith(_TITLES),
        key=entry.key,
    )


def _escapes(raw: str, entry: Entry) -> Iterator[Markup]:
    start, end = entry.raw.start, entry.raw.end
    if entry.quote == "'":
        while (start := raw.find("''", start, end)) >= 0:
            yield Markup(Span(start, start + 2), "'")
            start += 2
    elif entry.quote == '"':
        for escape in _ESCAPE.finditer(raw, start, end):
            digits = escape[1] or escape[2] or escape[3]
            character = chr(int(digits, 16)) if digits else _ESCAPED.get(escape[4] or "", escape[4] or "")
            yield Markup(Span(*escape.span()), character)


def _lines(raw: str, span: Span, markup: Sequence[Markup]) -> Iterator[Span]:
    """The lines of a span without blanks around them; an escaped newline ends no line."""
    escaped = {
        newline.start() for mark in markup for newline in _NEWLINE.finditer(raw, mark.raw.start, mark.raw.end)
    }
    start = span.start
    for newline in (*_NEWLINE.finditer(raw, span.start, span.end), None):
        end = newline.start() if newline else span.end
        if end in escaped:
            continue
        line = trimmed(raw, start, end)
        if len(line):
            yield line
        start = newline.end() if newline else end


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text where the span stands as it is, if that value alone then reads otherwise."""
    place = as_written(document, segment, span)
    if place is None:
        return None
    if _is_harmless(document, segment, span, place, text):
        return [(place, text)]
    return _tried(document, segment, span, place, text)


def _is_harmless(document: Document, segment: Segment, span: Span, place: Span, text: str) -> bool:
    """Whether words take the place of words, and every parser still reads a text with the words in it.

    Front matter may have thousands of findings, and to parse it for each of them would take long.
    """
    raw = document.raw
    old = raw[place.start : place.end]
    # Only between quotes of its own kind an apostrophe in a word is more than that.
    if "'" in text and raw[segment.raw.start - 1 : segment.raw.start] == "'":
        return False
    if not _WORDS.fullmatch(text) or not _WORDS.fullmatch(old):
        return False
    # The first word of a line may be a key.
    line = line_start(document.line_starts, place.start)
    if not _NO_WORD.search(raw, line, place.start) or joins(old) != joins(text):
        return False
    first = (segment.text if span.start else text)[0]
    length = len(segment.text) - len(old) + len(text)
    whole = (
        f"{segment.text[: span.start]}{text}{segment.text[span.end :]}" if length <= _LONGEST_VALUE else ""
    )
    return first.isalpha() and whole.casefold() not in _VALUES


def _tried(document: Document, segment: Segment, span: Span, place: Span, text: str) -> Replacement | None:
    """What to write, if the front matter with it parses to the same but for that value."""
    names = {other.key for other in document.segments if other.key}
    before = find_front_matter(document.raw, names)
    number = next((n for n, part in enumerate(before.parts) if part.raw.contains(segment.raw)), None)
    entry = None if number is None else _entry(document.raw, before.parts[number], segment.key)
    if number is None or entry is None:
        return None
    written = {"'": text.replace("'", "''"), '"': _MARK.sub(r"\\\g<0>", text)}.get(entry.quote, text)
    raw = f"{document.raw[: place.start]}{written}{document.raw[place.end :]}"
    after = find_front_matter(raw, names)
    same_rest = len(raw) - after.end == len(document.raw) - before.end
    if not same_rest or _differences(_contents(document.raw, before), _contents(raw, after)) != 1:
        return None
    entry = _entry(raw, after.parts[number], segment.key)
    value = _segment(raw, entry, 0) if entry else None
    wanted = f"{segment.text[: span.start]}{text}{segment.text[span.end :]}"
    return [(place, written)] if value is not None and value.text == wanted else None


def _entry(raw: str, part: Part, key: str) -> Entry | None:
    return next((entry for entry in _entries(raw, part) if entry.key == key), None)


def _contents(raw: str, matter: FrontMatter) -> _Content:
    """All that a program reads in front matter; between the parts stands their number."""
    parts = (_parser(part).content(raw, part.raw) for part in matter.parts)
    return [value for number, part in enumerate(parts) for value in (*part, (number, None))]


def _differences(before: _Content, after: _Content) -> int:
    """How many values differ; -1 if anything else does."""
    if [known for known, _ in before] != [known for known, _ in after]:
        return -1
    return sum(one != other for (_, one), (_, other) in zip(before, after, strict=True))


def _squeezed(text: str) -> str:
    return "".join(text.split())
