"""The options that select rules and terms, and the values that name rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from termcheck.globs import PathGlob
from termcheck.messages import alternatives
from termcheck.model import Confidence, Severity, TermcheckError
from termcheck.options.option import Combine, Group, Option, Place, ValueType
from termcheck.options.values import choice_of, read_table, read_texts, split_at_commas

if TYPE_CHECKING:
    from termcheck.selection import PerFileIgnore


def _rule_names() -> list[str]:
    from termcheck.rules import RULES

    return [name for rule in RULES for name in (rule.name, rule.code)]


def _read_selectors(value: object, place: Place) -> tuple[str, ...]:
    from termcheck.rules import RULES
    from termcheck.selection import select_rules

    # An empty list is allowed: `select = []` turns every rule off.
    selectors = read_texts(value, place)
    for selector in selectors:
        select_rules(RULES, selector)
    return selectors


def _read_per_file(value: object, place: Place) -> tuple[PerFileIgnore, ...]:
    from termcheck.selection import PerFileIgnore

    table = read_table(value, "a table of patterns, each with its rules")
    return tuple(
        PerFileIgnore(
            PathGlob(pattern.removeprefix("!"), place.root),
            _read_selectors(selectors, place),
            negated=pattern.startswith("!"),
        )
        for pattern, selectors in table.items()
    )


def _per_file_table(texts: Sequence[str]) -> dict[str, list[str]]:
    """`GLOB:RULE,GLOB:RULE`, as ruff spells it, as a table of patterns."""
    table: dict[str, list[str]] = {}
    for part in split_at_commas(texts):
        glob, colon, selector = part.rpartition(":")
        if not colon or not glob or not selector:
            raise TermcheckError(f"'{part}' has no rule", advice="write 'drafts/*.md:TRM101'")
        table.setdefault(glob.strip(), []).append(selector.strip())
    return table


def _severity_names() -> list[str]:
    return [severity.value for severity in reversed(Severity)]


def _read_severities(value: object, place: Place) -> dict[str, Severity]:
    table = read_table(value, "a table of rules, each with its severity")
    _read_selectors(list(table), place)
    return {selector: SEVERITY.read(severity, place) for selector, severity in table.items()}


def _confidence_names() -> list[str]:
    return [confidence.value for confidence in reversed(Confidence)]


RULE_LIST = ValueType(
    _read_selectors,
    "list of rules",
    "RULES",
    choices=_rule_names,
    from_flag=split_at_commas,
    repeatable=True,
    commas=True,
)
SEVERITY = ValueType(choice_of(_severity_names, Severity), metavar="SEVERITY", choices=_severity_names)
_CONFIDENCE = ValueType(choice_of(_confidence_names, Confidence), metavar="LEVEL", choices=_confidence_names)
_UNPAIRED = ValueType(choice_of(lambda: ("file", "each")), metavar="WHAT", choices=lambda: ("file", "each"))
_TERMS = ValueType(read_texts, "list of terms", "TERM", repeatable=True)

RULES = Group(
    "rules",
    (
        Option(
            key="select",
            flags=("--select",),
            type=RULE_LIST,
            combine=Combine.SELECT,
            help="run only these",
            documentation="Rules to run, and no others. The more specific selector wins: "
            '`select = ["TRM"]` with `ignore = ["TRM105"]` runs all rules of the family but one.',
            example='select = ["TRM", "ALN202"]',
            default_text="all rules that are on by default",
        ),
        Option(
            key="ignore",
            flags=("--ignore",),
            type=RULE_LIST,
            combine=Combine.SELECT,
            help="do not run these",
            documentation="Rules not to run.",
            example='ignore = ["unpaired-paragraph", "TRM107"]',
        ),
        Option(
            key="extend-select",
            flags=("--extend-select",),
            type=RULE_LIST,
            combine=Combine.SELECT,
            help="run these as well",
            documentation="Rules to run in addition to the selected rules, by code, beginning of a code, "
            "name or ALL.",
            example='extend-select = ["non-preferred-rendering"]',
        ),
        Option(
            key="per-file-ignores",
            flags=("--per-file-ignores",),
            type=ValueType(
                _read_per_file,
                "table of patterns, each with rules",
                "GLOB:RULE",
                from_flag=_per_file_table,
                repeatable=True,
            ),
            combine=Combine.SELECT,
            help="do not run this in files that match, as in 'drafts/*.md:TRM101'; separated by commas",
            documentation="Rules not to run in the files that match a pattern, or, with `!` before it, in "
            "all others.",
            example='[per-file-ignores]\n"minutes/**" = ["inconsistent-rendering"]',
            brief="not in these files, as in 'drafts/*.md:TRM101'",
        ),
        Option(
            key="severity",
            type=ValueType(_read_severities, f"table of rules, each with {alternatives(_severity_names())}"),
            combine=Combine.SELECT,
            documentation="How bad the findings of a rule are.",
            example='[severity]\nmissing-rendering = "error"',
            default_text="the rules' own",
        ),
        Option(
            key="unpaired",
            flags=("--unpaired",),
            type=_UNPAIRED,
            help="report paragraphs without a counterpart once for each file, or each of them: {choices}",
            documentation="Whether `unpaired-paragraph` makes one finding for each `file`, which counts the "
            "paragraphs and names their lines, or one for `each` paragraph.",
            example='unpaired = "each"',
            default="file",
            rare=True,
        ),
    ),
    "Named by code, beginning of a code, name, or ALL; separated by commas.",
)

TERMS = Group(
    "terms",
    (
        Option(
            key="term",
            field="terms",
            flags=("--term",),
            type=_TERMS,
            help="check only this term, by id or as text",
            documentation="The only terms to check, by id or as text.",
            example='term = ["sco", "国防部"]',
            default=(),
            default_text="all",
        ),
        Option(
            key="ignore-term",
            field="ignore_terms",
            flags=("--ignore-term",),
            type=_TERMS,
            help="do not check this term",
            documentation="Terms not to check, by id or as text. They still shield: shorter terms "
            "inside them do not match.",
            example='ignore-term = ["sco"]',
            default=(),
            rare=True,
        ),
        Option(
            key="min-confidence",
            flags=("--min-confidence",),
            type=_CONFIDENCE,
            help="report missing renderings from this confidence on: {choices}",
            documentation="Missing renderings are reported from this confidence on.",
            example='min-confidence = "high"',
            default=Confidence.MEDIUM,
            brief="report misses from high, medium or low on",
        ),
    ),
)
