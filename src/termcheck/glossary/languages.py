"""Finds out the languages of a glossary: those it names, or else from its entries and the user's wishes.

A bare mapping is two columns without a heading. Their scripts mostly tell; where they do not (English and
French), the pair the user wants to check does; where nothing does, guessing would check nothing in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from termcheck.glossary.attributes import ENTRY_ATTRIBUTES, SUGAR, language_tag, read_language, read_line
from termcheck.glossary.diagnose import shorten
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode, mistake
from termcheck.language_tags import primary_subtag
from termcheck.model import Side, same_language

# Fewer entries do not tell one Latin language from another: `UN` is no French, `de facto` no Spanish.
_ENOUGH = 20
# As many entries must be turned round, for one that is not, to say that the languages are.
_MOSTLY = 9
# As many entries as are looked at; more would not tell more.
_SAMPLE = 1000
# For the direction alone fewer do, from all over the file.
_DIRECTION_SAMPLE = 200


def find_languages(terms: MappingNode, wanted: Sequence[str], path: str) -> tuple[str, ...]:
    """The languages of the entries, that of their keys first.

    `wanted` is the user's pair in the user's direction, one language of it, or empty. Raises TermcheckError
    where the languages cannot be told.
    """
    from termcheck.languages.identify import guess_languages

    entries = terms.entries[:_SAMPLE]
    values = [text for _, value in entries for text in islice(_renderings(value), 8)]
    guess = guess_languages([key.text for key, _ in entries], values)
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


def declared_languages(node: Node, terms: MappingNode, path: str) -> tuple[str, ...]:
    """The languages a file names at `node`; TermcheckError where they are none or look swapped."""
    items = node.items if isinstance(node, SequenceNode) else ()
    if len(items) < 2:
        raise mistake(node, path, "`languages` is a list of two or more", "write `languages: [zh, en]`")
    languages: list[str] = []
    for item in items:
        tag = read_language(item, path, "languages")
        same = next((known for known in languages if same_language(known, tag)), None)
        if same:
            raise mistake(
                item, path, f"`{tag}` and `{same}` are one language here", "name each language once"
            )
        languages.append(tag)
    _refuse_swapped(languages, terms, node, path)
    return tuple(languages)


def _refuse_swapped(languages: Sequence[str], terms: MappingNode, node: Node, path: str) -> None:
    """Raise TermcheckError at `node` where entries are written in the second of the languages, not the first.

    Only languages without a script in common are told apart, and nearly all entries must agree: a
    glossary may well have a Latin abbreviation for a Chinese term.
    """
    for other in languages[1:]:
        ways = Counter(_turned(entry, languages[0], other) for entry in _sample(terms.entries))
        if ways[True] > _MOSTLY * ways[False]:
            rest = [tag for tag in languages if tag != other]
            sample = next(key for key, value in terms.entries if _turned((key, value), languages[0], other))
            raise mistake(
                node,
                path,
                f"the languages look swapped: `{shorten(sample.text)}` is not {languages[0]}",
                f"write `languages: [{', '.join([other, *rest])}]`, that of the entries' keys first",
            )


def _sample(entries: Sequence[tuple[ScalarNode, Node]]) -> Sequence[tuple[ScalarNode, Node]]:
    return entries[:: len(entries) // _DIRECTION_SAMPLE + 1]


def _turned(entry: tuple[ScalarNode, Node], first: str, other: str) -> bool | None:
    """Whether an entry's key is in the other language and the rest in the first one; None: cannot be told."""
    from termcheck.languages import share_script
    from termcheck.languages.identify import side_of

    if share_script(first, other):
        return None
    key, value = entry
    side = side_of(key.text, first, other)
    named: set[Side | None]
    if isinstance(value, MappingNode):
        tags = {primary_subtag(language_tag(name.text) or "") for name, _ in value.entries}
        sides = ((Side.SOURCE, first), (Side.TARGET, other))
        named = {side for side, tag in sides if primary_subtag(tag) in tags}
    else:
        named = {side_of(text, first, other) for text in islice(_renderings(value), 8)}
    if side is Side.TARGET and named == {Side.SOURCE}:
        return True
    return False if side is Side.SOURCE and named == {Side.TARGET} else None


def _modest(language: str) -> str:
    from termcheck.languages import main_language, scripts_of

    script = scripts_of(language)[0]
    return main_language(script) if script == "latin" else language


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
        for key, inner in value.entries
        if not (isinstance(inner, ScalarNode) and inner.empty)
    }
    tags = (language_tag(name) for name in names if name not in ENTRY_ATTRIBUTES)
    return list(dict.fromkeys(primary_subtag(tag) for tag in tags if tag))


def _oriented(guess: tuple[str, str], wanted: tuple[str, str]) -> tuple[str, str]:
    """The wanted pair, turned round where the guess speaks for that."""
    straight = sum(same_language(one, other) for one, other in zip(guess, wanted, strict=True))
    crossed = sum(same_language(one, other) for one, other in zip(guess, reversed(wanted), strict=True))
    return (wanted[1], wanted[0]) if crossed > straight else wanted


def _with_one(guess: tuple[str, str], wanted: str) -> tuple[str, str]:
    """The guess, corrected on the side whose script the one wanted language is written in."""
    from termcheck.languages import scripts_of

    if not same_language(*guess) and any(same_language(tag, wanted) for tag in guess):
        return guess
    first, second, script = (scripts_of(tag)[0] for tag in (*guess, wanted))
    if second == script:
        return guess[0], wanted
    return (wanted, guess[1]) if first == script else guess


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
