"""The lenient second look: is there anything in the target a fair editor takes for the rendering?

Asked only for an obligation that the automaton found unmet. Words count by their inflection, hyphens
and blanks by their letters, articles not at all; a few words may stand inside a rendering, more of
them where a coordination shares its head or tail. Scripts without word spaces are compared without
blanks and, in Chinese, without the particle 的.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from termcheck.lazy import compile_later
from termcheck.matching.lenient import reordering, unspaced
from termcheck.matching.lenient.derivation import demonyms
from termcheck.matching.lenient.entry_variants import entry_variants
from termcheck.matching.lenient.words import Phrase, WordView, phrase, undotted
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.model import Span
from termcheck.text.fold import fold
from termcheck.text.search import occurrences

# How many words may stand inside a rendering of two words, and of three or more.
INSIDE_TWO = 1
INSIDE_MORE = 3
# How far a coordination may spread: "Thought on (Strengthening the Military and on) Diplomacy".
COORDINATED = 8
# Renderings about which something is remembered.
_MANY = 65_536

_ARTICLES = {
    "en": "a an the",
    "fr": "le la les l un une des du de d",
    "de": "der die das den dem des ein eine einen einem einer eines",
    "es": "el la los las un una unos unas de del",
    "it": "il lo la i gli le un uno una l di del della dello dei delle",
    "pt": "o a os as um uma uns umas de do da dos das",
    "nl": "de het een",
    "ca": "el la els les un una de del",
    "gl": "o a os as un unha de do da",
}
_AND_OR = "and or und oder sowie et ou y e o i en och eller og и или а і або oraz lub dan"
COORDINATORS = frozenset(_AND_OR.split())
_SENTENCE_END = compile_later(r"[.!?;:](?:\s|$)|[。！？；：]")
# What may stand between two words that are one: a blank, a hyphen at the end of a line, a mark of a name.
_JOINT = compile_later(r" ?-? ?|[./·_']")
_COMPOUNDING = frozenset(["de", "nl", "sv", "da", "no", "nb", "nn", "fi", "hu", "et", "is"])


@functools.cache
def articles(language: str) -> frozenset[str]:
    """Words that may come or go in a rendering of this language."""
    return frozenset(_ARTICLES.get(language.split("-", 1)[0].casefold(), "").split())


def find_rendering(rendering: str, language: str, view: WordView) -> Iterator[Span]:
    """Where in a segment the rendering stands, leniently; code points of the segment's text.

    Each way of looking is tried only when the stricter ones before it found nothing.
    """
    for variant in _variants(rendering):
        found = False
        for span in _find(variant, language, view):
            found = True
            yield span
        if found:
            return


@functools.lru_cache(maxsize=_MANY)
def _variants(rendering: str) -> tuple[str, ...]:
    return tuple(entry_variants(rendering.strip()))


def _find(rendering: str, language: str, view: WordView) -> Iterator[Span]:
    if not _is_spaced(rendering, language):
        yield from unspaced.find_unspaced(fold(rendering, language).text, view, language)
        return
    sought = phrase(rendering, language, articles(language))
    lacking = view.lacking(sought)
    for look, most in _LOOKS if sought.words else ():
        found = False
        for span in look(sought, view, language) if lacking <= most else ():
            found = True
            yield span
        if found:
            return


@functools.lru_cache(maxsize=_MANY)
def _is_spaced(rendering: str, language: str) -> bool:
    """Whether a rendering is in a script that writes words apart."""
    letters = [char for char in fold(rendering, language).text if char.isalnum()]
    return bool(letters) and all(map(is_alphabetic, letters))


def _find_spread(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """The words in order, with what may stand between them."""
    first, free, done = sought.words[0], articles(language), -1
    for start in sorted({place for key in first.keys for place in view.places.get(key, ())}):
        last = _follow(sought, view, start, free) if start > done and _same(sought, 0, view, start) else None
        if last is not None:
            done = last
            yield view.origin(start, last)


def _follow(sought: Phrase, view: WordView, start: int, free: frozenset[str]) -> int | None:
    """The number of the word that ends the rendering begun at word `start`."""
    allowed = {1: 0, 2: INSIDE_TWO}.get(len(sought.words), INSIDE_MORE)
    at = start
    for number in range(1, len(sought.words)):
        step = _next(sought, number, view, at, free, allowed)
        if step is None:
            return None
        at, allowed = step
    return at


def _next(
    sought: Phrase, number: int, view: WordView, at: int, free: frozenset[str], allowed: int
) -> tuple[int, int] | None:
    """(place of the next word, insertions still allowed), or None."""
    inserted, coordinated = 0, False
    for place in range(at + 1, min(len(view.words), at + 2 + COORDINATED + allowed)):
        if _SENTENCE_END.search(view.between(place - 1, place)):
            return None
        if _same(sought, number, view, place) and (inserted <= allowed or coordinated):
            return place, allowed if coordinated else allowed - inserted
        word = view.words[place].text
        coordinated = coordinated or word in COORDINATORS
        if not coordinated and word not in free and _in_name(view, at, place):
            return None
        if inserted > allowed and not coordinated and place - at > COORDINATED:
            return None
        inserted += word not in free
    return None


def _same(sought: Phrase, number: int, view: WordView, place: int) -> bool:
    word, other = sought.words[number], view.words[place]
    if word.keys.isdisjoint(other.keys) or (number and _is_gerund(other.text, word.text)):
        return False
    fixed = sought.fixed[number]
    return not fixed or undotted(view.written(place)).startswith(fixed)


def _in_name(view: WordView, first: int, inserted: int) -> bool:
    """Whether a capitalised word is put into a run of such words: that makes another name of it."""
    last = inserted + 1
    return last < len(view.words) and all(
        view.written(number)[0].isupper() and not view.written(number).isupper()
        for number in (first, inserted, last)
    )


def _is_gerund(text: str, word: str) -> bool:
    """Whether `text` is the -ing form of `word`: inside a name an imaging device is no image device."""
    return text.endswith("ing") and not word.endswith("ing") and text.startswith(word[:-1])


def _find_joined(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:  # noqa: ARG001
    """The letters alone: peacekeeping, peace-keeping and peace keeping are one, and so are F-35 and F35."""
    letters = "".join(word.text for word in sought.words)
    model = any(char.isdigit() for char in letters) and len(letters) >= 3
    if not model and (len(letters) < 6 or any(sought.fixed)):
        return
    compact = view.compact
    for at in occurrences(letters, compact.text):
        end = at + len(letters)
        for tail in (end, end + 1, end + 2):
            if at in compact.starts and tail in compact.ends and compact.text[end:tail] in ("", "s", "es"):
                first, last = compact.starts[at], compact.ends[tail]
                if _is_joined(sought, view, first, last):
                    yield view.origin(first, last)
                break


def _is_joined(sought: Phrase, view: WordView, first: int, last: int) -> bool:
    if not all(_JOINT.fullmatch(view.between(n, n + 1)) for n in range(first, last)):
        return False
    fixed = "".join(sought.fixed)
    return not fixed or fixed in "".join(view.written(number) for number in range(first, last + 1))


def _find_in_compound(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """A one-word rendering at the beginning or end of a Germanic or Finno-Ugric compound."""
    if language.split("-", 1)[0].casefold() not in _COMPOUNDING or len(sought.words) != 1:
        return
    word = sought.words[0].text
    if len(word) < 4 or any(sought.fixed):
        return
    stems = {key for key in sought.words[0].keys if len(key) >= 4}
    for number, other in enumerate(view.words):
        # At the front of a compound a stem says too little: Anwendungskatalog has no Anwender.
        behind = any(key.endswith(stem) for key in other.keys for stem in stems)
        if len(other.text) > len(word) and (other.text.startswith(word) or behind):
            yield view.origin(number, number)


# From the strictest to the most lenient, each with how many words the target may lack for it to find a thing:
# parts of compounds are no words there, `of` may go, and an adjective may stand for a name.
_ANY = 1_000
_LOOKS: tuple[tuple[Callable[[Phrase, WordView, str], Iterator[Span]], int], ...] = (
    (_find_spread, 0),
    (_find_joined, _ANY),
    (_find_in_compound, _ANY),
    (reordering.reversed_phrase, 0),
    (reordering.rejoined_verb, 1),
    (reordering.separated_verb, _ANY),
    (demonyms, 1),
)
