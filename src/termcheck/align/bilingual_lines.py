"""Lines that hold a text and its translation: `English. / 中文。`, `English（中文）`, `中文 English`.

Such a line is a pair by itself. Left whole, it would take the side of its main script and pair with a
neighbour. Only languages in different scripts can be told apart within a line.
"""

from __future__ import annotations

import enum
import math
import re
from collections.abc import Container, Iterable, Iterator

from msgspec import Struct

from termcheck.align.profile import length_of
from termcheck.languages.identify import side_of
from termcheck.lazy import compile_later
from termcheck.model import Segment, Side, Span

# What stands between the two languages of a line.
_SEPARATOR = compile_later(r"\s+[/／|｜]\s+|(?<=[.!?。！？])\s*[/／]\s*")
_CLOSING = compile_later(r"[)）\]]+[\s.。:：!！?？]*$")
_BRACKETS = {")": "(", "）": "(（", "]": "["}
# A blank between scripts; what follows is all in the other one.
_SENTENCE_END = compile_later(r"[.!?。！？]\W*$")
_BLANK = compile_later(r"\s+")
# A translation is not longer or shorter than its text by more than this factor, in letters.
_MAX_RATIO = 3.0
# A line of two scripts with only a blank between them fits more closely.
_MAX_BLANK_RATIO = 2.2


class Form(enum.Enum):
    """What tells the halves of a line apart: a separator, brackets around the second one, or only a blank."""

    SEPARATED = "separated"
    BRACKETED = "bracketed"
    ADJACENT = "adjacent"


class BilingualLine(Struct, frozen=True):
    """The two halves of a line."""

    source: Segment
    target: Segment
    form: Form


def split_line(segment: Segment, source_lang: str, target_lang: str) -> BilingualLine | None:
    """The halves of a bilingual line; None if the segment is in one language."""
    if segment.text.isascii() or segment.row is not None:
        return None
    for form, pattern in _PATTERNS:
        for first, second in pattern(segment.text):
            halves = segment.part(first), segment.part(second)
            sides = [side_of(half.unprotected_text, source_lang, target_lang) for half in halves]
            if set(sides) == {Side.SOURCE, Side.TARGET} and _fits(*halves, form):
                if sides[0] is Side.TARGET:
                    halves = halves[1], halves[0]
                return BilingualLine(*halves, form)
    return None


def is_gloss(line: BilingualLine, neighbours: Iterable[Segment], others: Container[frozenset[str]]) -> bool:
    """Whether a half only repeats another segment, as in `# Monolithic Apps`, `# 모놀리식 앱 (Monolithic
    Apps)`.

    The other half then is the translation of that segment. `others` are the words of all segments that are
    not bilingual; a neighbour need not have quite the same words.
    """
    halves = [words_of(half.text) for half in (line.source, line.target)]
    if any(half in others for half in halves):
        return True
    for neighbour in neighbours:
        words = words_of(neighbour.text)
        if any(half and len(half & words) * 2 > max(len(half), len(words) - 1) for half in halves):
            return True
        if line.source.text in neighbour.text or line.target.text in neighbour.text:
            return True
    return False


def words_of(text: str) -> frozenset[str]:
    """The words of a text in any order, without numbers."""
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if not word.isdigit())


def _fits(first: Segment, second: Segment, form: Form) -> bool:
    ratio = abs(math.log(length_of(first.text) / length_of(second.text)))
    return ratio <= math.log(_MAX_BLANK_RATIO if form is Form.ADJACENT else _MAX_RATIO)


def _separated(text: str) -> Iterator[tuple[Span, Span]]:
    """The halves around each separator, the most equal ones first."""
    found = [(match.start(), match.end()) for match in _SEPARATOR.finditer(text)]
    spans = [_halves(text, start, end) for start, end in found]
    whole = [pair for pair in spans if all(map(len, pair))]
    yield from sorted(whole, key=lambda pair: abs(_log_ratio(text, pair)))


def _bracketed(text: str) -> Iterator[tuple[Span, Span]]:
    """The text before a bracket that ends the line, and what the bracket holds."""
    closing = _CLOSING.search(text)
    if closing is None:
        return
    last = max(closing[0].rfind(bracket) for bracket in _BRACKETS) + closing.start()
    depth = 0
    for index in range(last, -1, -1):
        if text[index] in _BRACKETS:
            depth += 1
        elif any(text[index] in opening for opening in _BRACKETS.values()):
            depth -= 1
            if depth == 0:
                pair = _halves(text, index, index + 1, last)
                if all(map(len, pair)):
                    yield pair
                return


def _adjacent(text: str) -> Iterator[tuple[Span, Span]]:
    """The halves around the only blank at which the script changes for good; a sentence is no such line."""
    if _SENTENCE_END.search(text):
        return
    changes = [match for match in _BLANK.finditer(text) if _changes_script(text, match)]
    if len(changes) == 1:
        yield _halves(text, changes[0].start(), changes[0].end())


def _changes_script(text: str, blank: re.Match[str]) -> bool:
    before, after = text[: blank.start()], text[blank.end() :]
    first, second = (before, after) if before.isascii() else (after, before)
    return first.isascii() and not re.search(r"[A-Za-z]", second) and bool(re.search(r"[A-Za-z]{2}", first))


def _halves(text: str, start: int, end: int, stop: int | None = None) -> tuple[Span, Span]:
    return _trimmed(text, 0, start), _trimmed(text, end, len(text) if stop is None else stop)


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    lead = len(part) - len(part.lstrip())
    return Span(start + lead, start + len(part.rstrip())) if lead < len(part) else Span(start, start)


def _log_ratio(text: str, pair: tuple[Span, Span]) -> float:
    first, second = (length_of(text[span.start : span.end]) for span in pair)
    return math.log(first / second)


_PATTERNS = ((Form.SEPARATED, _separated), (Form.BRACKETED, _bracketed), (Form.ADJACENT, _adjacent))
