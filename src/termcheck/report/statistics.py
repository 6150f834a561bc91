"""The text format of `--statistics`: counts of findings by rule and by term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from termcheck.model import Applicability, Finding, Report, Severity
from termcheck.report.ansi import Paint, painter
from termcheck.report.base import RenderOptions
from termcheck.text.width import printable


class RuleCount(Struct, frozen=True):
    """The number of a rule's findings, their highest severity, and how many have a safe fix."""

    code: str
    name: str
    severity: Severity
    count: int
    fixable: int


class TermCount(Struct, frozen=True):
    """The number of findings about a term."""

    id: str
    source: str
    count: int


def count_rules(report: Report) -> tuple[RuleCount, ...]:
    """The rules with findings, sorted by descending count, then by code."""
    groups: dict[str, list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault(finding.code, []).append(finding)
    counts = [
        RuleCount(
            code=code,
            name=findings[0].name,
            severity=max((finding.severity for finding in findings), key=lambda severity: severity.rank),
            count=len(findings),
            fixable=sum(
                finding.fix is not None and finding.fix.applicability is Applicability.SAFE
                for finding in findings
            ),
        )
        for code, findings in groups.items()
    ]
    return tuple(sorted(counts, key=lambda rule: (-rule.count, rule.code)))


def count_terms(report: Report) -> tuple[TermCount, ...]:
    """The terms with findings, as their entries write them, sorted by descending count, then by id."""
    terms = [finding.term for finding in report.findings if finding.term is not None]
    counts = Counter(term.id for term in terms)
    names = {term.id: term.name or term.source for term in reversed(terms)}
    rows = (TermCount(id=id_, source=names[id_], count=count) for id_, count in counts.items())
    return tuple(sorted(rows, key=lambda term: (-term.count, term.id)))


def render(report: Report, options: RenderOptions) -> str:
    """A line for each rule, then one for each term: count, code, name; count, term, id."""
    paint = painter(color=options.color)
    return "".join(f"{line}\n" for line in _lines(report, paint))


def _lines(report: Report, paint: Paint) -> Iterator[str]:
    rules, terms = count_rules(report), count_terms(report)
    counts = [rule.count for rule in rules] + [term.count for term in terms]
    digits = max((len(str(count)) for count in counts), default=0)
    for rule in rules:
        yield f"{rule.count:>{digits}}\t{paint(rule.code, rule.severity.value)}\t{rule.name}"
    if terms:
        yield ""
    for term in terms:
        id_ = f" ({printable(term.id)})" if term.id != term.source else ""
        yield f"{term.count:>{digits}}\t{printable(term.source)}{id_}"
