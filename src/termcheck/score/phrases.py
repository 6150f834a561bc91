"""Tokens and phrases of texts, and an index of the phrases that could be a rendering.

A token is a word where words are separated by blanks, otherwise a Han character or a Hangul syllable. A
tokenised text is a plain string with a blank on both sides of each token, so that a phrase is found by the
fastest search there is: a substring.
"""

from __future__ import annotations

import functools
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from termcheck import languages
from termcheck.languages.word_keys import stem_of
from termcheck.lazy import compile_later
from termcheck.model import Segment, Span
from termcheck.text.fold import Folded, fold
from termcheck.text.scripts import HAN_CLASS, HANGUL_CLASS

# One character of Han or Hangul, a sequence of either kana, or a word of any other script.
_SYLLABIC = HAN_CLASS + HANGUL_CLASS
_TOKEN = compile_later(
    f"[{_SYLLABIC}]|[\u30a1-\u30ff]+|[\u3041-\u309f]+|[^\\W_{_SYLLABIC}\u3041-\u309f\u30a1-\u30ff]+(?:'s\\b)?"
)
_JOINT = compile_later(r"[ '·-]{0,3}")
_IS_CHARACTER = compile_later(rf"\^?[{_SYLLABIC}]")
_HANGUL = compile_later(f"[{HANGUL_CLASS}]")
_HIRAGANA = compile_later("[\u3041-\u309f]")

# Marks the first syllable of a Hangul word. Only there may a phrase start; particles may follow its end.
_WORD_START = "^"
_BREAK = "\n"

# The longest phrase has four words, six characters, or a mixture of the same weight. Chosen by hand.
_CHARACTER_WEIGHT, _WORD_WEIGHT, _MAX_WEIGHT = 2, 3, 12


class Token(Struct, frozen=True):
    """A token of a segment: the key by which it is compared, and its span in the segment's text."""

    key: str
    span: Span


class PhraseIndex:
    """The tokenised texts of one side of all pairs, by the number of the pair."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._postings: dict[str, array[int]] = defaultdict(lambda: array("l"))
        self._known: dict[str, frozenset[int]] = {}
        for number, text in enumerate(texts):
            for key in set(text.split()):
                self._postings[key].append(number)

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, number: int) -> str:
        return self._texts[number]

    def pairs_with(self, phrase: str) -> frozenset[int]:
        """The numbers of the pairs whose text contains a phrase."""
        if phrase not in self._known:
            rarest = min((self._postings.get(key, array("l")) for key in phrase.split()), key=len)
            self._known[phrase] = frozenset(number for number in rarest if phrase in self._texts[number])
        return self._known[phrase]


def tokens(segment: Segment, language: str) -> Iterator[Token | None]:
    """The tokens of a segment in order; None where a phrase must end: at punctuation and protected text."""
    folded = fold(segment.text, language)
    for key, start, end in _scan(folded, language, _mask(segment, ())):
        yield None if key == _BREAK else Token(key, folded.origin(Span(start, end)))


def _scan(folded: Folded, language: str, mask: bytearray) -> Iterator[tuple[str, int, int]]:
    """The key of each token and its bounds in the folded text, and _BREAK where a phrase must end."""
    stem = stem_of(language)
    last = 0
    for match in _TOKEN.finditer(folded.text):
        start, end = match.span()
        gap = folded.text[last:start]
        last = end
        if gap and gap != " " and not _JOINT.fullmatch(gap):
            yield _BREAK, start, start
        if mask:
            span = folded.origin(Span(start, end))
            if mask.find(1, span.start, span.end) >= 0:
                yield _BREAK, start, end
                continue
        key = stem(match[0])
        starts_word = _HANGUL.match(key) and not (start and _HANGUL.match(folded.text[start - 1]))
        yield _WORD_START + key if starts_word else key, start, end


def _mask(segment: Segment, hidden: Sequence[Span]) -> bytearray:
    """A 1 for each character of a segment's text that is protected or hidden; empty if there is none."""
    spans = (*segment.protected, *hidden)
    mask = bytearray(len(segment.text) if spans else 0)
    for span in spans:
        mask[span.start : span.end] = b"\1" * len(span)
    return mask


def tokenized(
    segments: Iterable[Segment], language: str, hidden: Callable[[Segment], list[Span]] | None = None
) -> str:
    """The keys of the tokens of segments, separated by blanks, with a newline where a phrase must end.

    Protected text is left out, and so are the spans that `hidden` returns for a segment.
    """
    keys: list[str] = []
    for segment in segments:
        mask = _mask(segment, hidden(segment) if hidden else ())
        keys += [key for key, _, _ in _scan(fold(segment.text, language), language, mask)]
        keys.append(_BREAK)
    return _joined(keys)


def _joined(keys: Iterable[str]) -> str:
    return f" {' '.join(keys)} "


def phrase(text: str, language: str) -> str:
    """A text as a phrase to search for in tokenised texts, with a blank on both sides."""
    scanned = _scan(fold(text, language), language, bytearray())
    return _joined(key for key, _, _ in scanned if key != _BREAK)


def phrases(text: str, language: str) -> Iterator[str]:
    """The phrases of a tokenised text, with a blank on both sides; a phrase may be returned repeatedly."""
    small = _function_word_keys(language)
    for part in text.split(_BREAK):
        keys = part.split()
        has_content = [key not in small and not _HIRAGANA.match(key) for key in keys]
        for start, first in enumerate(keys):
            if not has_content[start] or first.isdigit() or _HANGUL.match(first):
                continue
            weight = 0
            for end in range(start, len(keys)):
                weight += _CHARACTER_WEIGHT if _IS_CHARACTER.match(keys[end]) else _WORD_WEIGHT
                if weight > _MAX_WEIGHT:
                    break
                if has_content[end] and _is_specific(keys[start : end + 1]):
                    yield _joined(keys[start : end + 1])


def _is_specific(keys: Sequence[str]) -> bool:
    """Whether a phrase has two characters, or a word that is more than a letter or a number."""
    characters = sum(_IS_CHARACTER.match(key) is not None for key in keys)
    return characters > 1 or any(
        len(key) > 1 and not key.isdigit() and not _IS_CHARACTER.match(key) for key in keys
    )


def spans_of(phrase: str, segment: Segment, language: str) -> Iterator[Span]:
    """The occurrences of a phrase in a segment's text."""
    sought = phrase.split()
    found_tokens = list(tokens(segment, language))
    keys = [_BREAK if token is None else token.key for token in found_tokens]
    for start in range(len(keys) - len(sought) + 1):
        first, last = found_tokens[start], found_tokens[start + len(sought) - 1]
        if first is not None and last is not None and keys[start : start + len(sought)] == sought:
            yield Span(first.span.start, last.span.end)


def neighbours(segment: Segment, span: Span, language: str) -> Iterator[tuple[str, Span]]:
    """The one and two tokens on either side of a span of a segment's text.

    Each comes as a phrase, with the span that covers both it and the given span.
    """
    found_tokens = list(tokens(segment, language))
    inside = [
        index for index, token in enumerate(found_tokens) if token is not None and token.span.overlaps(span)
    ]
    for width in (1, 2) if inside else ():
        for start, end in ((inside[0] - width, inside[0]), (inside[-1] + 1, inside[-1] + 1 + width)):
            beside = [token for token in found_tokens[max(start, 0) : end] if token is not None]
            if len(beside) == width:
                both = Span(min(beside[0].span.start, span.start), max(beside[-1].span.end, span.end))
                yield _joined(token.key for token in beside), both


@functools.cache
def _function_word_keys(language: str) -> frozenset[str]:
    """The stems of words that seldom start or end a name. Han characters may stand in any text."""
    known, han = languages.get(language), languages.get(languages.main_language("han"))
    return frozenset(map(stem_of(language), known.function_words | known.articles)) | han.function_words
