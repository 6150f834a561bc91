"""Findings that nobody wants to see: silenced by a comment in the text or under a glossary entry.

Pure functions of the findings and the documents. What the comments fail to do is found out here as well:
those that silence nothing, and those that cannot be understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from termcheck.globs import PathGlob, absolute_path
from termcheck.matching.verdict import SURE_PAIR
from termcheck.model import Bitext, Finding, Ignore, Silenced, SilencedBy
from termcheck.pair_places import PairPlaces
from termcheck.suppress.complaints import Judgement, complaints
from termcheck.suppress.coverage import Mark, marks
from termcheck.suppress.syntax import Directive, Misread, read_directives

__all__ = ["Judgement", "Outcome", "apply_comments", "apply_ignores"]


class Outcome(Struct, frozen=True):
    """The findings that are left, with those on the comments themselves, and those that are silenced."""

    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()


def apply_comments(bitext: Bitext, findings: Iterable[Finding], judgement: Judgement) -> Outcome:
    """Silence findings by the comments in the documents of a bitext, and tell which of those do nothing."""
    places = PairPlaces(bitext)
    made: list[Mark] = []
    misread = []
    for document in places.documents.values():
        read = list(read_directives(document))
        made += marks(document, (one for one in read if isinstance(one, Directive)))
        misread += [(document, one) for one in read if isinstance(one, Misread)]
    comments = _Comments(places, made, judgement)
    left, silenced = comments.divide((finding, comments.about_pair(finding)) for finding in findings)
    told, untold = comments.divide(
        (finding, comments.about_comment(finding)) for finding in complaints(made, misread, judgement)
    )
    return Outcome((*left, *told), (*silenced, *untold))


class _Comments:
    """The marks of a bitext, to be found by what they cover."""

    def __init__(self, places: PairPlaces, made: Sequence[Mark], judgement: Judgement) -> None:
        self._places, self._judgement = places, judgement
        self._wide = [mark for mark in made if mark.directive.verb != "ignore"]
        self._near: dict[tuple[str, int], list[Mark]] = {}
        for mark in made:
            for one in mark.ranges if mark.directive.verb == "ignore" else ():
                self._near.setdefault((mark.document.path, one.start), []).append(mark)
                pair = places.pair_at(mark.document.path, one.start)
                mark.doubtful = pair is not None and pair.confidence < SURE_PAIR

    def divide(
        self, findings: Iterable[tuple[Finding, Iterable[Mark]]]
    ) -> tuple[list[Finding], list[Silenced]]:
        """Findings that are left, and those that are silenced by one of the marks given with them."""
        left, silenced = [], []
        for finding, covering in findings:
            meant = [mark for mark in covering if self._means(mark, finding)]
            for mark in meant:
                mark.used = True
            if meant:
                silenced.append(Silenced(finding, SilencedBy.COMMENT, meant[0].directive.reason))
            else:
                left.append(finding)
        return left, silenced

    def about_pair(self, finding: Finding) -> Iterator[Mark]:
        """The marks that cover the pair of a finding, those at its paragraphs first."""
        pair = self._places.pair(finding.location)
        stand = [(one.path, part.raw.start) for one, part in self._places.paragraphs(pair)] if pair else []
        for place in stand:
            yield from self._near.get(place, ())
        yield from self._around(finding, stand)

    def about_comment(self, finding: Finding) -> Iterator[Mark]:
        """The marks that cover a comment, which is about no pair: those of regions and files."""
        yield from self._around(finding, [(finding.location.path, self._places.offset(finding.location))])

    def _around(self, finding: Finding, stand: Sequence[tuple[str, int]]) -> Iterator[Mark]:
        for mark in self._wide:
            if any(
                path == mark.document.path and mark.covers(finding.code, offset) for path, offset in stand
            ):
                yield mark

    def _means(self, mark: Mark, finding: Finding) -> bool:
        term = mark.item.term
        return finding.code in mark.codes and (
            not term or (finding.term is not None and finding.term.id in self._judgement.ids(term))
        )


def apply_ignores(
    findings: Iterable[Finding], ignores: Mapping[str, tuple[Ignore, ...]], paths: Sequence[str]
) -> Outcome:
    """Silence findings by what the glossary says under `ignore`, given by the id of the concept.

    `paths` are those of the texts, as the user wrote them.
    """
    absolute = [absolute_path(path) for path in paths]
    left, silenced = [], []
    for finding in findings:
        listed = ignores.get(finding.term.id, ()) if finding.term else ()
        found = next((one for one in listed if _is_ignored(finding, one, absolute)), None)
        if found is None:
            left.append(finding)
        else:
            silenced.append(Silenced(finding, SilencedBy.GLOSSARY, found.note))
    return Outcome(tuple(left), tuple(silenced))


def _is_ignored(finding: Finding, ignore: Ignore, paths: Sequence[str]) -> bool:
    if ignore.pair:
        return finding.pair.startswith(ignore.pair)
    root = absolute_path(ignore.origin.path).rpartition("/")[0]
    return any(PathGlob(ignore.path, root).matches(path) for path in paths)
