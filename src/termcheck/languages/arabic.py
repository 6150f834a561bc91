"""Arabic. Other languages in its script join the same small words to the next one.

Most plurals change the vowels inside the word. A table of their usual shapes leads to the singulars that they
may have; a wrong singular can only make matching more lenient.

Sources: Snowball (https://snowballstem.org/algorithms/arabic/stemmer.html); Karin Ryding, "A Reference
Grammar of Modern Standard Arabic".
"""

from __future__ import annotations

import functools
import re

from termcheck.languages.language import NO_DICTIONARY, Keys, Language, stemmer
from termcheck.lazy import compile_later

# The article and `and`, `so`, `in`, `as`, `to` before it or alone.
_CLITICS = "[وف]?(?:[بك]?ال|لل|[بكل])|[وف]"
_CLITIC = compile_later(rf"(?:{_CLITICS})(?=\w{{3}})")
# The sound plurals and the dual, `my`, `his` and so on.
_ENDING = compile_later(r"(?<=\w{3})(?:ات|تان|تين|ين|ون|ان|تهما?|تها|تنا|تك|هم|ها|نا|كم|يه|ه|ك|ي|ت)\Z")

# Shapes of plurals and of their singulars; each digit is a letter of the root.
_SHAPES = (
    ("ا123ه", "12ا3 12ي3"),  # أجهزة
    ("ا12ا3", "123"),  # أرقام
    ("ا123", "123"),  # أسطر
    ("12و3", "123"),  # حقول
    ("123", "12ا3 12ي3 12ي3ه"),  # كتب
    ("12ا34", "1234 1234ه"),  # مصادر
    ("12ا3ي4", "12ا34 123ا4 123و4 123ي4"),  # مفاتيح
    ("12اي3", "12ا3ه 12ي3ه"),  # رسائل
    ("1وا23", "1ا23 1ا23ه"),  # خوادم
)


@functools.cache
def _shapes() -> list[tuple[re.Pattern[str], list[str]]]:
    """Patterns of plurals, with the templates of their singulars."""
    return [
        (
            re.compile(re.sub(r"\d", r"(\\w)", plural)),
            [re.sub(r"\d", r"\\\g<0>", singular) for singular in singulars.split()],
        )
        for plural, singulars in _SHAPES
    ]


def singulars(word: str) -> Keys:
    """The possible singulars of a word, judged by its shape."""
    return frozenset(
        plural.sub(template, word)
        for plural, templates in _shapes()
        if plural.fullmatch(word)
        for template in templates
    )


@functools.lru_cache(maxsize=65_536)
def keys(word: str) -> Keys:
    """A word without clitics and endings, and as the singular that it may have."""
    clitic = _CLITIC.match(word)
    bare = {word, word[clitic.end() :]} if clitic else {word}
    found = bare.union(*map(singulars, bare))
    return frozenset((*found, *(_ENDING.sub("", form) for form in found), stemmer("arabic")(word)))


LANGUAGE = Language(
    clitics=_CLITICS,
    keys=keys,
    stemmer="arabic",
    one_sided=NO_DICTIONARY,
)
