"""How an English term is written in a sentence: its plural and its article.

Spelling alone decides. Where it cannot tell, the result says that it is not sure.

Sources: Rodney Huddleston and Geoffrey K. Pullum, "The Cambridge Grammar of the English Language", chapters 5
(nouns) and 18 (inflection).
"""

from __future__ import annotations

from termcheck.languages.english import inflection
from termcheck.languages.language import Writing
from termcheck.lazy import compile_later

_WORD = compile_later(r"[^\W\d_]+")
_INDEFINITE = compile_later(r"(?<![\w'’-])([Aa])([Nn]?) \Z")
_ATTRIBUTE = compile_later(r" (?:of|for|in|on|to|with|by|at|against|under|between|from) ")
# Nouns without a plural. Nouns that end in one of them have none either (spacecraft, software).
_NO_PLURAL = (
    "advice", "aid", "aircraft", "artillery", "assistance", "cooperation", "craft", "diplomacy", "education",
    "equipment", "guidance", "headquarters", "information", "infrastructure", "intelligence", "machinery",
    "military", "personnel", "police", "progress", "research", "series", "species", "staff", "support",
    "training", "ware", "warfare", "weaponry",
)  # fmt: skip
# Letters whose name begins with a vowel: an SCO summit, an X-ray.
_VOWEL_NAMES = frozenset("AEFHILMNORSX")
_LIKE_YOU = compile_later(r"(?:eu|ew|one|once|u)", 2)
_SILENT_H = compile_later(r"(?:hour|honest|hono|heir|herb)", 2)


def head(phrase: str) -> tuple[str, str, str]:
    """The noun that takes the plural, between the texts before and after: `show` in `big show of force`."""
    attribute = _ATTRIBUTE.search(phrase)
    end = attribute.start() if attribute else len(phrase)
    begin = phrase.rfind(" ", 0, end) + 1
    return phrase[:begin], phrase[begin:end], phrase[end:]


def plurals(phrase: str) -> set[str]:
    """The possible plurals of a phrase."""
    before, noun, after = head(phrase)
    return {f"{before}{form}{after}" for form in inflection.plurals(noun)}


def is_plural(phrase: str) -> bool:
    """Whether a common noun looks like a plural; most names in -s are none."""
    noun = head(phrase)[1]
    return noun.islower() and any(
        noun in inflection.plurals(singular) for singular in inflection.singulars(noun)
    )


def lacks_plural(noun: str) -> bool:
    """Whether a noun has no plural."""
    return noun.endswith(_NO_PLURAL)


def takes_n(text: str) -> tuple[bool, bool]:
    """Whether `an` goes before a text rather than `a`, and whether that is sure: letters are not sounds."""
    word = _WORD.match(text)
    if word is None:
        return text.startswith(("8", "11", "18")), False
    if word[0].isupper():
        # It may be spelled out (an SCO) or read as a word (a NATO).
        return word[0][0] in _VOWEL_NAMES, False
    if _LIKE_YOU.match(text):
        return not text[:3].casefold().startswith(("uni", "us", "ut", "eu", "ew", "on")), False
    if _SILENT_H.match(text):
        return True, False
    return text[0].casefold() in "aeio", True


WRITING = Writing(
    head=head,
    plurals=plurals,
    is_plural=is_plural,
    lacks_plural=lacks_plural,
    definite="the ",
    indefinite=_INDEFINITE,
    takes_n=takes_n,
)
