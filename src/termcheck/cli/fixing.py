"""`--fix` and `--diff`: fix texts in memory until nothing is left to fix, then write the files.

A text is checked again after every round of fixes, and a fix that makes it worse is not made. Nobody likes
files that change behind their back, so each file written is named, however quiet the run. A file that has
changed since it was read is left alone.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.cli import FINDINGS, console
from termcheck.cli.difference import difference
from termcheck.cli.fixed_files import File, files_of, sorted_by_name, standard_input
from termcheck.cli.outputs import print_errors
from termcheck.cli.sound_fixes import MOST_TRIALS, Attempt, Checked, alone, identity, lines_of, sound_fixes
from termcheck.cli.streams import OTHER_NAMES, replace_file
from termcheck.cli.write_scope import WriteScope
from termcheck.engine.prepare import read_bytes
from termcheck.fix import Fixed, applicable, authors, starts_of, text_of
from termcheck.interrupts import held
from termcheck.jobs import Job
from termcheck.model import Finding, Report, TermcheckError
from termcheck.report.summary import count_fixes, plural
from termcheck.rules import stale_baseline

if TYPE_CHECKING:
    from termcheck.config import Settings

Check = Callable[[Sequence[Job]], Report]
Deliver = Callable[[Report], int]


class _Change(Struct):
    """A file with its bytes before a round of fixes, and what the round made of them."""

    file: File
    data: bytes
    fixed: Fixed


class _Fixing(Struct):
    """The state of fixing: the jobs with their present bytes, and the files by name."""

    settings: Settings
    jobs: list[Job]
    files: dict[str, File]
    scope_of: Callable[[str], WriteScope]
    errors: list[TermcheckError] = field(default_factory=list)

    def run(self, check: Check) -> Report:
        """Check and fix until a check finds nothing to fix; gives the report of that check.

        Every round leaves fewer findings, or fewer fixes to try, so this comes to an end.
        """
        before = Checked.of(check(self.jobs))
        while changes := list(self._changes(before.report)):
            after = Checked.of(check(self.jobs))
            worse = [change for change in changes if self._attempt(change).is_worse(before, after)]
            for change in worse:
                self._only_sound(change, check, (before, after) if len(changes) == 1 else None)
            for change in changes:
                if change.fixed.findings:
                    # In another text the fixes that made it worse may do so no longer.
                    change.file.refused = frozenset()
            before = Checked.of(check(self.jobs)) if worse else after
        return self._without_refused(self._without_stale(before.report))

    def _changes(self, report: Report) -> Iterator[_Change]:
        """Make the fixes of a report, in memory; gives the files that they change."""
        for file, findings in list(self._fixable(report)):
            change = self._change(file, findings, report)
            if change is not None:
                yield change

    def _attempt(self, change: _Change) -> Attempt:
        return Attempt(change.file.names, change.fixed.findings)

    def _only_sound(self, change: _Change, check: Check, known: tuple[Checked, Checked] | None) -> None:
        """Keep the fixes of a change that do not make the text worse, and take back the others.

        `known` are the reports before and after it, if nothing else was changed meanwhile.
        """
        file, tried = change.file, change.fixed.findings

        def try_fixes(findings: Sequence[Finding]) -> tuple[_Change, Checked]:
            trial = _Change(file, change.data, file.with_fixes(change.data, findings))
            self._set(file, trial.fixed.data)
            return trial, Checked.of(check([self.jobs[number] for number, _ in file.uses]))

        before, after = known or (try_fixes(())[1], try_fixes(tried)[1])

        def are_sound(findings: Sequence[Finding]) -> bool:
            file.trials += 1
            trial, after = try_fixes(findings)
            return not self._attempt(trial).is_worse(before, after)

        attempt = self._attempt(change)
        caused, lost = attempt.caused(before, after), list(attempt.lost(before, after))
        sound = self._innocent(change, caused, lost)
        if len(sound) == len(tried) or (sound and not are_sound(sound)):
            places = [*map(lines_of, caused), *lost]
            sound = sound_fixes(tried, places, are_sound, MOST_TRIALS - file.trials)
        made = file.with_fixes(change.data, sound)
        self._set(file, made.data)
        file.fixed += len(made.findings) - len(tried)
        change.fixed = made
        if not made.findings:
            file.refused |= set(map(identity, tried))

    def _innocent(self, change: _Change, caused: Sequence[Finding], lost: Sequence[range]) -> list[Finding]:
        """The fixes that neither wrote what was found afterwards, nor alone changed a pair that was lost."""
        file, tried = change.file, change.fixed.findings
        before, after = (
            starts_of(data, file.name, file.encoding, file.format)
            for data in (change.data, change.fixed.data)
        )
        wrote = authors(tried, before, after, [finding.location for finding in caused])
        to_blame = set(map(id, (*wrote, *alone(tried, lost))))
        return [finding for finding in tried if id(finding) not in to_blame]

    def _without_stale(self, report: Report) -> Report:
        """The report once stale entries are removed from the baseline, after all texts are fixed."""
        stale = [finding for finding in report.findings if finding.code == stale_baseline.RULE.code]
        fixed = [
            finding
            for finding in stale
            if self._change(self.files[finding.location.path], [finding], report) is not None
        ]
        if not fixed:
            return report
        return replace(report, findings=tuple(one for one in report.findings if one not in fixed))

    def _without_refused(self, report: Report) -> Report:
        """The report in which a finding whose fix makes its text worse has no fix."""
        if not any(file.refused for file in self.files.values()):
            return report
        findings: list[Finding] = []
        for finding in report.findings:
            file = self.files.get(finding.location.path)
            if file is not None and identity(finding) in file.refused:
                file.left += 1
                finding = replace(finding, fix=None)
            findings.append(finding)
        return replace(report, findings=tuple(findings))

    @property
    def changed(self) -> list[File]:
        """The files that fixes have changed, sorted by name."""
        return sorted_by_name(file for file in self.files.values() if file.changed)

    def _fixable(self, report: Report) -> Iterable[tuple[File, list[Finding]]]:
        """The files that have findings to fix, with those findings."""
        fixable: dict[File, list[Finding]] = {}
        for finding in report.findings:
            file = self.files.get(finding.location.path)
            may_change = file is not None and file.uses and identity(finding) not in file.refused
            if file and may_change and applicable(finding, unsafe=self.settings.unsafe_fixes):
                fixable.setdefault(file, []).append(finding)
        return fixable.items()

    def _change(self, file: File, findings: Sequence[Finding], report: Report) -> _Change | None:
        """Fix one file in memory; None, with an error recorded, if nothing in it can be fixed."""
        try:
            if file.path:
                for config in sorted(file.configs):
                    self.scope_of(config).require(file.path, file.name)
            data = file.after if file.after is not None else read_bytes(file.path, file.name, None)
            if (
                text_of(data, file.name, file.encoding, file.format)
                != report.documents[findings[0].location.path].raw
            ):
                raise _changed_meanwhile(file.name)
            fixed = file.with_fixes(data, findings)
        except TermcheckError as error:
            self._record(error)
            return None
        for unfixed in fixed.errors:
            self._record(unfixed)
        if file.before is None:
            file.before = data
        file.fixed += len(fixed.findings)
        self._set(file, fixed.data)
        return _Change(file, data, fixed) if fixed.findings else None

    def write(self, file: File) -> bool:
        """Write a file and say so; false, with an error recorded, if it cannot be written."""
        try:
            # A signal must not come between a change and the message about it.
            with held():
                self._write(file)
        except TermcheckError as error:
            self._record(error)
            self._set(file, None)
            return False
        return True

    def _write(self, file: File) -> None:
        links = 1
        if file.path and file.before is not None and file.after is not None:
            links = replace_file(file.path, file.after, expected=file.before)
        console.say(f"Fixed {plural(file.fixed, 'finding')} in {file.name}")
        if links > 1:
            console.say(f"{file.name}: {OTHER_NAMES}", kind="notice")

    def _set(self, file: File, data: bytes | None) -> None:
        file.after = data
        for number, which in file.uses:
            self.jobs[number] = replace(self.jobs[number], **{which: data})

    def _record(self, error: TermcheckError) -> None:
        # Every pass meets the same error again.
        if str(error) not in map(str, self.errors):
            self.errors.append(error)


def check_and_fix(
    jobs: Sequence[Job], settings: Settings, args: argparse.Namespace, check: Check, deliver: Deliver
) -> int:
    """Check texts with their fixes applied, and write or show them; gives the exit code of a check.

    With `--diff` nothing is written, and 1 means that something would be.
    """
    scope_of = functools.cache(lambda config: WriteScope.of(settings, config, args))
    fixing = _Fixing(settings, list(jobs), files_of(jobs, settings), scope_of)
    report = fixing.run(check)
    if args.diff:
        return _show_diff(fixing, report, args)
    _print_left(fixing)
    changed = fixing.changed
    failed = [file for file in changed if not fixing.write(file)]
    if failed:
        # Files that could not be written are unchanged, and the report has to say how they are.
        report = check(fixing.jobs)
    # Standard output carries the fixed text, and findings must not be mixed into it.
    aside = console.instead_of_output() if args.piped.returns else contextlib.nullcontext()
    args.piped.give_back(standard_input(fixing.files))
    report = replace(report, errors=(*report.errors, *fixing.errors))
    if settings.fix_only:
        if not args.quiet and (hidden := _hidden(fixing, report)):
            console.say(f"Fixed what is safe to fix{hidden}.")
        code = print_errors(report.errors, args)
    else:
        with aside:
            code = deliver(report)
    return code or (FINDINGS if args.exit_non_zero_on_fix and changed else 0)


def _changed_meanwhile(name: str) -> TermcheckError:
    return TermcheckError(
        "was changed by somebody else meanwhile, so nothing was fixed", path=name, advice="run it again"
    )


def _print_left(fixing: _Fixing) -> None:
    """Say which fixes were not made."""
    for file in sorted_by_name(file for file in fixing.files.values() if file.left):
        why = "its fix would cause another finding, or lose a pair"
        if file.left > 1:
            why = "their fixes would cause other findings, or lose pairs"
        console.say(f"Left {plural(file.left, 'finding')} in {file.name}: {why}")


def _hidden(fixing: _Fixing, report: Report) -> str:
    """How many fixes the user has not asked for, in brackets; empty if there are none."""
    _, more = count_fixes(report, unsafe=fixing.settings.unsafe_fixes)
    return f" ({more})" if more else ""


def _show_diff(fixing: _Fixing, report: Report, args: argparse.Namespace) -> int:
    _print_left(fixing)
    changed = fixing.changed
    for file in changed:
        lines = difference(file)
        # A program needs the exact text, and a terminal a harmless one.
        console.show_exactly(map(console.harmless, lines) if console.shows_on_terminal() else lines)
    console.flush()
    if not args.quiet:
        count = sum(file.fixed for file in changed)
        where = plural(len(changed), "file")
        console.say(f"Would fix {plural(count, 'finding')} in {where}{_hidden(fixing, report)}.")
    code = print_errors((*report.errors, *fixing.errors), args)
    return code or (FINDINGS if changed and not args.exit_zero else 0)
