"""What is written into a baseline is known from then on, in any order, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from support import Termcheck
from termcheck import engine
from termcheck.baseline import Entry, entry_of, parse_baseline, render_baseline
from termcheck.config import Settings
from termcheck.jobs import Job
from termcheck.model import Report, SilencedBy
from termcheck.rules import RULES
from termcheck.selection import RuleChoice, Selection

GLOSSARY = """
languages: [zh, en]
terms:
  上合组织: {en: SCO, concept: sco}
  南海: {en: South China Sea, forbid: [South Sea]}
"""
PARAGRAPHS = [
    ("上合组织成员国代表今天出席会议。", "Delegates of the bloc attended today."),
    ("各方讨论了南海的局势，并交换意见。", "They discussed the South Sea and exchanged views."),
    ("上合组织的下一次峰会将于明年举行。", "The next summit will be held in a year."),
    ("会议结束后，代表们合影留念。", "After the meeting a photo was taken."),
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ENTRIES = st.builds(Entry, TEXT, TEXT, TEXT, st.integers(0, 99).map(lambda number: f"{number:032x}"))


def name(path: str) -> str:
    return Path(path).name


def check(pairs: list[tuple[str, str]], folder: Path, baseline: Path | None = None) -> Report:
    path = folder / "glossary.yaml"
    path.write_text(GLOSSARY, encoding="utf-8")
    rows = "".join(json.dumps({"source": source, "target": target}) + "\n" for source, target in pairs)
    talk = str(folder / "talk.jsonl")
    job = Job(talk, talk, glossaries=(str(path),), data=rows.encode())
    chosen = Settings(
        selection=Selection.build(RULES, [RuleChoice(select=("TRM",))]),
        root=str(folder),
        baseline=str(baseline or ""),
    )
    return engine.check([job] if pairs else [], chosen)


@settings(max_examples=60)
@given(
    known=st.lists(st.sampled_from(PARAGRAPHS), max_size=4),
    more=st.lists(st.sampled_from(PARAGRAPHS), max_size=3),
    random=st.randoms(use_true_random=False),
)
def test_what_is_written_is_known_and_what_is_not_is_not(
    known: list[tuple[str, str]], more: list[tuple[str, str]], random: Random, tmp_path: Path
) -> None:
    file = tmp_path / "baseline.json"
    before = check(known, tmp_path).findings
    file.write_text(render_baseline(entry_of(one, name) for one in before), encoding="utf-8")
    mixed = [*known, *more]
    random.shuffle(mixed)
    bare, report = check(mixed, tmp_path), check(mixed, tmp_path, file)
    new = {one.fingerprint for one in bare.findings} - {one.fingerprint for one in before}
    assert {one.fingerprint for one in report.findings} == new
    assert all(one.by is SilencedBy.BASELINE for one in report.silenced)
    assert report.coverage.baselined == len(report.silenced) == len(bare.findings) - len(report.findings)
    assert not report.stale


@given(st.lists(ENTRIES, max_size=6), st.randoms(use_true_random=False))
def test_a_baseline_reads_back_and_has_one_form(entries: list[Entry], random: Random) -> None:
    text = render_baseline(entries)
    assert parse_baseline(text, "b.json").entries == tuple(sorted(set(entries)))
    shuffled = [*entries, *entries]
    random.shuffle(shuffled)
    assert render_baseline(shuffled) == text
    assert text.count("\n") == (len(set(entries)) + 5 if entries else 4)
    assert text.endswith("}\n")


def test_only_findings_that_are_gone_are_stale(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    entries = [entry_of(one, name) for one in check(PARAGRAPHS[:2], tmp_path).findings]
    elsewhere = replace(entries[0], path="other.jsonl", fingerprint="0" * 32)
    (tmp_path / "other.jsonl").touch()
    file.write_text(render_baseline([*entries, elsewhere]), encoding="utf-8")
    report = check(PARAGRAPHS[1:], tmp_path, file)
    assert report.stale == {one.fingerprint for one in entries if one.rule == "TRM101"}
    (tmp_path / "other.jsonl").unlink()
    assert check(PARAGRAPHS[1:], tmp_path, file).stale == report.stale | {"0" * 32}


def test_two_branches_add_to_a_baseline_side_by_side(tmp_path: Path) -> None:
    from subprocess import run

    entries = [Entry(f"talk-{number}.md", "TRM101", "sco", f"{number:032x}") for number in range(9)]
    for name, kept in (
        ("base", entries[::4]),
        ("ours", entries[:5:2] + entries[8:]),
        ("theirs", entries[::4] + entries[6:7]),
    ):
        (tmp_path / name).write_text(render_baseline(kept), encoding="utf-8")
    done = run(["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=tmp_path, capture_output=True)
    if done.returncode > 1:
        pytest.skip("needs git")
    assert done.returncode == 0
    assert parse_baseline(done.stdout.decode(), "b.json").entries == tuple(entries[::2])


def test_the_finding_on_unpaired_paragraphs_is_known_when_one_is_added(
    termcheck: Termcheck, tmp_path: Path
) -> None:
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    talk, other = tmp_path / "talk.md", tmp_path / "other.md"
    talk.write_text("上合组织开会。\n\nThe SCO met.\n\n# 结束\n", encoding="utf-8")
    termcheck("check", "-q", "--write-baseline", "known.json", "talk.md", cwd=tmp_path)
    talk.write_text(f"# 北京\n\n{talk.read_text(encoding='utf-8')}", encoding="utf-8")
    other.write_text(talk.read_text(encoding="utf-8"), encoding="utf-8")
    concise = ("check", "-q", "--output-format", "concise", "--select", "ALN201")
    said = termcheck(*concise, "--baseline", "known.json", cwd=tmp_path)
    assert [line.partition(":")[0] for line in said.splitlines()] == ["other.md"]
