"""Collect the results of a run's units in order, and make the report from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.finding_spool import FindingSpool, RatedFindings, is_sure
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.glossary_rules import DirectionUse, findings_on_use, glossary_document, idle_reason
from termcheck.engine.notices import (
    NOT_CHECKED,
    FileNotice,
    glossary_notices,
    halves_notice,
    left_out_notices,
    notice_texts,
)
from termcheck.engine.project_paths import ProjectPaths
from termcheck.engine.unit_result import UnitResult
from termcheck.model import (
    Confidence,
    Coverage,
    Document,
    Finding,
    Glossary,
    GlossaryUse,
    Location,
    Report,
    Silenced,
    TermcheckError,
    TermUsage,
)
from termcheck.model.report import PairedSegments
from termcheck.report import needs_usage
from termcheck.rules.confidence import rated
from termcheck.rules.context import source_term
from termcheck.rules.term_usage import Outcomes, TermOutcomes, outcomes_by_concept

if TYPE_CHECKING:
    from termcheck.baseline import Baseline
    from termcheck.engine.shared_files import SharedFiles


_OutcomesByUse = Mapping[GlossaryUse, Mapping[str, TermOutcomes]]


class Collector(Struct):
    """The sum of the results so far; what depends on a glossary is kept by its use.

    `fold_notices`: the report only counts the notices on files beyond the first few of each kind.
    """

    settings: Settings
    glossaries: Glossaries
    names: ProjectPaths
    shared: SharedFiles | None = None
    baselines: Sequence[Baseline] = ()
    fold_notices: bool = False
    spool: FindingSpool = field(default_factory=FindingSpool)
    silenced: dict[GlossaryUse, list[Silenced]] = field(default_factory=dict)
    outcomes: dict[GlossaryUse, Outcomes] = field(default_factory=dict)
    errors: dict[tuple[object, ...], TermcheckError] = field(default_factory=dict)
    on_files: list[FileNotice] = field(default_factory=list)
    left_out: dict[str, Counter[str]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    languages: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    pairs: int = 0
    paired: dict[str, PairedSegments] = field(default_factory=dict)
    unpaired: int = 0
    unchanged: int = 0
    seen: dict[GlossaryUse, set[str]] = field(default_factory=dict)

    def add(self, result: UnitResult) -> None:
        """Add the result of the next unit."""
        use, configured = result.use, self.settings.of(result.use.config).selection.as_configured
        findings = self.shared.without_shared(use, result) if self.shared else result.findings
        self._add_findings(use, findings)
        self.silenced.setdefault(use, []).extend(
            replace(silenced, finding=configured(silenced.finding)) for silenced in result.silenced
        )
        self.outcomes.setdefault(use, Counter()).update(result.outcomes)
        self.files.update(result.files)
        self.pairs += result.pairs
        for path, segments in result.paired.items():
            known = self.paired.setdefault(path, {})
            for checksum, lines in segments.items():
                known.setdefault(checksum, []).extend(lines)
        self.unpaired += result.unpaired
        self.unchanged += result.unchanged
        if result.seen is not None:
            self.seen.setdefault(use, set()).update(result.seen)
        for error in result.errors:
            # Every file of a faulty glossary has its error, which is reported once.
            self.errors.setdefault((error.path, error.line, error.column, error.message), error)
        self.on_files += result.notices
        for path, counts in result.left_out.items():
            self.left_out.setdefault(path, Counter()).update(counts)
        self.languages |= result.languages
        for path, document in result.documents.items():
            if document.raw or path not in self.documents:
                self.documents[path] = document

    def _add_findings(self, use: GlossaryUse, findings: Iterable[Finding]) -> None:
        self.spool.add(use, map(self.settings.of(use.config).selection.as_configured, findings))

    def report(self, *, interrupted: bool = False) -> Report:
        """The findings in order, with the coverage; `interrupted` means that the run is not complete."""
        for use, findings_on_files in self.shared.findings() if self.shared else ():
            self._add_findings(use, findings_on_files)
        if interrupted:
            self.notices.append("interrupted: this is what was found until then")
        else:
            self._check_glossary_use()
        outcomes = {use: outcomes_by_concept(of_pairs) for use, of_pairs in self.outcomes.items()}
        findings = self._rated_findings(outcomes)
        self._add_notices()
        idle = self._idle_reason()
        silenced = self._rated_silenced(outcomes)
        terms, seen = self._count_terms()
        report = Report(
            findings if self.spool.spilled else tuple(findings),
            Coverage(len(self.files), self.pairs, self.unpaired, terms, seen, len(silenced)),
            self.documents,
            (*notice_texts(self.on_files, folded=self.fold_notices), *self.notices),
            tuple(self.errors.values()),
            idle,
            silenced,
            languages=self.languages,
            usage=tuple(self._term_usage(outcomes)) if needs_usage(self.settings.outputs) else (),
            interrupted=interrupted,
            paired=self.paired,
            unsure=frozenset(findings.unsure),
        )
        for baseline in self.baselines:
            from termcheck.engine.baseline_filter import without_baselined

            report = without_baselined(report, baseline, self.names)
        return report

    def _idle_reason(self) -> str:
        """Why nothing was looked at, with a notice that names the right command for the chosen rules."""
        if not self.files and any(notice.kind.startswith(NOT_CHECKED) for notice in self.on_files):
            return "no pairs"  # not for want of files
        reasons = [idle_reason(one, of_glossaries=False) for one in self.settings.used(self.names.configs)]
        if not all(reason for reason, _ in reasons):
            return ""
        self.notices += dict.fromkeys(notice for _, notices in reasons for notice in notices)
        return reasons[0][0]

    def _count_terms(self) -> tuple[int, int]:
        """The numbers of concepts checked, and seen; one in several directions counts once."""
        checked: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        seen: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for use, seen_in_use in self.seen.items():
            checked[use.paths] |= self.glossaries.compiled(use).checked
            seen[use.paths] |= seen_in_use
        return sum(map(len, checked.values())), sum(map(len, seen.values()))

    def _check_glossary_use(self) -> None:
        """Add what the texts say about their glossaries, such as terms that never occur."""
        changes = self.settings.changes
        uses, known = self._uses_by_paths(), set[tuple[str, Location, str]]()
        for use in dict.fromkeys(GlossaryUse(use.paths, config=use.config) for use in self.seen):
            loaded, settings = self.glossaries.loaded(use), self.settings.of(use.config)
            findings = {
                (finding.code, finding.location, finding.message): finding
                for finding in findings_on_use(loaded, uses[use.paths], settings)
                if changes is None or changes.touch(finding.location.path)
            }
            self._add_findings(use, (findings[key] for key in findings if key not in known))
            known.update(findings)
            quoted = {finding.location.path for finding in findings.values()}
            self.documents |= {path: glossary_document(path, self.settings) for path in quoted}

    def _uses_by_paths(self) -> Mapping[tuple[str, ...], list[DirectionUse]]:
        """What the texts say about each glossary, direction by direction, whatever their configurations."""
        languages = {use: self.glossaries.compiled(use).languages for use in self.seen}
        seen: defaultdict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
        outcomes: defaultdict[tuple[tuple[str, ...], tuple[str, str]], Outcomes] = defaultdict(Counter)
        for use, pair in languages.items():
            seen[use.paths, pair[0]] |= self.seen[use]
            outcomes[use.paths, pair].update(self.outcomes[use])
        uses: defaultdict[tuple[str, ...], list[DirectionUse]] = defaultdict(list)
        for (paths, pair), counts in outcomes.items():
            by_concept = outcomes_by_concept(counts)
            uses[paths].append(DirectionUse(pair, frozenset(seen[paths, pair[0]]), by_concept))
        return uses

    def _rated_findings(self, outcomes: _OutcomesByUse) -> RatedFindings:
        """The findings with their confidence, without those below the least confidence wanted."""
        findings = RatedFindings(self.spool, outcomes, self._least)
        if findings.hidden:
            self.notices.append(
                f"findings of lower confidence, not shown: {findings.hidden} "
                "(`--min-confidence low` shows all)"
            )
        return findings

    def _least(self, use: GlossaryUse) -> Confidence:
        return self.settings.of(use.config).min_confidence

    def _rated_silenced(self, outcomes: _OutcomesByUse) -> tuple[Silenced, ...]:
        """The same for findings that are silenced."""
        found = []
        for use, group in self.silenced.items():
            findings = rated((silenced.finding for silenced in group), outcomes[use])
            for silenced, finding in zip(group, findings, strict=True):
                if is_sure(finding, self._least(use)):
                    found.append(replace(silenced, finding=finding))
        return tuple(sorted(found, key=lambda silenced: silenced.finding.sort_key))

    def _add_notices(self) -> None:
        """Add notices: no term occurs, texts or findings were left out, or a glossary has changed."""
        self.notices += halves_notice(
            self.on_files, self.languages, self.settings.root, self.settings.config_path, self.files
        )
        self.notices += left_out_notices(self.left_out)
        if self.pairs and not any(self.seen.values()):
            self.notices.append(
                "no term of the glossary occurs in the source text: is this the right glossary, "
                "and the right direction (--source-lang, --target-lang)?"
            )
        self.notices += self._notices_on_glossaries()
        changes = self.settings.changes
        if changes is None:
            return
        if self.unchanged:
            label = f"findings on paragraphs unchanged since {changes.base}, not shown"
            self.notices.append(f"{label}: {self.unchanged}")
        for path in dict.fromkeys(path for use in self.seen for path in use.paths if changes.touch(path)):
            self.notices.append(f"{path} has changed too: check all texts without --diff-base")

    def _notices_on_glossaries(self) -> Iterable[str]:
        uses = dict.fromkeys(GlossaryUse(use.paths, config=use.config) for use in self.seen)
        loaded = [self.glossaries.loaded(use).glossary for use in uses]
        return dict.fromkeys(notice for glossary in loaded for notice in glossary_notices(glossary))

    def _term_usage(self, outcomes: _OutcomesByUse) -> Iterator[TermUsage]:
        """How the texts use each concept that was checked, in the order of the glossaries."""
        for use, seen in self.seen.items():
            compiled = self.glossaries.compiled(use)
            today = self.settings.of(use.config).today
            for concept in compiled.glossary.concepts:
                if concept.id in compiled.checked:
                    of_concept = outcomes[use].get(concept.id, TermOutcomes())
                    terms = concept.in_language(compiled.target_lang)
                    yield TermUsage(
                        concept.id,
                        source_term(concept, compiled.source_lang),
                        tuple(
                            term.text for term in terms if term.status.accepted and term.is_valid_on(today)
                        ),
                        str(concept.origin),
                        concept.id in seen,
                        of_concept.pairs,
                        of_concept.rendered,
                    )


def glossary_report(
    findings: Sequence[Finding], documents: dict[str, Document], glossary: Glossary, settings: Settings
) -> Report:
    """The report of a check of glossaries without texts."""
    idle, notices = idle_reason(settings, of_glossaries=True)
    notices = (*notices, *glossary.notices)
    return Report(
        tuple(sorted(map(settings.selection.as_configured, findings), key=lambda finding: finding.sort_key)),
        Coverage(files=len(documents), terms=len(glossary.concepts)),
        documents,
        notices,
        idle=idle,
        of_glossaries=True,
    )
