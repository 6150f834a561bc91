"""Finds out the languages of a glossary that does not name them, from its entries and the user's wishes.

A bare mapping is two columns without a heading. Their scripts mostly tell; where they do not (English and
French), the pair the user wants to check does; where nothing does, guessing would check nothing in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from termcheck.glossary.attributes import ENTRY_ATTRIBUTES, SUGAR, language_tag, read_line
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode, mistake
from termcheck.model import same_language

# Fewer entries do not tell one Latin language from another: `UN` is no French, `de facto` no Spanish.
_ENOUGH = 20
# As many entries as are looked at; more would not tell more.
_SAMPLE = 1000


def find_languages(terms: MappingNode, wanted: Sequence[str], path: str) -> tuple[str, ...]:
    """The languages of the entries, that of their keys first.

    `wanted` is the user's pair in the user's direction, one language of it, or empty. Raises TermcheckError
    where the languages cannot be told.
    """
    from termcheck.text.scripts import languages_of

    entries = terms.entries[:_SAMPLE]
    values = [text for _, value in entries for text in islice(_renderings(value), 8)]
    guess = languages_of([key.text for key, _ in entries], values)
    keys, other = guess if len(entries) >= _ENOUGH else (_modest(guess[0]), _modest(guess[1]))
    named = _named(terms)
    if len(wanted) > 1:
        source, target = _oriented((keys, other), (wanted[0], wanted[1]))
    elif wanted:
        source, target = _with_one((keys, other), wanted[0])
    elif named:
        source = next((tag for tag in named if same_language(tag, keys)), keys)
        target = next((tag for tag in named if not same_language(tag, source)), other)
    else:
        source, target = keys, other
    if same_language(source, target):
        _refuse_unreadable(terms, path)
        raise mistake(
            terms,
            path,
            "the languages of this glossary cannot be told from its entries",
            "write `languages: [en, fr]` and put the entries under `terms:`, or name both when checking",
        )
    more = [tag for tag in named if not same_language(tag, source) and not same_language(tag, target)]
    return source, target, *more


def _modest(language: str) -> str:
    from termcheck.text.scripts import language_script

    return "en" if language_script(language) == "latin" else language


def _refuse_unreadable(terms: MappingNode, path: str) -> None:
    """Two entries run together hide what would tell the languages: say that first."""
    for key, value in terms.entries:
        if isinstance(value, ScalarNode):
            read_line(value, path, key.text)


def _named(terms: MappingNode) -> list[str]:
    """The languages that entries name as keys, without subtags, in the order met."""
    names = {
        key.text: None
        for _, value in terms.entries
        if isinstance(value, MappingNode)
        for key, _ in value.entries
    }
    tags = (language_tag(name) for name in names if name not in ENTRY_ATTRIBUTES)
    return list(dict.fromkeys(tag.split("-")[0] for tag in tags if tag))


def _oriented(guess: tuple[str, str], wanted: tuple[str, str]) -> tuple[str, str]:
    """The wanted pair, turned round where the guess speaks for that."""
    straight = sum(same_language(one, other) for one, other in zip(guess, wanted, strict=True))
    crossed = sum(same_language(one, other) for one, other in zip(guess, reversed(wanted), strict=True))
    return (wanted[1], wanted[0]) if crossed > straight else wanted


def _with_one(guess: tuple[str, str], wanted: str) -> tuple[str, str]:
    """The guess, corrected on the side whose script the one wanted language is written in."""
    from termcheck.text.scripts import language_script

    if not same_language(*guess) and any(same_language(tag, wanted) for tag in guess):
        return guess
    if language_script(guess[1]) == language_script(wanted):
        return guess[0], wanted
    return (wanted, guess[1]) if language_script(guess[0]) == language_script(wanted) else guess


def _renderings(value: Node) -> Iterator[str]:
    """The texts of an entry that are renderings, as far as its form shows without reading it."""
    if isinstance(value, ScalarNode):
        yield value.text
    elif isinstance(value, SequenceNode):
        for item in value.items:
            yield from _renderings(item)
    else:
        for key, inner in value.entries:
            if key.text == "term" or key.text in SUGAR or language_tag(key.text):
                yield from _renderings(inner)
