"""Check one unit of a run, and hand over what it gives as one value.

A unit is a file, a pair of files, or a stretch of a big file. What it gives must not depend on any other
unit, so that units can be checked in any process; and it must be small, so that it can be sent back.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine.findings import findings_of
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.prepare import Prepared, passed_over, prepare, prepare_stretch, row_errors
from termcheck.engine.project_paths import project_root
from termcheck.engine.suppression import suppress
from termcheck.engine.verdicts import judge
from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.judge import JudgedPair
from termcheck.model import Document, Finding, Silenced, TermcheckError
from termcheck.readers import NotBilingualError
from termcheck.rules import first_use, unpaired_file
from termcheck.rules.term_usage import Outcomes, outcomes

if TYPE_CHECKING:
    from termcheck.readers.pair_rows import PairRows
    from termcheck.readers.stretches import Stretch


class UnitResult(Struct, frozen=True):
    """What the check of one unit gives; it can be pickled.

    `findings` have no confidence yet, and neither have those that are `silenced`: it depends on what the
    whole run does with a term, to which `outcomes` add. `terms` counts the concepts that were looked for,
    None if none could be; `seen` are the ids of those met. `unread` counts the rows with mistakes that are
    not among `errors`. `documents` are the texts by path, empty where there is nothing to quote from;
    `languages`, by path too, are source and target of all that was read. `unchanged` counts the findings left
    out since nobody changed what they are about.
    """

    glossaries: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    outcomes: Outcomes = field(default_factory=Counter)
    files: int = 0
    pairs: int = 0
    unpaired: int = 0
    terms: int | None = None
    seen: frozenset[str] = frozenset()
    errors: tuple[TermcheckError, ...] = ()
    unread: int = 0
    notices: tuple[str, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    unchanged: int = 0
    languages: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def check_job(job: Job, settings: Settings, glossaries: Glossaries) -> UnitResult:
    """Check a file or a pair of files; the user's mistakes are among what it gives."""
    if job.missing:
        return _unpaired(job, settings)
    try:
        prepared = prepare(job, settings, glossaries)
    except TermcheckError as error:
        return failed_unit(job, error)
    checked, bitext = _checked(job, prepared, settings), prepared.bitext
    errors = row_errors(bitext)
    told = (*checked.findings, *(one.finding for one in checked.silenced))
    return replace(
        checked,
        files=2 if job.target else 1,
        errors=errors,
        notices=() if checked.pairs or errors else (_no_pairs(job, prepared.compiled),),
        documents=_quotable((bitext.source, bitext.target), told),
    )


def failed_unit(job: Job, error: TermcheckError) -> UnitResult:
    """What a job gives that cannot be checked: an error, or a notice if nobody asked for it."""
    notice = passed_over(job, error)
    if notice:
        return UnitResult(notices=(notice,))
    return UnitResult(errors=(error.mistake if isinstance(error, NotBilingualError) else error,))


def check_stretch(
    job: Job, stretch: Stretch | PairRows, settings: Settings, glossaries: Glossaries
) -> UnitResult:
    """Check a stretch of a file, the first of which counts the file; documents are not kept."""
    try:
        prepared = prepare_stretch(job, stretch, settings, glossaries)
    except NotBilingualError as error:
        return UnitResult(errors=(error.mistake,), unread=error.rows - 1)
    except TermcheckError as error:
        return UnitResult(errors=(error,))
    if not stretch.first:
        settings = replace(settings, selection=settings.selection.without(first_use.RULE))
    document, checked = prepared.bitext.source, _checked(job, prepared, settings)
    empty = stretch.first and stretch.last and not (document.segments or document.errors)
    return replace(
        checked,
        files=int(stretch.first),
        notices=(_no_pairs(job, prepared.compiled),) if empty else (),
        errors=document.errors,
        unread=document.unread - len(document.errors),
    )


def _no_pairs(job: Job, compiled: CompiledGlossary) -> str:
    """The notice about a file in which nothing could be compared."""
    languages = f"{compiled.source_lang} and {compiled.target_lang}"
    return f"{job.source_name}: no pairs of {languages} paragraphs, nothing was checked"


def _unpaired(job: Job, settings: Settings) -> UnitResult:
    changed = settings.changes is None or settings.changes.touch(job.source_name)
    if not (changed and settings.selection.enabled(unpaired_file.RULE, job.source_name)):
        return UnitResult(files=1)
    root = project_root(job.source_name, settings, job.glossaries)
    finding = unpaired_file.finding(job.source_name, job.missing, root)
    severity = settings.selection.severity(unpaired_file.RULE)
    return UnitResult(findings=(replace(finding, severity=severity),), files=1)


def _checked(job: Job, prepared: Prepared, settings: Settings) -> UnitResult:
    judged, terms = judge(prepared), prepared.compiled.checked
    findings = tuple(findings_of(prepared, judged, settings))
    left, silenced = suppress(prepared, judged, findings, settings)
    unchanged = 0
    if settings.changes is not None:
        from termcheck.engine.changed_pairs import ChangedPairs

        changed = ChangedPairs.of(judged, prepared.bitext, settings.changes)
        unchanged = len(left)
        left = tuple(filter(changed.holds, left))
        silenced = tuple(one for one in silenced if changed.holds(one.finding))
        unchanged -= len(left)
    whole = [one for one in judged if one.is_paired]
    counted, seen = outcomes(judged), {match.concept.id for one in whole for match in one.source}
    settled = 0
    if prepared.prefiltered is not None:
        settled = prepared.prefiltered.settled
        seen |= prepared.prefiltered.seen
        counted.update(zip(prepared.prefiltered.rendered, itertools.repeat(True)))
    return UnitResult(
        glossaries=job.glossaries,
        findings=left,
        silenced=silenced,
        outcomes=counted,
        pairs=len(whole) + settled,
        unpaired=_segments(judged) - _segments(whole),
        terms=len(terms),
        seen=terms & seen,
        unchanged=unchanged,
        languages=dict.fromkeys(
            (prepared.bitext.source.path, prepared.bitext.target.path),
            (prepared.compiled.source_lang, prepared.compiled.target_lang),
        ),
    )


def _segments(judged: Sequence[JudgedPair]) -> int:
    return sum(len(one.pair.source) + len(one.pair.target) for one in judged)


def _quotable(documents: Sequence[Document], findings: Sequence[Finding]) -> dict[str, Document]:
    """The documents by path, of those without findings no more than that they were read."""
    places = [place for finding in findings for place in (finding.location, finding.source) if place]
    told = {place.path for place in places}
    return {
        one.path: one if one.path in told else Document(one.path, "", (), (0,), one.front_matter)
        for one in documents
    }
