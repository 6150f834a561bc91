"""What is wrong with the comments themselves: they silence nothing, or cannot be understood."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from termcheck.messages import nearest
from termcheck.model import Concept, Document, Finding, Fix
from termcheck.rules import RULES, TEXT_RULES, unknown_rule_in_suppression, unused_suppression
from termcheck.rules.base import Rule
from termcheck.selection import selectors
from termcheck.suppress.coverage import Mark
from termcheck.suppress.repairs import corrected, removed, without
from termcheck.suppress.syntax import Directive, Item, Misread
from termcheck.text.positions import locate


class Judgement:
    """What a run knows, to tell a comment that silences nothing from one that was not put to the test.

    `enabled` says whether a rule runs in these texts, `concepts` are those of the glossary; `checked` are the
    ids of those that were to be checked, None if that is all of them. `root` is for fingerprints.
    """

    def __init__(
        self,
        enabled: Callable[[Rule], bool],
        concepts: Sequence[Concept] = (),
        checked: frozenset[str] | None = None,
        root: str = "",
    ) -> None:
        self.enabled, self.concepts, self.checked, self.root = enabled, concepts, checked, root
        self.ids = functools.cache(self._ids)

    def _ids(self, term: str) -> frozenset[str]:
        """The ids of the concepts that a term in a comment means, by id or by name."""
        return frozenset(concept.id for concept in self.concepts if concept.is_called(term))

    def tested(self, mark: Mark) -> bool:
        """Whether findings that a mark could silence would have been found: its rules ran, on its term."""
        if self.checked is not None and not (mark.item.term and self.ids(mark.item.term) <= self.checked):
            return False
        if mark.doubtful:
            return False
        on_texts = [rule for rule in TEXT_RULES if rule.code in mark.codes]
        one = len(mark.codes) == 1
        return all(self.enabled(rule) for rule in on_texts if rule.default or one)


def complaints(
    made: Iterable[Mark], misread: Iterable[tuple[Document, Misread]], judgement: Judgement
) -> Iterator[Finding]:
    """The findings on comments of both rules, as far as these run, in no particular order."""
    unused = judgement.enabled(unused_suppression.RULE)
    unknown = judgement.enabled(unknown_rule_in_suppression.RULE)
    for _, group in groupby(made, lambda mark: (mark.document.path, mark.directive.raw.start)):
        marks = list(group)
        if unknown:
            yield from _unknown(marks, judgement)
        if unused:
            yield from _unused(marks, judgement)
    for document, comment in misread if unknown else ():
        fix = (
            corrected(document, comment.wrong, comment.instead)
            if comment.instead
            else removed(document, comment.raw)
        )
        place = locate(document, comment.raw)
        problem = f"this comment {comment.problem}"
        yield unknown_rule_in_suppression.finding(place, problem, comment.advice, fix, judgement.root)


def _unused(marks: Sequence[Mark], judgement: Judgement) -> Iterator[Finding]:
    """At most one finding on the items of one comment that silence nothing."""
    useless = [
        mark.item
        for mark in marks
        if not mark.used and not _is_unknown(mark, judgement) and not _is_own(mark) and judgement.tested(mark)
    ]
    if useless:
        document, directive = marks[0].document, marks[0].directive
        items = [item.text for item in useless if item.text]
        fix = without(document, directive, useless)
        place = locate(document, directive.raw)
        yield unused_suppression.finding(place, directive.verb, items, fix, judgement.root)


def _is_own(mark: Mark) -> bool:
    """Whether a mark is about findings on comments: what it silences is known only after all else."""
    return all(code.startswith("DIR") for code in mark.codes)


def _is_unknown(mark: Mark, judgement: Judgement) -> bool:
    return not mark.codes or bool(mark.item.term and not judgement.ids(mark.item.term))


def _unknown(marks: Sequence[Mark], judgement: Judgement) -> Iterator[Finding]:
    """A finding for each item of one comment that names no rule, or no term."""
    for mark in marks:
        item = mark.item
        if not mark.codes:
            near = nearest(item.selector, selectors(RULES))
            problem, instead = (
                f"no rule is called '{item.selector}'",
                item.text.replace(item.selector, near, 1),
            )
        elif _is_unknown(mark, judgement):
            near = nearest(item.term, _names(judgement.concepts))
            problem, instead = f"the glossary has no term '{item.term}'", f"{item.selector}:{quoted(near)}"
        else:
            continue
        advice = f"did you mean '{near}'?" if near else ""
        fix = _fix(mark.document, mark.directive, item, instead if near else "")
        place = locate(mark.document, item.raw)
        yield unknown_rule_in_suppression.finding(place, problem, advice, fix, judgement.root)


def _fix(document: Document, directive: Directive, item: Item, instead: str) -> Fix:
    return corrected(document, item.raw, instead) if instead else without(document, directive, [item])


def _names(concepts: Sequence[Concept]) -> list[str]:
    return sorted({name for one in concepts for name in (one.id, *(term.text for term in one.terms))})


def quoted(term: str) -> str:
    """A term as it is written in a comment: in quotes if it has a sign that would end it."""
    return f'"{term}"' if any(mark in term for mark in ",[]") else term
