"""Which rules apply to which files, and with which severity.

A selector is a code, the beginning of a code, a name or `ALL`. The more specific selector wins, as in ruff:
`--select TRM --ignore TRM105` and `--ignore TRM --select TRM105` both do what they say. Only this module
handles selectors; rules and the engine see the resolved answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.globs import PathGlob, absolute_path
from termcheck.messages import did_you_mean
from termcheck.model import Applicability, Finding, Severity, TermcheckError
from termcheck.rules.base import Rule

_T = TypeVar("_T")
_EXACT = 1_000  # the specificity of a whole code or name, higher than that of any prefix


class PerFileIgnore(Struct, frozen=True):
    """Rules to ignore in the files that match a pattern or, if `negated`, in all other files."""

    glob: PathGlob
    selectors: tuple[str, ...]
    negated: bool = False

    def applies_to(self, path: str) -> bool:
        """Whether the rules are ignored in the file at an absolute path."""
        return self.glob.matches(path) is not self.negated


class RuleChoice(Struct, frozen=True):
    """The selectors of one config file or of the command line; None where none were given.

    `extend_safe_fixes` and `extend_unsafe_fixes` select rules whose fixes the user calls safe or unsafe.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[PerFileIgnore, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fixable: tuple[str, ...] | None = None
    extend_fixable: tuple[str, ...] = ()
    unfixable: tuple[str, ...] = ()
    extend_safe_fixes: tuple[str, ...] = ()
    extend_unsafe_fixes: tuple[str, ...] = ()


class Selection(Struct, frozen=True):
    """The rules that run, the severities that the user gave them, and the files that ignore them.

    `unfixable` are the rules whose fixes the user does not want. `applicabilities` are those that the user
    gave to the fixes of other rules.
    """

    codes: frozenset[str]
    severities: Mapping[str, Severity] = field(default_factory=dict)
    per_file: tuple[tuple[PerFileIgnore, frozenset[str]], ...] = ()
    unfixable: frozenset[str] = frozenset()
    applicabilities: Mapping[str, Applicability] = field(default_factory=dict)

    @classmethod
    def build(cls, rules: Sequence[Rule], choices: Iterable[RuleChoice] = ()) -> Selection:
        """Resolve choices, the least important first: an extended config, the config, the flags.

        A choice with `select` starts anew; one without it adds to the rules so far and takes from them.
        Raises TermcheckError for a selector that names no rule, with the nearest name as advice.
        """
        codes = {rule.code for rule in rules if rule.default}
        fixing = {rule.code for rule in rules if rule.fix}
        fixable = set(fixing)
        severities: dict[str, Severity] = {}
        applicabilities: dict[str, Applicability] = {}
        per_file: list[tuple[PerFileIgnore, frozenset[str]]] = []
        for choice in choices:
            _change(codes, rules, choice.select, choice.extend_select, choice.ignore)
            _change(fixable, rules, choice.fixable, choice.extend_fixable, choice.unfixable)
            severities |= _resolved(rules, choice.severity.items())
            safe = [(selector, Applicability.SAFE) for selector in choice.extend_safe_fixes]
            # Of two equally specific selectors the later one wins, and `unsafe` is the cautious answer.
            unsafe = [(selector, Applicability.UNSAFE) for selector in choice.extend_unsafe_fixes]
            applicabilities |= _resolved(rules, (*safe, *unsafe))
            for ignore in choice.per_file_ignores:
                ignored = (select_rules(rules, selector)[1] for selector in ignore.selectors)
                per_file.append((ignore, frozenset(rule.code for group in ignored for rule in group)))
        given = {code: level for code, level in applicabilities.items() if code in fixing}
        return cls(frozenset(codes), severities, tuple(per_file), frozenset(fixing - fixable), given)

    def enabled(self, rule: Rule, path: str | None = None) -> bool:
        """Whether a rule runs at all or, with `path` (as the user wrote it), in that file."""
        if rule.code not in self.codes:
            return False
        if path is None or not self.per_file:
            return True
        absolute = absolute_path(path)
        return not any(rule.code in codes and ignore.applies_to(absolute) for ignore, codes in self.per_file)

    def as_configured(self, finding: Finding) -> Finding:
        """The finding with the severity the user gave its rule, and with its fix as the user wants it."""
        severity = self.severities.get(finding.code, finding.severity)
        fix = None if finding.code in self.unfixable else finding.fix
        if fix is not None and finding.code in self.applicabilities:
            fix = replace(fix, applicability=self.applicabilities[finding.code])
        if severity is finding.severity and fix is finding.fix:
            return finding
        return replace(finding, severity=severity, fix=fix)


def select_rules(rules: Sequence[Rule], selector: str) -> tuple[int, tuple[Rule, ...]]:
    """The specificity of a selector and the rules it names, ignoring letter case.

    The specificity is 0 for ALL, the length of a prefix, and highest for one rule. Raises TermcheckError
    if it names no rule.
    """
    wanted = selector.strip().casefold()
    if wanted == "all":
        return 0, tuple(rules)
    exact = tuple(rule for rule in rules if wanted in (rule.code.casefold(), rule.name.casefold()))
    if exact:
        return _EXACT, exact
    selected = tuple(rule for rule in rules if rule.code.casefold().startswith(wanted))
    # A prefix is a family and perhaps digits: a part of a family's name is more likely a typing error.
    if selected and len(wanted) >= len(selected[0].code.rstrip("0123456789")):
        return len(wanted), selected
    if len(selector.split()) > 1:
        raise TermcheckError(f"no rule is called '{selector}'", advice="separate the rules by commas")
    raise TermcheckError(
        f"no rule is called '{selector}'",
        advice=did_you_mean(selector, selectors(rules)) or "`termcheck rule` lists the rules",
    )


def selectors(rules: Sequence[Rule]) -> list[str]:
    """Everything that can name rules: names, codes, families, and ALL."""
    families = {rule.code.rstrip("0123456789") for rule in rules}
    return [*(rule.name for rule in rules), *(rule.code for rule in rules), *sorted(families), "ALL"]


def _change(
    codes: set[str],
    rules: Sequence[Rule],
    only: Sequence[str] | None,
    more: Sequence[str],
    less: Sequence[str],
) -> None:
    """Start anew with `only` unless it is None, then add `more` and remove `less`.

    Of two equally specific selectors the one that removes wins.
    """
    added = [(selector, True) for selector in (*(only or ()), *more)]
    wanted = _resolved(rules, (*added, *((selector, False) for selector in less)))
    if only is not None:
        codes.clear()
    codes -= {code for code, on in wanted.items() if not on}
    codes |= {code for code, on in wanted.items() if on}


def _resolved(rules: Sequence[Rule], given: Iterable[tuple[str, _T]]) -> dict[str, _T]:
    """For each rule the value of its most specific selector, or of the later of equally specific ones."""
    resolved = [(select_rules(rules, selector), value) for selector, value in given]
    resolved.sort(key=lambda item: item[0][0])
    return {rule.code: value for (_, named), value in resolved for rule in named}
