"""How a rendering looks in the place of another: its number, its capitals, its article, its blanks.

Each of these is decided by spelling alone. Where spelling cannot tell, the result says that it is not sure.
"""

from __future__ import annotations

from msgspec import Struct

from termcheck import languages
from termcheck.languages.language import Writing
from termcheck.lazy import compile_later
from termcheck.matching.match import Match
from termcheck.matching.strict import casing
from termcheck.model import Span
from termcheck.text.fold import fold

_WORD = compile_later(r"[^\W\d_]+")
# The longest article with its blank.
_ARTICLE_REACH = 4


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
    language = languages.get(match.term.language)
    writing = language.writing()
    found, listed = (fold(text, match.term.language).text for text in (match.text, match.term.text))
    if found == listed:
        # `troops` in place of `soldier`: the words around it are in the singular.
        same = writing is None or writing.is_plural(wanted) is writing.is_plural(match.term.text)
        return Wording(wanted, same and not language.agreement)
    if writing is None or found not in writing.plurals(listed):
        return Wording("")
    # Spelling does not tell a mass noun from one that has a plural, so no plural is ever sure.
    return Wording(_plural(wanted, writing, language.acronym_plural), sure=False)


def _plural(wanted: str, writing: Writing, acronym_plural: str) -> str:
    """A text in the plural, or as it is if it is one or has none; empty if spelling leaves a choice."""
    before, noun, after = writing.head(wanted)
    if casing.is_capitals(noun):
        return wanted if noun.endswith(acronym_plural) else f"{before}{noun}{acronym_plural}{after}"
    if any(char.isupper() for char in noun) or writing.lacks_plural(noun) or writing.is_plural(wanted):
        return wanted
    plurals = writing.plurals(wanted)
    return plurals.pop() if len(plurals) == 1 else ""


def in_letters_of_term(match: Match) -> str:
    """The match in its term's letters, with an ending of its own as it is; empty if it has other words."""
    listed = match.term.text
    ending = match.text[len(listed) :]
    same = match.text[: len(listed)].casefold() == listed.casefold()
    return listed + ending if same and (ending + "s").isalpha() else ""


def fitted(match: Match, wanted: Wording, language: str) -> Fitted:
    """A text of a language in place of the matched one, with its capitals and the article that it needs."""
    text, span = match.segment.text, match.span
    known = languages.get(language)
    writing = known.writing()
    if writing is None:
        return Fitted(_in_place(match, wanted.text, known.small_in_titles), span, wanted.sure)
    definite, reach = writing.definite, max(0, span.start - _ARTICLE_REACH)
    if text[reach : span.start].casefold().endswith(definite) and wanted.text.startswith(definite):
        wanted = Wording(wanted.text.removeprefix(definite), wanted.sure)
    written = _in_place(match, wanted.text, known.small_in_titles)
    article = writing.indefinite.search(text, reach, span.start)
    if article is None:
        return Fitted(written, span, wanted.sure)
    with_article = Span(article.start(), span.end)
    if wanted.text.startswith(definite):
        # A definite article in place of an indefinite one may change the meaning.
        the = definite.capitalize() if article[1].isupper() else definite
        return Fitted(the + written[len(definite) :], with_article, sure=False)
    takes_n, sure = writing.takes_n(wanted.text)
    if takes_n is bool(article[2]):
        return Fitted(written, span, sure and wanted.sure)
    # It may be no article at all: Plan A, vitamin A.
    n = ("N" if text.isupper() else "n") if takes_n else ""
    return Fitted(f"{article[1]}{n} {written}", with_article, sure=False)


def _in_place(match: Match, wanted: str, small: frozenset[str]) -> str:
    return _spaced(match.segment.text, match.span, _with_capitals(match, wanted, small))


def _with_capitals(match: Match, wanted: str, small: frozenset[str]) -> str:
    """`wanted` in capitals where the whole text has them, and with initial ones where the match has them.

    In titles, `small` words begin with none.
    """
    written, segment = match.text, match.segment
    if written.isupper() and segment.text.isupper() and not match.term.text.isupper():
        return wanted.upper()
    words = _WORD.findall(written)
    if not words or not written[0].isupper():
        return wanted
    begins = not any(char.isalnum() for char in segment.text[: match.span.start]) or _after_stop(match)
    titled = all(word[0].isupper() or word in small for word in words)
    title = segment.heading or not match.term.text[0].isupper()
    if titled and title and (len(words) > 1 or not begins):
        return _WORD.sub(
            lambda word: word[0] if word[0] in small else word[0][0].upper() + word[0][1:], wanted
        )
    return wanted[0].upper() + wanted[1:] if begins else wanted


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
