"""Renderings whose words stand in another order: `management of liquidity risk`, `Wählen Sie … aus`.

A preposition may turn a noun phrase round, and a German or Hungarian verb may send its prefix behind it.
These looks come after the words were not found in their own order.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from termcheck import languages
from termcheck.languages import Language
from termcheck.languages.word_keys import keys_of
from termcheck.lazy import compile_later
from termcheck.matching.lenient.words import Phrase, WordView, is_same
from termcheck.model import Span

# Longer phrases are not turned round, and so many words may link one that is.
_LONGEST = 5
_LINKING = 3
_INFINITIVE_ENDING = compile_later(r"e?n$")
_PARTICIPLE_ENDING = compile_later(r"e?[td](?:e[mnrs]?)?|en(?:e[mnrs]?)?")
_SHORTEST_STEM = 3
# A finite verb has at most so many letters more than its stem.
_VERB_ENDING = 3
# So many words may a main clause have up to the prefix and still be read with ease.
_CLAUSE = 16


def find_reversed(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """All words of a phrase of two to five, each once, with only small words and a link between them."""
    known = languages.get(language)
    if not known.links or not 2 <= len(sought.words) <= _LONGEST:
        return
    reach = len(sought.words) + _LINKING
    places = {index for word in sought.words for key in word.keys for index in view.places.get(key, ())}
    for start in sorted(places):
        end = _window(sought, view, start, min(start + reach, len(view.words)), known)
        if end is not None:
            yield view.origin(start, end)


def _window(sought: Phrase, view: WordView, start: int, stop: int, language: Language) -> int | None:
    """The last word of a window from `start` on that holds all words sought, or None."""
    missing, linked = list(range(len(sought.words))), False
    for index in range(start, stop):
        if index > start and view.starts_sentence(index):
            return None
        word = view.words[index]
        match = next((number for number in missing if is_same(sought, number, view, index)), None)
        if match is not None:
            missing.remove(match)
            if not missing:
                return index if linked else None
        elif word.text in language.links:
            linked = True
        elif word.text not in language.fillers:
            return None
    return None


def find_without_link(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """A phrase turned round and without its link: the Commerce Ministry for the Ministry of Commerce."""
    link = languages.get(language).droppable_link
    texts = [word.text for word in sought.words]
    if not link or texts.count(link) != 1:
        return
    cut = texts.index(link)
    order = [*range(cut + 1, len(texts)), *range(cut)]
    if not 0 < cut < len(texts) - 1:
        return
    for start in range(len(view.words) - len(order) + 1):
        if all(is_same(sought, number, view, index) for index, number in enumerate(order, start)):
            yield view.origin(start, start + len(order) - 1)


def find_separated_verb(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """A verb whose prefix stands apart from it: auswählen in `Wählen Sie eine Datei aus.`, `auszuwählen`."""
    known = languages.get(language)
    prefixes = known.separable_prefixes
    if not prefixes or len(sought.words) != 1:
        return
    yield from _participles(sought.words[0].text, view, known)
    match = _prefixed_verb(prefixes, known.infinitive).match(sought.words[0].text)
    if match is None:
        return
    prefix, verb = match.groups()
    stem = _INFINITIVE_ENDING.sub("", verb) if known.infinitive else verb
    joined = [prefix + infix + stem for infix in known.verb_infixes]
    keys = keys_of(language, sought=True)(verb)
    for start, word in enumerate(view.words):
        if any(_is_verb(word.text, whole) for whole in joined):
            yield view.origin(start, start)
        if keys.isdisjoint(word.keys) and not _is_verb(word.text, stem):
            continue
        before = [other.text for other in view.words[max(0, start - 2) : start]]
        if before[:1] == [prefix] and before[1:] and before[1] in known.verb_infixes:
            yield view.origin(start - 2, start)
        for index in range(start + 1, min(start + _CLAUSE, len(view.words))):
            if view.starts_sentence(index):
                break
            if view.words[index].text == prefix:
                yield view.origin(start, index)
                break


def _participles(verb: str, view: WordView, language: Language) -> Iterator[Span]:
    """The participles of a verb without a prefix: geändert for ändern."""
    if not language.participle_prefix:
        return
    stem = _INFINITIVE_ENDING.sub("", verb)
    if stem == verb or len(stem) < _SHORTEST_STEM:
        return
    begin = language.participle_prefix + stem
    for number, word in enumerate(view.words):
        if word.text.startswith(begin) and _PARTICIPLE_ENDING.fullmatch(word.text, len(begin)):
            yield view.origin(number, number)


def _is_verb(word: str, stem: str) -> bool:
    """Whether a word is a stem with an ending. A double letter at the end of a Dutch stem is single there."""
    if stem[-1] == stem[-2] and word == stem[:-1]:
        return True
    return word.startswith(stem) and len(word) <= len(stem) + _VERB_ENDING


@functools.cache
def _prefixed_verb(prefixes: frozenset[str], ending: str) -> re.Pattern[str]:
    """A verb that ends as listed ones do, with one of the prefixes, the longest that fits."""
    longest_first = sorted(prefixes, key=lambda prefix: (-len(prefix), prefix))
    return re.compile(f"^({'|'.join(longest_first)})(\\w{{3,}}{ending})$")
