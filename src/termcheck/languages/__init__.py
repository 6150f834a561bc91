"""All that termcheck knows about languages: one line in the table and at most one module for each.

`table` holds what must be known of all languages at once, to tell which one a text is in. A module holds the
rest as one `LANGUAGE`, and is imported when its language is first asked for.

To add a language, write its line in the table; with `module=True`, also the module named after the
language's English name. Its docstring gives the sources. Folding is the one thing that stands elsewhere
(`termcheck.text.fold`), because it lies below this package.
"""

from __future__ import annotations

import functools
from importlib import import_module

from msgspec.structs import replace

from termcheck.languages.language import Language as Language
from termcheck.languages.language import words
from termcheck.languages.table import Line, base_tag, line_of, scripts_of


@functools.lru_cache(maxsize=1024)
def get(tag: str) -> Language:
    """The language of a tag; its subtags decide about the script only.

    A language without a module is compared by its folded words as they are. One that is not even in the
    table is taken for one in Latin letters, unless a script subtag says otherwise.
    """
    line = line_of(tag)
    return replace(
        _declared(line),
        tag=base_tag(tag),
        name=line.name,
        scripts=scripts_of(tag),
        function_words=words(line.words),
    )


def _declared(line: Line) -> Language:
    if not line.module:
        return Language()
    language: Language = import_module(f"{__name__}.{line.module_name}").LANGUAGE
    return language
