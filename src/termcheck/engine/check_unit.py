"""Check one unit: a file, a pair of files, or a stretch of a big file of rows."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.changes import Changes
from termcheck.config import Settings
from termcheck.engine.check_bitext import CheckedBitext, check_bitext
from termcheck.engine.glossaries import Glossaries
from termcheck.engine.notices import NO_PAIRS, FileNotice
from termcheck.engine.prepare import (
    PreparedBitext,
    damaged_catalog,
    prepare_job,
    prepare_stretch,
    row_errors,
    without_settled,
)
from termcheck.engine.project_paths import project_root
from termcheck.engine.unit_result import UnitResult, failed
from termcheck.engine.units import Unit
from termcheck.jobs import Job
from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.strict.kept_text import is_same
from termcheck.model import Bitext, Document, Finding, GlossaryUse, Side, Span, TermcheckError
from termcheck.model.report import PairedByPath, PairedSegments
from termcheck.readers import NotBilingualError
from termcheck.rules import FILE_CHECKS
from termcheck.rules.context import FileContext
from termcheck.rules.term_usage import outcomes
from termcheck.text.positions import line_range

if TYPE_CHECKING:
    from termcheck.readers.stretches import Stretch


def check_unit(unit: Unit, settings: Settings, glossaries: Glossaries) -> UnitResult:
    """Check a unit; the user's mistakes are among the results."""
    settings = settings.of(unit.job.config)
    if unit.known is not None:
        return unit.known
    if unit.stretch is not None:
        return _check_stretch(unit.job, unit.stretch, settings, glossaries)
    if unit.job.missing:
        return _check_unpaired_file(unit.job, settings)
    return _check_job(unit.job, settings, glossaries)


def _check_job(job: Job, settings: Settings, glossaries: Glossaries) -> UnitResult:
    try:
        prepared = without_settled(prepare_job(job, settings, glossaries), job, glossaries)
        checked = check_bitext(prepared, settings)
    except TermcheckError as error:
        return failed(job, error)
    bitext = prepared.bitext
    result, of_rows = _result(job, prepared, checked), row_errors(bitext)
    damage = damaged_catalog(job, bitext.source, of_rows)
    errors = (*(() if damage else of_rows), *prepared.compiled.given_up)
    quoted = (*checked.findings, *(silenced.finding for silenced in checked.silenced))
    return replace(
        result,
        files=(job.source_name, job.target_name) if job.target else (job.source_name,),
        errors=errors,
        notices=() if errors else (damage,) if damage else tuple(_unchecked(job, prepared, result.pairs)),
        documents=_quotable((bitext.source, bitext.target), quoted),
        paired=_paired(bitext) if settings.fix else {},
    )


def _paired(bitext: Bitext) -> PairedByPath:
    """The source segments that have a counterpart. In a bilingual file, the lines are those of the target."""
    paired: dict[str, PairedSegments] = {bitext.source.path: {}, bitext.target.path: {}}
    sides = {
        bitext.source.path: (bitext.source, Side.SOURCE),
        bitext.target.path: (bitext.target, Side.TARGET),
    }
    for pair in bitext.pairs:
        if not (pair.source and pair.target):
            continue
        sums = [zlib.crc32(segment.text.encode("utf-8", "surrogatepass")) for segment in pair.source]
        for path, (document, side) in sides.items():
            segments = pair.source if side is Side.SOURCE else pair.target
            lines = line_range(document, Span(segments[0].raw.start, segments[-1].raw.end))
            for checksum in sums:
                paired[path].setdefault(checksum, []).append(lines)
    return paired


def _check_stretch(job: Job, stretch: Stretch, settings: Settings, glossaries: Glossaries) -> UnitResult:
    """The first stretch counts the file. Documents are not kept."""
    try:
        prepared = prepare_stretch(job, stretch, settings, glossaries)
        if prepared.prefiltered is None:
            prepared = without_settled(prepared, job, glossaries)
        checked = check_bitext(prepared, settings)
    except NotBilingualError as error:
        return UnitResult(errors=(error.mistake,), unread=error.rows - 1)
    except TermcheckError as error:
        return UnitResult(errors=(error,))
    document = prepared.bitext.source
    damage = damaged_catalog(job, document, document.errors)
    is_empty = stretch.first and stretch.last and not (document.segments or document.errors)
    return replace(
        _result(job, prepared, checked),
        files=(job.source_name,) if stretch.first else (),
        notices=(damage,) if damage else (_no_pairs(job, prepared.compiled),) if is_empty else (),
        errors=(*(() if damage else document.errors), *prepared.compiled.given_up),
        unread=0 if damage else document.unread - len(document.errors),
    )


def _check_unpaired_file(job: Job, settings: Settings) -> UnitResult:
    if settings.changes is not None and not _is_about(job, settings.changes):
        return UnitResult(files=(job.source_name,))
    root = project_root(job.source_name, settings, job.glossaries)
    language = job.target_lang if job.missing_side is Side.TARGET else ""
    context = FileContext(job.source_name, job.missing, root, language)
    findings = [
        finding
        for rule, check in FILE_CHECKS.items()
        if settings.selection.enabled(rule, job.source_name)
        for finding in check(context)
    ]
    use = GlossaryUse(config=job.config)
    return UnitResult(use, findings=tuple(findings), files=(job.source_name,))


def _is_about(job: Job, changes: Changes) -> bool:
    """Whether a change touches a half, or may have taken its counterpart away."""
    return changes.touch(job.source_name) or changes.may_have_deleted(job.missing, beside=job.source_name)


def _unchecked(job: Job, prepared: PreparedBitext, pairs: int) -> Iterator[FileNotice]:
    """The notice about a file in which nothing was checked, if that is so."""
    if not pairs:
        yield _no_pairs(job, prepared.compiled)
    elif all(is_same(pair) for pair in prepared.bitext.pairs if pair.source and pair.target):
        text = "both sides are the same text everywhere, nothing was checked"
        yield FileNotice(job.source_name, text, "have the same text on both sides")


def _no_pairs(job: Job, compiled: CompiledGlossary) -> FileNotice:
    """The notice about a file in which nothing could be compared."""
    languages = " and ".join(compiled.languages)
    text = f"no pairs of {languages} paragraphs, nothing was checked"
    return FileNotice(job.source_name, text, NO_PAIRS)


def _result(job: Job, prepared: PreparedBitext, checked: CheckedBitext) -> UnitResult:
    """The result of a checked bitext, with the pairs that the prefilter settled."""
    bitext = prepared.bitext
    paired = [verdict for verdict in checked.verdicts if verdict.is_paired]
    counted = outcomes(checked.verdicts)
    seen = {match.concept.id for verdict in paired for match in verdict.source}
    settled = 0
    if prepared.prefiltered is not None:
        settled = prepared.prefiltered.settled
        seen |= prepared.prefiltered.seen
        counted.update(zip(prepared.prefiltered.rendered, itertools.repeat(True)))
    return UnitResult(
        use=job.use,
        findings=checked.findings,
        silenced=checked.silenced,
        outcomes=counted,
        pairs=len(paired) + settled,
        unpaired=sum(verdict.pair.unpaired_paragraphs for verdict in checked.verdicts),
        seen=prepared.compiled.checked & seen,
        unchanged=checked.unchanged,
        languages=dict.fromkeys((bitext.source.path, bitext.target.path), prepared.compiled.languages),
        left_out={bitext.source.path: bitext.source.left_out} if bitext.source.left_out else {},
    )


def _quotable(documents: Sequence[Document], findings: Iterable[Finding]) -> dict[str, Document]:
    """The documents by path; one without findings keeps only its front matter."""
    places = [place for finding in findings for place in (finding.location, finding.source) if place]
    quoted = {place.path for place in places}
    return {
        document.path: document
        if document.path in quoted
        else Document(document.path, "", (), (0,), document.front_matter)
        for document in documents
    }
