"""The table of options: each entry makes a flag, a line of help, a key, a page and a completion, once."""

from __future__ import annotations

import argparse
import importlib.util
import re
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from pages import guide
from support import ROOT
from termcheck.cli.arguments import build_parser
from termcheck.cli.completion import add_completers
from termcheck.cli.config import option_pages, settings_text
from termcheck.cli.inputs import settings_of
from termcheck.cli.other_tools import COMMANDS, FLAGS
from termcheck.config import Settings, resolve
from termcheck.config_file import load_config
from termcheck.data import read_text
from termcheck.model import Severity, TermcheckError
from termcheck.options import OPTIONS, Combine, Group, Option, OptionTable
from termcheck.options.rules import SEVERITY
from termcheck.selection import RuleChoice

KEYED = list(OPTIONS.by_key.values())
FLAGGED = [option for option in OPTIONS if option.flags]


def name(option: Option) -> str:
    return option.key or option.flags[-1]


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands of a parser by name, with their own commands as `glossary check`."""
    found = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, command in action.choices.items():
                found[word] = command
                found |= {f"{word} {inner}": one for inner, one in commands(command).items()}
    return found


def flat(text: str) -> str:
    """Text without line breaks, wherever they were put: `--help` breaks words at hyphens, too."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """What makes the reference part of the documentation."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "_ext" / "reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Each entry of the table


@pytest.mark.parametrize("option", FLAGGED, ids=name)
def test_each_flag_is_in_the_help_of_check(option: Option) -> None:
    shown = flat(commands(build_parser())["check"].format_help())
    assert option.help
    assert flat(option.help_line()) in shown
    for flag in option.flags:
        assert flag in shown


@pytest.mark.parametrize("option", KEYED, ids=name)
def test_each_key_has_a_page(option: Option, here: Path, reference: ModuleType) -> None:
    assert here
    shown, documented = option_pages([option.key], resolve([])), reference._settings()
    assert option.documentation
    assert flat(option.documentation) in flat(shown)
    for text in (option.takes, option.default_line()):
        assert text in shown
    section = documented.partition(f"\n## {option.key}\n")[2].partition("\n## ")[0]
    for text in (option.documentation, option.takes, option.default_line(), option.example):
        assert text in section


@pytest.mark.parametrize("option", KEYED, ids=name)
def test_each_example_sets_its_key(option: Option, here: Path) -> None:
    assert list(tomllib.loads(option.example)) == [option.key]
    config = here / "inner" / "termcheck.toml"
    config.parent.mkdir()
    config.write_text(option.example, encoding="utf-8")
    (here / "termcheck.toml").write_text("", encoding="utf-8")
    layers = load_config(str(config))
    assert list(layers[-1].values) == [option.key]
    assert resolve(layers).config_path == "inner/termcheck.toml"


@pytest.mark.parametrize("option", KEYED, ids=name)
def test_each_key_has_a_place_where_its_value_goes(option: Option) -> None:
    holder = RuleChoice if option.combine is Combine.SELECT else Settings
    held = option.settings_field in holder.__struct_fields__
    assert held is (option.combine is not Combine.LOAD)


def test_each_setting_has_its_key_and_its_default(here: Path) -> None:
    settings = resolve([])
    by_field = {option.settings_field: option for option in KEYED if option.combine is Combine.REPLACE}
    others = {"selection", "root", "config_path", "extended", "changes", "piped", "nested"}
    assert set(Settings.__struct_fields__) == others | set(by_field)
    for field, option in by_field.items():
        if field != "exclude":
            assert getattr(settings, field) == option.default, field
    assert [glob.pattern for glob in settings.exclude] == list(OPTIONS.by_key["exclude"].default)
    assert settings.root == here.as_posix()


@pytest.mark.parametrize("option", [option for option in OPTIONS if not option.type.commas], ids=name)
def test_each_choice_is_in_the_help_and_on_the_page(option: Option) -> None:
    for choice in option.choices():
        if option.key:
            assert re.search(rf"\b{choice}\b", f"{option.takes} {option.documentation}"), choice
            assert re.search(rf"\b{choice}\b", option.help_line()), choice
        else:
            assert choice in commands(build_parser())["check"].format_help()


def test_nothing_is_described_twice() -> None:
    described = Counter(
        text
        for option in OPTIONS
        for text in (option.key, *option.flags, option.documentation, option.example)
        if text
    )
    assert [text for text, times in described.items() if times > 1] == []
    for group in OPTIONS.groups.values():
        helps = [option.help for option in group.options if option.flags]
        assert len(helps) == len(set(helps))


def test_check_has_no_flag_outside_the_table() -> None:
    known = {"-h", "--help", *OPTIONS.by_flag}
    known |= {option.opposite for option in OPTIONS if option.negatable}
    assert set(commands(build_parser())["check"]._option_string_actions) == known


def test_the_documentation_has_each_key_once_in_alphabetical_order(reference: ModuleType) -> None:
    assert re.findall(r"^## (.*)$", reference._settings(), re.M) == sorted(OPTIONS.by_key)


@pytest.mark.parametrize("command", ["check", "config", "glossary check", "glossary score", "glossary trace"])
def test_help_fits_a_screen(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    commands(build_parser())[command].print_help()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 56
    assert max(map(len, lines)) <= 80


def test_the_guide_lists_the_settings_of_the_whole_run() -> None:
    page = guide("configuration").text()
    listed = re.search(r"for the whole run:\*\*(.*?)\.", page, re.DOTALL)
    assert listed
    keys = set(re.findall(r"`([a-z-]+)`", listed[1]))
    assert keys == {option.key for option in KEYED if option.whole_run}


# A new entry of the table

TONE = Option(
    key="tone",
    flags=("-T", "--tone"),
    # The fake has no field of its own, and takes the place of `--fail-on`.
    field="fail_on",
    type=SEVERITY,
    help="complain in this tone: {choices}",
    documentation="The **tone** of complaints.",
    example='tone = "info"',
    default=Severity.ERROR,
)


@pytest.fixture
def table() -> OptionTable:
    kept = (
        Group(title, tuple(option for option in group.options if option.key != "fail-on"), group.description)
        for title, group in OPTIONS.groups.items()
    )
    return OptionTable(*kept, Group("manners", (TONE,)))


def test_a_new_entry_is_a_flag_with_its_help(table: OptionTable, here: Path) -> None:
    assert here
    parser = build_parser(options=table)
    # From Python 3.13 on, the value comes once.
    shown = commands(parser)["check"].format_help()
    assert re.search(r"^manners:\n  -T( SEVERITY)?, --tone SEVERITY\b", shown, re.MULTILINE)
    shown = flat(commands(parser)["check"].format_help())
    assert flat("complain in this tone: error (default), warning, info") in shown
    assert settings_of(parser.parse_args(["check", "--tone", "info"]), table).fail_on is Severity.INFO
    assert settings_of(parser.parse_args(["check", "-T", "warning"]), table).fail_on is Severity.WARNING
    with pytest.raises(TermcheckError, match="--tone: there is no 'eror'; did you mean 'error'"):
        settings_of(parser.parse_args(["check", "--tone", "eror"]), table)


def test_a_new_entry_is_a_key_of_config_files(table: OptionTable, here: Path) -> None:
    config = here / "termcheck.toml"
    config.write_text("tone = 'info'\n", encoding="utf-8")
    settings = resolve(load_config(str(config), table), table)
    assert settings.fail_on is Severity.INFO
    assert '\ntone = "info"\n' in settings_text(settings, table)
    for text, message in (
        ("jobs = 1\n  tome = 1\n", r"termcheck\.toml:2:3: unknown key 'tome'; did you mean 'tone'"),
        ("jobs = 1\ntone = 1\n", r"termcheck\.toml:2:1: 'tone': expected text, not a number"),
    ):
        config.write_text(text, encoding="utf-8")
        with pytest.raises(TermcheckError, match=message):
            load_config(str(config), table)


def test_a_new_entry_has_its_page(table: OptionTable, here: Path, reference: ModuleType) -> None:
    assert here
    assert option_pages(["tone"], resolve([]), table).splitlines() == [
        "tone",
        "  The **tone** of complaints.",
        "",
        "  Takes:     error, warning or info",
        "  Default:   error",
        '  In effect: "warning"',
        "  Example:",
        '    tone = "info"',
    ]
    section = (
        "## tone\n\nThe **tone** of complaints.\n\nTakes: error, warning or info. Default: error.\n\n"
        '```toml\ntone = "info"\n```\n'
    )
    assert section in reference._settings(table)
    assert "- `-T, --tone SEVERITY`: " in reference._command_line(table)


def test_a_new_entry_is_completed(table: OptionTable) -> None:
    parser = build_parser(options=table)
    add_completers(parser, table)
    found = commands(parser)
    assert list(found["check"]._option_string_actions["--tone"].completer("")) == ["error", "warning", "info"]
    [keys] = [action for action in found["config"]._actions if action.dest == "keys"]
    assert "tone" in keys.completer("")


# What `termcheck init` writes


def test_the_first_config_file_is_right_when_its_comments_are_taken_out(here: Path) -> None:
    lines = read_text("init/termcheck.toml").splitlines()
    text = "\n".join(line.removeprefix("# ") for line in lines if re.match(r"# (\[|[a-z-]+ =)", line))
    (here / "termcheck.toml").write_text(text, encoding="utf-8")
    [layer] = load_config("termcheck.toml")
    keys = {"glossary", "ignore", "fail-on", "extend-exclude", "pairs", "severity"}
    assert set(layer.values) == keys
    assert f'fail-on = "warning"               # {OPTIONS.by_key["fail-on"].takes}\n' in text


def test_what_other_tools_call_otherwise_is_there() -> None:
    flags = {word for ours in FLAGS.values() for word in ours.split() if word.startswith("--")}
    assert flags <= set(OPTIONS.by_flag)
    assert FLAGS.keys().isdisjoint(OPTIONS.by_flag)
    named = commands(build_parser())
    assert {ours.split()[0] for ours in COMMANDS.values()} <= set(named)
    assert COMMANDS.keys().isdisjoint(named)
