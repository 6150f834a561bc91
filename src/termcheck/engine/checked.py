"""Check one unit of a run, and hand over what it gives as one value.

A unit is a file, a pair of files, or a stretch of a big file. What it gives must not depend on any other
unit, so that units can be checked in any process; and it must be small, so that it can be sent back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine.findings import findings_of
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.prepare import Prepared, passed_over, prepare, project_root, row_errors
from termcheck.engine.silencing import divided
from termcheck.engine.verdicts import judge
from termcheck.matching.judge import JudgedPair
from termcheck.model import Document, Finding, Silenced, TermcheckError
from termcheck.rules import unpaired_file
from termcheck.rules.usage import Outcomes, outcomes


class Checked(Struct, frozen=True):
    """What the check of one unit gives; it can be pickled.

    `findings` have no confidence yet, and neither have those that are `silenced`: it depends on what the
    whole run does with a term, to which `outcomes` add. `terms` counts the concepts that were looked for,
    None if none could be; `seen` are the ids of those met. `documents` are the texts by path, empty where
    there is nothing to quote from; they are in `languages`, source and target. `unchanged` counts the
    findings left out since nobody changed what they are about.
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
    notices: tuple[str, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    unchanged: int = 0
    languages: tuple[str, str] = ("", "")


def check_job(job: Job, settings: Settings, glossaries: Glossaries) -> Checked:
    """Check a file or a pair of files; the user's mistakes are among what it gives."""
    if job.missing:
        return _unpaired(job, settings)
    try:
        prepared = prepare(job, settings, glossaries)
    except TermcheckError as error:
        notice = passed_over(job, error)
        return Checked(notices=(notice,)) if notice else Checked(errors=(error,))
    return _checked(job, prepared, settings)


def _unpaired(job: Job, settings: Settings) -> Checked:
    changed = settings.changes is None or settings.changes.touch(job.source_name)
    if not (changed and settings.selection.enabled(unpaired_file.RULE, job.source_name)):
        return Checked(files=1)
    root = project_root(job.source_name, settings, job.glossaries)
    finding = unpaired_file.finding(job.source_name, job.missing, root)
    severity = settings.selection.severity(unpaired_file.RULE)
    return Checked(findings=(replace(finding, severity=severity),), files=1)


def _checked(job: Job, prepared: Prepared, settings: Settings) -> Checked:
    bitext, terms = prepared.bitext, prepared.compiled.checked
    judged = judge(prepared)
    findings = tuple(findings_of(prepared, judged, settings))
    left, silenced = divided(prepared, judged, findings, settings)
    unchanged = 0
    if settings.changes is not None:
        from termcheck.engine.changed import OnChanged

        changed = OnChanged.of(judged, bitext, settings.changes)
        unchanged = len(left)
        left = tuple(filter(changed.holds, left))
        silenced = tuple(one for one in silenced if changed.holds(one.finding))
        unchanged -= len(left)
    told = (*left, *(one.finding for one in silenced))
    whole = [one for one in judged if one.whole]
    errors = row_errors(bitext)
    notices = []
    languages = (prepared.compiled.source_lang, prepared.compiled.target_lang)
    if not whole and not errors:
        both = " and ".join(languages)
        notices.append(f"{job.source_name}: no pairs of {both} paragraphs, nothing was checked")
    return Checked(
        glossaries=job.glossaries,
        findings=left,
        silenced=silenced,
        outcomes=outcomes(judged),
        files=2 if job.target else 1,
        pairs=len(whole),
        unpaired=_segments(judged) - _segments(whole),
        terms=len(terms),
        seen=frozenset(match.concept.id for one in whole for match in one.source) & terms,
        errors=errors,
        notices=tuple(notices),
        documents=_quotable((bitext.source, bitext.target), told),
        unchanged=unchanged,
        languages=languages,
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
