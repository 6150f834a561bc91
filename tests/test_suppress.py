"""Comments silence only the findings that they name, and texts are read as if they had no comments."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck import engine
from termcheck.config import Settings
from termcheck.jobs import Job
from termcheck.model import Finding, Location, Report, SilencedBy
from termcheck.readers import read_document
from termcheck.rules import RULES, unknown_rule_in_suppression
from termcheck.selection import RuleChoice, Selection

GLOSSARY = {
    "languages": ["zh", "en"],
    "terms": {
        "上合组织": {"concept": "sco", "en": "SCO"},
        "南海": {"en": "South China Sea", "forbid": "South Sea"},
        "国防部": "MND",
    },
}
PARAGRAPHS = [
    ("上合组织成员国代表出席了今天在北京举行的会议。", "Delegates attended the meeting in Beijing today."),
    ("南海的局势总体稳定，各方保持沟通。", "The South Sea is calm, and all sides keep in touch."),
    ("国防部发言人介绍了本月的工作安排。", "A spokesman told of this month's plans."),
    ("上合组织和国防部的代表进行了会谈。", "Delegates of both held talks."),
]
FULL = [("会议于下午五点结束，代表们随后离开。", "The meeting ended at five, and all delegates left.")]


def check(texts: list[tuple[str, str]], folder: Path, *select: str, glossary: object = None) -> Report:
    """Check one text, or a source and its target, given by name and content."""
    path = folder / "glossary.yaml"
    path.write_text(json.dumps(glossary or GLOSSARY, ensure_ascii=False), encoding="utf-8")
    names = [folder / name for name, _ in texts]
    data = [text.encode() for _, text in texts]
    job = Job(names[0], texts[0][0], glossaries=(str(path),), data=data[0])
    if len(texts) == 2:
        job = Job(
            names[0], texts[0][0], names[1], texts[1][0], (str(path),), data=data[0], target_data=data[1]
        )
    choice = RuleChoice(select=select or ("TRM", "DIR"))
    return engine.check([job], Settings(selection=Selection.build(RULES, [choice]), root=str(folder)))


def known(finding: Finding) -> tuple[str, str]:
    """What a finding is, wherever it has moved."""
    return finding.code, finding.fingerprint


COMMENTS = ["TRM101", "forbidden-rendering", "TRM", "TRM101:sco", "TRM101:国防部", "ALL:南海", ""]
PLACES = ["above target", "above source", "after target", "after source", "inside target"]


def commented(pair: tuple[str, str], comment: str, place: str) -> str:
    source, target = pair
    text = f"<!-- termcheck: ignore{f'[{comment}]' if comment else ''} as spoken -->"
    return {
        "above target": f"{source}\n\n{text}\n{target}\n",
        "above source": f"{text}\n{source}\n\n{target}\n",
        "after target": f"{source}\n\n{target} {text}\n",
        "after source": f"{source}{text}\n\n{target}\n",
        "inside target": f"{source}\n\n{target.replace(' ', f' {text} ', 1)}\n",
    }[place]


@settings(max_examples=150)
@given(
    written=st.lists(
        st.tuples(
            st.sampled_from(PARAGRAPHS + FULL),
            st.none() | st.tuples(st.sampled_from(COMMENTS), st.sampled_from(PLACES[:4])),
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda one: one[0],
    ),
    name=st.sampled_from(["talk.md", "talk.txt"]),
)
def test_a_comment_silences_what_it_names_at_its_pair_and_nothing_else(
    written: list[tuple[tuple[str, str], tuple[str, str] | None]], name: str, tmp_path: Path
) -> None:
    bare = "\n".join(f"{source}\n\n{target}\n" for (source, target), _ in written)
    text = "\n".join(
        commented(pair, *comment) if comment else f"{pair[0]}\n\n{pair[1]}\n" for pair, comment in written
    )
    before, after = check([(name, bare)], tmp_path), check([(name, text)], tmp_path)
    expected = {known(one) for one in before.findings if not any(_means(one, *item) for item in written)}
    left = [one for one in after.findings if not one.code.startswith("DIR")]
    assert {known(one) for one in left} == expected
    assert {known(one.finding) for one in after.silenced} == {
        known(one) for one in before.findings
    } - expected
    assert all(one.by is SilencedBy.COMMENT and one.reason == "as spoken" for one in after.silenced)
    assert after.coverage.suppressed == len(after.silenced)
    assert after.coverage.pairs == before.coverage.pairs


def _means(finding: Finding, pair: tuple[str, str], comment: tuple[str, str] | None) -> bool:
    """Whether the comment of a pair speaks of a finding."""
    if comment is None or finding.location.text not in pair[1]:
        return False
    rule, _, term = comment[0].partition(":")
    meant = rule in ("", "ALL", "TRM", finding.code, finding.name)
    return meant and (not term or (finding.term is not None and term in (finding.term.id, finding.term.name)))


NOISE = [
    "上合组织成员国代表出席会议。",
    "Delegates of all member states came to the meeting.",
    "- 国防部",
    "  - The ministry <b>said</b> so",
    "> 南海",
    "> South Sea",
    "| 中文 | English |",
    "|---|---|",
    "| 南海 | South Sea |",
    "# 标题",
    "Title\n=====",
    "<div>",
    "</div>",
    "中文<br/>English",
    "<!-- The English original. -->",
    "```",
    "    code",
    "",
    "",
    "1. 第一",
]
ALONE = [
    "<!-- termcheck: ignore[TRM101] -->",
    "  <!-- termcheck: disable[ALL] a reason\nin two lines -->",
    "> <!-- termcheck: enable -->",
    "{/* termcheck: file-ignore[TRM] */}",
    "<!-- termcheck: ignore[TRM101]",
]


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(NOISE), max_size=12),
    st.randoms(use_true_random=False),
    st.sampled_from(["talk.md", "talk.txt"]),
)
def test_a_line_with_a_comment_changes_nothing_of_what_is_read(
    lines: list[str], random: Random, name: str
) -> None:
    more = list(lines)
    for comment in ALONE:
        more.insert(random.randint(0, len(more)), comment)

    def read(lines: list[str]) -> list[tuple[object, ...]]:
        text = "\n".join(["开头。", *lines, ""])
        return [(one.text, one.heading, one.row) for one in read_document(name, text.encode()).segments]

    assert read(more) == read(lines)


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("verb", ["ignore", "disable", "file-ignore"])
def test_in_two_files_a_comment_may_stand_in_either(side: int, verb: str, tmp_path: Path) -> None:
    texts = ["".join(f"{pair[half]}\n\n" for pair in (*FULL, *PARAGRAPHS[:1])) for half in (0, 1)]
    names = ["talk.zh.md", "talk.en.md"]
    assert check(list(zip(names, texts, strict=True)), tmp_path).findings
    paragraph = PARAGRAPHS[0][side]
    texts[side] = texts[side].replace(paragraph, f"<!-- termcheck: {verb}[TRM101:sco] -->\n{paragraph}")
    report = check(list(zip(names, texts, strict=True)), tmp_path)
    assert not report.findings
    assert report.coverage.suppressed == 1


def test_rows_of_data_have_no_comments(tmp_path: Path) -> None:
    row = {"source": PARAGRAPHS[0][0], "target": f"{PARAGRAPHS[0][1]} <!-- termcheck: ignore -->"}
    report = check([("talk.jsonl", json.dumps(row, ensure_ascii=False) + "\n")], tmp_path)
    assert [one.code for one in report.findings] == ["TRM101"]


@pytest.mark.parametrize(
    ("ignored", "silent"),
    [
        ("legacy/**", True),
        (["press/*", "legacy/*.md"], True),
        ([{"path": "legacy/**", "note": "archive"}], True),
        ("press/**", False),
        ([{"pair": "{pair}", "note": "quoted"}], True),
        ([{"pair": "{pair:.8}"}], True),
        ([{"pair": "0123456789"}], False),
    ],
)
def test_the_glossary_says_where_a_term_is_not_to_be_reported(
    ignored: object, silent: bool, tmp_path: Path
) -> None:
    (tmp_path / "legacy").mkdir()
    name = str(tmp_path / "legacy" / "talk.md")
    text = "\n\n".join((*PARAGRAPHS[0], *PARAGRAPHS[3]))
    before = check([(name, text)], tmp_path, "TRM101").findings
    [pair] = {one.pair for one in before if "both" in one.location.text}
    written = json.loads(json.dumps(ignored).replace("{pair}", pair).replace("{pair:.8}", pair[:8]))
    terms = {**GLOSSARY["terms"], "国防部": {"en": "MND", "ignore": written}}  # type: ignore[dict-item]
    report = check([(name, text)], tmp_path, "TRM101", glossary={**GLOSSARY, "terms": terms})
    gone = {known(one) for one in before} - {known(one) for one in report.findings}
    about = {known(one) for one in before if one.term and one.term.name == "国防部"}
    assert gone == (about if silent else set())
    assert [one.by for one in report.silenced] == [SilencedBy.GLOSSARY] * silent


def test_the_wording_of_a_problem_does_not_change_the_fingerprint_of_its_finding() -> None:
    place = Location("talk.md", 3, 1, 3, 12, "TRM101:scoo")
    findings = [
        unknown_rule_in_suppression.finding(place, problem, advice, None)
        for problem, advice in (("the glossary has no term 'scoo'", "did you mean 'sco'?"), ("unknown", ""))
    ]
    assert findings[0].message != findings[1].message
    assert findings[0].fingerprint == findings[1].fingerprint


def test_fingerprints_are_the_same_from_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from termcheck.cli import main

    (tmp_path / "zh").mkdir()
    (tmp_path / "en").mkdir()
    (tmp_path / "zh/talk.md").write_text(PARAGRAPHS[0][0], encoding="utf-8")
    (tmp_path / "en/talk.md").write_text(PARAGRAPHS[0][1], encoding="utf-8")
    (tmp_path / "en/other.md").write_text("Nothing.", encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text("上合组织: SCO\n", encoding="utf-8")
    config = 'pairs = ["zh/{name}.md : en/{name}.md"]\nselect = ["TRM"]\n'
    (tmp_path / "termcheck.toml").write_text(config, encoding="utf-8")
    found = []
    for number, (place, arguments) in enumerate(
        [
            (".", ["zh/talk.md"]),
            (".", [str(tmp_path / "en/talk.md")]),
            (".", ["--source", "zh/talk.md", "--target", "en/talk.md"]),
            ("en", ["talk.md"]),
            ("zh", ["../en/talk.md", "--output-format", "json"]),
        ]
    ):
        monkeypatch.chdir(tmp_path / place)
        report = tmp_path / f"{number}.json"
        assert main(["check", *arguments, "--output-format", f"json:{report}"]) == 1
        found.append([one["fingerprint"] for one in json.loads(report.read_text())["findings"]])
    assert len(found[0]) == 1
    assert found == [found[0]] * len(found)
