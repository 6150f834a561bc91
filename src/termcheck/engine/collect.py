"""Collect the results of a run's units in order, and make the report from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.finding_spool import FindingSpool, RatedFindings, is_sure
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.glossary_rules import findings_on_use, glossary_document, idle_reason
from termcheck.engine.notices import FileNotice, notice_texts
from termcheck.engine.project_paths import ProjectPaths
from termcheck.engine.unit_result import UnitResult
from termcheck.model import Coverage, Document, Finding, Report, Silenced, TermcheckError, TermUsage
from termcheck.report import needs_usage
from termcheck.rules.confidence import rated
from termcheck.rules.context import source_term
from termcheck.rules.term_usage import Outcomes, TermOutcomes, outcomes_by_concept

if TYPE_CHECKING:
    from termcheck.baseline import Baseline


_OutcomesByGlossary = Mapping[tuple[str, ...], Mapping[str, TermOutcomes]]


class Collector(Struct):
    """The sum of the results so far; what depends on a glossary is kept by the paths of its files.

    `fold_notices`: the report only counts the notices on files beyond the first few of each kind.
    """

    settings: Settings
    glossaries: Glossaries
    names: ProjectPaths
    baseline: Baseline | None = None
    fold_notices: bool = False
    spool: FindingSpool = field(default_factory=FindingSpool)
    silenced: dict[tuple[str, ...], list[Silenced]] = field(default_factory=dict)
    outcomes: dict[tuple[str, ...], Outcomes] = field(default_factory=dict)
    errors: dict[tuple[object, ...], TermcheckError] = field(default_factory=dict)
    on_files: list[FileNotice] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    languages: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: int = 0
    pairs: int = 0
    unpaired: int = 0
    unchanged: int = 0
    terms: dict[tuple[str, ...], int] = field(default_factory=dict)
    seen: dict[tuple[str, ...], set[str]] = field(default_factory=dict)

    def add(self, result: UnitResult) -> None:
        """Add the result of the next unit."""
        paths, configured = result.glossaries, self.settings.selection.as_configured
        self._add_findings(paths, result.findings)
        self.silenced.setdefault(paths, []).extend(
            replace(silenced, finding=configured(silenced.finding)) for silenced in result.silenced
        )
        self.outcomes.setdefault(paths, Counter()).update(result.outcomes)
        self.files += result.files
        self.pairs += result.pairs
        self.unpaired += result.unpaired
        self.unchanged += result.unchanged
        if result.terms is not None:
            self.terms[paths] = result.terms
            self.seen.setdefault(paths, set()).update(result.seen)
        for error in result.errors:
            # Every file of a faulty glossary has its error, which is reported once.
            self.errors.setdefault((error.path, error.line, error.column, error.message), error)
        self.on_files += result.notices
        self.languages |= result.languages
        for path, document in result.documents.items():
            if document.raw or path not in self.documents:
                self.documents[path] = document

    def _add_findings(self, glossaries: tuple[str, ...], findings: Iterable[Finding]) -> None:
        self.spool.add(glossaries, map(self.settings.selection.as_configured, findings))

    def report(self, *, interrupted: bool = False) -> Report:
        """The findings in order, with the coverage; `interrupted` means that the run is not complete."""
        if interrupted:
            self.notices.append("interrupted: this is what was found until then")
        else:
            self._check_glossary_use()
        outcomes = {
            paths: outcomes_by_concept(outcomes_of_pairs)
            for paths, outcomes_of_pairs in self.outcomes.items()
        }
        findings = self._rated_findings(outcomes)
        self._add_notices()
        idle, notices = idle_reason(self.settings, of_glossaries=False)
        self.notices += notices
        silenced = self._rated_silenced(outcomes)
        terms, seen = sum(self.terms.values()), sum(map(len, self.seen.values()))
        report = Report(
            findings if self.spool.spilled else tuple(findings),
            Coverage(self.files, self.pairs, self.unpaired, terms, seen, len(silenced)),
            self.documents,
            (*notice_texts(self.on_files, folded=self.fold_notices), *self.notices),
            tuple(self.errors.values()),
            idle,
            silenced,
            languages=self.languages,
            usage=tuple(self._term_usage(outcomes)) if needs_usage(self.settings.outputs) else (),
            interrupted=interrupted,
        )
        if self.baseline is None:
            return report
        from termcheck.engine.baseline_filter import without_baselined

        hidden = frozenset(findings.unsure)
        return without_baselined(report, self.baseline, self.names, hidden, self.settings)

    def _check_glossary_use(self) -> None:
        """Add what the texts say about their glossaries, such as terms that never occur."""
        changes = self.settings.changes
        for paths, seen in self.seen.items():
            outcomes = outcomes_by_concept(self.outcomes[paths])
            loaded = self.glossaries.loaded(paths)
            findings = list(findings_on_use(loaded, self.settings, frozenset(seen), outcomes))
            if changes is not None:
                findings = [finding for finding in findings if changes.touch(finding.location.path)]
            self._add_findings(paths, findings)
            quoted = {finding.location.path for finding in findings}
            self.documents |= {path: glossary_document(path) for path in quoted}

    def _rated_findings(self, outcomes: _OutcomesByGlossary) -> RatedFindings:
        """The findings with their confidence, without those below the least confidence wanted."""
        findings = RatedFindings(self.spool, outcomes, self.settings.min_confidence)
        if findings.hidden:
            self.notices.append(
                f"findings of lower confidence, not shown: {findings.hidden} "
                "(`--min-confidence low` shows all)"
            )
        return findings

    def _rated_silenced(self, outcomes: _OutcomesByGlossary) -> tuple[Silenced, ...]:
        """The same for findings that are silenced."""
        found = []
        for paths, group in self.silenced.items():
            findings = rated((silenced.finding for silenced in group), outcomes[paths])
            for silenced, finding in zip(group, findings, strict=True):
                if is_sure(finding, self.settings.min_confidence):
                    found.append(replace(silenced, finding=finding))
        return tuple(sorted(found, key=lambda silenced: silenced.finding.sort_key))

    def _add_notices(self) -> None:
        """Add notices: no term occurs, unchanged findings were left out, or a glossary has changed."""
        if self.pairs and not any(self.seen.values()):
            self.notices.append(
                "no term of the glossary occurs in the source text: is this the right glossary, "
                "and the right direction (--source-lang, --target-lang)?"
            )
        changes = self.settings.changes
        if changes is None:
            return
        if self.unchanged:
            label = f"findings on paragraphs unchanged since {changes.base}, not shown"
            self.notices.append(f"{label}: {self.unchanged}")
        for path in dict.fromkeys(path for paths in self.seen for path in paths if changes.touch(path)):
            self.notices.append(f"{path} has changed too: check all texts without --diff-base")

    def _term_usage(self, outcomes: _OutcomesByGlossary) -> Iterator[TermUsage]:
        """How the texts use each concept that was checked, in the order of the glossaries."""
        for paths, seen in self.seen.items():
            compiled = self.glossaries.compiled(paths)
            for concept in compiled.glossary.concepts:
                if concept.id in compiled.checked:
                    of_concept = outcomes[paths].get(concept.id, TermOutcomes())
                    terms = concept.in_language(compiled.target_lang)
                    yield TermUsage(
                        concept.id,
                        source_term(concept, compiled.source_lang),
                        tuple(term.text for term in terms if term.status.accepted),
                        str(concept.origin),
                        concept.id in seen,
                        of_concept.pairs,
                        of_concept.rendered,
                    )


def glossary_report(
    findings: Sequence[Finding], documents: dict[str, Document], terms: int, settings: Settings
) -> Report:
    """The report of a check of glossaries without texts."""
    idle, notices = idle_reason(settings, of_glossaries=True)
    return Report(
        tuple(sorted(map(settings.selection.as_configured, findings), key=lambda finding: finding.sort_key)),
        Coverage(files=len(documents), terms=terms),
        documents,
        notices,
        idle=idle,
        of_glossaries=True,
    )
