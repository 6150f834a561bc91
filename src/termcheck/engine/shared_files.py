"""Findings in files that are one half of several pairs, such as a page with translations in many languages.

Every pair is checked by itself, so the same finding in a shared file may come from several of them. It is
reported once. A comment may be needed in one pair and silence nothing in another; findings on comments are
therefore reported only if all pairs of the file agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from msgspec import Struct, field

from termcheck.engine.unit_result import UnitResult
from termcheck.jobs import Job
from termcheck.model import Finding, GlossaryUse, Location
from termcheck.rules import RULES
from termcheck.rules.base import Scope

_Key = tuple[str, Location, str]


class _Found(Struct):
    """A finding in a shared file, and the number of pairs that have it."""

    use: GlossaryUse
    finding: Finding
    pairs: int = 0


class SharedFiles(Struct):
    """The files, by name, that are halves of several pairs, and their number; their findings.

    Not all pairs of a file need be in a run.
    """

    all_pairs: dict[str, int] = field(default_factory=dict)
    found: dict[_Key, _Found] = field(default_factory=dict)

    @classmethod
    def of(cls, jobs: Sequence[Job], checked: Sequence[Job]) -> Self:
        """The shared files of a run; perhaps only some of its jobs are `checked`."""
        counts: dict[str, int] = {}
        for job in checked:
            for name, count in zip((job.source_name, job.target_name), job.shared, strict=True):
                counts[name] = max(counts.get(name, 0), count)
        in_run, in_checked = Counter(_names(jobs)), Counter(_names(checked))
        for name in counts:
            left_out = in_run[name] - in_checked[name]
            counts[name] = max(counts[name] - left_out, in_checked[name])
        return cls({name: count for name, count in counts.items() if name and count > 1})

    def without_shared(self, use: GlossaryUse, result: UnitResult) -> Iterable[Finding]:
        """The findings of a result; those in shared files are kept back."""
        shared = [finding for finding in result.findings if finding.location.path in self.all_pairs]
        for finding in shared:
            key = finding.code, finding.location, finding.message
            self.found.setdefault(key, _Found(use, finding)).pairs += 1
        return [finding for finding in result.findings if finding.location.path not in self.all_pairs]

    def findings(self) -> Iterator[tuple[GlossaryUse, tuple[Finding]]]:
        """The findings that were kept back, each once."""
        on_comments = {rule.code for rule in RULES if rule.scope is Scope.COMMENT}
        for found in self.found.values():
            path = found.finding.location.path
            if found.finding.code not in on_comments or found.pairs == self.all_pairs[path]:
                yield found.use, (found.finding,)


def _names(jobs: Iterable[Job]) -> Iterator[str]:
    return (name for job in jobs for name in (job.source_name, job.target_name))
