"""Hebrew.

Sources: Lewis Glinert, "The Grammar of Modern Hebrew".
"""

from __future__ import annotations

from termcheck.languages.language import COMMON_ENDINGS, Keys, Language
from termcheck.lazy import compile_later

# The article, prepositions and `that`, `when`, `and` before them or alone.
_CLITICS = "(?=.)ו?(?:[כלמ]?ש)?[בלכמ]?ה?"
_CLITIC = compile_later(rf"{_CLITICS}(?=\w{{3}})")
# Endings, each with what the singular or the plain form has instead.
_ENDINGS = {
    "יים": ("",),
    "ים": ("",),
    "יות": ("ית", "יה"),
    "ות": ("", "ה", "ת"),
    "ת": ("ה",),
    "י": ("",),
    **dict.fromkeys(["יו", "יה", "יך", "נו", "כם", "הם", "ך", "ם", "ן", "ו"], ("",)),
}
_SHORTEST = 2
# The plural of קובץ is קבצים.
_VOWEL = compile_later(r"(?<=\A\w)ו(?=\w\w\Z)")
# A longer word may have a small one of one letter in front.
_LONG = 2
_FINAL_LETTERS = str.maketrans("ךםןףץ", "כמנפצ")


def keys(word: str) -> Keys:
    """A word with and without clitics and endings; the shape of the last letter does not count."""
    clitics = _CLITIC.match(word)
    bare = {word, word[clitics.end() :]} if clitics else {word}
    if len(word) > _LONG and word[0] in "הובלכמש":
        bare.add(word[1:])
    forms = bare | {
        form.removesuffix(ending) + singular
        for form in bare
        for ending, singulars in _ENDINGS.items()
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST
        for singular in singulars
    }
    # One letter often stands for two, and another shape for a letter at the end.
    stems = {form.translate(_FINAL_LETTERS).replace("יי", "י") for form in forms}
    return frozenset(forms | stems | {_VOWEL.sub("", stem) for stem in stems})


LANGUAGE = Language(
    clitics=_CLITICS,
    keys=keys,
    one_sided=COMMON_ENDINGS,
)
