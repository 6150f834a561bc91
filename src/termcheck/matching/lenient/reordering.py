"""Renderings whose words stand in another order: `management of liquidity risk`, `Wählen Sie … aus`.

A noun phrase may be turned round with a preposition, a German verb may send its prefix to the end of
the clause. Both are asked for only after the words were not found in their own order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck.lazy import compile_later
from termcheck.matching.lenient.words import Phrase, Word, WordView, undotted
from termcheck.model import Span

# What turns a noun phrase round, articles that come with it included.
_LINKS = {
    "en": "of for the a an",
    "fr": "de du des d à au aux en pour le la les l",
    "es": "de del en para por a al el la los las",
    "pt": "de do da dos das em no na para por ao à o a os as",
    "gl": "de do da dos das en no na para por ao á o a os as",
    "it": "di del della dei delle dello degli da dal per in il la i le l lo gli",
    "ca": "de del dels d en per a al el la els les l",
    "ro": "de din a al ale pentru",
    "de": "von vom für zur zum der des dem den die das",
    "nl": "van voor de het der",
    "sv": "av för i",
    "da": "af for i",
    "no": "av for i",
}
_DETERMINERS = "the a an le la les l el los las o os as il i gli lo der die das dem den des het els"
_ARTICLES = frozenset(_DETERMINERS.split())
_PREFIXES = (
    "ab an auf aus bei durch ein fest frei her hin los mit nach um vor weg weiter wieder zu zurück zusammen"
)
_SEPARABLE = compile_later(f"^({'|'.join(sorted(_PREFIXES.split(), key=len, reverse=True))})(\\w{{3,}}e?n)$")
_SENTENCE_END = compile_later(r"[.!?;:](?:\s|$)|[。！？；：]")
# As far as German puts the prefix of a verb in a main clause that is still easily read.
_CLAUSE = 16


def reversed_phrase(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """All words of a phrase of two to five, each once, with only small words and a preposition between."""
    links = frozenset(_LINKS.get(language.split("-", 1)[0].casefold(), "").split())
    if not links or not 2 <= len(sought.words) <= 5:
        return
    reach = len(sought.words) + 3
    places = {place for word in sought.words for key in word.keys for place in view.places.get(key, ())}
    for start in sorted(places):
        end = _window(sought, view, start, min(start + reach, len(view.words)), links)
        if end is not None:
            yield view.origin(start, end)


def _window(sought: Phrase, view: WordView, start: int, stop: int, links: frozenset[str]) -> int | None:
    """The last word of a window from `start` on that holds all words sought, or None."""
    missing, linked = list(sought.words), False
    for place in range(start, stop):
        if place > start and _SENTENCE_END.search(view.between(place - 1, place)):
            return None
        word = view.words[place]
        written = undotted(view.written(place))
        found = next((one for one in missing if _is_word(sought, one, word, written)), None)
        if found is not None:
            missing.remove(found)
            if not missing:
                return place if linked else None
        elif word.text not in links:
            return None
        else:
            linked = linked or word.text not in _ARTICLES
    return None


def _is_word(sought: Phrase, one: Word, other: Word, written: str) -> bool:
    fixed = sought.fixed[sought.words.index(one)]
    return not one.keys.isdisjoint(other.keys) and (not fixed or written.startswith(fixed))


def rejoined_verb(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """An English phrase with `of` without it: the Commerce Ministry for the Ministry of Commerce."""
    texts = [word.text for word in sought.words]
    if language.split("-", 1)[0].casefold() != "en" or texts.count("of") != 1 or any(sought.fixed):
        return
    cut = texts.index("of")
    words = sought.words[cut + 1 :] + sought.words[:cut]
    if not 0 < cut < len(texts) - 1:
        return
    for start in range(len(view.words) - len(words) + 1):
        window = view.words[start : start + len(words)]
        if not any(one.keys.isdisjoint(other.keys) for one, other in zip(words, window, strict=True)):
            yield view.origin(start, start + len(words) - 1)


def separated_verb(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """A German verb whose prefix stands apart from it: auswählen in `Wählen Sie eine Datei aus.`"""
    found = _SEPARABLE.match(sought.words[0].text) if language.split("-", 1)[0].casefold() == "de" else None
    if found is None or len(sought.words) != 1:
        return
    prefix, verb = found.groups()
    stem = re.sub(r"e?n$", "", verb)
    for start, word in enumerate(view.words):
        if not word.text.startswith(stem) or len(word.text) > len(stem) + 3:
            continue
        for place in range(start + 1, min(start + _CLAUSE, len(view.words))):
            if _SENTENCE_END.search(view.between(place - 1, place)):
                break
            if view.words[place].text == prefix:
                yield view.origin(start, place)
                break
