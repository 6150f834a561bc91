"""Findings on the comments themselves: they silence nothing, or they cannot be understood."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from termcheck.messages import nearest
from termcheck.model import Concept, Document, Finding
from termcheck.rules import RULES, TEXT_RULES, unknown_rule_in_suppression, unused_suppression
from termcheck.rules.base import Rule
from termcheck.selection import selectors
from termcheck.suppress.coverage import Mark
from termcheck.suppress.edits import corrected, removed, without
from termcheck.suppress.syntax import InvalidDirective
from termcheck.text.positions import locate


class RunScope:
    """The rules that run and the terms that are checked, without which a comment is not called unused.

    `enabled` tells whether a rule runs in these texts. `concepts` are those of the glossary, and `checked`
    holds the ids of the checked ones, or is None if all are. Fingerprints contain paths relative to `root`.
    """

    def __init__(
        self,
        enabled: Callable[[Rule], bool],
        concepts: Sequence[Concept] = (),
        checked: frozenset[str] | None = None,
        root: str = "",
    ) -> None:
        self.enabled, self.concepts, self.checked, self.root = enabled, concepts, checked, root
        self.concept_ids = functools.cache(self._concept_ids)

    def _concept_ids(self, term: str) -> frozenset[str]:
        """The ids of the concepts that a term in a comment names by id or by name."""
        return frozenset(concept.id for concept in self.concepts if concept.is_called(term))

    def is_known(self, mark: Mark) -> bool:
        """Whether the rule and the term of a mark exist."""
        return bool(mark.codes) and (not mark.item.term or bool(self.concept_ids(mark.item.term)))

    def was_tested(self, mark: Mark) -> bool:
        """Whether the run would have found what a mark could silence: its rules ran, on its term."""
        term = mark.item.term
        if self.checked is not None and not (term and self.concept_ids(term) <= self.checked):
            return False
        if mark.doubtful:
            return False
        text_rules = [rule for rule in TEXT_RULES if rule.code in mark.codes]
        # A selector of several rules includes rules that are off by default without meaning them.
        return all(self.enabled(rule) for rule in text_rules if rule.default or len(mark.codes) == 1)


def comment_findings(
    marks: Iterable[Mark], invalid: Iterable[tuple[Document, InvalidDirective]], scope: RunScope
) -> Iterator[Finding]:
    """The findings of both rules on comments, as far as these rules run, in no particular order.

    A mark is only known to be unused once all other findings were compared with it.
    """
    report_unused = scope.enabled(unused_suppression.RULE)
    report_unknown = scope.enabled(unknown_rule_in_suppression.RULE)
    for _, group in groupby(marks, lambda mark: (mark.document.path, mark.directive.raw.start)):
        marks_of_comment = list(group)
        if report_unknown:
            for mark in marks_of_comment:
                yield from _unknown(mark, scope)
        if report_unused:
            yield from _unused(marks_of_comment, scope)
    for document, comment in invalid if report_unknown else ():
        yield _invalid(document, comment, scope)


def _invalid(document: Document, comment: InvalidDirective, scope: RunScope) -> Finding:
    fix = (
        corrected(document, comment.wrong, comment.correction)
        if comment.correction
        else removed(document, comment.raw)
    )
    problem = f"this comment {comment.problem}"
    location = locate(document, comment.raw)
    return unknown_rule_in_suppression.finding(location, problem, comment.advice, fix, scope.root)


def _unused(marks: Sequence[Mark], scope: RunScope) -> Iterator[Finding]:
    """At most one finding, on all items of one comment that silence nothing."""
    unused = [mark.item for mark in marks if _is_unused(mark, scope)]
    if unused:
        document, directive = marks[0].document, marks[0].directive
        written = [item.text for item in unused if item.text]
        fix = without(document, directive, unused)
        location = locate(document, directive.raw)
        yield unused_suppression.finding(location, directive.verb, written, fix, scope.root)


def _is_unused(mark: Mark, scope: RunScope) -> bool:
    # What a mark on findings on comments silences is known only after those were made.
    on_comments = all(code.startswith("DIR") for code in mark.codes)
    return not mark.used and not on_comments and scope.is_known(mark) and scope.was_tested(mark)


def _unknown(mark: Mark, scope: RunScope) -> Iterator[Finding]:
    """A finding if the item of a mark names no rule, or no term of the glossary."""
    if scope.is_known(mark):
        return
    item = mark.item
    if not mark.codes:
        known = nearest(item.selector, selectors(RULES))
        problem = f"no rule is called '{item.selector}'"
        correction = item.text.replace(item.selector, known, 1)
    else:
        known = nearest(item.term, _terms(scope.concepts))
        problem = f"the glossary has no term '{item.term}'"
        correction = f"{item.selector}:{_quoted(known)}"
    advice = f"did you mean '{known}'?" if known else ""
    fix = (
        corrected(mark.document, item.raw, correction)
        if known
        else without(mark.document, mark.directive, [item])
    )
    location = locate(mark.document, item.raw)
    yield unknown_rule_in_suppression.finding(location, problem, advice, fix, scope.root)


def _terms(concepts: Sequence[Concept]) -> list[str]:
    """Everything that a comment can call a concept."""
    return sorted(
        {name for concept in concepts for name in (concept.id, *(term.text for term in concept.terms))}
    )


def _quoted(term: str) -> str:
    """A term as a comment contains it: in quotes if it has a character that would end it."""
    return f'"{term}"' if any(character in term for character in ",[]") else term
