"""The rules of termcheck: an explicit registry, one module a rule.

The module of a rule has its identity (`RULE`), its documentation (the docstring) and its `check`. The
tables below say which rule is asked about what; nothing registers itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType

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
    untranslated_term,
    unused_suppression,
    wrong_case,
)
from termcheck.rules.base import Rule
from termcheck.rules.context import DocumentContext, PairContext
from termcheck.rules.glossary_context import GlossaryContext

PairCheck = Callable[[PairContext], Iterator[Finding]]
DocumentCheck = Callable[[DocumentContext], Iterator[Finding]]
GlossaryCheck = Callable[[GlossaryContext], Iterator[Finding]]

_PAIR_MODULES: tuple[ModuleType, ...] = (
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
)
_DOCUMENT_MODULES: tuple[ModuleType, ...] = (inconsistent_rendering, first_use, uncertain_alignment)
_FILE_MODULES: tuple[ModuleType, ...] = (unpaired_file,)
_GLOSSARY_MODULES: tuple[ModuleType, ...] = (
    duplicate_term,
    conflicting_rendering,
    shadowed_term,
    unmatched_term,
    shared_rendering,
    no_valid_rendering,
    defective_entry,
    risky_short_term,
    dangling_reference,
)
# What only a run of texts can say of a glossary.
_USAGE_MODULES: tuple[ModuleType, ...] = (noisy_entry,)
# About the comments that silence findings.
_DIRECTIVE_MODULES: tuple[ModuleType, ...] = (
    unused_suppression,
    unknown_rule_in_suppression,
    stale_baseline,
)
_TEXT_MODULES = (*_PAIR_MODULES, *_DOCUMENT_MODULES, *_FILE_MODULES)
_ALL_MODULES = (*_TEXT_MODULES, *_GLOSSARY_MODULES, *_USAGE_MODULES, *_DIRECTIVE_MODULES)

# These look at pairs in which everything is in order, too.
_CURIOUS_MODULES: tuple[ModuleType, ...] = (non_preferred_rendering, unsupported_rendering)
NEEDS_EVERY_PAIR: frozenset[Rule] = frozenset(module.RULE for module in _CURIOUS_MODULES)

PAIR_CHECKS: Mapping[Rule, PairCheck] = {module.RULE: module.check for module in _PAIR_MODULES}
DOCUMENT_CHECKS: Mapping[Rule, DocumentCheck] = {module.RULE: module.check for module in _DOCUMENT_MODULES}

GLOSSARY_CHECKS: Mapping[Rule, GlossaryCheck] = {module.RULE: module.check for module in _GLOSSARY_MODULES}

TEXT_RULES: tuple[Rule, ...] = tuple(module.RULE for module in _TEXT_MODULES)
"""The rules whose findings stand in texts, at a pair or at a file."""

_MODULES: Mapping[str, str] = {module.RULE.code: module.__name__ for module in _ALL_MODULES}
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (module.RULE for module in _ALL_MODULES),
        key=lambda rule: (("TRM", "ALN", "GLO", "DIR").index(rule.code[:3]), rule.code),
    )
)


def documentation(rule: Rule) -> str:
    """A rule's documentation as Markdown: the docstring of its module."""
    return import_module(_MODULES[rule.code]).__doc__ or ""
