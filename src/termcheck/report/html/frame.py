"""The static HTML of the page: verdict, coverage, notices, rules and a plain list of findings.

All of it is readable without JavaScript. Text from the report is escaped here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from termcheck.model import Finding, Report, Severity
from termcheck.report.base import RenderOptions
from termcheck.report.summary import Verdict, plural, verdict
from termcheck.rules import RULES, documentation
from termcheck.text.width import printable

# Browsers without JavaScript get at most this many findings; the formats for terminals list all.
_MOST_LISTED = 500
_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def parts(report: Report, options: RenderOptions) -> Mapping[str, str]:
    """The parts of the template as HTML, by name."""
    found = verdict(report)
    return {
        "version": escape(options.version),
        "title": escape(f"{found.text} - termcheck"),
        "verdict": _headline(report, found),
        "coverage": "".join(_coverage(report)),
        "notes": _notes("error", map(str, report.problems)) + _notes("notice", report.notices),
        "listed": "".join(_listed(report.findings)),
        "rules": "".join(_rules(report)),
    }


def _headline(report: Report, found: Verdict) -> str:
    """The counts, each in the colour of its severity, or the verdict if there are no findings."""
    counts = [(severity, report.count(severity)) for severity in _NOUNS]
    shown = [
        f'<span class="{severity.value}">{plural(count, _NOUNS[severity])}</span>'
        for severity, count in counts
        if count
    ]
    return ", ".join(shown) or f'<span class="{found.style}">{escape(found.text)}</span>'


def _coverage(report: Report) -> Iterator[str]:
    coverage = report.coverage
    if report.of_glossaries:
        yield _figure("Glossaries", coverage.files)
        yield _figure("Terms", coverage.terms)
        return
    yield _figure("Files", coverage.files)
    yield _figure("Pairs", coverage.pairs)
    yield _figure("Unpaired paragraphs", coverage.unpaired)
    seen, terms = coverage.terms_seen, coverage.terms
    yield f"<div><dt>Terms seen</dt><dd>{seen:,} <small>of {terms:,}</small>{_bar(seen, terms)}</dd></div>"
    if coverage.suppressed:
        yield _figure("Suppressed", coverage.suppressed)
    if coverage.baselined:
        yield _figure("In the baseline", coverage.baselined)


def _figure(name: str, count: int) -> str:
    return f"<div><dt>{name}</dt><dd>{count:,}</dd></div>"


def _bar(part: int, whole: int) -> str:
    """An SVG bar, because the policy of the page does not allow style attributes."""
    rect = f'<rect width="{100 * part / max(whole, 1):.1f}" height="1"/>'
    return f'<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{rect}</svg>'


def _notes(kind: str, texts: Iterable[str]) -> str:
    items = "".join(f"<li><b>{kind}</b> {escape(printable(text))}</li>" for text in texts)
    return f'<ul class="notes {kind}">{items}</ul>' if items else ""


def _listed(findings: Sequence[Finding]) -> Iterator[str]:
    """A plain list, for browsers without JavaScript."""
    for finding in findings[:_MOST_LISTED]:
        place = finding.location
        where = escape(printable(f"{place.path}:{place.line}:{place.column}"))
        what = f"{finding.code} {finding.name}"
        said = escape(printable(finding.message))
        yield f"<li><code>{where}</code> {finding.severity.value}: {said} <small>{what}</small></li>\n"
    if len(findings) > _MOST_LISTED:
        yield f"<li>and {len(findings) - _MOST_LISTED:,} more: <code>termcheck check</code> lists them</li>\n"


def _rules(report: Report) -> Iterator[str]:
    """The documentation of the rules that the report names, folded."""
    import pyromark

    named = {finding.code for finding in report.findings} | {one.finding.code for one in report.silenced}
    for rule in RULES:
        if rule.code in named:
            text = documentation(rule)
            lead = escape(text.strip().partition("\n")[0])
            # The first paragraph is in the summary; headings go below those of the page.
            body = pyromark.html(text.partition("\n\n")[2]).replace("h2>", "h3>")
            summary = f"<summary><code>{rule.code}</code> <b>{rule.name}</b> <span>{lead}</span></summary>"
            yield f'<details class="rule" id="{rule.code}">{summary}{body}</details>\n'
