"""Adapts a rendering to the place of another: its number, capitals, article and spaces.

All of this is decided by spelling alone. If spelling is not enough, the result is not sure.
"""

from __future__ import annotations

from msgspec import Struct

from termcheck import languages
from termcheck.languages.language import Writing
from termcheck.lazy import compile_later
from termcheck.matching.match import Match
from termcheck.matching.strict import casing
from termcheck.matching.strict.casing import Capitals
from termcheck.model import Span
from termcheck.text.fold import fold

_WORD = compile_later(r"[^\W\d_]+")
# The length of the longest article with its space.
_ARTICLE_REACH = 4


class Wording(Struct, frozen=True):
    """A text to write, and whether it is surely the right form."""

    text: str
    sure: bool = True

    def __bool__(self) -> bool:
        return bool(self.text)


class Fitted(Struct, frozen=True):
    """A text to write in place of a span of the segment's text, and whether that is surely right."""

    text: str
    span: Span
    sure: bool


def in_number(match: Match, rendering: str) -> Wording:
    """A rendering in the number of the match, or an empty text if the match is not a form of its term.

    It is sure only if no word around it can depend on its form.
    """
    language = languages.get(match.term.language)
    writing = language.writing()
    matched, listed = (fold(text, match.term.language).text for text in (match.text, match.term.text))
    if matched == listed:
        # If `troops` replaces `soldier`, the words around it are in the singular.
        same = writing is None or writing.is_plural(rendering) is writing.is_plural(match.term.text)
        return Wording(rendering, same and not language.agreement)
    if writing is None or matched not in writing.plurals(listed):
        return Wording("")
    # Spelling does not distinguish a mass noun from a noun with a plural, so a plural is never sure.
    return Wording(_plural(rendering, writing, language.acronym_plural), sure=False)


def _plural(rendering: str, writing: Writing, acronym_plural: str) -> str:
    """A rendering in the plural, unchanged if it is one or has none, or empty if spelling leaves a choice."""
    before, noun, after = writing.head(rendering)
    if casing.is_capitals(noun):
        return rendering if noun.endswith(acronym_plural) else f"{before}{noun}{acronym_plural}{after}"
    if any(char.isupper() for char in noun) or writing.lacks_plural(noun) or writing.is_plural(rendering):
        return rendering
    plurals = writing.plurals(rendering)
    return plurals.pop() if len(plurals) == 1 else ""


def in_letters_of_term(match: Match, capitals: Capitals) -> str:
    """The match in its term's letter case with its own ending, or an empty text if it has other words.

    Words keep a small letter where the glossary's capital is a habit, but not in a name that lost another
    capital: South China Sea.
    """
    listed = match.term.text
    written, ending = match.text[: len(listed)], match.text[len(listed) :]
    if written.casefold() != listed.casefold() or not (ending + "s").isalpha():
        return ""
    least = casing.least_capitals(match.term, capitals)
    if capitals is not casing.Capitals.INITIAL or least[0] == listed[0] or not casing.has_capital_word(least):
        chars = zip(written, listed, least, strict=True)
        listed = "".join(own if own == low != new else new for own, new, low in chars)
    return listed + ending


def fitted(match: Match, wording: Wording, language: str) -> Fitted:
    """A wording in place of the match, with the match's capitals and the article that it needs."""
    text, span = match.segment.text, match.span
    known = languages.get(language)
    writing = known.writing()
    if writing is None:
        return Fitted(_in_place(match, wording.text, known.small_in_titles), span, wording.sure)
    definite, reach = writing.definite, max(0, span.start - _ARTICLE_REACH)
    if text[reach : span.start].casefold().endswith(definite) and wording.text.startswith(definite):
        wording = Wording(wording.text.removeprefix(definite), wording.sure)
    written = _in_place(match, wording.text, known.small_in_titles)
    article = writing.indefinite.search(text, reach, span.start)
    if article is None:
        return Fitted(written, span, wording.sure)
    with_article = Span(article.start(), span.end)
    if wording.text.startswith(definite):
        # A definite article in place of an indefinite one may change the meaning.
        the = definite.capitalize() if article[1].isupper() else definite
        return Fitted(the + written[len(definite) :], with_article, sure=False)
    takes_n, sure = writing.takes_n(wording.text)
    if takes_n is bool(article[2]):
        return Fitted(written, span, sure and wording.sure)
    # The letter may not be an article: Plan A, vitamin A.
    n = ("N" if text.isupper() else "n") if takes_n else ""
    return Fitted(f"{article[1]}{n} {written}", with_article, sure=False)


def _in_place(match: Match, rendering: str, small: frozenset[str]) -> str:
    return _with_spaces(match.segment.text, match.span, _with_capitals(match, rendering, small))


def _with_capitals(match: Match, rendering: str, small: frozenset[str]) -> str:
    """A rendering in capitals if the whole text is, and with initial capitals where the match has them.

    In titles, `small` words have no initial capital.
    """
    matched, segment = match.text, match.segment
    if matched.isupper() and segment.text.isupper() and not match.term.text.isupper():
        return rendering.upper()
    words = _WORD.findall(matched)
    if not words or not matched[0].isupper():
        return rendering
    begins = not any(char.isalnum() for char in segment.text[: match.span.start]) or _after_stop(match)
    titled = all(word[0].isupper() or word in small for word in words)
    title = segment.heading or not match.term.text[0].isupper()
    if titled and title and (len(words) > 1 or not begins):
        return _WORD.sub(
            lambda word: word[0] if word[0] in small else word[0][0].upper() + word[0][1:], rendering
        )
    return rendering[0].upper() + rendering[1:] if begins else rendering


def _after_stop(match: Match) -> bool:
    return match.segment.text[: match.span.start].rstrip(" \"'“‘(").endswith((".", "!", "?", ":"))


def _with_spaces(text: str, span: Span, rendering: str) -> str:
    """A rendering with the spaces that separate its words from alphabetic words beside the span."""
    before, after = text[: span.start][-1:], text[span.end :][:1]
    separate_before = _is_alphabetic(before) and not _is_alphabetic(text[span.start])
    separate_after = _is_alphabetic(after) and not _is_alphabetic(text[span.end - 1])
    left = " " if separate_before and _is_alphabetic(rendering[0]) else ""
    right = " " if separate_after and _is_alphabetic(rendering[-1]) else ""
    return f"{left}{rendering}{right}"


def _is_alphabetic(char: str) -> bool:
    """Whether a character is a letter or digit of a script that separates words by spaces."""
    return char.isalnum() and char < "\u2e80"
