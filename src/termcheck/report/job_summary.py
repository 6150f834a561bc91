"""A summary of the report in Markdown, for the page of a job in GitHub Actions.

It has what annotations cannot tell: how much was checked, which rules found how much, and more findings
than the few that are shown as annotations. GitHub takes one mebibyte of it, and nothing of a longer one.
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
    """The summary, of at most `room` bytes of UTF-8: what does not fit is left out, and said to be.

    `closing` is the line that says how much was checked.
    """
    notes = [f"> {_escaped(str(text))}\n" for text in (*report.errors, *report.notices)]
    lines = ["## termcheck\n", f"\n{_escaped(closing)}\n", *(f"\n{note}" for note in notes)]
    rules = count_rules(report)
    if rules:
        lines += ["\n| Findings | Rule | |\n| ---: | :--- | :--- |\n"]
        lines += [_rule_row(rule, options) for rule in rules]
        lines += ["\n| Place | Rule | Finding |\n| :--- | :--- | :--- |\n"]
        lines += [_finding_row(finding, options) for finding in report.findings[:_MOST_FINDINGS]]
    left = len(report.findings) - _MOST_FINDINGS
    end = f"\nand {left} more: see the log\n" if left > 0 else "\n"
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
    place = finding.location
    where = f"{repository_path(place.path, options)}:{place.line}:{place.column}"
    return f"| {_escaped(where)} | {finding.code} | {_escaped(finding.message)} |\n"


def _escaped(text: str) -> str:
    """The text on one line, cut if it is very long, with nothing in it that is Markdown or HTML."""
    text = printable(text)
    text = text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
    return re.sub(r"([\\`*_{}\[\]<>#|~@!&$])", r"\\\1", text)
