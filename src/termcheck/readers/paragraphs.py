"""From lines to paragraphs: script and line breaks tell which lines belong together.

Transcripts have a paragraph a line and often no blank line between the languages; mail and documentation have
paragraphs that are wrapped at some width. Joining too much would put two languages or two speakers into one
segment, so lines are joined only where the width clearly forced the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Segment, Span
from termcheck.readers.assembly import UNSPACED, Markup, assemble, overlapping, shown_text
from termcheck.text.dates import is_date
from termcheck.text.positions import trimmed
from termcheck.text.scripts import HAN_CLASS, HANGUL_CLASS, KANA_CLASS, letter_counts

# Nobody wraps more narrowly or more widely; a longer line is a paragraph of its own.
_NARROWEST, _WIDEST = 40, 120
# Punctuation may not begin a line and takes up to two wide characters down with it.
_SLACK = 4

_WIDE = compile_later(f"[{UNSPACED}{HANGUL_CLASS}\U0001f300-\U0001faff]")
_IDEOGRAPH = compile_later(f"[{HAN_CLASS}{KANA_CLASS}]")
_FIRST_WORD = compile_later(rf"[^\s{UNSPACED}]+|.")
_SENTENCE_END = compile_later(r"[.!?:;。！？：；…．][\"'”’»」』）)\]*_]*$")
# “记者:” and “Zhang San:” begin what a speaker says.
_SPEAKER = compile_later(rf"(?:[{UNSPACED}]{{1,12}}|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,3}}) ?[:：]")
_BREAK = compile_later(r"<br\b[^<>]{0,200}>", re.IGNORECASE)
# Between two elements of one kind, such as `</span><span lang="zh">`.
_ELEMENTS = compile_later(r"</([a-z][\w-]*)>\s*<\1\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = compile_later(r"<[^<>]{0,500}>")
_ASIDE = compile_later(r"\([^()]*\)|（[^（）]*）")
_DENSE_LETTER = compile_later(f"[{HAN_CLASS}{KANA_CLASS}{HANGUL_CLASS}]")
# A letter of these scripts says as much as three of an alphabet.
_DENSE = ("han", "kana", "hangul", "bopomofo")


class Line(Struct, frozen=True, gc=False):
    """The content of a line as a raw span, without indentation, markers and trailing blanks.

    `broken`: the author ended the line on purpose (a hard break), so the next one is not joined to it.
    """

    span: Span
    broken: bool = False


def main_script(text: str) -> str:
    """The script of most of a text, `cjk` for Han and kana alike; empty if the text has no letters."""
    if text.isascii():
        return "latin" if text.lower() != text.upper() else ""
    counts = letter_counts(text)
    if not counts:
        return ""
    script = max(counts, key=lambda name: counts[name] * (3 if name in _DENSE else 1))
    return "cjk" if script in ("han", "kana") else script


def is_wording(segment: Segment) -> bool:
    """Whether a segment is worth keeping: one that is nothing but code or an address has no counterpart."""
    if segment.row is not None or not segment.protected:
        return bool(segment.text) or segment.row is not None
    return any(map(str.isalnum, segment.unprotected_text))


class Rows:
    """Numbers the rows and the blocks of a document; segments with the same number belong together."""

    def __init__(self) -> None:
        self._next = self._next_block = 0

    def new(self) -> int:
        """The next number."""
        self._next += 1
        return self._next - 1

    def new_block(self) -> int:
        """A number for a block that no block of the document has."""
        self._next_block += 1
        return self._next_block - 1


def paragraph_segments(
    raw: str,
    block: Sequence[Line],
    rows: Rows,
    *,
    soft: bool = False,
    separator: re.Pattern[str] | None = None,
    markup: Sequence[Markup] | None = None,
    marked: Sequence[Span] = (),
) -> Iterator[Segment]:
    """Cut a block of consecutive lines into segments.

    A line with two parts of different scripts, separated by `<br/>` or by another `separator`, becomes two
    segments of one row, and so does a line of elements in two scripts. `soft` is for formats in which a
    newline means a blank: there the next line is joined to one that does not end a sentence, however short it
    is. `markup`, sorted and disjoint, is what the format's parser found in the lines; without a parser, text
    between backticks is protected as code. `marked` are the raw spans that it sets off.
    """
    number = rows.new_block() if soft else None
    if len(block) == 1 and raw.find("<", block[0].span.start, block[0].span.end) < 0:
        yield assemble(raw, markup, [block[0].span], block=number, marked=marked)
        return
    separator = separator or _BREAK
    assembled = partial(assemble, raw, markup, marked=marked)
    spans: list[Span] = []
    for line, joined in zip(block, _joins(raw, block, soft=soft), strict=True):
        if not joined and spans:
            yield assembled(spans, block=number)
            spans = []
        parts = _parts(raw, line.span, separator, markup or ())
        full = _halves(raw, parts, markup) or _elements(raw, line.span, markup)
        if full:
            row, line_block = rows.new(), rows.new_block()
            yield assembled([*spans, full[0]], row=row, block=line_block)
            for part in full[1:]:
                yield assembled([part], row=row, block=line_block)
            spans = []
            continue
        for part in parts[:-1]:
            spans.extend([part] if len(part) else [])
            if spans:
                yield assembled(spans, block=number)
            spans = []
        spans.extend([parts[-1]] if len(parts[-1]) else [])
    if spans:
        yield assembled(spans, block=number)


def _halves(raw: str, parts: Sequence[Span], markup: Sequence[Markup] | None) -> list[Span]:
    """The parts of a line that have text, if they are a text and then its translation; else none."""
    if len(parts) == 1:
        return []
    texts = [(part, _TAG.sub("", shown_text(raw, markup, part)).strip()) for part in parts]
    full = [(part, text) for part, text in texts if text]
    return [part for part, _ in full] if is_bilingual([main_script(text) for _, text in full]) else []


def _elements(raw: str, span: Span, markup: Sequence[Markup] | None) -> list[Span]:
    """The elements that a line is made of, if they are a text and then its translation; else none."""
    if raw[span.start] != "<" or raw[span.end - 1] != ">":
        return []
    return _halves(raw, _parts(raw, span, _ELEMENTS, markup or ()), markup)


def is_bilingual(scripts: Sequence[str]) -> bool:
    """Whether the parts of a line, given by their scripts, are a text and then its translation."""
    return all(scripts) and len([script for script, _ in groupby(scripts)]) == 2


def _parts(raw: str, span: Span, separator: re.Pattern[str], markup: Sequence[Markup]) -> list[Span]:
    """The parts of a line before, between and after its separators, trimmed; a part may be empty.

    A separator inside markup, such as code or the target of a link, does not count.
    """
    if raw.find("<", span.start, span.end) < 0:
        return [span]
    edges = [span.start]
    for match in separator.finditer(raw, span.start, span.end):
        tag = Span(*match.span())
        if all(mark.raw == tag or not mark.raw.contains(tag) for mark in overlapping(markup, tag)):
            edges += (tag.start, tag.end)
    edges.append(span.end)
    return [trimmed(raw, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _joins(raw: str, block: Sequence[Line], *, soft: bool) -> list[bool]:
    """For each line, whether it continues the paragraph of the line before it."""
    if len(block) == 1:
        return [False]
    lines = _with_wrapped_names(
        [_Measured.of(raw[line.span.start : line.span.end], line.broken) for line in block]
    )
    joins = [False] * len(lines)
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or lines[end].script != lines[start].script:
            joins[start + 1 : end] = _run_joins(lines[start:end], soft=soft)
            start = end
    return joins


def _with_wrapped_names(lines: list[_Measured]) -> list[_Measured]:
    """The lines; one that wrapping filled with foreign names gets the script of its paragraph."""
    width = max((line.width for line in lines if line.breakable), default=0)
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        if before.ends or before.script == line.script or before.script not in ("cjk", "hangul"):
            continue
        wrapped = width >= _NARROWEST and 2 * before.width >= width
        if wrapped and _DENSE_LETTER.search(_ASIDE.sub("", line.text)):
            lines[index] = replace(line, script=before.script)
    return lines


class _Measured(Struct, frozen=True):
    """A line with what decides whether the next one is joined to it.

    `width` and `first`, the width of the first word, are in columns; a wide character counts two. `ends`: the
    line ends a sentence. `breakable`: it could have been wrapped at an earlier place.
    """

    text: str
    script: str
    width: int
    first: int
    ends: bool
    broken: bool
    breakable: bool

    @classmethod
    def of(cls, text: str, broken: bool) -> _Measured:
        if len(text) > _WIDEST:
            # Nobody wrapped this line; a single word, such as an address, cannot be wrapped.
            return cls(text, main_script(text[:200]), len(text), 0, True, True, " " in text)
        word = _FIRST_WORD.match(text)
        return cls(
            text,
            main_script(text),
            _columns(text),
            _columns(word[0]) if word else 0,
            _SENTENCE_END.search(text) is not None,
            broken,
            " " in text or _IDEOGRAPH.search(text) is not None,
        )


def _columns(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _run_joins(lines: Sequence[_Measured], *, soft: bool) -> list[bool]:
    """For each line but the first in a run of one script, whether it continues the line before it."""
    breaks = list(pairwise(lines))
    if not breaks:
        return []
    width = max((line.width for line in lines if line.breakable), default=0)
    forced = [_forced(before, after, width) for before, after in breaks]
    final = [
        (before.ends and not after.text[:1].islower())
        or _SPEAKER.match(after.text) is not None
        or is_date(before.text)
        or is_date(after.text)
        for before, after in breaks
    ]
    full_stops = sum(stop for stop, here in zip(final, forced, strict=True) if here)
    # Lines of one sentence each look as if they were wrapped at the longest one, but wrapped lines rarely end
    # with a sentence.
    wrapped = sum(forced) * 2 >= len(breaks) and full_stops * 2 <= sum(forced)
    return [
        not before.broken and ((here and wrapped) or (soft and not stop))
        for (before, after), here, stop in zip(breaks, forced, final, strict=True)
    ]


def _forced(before: _Measured, after: _Measured, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    if not _NARROWEST <= width <= _WIDEST:
        return False
    if before.script == "cjk":
        return before.width + min(after.first, width) + _SLACK > width
    return before.width + 1 + after.first > width
