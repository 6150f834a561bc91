"""Corpora, whose files are checked in stretches: in any number of processes, with any number of findings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from termcheck import engine, rules
from termcheck.config import Settings
from termcheck.discovery import discover
from termcheck.engine import finding_spool, units, workers
from termcheck.model import Confidence, Report
from termcheck.readers import cutting
from termcheck.report import RenderOptions, pieces, render
from termcheck.scope import Scope
from termcheck.selection import RuleChoice, Selection

GLOSSARY = "国防部: MND\n上合组织: SCO\n南海: {en: South China Sea, forbid: [South Sea]}\n"
ROWS = [
    ("国防部今天发表讲话。", "The MND made a speech today."),
    ("上合组织举行会议。", "The organisation held a meeting."),
    ("船只在南海航行。", "Ships sailed the South Sea."),
    ("没有人回答。", "Nobody answered."),
    ("国防部没有回答。", "The army did not answer."),
] * 40


def line(source: str, target: str) -> str:
    return json.dumps({"source": source, "target": target}, ensure_ascii=False) + "\n"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus beside a small file on either side of it in the order of paths."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(units, "_BIG", 2_000)
    monkeypatch.setattr(cutting, "_LONG", 800)
    monkeypatch.setattr(workers, "_BYTES_PER_PROCESS", 1)
    Path("glossary.yaml").write_text(GLOSSARY, "utf-8")
    Path("a.jsonl").write_text(line(*ROWS[2]), "utf-8")
    Path("z.jsonl").write_text(line(*ROWS[1]), "utf-8")
    path = Path("corpus.jsonl")
    path.write_text("".join(line(*row) for row in ROWS), "utf-8")
    return path


def check(processes: int = 1, **more: object) -> Report:
    settings = Settings(
        selection=Selection.build(rules.RULES, [RuleChoice(ignore=("TRM107",))]),
        root="/",
        jobs=processes,
        cache=False,
        min_confidence=Confidence.LOW,
    )
    return engine.check(discover(["."], Scope(("glossary.yaml",))).jobs, settings, **more)  # type: ignore[arg-type]


def texts(report: Report) -> list[str]:
    options = RenderOptions()
    assert "".join(pieces(report, "concise", options)) == render(report, "concise", options)
    return [render(report, format_, options) for format_ in ("json-lines", "json", "concise")]


@pytest.mark.usefixtures("corpus")
def test_stretches_find_what_the_whole_file_finds_in_any_number_of_processes() -> None:
    whole = check(whole=True)
    assert len(whole.findings) > 100
    for processes in (1, 2):
        found = check(processes)
        assert texts(found) == texts(whole)
        assert found.coverage == whole.coverage


@pytest.mark.usefixtures("corpus")
def test_findings_that_do_not_fit_into_memory_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    in_memory = check()
    monkeypatch.setattr(finding_spool, "_MOST_IN_MEMORY", 30)
    spilled = check()
    assert isinstance(spilled.findings, finding_spool.RatedFindings)
    assert texts(spilled) == texts(in_memory)
    assert spilled.findings[3] == in_memory.findings[3]
    assert spilled.findings[-1] == in_memory.findings[-1]
    assert spilled.findings[5:9] == in_memory.findings[5:9]


def test_first_uses_are_those_of_the_file(corpus: Path) -> None:
    entry = (
        "上合组织: {en: [{term: Shanghai Cooperation Organization, type: full}, {term: SCO, type: acronym}],"
    )
    Path("glossary.yaml").write_text(f"terms:\n  {entry} first_use: full}}\n", "utf-8")
    later = ("上合组织开会。", "The SCO met.")
    corpus.write_text(
        "".join(line(*row) for row in [later] * 3 + [("今天。", "Today.")] * 99 + [later]), "utf-8"
    )
    assert [one.location.line for one in check().findings if one.code == "TRM108"] == [1]


def test_mistakes_in_rows_are_told_up_to_a_number(corpus: Path) -> None:
    rows = [line(*row) for row in ROWS]
    rows[::4] = ['{"source": 1, "target": ""}\n'] * 50
    corpus.write_text("".join(rows), "utf-8")
    whole, found = check(whole=True), check(2)
    assert list(map(str, found.errors)) == list(map(str, whole.errors))
    assert len(found.errors) == 21
    assert found.errors[-1].message == "30 more rows cannot be read"
    assert found.coverage == whole.coverage


def test_a_file_of_something_else_is_passed_over_once(corpus: Path) -> None:
    corpus.write_text('{"id": "x"}\n' * 1000, "utf-8")
    found = check(2)
    said = "corpus.jsonl: no keys “source” and “target”, not checked"
    assert [notice for notice in found.notices if notice.startswith("corpus")] == [said]
    assert not found.errors


def test_a_stretch_without_any_row_to_check_is_a_mistake_in_each(corpus: Path) -> None:
    corpus.write_text(corpus.read_text("utf-8") + '{"id": "x"}\n' * 500, "utf-8")
    first, *_, last = check(2).errors
    assert (first.line, first.message) == (201, "the object has neither the key “source” nor “target”")
    assert "more rows cannot be read" in last.message


def test_what_precedes_an_undecodable_byte_is_checked(corpus: Path) -> None:
    corpus.write_bytes(corpus.read_bytes() + b'{"source": "\xff"}')
    found = check()
    assert [error.path for error in found.errors] == ["corpus.jsonl"]
    assert any(finding.location.path == "corpus.jsonl" for finding in found.findings)


@pytest.mark.usefixtures("corpus")
def test_an_interrupt_leaves_what_was_found_until_then() -> None:
    with pytest.raises(KeyboardInterrupt):
        check(progress=_interrupt_at(90))
    found = check(progress=_interrupt_at(90), partial=True)
    assert found.interrupted
    assert "interrupted: this is what was found until then" in found.notices
    assert 90 <= found.coverage.pairs < len(ROWS)
    whole = [one for one in check().findings if one.location.path in ("a.jsonl", "corpus.jsonl")]
    places = [(one.code, one.location) for one in found.findings]
    assert places == [(one.code, one.location) for one in whole][: len(places)]


def _interrupt_at(pairs: int) -> Callable[[workers.Pace], None]:
    def interrupt(pace: workers.Pace) -> None:
        if pace.pairs >= pairs:
            raise KeyboardInterrupt

    return interrupt
