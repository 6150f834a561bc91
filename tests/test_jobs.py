"""Checking in several processes: the same report as in one, and nothing that hangs."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from termcheck import engine, rules
from termcheck.config import Settings
from termcheck.discovery import discover
from termcheck.engine import processes, workers
from termcheck.engine.unit_result import UnitResult
from termcheck.engine.units import Unit
from termcheck.file_pairs import PairPattern
from termcheck.globs import absolute_path
from termcheck.model import Report, TermcheckError
from termcheck.scope import Scope
from termcheck.selection import RuleChoice, Selection

GLOSSARY = """
国防部: MND
上合组织: [SCO, Shanghai Cooperation Organization]
南海: {en: South China Sea, forbid: [South Sea]}
"""
PARAGRAPHS = (
    "国防部今天发表了讲话。\n\nThe MND made a speech today.\n",
    "上合组织在海边举行会议。\n\nThe Shangai Cooperation Organization held a meeting at the sea.\n",
    "船只在南海航行。\n\nShips sailed the South Sea.\n",
    "国防部没有回答。\n\nNobody answered.\n",
)

# The function itself, whatever a test puts in its place.
_CHECK = processes._check


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of texts: sound ones, one that is no UTF-8, and tables without and with a wrong row."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workers, "_BYTES_PER_PROCESS", 1)
    Path("glossary.yaml").write_text(GLOSSARY, "utf-8")
    for number in range(9):
        text = "\n".join(PARAGRAPHS[(number + place) % 4] for place in range(number + 1))
        Path(f"talk{number}.md").write_text(text, "utf-8")
    Path("broken.md").write_bytes(b"\xff\xfe\xfd")
    Path("other.jsonl").write_text('{"name": "x"}\n', "utf-8")
    Path("rows.csv").write_text("source,target\n国防部,the army\n国防部,a,b\n", "utf-8")
    return tmp_path


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pages in English and three other languages, of which the glossary has two."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workers, "_BYTES_PER_PROCESS", 1)
    entries = "languages: [en, fr, de]\nterms:\n  library: {fr: bibliothèque, de: Bibliothek}\n"
    Path("glossary.yaml").write_text(entries, "utf-8")
    for language, word in {"en": "library", "fr": "médiathèque", "de": "Bücherei", "ko": "도서관"}.items():
        Path(language).mkdir()
        text = f"The {word}.\n\nOur {word} <!-- termcheck: ignore[TRM102] -->.\n"
        for number in range(3):
            Path(f"{language}/{number}.md").write_text(text, "utf-8")
    return tmp_path


def check(count: int) -> Report:
    return engine.check(discover(["."], Scope(("glossary.yaml",))).jobs, _settings(count))


def _settings(count: int) -> Settings:
    selection = Selection.build(rules.RULES, [RuleChoice(select=("ALL",))])
    return Settings(selection=selection, root="/", jobs=count, cache=False)


# A language of the paths that the glossary lacks is left out, one that a pair names is an error.
@pytest.mark.parametrize("korean", ["{lang}", "ko"])
@pytest.mark.usefixtures("site")
def test_nor_does_a_report_on_several_languages(korean: str) -> None:
    languages = ["{lang}"] if korean == "{lang}" else ["fr", "de", "ko"]
    here = absolute_path(".")
    pairs = tuple(
        PairPattern("en/{n}", f"{name}/{{n}}", here, target_lang="" if name == "{lang}" else name)
        for name in languages
    )
    jobs = discover(["."], Scope(("glossary.yaml",), pairs=pairs)).jobs
    one, two = (engine.check(jobs, _settings(processes)) for processes in (1, 2))
    assert two.findings == one.findings
    # The comment in the original is unused in each language that could be checked.
    files = {"fr", "de", "gl"} | ({"en"} if korean == "{lang}" else set())
    assert {finding.location.path[:2] for finding in one.findings} == files
    assert (two.coverage, two.notices) == (one.coverage, one.notices)
    assert list(map(str, two.errors)) == list(map(str, one.errors))
    assert len(one.notices if korean == "{lang}" else one.errors) == 1


@pytest.mark.usefixtures("corpus")
def test_the_report_does_not_depend_on_the_number_of_processes() -> None:
    one, two = check(1), check(2)
    assert two.findings == one.findings
    assert {finding.code for finding in one.findings} >= {"TRM101", "TRM102", "TRM103"}
    assert two.coverage == one.coverage
    assert two.notices == one.notices
    assert list(map(str, two.errors)) == list(map(str, one.errors))
    assert len(one.errors) == 2
    assert {path: document.raw for path, document in two.documents.items()} == {
        path: document.raw for path, document in one.documents.items()
    }


@pytest.mark.usefixtures("corpus")
def test_a_mistake_in_the_glossary_is_told_once() -> None:
    Path("glossary.yaml").write_text("国防部: [MND\n", "utf-8")
    assert len(check(2).errors) == len(check(1).errors) == 1


@pytest.mark.usefixtures("corpus")
def test_a_unit_whose_process_is_killed_is_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    one = check(1)
    monkeypatch.setattr(processes, "_check", _die_once)
    two = check(2)
    assert Path("died").exists()
    assert (two.findings, two.coverage, two.notices) == (one.findings, one.coverage, one.notices)
    assert list(map(str, two.errors)) == list(map(str, one.errors))


@pytest.mark.usefixtures("corpus")
def test_a_unit_that_is_killed_again_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    one = check(1)
    monkeypatch.setattr(processes, "_check", _die)
    two = check(2)
    # How sure a finding is depends on all texts, but which there are does not.
    expected = [each for each in one.findings if each.location.path != "talk3.md"]
    assert [(each.code, each.location) for each in two.findings] == [
        (each.code, each.location) for each in expected
    ]
    [error] = [error for error in two.errors if error.path == "talk3.md"]
    assert error.message == "was not checked, because its process was killed twice"
    assert len(two.errors) == len(one.errors) + 1


@pytest.mark.usefixtures("corpus")
def test_processes_that_all_end_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_check", _die_always)
    with pytest.raises(TermcheckError, match="one process after another was killed"):
        check(2)


def _die(unit: Unit) -> UnitResult:
    if unit.job.source_name == "talk3.md":
        os._exit(9)
    return _CHECK(unit)


def _die_once(unit: Unit) -> UnitResult:
    if unit.job.source_name == "talk3.md" and not Path("died").exists():
        Path("died").touch()
        os._exit(9)
    return _CHECK(unit)


def _die_always(_: Unit) -> UnitResult:
    os._exit(9)


def test_errors_come_back_from_another_process_as_they_were() -> None:
    error = TermcheckError("is wrong", path="a.md", line=2, column=3, advice="mend it")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
