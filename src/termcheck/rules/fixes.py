"""Fixes that write another rendering in place of a match.

A wrong fix is worse than none. If number, article or spelling leave a choice, the fix is unsafe, or there is
none. Most runs need no fix, so the modules that make them are imported on demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from termcheck.matching.match import Match, Trait
from termcheck.model import Applicability, Document, Fix, MatchMode, Status, Term

if TYPE_CHECKING:
    from termcheck.matching.strict.casing import Capitals
    from termcheck.rules.wording import Fitted, Wording


def only_preferred(accepted: Sequence[Term]) -> str:
    """The preferred one of accepted renderings, or the only one; an empty text if they leave a choice.

    A regular expression is nothing to write.
    """
    preferred = [term for term in accepted if term.status is Status.PREFERRED] or accepted
    return written(preferred[0]) if len(preferred) == 1 else ""


def written(term: Term) -> str:
    """The text to write for a term, which is empty for a regular expression."""
    return "" if term.match is MatchMode.REGEX else term.text


def replaced(
    document: Document,
    matches: Sequence[Match],
    rendering: str,
    applicability: Applicability = Applicability.SAFE,
) -> Fix | None:
    """The fix that writes a rendering in place of all matches, with their number and their capitals.

    Leaves out a match that is not a plain form of its term, or that cannot be overwritten. None if there is
    no other match.
    """
    from termcheck.rules.wording import in_number

    plain = (
        match for match in matches if match.certain and not match.traits & (Trait.LENIENT | Trait.RELATED)
    )
    wordings = ((match, in_number(match, rendering)) for match in _without_overlaps(plain) if rendering)
    return _joined(
        _written(document, match, wording, applicability) for match, wording in wordings if wording
    )


def rewritten(document: Document, match: Match, rendering: str, language: str) -> Fix | None:
    """The unsafe fix that writes a rendering in `language` in place of a match, with the match's capitals."""
    from termcheck.rules.wording import Wording, fitted

    if not rendering:
        return None
    return _fix(document, match, fitted(match, Wording(rendering), language), Applicability.UNSAFE)


def recased(document: Document, matches: Sequence[Match], capitals: Capitals, *, sure: bool) -> Fix | None:
    """The fix that writes matches in the letter case of their terms and keeps their endings."""
    from termcheck.rules.wording import Wording, in_letters_of_term

    wordings = ((match, Wording(in_letters_of_term(match, capitals))) for match in _without_overlaps(matches))
    return _joined(
        _written(document, match, wording, Applicability.SAFE if sure else Applicability.UNSAFE)
        for match, wording in wordings
        if wording
    )


def _written(document: Document, match: Match, wording: Wording, applicability: Applicability) -> Fix | None:
    from termcheck.rules.wording import fitted

    return _fix(document, match, fitted(match, wording, match.term.language), applicability)


def _fix(document: Document, match: Match, fitted: Fitted, applicability: Applicability) -> Fix | None:
    from termcheck.readers.splice import splice

    if fitted.text == match.segment.text[fitted.span.start : fitted.span.end]:
        return None
    edits = splice(document, match.segment, fitted.span, fitted.text)
    if not edits:
        return None
    return Fix(applicability if fitted.sure else Applicability.UNSAFE, edits)


def _without_overlaps(matches: Iterable[Match]) -> Iterator[Match]:
    """Matches in document order, without any that overlaps an earlier one."""
    last: Match | None = None
    for match in matches:
        if last is None or last.segment is not match.segment or match.span.start >= last.span.end:
            yield match
            last = match


def _joined(fixes: Iterable[Fix | None]) -> Fix | None:
    """One fix with the edits of all, which is unsafe if any of them is."""
    parts = [fix for fix in fixes if fix is not None]
    # Several fixes may share an edit, such as the one that quotes their cell.
    edits = tuple(dict.fromkeys(edit for fix in parts for edit in fix.edits))
    unsafe = any(fix.applicability is Applicability.UNSAFE for fix in parts)
    return Fix(Applicability.UNSAFE if unsafe else Applicability.SAFE, edits) if edits else None
