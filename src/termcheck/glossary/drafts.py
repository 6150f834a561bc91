"""Settle the terms of one concept: give each rendering its status and report contradictions.

The status of a rendering depends on its neighbours, because the first rendering is preferred and the rest are
admitted. So terms stay drafts until all languages of a concept are read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from termcheck.glossary.mistakes import Mistakes
from termcheck.glossary.nodes import ScalarNode, mistake, origin_of
from termcheck.lazy import compile_later
from termcheck.model import MatchMode, Status, Term, TermcheckError, same_language

_LONGEST_PATTERN = 1_000
# Compiling writes out what is repeated: a million times `a` takes 270 MB.
_MOST_REPETITIONS = 10_000
_LONGEST_TRIAL = 1.0
_REPETITION = compile_later(r"\{(\d*)(?:,(\d*))?\}")
_RECURSION = compile_later(r"(?<!\\)(?:\\\\)*\(\?(?:R|[+-]?\d+|&\w+|P>\w+)\)")


class Draft(Struct, frozen=True):
    """A term whose status may be open: its node and its attributes, which include `text`."""

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
        """The first and last day on which the term is valid, as ISO dates; an open end is empty."""
        return self.values.get("valid_from", ""), self.values.get("valid_until", "")


def add_names(names: Sequence[Draft], more: Iterable[Draft]) -> list[Draft]:
    """The names of the source side with `more`; a name that repeats the key gives it its attributes.

    It repeats the key also if only its first letter is in another case, as in a list that capitalises terms.
    """
    key = names[0]
    result = list(names)
    for draft in more:
        if _repeats(draft.text, key.text) and same_language(draft.language, key.language):
            result[0] = replace(key, values={**draft.values, "text": key.text})
        else:
            result.append(draft)
    return result


def _repeats(name: str, key: str) -> bool:
    return name == key or (name[1:] == key[1:] != "" and name[0].casefold() == key[0].casefold())


def settle(drafts: Sequence[Draft], path: str) -> tuple[Term, ...]:
    """The terms of the drafts, grouped by language and otherwise in order.

    Raises TermcheckError for a rendering that is both accepted and not accepted, and for an invalid regular
    expression.
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
        settled = statuses([(draft.values.get("status"), draft.period) for draft in group])
        first = len(terms)
        for draft, status in zip(group, settled, strict=True):
            with mistakes:
                terms.append(_term(draft, status, path))
        for error in _contradictions(terms[first:], path):
            mistakes.add(error)
    mistakes.raise_all()
    return tuple(terms)


def statuses(group: Sequence[tuple[Status | None, tuple[str, str]]]) -> list[Status]:
    """The status of each rendering of one language, given its written status (or None) and its period.

    Without a written status, a rendering is preferred if its period overlaps no preferred rendering before
    it, and admitted otherwise. So `Secretary of War`, valid from the day after `Secretary of Defense` ends,
    is preferred from then on.
    """
    preferred_periods = [period for status, period in group if status is Status.PREFERRED]
    result: list[Status] = []
    for status, period in group:
        if status is None:
            status = (
                Status.ADMITTED
                if any(overlap(period, preferred) for preferred in preferred_periods)
                else Status.PREFERRED
            )
            if status is Status.PREFERRED:
                preferred_periods.append(period)
        result.append(status)
    return result


def overlap(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Whether two periods (ISO dates, both ends inclusive, empty if open) have a day in common."""
    return not (_before(first, second) or _before(second, first))


def _before(first: tuple[str, str], second: tuple[str, str]) -> bool:
    return bool(first[1] and second[0] and first[1] < second[0])


def _term(draft: Draft, status: Status, path: str) -> Term:
    values = {**draft.values, "status": status}
    if status.accepted:
        # `where` only applies to forbidden renderings.
        values.pop("where", None)
    if values.get("match") is MatchMode.REGEX:
        _check_pattern(draft, path)
    return Term(language=draft.language, origin=origin_of(draft.node, path), **values)


def _check_pattern(draft: Draft, path: str) -> None:
    import regex

    _require_small(draft, path)
    try:
        pattern = regex.compile(draft.text)
        matches_nothing = pattern.fullmatch("", timeout=_LONGEST_TRIAL) is not None
    except (regex.error, OverflowError, RecursionError, MemoryError, TimeoutError) as reason:
        raise mistake(
            draft.node,
            path,
            f"`{draft.text}` is not a valid regular expression: {reason}",
            "correct it, or remove `match: regex`",
        ) from None
    if matches_nothing:
        raise mistake(
            draft.node,
            path,
            f"the pattern `{draft.text}` matches an empty text",
            "make it require at least one character",
        )


def _require_small(draft: Draft, path: str) -> None:
    """Refuse a pattern that takes gigabytes to compile or to try, before any limit of time helps."""
    pattern, problem, advice = draft.text, "", ""
    counts = [max(map(_number, count)) for count in _REPETITION.findall(pattern)]
    if len(pattern) > _LONGEST_PATTERN:
        problem = f"the regular expression has {len(pattern)} characters"
        advice = f"{_LONGEST_PATTERN} are allowed; divide it into several terms"
    elif _RECURSION.search(pattern):
        problem = f"the regular expression `{pattern}` refers to itself"
        advice = "write it without (?R), (?1) and (?&name)"
    elif math.prod(filter(None, counts)) > _MOST_REPETITIONS:
        problem = f"the regular expression `{pattern}` repeats too often"
        advice = f"all its counts, multiplied, may be {_MOST_REPETITIONS} at most; write * or +"
    if problem:
        raise mistake(draft.node, path, problem, advice)


def _number(digits: str) -> int:
    """A count; one of many digits is as large as need be."""
    return int(digits[:9] or 0)


def _contradictions(terms: Sequence[Term], path: str) -> Iterator[TermcheckError]:
    """An error for each term that contradicts an earlier term with the same text."""
    seen: dict[str, list[Term]] = {}
    for term in terms:
        namesakes = seen.setdefault(term.text, [])
        for earlier in namesakes:
            if earlier.status.accepted != term.status.accepted and _apply_together(earlier, term):
                yield _contradiction(term, earlier, path)
                break
        # One of those that apply alike is enough: a list may hold a term a thousand times.
        if not any(_applies_alike(term, earlier) for earlier in namesakes):
            namesakes.append(term)


def _applies_alike(first: Term, second: Term) -> bool:
    """Whether two terms apply to the same texts, and both are accepted or neither is."""
    return (first.status.accepted, first.scope, first.valid_from, first.valid_until) == (
        second.status.accepted,
        second.scope,
        second.valid_from,
        second.valid_until,
    )


def _apply_together(first: Term, second: Term) -> bool:
    """Whether two terms can apply to the same text: they have the same scope and a day in common."""
    periods = (first.valid_from, first.valid_until), (second.valid_from, second.valid_until)
    return first.scope == second.scope and overlap(*periods)


def _contradiction(term: Term, earlier: Term, path: str) -> TermcheckError:
    return TermcheckError(
        f"`{term.text}` is {term.status.value} here and {earlier.status.value} in line {earlier.origin.line}",
        path=path,
        line=term.origin.line,
        column=term.origin.column,
        advice="choose one, or give them periods or scopes that do not overlap",
    )
