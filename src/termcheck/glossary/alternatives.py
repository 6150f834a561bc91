"""Split a cell of a table that holds several terms, or a term and an explanation.

People write `a/b`, `a; b` and `a (b)` into one cell. No text contains that, so an entry with it would accuse
every translation. What is split, and what becomes a note, is counted and said once for a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.text.scripts import HAN_CLASS

# No term is that long, nor are several.
_LONGEST = 2_000
_SEMICOLON = compile_later(r"[;；\n\r]|<br ?/?>")
_SPACED_SLASH = compile_later(r"(?<=\s)[/／|](?=\s)")
_SLASH = compile_later(r"[/／]")
_WORDS_WITH_SLASH = compile_later(
    r"and/or|either/or|client/server|input/output|read/write|true/false", re.IGNORECASE
)
_LONG_WORD = compile_later(r"[^\W\d_][^/／]{2,}[^\W\d_]")
_HAN_WORD = compile_later(f"[{HAN_CLASS}][^/／]*[{HAN_CLASS}]")
_ENDING = compile_later(r"(?<=[^\W\d_])[(（](?:s|es|e|n|en|ren|r|in)[)）]$")
_ACRONYM = compile_later(r"[A-Z][A-Z0-9&/.-]*[A-Z0-9]s?")


class Part(Struct, frozen=True):
    """A term in a cell, and the offset in the cell at which it begins."""

    text: str
    offset: int


class Split(Struct):
    """The terms in a cell, and the explanation that stood beside them."""

    parts: list[Part]
    note: str = ""


class Splitter(Struct):
    """Splits the cells of one file, and remembers what it did: a count, and the first cell, of each kind."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def split(self, text: str, line: int) -> Split:
        """The terms in the text of a cell in a 1-based line of the file."""
        if len(text) > _LONGEST:
            return Split([Part(text.strip(), len(text) - len(text.lstrip()))])
        split = Split([])
        pieces = list(_pieces(text))
        for piece in pieces:
            split.parts += self._without_brackets(piece, split, line)
        if len(pieces) > 1:
            self._count("split", line, text, " and ".join(f"“{piece.text}”" for piece in pieces))
        return split

    def _without_brackets(self, piece: Part, split: Split, line: int) -> Iterator[Part]:
        ending = _ENDING.search(piece.text)
        if ending:
            self._count("ending", line, piece.text, f"“{piece.text[: ending.start()]}”")
            yield Part(piece.text[: ending.start()], piece.offset)
            return
        found = _bracketed(piece.text)
        if found is None:
            yield piece
            return
        head, inside, start = found
        yield Part(head, piece.offset)
        if _is_short_for(inside, head):
            self._count("split", line, piece.text, f"“{head}” and “{inside}”")
            yield Part(inside, piece.offset + start)
        else:
            self._count("note", line, piece.text, f"“{head}”")
            split.note = split.note or inside

    def _count(self, kind: str, line: int, text: str, result: str) -> None:
        self.counts[kind] += 1
        self.first.setdefault(kind, (line, text, result))

    def notices(self) -> Iterator[str]:
        """A notice for each kind of change, with the count and the first case."""
        for kind, (one, many) in _NOTICES.items():
            if count := self.counts[kind]:
                line, text, result = self.first[kind]
                said = one if count == 1 else many.format(count)
                yield f"{said} (line {line}: “{' '.join(text.split())}” is read as {result})"


_NOTICES = {
    "split": ("1 cell has alternatives and is split", "{} cells have alternatives and are split"),
    "note": ("1 explanation in brackets is read as a note", "{} explanations in brackets are read as notes"),
    "ending": ("1 optional ending is left out", "{} optional endings are left out"),
}


def _bracketed(text: str) -> tuple[str, str, int] | None:
    """What stands before the brackets at the end of a text, and in them; and where that begins.

    Latin letters right before a bracket belong to it, as in `f(x)`.
    """
    if not text.endswith((")", "）")):
        return None
    opening = max(text.rfind("("), text.rfind("（"))
    head, inside = text[: max(opening, 0)].rstrip(), text[opening + 1 : -1]
    is_apart = len(head) < opening or text[opening] == "（" or re.search(f"[{HAN_CLASS}]$", head)
    if not head or not inside.strip() or ")" in inside or "）" in inside or not is_apart:
        return None
    return head, inside.strip(), opening + 1 + len(inside) - len(inside.lstrip())


def alternatives_in(text: str) -> list[str]:
    """The terms between slashes in a text; the text itself if it has none."""
    pieces = [part.text for part in _between(_SPACED_SLASH, text)]
    if len(pieces) > 1:
        return pieces
    words = list(_between(_SLASH, text))
    return [part.text for part in words] if _are_words(text, words) else [text]


def _pieces(text: str) -> Iterator[Part]:
    """The alternatives in a text: at semicolons and line breaks, else at slashes between whole words."""
    for separator in (_SEMICOLON, _SPACED_SLASH, _SLASH):
        pieces = list(_between(separator, text))
        if separator is _SLASH and not _are_words(text, pieces):
            break
        if len(pieces) > 1:
            for piece in pieces:
                inner = list(_pieces(piece.text)) if separator is not _SLASH else [Part(piece.text, 0)]
                yield from (Part(one.text, piece.offset + one.offset) for one in inner)
            return
    stripped = text.strip()
    if stripped:
        yield Part(stripped, len(text) - len(text.lstrip()))


def _between(separator: re.Pattern[str], text: str) -> Iterator[Part]:
    """The parts of a text between separators that stand outside of brackets, without empty ones."""
    start = 0
    for match in separator.finditer(text):
        if _is_inside(text, match.start()):
            continue
        if piece := text[start : match.start()].strip():
            yield Part(piece, text.index(piece, start))
        start = match.end()
    if piece := text[start:].strip():
        yield Part(piece, text.index(piece, start))


def _is_inside(text: str, offset: int) -> bool:
    before = text[:offset]
    return sum(map(before.count, "(（")) > sum(map(before.count, ")）"))


def _are_words(text: str, pieces: list[Part]) -> bool:
    """Whether slashes separate whole words: in `Defense/Defence` and `甲方/乙方`, not in `TCP/IP`."""
    if len(pieces) < 2 or _WORDS_WITH_SLASH.search(text):
        return False
    words = [piece.text for piece in pieces]
    return all(map(_LONG_WORD.fullmatch, words)) or all(map(_HAN_WORD.fullmatch, words))


def _is_short_for(inside: str, head: str) -> bool:
    """Whether a text in brackets is a short form of what stands before it, or the other way round."""
    if inside == head:
        return False
    if _ACRONYM.fullmatch(inside) or _ACRONYM.fullmatch(head):
        return True
    # 上海合作组织（上合组织）: each character of the short form is one of the long form, in order.
    rest = iter(head)
    return (
        len(inside) >= 2
        and re.search(f"[{HAN_CLASS}]", inside) is not None
        and all(char in rest for char in inside)
    )
