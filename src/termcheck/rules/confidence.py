"""The confidence of findings on terms that a pair does not render.

Nobody reads a hundred findings with the same care. How the texts render the term elsewhere distinguishes a
mistake in the text from an entry that does not fit, and the alignment shows whether the pair is right at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from termcheck.matching.verdict import SURE_PAIR
from termcheck.model import Confidence, Finding, SegmentPair
from termcheck.rules import missing_rendering, misspelled_rendering, untranslated_term
from termcheck.rules.term_usage import TermOutcomes

_UNSURE_PAIR = "these paragraphs may not belong together"
# Evidence in the target, by the code of the rule that reports it.
_EVIDENCE = {
    misspelled_rendering.RULE.code: "the target has a near miss of a listed rendering",
    untranslated_term.RULE.code: "the target has the term itself",
}
_RATED = frozenset((missing_rendering.RULE.code, *_EVIDENCE))


def with_pair_doubt(finding: Finding, pair: SegmentPair) -> Finding:
    """The finding, with a reason for doubt if its pair is unsure."""
    if pair.confidence >= SURE_PAIR or finding.code not in _RATED:
        return finding
    return replace(finding, reasons=(_UNSURE_PAIR,))


def rated(findings: Iterable[Finding], usage: Mapping[str, TermOutcomes]) -> Iterator[Finding]:
    """The findings, with confidence and reasons for those on terms that a pair does not render.

    `usage` holds the outcomes of all texts in the run, by concept id.
    """
    for finding in findings:
        if finding.code in _RATED and finding.term is not None:
            confidence, reasons = _rate(finding, usage.get(finding.term.id, TermOutcomes()))
            yield replace(finding, confidence=confidence, reasons=(*finding.reasons, *reasons))
        else:
            yield finding


def _rate(finding: Finding, usage: TermOutcomes) -> tuple[Confidence, tuple[str, ...]]:
    tally = (str(usage),) if usage.pairs > 1 else ()
    evidence = _EVIDENCE.get(finding.code)
    # A misspelling shows that the listed rendering was meant, even if the texts rarely use it.
    if usage.flooding and finding.code != misspelled_rendering.RULE.code:
        return Confidence.LOW, tally
    if finding.reasons or usage.noisy:
        return Confidence.MEDIUM, tally
    if evidence is not None:
        return Confidence.HIGH, (evidence, *tally)
    return (Confidence.HIGH if usage.usual else Confidence.MEDIUM), tally
