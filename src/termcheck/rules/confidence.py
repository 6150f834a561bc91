"""How sure a finding is that accuses a pair of not rendering a term, and why.

Nobody reads a hundred findings with the same care. What the texts do with the term elsewhere tells slips
from entries that do not fit them, and the pair itself whether its texts belong together at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from termcheck.matching.verdict import SURE_PAIR
from termcheck.model import Confidence, Finding, SegmentPair
from termcheck.rules import missing_rendering, misspelled_rendering, untranslated_term
from termcheck.rules.term_usage import TermOutcomes

_UNSURE_PAIR = "not sure that these paragraphs belong together"
# What stands in the target is evidence of its own.
_SEEN = {
    misspelled_rendering.RULE.code: "almost a listed rendering stands in its place",
    untranslated_term.RULE.code: "the term itself stands in its place",
}
_WEIGHED = frozenset((missing_rendering.RULE.code, *_SEEN))


def with_pair_doubt(finding: Finding, pair: SegmentPair) -> Finding:
    """The finding, with the doubt that is cast on it by an unsure pair."""
    if pair.confidence >= SURE_PAIR or finding.code not in _WEIGHED:
        return finding
    return replace(finding, reasons=(_UNSURE_PAIR,))


def rated(findings: Iterable[Finding], usage: Mapping[str, TermOutcomes]) -> Iterator[Finding]:
    """The findings, those that accuse a pair of not rendering a term with confidence and reasons.

    `usage` is that of all texts of the run, by the concepts' ids.
    """
    for finding in findings:
        if finding.code in _WEIGHED and finding.term is not None:
            confidence, reasons = _weigh(finding, usage.get(finding.term.id, TermOutcomes()))
            yield replace(finding, confidence=confidence, reasons=(*finding.reasons, *reasons))
        else:
            yield finding


def _weigh(finding: Finding, usage: TermOutcomes) -> tuple[Confidence, tuple[str, ...]]:
    tally = (str(usage),) if usage.pairs > 1 else ()
    seen = _SEEN.get(finding.code)
    # A misspelling shows that the listed rendering was meant, however rarely it is used.
    if usage.flooding and finding.code != misspelled_rendering.RULE.code:
        return Confidence.LOW, tally
    if finding.reasons or usage.noisy:
        return Confidence.MEDIUM, tally
    if seen is not None:
        return Confidence.HIGH, (seen, *tally)
    return (Confidence.HIGH if usage.usual else Confidence.MEDIUM), tally
