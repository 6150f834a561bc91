"""The pipeline: read, align, judge, apply the rules, suppress, report.

Only the first step reads files; every other step is a pure function. An error in one file stands beside the
findings of the others, so that a bad file never hides a bad rendering.
"""

from __future__ import annotations

from termcheck.engine.bitexts import bitexts
from termcheck.engine.check_bitext import CheckedBitext, check_bitext
from termcheck.engine.file_languages import with_declared_languages
from termcheck.engine.glossaries import Glossaries, checkable, no_such_term
from termcheck.engine.prepare import (
    PreparedBitext,
    passed_over,
    prepare_job,
    row_errors,
)
from termcheck.engine.run import check, check_glossary, notices_on_found, pairs, with_found
from termcheck.engine.units import size_of
from termcheck.engine.workers import Pace, Progress

__all__ = [
    "CheckedBitext",
    "Glossaries",
    "Pace",
    "PreparedBitext",
    "Progress",
    "bitexts",
    "check",
    "check_bitext",
    "check_glossary",
    "checkable",
    "no_such_term",
    "notices_on_found",
    "pairs",
    "passed_over",
    "prepare_job",
    "row_errors",
    "size_of",
    "with_declared_languages",
    "with_found",
]
