"""What to write in place of a rendering, if there is only one way to do it.

A fix that is wrong is worse than none: where number, article or spelling of the sentence leave a choice,
there is no fix, or one that has to be asked for. Most runs find nothing to fix, so that the work is imported
when there is some.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from termcheck.matching.match import Match, Trait
from termcheck.model import Applicability, Document, Fix, Status, Term

if TYPE_CHECKING:
    from termcheck.rules.wording import Fitted, Wording


def only_preferred(terms: Iterable[Term]) -> str:
    """The one preferred rendering among terms of one language; empty if there are several or none."""
    preferred = [term.text for term in terms if term.status is Status.PREFERRED]
    return preferred[0] if len(preferred) == 1 else ""


def candidate(match: Match, language: str) -> str:
    """What the entry of a forbidden rendering wants instead, if that is one thing; else empty."""
    return match.term.instead or only_preferred(match.concept.in_language(language))


def replaced(
    document: Document,
    matches: Sequence[Match],
    wanted: str,
    applicability: Applicability = Applicability.SAFE,
) -> Fix | None:
    """The fix that writes a rendering in place of all matches, in their number and with their capitals.

    Matches that are no plain form of their term, or stand where they cannot be overwritten, stay as they
    are; None if that is all of them.
    """
    from termcheck.rules.wording import in_number

    plain = (
        match for match in matches if match.certain and not match.traits & (Trait.LENIENT | Trait.RELATED)
    )
    found = ((match, in_number(match, wanted)) for match in _apart(plain) if wanted)
    return _together(_written(document, match, text, applicability) for match, text in found if text)


def rewritten(document: Document, match: Match, wanted: str, language: str) -> Fix | None:
    """The unsafe fix that writes a text of a language in place of a match, with the match's capitals."""
    from termcheck.rules.wording import Wording, fitted

    if not wanted:
        return None
    return _fix(document, match, fitted(match, Wording(wanted), language), Applicability.UNSAFE)


def recased(document: Document, matches: Sequence[Match]) -> Fix | None:
    """The safe fix that writes matches in the letters of their terms; an ending of their own stays."""
    from termcheck.rules.wording import Wording, in_letters_of_term

    found = ((match, Wording(in_letters_of_term(match))) for match in _apart(matches))
    return _together(_written(document, match, text, Applicability.SAFE) for match, text in found if text)


def _written(document: Document, match: Match, wanted: Wording, applicability: Applicability) -> Fix | None:
    from termcheck.rules.wording import fitted

    return _fix(document, match, fitted(match, wanted, match.term.language), applicability)


def _fix(document: Document, match: Match, fitted: Fitted, applicability: Applicability) -> Fix | None:
    from termcheck.readers.splice import splice

    if fitted.text == match.segment.text[fitted.span.start : fitted.span.end]:
        return None
    edits = splice(document, match.segment, fitted.span, fitted.text)
    if not edits:
        return None
    return Fix(applicability if fitted.sure else Applicability.UNSAFE, edits)


def _apart(matches: Iterable[Match]) -> Iterator[Match]:
    """Matches in order of place, without those that overlap one before."""
    last: Match | None = None
    for match in matches:
        if last is None or last.segment is not match.segment or match.span.start >= last.span.end:
            yield match
            last = match


def _together(fixes: Iterable[Fix | None]) -> Fix | None:
    """One fix that does what all do, and is as safe as the least safe."""
    found = [fix for fix in fixes if fix is not None]
    # What several do, such as quoting their cell, is done once.
    edits = tuple(dict.fromkeys(edit for fix in found for edit in fix.edits))
    unsafe = any(fix.applicability is Applicability.UNSAFE for fix in found)
    return Fix(Applicability.UNSAFE if unsafe else Applicability.SAFE, edits) if edits else None
