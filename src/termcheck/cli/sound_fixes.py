"""Which fixes leave a text better than it was: no finding that was not there before, and no pair less.

A fix is made by looking at one place. In the whole text it may write what another entry forbids, or take out
the words that show which language a paragraph is in, so that its pair is gone and nobody checks it any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct

from termcheck.model import Finding, Report
from termcheck.rules import TEXT_RULES
from termcheck.rules.missing_occurrence import RULE as MISSING_OCCURRENCE

# A fix may make a comment useless; the next round takes the comment out.
_COUNTED = frozenset(rule.code for rule in TEXT_RULES)
# To find the fixes that make a text worse, it is checked so often; then the doubtful ones are not made.
_MOST_TRIALS = 10

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
        nothing = Counter[int]()
        had, has = before.report.paired, after.report.paired
        lost = any(had.get(name, nothing) - has.get(name, nothing) for name in self.names)
        return lost or bool(self.caused(before, after))

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
    findings: Sequence[Finding], caused: Sequence[Finding], are_sound: Callable[[Sequence[Finding]], bool]
) -> list[Finding]:
    """The findings whose fixes can be made together without making the text worse.

    All together `caused` others. `are_sound` tries fixes. Most fixes only matter to their own paragraph, so
    those beside what they caused are doubtful. Of these the fixes of one kind go well or wrong together: they
    are tried together, and halved where they go wrong.
    """
    lines = {line for finding in caused for line in _lines(finding)}
    sound = [finding for finding in findings if lines.isdisjoint(_lines(finding))]
    if len(sound) in (0, len(findings)) or not are_sound(sound):
        sound = []
    by_kind, known = dict[_Kind, list[Finding]](), set(map(id, sound))
    for finding in findings:
        if id(finding) not in known:
            by_kind.setdefault(_kind(finding), []).append(finding)
    groups, trials = list(reversed(by_kind.values())), 0
    while groups and trials < _MOST_TRIALS:
        group, trials = groups.pop(), trials + 1
        if are_sound([*sound, *group]):
            sound += group
        elif len(group) > 1:
            middle = len(group) // 2
            groups += [group[middle:], group[:middle]]
    return sound


def _lines(finding: Finding) -> range:
    return range(finding.location.line, finding.location.end_line + 1)


def _kind(finding: Finding) -> _Kind:
    return finding.code, finding.term.id if finding.term else ""
