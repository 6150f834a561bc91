"""The marks of a bitext, to be found by the places and the rules that they cover.

Texts that tools write may have thousands of comments that cover the same places. All of them count as used,
but each is marked only once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field

from termcheck.model import Finding
from termcheck.suppress.coverage import Mark

Place = tuple[str, int]
"""The path of a document and a raw offset in it."""


class _Stretch(Struct, eq=False):
    """Marks of one rule and one term whose ranges end at the same raw offset, in order of their starts.

    The first `used` of them were already found.
    """

    end: int
    starts: list[int] = field(default_factory=list)
    marks: list[tuple[int, Mark]] = field(default_factory=list)
    used: int = 0

    def cover(self, offset: int) -> int:
        """How many of the marks, from the first, cover a raw offset."""
        return bisect_right(self.starts, offset) if offset < self.end else 0

    def take(self, count: int) -> Iterator[Mark]:
        """The first mark, and all of the first `count` marks that were not found before."""
        yield self.marks[0][1]
        yield from (mark for _, mark in self.marks[self.used : count])
        self.used = max(self.used, count)


class MarkIndex:
    """Finds the marks for a finding; `is_about` tells whether a mark's term is that of the finding."""

    def __init__(self, marks: Iterable[Mark], is_about: Callable[[Mark, Finding], bool]) -> None:
        self._is_about = is_about
        # The stretches of one verb and one term do not overlap.
        self._stretches: dict[tuple[str, str, bool], dict[tuple[str, str], list[_Stretch]]] = {}
        known: dict[tuple[str, str, str, str, int], _Stretch] = {}
        for number, mark in enumerate(marks):
            path, verb, term = mark.document.path, mark.directive.verb, mark.item.term
            for covered in mark.ranges:
                for code in [covered.code] if covered.code else mark.codes:
                    key = path, code, verb, term, covered.end
                    if key not in known:
                        known[key] = _Stretch(covered.end)
                        by_verb = self._stretches.setdefault((path, code, verb == "ignore"), {})
                        by_verb.setdefault((verb, term), []).append(known[key])
                    known[key].starts.append(covered.start)
                    known[key].marks.append((number, mark))
        for by_verb in self._stretches.values():
            for stretches in by_verb.values():
                stretches.sort(key=_end)

    def at_paragraphs(self, finding: Finding, places: Iterable[Place]) -> Iterator[Mark]:
        """The marks on single paragraphs that silence a finding in the paragraphs that begin at places."""
        return self._marks(finding, places, single=True)

    def of_regions(self, finding: Finding, places: Iterable[Place]) -> Iterator[Mark]:
        """The marks of regions and files around places that silence a finding.

        The first comes first in its file; one that silenced a finding before may be left out.
        """
        return self._marks(finding, places, single=False)

    def _marks(self, finding: Finding, places: Iterable[Place], *, single: bool) -> Iterator[Mark]:
        found = []
        for path, offset in places:
            for stretches in self._stretches.get((path, finding.code, single), {}).values():
                index = bisect_right(stretches, offset, key=_end)
                count = stretches[index].cover(offset) if index < len(stretches) else 0
                if count and self._is_about(stretches[index].marks[0][1], finding):
                    found.append((stretches[index], count))
        for stretch, count in sorted(found, key=lambda one: one[0].marks[0][0]):
            yield from stretch.take(count)


def _end(stretch: _Stretch) -> int:
    return stretch.end
