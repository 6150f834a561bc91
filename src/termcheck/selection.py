"""Which rule applies where, and how severely: selectors resolved into one answer a rule and file.

Rules are named by code, code prefix, name or `ALL`, and the more specific selector wins, as in ruff:
`--select TRM --ignore TRM105` and `--ignore TRM --select TRM105` both do what they say. Only this
module knows selectors; rules and the engine ask for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.globs import PathGlob, absolute_path
from termcheck.model import Applicability, Finding, Severity, TermcheckError
from termcheck.rules.base import Rule

_T = TypeVar("_T")
_EXACT = 1_000  # the specificity of a whole code or name: above that of any prefix


class PerFileIgnore(Struct, frozen=True):
    """Rules to ignore in the files a pattern means, or, `negated`, in all other files."""

    glob: PathGlob
    selectors: tuple[str, ...]
    negated: bool = False

    def applies_to(self, path: str) -> bool:
        """Whether the rules are ignored in a file, given by its absolute path."""
        return self.glob.matches(path) is not self.negated


class RuleChoice(Struct, frozen=True):
    """The selectors of one config file or of the command line; None where not given.

    `safe` and `unsafe` name rules whose fixes are to count as such.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[PerFileIgnore, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fixable: tuple[str, ...] | None = None
    extend_fixable: tuple[str, ...] = ()
    unfixable: tuple[str, ...] = ()
    safe: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()


class Selection(Struct, frozen=True):
    """The rules that run, the severities the user gave them, and the files they are ignored in.

    `unfixable` are the rules whose fixes are not wanted, `applicabilities` what the user says of the others'.
    """

    codes: frozenset[str]
    severities: Mapping[str, Severity] = field(default_factory=dict)
    per_file: tuple[tuple[PerFileIgnore, frozenset[str]], ...] = ()
    unfixable: frozenset[str] = frozenset()
    applicabilities: Mapping[str, Applicability] = field(default_factory=dict)

    @classmethod
    def build(cls, rules: Sequence[Rule], choices: Iterable[RuleChoice] = ()) -> Selection:
        """Resolve choices, the least important first (an extended config, the config, the flags).

        A choice with `select` starts anew; one without adds to and takes from what it finds. A
        selector that names no rule raises TermcheckError with the nearest name as advice.
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
            safe = [(selector, Applicability.SAFE) for selector in choice.safe]
            # At equal specificity the later one holds: better safe than sorry.
            unsafe = [(selector, Applicability.UNSAFE) for selector in choice.unsafe]
            applicabilities |= _resolved(rules, (*safe, *unsafe))
            for ignore in choice.per_file_ignores:
                found = (select_rules(rules, selector)[1] for selector in ignore.selectors)
                per_file.append((ignore, frozenset(rule.code for group in found for rule in group)))
        asked = {code: how for code, how in applicabilities.items() if code in fixing}
        return cls(frozenset(codes), severities, tuple(per_file), frozenset(fixing - fixable), asked)

    def enabled(self, rule: Rule, path: str | None = None) -> bool:
        """Whether a rule runs: at all, or in the file at `path` (as the user wrote it)."""
        if rule.code not in self.codes:
            return False
        if path is None or not self.per_file:
            return True
        absolute = absolute_path(path)
        return not any(rule.code in codes and one.applies_to(absolute) for one, codes in self.per_file)

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
    """The rules a selector names, with its specificity (0 for ALL, a prefix's length, most for one rule).

    Letter case does not count. TermcheckError if it names none.
    """
    wanted = selector.strip().casefold()
    if wanted == "all":
        return 0, tuple(rules)
    exact = tuple(rule for rule in rules if wanted in (rule.code.casefold(), rule.name.casefold()))
    if exact:
        return _EXACT, exact
    found = tuple(rule for rule in rules if rule.code.casefold().startswith(wanted))
    # A prefix is a family and perhaps digits: half a family's name is rather a slip of the pen.
    if found and len(wanted) >= len(found[0].code.rstrip("0123456789")):
        return len(wanted), found
    raise TermcheckError(
        f"no rule is called '{selector}'",
        advice=did_you_mean(selector, selectors(rules)) or "`termcheck rule --all` lists the rules",
    )


def selectors(rules: Sequence[Rule]) -> list[str]:
    """All that rules can be named by: names, codes, families, and ALL."""
    families = {rule.code.rstrip("0123456789") for rule in rules}
    return [*(rule.name for rule in rules), *(rule.code for rule in rules), *sorted(families), "ALL"]


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """`did you mean 'x'?` for the choice nearest to `word`; empty if none is near."""
    near = nearest(word, choices)
    return f"did you mean '{near}'?" if near else ""


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice nearest to `word`, letter case aside; empty if none is near."""
    import difflib

    by_folded = {choice.casefold(): choice for choice in choices}
    near = difflib.get_close_matches(word.strip().casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else ""


def _change(
    codes: set[str],
    rules: Sequence[Rule],
    only: Sequence[str] | None,
    more: Sequence[str],
    less: Sequence[str],
) -> None:
    """Start anew with `only` unless it is None, then add and take away; at equal specificity taking wins."""
    asked = [(selector, True) for selector in (*(only or ()), *more)]
    wanted = _resolved(rules, (*asked, *((selector, False) for selector in less)))
    if only is not None:
        codes.clear()
    codes -= {code for code, on in wanted.items() if not on}
    codes |= {code for code, on in wanted.items() if on}


def _resolved(rules: Sequence[Rule], asked: Iterable[tuple[str, _T]]) -> dict[str, _T]:
    """What the most specific selector says of each rule, of equally specific ones the later."""
    resolved = [(select_rules(rules, selector), value) for selector, value in asked]
    resolved.sort(key=lambda item: item[0][0])
    return {rule.code: value for (_, found), value in resolved for rule in found}
