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
    index = _MarkIndex(places, marks, scope)
    reported, silenced = index.divide((finding, index.about_pair(finding)) for finding in findings)
    on_comments, silenced_on_comments = index.divide(
        (finding, index.about_comment(finding)) for finding in comment_findings(marks, invalid, scope)
    )
    return Outcome((*reported, *on_comments), (*silenced, *silenced_on_comments))


class _MarkIndex:
    """The marks of a bitext, to be found by what they cover."""

    def __init__(self, places: PairPlaces, marks: Sequence[Mark], scope: RunScope) -> None:
        self._places, self._scope = places, scope
        self._of_regions = [mark for mark in marks if mark.directive.verb != "ignore"]
        # The marks at single paragraphs, by path and raw offset of the paragraph.
        self._of_paragraphs: dict[tuple[str, int], list[Mark]] = {}
        for mark in marks:
            for covered in mark.ranges if mark.directive.verb == "ignore" else ():
                self._of_paragraphs.setdefault((mark.document.path, covered.start), []).append(mark)
                pair = places.pair_at(mark.document.path, covered.start)
                mark.doubtful = pair is not None and pair.confidence < SURE_PAIR

    def divide(
        self, findings: Iterable[tuple[Finding, Iterable[Mark]]]
    ) -> tuple[list[Finding], list[Silenced]]:
        """The findings to report and the silenced ones, from findings with the marks that cover them."""
        reported, silenced = [], []
        for finding, covering in findings:
            silencing = [mark for mark in covering if self._applies(mark, finding)]
            for mark in silencing:
                mark.used = True
            if silencing:
                silenced.append(Silenced(finding, SilencedBy.COMMENT, silencing[0].directive.reason))
            else:
                reported.append(finding)
        return reported, silenced

    def about_pair(self, finding: Finding) -> Iterator[Mark]:
        """The marks that cover the pair of a finding, those at its paragraphs first."""
        pair = self._places.pair(finding.location)
        paragraphs = self._places.paragraphs(pair) if pair else ()
        starts = [(document.path, segment.raw.start) for document, segment in paragraphs]
        for start in starts:
            yield from self._of_paragraphs.get(start, ())
        yield from self._regions(finding, starts)

    def about_comment(self, finding: Finding) -> Iterator[Mark]:
        """The marks of regions and files that cover a comment, which belongs to no pair."""
        yield from self._regions(finding, [(finding.location.path, self._places.offset(finding.location))])

    def _regions(self, finding: Finding, starts: Sequence[tuple[str, int]]) -> Iterator[Mark]:
        for mark in self._of_regions:
            if any(
                path == mark.document.path and mark.covers(finding.code, offset) for path, offset in starts
            ):
                yield mark

    def _applies(self, mark: Mark, finding: Finding) -> bool:
        """Whether a mark names the rule of a finding and, if it has a term, its concept."""
        term = mark.item.term
        return finding.code in mark.codes and (
            not term or (finding.term is not None and finding.term.id in self._scope.concept_ids(term))
        )


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
