"""The registry of rules: one module for each rule.

The module of a rule holds its identity and needs (`RULE`), its documentation (the docstring) and its `check`.
A new rule is one module and one line in `_MODULES`; no module registers itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from termcheck.model import Finding
from termcheck.rules import (
    conflicting_rendering,
    dangling_reference,
    defective_entry,
    duplicate_term,
    empty_translation,
    first_use,
    forbidden_rendering,
    inconsistent_rendering,
    missing_occurrence,
    missing_rendering,
    misspelled_rendering,
    no_inflection,
    no_valid_rendering,
    noisy_entry,
    non_preferred_rendering,
    risky_short_term,
    shadowed_term,
    shared_rendering,
    stale_baseline,
    uncertain_alignment,
    unknown_rule_in_suppression,
    unmatched_term,
    unpaired_file,
    unpaired_paragraph,
    unsupported_rendering,
    untranslated_block,
    untranslated_term,
    unusable_entry,
    unused_suppression,
    wrong_case,
)
from termcheck.rules.base import Rule, Scope
from termcheck.rules.context import BaselineContext, DocumentContext, FileContext, PairContext
from termcheck.rules.glossary_context import GlossaryContext

_MODULES: tuple[ModuleType, ...] = (
    missing_rendering,
    forbidden_rendering,
    misspelled_rendering,
    untranslated_term,
    wrong_case,
    non_preferred_rendering,
    missing_occurrence,
    unsupported_rendering,
    unpaired_paragraph,
    empty_translation,
    inconsistent_rendering,
    first_use,
    uncertain_alignment,
    unpaired_file,
    untranslated_block,
    duplicate_term,
    conflicting_rendering,
    shadowed_term,
    unmatched_term,
    shared_rendering,
    no_valid_rendering,
    defective_entry,
    risky_short_term,
    dangling_reference,
    noisy_entry,
    no_inflection,
    unusable_entry,
    unused_suppression,
    unknown_rule_in_suppression,
    stale_baseline,
)
_FAMILIES = ("TRM", "ALN", "GLO", "DIR")

RULES: tuple[Rule, ...] = tuple(
    sorted((module.RULE for module in _MODULES), key=lambda rule: (_FAMILIES.index(rule.code[:3]), rule.code))
)
TEXT_RULES: tuple[Rule, ...] = tuple(
    module.RULE for module in _MODULES if module.RULE.scope in (Scope.PAIR, Scope.DOCUMENT, Scope.FILE)
)
"""The rules whose findings are in texts: at a pair, a document or a file."""

PER_FILE: Mapping[str, Callable[[Sequence[Finding], str], Finding]] = {
    unpaired_paragraph.RULE.code: unpaired_paragraph.in_one
}
"""By code of a rule, the function that makes one finding of all its findings in a file, given their path."""

PairCheck = Callable[[PairContext], Iterator[Finding]]
DocumentCheck = Callable[[DocumentContext], Iterator[Finding]]
FileCheck = Callable[[FileContext], Iterator[Finding]]
GlossaryCheck = Callable[[GlossaryContext], Iterator[Finding]]
BaselineCheck = Callable[[BaselineContext], Iterator[Finding]]


def _checks(scope: Scope) -> dict[Rule, Any]:
    return {module.RULE: module.check for module in _MODULES if module.RULE.scope is scope}


PAIR_CHECKS: Mapping[Rule, PairCheck] = _checks(Scope.PAIR)
DOCUMENT_CHECKS: Mapping[Rule, DocumentCheck] = _checks(Scope.DOCUMENT)
FILE_CHECKS: Mapping[Rule, FileCheck] = _checks(Scope.FILE)
GLOSSARY_CHECKS: Mapping[Rule, GlossaryCheck] = _checks(Scope.GLOSSARY)
GLOSSARY_USE_CHECKS: Mapping[Rule, GlossaryCheck] = _checks(Scope.GLOSSARY_USE)
BASELINE_CHECKS: Mapping[Rule, BaselineCheck] = _checks(Scope.BASELINE)


def documentation(rule: Rule) -> str:
    """The documentation of a rule in Markdown, which is the docstring of its module."""
    return next(module.__doc__ or "" for module in _MODULES if rule == module.RULE)
