"""A summary of the report in Markdown, for the page of a job in GitHub Actions.

It contains what annotations cannot show: how much was checked, the counts by rule, and more findings.
GitHub accepts one mebibyte and drops a longer summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck.model import Finding, Report
from termcheck.report.addresses import repository_path, rule_address
from termcheck.report.base import RenderOptions
from termcheck.report.statistics import RuleCount, count_rules
from termcheck.text.width import printable

_MOST_FINDINGS = 100
_MOST_CHARACTERS = 300


def render(report: Report, closing: str, options: RenderOptions, room: int) -> str:
    """The summary in at most `room` bytes of UTF-8; if lines are left out, the last line says so.

    `closing` is the line with how much was checked.
    """
    notes = [f"> {_escaped(str(text))}\n" for text in (*report.problems, *report.notices)]
    lines = ["## termcheck\n", f"\n{_escaped(closing)}\n", *(f"\n{note}" for note in notes)]
    rules = count_rules(report)
    if rules:
        lines += ["\n| Findings | Rule | |\n| ---: | :--- | :--- |\n"]
        lines += [_rule_row(rule, options) for rule in rules]
        lines += ["\n| Place | Rule | Finding |\n| :--- | :--- | :--- |\n"]
        lines += [_finding_row(finding, options) for finding in report.findings[:_MOST_FINDINGS]]
    omitted = len(report.findings) - _MOST_FINDINGS
    end = f"\nand {omitted} more: see the log\n" if omitted > 0 else "\n"
    return "".join(_fitting([*lines, end], room))


def _fitting(lines: list[str], room: int) -> Iterator[str]:
    cut = "\nand more: see the log\n\n"
    room -= len(cut)
    for line in lines:
        room -= len(line.encode("utf-8", "backslashreplace"))
        if room < 0:
            yield cut
            return
        yield line


def _rule_row(rule: RuleCount, options: RenderOptions) -> str:
    address = rule_address(rule.name, options)
    name = f"[{rule.name}]({address})" if address else rule.name
    return f"| {rule.count} | {rule.code} | {name} |\n"


def _finding_row(finding: Finding, options: RenderOptions) -> str:
    location = finding.location
    address = f"{repository_path(location.path, options)}:{location.line}:{location.column}"
    return f"| {_escaped(address)} | {finding.code} | {_escaped(finding.message)} |\n"


def _escaped(text: str) -> str:
    """The text on one line, cut if it is very long, with all Markdown and HTML escaped."""
    text = printable(text)
    text = text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
    return re.sub(r"([\\`*_{}\[\]<>#|~@!&$])", r"\\\1", text)
