"""Settles the terms of one concept: which is preferred, which contradict each other, which cannot be.

The standing of a rendering depends on its neighbours (the first one is preferred, the rest admitted), so
terms are drafts until all of a concept's languages are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from termcheck.glossary.mistakes import Mistakes
from termcheck.glossary.nodes import ScalarNode, mistake, origin_of
from termcheck.model import MatchMode, Status, Term, TermcheckError, same_language


class Draft(Struct, frozen=True):
    """A term whose standing may be open: where it is written and its attributes, `text` among them."""

    node: ScalarNode
    language: str
    values: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The term itself."""
        text: str = self.values["text"]
        return text

    @property
    def period(self) -> tuple[str, str]:
        """First and last day it is valid, as ISO dates; empty where it is open."""
        return self.values.get("valid_from", ""), self.values.get("valid_until", "")


def add_names(names: Sequence[Draft], more: Iterable[Draft]) -> list[Draft]:
    """Add further names of the source side; one that repeats the entry's key gives the key its attributes."""
    key = names[0]
    result = list(names)
    for draft in more:
        if draft.text == key.text and same_language(draft.language, key.language):
            result[0] = replace(key, values=draft.values)
        else:
            result.append(draft)
    return result


def settle(drafts: Sequence[Draft], path: str) -> tuple[Term, ...]:
    """The terms of the drafts, language by language, otherwise in their order.

    Raises TermcheckError for renderings that are both accepted and not, and for patterns that are none.
    """
    if len(drafts) == 1:
        draft = drafts[0]
        return (_term(draft, draft.values.get("status", Status.PREFERRED), path),)
    by_language: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_language.setdefault(draft.language, []).append(draft)
    terms: list[Term] = []
    mistakes = Mistakes()
    for group in by_language.values():
        settled = standings([(draft.values.get("status"), draft.period) for draft in group])
        first = len(terms)
        for draft, status in zip(group, settled, strict=True):
            with mistakes:
                terms.append(_term(draft, status, path))
        for error in _contradictions(terms[first:], path):
            mistakes.add(error)
    mistakes.tell()
    return tuple(terms)


def standings(group: Sequence[tuple[Status | None, tuple[str, str]]]) -> list[Status]:
    """The standing of each rendering of one language, from those that are written and from the periods.

    Without a standing of its own the first is preferred and the rest are admitted. At no day there are two
    by this rule, and on every day there is one: `Secretary of War`, valid from the day after
    `Secretary of Defense` ends, is preferred from then on.
    """
    taken = [period for status, period in group if status is Status.PREFERRED]
    result: list[Status] = []
    for status, period in group:
        if status is None:
            status = Status.ADMITTED if any(meet(period, other) for other in taken) else Status.PREFERRED
            if status is Status.PREFERRED:
                taken.append(period)
        result.append(status)
    return result


def meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two periods (ISO dates, both ends inclusive, empty where open) have a day in common."""
    return not (_before(one, other) or _before(other, one))


def _before(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return bool(one[1] and other[0] and one[1] < other[0])


def _term(draft: Draft, status: Status, path: str) -> Term:
    values = {**draft.values, "status": status}
    if status.accepted:
        # Where a rendering accuses is a question for forbidden ones only.
        values.pop("where", None)
    if values.get("match") is MatchMode.REGEX:
        _check_pattern(draft, path)
    return Term(language=draft.language, origin=origin_of(draft.node, path), **values)


def _check_pattern(draft: Draft, path: str) -> None:
    import regex

    try:
        pattern = regex.compile(draft.text)
    except (regex.error, OverflowError, RecursionError) as reason:
        raise mistake(
            draft.node,
            path,
            f"`{draft.text}` is no regular expression: {reason}",
            "correct it, or drop `match: regex`",
        ) from None
    if pattern.fullmatch(""):
        raise mistake(
            draft.node,
            path,
            f"the pattern `{draft.text}` matches an empty text",
            "let it ask for one character at least",
        )


def _contradictions(terms: Sequence[Term], path: str) -> Iterator[TermcheckError]:
    """One error for each term that an earlier one of the same text contradicts."""
    seen: dict[str, list[Term]] = {}
    for term in terms:
        others = seen.setdefault(term.text, [])
        for other in others:
            if other.status.accepted != term.status.accepted and _together(other, term):
                yield _contradiction(term, other, path)
                break
        others.append(term)


def _together(one: Term, other: Term) -> bool:
    """Whether both can apply to one text: on one day and, as far as their scopes tell, in one place."""
    periods = (one.valid_from, one.valid_until), (other.valid_from, other.valid_until)
    return one.scope == other.scope and meet(*periods)


def _contradiction(term: Term, other: Term, path: str) -> TermcheckError:
    return TermcheckError(
        f"`{term.text}` is {term.status.value} here and {other.status.value} in line {other.origin.line}",
        path=path,
        line=term.origin.line,
        column=term.origin.column,
        advice="decide for one, or give them periods or scopes that do not meet",
    )
