"""Which rules run, where, and how severely: selectors read as ruff reads them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.globs import PathGlob
from termcheck.model import Finding, Location, Severity, TermcheckError
from termcheck.rules.base import Rule, Scope
from termcheck.selection import PerFileIgnore, RuleChoice, Selection, select_rules

RULES = tuple(
    Rule(code, name, Severity.WARNING, scope=Scope.PAIR, since="0.1.0", default=default)
    for code, name, default in (
        ("ABC101", "first-thing", True),
        ("ABC102", "second-thing", True),
        ("ABC110", "third-thing", False),
        ("ABC201", "other-thing", True),
        ("XYZ101", "strange-thing", False),
    )
)
ALL = {rule.code for rule in RULES}
DEFAULT = {rule.code for rule in RULES if rule.default}
BY_CODE = {rule.code: rule for rule in RULES}


def codes(*choices: RuleChoice) -> set[str]:
    return set(Selection.build(RULES, choices).codes)


def choice(select: str | None = None, ignore: str = "", extend: str = "") -> RuleChoice:
    return RuleChoice(
        select=None if select is None else tuple(select.split()),
        ignore=tuple(ignore.split()),
        extend_select=tuple(extend.split()),
    )


def test_without_a_choice_the_default_rules_run() -> None:
    assert codes() == codes(RuleChoice()) == DEFAULT


@pytest.mark.parametrize(
    ("select", "ignore", "extend", "expected"),
    [
        ("ABC101", "", "", "ABC101"),
        ("first-thing", "", "", "ABC101"),
        ("FIRST-Thing abc102", "", "", "ABC101 ABC102"),
        ("ABC1", "", "", "ABC101 ABC102 ABC110"),
        ("ABC", "", "", "ABC101 ABC102 ABC110 ABC201"),
        ("ALL", "", "", "ABC101 ABC102 ABC110 ABC201 XYZ101"),
        ("", "", "", ""),
        (None, "ABC1", "", "ABC201"),
        (None, "ALL", "", ""),
        (None, "", "XYZ", "ABC101 ABC102 ABC201 XYZ101"),
        ("ABC", "ABC1", "", "ABC201"),
        ("ABC1", "ABC", "", "ABC101 ABC102 ABC110"),
        ("ABC1", "ABC101", "", "ABC102 ABC110"),
        ("ABC101", "ABC1", "", "ABC101"),
        ("ABC101", "ALL", "", "ABC101"),
        ("ABC101", "ABC101", "", ""),
        ("ABC101", "first-thing", "", ""),
        ("ALL", "ABC", "ABC110", "ABC110 XYZ101"),
        (None, "ABC", "ABC110", "ABC110"),
    ],
)
def test_the_more_specific_selector_wins(select: str | None, ignore: str, extend: str, expected: str) -> None:
    assert codes(choice(select, ignore, extend)) == set(expected.split())


def test_a_later_select_starts_anew_and_a_later_ignore_does_not() -> None:
    config = choice("ABC1", ignore="ABC102")
    assert codes(config) == {"ABC101", "ABC110"}
    assert codes(config, choice("ABC2")) == {"ABC201"}
    assert codes(config, choice(ignore="ABC101")) == {"ABC110"}
    assert codes(config, choice(extend="ABC102")) == {"ABC101", "ABC102", "ABC110"}
    assert codes(choice(ignore="ABC101"), choice("ABC1")) == {"ABC101", "ABC102", "ABC110"}


@pytest.mark.parametrize(
    ("selector", "advice"),
    [
        ("XYZ102", "did you mean 'XYZ101'?"),
        ("frist-thing", "did you mean 'first-thing'?"),
        ("strange_thing", "did you mean 'strange-thing'?"),
        ("AL", "did you mean 'ALL'?"),
        ("A", "`termcheck rule` lists the rules"),
        ("", "`termcheck rule` lists the rules"),
        ("?", "`termcheck rule` lists the rules"),
    ],
)
def test_a_selector_that_names_no_rule(selector: str, advice: str) -> None:
    with pytest.raises(TermcheckError) as caught:
        select_rules(RULES, selector)
    assert caught.value.message == f"no rule is called '{selector}'"
    assert caught.value.advice == advice


def severity_of(code: str, selection: Selection) -> Severity:
    finding = Finding(code, "name", Severity.WARNING, "message", Location("a.md", 1, 1, 1, 1))
    return selection.as_configured(finding).severity


def test_the_severity_of_the_more_specific_selector_wins() -> None:
    given_severities = {"ABC101": Severity.ERROR, "ABC": Severity.INFO}
    for order in (given_severities, dict(reversed(given_severities.items()))):
        chosen = Selection.build(RULES, [RuleChoice(severity=order)])
        assert severity_of("ABC101", chosen) is Severity.ERROR
        assert severity_of("ABC102", chosen) is Severity.INFO
        assert severity_of("XYZ101", chosen) is Severity.WARNING


def test_a_later_severity_wins() -> None:
    layers = [RuleChoice(severity={"ABC101": Severity.ERROR}), RuleChoice(severity={"ABC": Severity.INFO})]
    assert severity_of("ABC101", Selection.build(RULES, layers)) is Severity.INFO


def ignoring(pattern: str, *selectors: str, root: str = "/base", negated: bool = False) -> Selection:
    one = PerFileIgnore(PathGlob(pattern, root), selectors, negated)
    return Selection.build(RULES, [RuleChoice(per_file_ignores=(one,))])


def test_rules_are_ignored_in_the_files_of_a_pattern() -> None:
    chosen = ignoring("drafts/*.md", "ABC1")
    assert chosen.enabled(BY_CODE["ABC101"])
    assert chosen.enabled(BY_CODE["ABC101"], "/base/final/a.md")
    assert not chosen.enabled(BY_CODE["ABC101"], "/base/drafts/a.md")
    assert chosen.enabled(BY_CODE["ABC201"], "/base/drafts/a.md")
    assert not chosen.enabled(BY_CODE["XYZ101"], "/base/final/a.md")


def test_rules_are_ignored_in_all_files_but_those_of_a_pattern() -> None:
    chosen = ignoring("final", "ABC101", negated=True)
    assert chosen.enabled(BY_CODE["ABC101"], "/base/final/a.md")
    assert not chosen.enabled(BY_CODE["ABC101"], "/base/drafts/a.md")


def test_a_relative_path_is_seen_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = ignoring("drafts", "ABC101", root=tmp_path.as_posix())
    (tmp_path / "drafts").mkdir()
    monkeypatch.chdir(tmp_path)
    assert chosen.enabled(BY_CODE["ABC101"], "a.md")
    monkeypatch.chdir("drafts")
    assert not chosen.enabled(BY_CODE["ABC101"], "a.md")


SELECTORS = st.sampled_from(["ALL", "ABC", "ABC1", "XYZ", "XYZ1", *ALL, *(rule.name for rule in RULES)])
MANY = st.lists(SELECTORS, max_size=4).map(tuple)


@given(MANY, MANY, MANY, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_within_one_choice_does_not_matter(
    select: tuple[str, ...], extend: tuple[str, ...], ignore: tuple[str, ...], random: Random
) -> None:
    def shuffled(selectors: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(selectors, key=lambda _: random.random()))

    straight = codes(RuleChoice(select, extend, ignore))
    assert straight == codes(RuleChoice(shuffled(select), shuffled(extend), shuffled(ignore)))


@given(MANY, MANY)
@settings(max_examples=60)
def test_a_rule_runs_only_if_something_selects_it(select: tuple[str, ...], ignore: tuple[str, ...]) -> None:
    named = {rule.code for selector in select for rule in select_rules(RULES, selector)[1]}
    chosen = codes(RuleChoice(select, (), ignore))
    assert chosen <= named
    assert not chosen & {rule.code for rule in RULES if rule.code in ignore or rule.name in ignore}
