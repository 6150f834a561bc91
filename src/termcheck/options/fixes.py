"""The options for fixes, and for findings that are known already."""

from __future__ import annotations

from termcheck.options.option import Combine, Group, Option, ValueType
from termcheck.options.rules import RULE_LIST
from termcheck.options.values import FILE, SWITCH, read_text

FIXES = Group(
    "fixes",
    (
        Option(
            key="fix",
            whole_run=True,
            flags=("--fix",),
            type=SWITCH,
            negatable=True,
            help="apply the safe fixes, and name each file that is written (--no-fix: do not)",
            documentation="Whether safe fixes are applied to the files that are checked. Each file written "
            "is named. Files outside the directory of the configuration are not changed.",
            example="fix = true",
            default=False,
            brief="apply the safe fixes",
        ),
        Option(
            key="unsafe-fixes",
            whole_run=True,
            flags=("--unsafe-fixes",),
            type=SWITCH,
            negatable=True,
            help="those as well that may change more than is meant",
            documentation="Whether fixes that may change more than is meant are applied as well, or shown as "
            "available.",
            example="unsafe-fixes = true",
            default=False,
            brief="those as well that may change too much",
        ),
        Option(
            key="fix-only",
            whole_run=True,
            flags=("--fix-only",),
            type=SWITCH,
            negatable=True,
            help="apply fixes, and report nothing",
            documentation="Whether fixes are applied and nothing is reported.",
            example="fix-only = true",
            default=False,
            rare=True,
        ),
        Option(
            flags=("--diff",),
            type=SWITCH,
            help="show what fixes would change, and write nothing",
        ),
        Option(
            flags=("--exit-non-zero-on-fix",),
            type=SWITCH,
            help="exit with 1 if anything was fixed",
            rare=True,
        ),
        Option(
            key="fixable",
            flags=("--fixable",),
            type=RULE_LIST,
            combine=Combine.SELECT,
            help="fix findings of these rules only",
            documentation="The only rules whose findings may be fixed.",
            example='fixable = ["TRM102", "TRM105"]',
            default_text="all",
            rare=True,
        ),
        Option(
            key="unfixable",
            flags=("--unfixable",),
            type=RULE_LIST,
            combine=Combine.SELECT,
            help="do not fix findings of these rules",
            documentation="Rules whose findings are not fixed; of two selectors for one rule the more "
            "specific holds.",
            example='unfixable = ["wrong-case"]',
            rare=True,
        ),
        Option(
            key="extend-fixable",
            flags=("--extend-fixable",),
            type=RULE_LIST,
            combine=Combine.SELECT,
            help="fix findings of these rules as well",
            documentation="Rules whose findings may be fixed besides those of `fixable`.",
            example='extend-fixable = ["TRM103"]',
            rare=True,
        ),
        Option(
            key="extend-safe-fixes",
            type=RULE_LIST,
            combine=Combine.SELECT,
            documentation="Rules whose fixes count as safe, even if they are unsafe by default.",
            example='extend-safe-fixes = ["misspelled-rendering"]',
        ),
        Option(
            key="extend-unsafe-fixes",
            type=RULE_LIST,
            combine=Combine.SELECT,
            documentation="Rules whose fixes count as unsafe, even if they are safe by default.",
            example='extend-unsafe-fixes = ["forbidden-rendering"]',
        ),
    ),
)

KNOWN_FINDINGS = Group(
    "known findings",
    (
        Option(
            key="baseline",
            flags=("--baseline",),
            type=FILE,
            help="do not report the findings in this file",
            documentation="A file of known findings, which are not reported. `--write-baseline` writes it. "
            "An edit of a paragraph revives its findings.",
            example='baseline = "termcheck-baseline.json"',
            default="",
        ),
        Option(
            flags=("--write-baseline",),
            type=FILE,
            help="write all findings to it; from an existing file, only remove the stale ones",
            brief="write all findings to this file",
        ),
        Option(
            flags=("--add-ignore",),
            type=ValueType(read_text, "text", "REASON", optional=True),
            help="write a comment above each paragraph with findings, --add-ignore=REASON with a reason",
            brief="write a comment above each finding",
        ),
        Option(
            flags=("--extend-baseline",),
            type=SWITCH,
            help="with --write-baseline: also add new findings",
            rare=True,
        ),
    ),
)
