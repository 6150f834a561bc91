"""The closing line of a check: what was found, and how much was really checked.

A clean result means little without its coverage. So a check without any pair or any occurrence of a term
never reports success.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from termcheck.model import Applicability, Coverage, Report, Severity, count_findings
from termcheck.report.ansi import painter
from termcheck.report.base import RenderOptions
from termcheck.text.width import printable


def render(report: Report, options: RenderOptions) -> str:
    """The report's notices, each on a line, and the closing line of a check of texts."""
    return notice_lines(report.notices, options) + _closing(report, options, _text_coverage(report.coverage))


def render_glossary_summary(report: Report, options: RenderOptions) -> str:
    """The same for a check of glossaries, whose coverage counts their files and concepts."""
    where = _glossary_coverage(report.coverage)
    return notice_lines(report.notices, options) + _closing(report, options, where)


def verdict(report: Report) -> Verdict:
    """The result of a check of texts or glossaries."""
    where = (_glossary_coverage if report.of_glossaries else _text_coverage)(report.coverage)
    return _verdict(report, where.lack)


class Verdict(Struct, frozen=True):
    """The result in words, with the counts of findings if there are any, and the style to print it in."""

    text: str
    style: str


class _Where(Struct, frozen=True):
    """What was checked, in words: the files, the rest of the coverage, and what was missing, if anything."""

    files: str
    rest: str
    lack: str


def plural(count: int, noun: str, irregular: str = "") -> str:
    """A count and its noun; `irregular` is the plural if it is not the noun with an s."""
    return f"{count} {noun if count == 1 else irregular or noun + 's'}"


def notice_lines(notices: Sequence[str], options: RenderOptions) -> str:
    """The notices, each on a line."""
    paint = painter(color=options.color)
    return "".join(f"{paint('notice', 'info')}: {printable(notice)}\n" for notice in notices)


def _closing(report: Report, options: RenderOptions, where: _Where) -> str:
    result = _verdict(report, where.lack)
    if report.findings:
        return f"Found {result.text} in {where.files} ({where.rest}).\n{_fixable(report, options)}"
    paint = painter(color=options.color)
    return f"{paint(result.text, result.style)} {where.files}, {_flat(where)}.\n"


def _verdict(report: Report, lack: str) -> Verdict:
    counts = _counts(report)
    if counts:
        worst = max(
            (severity for severity, _ in count_findings(report.findings)), key=lambda severity: severity.rank
        )
        return Verdict(counts, worst.value)
    if report.errors:
        what = "Not everything" if report.coverage.files else "Nothing"
        return Verdict(f"{what} could be checked.", "error")
    if lack := report.idle or lack:
        return Verdict(f"Nothing was checked: {lack}.", "warning")
    return Verdict("All checks passed!", "good")


def _fixable(report: Report, options: RenderOptions) -> str:
    """How many findings `--fix` can fix, and how many more with unsafe fixes, in ruff's words."""
    ready, more = count_fixes(report, unsafe=options.unsafe_fixes)
    if ready:
        return f"[*] {ready} fixable with the `--fix` option{f' ({more})' if more else ''}.\n"
    return f"No fixes available ({more}).\n" if more else ""


def count_fixes(report: Report, *, unsafe: bool) -> tuple[int, str]:
    """How many findings `--fix` can fix, and how many more unsafe ones could, in words; empty if none."""
    fixes: Counter[Applicability] = Counter()
    for (_, applicability), count in count_findings(report.findings).items():
        if applicability is not None:
            fixes[applicability] += count
    ready = fixes.total() if unsafe else fixes[Applicability.SAFE]
    hidden = fixes.total() - ready
    more = (
        f"{hidden} hidden {'fix' if hidden == 1 else 'fixes'} can be enabled with the `--unsafe-fixes` option"
    )
    return ready, more if hidden else ""


def _flat(where: _Where) -> str:
    return where.rest.replace("; ", ", ")


def _counts(report: Report) -> str:
    nouns = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "info"))
    counts = [(report.count(severity), noun) for severity, noun in nouns]
    return ", ".join(plural(count, noun) for count, noun in counts if count)


def _glossary_coverage(coverage: Coverage) -> _Where:
    glossaries = plural(coverage.files, "glossary", "glossaries")
    return _Where(glossaries, plural(coverage.terms, "term"), "" if coverage.terms else "no terms")


def _text_coverage(coverage: Coverage) -> _Where:
    texts = [plural(coverage.pairs, "pair")]
    if coverage.unpaired:
        texts.append(plural(coverage.unpaired, "unpaired paragraph"))
    terms = [f"{coverage.terms_seen} of {plural(coverage.terms, 'term')} seen"]
    if coverage.suppressed:
        terms.append(f"{coverage.suppressed} suppressed")
    if coverage.baselined:
        terms.append(f"{coverage.baselined} in the baseline")
    rest = f"{', '.join(texts)}; {', '.join(terms)}"
    return _Where(plural(coverage.files, "file"), rest, _lack(coverage))


def _lack(coverage: Coverage) -> str:
    reasons = (
        (coverage.files, "no files"),
        (coverage.pairs, "no pairs"),
        (coverage.terms, "no terms in the glossary"),
        (coverage.terms_seen, "no term of the glossary occurs"),
    )
    return next((reason for count, reason in reasons if not count), "")
