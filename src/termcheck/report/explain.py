"""The output of `termcheck rule`: the documentation of rules as Markdown, as JSON or as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from termcheck.report.ansi import Paint, painter
from termcheck.text.width import display_width

if TYPE_CHECKING:
    from termcheck.rules.base import Rule


def explain_rule(rule: Rule, documentation: str, *, color: bool = False) -> str:
    """The rule's page as Markdown: title, defaults and documentation; headings are bold if `color`."""
    paint = painter(color=color)
    title = paint(f"# {rule.name} ({rule.code})", "title")
    body = "\n".join(_documentation_line(line, paint) for line in documentation.strip().splitlines())
    return f"{title}\n\n{_defaults(rule)}\n\n{body}\n"


def explain_rules(rules: Iterable[tuple[Rule, str]], *, color: bool = False) -> str:
    """The pages of several rules, separated by blank lines."""
    return "\n".join(explain_rule(rule, documentation, color=color) for rule, documentation in rules)


def explain_rules_json(rules: Iterable[tuple[Rule, str]]) -> str:
    """Several rules as a JSON array, with a rule per line."""
    from termcheck.report.json import dump

    rows = ",\n".join(f"  {dump(_object(rule, documentation))}" for rule, documentation in rules)
    return f"[\n{rows}\n]\n" if rows else "[]\n"


def list_rules(rules: Iterable[tuple[Rule, str]], *, color: bool = False) -> str:
    """A table of rules: code, name, default severity or `off`, and the first line of the documentation."""
    paint = painter(color=color)
    rows = [
        (rule.code, rule.name, rule.severity.value if rule.default else "off", _headline(documentation))
        for rule, documentation in rules
    ]
    widths = [max((display_width(row[i]) for row in rows), default=0) for i in range(3)]
    lines = []
    for code, name, severity, headline in rows:
        shown = paint(severity, severity) if severity != "off" else severity
        gap = " " * (widths[2] - len(severity))
        head = paint(f"{code:<{widths[0]}}", "title")
        lines.append(f"{head}  {name:<{widths[1]}}  {shown}{gap}  {headline}")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _headline(documentation: str) -> str:
    return documentation.strip().partition("\n")[0]


def _defaults(rule: Rule) -> str:
    default = "On by default" if rule.default else "Off by default"
    fix = f" Fix: {rule.fix.value}." if rule.fix else ""
    return f"{default}, severity {rule.severity.value}.{fix} Since version {rule.since}."


def _documentation_line(line: str, paint: Paint) -> str:
    return paint(line, "title") if line.startswith("## ") else line


def _object(rule: Rule, documentation: str) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "default": rule.default,
        "fix": rule.fix and rule.fix.value,
        "since": rule.since,
        "documentation": documentation.strip(),
    }
