"""Lines that hold a text and its translation: `English. / 中文。`, `English（中文）`, `中文 English:`.

Such a line is a pair by itself. Left whole, it would take the side of its main script and pair with a
neighbour. Only languages in different scripts can be told apart within a line.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Container, Iterable, Iterator

from msgspec import Struct

from termcheck.align.profile import length_of
from termcheck.languages import scripts_of
from termcheck.languages.identify import side_of
from termcheck.lazy import compile_later
from termcheck.model import Segment, Side, Span
from termcheck.text.positions import trimmed
from termcheck.text.scripts import letters_of

_SEPARATOR = compile_later(r"[/／|｜]")
_MENU_SEPARATOR = compile_later(r"\s+[·•|｜]\s+")
_MIN_MENU_PARTS = 3
_LONGEST_MENU_PART = 40
_SENTENCE_MARKS = ".!?。！？"
_COLONS = ":："
_OPENING = {")": "(", "）": "(（", "]": "["}
_LATIN = compile_later(r"[A-Za-z]")
_OTHER_LETTER = compile_later(r"[^\W\d_A-Za-zÀ-ɏ]")
_ASIDE = compile_later(r"\([^()]*\)|（[^（）]*）")
_BLANK = compile_later(r"\s+")
_WORD = compile_later(r"\w+")
# All figures here were chosen by hand. A translation is not longer or shorter than its text by more than the
# ratio, in letters, and by less where only a blank separates the two.
_MAX_RATIO = 3.0
_MAX_BLANK_RATIO = 2.2
# A longer line, or one with more separators, is a paragraph or a table.
_MAX_LENGTH = 4_000
_MAX_SEPARATORS = 6


class Form(enum.Enum):
    """What tells the halves of a line apart: a separator, brackets around the second one, or only a blank.

    A menu has many short parts in both languages, so it has no halves that belong together.
    """

    SEPARATED = "separated"
    BRACKETED = "bracketed"
    ADJACENT = "adjacent"
    MENU = "menu"

    @property
    def is_pair(self) -> bool:
        """Whether one half surely renders the other."""
        return self in (Form.SEPARATED, Form.BRACKETED)


class BilingualLine(Struct, frozen=True):
    """The two halves of a line."""

    source: Segment
    target: Segment
    form: Form


def split_line(segment: Segment, source_lang: str, target_lang: str) -> BilingualLine | None:
    """The halves of a bilingual line; None if the segment is in one language."""
    text = segment.text
    if text.isascii() or segment.row is not None or len(text) > _MAX_LENGTH:
        return None
    if not (_LATIN.search(text) and _OTHER_LETTER.search(text)):
        return None
    if _is_menu(text):
        return BilingualLine(segment, segment, Form.MENU)
    for form, halves in _halves_of(segment):
        first, second = (segment.part(half) for half in halves)
        sides = [side_of(half.unprotected_text, source_lang, target_lang) for half in (first, second)]
        if set(sides) == {Side.SOURCE, Side.TARGET} and _fits(first, second, form):
            source, target = (first, second) if sides[0] is Side.SOURCE else (second, first)
            if _is_pure(source, source_lang, target_lang) and _is_pure(target, target_lang, source_lang):
                return BilingualLine(source, target, form)
    return None


def is_gloss(line: BilingualLine, neighbours: Iterable[Segment], others: Container[frozenset[str]]) -> bool:
    """Whether a half only repeats another segment, as `# 앱 (Apps)` does after `# Apps`.

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
        if any(half.text.rstrip(f"{_COLONS} ") in neighbour.text for half in (line.source, line.target)):
            return True
    return False


def could_render(segment: Segment, other: Segment) -> bool:
    """Whether the lengths of two segments allow that one renders the other."""
    return _log_ratio(segment.text, other.text) <= math.log(_MAX_RATIO)


def words_of(text: str) -> frozenset[str]:
    """The words of a text in any order, without numbers."""
    return frozenset(word for word in _WORD.findall(text.casefold()) if not word.isdigit())


def _fits(first: Segment, second: Segment, form: Form) -> bool:
    max_ratio = _MAX_BLANK_RATIO if form is Form.ADJACENT else _MAX_RATIO
    return _log_ratio(first.text, second.text) <= math.log(max_ratio)


def _is_pure(half: Segment, language: str, other: str) -> bool:
    """Whether a half in Latin letters has no word of the other language; other scripts may have names."""
    if "latin" not in scripts_of(language):
        return True
    text = _ASIDE.sub("", half.unprotected_text)
    return not any(letters_of(script).search(text) for script in scripts_of(other))


def _is_menu(text: str) -> bool:
    parts = _MENU_SEPARATOR.split(text)
    if len(parts) < _MIN_MENU_PARTS or max(map(len, parts)) > _LONGEST_MENU_PART:
        return False
    return sum(bool(_LATIN.search(part) and _OTHER_LETTER.search(part)) for part in parts) > 1


def _halves_of(segment: Segment) -> Iterator[tuple[Form, tuple[Span, Span]]]:
    text = segment.text
    for halves in _separated(text):
        yield Form.SEPARATED, halves
    for halves in _bracketed(text):
        yield Form.BRACKETED, halves
    if segment.heading or text.rstrip().endswith(tuple(_COLONS)):
        for halves in _adjacent(text):
            yield Form.ADJACENT, halves


def _separated(text: str) -> Iterator[tuple[Span, Span]]:
    """The halves around each separator that counts, the most equal ones first."""
    marks = [match.start() for match in _SEPARATOR.finditer(text) if _separates(text, match.start())]
    if len(marks) <= _MAX_SEPARATORS:
        found = [_halves(text, mark, mark + 1) for mark in marks]
        whole = [halves for halves in found if all(map(len, halves))]
        yield from sorted(
            whole, key=lambda halves: _log_ratio(*(text[half.start : half.end] for half in halves))
        )


def _separates(text: str, mark: int) -> bool:
    before, after = text[mark - 1 : mark], text[mark + 1 : mark + 2]
    return (before.isspace() and after.isspace()) or (bool(before) and before in _SENTENCE_MARKS)


def _bracketed(text: str) -> Iterator[tuple[Span, Span]]:
    """The text before a bracket that ends the line, and what the bracket holds."""
    last = len(text.rstrip(f"{_COLONS} \t")) - 1
    if last < 0 or text[last] not in _OPENING:
        return
    depth = 0
    for index in range(last, -1, -1):
        if text[index] in _OPENING:
            depth += 1
        elif any(text[index] in opening for opening in _OPENING.values()):
            depth -= 1
            if depth == 0:
                halves = _halves(text, index, index + 1, last)
                if all(map(len, halves)):
                    yield halves
                return


def _adjacent(text: str) -> Iterator[tuple[Span, Span]]:
    """The halves around the only blank at which the script changes for good."""
    latin = [match.start() for match in _LATIN.finditer(text)]
    other = [match.start() for match in _OTHER_LETTER.finditer(text)]
    first, second = (latin, other) if latin[0] < other[0] else (other, latin)
    blank = _BLANK.search(text, first[-1], second[0]) if first[-1] < second[0] else None
    if blank:
        yield _halves(text, blank.start(), blank.end())


def _halves(text: str, start: int, end: int, stop: int | None = None) -> tuple[Span, Span]:
    return trimmed(text, 0, start), trimmed(text, end, len(text) if stop is None else stop)


def _log_ratio(first: str, second: str) -> float:
    """How far the lengths of two texts are apart: 0 if they are equal, else positive."""
    return abs(math.log(length_of(first) / length_of(second)))
