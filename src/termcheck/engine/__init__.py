"""The pipeline: discover, read, align, match, judge, apply the rules, report.

Each step is a pure function but the first, which reads files. What goes wrong with one file is kept
as an error beside the findings of the others, so that a bad file never hides a bad rendering.
"""

from __future__ import annotations

from termcheck.engine.glossaries import Glossaries
from termcheck.engine.prepare import Prepared, passed_over, prepare, row_errors
from termcheck.engine.run import check, check_glossary, pairs, with_errors
from termcheck.engine.verdicts import judge
from termcheck.engine.workers import Pace, Progress

__all__ = [
    "Glossaries",
    "Pace",
    "Prepared",
    "Progress",
    "check",
    "check_glossary",
    "judge",
    "pairs",
    "passed_over",
    "prepare",
    "row_errors",
    "with_errors",
]
