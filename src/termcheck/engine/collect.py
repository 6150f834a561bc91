"""What a run has found so far: the results of its units, added up in order, and the report in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.finding_spool import FindingSpool, RatedFindings, is_sure
from termcheck.engine.findings import glossary_document, glossary_findings, idle_reason
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.project_paths import ProjectPaths
from termcheck.engine.unit_result import UnitResult
from termcheck.model import Coverage, Document, Finding, Report, Silenced, TermcheckError, TermUsage
from termcheck.report import needs_usage
from termcheck.rules import conflicting_rendering, noisy_entry, unmatched_term
from termcheck.rules.confidence import rated
from termcheck.rules.term_usage import Outcomes, outcomes_by_concept

if TYPE_CHECKING:
    from termcheck.baseline import Baseline


class Collector(Struct):
    """The sum of what was checked."""

    settings: Settings
    glossaries: Glossaries
    names: ProjectPaths
    baseline: Baseline | None = None
    kept: FindingSpool = field(default_factory=FindingSpool)
    # The fingerprints of findings that are not sure enough to be shown.
    hidden: frozenset[str] = frozenset()
    # By the glossaries they come from: their weight depends on what the whole run does with a term.
    silenced: dict[tuple[str, ...], list[Silenced]] = field(default_factory=dict)
    outcomes: dict[tuple[str, ...], Outcomes] = field(default_factory=dict)
    errors: dict[tuple[object, ...], TermcheckError] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    languages: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: int = 0
    pairs: int = 0
    unpaired: int = 0
    unchanged: int = 0
    terms: dict[tuple[str, ...], int] = field(default_factory=dict)
    seen: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    interrupted: bool = False

    def add(self, checked: UnitResult) -> None:
        """Add what the next unit gives."""
        paths = checked.glossaries
        self.kept.add(paths, map(self.settings.selection.with_wanted_fix, checked.findings))
        self.silenced.setdefault(paths, []).extend(checked.silenced)
        self.outcomes.setdefault(paths, Counter()).update(checked.outcomes)
        self.files += checked.files
        self.pairs += checked.pairs
        self.unpaired += checked.unpaired
        self.unchanged += checked.unchanged
        if checked.terms is not None:
            self.terms[paths] = checked.terms
            self.seen.setdefault(paths, set()).update(checked.seen)
        for error in checked.errors:
            # What is wrong with a glossary is wrong for every file, and said once.
            self.errors.setdefault((error.path, error.line, error.column, error.message), error)
        self.notices += checked.notices
        self.languages |= checked.languages
        for path, document in checked.documents.items():
            if document.raw or path not in self.documents:
                self.documents[path] = document

    def report(self) -> Report:
        """The findings in order, with what was covered."""
        if self.interrupted:
            self.notices.append("interrupted: this is what was found until then")
        else:
            self._check_glossaries()
        findings = self._weighed()
        terms, seen = sum(self.terms.values()), sum(map(len, self.seen.values()))
        if self.pairs and not seen:
            self.notices.append(
                "no term of the glossary occurs in the source text: is this the right glossary, "
                "and the right direction (--source-lang, --target-lang)?"
            )
        self._tell_changes()
        idle, notices = idle_reason(self.settings, of_glossaries=False)
        self.notices += notices
        silenced = self._weighed_silenced()
        coverage = Coverage(self.files, self.pairs, self.unpaired, terms, seen, len(silenced))
        report = Report(
            findings,
            coverage,
            self.documents,
            tuple(self.notices),
            tuple(self.errors.values()),
            idle,
            silenced,
            languages=self.languages,
            usage=self._usage(),
            interrupted=self.interrupted,
        )
        if self.baseline is None:
            return report
        from termcheck.engine.baseline_filter import without_baselined

        return without_baselined(report, self.baseline, self.names, self.hidden, self.settings)

    def _usage(self) -> tuple[TermUsage, ...]:
        """What became of each term, if an output tells it."""
        if not needs_usage(self.settings.outputs):
            return ()
        from termcheck.engine.term_report import term_usage

        return tuple(term_usage(self.glossaries, self.seen, self.outcomes))

    def _tell_changes(self) -> None:
        """Say what is left out since it has not changed, and that a changed glossary speaks of all texts."""
        changes = self.settings.changes
        if changes is None:
            return
        if self.unchanged:
            left = f"findings on paragraphs unchanged since {changes.base}, not shown"
            self.notices.append(f"{left}: {self.unchanged}")
        for path in dict.fromkeys(path for paths in self.seen for path in paths if changes.touch(path)):
            self.notices.append(f"{path} has changed too: check all texts without --diff-base")

    def _check_glossaries(self) -> None:
        """What a run of texts says of its glossaries: contradictions, terms never met or never rendered."""
        for paths, seen in self.seen.items():
            found = self.glossaries.loaded(paths)
            checks = {rule.RULE: rule.check for rule in (unmatched_term, conflicting_rendering, noisy_entry)}
            if not found.conflicts:
                # What is wrong within one file is for `glossary check` to say.
                del checks[conflicting_rendering.RULE]
            usage = outcomes_by_concept(self.outcomes[paths])
            said = list(glossary_findings(found, self.settings, checks, frozenset(seen), usage))
            if (changes := self.settings.changes) is not None:
                said = [finding for finding in said if changes.touch(finding.location.path)]
            self.kept.add(paths, said)
            self.documents |= {
                path: glossary_document(path) for path in {finding.location.path for finding in said}
            }

    def _weighed(self) -> Sequence[Finding]:
        """The findings with their confidence, without those that have too little."""
        usage = {paths: outcomes_by_concept(found) for paths, found in self.outcomes.items()}
        findings = RatedFindings(self.kept, usage, self.settings.min_confidence)
        self.hidden = frozenset(findings.unsure)
        if findings.hidden:
            self.notices.append(
                f"findings of lower confidence, not shown: {findings.hidden} "
                "(`--min-confidence low` shows all)"
            )
        return findings if self.kept.spilled else tuple(findings)

    def _weighed_silenced(self) -> tuple[Silenced, ...]:
        """The same of findings that are silenced."""
        found = []
        for paths, silenced in self.silenced.items():
            findings = rated((one.finding for one in silenced), outcomes_by_concept(self.outcomes[paths]))
            for one, finding in zip(silenced, findings, strict=True):
                if is_sure(finding, self.settings.min_confidence):
                    found.append(replace(one, finding=finding))
        return tuple(sorted(found, key=lambda one: one.finding.sort_key))
