"""Compounds that share a part, which is written only once: `Ein- und Ausgang`, `Bürostühle und -tische`.

A hyphen stands for the part that the other word has. So the rendering is the part before or behind the
hyphen, completed by the end or the beginning of the other word.
"""

from __future__ import annotations

from collections.abc import Iterator

from termcheck import languages
from termcheck.languages.word_keys import keys_of
from termcheck.lazy import compile_later
from termcheck.matching.lenient.words import Phrase, WordView, coordinators
from termcheck.model import Span

# The fewest letters of the part that two words share.
_SHORTEST_SHARED = 3
# So many words may stand between: `Ein-, Aus- und Durchgang`, `in- of de uitvoer`.
_REACH = 5
_HANGING = compile_later(r"-(?=[ ,/])")
_LEADING = compile_later(r"[ ,/]-\Z")


def find_suspended(sought: Phrase, view: WordView, language: str) -> Iterator[Span]:
    """A rendering of one word as a part with a hyphen, and the rest of it in a word beyond an `and`."""
    if not languages.get(language).compounds or len(sought.words) != 1 or any(sought.fixed):
        return
    if "-" not in view.folded.text:
        return
    for number in range(len(view.words) - 1):
        if _HANGING.match(view.between(number, number + 1)):
            end = _completed(sought, view, number, language)
            if end is not None:
                yield view.origin(number, end)
        elif _LEADING.search(view.between(number, number + 1)) and _is_tail(
            sought, view, number + 1, language
        ):
            yield view.origin(number + 1, number + 1)


def _completed(sought: Phrase, view: WordView, number: int, language: str) -> int | None:
    """The word whose end completes a part with a hyphen behind it, or None."""
    part, joined = view.words[number].text, "/" in view.between(number, number + 1)
    if not sought.words[0].text.startswith(part):
        return None
    for other in range(number + 1, min(number + 1 + _REACH, len(view.words))):
        # A full stop behind an `and` is that of an abbreviation: `bzw.`
        if view.starts_sentence(other) and view.words[other - 1].text not in coordinators(language):
            return None
        word = view.words[other].text
        if joined and any(
            _is_sought(sought, part + word[cut:], language)
            for cut in range(1, len(word) - _SHORTEST_SHARED + 1)
        ):
            return other
        joined = joined or word in coordinators(language)
    return None


def _is_tail(sought: Phrase, view: WordView, number: int, language: str) -> bool:
    """Whether the beginning of the word before the `and` completes a part with a hyphen in front of it."""
    if number < 2 or view.words[number - 1].text not in coordinators(language):
        return False
    part, word = view.words[number].text, view.words[number - 2].text
    return any(
        _is_sought(sought, word[:cut] + part, language)
        for cut in range(_SHORTEST_SHARED, len(word))
        if sought.words[0].text.startswith(word[:cut])
    )


def _is_sought(sought: Phrase, word: str, language: str) -> bool:
    return not sought.words[0].keys.isdisjoint(keys_of(language)(word))
