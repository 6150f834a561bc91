"""All knowledge of languages: each has a line in the table, and a module if there is more to know.

The table holds what must be known of all languages at once, to tell which one a text is in. A module declares
the rest as one `LANGUAGE`. It is imported when its language is first asked for.

To add a language, write its module and its line with `module=True`. The module is named after the language in
English, and its docstring names the sources. Only what a language folds differently is declared elsewhere, in
`termcheck.text.letters`, because that lies below this package.
"""

from __future__ import annotations

import functools
from importlib import import_module

from msgspec.structs import replace

from termcheck.language_tags import primary_subtag, subtags
from termcheck.languages.language import Language as Language
from termcheck.languages.language import words
from termcheck.languages.table import ALIASES, DICTIONARIES, GUESSED, SCRIPT_SUBTAGS, TABLE, Line


@functools.lru_cache(maxsize=1024)
def get(tag: str) -> Language:
    """The language of a tag. Of its subtags only the script matters.

    In a language without a module, folded words are compared as they are. A language without a line in the
    table is in Latin letters unless a script subtag says otherwise.
    """
    line = line_of(tag)
    return replace(
        _declared(line),
        tag=base_tag(tag),
        name=line.name,
        scripts=scripts_of(tag),
        function_words=words(line.words),
        dictionary=DICTIONARIES.get(base_tag(tag), ""),
    )


def _declared(line: Line) -> Language:
    if not line.module:
        return Language()
    language: Language = import_module(f"{__name__}.{line.module_name}").LANGUAGE
    return language


def base_tag(tag: str) -> str:
    """The tag under which the table has a language, or would have it."""
    primary = primary_subtag(tag)
    return ALIASES.get(primary, primary)


def is_known(tag: str) -> bool:
    """Whether the table has the language of a tag."""
    return base_tag(tag) in TABLE


def line_of(tag: str) -> Line:
    """The line of a tag's language; an unknown one is named by its tag and taken for Latin letters."""
    base = base_tag(tag)
    return TABLE.get(base) or Line(base)


def scripts_of(tag: str) -> tuple[str, ...]:
    """The scripts that text of a tag may be in, as keys of `SCRIPT_CLASSES`, the main one first."""
    for subtag in subtags(tag)[1:]:
        if subtag in SCRIPT_SUBTAGS:
            return SCRIPT_SUBTAGS[subtag]
    return tuple(line_of(tag).scripts.split())


def share_script(tag: str, other: str) -> bool:
    """Whether two languages have a script in common, so that it takes words to tell them apart."""
    return not set(scripts_of(tag)).isdisjoint(scripts_of(other))


def main_language(script: str) -> str:
    """The tag of the language assumed of a text in a script; empty if there is none."""
    return next((tag for tag, line in GUESSED.items() if line.main_script == script), "")
