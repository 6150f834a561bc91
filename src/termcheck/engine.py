"""The pipeline: discover, read, align, match, judge, apply the rules, report.

Each step is a pure function but the first, which reads files. What goes wrong with one file is kept
as an error beside the findings of the others, so that a bad file never hides a bad rendering.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from termcheck.align import align_document, align_documents
from termcheck.align.rows import paired_by_file
from termcheck.align.sides import are_swapped
from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.glossary import Loaded, load_glossary, without_collection
from termcheck.matching.compiled import CompiledGlossary, activity, compile_glossary, direction
from termcheck.matching.evidence import Around
from termcheck.matching.judge import NOTHING, SURE, Judge, JudgedPair
from termcheck.matching.kinship import Kinship
from termcheck.matching.match import Match
from termcheck.model import (
    Bitext,
    Concept,
    Coverage,
    Document,
    Finding,
    Glossary,
    Report,
    Segment,
    SegmentPair,
    Severity,
    Side,
    Term,
    TermcheckError,
)
from termcheck.readers import NotBilingualError, ReadOptions, read_document
from termcheck.readers.encoding import decode
from termcheck.rules import (
    DOCUMENT_CHECKS,
    GLOSSARY_CHECKS,
    PAIR_CHECKS,
    GlossaryCheck,
    conflicting_rendering,
    noisy_entry,
    unmatched_term,
    unpaired_file,
    unpaired_paragraph,
)
from termcheck.rules.base import Rule
from termcheck.rules.confidence import of_pair, weighed
from termcheck.rules.context import DocumentContext, PairContext
from termcheck.rules.glossary_context import GlossaryContext
from termcheck.rules.uncertain_alignment import out_of_step
from termcheck.rules.usage import Outcomes, Usage, outcomes, usages
from termcheck.selection import did_you_mean
from termcheck.text.positions import line_starts

Progress = Callable[[int, int], None]

_DATE_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


def check(jobs: Sequence[Job], settings: Settings, progress: Progress | None = None) -> Report:
    """Check all jobs; errors of files and of glossaries are kept in the report."""
    run = _Run(settings, Glossaries(settings))
    for number, job in enumerate(jobs):
        if progress is not None:
            progress(number, len(jobs))
        try:
            run.check(job)
        except TermcheckError as error:
            notice = passed_over(job, error)
            if notice:
                run.notices.append(notice)
            # What is wrong with a glossary is wrong for every file, and said once.
            elif error not in run.errors:
                run.errors.append(error)
    return run.report()


def passed_over(job: Job, error: TermcheckError) -> str:
    """The notice about a file that nobody named and that is not bilingual; empty where it is a mistake.

    The half of a pair is always meant: it is the settings that name it.
    """
    if job.named or job.target is not None or not isinstance(error, NotBilingualError):
        return ""
    return f"{job.source_name}: {error.lack}, not checked"


def row_errors(bitext: Bitext) -> tuple[TermcheckError, ...]:
    """What is wrong with single rows of the files of a bitext, which stand beside those that were paired."""
    return tuple(dict.fromkeys((*bitext.source.errors, *bitext.target.errors)))


def check_glossary(paths: Sequence[str], settings: Settings) -> Report:
    """Check the glossary files themselves, merged as a check of texts would merge them."""
    found = Glossaries(settings).loaded(tuple(paths))
    findings = list(_glossary_findings(found, settings, GLOSSARY_CHECKS))
    documents = {path: _glossary_document(path) for path in found.glossary.paths}
    coverage = Coverage(files=len(documents), terms=len(found.glossary.concepts))
    idle, notices = _idle(settings, of_glossaries=True)
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    return Report(ordered, coverage, documents, notices, idle=idle)


def with_errors(report: Report, errors: Sequence[TermcheckError]) -> Report:
    """The report with what went wrong before any file was opened."""
    return replace(report, errors=(*errors, *report.errors))


def pairs(jobs: Sequence[Job], settings: Settings, notices: list[str]) -> Iterator[Bitext]:
    """How each job's paragraphs pair up, for people who wonder; adds to the notices."""
    glossaries = Glossaries(settings)
    for job in jobs:
        if job.missing:
            continue
        try:
            yield prepare(job, settings, glossaries).bitext
        except NotBilingualError as error:
            notice = passed_over(job, error)
            if not notice:
                raise
            notices.append(notice)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A job that has been read and aligned, with the matches of each segment."""

    compiled: CompiledGlossary
    bitext: Bitext
    matches: Matches
    active: Callable[[Term], bool]


class Matches:
    """The lexicons' matches by segment; each segment is scanned once."""

    def __init__(self, compiled: CompiledGlossary) -> None:
        self._lexicons = {Side.SOURCE: compiled.source, Side.TARGET: compiled.target}
        self._known: dict[tuple[int, Side], tuple[Match, ...]] = {}

    def scan(self, segments: Sequence[Segment], side: Side) -> list[tuple[Match, ...]]:
        """The matches of each segment, all new ones found in one pass."""
        new = [segment for segment in segments if (id(segment), side) not in self._known]
        for segment, matches in zip(new, self._lexicons[side].scan(new), strict=True):
            self._known[id(segment), side] = matches
        return [self._known[id(segment), side] for segment in segments]

    def anchors(self, segments: Sequence[Segment], side: Side) -> list[frozenset[str]]:
        """The concepts seen in each segment, which the aligner takes for anchors."""
        return [frozenset(match.concept.id for match in found) for found in self.scan(segments, side)]


def prepare(job: Job, settings: Settings, glossaries: Glossaries) -> Prepared:
    """Read and align one job."""
    compiled = glossaries.compiled(job.glossaries)
    languages = (compiled.source_lang, compiled.target_lang)
    documents = [
        read_document(name, _bytes(path, name, data), _read_options(settings, languages))
        for path, name, data in _files(job)
    ]
    matches = Matches(compiled)
    if len(documents) == 2:
        # Texts may go either way, and so may files, whichever was named as the source.
        source, target = documents
        if are_swapped(source, target, *languages):
            source, target = target, source
        bitext = align_documents(source, target, matches.anchors)
    else:
        bitext = align_document(documents[0], *languages, matches.anchors)
    date = settings.date or document_date(bitext.source) or datetime.date.today().isoformat()
    return Prepared(compiled, bitext, matches, activity(date, bitext.target.path))


def judge(prepared: Prepared) -> tuple[JudgedPair, ...]:
    """Judge every pair of a bitext.

    Unsure rows, and unsure pairs of a document out of step, owe nothing: only what their targets say
    by themselves counts. Other unsure pairs are judged together with their run.
    """
    compiled, bitext = prepared.compiled, prepared.bitext
    kinship = Kinship(compiled.related)
    one = Judge(
        compiled.source_lang, compiled.target_lang, prepared.active, kinship, compiled.target.capitalised
    )
    source = prepared.matches.scan([s for pair in bitext.pairs for s in pair.source], Side.SOURCE)
    target = prepared.matches.scan([s for pair in bitext.pairs for s in pair.target], Side.TARGET)
    source_iter, target_iter = iter(source), iter(target)
    withheld = _withheld(bitext.pairs)
    runs = _runs(pair for pair, waived in zip(bitext.pairs, withheld, strict=True) if not waived)
    judged = []
    for pair, waived in zip(bitext.pairs, withheld, strict=True):
        source_matches = _flat(next(source_iter) for _ in pair.source)
        target_matches = _flat(next(target_iter) for _ in pair.target)
        if waived:
            alone = one.judge(replace(pair, source=()), (), target_matches)
            judged.append(replace(alone, pair=pair, source=source_matches))
            continue
        around = NOTHING
        if pair.confidence < SURE:
            around = Around(runs[pair.run], functools.partial(_nearby, prepared.matches, runs[pair.run]))
        judged.append(one.judge(pair, source_matches, target_matches, around))
    return tuple(judged)


def document_date(document: Document) -> str:
    """The ISO date a document bears in its front matter or its file name; empty if none."""
    for text in (document.front_matter.get("date", ""), document.path.rpartition("/")[2]):
        for found in _DATE_IN_NAME.finditer(text):
            date = "-".join(found.groups())
            try:
                return datetime.date.fromisoformat(date).isoformat()
            except ValueError:
                continue
    return ""


class Glossaries:
    """The glossaries of a run, each read and compiled once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._loaded: dict[tuple[str, ...], Loaded] = {}
        self._compiled: dict[tuple[str, ...], CompiledGlossary | TermcheckError] = {}

    def loaded(self, paths: tuple[str, ...]) -> Loaded:
        """The merged glossary; the languages asked for help to read a bare one."""
        if paths not in self._loaded:
            asked = (self._settings.source_lang, self._settings.target_lang)
            self._loaded[paths] = load_glossary(paths, tuple(filter(None, asked)))
        return self._loaded[paths]

    def compiled(self, paths: tuple[str, ...]) -> CompiledGlossary:
        """The glossary compiled for the direction and the terms asked for; a failure is not tried again."""
        if paths not in self._compiled:
            try:
                with without_collection():
                    self._compiled[paths] = self._compile(self.loaded(paths).glossary)
            except TermcheckError as error:
                self._compiled[paths] = error
        found = self._compiled[paths]
        if isinstance(found, TermcheckError):
            raise found
        return found

    def _compile(self, glossary: Glossary) -> CompiledGlossary:
        terms, ignored = self._settings.terms, self._settings.ignore_terms
        source, target = direction(glossary, self._settings.source_lang, self._settings.target_lang)
        for name in (*terms, *ignored):
            if not any(_named(concept, name) for concept in glossary.concepts):
                raise _no_such_term(name, glossary)

        def wanted(concept: Concept) -> bool:
            chosen = not terms or any(_named(concept, name) for name in terms)
            return chosen and not any(_named(concept, name) for name in ignored)

        return compile_glossary(glossary, source, target, wanted)


def _no_such_term(name: str, glossary: Glossary) -> TermcheckError:
    names = {text for one in glossary.concepts for text in (one.id, *(term.text for term in one.terms))}
    return TermcheckError(
        f"the glossary has no term '{name}'",
        path=", ".join(glossary.paths),
        advice=did_you_mean(name, sorted(names)),
    )


def _named(concept: Concept, name: str) -> bool:
    return concept.id == name or any(term.text == name for term in concept.terms)


@dataclass(slots=True)
class _Run:
    """What a run has gathered so far."""

    settings: Settings
    glossaries: Glossaries
    findings: list[Finding] = field(default_factory=list)
    # By the glossaries they come from: their weight depends on what the whole run does with a term.
    unweighed: dict[tuple[str, ...], list[Finding]] = field(default_factory=dict)
    outcomes: dict[tuple[str, ...], Outcomes] = field(default_factory=dict)
    errors: list[TermcheckError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    files: int = 0
    pairs: int = 0
    unpaired: int = 0
    terms: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    seen: dict[tuple[str, ...], set[str]] = field(default_factory=dict)

    def check(self, job: Job) -> None:
        """Check one job and add what it gives."""
        if job.missing:
            self.files += 1
            if self.settings.selection.enabled(unpaired_file.RULE, job.source_name):
                finding = unpaired_file.finding(job.source_name, job.missing)
                self.findings.append(
                    replace(finding, severity=self.settings.selection.severity(unpaired_file.RULE))
                )
            return
        prepared = prepare(job, self.settings, self.glossaries)
        self.errors += row_errors(prepared.bitext)
        judged = judge(prepared)
        self._count(job, prepared, judged)
        for document in (prepared.bitext.source, prepared.bitext.target):
            self.documents[document.path] = document
        self.unweighed.setdefault(job.glossaries, []).extend(_findings(prepared, judged, self.settings))
        self.outcomes.setdefault(job.glossaries, Counter()).update(outcomes(judged))

    def _count(self, job: Job, prepared: Prepared, judged: Sequence[JudgedPair]) -> None:
        whole = list(filter(_is_whole, judged))
        self.files += 2 if job.target else 1
        self.pairs += len(whole)
        self.unpaired += sum(len(one.pair.source) + len(one.pair.target) for one in judged) - sum(
            len(one.pair.source) + len(one.pair.target) for one in whole
        )
        terms = self.terms.setdefault(job.glossaries, {concept.id for concept in prepared.compiled.checked})
        seen = {match.concept.id for one in whole for match in one.source}
        self.seen.setdefault(job.glossaries, set()).update(seen & terms)
        if not whole and not row_errors(prepared.bitext):
            languages = f"{prepared.compiled.source_lang} and {prepared.compiled.target_lang}"
            self.notices.append(f"{job.source_name}: no pairs of {languages} paragraphs, nothing was checked")

    def _check_glossaries(self) -> None:
        """What a run of texts says of its glossaries: contradictions, terms never met or never rendered."""
        for paths, seen in self.seen.items():
            found = self.glossaries.loaded(paths)
            checks = {rule.RULE: rule.check for rule in (unmatched_term, conflicting_rendering, noisy_entry)}
            if not found.conflicts:
                # What is wrong within one file is for `glossary check` to say.
                del checks[conflicting_rendering.RULE]
            usage = usages(self.outcomes[paths])
            said = list(_glossary_findings(found, self.settings, checks, frozenset(seen), usage))
            self.findings += said
            self.documents |= {
                path: _glossary_document(path) for path in {finding.location.path for finding in said}
            }

    def _weigh(self) -> None:
        """Give the findings on texts their confidence, and drop those that have too little."""
        least = self.settings.min_confidence
        hidden = 0
        for paths, findings in self.unweighed.items():
            for finding in weighed(findings, usages(self.outcomes[paths])):
                if finding.confidence is None or finding.confidence.rank >= least.rank:
                    self.findings.append(finding)
                else:
                    hidden += 1
        if hidden:
            self.notices.append(
                f"findings of lower confidence, not shown: {hidden} (`--min-confidence low` shows all)"
            )

    def report(self) -> Report:
        """The findings in order, with what was covered."""
        self._weigh()
        self._check_glossaries()
        terms, seen = (sum(map(len, table.values())) for table in (self.terms, self.seen))
        if self.pairs and not seen:
            self.notices.append(
                "no term of the glossary occurs in the source text: is this the right glossary?"
            )
        idle, notices = _idle(self.settings, of_glossaries=False)
        self.notices += notices
        coverage = Coverage(self.files, self.pairs, self.unpaired, terms, seen)
        ordered = tuple(sorted(self.findings, key=lambda finding: finding.sort_key))
        return Report(ordered, coverage, self.documents, tuple(self.notices), tuple(self.errors), idle)


def _idle(settings: Settings, *, of_glossaries: bool) -> tuple[str, tuple[str, ...]]:
    """Why no selected rule looks at what is checked, and the notice that says what does; else nothing."""
    selected = settings.selection.codes
    if not selected:
        return "no rule is selected", ()
    on_glossaries = {rule.code for rule in GLOSSARY_CHECKS if rule is not unmatched_term.RULE}
    if of_glossaries and not selected & on_glossaries:
        reason, command = "the selected rules look at texts only", "termcheck check"
    elif not of_glossaries and selected <= on_glossaries:
        reason, command = "the selected rules look at glossaries only", "termcheck glossary check"
    else:
        return "", ()
    return reason, (f"{reason}: `{command}` runs them",)


def _glossary_findings(
    found: Loaded,
    settings: Settings,
    checks: Mapping[Rule, GlossaryCheck],
    seen: frozenset[str] | None = None,
    usage: Mapping[str, Usage] = MappingProxyType({}),
) -> Iterator[Finding]:
    source, target = direction(found.glossary, settings.source_lang, settings.target_lang)
    date = settings.date or datetime.date.today().isoformat()
    ctx = GlossaryContext(found.glossary, source, target, found.conflicts, date, seen, usage)
    for rule, check_glossary_rule in checks.items():
        if settings.selection.enabled(rule):
            for finding in check_glossary_rule(ctx):
                chosen = settings.selection.severities.get(finding.code)
                yield finding if chosen is None else replace(finding, severity=chosen)


def _glossary_document(path: str) -> Document:
    """A glossary as a document without segments, so that a report can quote it."""
    raw = decode(_bytes(path, path, None), path, None)
    return Document(path, raw, (), line_starts(raw))


def _findings(prepared: Prepared, judged: tuple[JudgedPair, ...], settings: Settings) -> Iterator[Finding]:
    compiled, bitext = prepared.compiled, prepared.bitext
    concepts = {concept.id: concept for concept in compiled.checked}
    for finding in _raw_findings(compiled, bitext, judged, settings):
        if finding.term is None:
            yield finding
        elif finding.term.id in concepts:
            severity = concepts[finding.term.id].severity
            # What is an error by itself, a forbidden rendering, stays one: an entry's severity says how
            # bad a missing rendering of it is.
            own = finding.code in settings.selection.severities or finding.severity is Severity.ERROR
            yield finding if severity is None or own else replace(finding, severity=severity)


def _raw_findings(
    compiled: CompiledGlossary, bitext: Bitext, judged: tuple[JudgedPair, ...], settings: Settings
) -> Iterator[Finding]:
    whole = DocumentContext(bitext, judged, compiled.source_lang, compiled.target_lang)
    enabled = functools.partial(settings.selection.enabled, path=bitext.target.path)
    severities = settings.selection.severities
    # Where nothing is paired at all, the notice about the file says it for all of its paragraphs.
    idle = () if any(map(_is_whole, judged)) else (unpaired_paragraph.RULE,)
    pair_checks = [check for rule, check in PAIR_CHECKS.items() if enabled(rule) and rule not in idle]
    contexts: Iterable[PairContext] = map(whole.pair_context, judged)
    found = [
        of_pair(finding, ctx.judged.pair)
        for ctx in contexts
        for check in pair_checks
        for finding in check(ctx)
    ]
    found += [finding for rule, check in DOCUMENT_CHECKS.items() if enabled(rule) for finding in check(whole)]
    for finding in found:
        severity = severities.get(finding.code)
        yield finding if severity is None else replace(finding, severity=severity)


def _is_whole(judged: JudgedPair) -> bool:
    return bool(judged.pair.source and judged.pair.target)


def _withheld(pairs: Sequence[SegmentPair]) -> list[bool]:
    """For each pair whether it is too unsure to say anything about terms."""
    fixed = list(paired_by_file(pairs))
    aligned = [
        pair
        for pair, by_file in zip(pairs, fixed, strict=True)
        if not by_file and pair.source and pair.target
    ]
    lost = len(aligned) > 1 and out_of_step(aligned)
    return [pair.confidence < SURE and (by_file or lost) for pair, by_file in zip(pairs, fixed, strict=True)]


def _runs(pairs: Iterable[SegmentPair]) -> dict[int, tuple[Segment, ...]]:
    """The target segments of each run that has an unsure pair."""
    pairs = list(pairs)
    unsure = {pair.run for pair in pairs if pair.confidence < SURE}
    found: dict[int, list[Segment]] = {run: [] for run in unsure}
    for pair in pairs:
        if pair.run in unsure:
            found[pair.run] += pair.target
    return {run: tuple(segments) for run, segments in found.items()}


def _nearby(matches: Matches, segments: Sequence[Segment]) -> tuple[Match, ...]:
    return _flat(matches.scan(segments, Side.TARGET))


def _flat(groups: Iterable[tuple[Match, ...]]) -> tuple[Match, ...]:
    return tuple(match for group in groups for match in group)


def _files(job: Job) -> Iterator[tuple[str, str, bytes | None]]:
    yield str(job.source), job.source_name, job.data
    if job.target is not None:
        yield str(job.target), job.target_name, job.target_data


def _bytes(path: str, name: str, data: bytes | None) -> bytes:
    if data is not None:
        return data
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be one more import at start-up
            return file.read()
    except OSError as error:
        raise TermcheckError(f"cannot be read: {(error.strerror or str(error)).lower()}", path=name) from None


def _read_options(settings: Settings, languages: tuple[str, str]) -> ReadOptions:
    return ReadOptions(
        encoding=settings.encoding,
        format=settings.format,
        source_key=settings.source_key,
        target_key=settings.target_key,
        source_lang=languages[0],
        target_lang=languages[1],
    )
