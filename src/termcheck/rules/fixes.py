"""What to write in place of a rendering, if there is only one way to do it.

A fix that is wrong is worse than none: where number, article or spelling of the sentence leave a choice,
there is no fix, or one that has to be asked for.
"""

from __future__ import annotations

from termcheck.lazy import compile_later
from termcheck.matching import inflection
from termcheck.matching.match import Match, Trait
from termcheck.model import Applicability, Concept, Document, Edit, Fix, Span, Status, Term, same_language
from termcheck.text.fold import fold
from termcheck.text.positions import position

# What one format or another reads as a sign of its own; a text with these is not written without asking it.
_SIGNS = compile_later(r"[\"\\<>*_`\[\]|{}#$~&,;\t\r\n]")
_ARTICLE = compile_later(r"\b([Aa])(n?) \Z")
_VOWELS = "aeiou"


def only_preferred(concept: Concept, language: str) -> str:
    """The one preferred rendering of a concept in a language; empty if there are several or none."""
    preferred = [term.text for term in concept.in_language(language) if term.status is Status.PREFERRED]
    return preferred[0] if len(preferred) == 1 else ""


def replaced(
    document: Document, match: Match, wanted: str, applicability: Applicability = Applicability.SAFE
) -> Fix | None:
    """The fix that writes a rendering in place of the matched one, in its number and with its capitals.

    None if the match is no plain form of its term, or stands where it cannot simply be overwritten.
    """
    if not wanted or match.traits & (Trait.LOOSE | Trait.KIN):
        return None
    in_number = _in_number(match, wanted)
    return rewritten(document, match, in_number, applicability) if in_number else None


def rewritten(document: Document, match: Match, wanted: str, applicability: Applicability) -> Fix | None:
    """The fix that writes a text in place of the matched one, with its capitals, as it is otherwise."""
    text, span = match.segment.text, match.span
    written = _spaced(text, span, _with_capitals(match, wanted))
    article = _ARTICLE.search(text, max(0, span.start - 4), span.start)
    if article and _begins_with_vowel(written) is not _begins_with_vowel(match.text):
        # The letter is not the sound: an hour, a union.
        span, applicability = Span(article.start(), span.end), Applicability.UNSAFE
        written = f"{article[1]}{'n' if _begins_with_vowel(written) else ''} {written}"
    raw = match.segment.raw_span(span)
    old = document.raw[raw.start : raw.end]
    if old != text[span.start : span.end] or written == old:
        return None
    if set(_SIGNS.findall(written)) - set(_SIGNS.findall(old)):
        return None
    line, column = position(document.line_starts, raw.start)
    end_line, end_column = position(document.line_starts, raw.end)
    return Fix(applicability, (Edit(line, column, end_line, end_column, written),))


def recased(document: Document, match: Match) -> Fix | None:
    """The safe fix that writes a match in the letters of its term; an ending of its own stays."""
    listed = match.term.text
    ending = match.text[len(listed) :]
    if match.text[: len(listed)].casefold() != listed.casefold() or not (ending + "s").isalpha():
        return None
    return rewritten(document, match, listed + ending, Applicability.SAFE)


def _in_number(match: Match, wanted: str) -> str:
    """`wanted` in the singular or plural of the match; empty if the match is neither form of its term."""
    language = match.term.language
    found, listed = fold(match.text, language).text, fold(match.term.text, language).text
    if found == listed:
        return wanted
    if not same_language(language, "en") or found not in _plurals(listed):
        return ""
    if any(char.isupper() for char in wanted):
        return wanted
    plurals = _plurals(wanted)
    return plurals[0] if len(plurals) == 1 else ""


def _plurals(text: str) -> list[str]:
    head, blank, last = text.rpartition(" ")
    return [f"{head}{blank}{form}" for form in sorted(inflection.plurals(last))]


def _with_capitals(match: Match, wanted: str) -> str:
    """`wanted` in capitals where the whole text has them, and with a first one where the match has it."""
    written, segment = match.text, match.segment
    if written.isupper() and segment.text.isupper() and not match.term.text.isupper():
        return wanted.upper()
    begins = not any(char.isalnum() for char in segment.text[: match.span.start]) or _after_stop(match)
    title = segment.heading and all(word[0].isupper() for word in written.split())
    if (begins or title) and written[0].isupper():
        return wanted[0].upper() + wanted[1:]
    return wanted


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


def _begins_with_vowel(text: str) -> bool:
    return text[0].lower() in _VOWELS


def term_replaced(document: Document, left: Match, accepted: tuple[Term, ...]) -> Fix | None:
    """The unsafe fix that renders a term left untranslated, if only one rendering is preferred."""
    preferred = [term.text for term in accepted if term.status is Status.PREFERRED]
    if len(preferred) != 1:
        return None
    return rewritten(document, left, preferred[0], Applicability.UNSAFE)
