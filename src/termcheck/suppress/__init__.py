"""Findings that the user does not want to see, silenced by a comment in the text or by their glossary entry.

The functions are pure functions of findings and documents. They also report the comments that silence nothing
or cannot be understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from termcheck.globs import PathGlob, absolute_path
from termcheck.matching.verdict import SURE_PAIR
from termcheck.model import Bitext, Finding, Ignore, Silenced, SilencedBy
from termcheck.suppress.comment_findings import RunScope, comment_findings
from termcheck.suppress.coverage import Mark, marks_of
from termcheck.suppress.mark_index import MarkIndex
from termcheck.suppress.pair_places import PairPlaces
from termcheck.suppress.syntax import Directive, InvalidDirective, read_directives

__all__ = ["Outcome", "RunScope", "apply_comments", "apply_ignores"]


class Outcome(Struct, frozen=True):
    """The findings to report, including those on comments, and the silenced findings."""

    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()


def apply_comments(bitext: Bitext, findings: Iterable[Finding], scope: RunScope) -> Outcome:
    """Silence findings by the comments in a bitext, and report the comments that have no effect."""
    places = PairPlaces(bitext)
    marks: list[Mark] = []
    invalid = []
    for document in places.documents.values():
        comments = list(read_directives(document))
        marks += marks_of(document, (comment for comment in comments if isinstance(comment, Directive)))
        invalid += [(document, comment) for comment in comments if isinstance(comment, InvalidDirective)]
    silencer = _Silencer(places, marks, scope)
    reported, silenced = silencer.divide((finding, silencer.about_pair(finding)) for finding in findings)
    on_comments, silenced_on_comments = silencer.divide(
        (finding, silencer.about_comment(finding)) for finding in comment_findings(marks, invalid, scope)
    )
    return Outcome((*reported, *on_comments), (*silenced, *silenced_on_comments))


class _Silencer:
    """Divides findings by the marks of a bitext."""

    def __init__(self, places: PairPlaces, marks: Sequence[Mark], scope: RunScope) -> None:
        self._places, self._scope = places, scope
        self._index = MarkIndex(marks, self._is_about)
        for mark in marks:
            if mark.directive.verb == "ignore" and mark.ranges:
                pair = places.pair_at(mark.document.path, mark.ranges[0].start)
                mark.doubtful = pair is not None and pair.confidence < SURE_PAIR

    def divide(
        self, findings: Iterable[tuple[Finding, Iterable[Mark]]]
    ) -> tuple[list[Finding], list[Silenced]]:
        """The findings to report and the silenced ones, from findings with the marks that silence them."""
        reported, silenced = [], []
        for finding, silencing in findings:
            first: Mark | None = None
            for mark in silencing:
                mark.used = True
                first = first or mark
            if first is not None:
                silenced.append(Silenced(finding, SilencedBy.COMMENT, first.directive.reason))
            else:
                reported.append(finding)
        return reported, silenced

    def about_pair(self, finding: Finding) -> Iterator[Mark]:
        """The marks that silence a finding in its pair, those at its paragraphs first."""
        pair = self._places.pair(finding.location)
        paragraphs = self._places.paragraphs(pair) if pair else ()
        starts = [(document.path, segment.raw.start) for document, segment in paragraphs]
        yield from self._index.at_paragraphs(finding, starts)
        yield from self._index.of_regions(finding, starts)

    def about_comment(self, finding: Finding) -> Iterator[Mark]:
        """The marks of regions and files that silence a finding on a comment, which belongs to no pair."""
        place = finding.location.path, self._places.offset(finding.location)
        return self._index.of_regions(finding, [place])

    def _is_about(self, mark: Mark, finding: Finding) -> bool:
        """Whether a mark has no term, or names the concept of a finding."""
        term = mark.item.term
        return not term or (finding.term is not None and finding.term.id in self._scope.concept_ids(term))


def apply_ignores(
    findings: Iterable[Finding], ignores: Mapping[str, tuple[Ignore, ...]], paths: Sequence[str]
) -> Outcome:
    """Silence findings by the `ignore` attribute of their entries, given by concept id.

    `paths` are the paths of the texts, as the user wrote them.
    """
    absolute = [absolute_path(path) for path in paths]
    reported, silenced = [], []
    for finding in findings:
        candidates = ignores.get(finding.term.id, ()) if finding.term else ()
        ignore = next((ignore for ignore in candidates if _is_ignored(finding, ignore, absolute)), None)
        if ignore is None:
            reported.append(finding)
        else:
            silenced.append(Silenced(finding, SilencedBy.GLOSSARY, ignore.note))
    return Outcome(tuple(reported), tuple(silenced))


def _is_ignored(finding: Finding, ignore: Ignore, paths: Sequence[str]) -> bool:
    if ignore.pair:
        return finding.pair.startswith(ignore.pair)
    root = absolute_path(ignore.origin.path).rpartition("/")[0]
    return any(PathGlob(ignore.path, root).matches(path) for path in paths)
