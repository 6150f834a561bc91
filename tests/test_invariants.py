"""What holds for any input: no crash, exact places, no dependence on order or on having run before."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import string
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from termcheck import engine
from termcheck.config import Settings
from termcheck.jobs import Job
from termcheck.model import Location, Report, TermcheckError
from termcheck.rules import RULES
from termcheck.selection import RuleChoice, Selection

GLOSSARY = {
    "languages": ["zh", "en"],
    "keep": ["X"],
    "terms": {
        "上合组织": {"en": ["Shanghai Cooperation Organization", "SCO"], "forbid": ["Shanghai Pact"]},
        "演习": {"en": ["exercise", "drill"], "count": "each"},
        "南海": {"en": ["South China Sea", {"term": "Nanhai", "status": "forbidden", "where": "always"}]},
        "外交": "diplomacy",
        "国防部": {"en": "MND", "except_in": ["国防部长"]},
        "中印尼": "China-Indonesia",
    },
}
# Pieces of text about which the rules have something to say, in any order.
CHINESE = [
    "上合组织",
    "演习",
    "南海",
    "对外交流",
    "国防部长",
    "国防部",
    "中印（尼）",
    "X",
    "國防部",
    "，",
    "。",
    "好",
    "`演习`",
    "\u3000",
]
ENGLISH = [
    "SCO",
    "sco",
    "Shanghai Pact",
    "shanghai cooperation organizations",
    "drills",
    "exercise",
    "Nanhai",
    "Diplomacy",
    "South China See",
    "X",
    "x",
    "上合组织",
    "`SCO`",
    "https://example.org/SCO",
    "the",
    "and",
    ",",
    ".",
    "\xa0",
    "-",
]
chinese = st.lists(st.sampled_from(CHINESE), max_size=8).map("".join)
english = st.lists(st.sampled_from(ENGLISH), max_size=10).map(" ".join)
rows = st.lists(st.tuples(chinese, english), max_size=4)

# Any characters at all, those with a meaning somewhere in the pipeline more often.
MEANINGFUL = "aZé\u0301ß上合組織サｶﾞ국Жσ9_-'’“\"·.()（）[]{}<>/\\`%$@:#|*~+&;,\t \u00a0\u200b\u00ad😀\x00"
wild = st.text(st.one_of(st.sampled_from(MEANINGFUL), st.characters(exclude_categories=("Cs",))), max_size=30)
terms = st.text(st.sampled_from(MEANINGFUL), min_size=1, max_size=6).filter(str.strip)

examples = settings(max_examples=30)
Checker = Callable[..., Report]


@pytest.fixture
def check(tmp_path: Path) -> Checker:
    """Checks files given by name and content; every glossary is a file of its own."""
    numbers = itertools.count()

    def run(*files: tuple[str, bytes], glossary: object = GLOSSARY) -> Report:
        path = tmp_path / f"glossary-{next(numbers) if glossary is not GLOSSARY else 'same'}.yaml"
        path.write_text(json.dumps(glossary, ensure_ascii=False), encoding="utf-8")
        everything = Selection.build(RULES, [RuleChoice(select=("ALL",))])
        jobs = [Job(tmp_path / name, name, glossaries=(str(path),), data=data) for name, data in files]
        return engine.check(jobs, Settings(selection=everything, root=str(tmp_path), date="2026-01-01"))

    return run


def jsonl(pairs: list[tuple[str, str]]) -> bytes:
    lines = (json.dumps({"source": one, "target": other}, ensure_ascii=False) for one, other in pairs)
    return "\n".join(lines).encode()


def paragraphs(pairs: list[tuple[str, str]], newline: str = "\n") -> bytes:
    return (newline * 2).join(text for pair in pairs for text in pair).encode()


def text_at(raw: str, place: Location) -> str:
    """What stands between two positions, reckoned from the lines of the file alone."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", raw)
    first, last = place.line - 1, place.end_line - 1
    if first == last:
        return lines[first][place.column - 1 : place.end_column - 1]
    whole = [lines[first][place.column - 1 :], *lines[first + 1 : last], lines[last][: place.end_column - 1]]
    return "".join(whole)


@examples
@given(st.lists(rows, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(
    check: Checker, contents: list[list[tuple[str, str]]], random: Random
) -> None:
    files = [(f"{number}.jsonl", jsonl(pairs)) for number, pairs in enumerate(contents)]
    shuffled = random.sample(files, len(files))
    one, other = check(*files), check(*shuffled)
    assert one.findings == other.findings
    assert one.coverage == other.coverage


@examples
@given(rows)
def test_checking_twice_gives_the_same(check: Checker, pairs: list[tuple[str, str]]) -> None:
    files = [("a.jsonl", jsonl(pairs)), ("b.txt", paragraphs(pairs))]
    one, other = check(*files), check(*files)
    assert replace(one, errors=()) == replace(other, errors=())
    assert list(map(str, one.errors)) == list(map(str, other.errors))


@examples
@given(rows, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["txt", "md", "jsonl"]))
def test_every_place_holds_the_text_it_is_said_to_hold(
    check: Checker, pairs: list[tuple[str, str]], newline: str, ending: str
) -> None:
    data = jsonl(pairs) if ending == "jsonl" else paragraphs(pairs, newline)
    report = check((f"text.{ending}", data))
    for finding in report.findings:
        places = [place for place in (finding.location, finding.source) if place is not None]
        for place in places:
            if place.path.startswith("text."):
                assert text_at(data.decode(), place) == place.text
        if finding.term is not None and finding.term.found is not None and ending != "jsonl":
            assert finding.location.text == finding.term.found


@examples
@given(rows)
def test_findings_are_in_order_and_told_apart(check: Checker, pairs: list[tuple[str, str]]) -> None:
    report = check(("a.jsonl", jsonl(pairs)))
    keys = [finding.sort_key for finding in report.findings]
    assert keys == sorted(keys)
    assert len(set(report.findings)) == len(report.findings)


@examples
@given(rows)
def test_a_term_and_pair_has_one_finding_about_its_absence(
    check: Checker, pairs: list[tuple[str, str]]
) -> None:
    absent = ("TRM101", "TRM103", "TRM104")
    report = check(("a.jsonl", jsonl(pairs)))
    found = [
        (finding.location.line, finding.term.id)
        for finding in report.findings
        if finding.code in absent and finding.term is not None
    ]
    assert len(found) == len(set(found))


@settings(examples, max_examples=100)
@given(
    st.lists(st.tuples(wild, wild), min_size=1, max_size=3),
    st.dictionaries(terms, terms, min_size=1, max_size=4),
)
def test_no_text_and_no_term_crashes(
    check: Checker, pairs: list[tuple[str, str]], entries: dict[str, str]
) -> None:
    glossary = {"languages": ["zh", "en"], "terms": entries}
    # Every source holds every term, so that there is something to judge.
    pairs = [(one + "".join(entries), other) for one, other in pairs]
    for name, data in (("a.jsonl", jsonl(pairs)), ("b.txt", paragraphs(pairs)), ("c.md", paragraphs(pairs))):
        with contextlib.suppress(TermcheckError):  # a control character is no YAML
            check((name, data), glossary=glossary)


@examples
@given(st.binary(max_size=60), st.sampled_from(["txt", "md", "jsonl", "csv", "tsv"]))
def test_no_bytes_crash(check: Checker, data: bytes, ending: str) -> None:
    report = check((f"a.{ending}", data))
    assert report.findings or report.errors or report.notices or report.coverage.pairs


LETTERS = string.ascii_letters + string.digits + "éüßñЖжΣσ上合組织サーガ국방ﬁ"


@examples
@given(
    st.lists(st.text(st.sampled_from(LETTERS), min_size=1, max_size=8), min_size=1, max_size=4),
    st.sampled_from([" ", "-", "'", " and ", ", "]),
    english,
)
def test_a_rendering_that_stands_there_is_never_missing(
    check: Checker, words: list[str], between: str, around: str
) -> None:
    rendering = between.join(words)
    glossary = {"languages": ["zh", "en"], "terms": {"上合组织": {"en": {"term": rendering}}}}
    report = check(
        ("a.jsonl", jsonl([("上合组织开会。", f"{around} . {rendering} {around}")])), glossary=glossary
    )
    assert not report.errors
    assert "TRM101" not in {finding.code for finding in report.findings}
