"""The rules in SARIF: the descriptions that GitHub and other viewers show next to a finding.

All rules are described, with or without findings, so that a file shows what was checked.
"""

from __future__ import annotations

from typing import Any

from termcheck.model import Severity
from termcheck.report.addresses import rule_address
from termcheck.report.base import RenderOptions
from termcheck.rules import RULES, documentation
from termcheck.rules.base import Rule

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
INDEXES = {rule.code: index for index, rule in enumerate(RULES)}

# GitHub cuts longer descriptions.
_MOST_CHARACTERS = 1024
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_FAMILIES = {"TRM": "terminology", "ALN": "alignment", "GLO": "glossary"}
# These rules judge by the form of words or by the alignment, and the others by what is written.
_LESS_PRECISE = frozenset({"TRM101", "TRM103", "ALN202", "GLO310"})


def descriptors(options: RenderOptions) -> list[dict[str, Any]]:
    """A reportingDescriptor for each rule, in the order of `INDEXES`."""
    return [_descriptor(rule, options) for rule in RULES]


def _descriptor(rule: Rule, options: RenderOptions) -> dict[str, Any]:
    page = documentation(rule).strip()
    address = rule_address(rule.name, options)
    family = _FAMILIES.get(rule.code.rstrip("0123456789"))
    return {
        "id": rule.code,
        "name": _pascal_case(rule.name),
        "shortDescription": {"text": _cut(page.partition("\n\n")[0])},
        "fullDescription": {"text": _cut(_section(page, "What it does"))},
        "help": {"text": page, "markdown": f"# {rule.name} ({rule.code})\n\n{page}"},
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {"level": LEVELS[rule.severity], "enabled": rule.default},
        "properties": {
            "tags": ["translation", *([family] if family else [])],
            "precision": "medium" if rule.code in _LESS_PRECISE else "high",
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _pascal_case(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def _section(page: str, title: str) -> str:
    """A section of a rule's page without its heading; its first paragraph if there is no such section."""
    _, found, rest = page.partition(f"## {title}\n")
    return rest.partition("\n## ")[0].strip() if found else page.partition("\n\n")[0]


def _cut(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= _MOST_CHARACTERS else f"{joined[: _MOST_CHARACTERS - 1]}…"
