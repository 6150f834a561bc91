"""Hungarian.

Sources: Snowball (https://snowballstem.org/algorithms/hungarian/stemmer.html); István Kenesei, Robert M. Vago
and Anna Fenyvesi, "Hungarian"; "A magyar helyesírás szabályai" for verbal prefixes and what parts them from
their verbs.
"""

from __future__ import annotations

from termcheck.languages.language import Keys, Language, words
from termcheck.lazy import compile_later

# The third person's possessive, which simplemma's table seldom has, and the case behind it: időzónájában.
_POSSESSIVE = compile_later(
    "(?<=.{3})j?(?:a|e|á|é|ai|ei|uk|ük|aik|eik)(?:t|n|nak|nek|ban|ben|ba|be|ból|ből|ra|re|ról|ről|on|en|hoz|hez"
    "|nál|nél|tól|től|val|vel|ig|ért|ként)?$"
)
# The last vowel of a word is long in front of endings.
_SHORT = {"á": "a", "é": "e"}


def keys(word: str) -> Keys:
    """The word with and without a possessive."""
    owned = _POSSESSIVE.sub("", word)
    return frozenset((word, owned, owned[:-1] + _SHORT.get(owned[-1], owned[-1])))


LANGUAGE = Language(
    keys=keys,
    separable_prefixes=words("""
        abba alá át be bele ellen el elő előre fel félre föl hátra haza helyre hozzá ide keresztül ki körül
        közbe le létre meg mellé neki össze rá szét tovább tönkre túl újra utána végbe végig végre vissza
    """),
    verb_infixes=words("kell lehet is nem ne tud tudja akarja kívánja fogja van volt lett"),
    compounds=True,
    sibling_endings=(("ek", "eket"), ("ak", "akat"), ("ok", "okat"), ("ök", "öket")),
    stemmer="hungarian",
)
