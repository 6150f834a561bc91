"""How a rendering looks in the place of another: its number, its capitals, its article, its blanks.

Each of these is decided by spelling alone. Where spelling cannot tell, the result says that it is not sure.
"""

from __future__ import annotations

from msgspec import Struct

from termcheck.languages import english
from termcheck.lazy import compile_later
from termcheck.matching.match import Match
from termcheck.matching.strict import casing
from termcheck.model import Span, same_language
from termcheck.text.fold import fold

_ARTICLE = compile_later(r"(?<![\w'’-])([Aa])([Nn]?) \Z")
_THE = "the "
_WORD = compile_later(r"[^\W\d_]+")
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"}
)
_ATTRIBUTE = compile_later(r" (?:of|for|in|on|to|with|by|at|against|under|between|from) ")
# Nouns without a plural; what ends in one of them has none either (spacecraft, software).
_NO_PLURAL = (
    "advice", "aid", "aircraft", "artillery", "assistance", "cooperation", "craft", "diplomacy", "education",
    "equipment", "guidance", "headquarters", "information", "infrastructure", "intelligence", "machinery",
    "military", "personnel", "police", "progress", "research", "series", "species", "staff", "support",
    "training", "ware", "warfare", "weaponry",
)  # fmt: skip
# Languages in which nothing around a noun changes with it, but for what is looked at here in English.
_WITHOUT_AGREEMENT = ("en", "id", "ja", "ko", "ms", "th", "vi", "yue", "zh")
# Letters whose name begins with a vowel: an SCO summit, an X-ray.
_VOWEL_NAMES = frozenset("AEFHILMNORSX")
_LIKE_YOU = compile_later(r"(?:eu|ew|one|once|u)", 2)
_SILENT = compile_later(r"(?:hour|honest|hono|heir|herb)", 2)


class Wording(Struct, frozen=True):
    """A text to be written, and whether it is surely the right form."""

    text: str
    sure: bool = True

    def __bool__(self) -> bool:
        return bool(self.text)


class Fitted(Struct, frozen=True):
    """A text as it is to stand in place of a span of the segment's text, and whether that is surely right."""

    text: str
    span: Span
    sure: bool


def in_number(match: Match, wanted: str) -> Wording:
    """`wanted` in the singular or plural of the match; empty if the match is neither form of its term.

    It is sure only where nothing around it can ask for another form.
    """
    language = match.term.language
    found, listed = fold(match.text, language).text, fold(match.term.text, language).text
    english = same_language(language, "en")
    if found == listed:
        # `troops` in place of `soldier`: the words around it are in the singular.
        agrees = not english or _is_plural(wanted) is _is_plural(match.term.text)
        return Wording(wanted, agrees and language.split("-", 1)[0].casefold() in _WITHOUT_AGREEMENT)
    if not english or found not in _plurals(listed):
        return Wording("")
    before, noun, after = _head(wanted)
    # Spelling does not tell a mass noun from one that has a plural, so that no plural is ever sure.
    if casing.is_capitals(noun):
        return Wording(wanted if noun.endswith("s") else f"{before}{noun}s{after}", sure=False)
    if any(char.isupper() for char in noun) or noun.endswith(_NO_PLURAL) or _is_plural(wanted):
        return Wording(wanted, sure=False)
    plurals = sorted(_plurals(wanted))
    return Wording(plurals[0] if len(plurals) == 1 else "", sure=False)


def in_letters_of_term(match: Match) -> str:
    """The match in its term's letters, with an ending of its own as it is; empty if it has other words."""
    listed = match.term.text
    ending = match.text[len(listed) :]
    same = match.text[: len(listed)].casefold() == listed.casefold()
    return listed + ending if same and (ending + "s").isalpha() else ""


def fitted(match: Match, wanted: Wording, language: str) -> Fitted:
    """A text of a language in place of the matched one: with its capitals, in English with its article."""
    text, span = match.segment.text, match.span
    english = same_language(language, "en")
    before = text[max(0, span.start - 4) : span.start].casefold()
    if english and before.endswith(_THE) and wanted.text.startswith(_THE):
        wanted = Wording(wanted.text.removeprefix(_THE), wanted.sure)
    written = _spaced(text, span, _with_capitals(match, wanted.text))
    article = _ARTICLE.search(text, max(0, span.start - 4), span.start)
    if article is None or not english:
        return Fitted(written, span, wanted.sure)
    if wanted.text.startswith(_THE):
        # One article takes the place of the other, which may mean another thing.
        the = "The" if article[1] == "A" else "the"
        return Fitted(f"{the}{written[3:]}", Span(article.start(), span.end), sure=False)
    takes_n, sure = _takes_n(wanted.text)
    if takes_n is bool(article[2]):
        return Fitted(written, span, sure and wanted.sure)
    # It may be no article at all: Plan A, vitamin A.
    n = ("N" if text.isupper() else "n") if takes_n else ""
    return Fitted(f"{article[1]}{n} {written}", Span(article.start(), span.end), sure=False)


def _plurals(text: str) -> set[str]:
    before, noun, after = _head(text)
    return {f"{before}{form}{after}" for form in english.plurals(noun)}


def _head(text: str) -> tuple[str, str, str]:
    """The noun that takes the plural, with what is before and after it: `show` of `big show of force`."""
    attribute = _ATTRIBUTE.search(text)
    end = attribute.start() if attribute else len(text)
    begin = text.rfind(" ", 0, end) + 1
    return text[:begin], text[begin:end], text[end:]


def _is_plural(text: str) -> bool:
    """Whether a common noun looks like a plural; names in -s are mostly none."""
    last = _head(text)[1]
    return last.islower() and any(last in english.plurals(one) for one in english.singulars(last))


def _with_capitals(match: Match, wanted: str) -> str:
    """`wanted` in capitals where the whole text has them, and with first ones where the match has them."""
    written, segment = match.text, match.segment
    if written.isupper() and segment.text.isupper() and not match.term.text.isupper():
        return wanted.upper()
    words = _WORD.findall(written)
    if not words or not written[0].isupper():
        return wanted
    begins = not any(char.isalnum() for char in segment.text[: match.span.start]) or _after_stop(match)
    titled = all(word[0].isupper() or word in _SMALL_WORDS for word in words)
    title = segment.heading or not match.term.text[0].isupper()
    if titled and title and (len(words) > 1 or not begins):
        return _WORD.sub(lambda word: _titled(word[0]), wanted)
    return wanted[0].upper() + wanted[1:] if begins else wanted


def _titled(word: str) -> str:
    return word if word in _SMALL_WORDS else word[0].upper() + word[1:]


def _after_stop(match: Match) -> bool:
    return match.segment.text[: match.span.start].rstrip(" \"'“‘(").endswith((".", "!", "?", ":"))


def _spaced(text: str, span: Span, written: str) -> str:
    """With the blanks that words of an alphabet need beside other such words."""
    before, after = text[: span.start][-1:], text[span.end :][:1]
    left = " " if _spells(before) and _spells(written[0]) and not _spells(text[span.start]) else ""
    right = " " if _spells(after) and _spells(written[-1]) and not _spells(text[span.end - 1]) else ""
    return f"{left}{written}{right}"


def _spells(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"


def _takes_n(text: str) -> tuple[bool, bool]:
    """Whether `an` goes before a text, not `a`, and whether that is sure: the letter is not the sound."""
    word = _WORD.match(text)
    if word is None:
        return text.startswith(("8", "11", "18")), False
    if word[0].isupper():
        # Read letter by letter (an SCO) or as a word (a NATO)?
        return word[0][0] in _VOWEL_NAMES, False
    if _LIKE_YOU.match(text):
        return not text[:3].casefold().startswith(("uni", "us", "ut", "eu", "ew", "on")), False
    if _SILENT.match(text):
        return True, False
    return text[0].casefold() in "aeio", True
