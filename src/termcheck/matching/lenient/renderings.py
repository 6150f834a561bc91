"""Search a target for anything that a fair editor would accept as a rendering.

It is for obligations that the automaton found unmet. Inflected words count, hyphens and blanks may differ,
articles may come and go. A few words may stand inside a rendering, and more where a coordination shares its
head or tail. Scripts without spaces have a look of their own.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from termcheck import languages
from termcheck.lazy import compile_later
from termcheck.matching.lenient import reordering, unspaced
from termcheck.matching.lenient.derivation import find_demonym
from termcheck.matching.lenient.entry_variants import entry_variants
from termcheck.matching.lenient.suspended import find_suspended
from termcheck.matching.lenient.words import (
    PREPOSITION,
    Phrase,
    Word,
    WordView,
    articles,
    coordinators,
    is_same,
    phrase,
)
from termcheck.matching.strict.edges import is_alphabetic
from termcheck.model import Span
from termcheck.text.fold import fold
from termcheck.text.search import find_all

# How many words may stand inside a rendering of two words, and of three or more.
_INSIDE_TWO = 1
_INSIDE_MORE = 3
# How many words a coordination may have: "Thought on (Strengthening the Military and on) Diplomacy".
_COORDINATED = 8
# With more words behind its `and`, it is likely the next clause.
_AFTER_AND = 3
# The fewest letters of a part of a compound, of words that may be written as one, and of a model (F-35).
# Shorter ones are found in too many other words.
_SHORTEST_PART = 4
_SHORTEST_JOINED = 6
_SHORTEST_MODEL = 3
_COMMAS = frozenset(",、")
# How many renderings are remembered.
_REMEMBERED = 65_536

# The text between two words that are one: a blank, a hyphen at the end of a line, a mark inside a name.
_JOINT = compile_later(r" ?-? ?|[./·_']")
# Single letters that a slash joins.
_INITIALS = compile_later(r"(?<!\w)[^\W_](?:/[^\W_])+(?!\w)")


def find_rendering(rendering: str, language: str, view: WordView) -> Iterator[Span]:
    """Where a segment has the rendering, as spans of its text, by the strictest look that finds anything."""
    for variant in _variants(rendering):
        found = False
        for span in _find(variant, language, view):
            found = True
            yield span
        if found:
            return


@functools.lru_cache(maxsize=_REMEMBERED)
def _variants(rendering: str) -> tuple[str, ...]:
    return tuple(entry_variants(rendering.strip()))


def _find(rendering: str, language: str, view: WordView) -> Iterator[Span]:
    if not _is_spaced(rendering, language):
        yield from unspaced.find_unspaced(rendering, view, language)
        return
    sought = phrase(rendering, language)
    lacking = view.lacking(sought)
    initials = _initials(rendering)
    for look, tolerated in _LOOKS if sought.words else ():
        found = False
        for span in look(sought, view, language) if lacking <= tolerated else ():
            if not initials or initials in _letters(view.segment.text[span.start : span.end]):
                found = True
                yield span
        if found:
            return


def _initials(rendering: str) -> str:
    """The letters that a slash joins (I/O, A/B), which nothing may separate."""
    found = _INITIALS.search(rendering)
    return _letters(found[0]) if found else ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


@functools.lru_cache(maxsize=_REMEMBERED)
def _is_spaced(rendering: str, language: str) -> bool:
    """Whether a rendering is in a script with spaces between words."""
    letters = [char for char in fold(rendering, language).text if char.isalnum()]
    return bool(letters) and all(map(is_alphabetic, letters))


def _find_spread(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """The words in order, perhaps with articles, a few other words or a coordination between them."""
    first, done = sought.words[0], -1
    for start in sorted({index for key in first.keys for index in view.places.get(key, ())}):
        if start <= done or not _same(sought, 0, view, start):
            continue
        last = _follow(sought, view, start, language)
        if last is not None:
            done = last
            yield view.origin(start, last)


def _follow(sought: Phrase, view: WordView, start: int, language: str) -> int | None:
    """The number of the word that ends the rendering which begins at word `start`, or None."""
    allowed = {1: 0, 2: _INSIDE_TWO}.get(len(sought.words), _INSIDE_MORE)
    index = start
    for number in range(1, len(sought.words)):
        if _is_in_list(sought, number, view, index, language):
            continue
        step = _next(sought, number, view, index, language, allowed)
        if step is None:
            return None
        index, allowed = step
    return index


def _is_in_list(sought: Phrase, number: int, view: WordView, index: int, language: str) -> bool:
    """Whether a comma stands for an `and`, because a list goes on: `reform, opening up, and trade`."""
    joining, after = coordinators(language), index + 1
    if sought.words[number].text not in joining or not number < len(sought.words) - 1:
        return False
    return (
        after < len(view.words)
        and view.between(index, after).strip() in _COMMAS
        and _same(sought, number + 1, view, after)
        and any(word.text in joining for word in view.words[after + 1 : after + 1 + _COORDINATED])
    )


def _next(
    sought: Phrase, number: int, view: WordView, index: int, language: str, allowed: int
) -> tuple[int, int] | None:
    """(place of the next word, insertions still allowed), or None."""
    free, joining = articles(language), coordinators(language)
    small = languages.get(language).function_words
    inserted, coordinated, after = 0, False, 0
    for candidate in range(index + 1, min(len(view.words), index + 2 + _COORDINATED + allowed)):
        if view.starts_sentence(candidate):
            return None
        if _same(sought, number, view, candidate) and (
            coordinated
            or inserted <= (0 if _is_exchanged(sought.words[number], view.words[candidate]) else allowed)
        ):
            return candidate, allowed if coordinated else allowed - inserted
        word = view.words[candidate].text
        coordinated = coordinated or word in joining
        after = 0 if word in joining else after + (coordinated and word not in free and word not in small)
        if after > _AFTER_AND:
            return None
        if not coordinated and word not in free and _in_name(view, index, candidate):
            return None
        if inserted > allowed and not coordinated and candidate - index > _COORDINATED:
            return None
        inserted += word not in free and not word.isdecimal()
    return None


def _same(sought: Phrase, number: int, view: WordView, index: int) -> bool:
    gerund = number and _is_gerund(view.words[index].text, sought.words[number].text)
    return not gerund and is_same(sought, number, view, index)


def _is_exchanged(word: Word, other: Word) -> bool:
    """Whether a word can only be another preposition than the one sought."""
    return PREPOSITION in word.keys and word.text != other.text


def _in_name(view: WordView, first: int, inserted: int) -> bool:
    """Whether a capitalised word stands inside a run of such words, which makes it another name."""
    last = inserted + 1
    return last < len(view.words) and all(
        view.written(number)[0].isupper() and not view.written(number).isupper()
        for number in (first, inserted, last)
    )


def _is_gerund(text: str, word: str) -> bool:
    """Whether `text` is the -ing form of `word`: an imaging device is not an image device."""
    return text.endswith("ing") and not word.endswith("ing") and text.startswith(word[:-1])


def _find_joined(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:  # noqa: ARG001
    """The letters alone: peacekeeping, peace-keeping and peace keeping are one, and so are F-35 and F35."""
    letters = "".join(word.text for word in sought.words)
    model = any(char.isdigit() for char in letters) and len(letters) >= _SHORTEST_MODEL
    if not model and (len(letters) < _SHORTEST_JOINED or any(sought.fixed)):
        return
    compact = view.compact
    for start in find_all(letters, compact.text):
        end = start + len(letters)
        for tail in (end, end + 1, end + 2):
            if start in compact.starts and tail in compact.ends and compact.text[end:tail] in ("", "s", "es"):
                first, last = compact.starts[start], compact.ends[tail]
                if _is_joined(sought, view, first, last):
                    yield view.origin(first, last)
                break


def _is_joined(sought: Phrase, view: WordView, first: int, last: int) -> bool:
    if not all(_JOINT.fullmatch(view.between(n, n + 1)) for n in range(first, last)):
        return False
    fixed = "".join(sought.fixed)
    return not fixed or fixed in "".join(view.written(number) for number in range(first, last + 1))


def _find_in_compound(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """A rendering of one word at the beginning or end of a compound."""
    if not languages.get(language).compounds or len(sought.words) != 1:
        return
    word = sought.words[0].text
    if len(word) < _SHORTEST_PART or any(sought.fixed):
        return
    stems = tuple(key for key in sought.words[0].keys if len(key) >= _SHORTEST_PART)
    for number, other in enumerate(view.words):
        # At the front of a compound a stem is not enough: Anwendungskatalog has no Anwender.
        behind = any(key.endswith(stems) for key in other.keys)
        if len(other.text) > len(word) and (
            other.text.startswith(word) or behind or _is_inside_compound(word, other.text, language)
        ):
            yield view.origin(number, number)


def _is_inside_compound(word: str, compound: str, language: str) -> bool:
    """Whether a word stands between two known ones: Speicher in Festplattenspeicherplatz."""
    begin = compound.find(word, _SHORTEST_PART)
    before, after = compound[:begin], compound[begin + len(word) :]
    if begin < 0 or len(after) < _SHORTEST_PART or not languages.get(language).dictionary:
        return False
    from termcheck.languages.dictionary import dictionary_of

    dictionary = dictionary_of(language)
    return dictionary is not None and bool(
        dictionary.lemmas(after)
        and (dictionary.lemmas(before) or dictionary.lemmas(before.removesuffix("s")))
    )


# From the strictest to the most lenient, each with the number of sought words that the target may lack: parts
# of a compound are no words of the target, `of` may be dropped, and an adjective may stand for a name.
_ANY = 1_000
_LOOKS: tuple[tuple[Callable[[Phrase, WordView, str], Iterator[Span]], int], ...] = (
    (_find_spread, 0),
    (_find_joined, _ANY),
    (_find_in_compound, _ANY),
    (find_suspended, _ANY),
    (reordering.find_reversed, 0),
    (reordering.find_without_link, 1),
    (reordering.find_separated_verb, _ANY),
    (find_demonym, 1),
)
