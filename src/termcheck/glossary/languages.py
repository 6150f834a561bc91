"""Determine the languages of a glossary from its `languages:`, its entries or the user's wishes.

A bare mapping is two columns without a heading. Their scripts usually tell the languages. If they do not
(English and French), the pair that the user wants to check does. Otherwise it is an error, because a wrong
guess would silently check nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from termcheck.glossary.attributes import ENTRY_ATTRIBUTES, SHORTHAND, language_tag, read_language, read_line
from termcheck.glossary.diagnose import shorten
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode, mistake
from termcheck.language_tags import primary_subtag
from termcheck.model import Side, same_language

# Fewer entries cannot tell two Latin-script languages apart: `UN` is not French, and `de facto` not Spanish.
_ENOUGH = 20
# The languages look swapped if more than this many entries are swapped for each entry that is not.
_MOSTLY = 9
# The number of entries to look at; more would add nothing.
_SAMPLE = 1000
# Fewer entries, from all over the file, are enough to determine the direction.
_DIRECTION_SAMPLE = 200


def find_languages(
    terms: MappingNode, wanted: Sequence[str], path: str, *, bare: bool = False
) -> tuple[str, ...]:
    """The languages of the entries, with the language of the keys first.

    `wanted` is the user's pair in the user's direction, one language of it, or empty. `bare`: the file has
    nothing but the entries. Raises TermcheckError if the languages cannot be determined.
    """
    from termcheck.languages.identify import guess_languages

    entries = terms.entries[:_SAMPLE]
    values = [text for _, value in entries for text in islice(_renderings(value), 8)]
    guess = guess_languages([key.text for key, _ in entries], values)
    keys, other = guess if len(entries) >= _ENOUGH else (_main_if_latin(guess[0]), _main_if_latin(guess[1]))
    named = _named(terms)
    if len(wanted) > 1:
        source, target = _in_direction_of((keys, other), (wanted[0], wanted[1]))
    elif wanted:
        source, target = _with_language((keys, other), wanted[0])
    elif named:
        source = next((tag for tag in named if same_language(tag, keys)), keys)
        target = next((tag for tag in named if not same_language(tag, source)), other)
    else:
        source, target = keys, other
    if same_language(source, target):
        _check_readable(terms, path)
        raise mistake(
            terms,
            path,
            "cannot tell the languages of this glossary from its entries",
            _two_lines(source, bare=bare),
        )
    more = [tag for tag in named if not same_language(tag, source) and not same_language(tag, target)]
    return source, target, *more


def _two_lines(likely: str, *, bare: bool) -> str:
    """What to add to a glossary whose languages cannot be told; one language is likely."""
    line = f"languages: [{likely}, {'fr' if likely == 'en' else 'en'}]"
    how = f"add the line `{line}` at the top"
    if bare:
        how = f"add two lines at the top, `{line}` and `terms:`, and indent the entries"
    return f"{how}; put your languages there, that of the keys first. Or give --source-lang and --target-lang"


def declared_languages(node: Node, terms: MappingNode, path: str) -> tuple[str, ...]:
    """The languages in the list at `node`. Raises TermcheckError if they are invalid or look swapped."""
    items = node.items if isinstance(node, SequenceNode) else ()
    if len(items) < 2:
        raise mistake(node, path, "`languages` must be a list of two or more", "write `languages: [zh, en]`")
    languages: list[str] = []
    for item in items:
        tag = read_language(item, path, "languages")
        same = next((known for known in languages if same_language(known, tag)), None)
        if same:
            raise mistake(
                item, path, f"`{tag}` and `{same}` count as the same language", "name each language once"
            )
        languages.append(tag)
    _check_direction(languages, terms, node, path)
    return tuple(languages)


def _check_direction(languages: Sequence[str], terms: MappingNode, node: Node, path: str) -> None:
    """Raise TermcheckError at `node` if the keys of the entries are not in the first of the languages.

    This compares only languages without a script in common, and nearly all entries must agree, because a
    glossary may have a Latin abbreviation for a Chinese term.
    """
    for other in languages[1:]:
        ways = Counter(_is_swapped(entry, languages[0], other) for entry in _sample(terms.entries))
        if ways[True] > _MOSTLY * ways[False]:
            rest = [tag for tag in languages if tag != other]
            sample = next(
                key for key, value in terms.entries if _is_swapped((key, value), languages[0], other)
            )
            raise mistake(
                node,
                path,
                f"the languages look swapped: `{shorten(sample.text)}` is not {languages[0]}",
                f"write `languages: [{', '.join([other, *rest])}]`, with the language of the keys first",
            )


def _sample(entries: Sequence[tuple[ScalarNode, Node]]) -> Sequence[tuple[ScalarNode, Node]]:
    return entries[:: len(entries) // _DIRECTION_SAMPLE + 1]


def looks_swapped(key: str, renderings: Sequence[str], languages: Sequence[str]) -> bool:
    """Whether an entry in its short form, `key: rendering`, seems to have its key in another language."""
    items = tuple(ScalarNode(text, 1, 1, 1, 1) for text in renderings)
    entry = ScalarNode(key, 1, 1, 1, 1), SequenceNode(items, 1, 1)
    return any(_is_swapped(entry, languages[0], other) for other in languages[1:])


def _is_swapped(entry: tuple[ScalarNode, Node], first: str, other: str) -> bool | None:
    """Whether an entry has its key in `other` and its renderings in `first`; None if that is unclear."""
    from termcheck.languages import share_script
    from termcheck.languages.identify import side_of

    if share_script(first, other):
        return None
    key, value = entry
    side = side_of(key.text, first, other)
    sides_of_renderings: set[Side | None]
    if isinstance(value, MappingNode):
        tags = {primary_subtag(language_tag(name.text) or "") for name, _ in value.entries}
        languages = ((Side.SOURCE, first), (Side.TARGET, other))
        sides_of_renderings = {side for side, tag in languages if primary_subtag(tag) in tags}
    else:
        sides_of_renderings = {side_of(text, first, other) for text in islice(_renderings(value), 8)}
    if side is Side.TARGET and sides_of_renderings == {Side.SOURCE}:
        return True
    return False if side is Side.SOURCE and sides_of_renderings == {Side.TARGET} else None


def _main_if_latin(language: str) -> str:
    from termcheck.languages import main_language, scripts_of

    script = scripts_of(language)[0]
    return main_language(script) if script == "latin" else language


def _check_readable(terms: MappingNode, path: str) -> None:
    """Raise TermcheckError for entries that YAML reads as one, which may be why the languages are unclear."""
    for key, value in terms.entries:
        if isinstance(value, ScalarNode):
            read_line(value, path, key.text)


def _named(terms: MappingNode) -> list[str]:
    """The languages that are keys in entries, without subtags, in order of appearance."""
    names = {
        key.text: None
        for _, value in terms.entries
        if isinstance(value, MappingNode)
        for key, inner in value.entries
        if not (isinstance(inner, ScalarNode) and inner.empty)
    }
    tags = (language_tag(name) for name in names if name not in ENTRY_ATTRIBUTES)
    return list(dict.fromkeys(primary_subtag(tag) for tag in tags if tag))


def _in_direction_of(guess: tuple[str, str], wanted: tuple[str, str]) -> tuple[str, str]:
    """The wanted pair, in reverse if that fits the guess better."""
    reverse = (wanted[1], wanted[0])
    straight, crossed = (sum(map(same_language, guess, pair)) for pair in (wanted, reverse))
    return reverse if crossed > straight else wanted


def _with_language(guess: tuple[str, str], wanted: str) -> tuple[str, str]:
    """The guess with the wanted language on the side that has its script."""
    from termcheck.languages import scripts_of

    if not same_language(*guess) and any(same_language(tag, wanted) for tag in guess):
        return guess
    first, second, script = (scripts_of(tag)[0] for tag in (*guess, wanted))
    if second == script:
        return guess[0], wanted
    return (wanted, guess[1]) if first == script else guess


def _renderings(value: Node) -> Iterator[str]:
    """The probable renderings of an entry, judging by its form only."""
    if isinstance(value, ScalarNode):
        yield value.text
    elif isinstance(value, SequenceNode):
        for item in value.items:
            yield from _renderings(item)
    else:
        for key, inner in value.entries:
            if key.text == "term" or key.text in SHORTHAND or language_tag(key.text):
                yield from _renderings(inner)
