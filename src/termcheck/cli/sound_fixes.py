"""Which fixes leave a text better than it was: no finding that was not there before, and no pair less.

A fix is made by looking at one place. In the whole text it may write what another entry forbids, or take out
the words that show which language a paragraph is in, so that its pair is gone and nobody checks it any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from termcheck.model import Finding, Report
from termcheck.rules import TEXT_RULES
from termcheck.rules.missing_occurrence import RULE as MISSING_OCCURRENCE

# A fix may make a comment useless; the next round takes the comment out.
_COUNTED = frozenset(rule.code for rule in TEXT_RULES)
# To find the fixes that make a text worse, it is checked so often, in all rounds together; then the doubtful
# ones are not made. Without such a limit, the checks of a long text would be as many as its bad fixes.
MOST_TRIALS = 10

_Kind = tuple[str, str]


class Checked(Struct, frozen=True):
    """A report with the findings that a fix must not add to, by file, silenced ones too."""

    report: Report
    findings: Mapping[str, Sequence[Finding]]

    @classmethod
    def of(cls, report: Report) -> Checked:
        """The same report with its findings sorted out."""
        findings: dict[str, list[Finding]] = {}
        for finding in (*report.findings, *(silenced.finding for silenced in report.silenced)):
            if finding.code in _COUNTED:
                findings.setdefault(finding.location.path, []).append(finding)
        return cls(report, findings)


class Attempt(Struct, frozen=True):
    """Findings whose fixes were made in a file, which has these names."""

    names: Collection[str]
    fixed: Sequence[Finding]

    def is_worse(self, before: Checked, after: Checked) -> bool:
        """Whether a paragraph has lost its counterpart, or a finding is there that the fixes caused."""
        return any(self.lost(before, after)) or bool(self.caused(before, after))

    def lost(self, before: Checked, after: Checked) -> Iterator[range]:
        """The lines in the text before of the pairs that are lost, or may be: several can have one source."""
        for name in self.names:
            has = after.report.paired.get(name, {})
            for checksum, places in before.report.paired.get(name, {}).items():
                left = has.get(checksum, ())
                if len(left) < len(places):
                    gone = set(places).difference(left) or places
                    yield from (range(first, last + 1) for first, last in sorted(gone))

    def caused(self, before: Checked, after: Checked) -> list[Finding]:
        """The findings that occur more often than before, without the fixed ones.

        A finding whose pair nobody touched keeps its fingerprint, so it was there before, shown or not. The
        others are compared by their number, because the fixes have changed their pairs.
        """
        old, new = self._findings(before), self._findings(after)
        known = before.report.unsure.union(finding.fingerprint for finding in old)
        kept = {finding.fingerprint for finding in new}
        left = Counter(_kind(finding) for finding in old if finding.fingerprint not in kept)
        left.subtract(map(_kind, self.fixed))
        appeared = [finding for finding in new if finding.fingerprint not in known]
        counts = Counter(map(_kind, appeared))
        # Of two renderings that were missing, a fix gives one, and so the other is told by another rule.
        owed = {(MISSING_OCCURRENCE.code, term) for _, term in map(_kind, self.fixed)}
        more = {kind for kind, count in counts.items() if count > max(left[kind], 0)} - owed
        return [finding for finding in appeared if _kind(finding) in more]

    def _findings(self, checked: Checked) -> list[Finding]:
        """The findings on the file."""
        return [finding for name in self.names for finding in checked.findings.get(name, ())]


def identity(finding: Finding) -> tuple[str, str]:
    """What tells a finding from others until its pair is changed."""
    return finding.fingerprint, finding.location.text


def sound_fixes(
    findings: Sequence[Finding],
    places: Iterable[range],
    are_sound: Callable[[Sequence[Finding]], bool],
    most: int,
) -> list[Finding]:
    """The findings whose fixes can be made together without making the text worse.

    All together do harm in these `places`. `are_sound` tries fixes, `most` times at most. Most fixes only
    matter to their own paragraph, so those beside the harm are doubtful. Of these the fixes of one kind go
    well or wrong together: they are tried together, and halved where they go wrong.
    """
    lines = {line for place in places for line in place}
    sound = [finding for finding in findings if lines.isdisjoint(lines_of(finding))]
    trials = 1
    if len(sound) in (0, len(findings)) or most < trials or not are_sound(sound):
        sound = []
    by_kind, known = dict[_Kind, list[Finding]](), set(map(id, sound))
    for finding in findings:
        if id(finding) not in known:
            by_kind.setdefault(_kind(finding), []).append(finding)
    groups = list(reversed(by_kind.values()))
    while groups and trials < most:
        group, trials = groups.pop(), trials + 1
        if are_sound([*sound, *group]):
            sound += group
        elif len(group) > 1:
            middle = len(group) // 2
            groups += [group[middle:], group[:middle]]
    return sound


def alone(findings: Iterable[Finding], places: Iterable[range]) -> list[Finding]:
    """The findings that have one of these places, such as a paragraph, for themselves."""
    by_line: dict[int, list[Finding]] = {}
    for finding in findings:
        for line in lines_of(finding):
            by_line.setdefault(line, []).append(finding)
    inside = ({id(one): one for line in place for one in by_line.get(line, ())} for place in places)
    return [next(iter(found.values())) for found in inside if len(found) == 1]


def lines_of(finding: Finding) -> range:
    """The lines of a finding."""
    return range(finding.location.line, finding.location.end_line + 1)


def _kind(finding: Finding) -> _Kind:
    return finding.code, finding.term.id if finding.term else ""
