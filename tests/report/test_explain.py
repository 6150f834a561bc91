"""The pages of rules."""

from __future__ import annotations

import json
import re

from termcheck.model import Applicability, Severity
from termcheck.report.explain import (
    explain_rule,
    explain_rules,
    explain_rules_json,
    list_rules,
)
from termcheck.rules.base import Rule, Scope

MISSING = Rule("TRM101", "missing-rendering", Severity.WARNING, scope=Scope.PAIR, since="0.1.0")
CASE = Rule("TRM105", "wrong-case", Severity.ERROR, scope=Scope.PAIR, since="0.1.0", fix=Applicability.SAFE)
ADMITTED = Rule(
    "TRM106",
    "non-preferred-rendering",
    Severity.INFO,
    scope=Scope.PAIR,
    since="0.2.0",
    fix=Applicability.UNSAFE,
    default=False,
)
DOCUMENTATION = "A term without its rendering.\n\n## What it does\nLooks for 南海.\n\n    # not a heading\n"


def test_a_page_is_markdown_that_says_how_the_rule_stands() -> None:
    assert explain_rule(MISSING, DOCUMENTATION) == (
        "# missing-rendering (TRM101)\n"
        "\n"
        "On by default, severity warning. Since version 0.1.0.\n"
        "\n"
        "A term without its rendering.\n"
        "\n"
        "## What it does\n"
        "Looks for 南海.\n"
        "\n"
        "    # not a heading\n"
    )


def test_a_rule_that_is_off_says_so() -> None:
    standing = explain_rule(ADMITTED, DOCUMENTATION).splitlines()[2]
    assert standing == "Off by default, severity info. Fix: unsafe. Since version 0.2.0."


def test_headings_are_bold_in_colour_and_nothing_else_changes() -> None:
    page = explain_rule(MISSING, DOCUMENTATION, color=True)
    assert re.findall(r"\x1b\[1m(.*?)\x1b\[0m", page) == ["# missing-rendering (TRM101)", "## What it does"]
    assert re.sub(r"\x1b\[[0-9;]*m", "", page) == explain_rule(MISSING, DOCUMENTATION)


def test_several_pages_are_a_blank_line_apart() -> None:
    both = explain_rules([(MISSING, DOCUMENTATION), (CASE, DOCUMENTATION)])
    assert both == explain_rule(MISSING, DOCUMENTATION) + "\n" + explain_rule(CASE, DOCUMENTATION)


def test_json() -> None:
    pages = json.loads(explain_rules_json([(CASE, DOCUMENTATION), (MISSING, "")]))
    assert pages[0] == {
        "code": "TRM105",
        "name": "wrong-case",
        "severity": "error",
        "default": True,
        "fix": "safe",
        "since": "0.1.0",
        "documentation": DOCUMENTATION.strip(),
    }
    assert pages[1]["fix"] is None
    assert json.loads(explain_rules_json([])) == []


def test_the_list_of_rules() -> None:
    pages = [(MISSING, DOCUMENTATION), (CASE, "Two lines,\nof which one is shown."), (ADMITTED, "")]
    expected = (
        "TRM101  missing-rendering        warning  A term without its rendering.\n"
        "TRM105  wrong-case               error    Two lines,\n"
        "TRM106  non-preferred-rendering  off\n"
    )
    assert list_rules(pages) == expected
    assert re.sub(r"\x1b\[[0-9;]*m", "", list_rules(pages, color=True)) == expected
    assert list_rules([]) == ""
