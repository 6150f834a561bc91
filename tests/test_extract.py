"""What `termcheck glossary extract` proposes; the cases are data, `extract.yaml`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.cli import main
from termcheck.extract import extraction
from termcheck.extract.proposals import Texts, proposals
from termcheck.extract.sentences import sentence_pairs
from termcheck.extract.tokens import tokens
from termcheck.glossary import load_glossary

DATA = yaml.safe_load(Path(__file__).with_name("extract.yaml").read_text(encoding="utf-8"))
SEA_ICE = [
    ("Sea ice shrinks in summer.", "夏季海冰缩小。"),
    ("Ships measure the sea ice.", "船只测量海冰。"),
    ("Thick sea ice stops the ferry.", "厚海冰挡住渡轮。"),
]


def rows(languages: Sequence[str], pairs: Sequence[Sequence[str]]) -> str:
    twice = [
        [f"{text[:-1]} {number}{text[-1]}" for number in "12" for text in DATA["fillers"][tag]]
        for tag in languages
    ]
    fillers = zip(*twice, strict=True)
    return "".join(
        json.dumps({"source": source, "target": target}, ensure_ascii=False) + "\n"
        for source, target in (*pairs, *fillers)
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def extract(capsys: pytest.CaptureFixture[str], *flags: str) -> dict[str, Any]:
    code = main(["glossary", "extract", "--output-format", "json", "-q", *flags])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    extracted: dict[str, Any] = json.loads(printed.out)
    return extracted


def renderings(extracted: Mapping[str, Any]) -> dict[str, list[str]]:
    return {term["source"]: [found["text"] for found in term["renderings"]] for term in extracted["terms"]}


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["name"])
def test_cases(case: Mapping[str, Any], here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert case.keys() <= {"name", "languages", "pairs", "proposed", "absent"}
    source, target = case["languages"]
    (here / "pairs.jsonl").write_text(rows(case["languages"], case["pairs"]), encoding="utf-8")
    found = renderings(extract(capsys, "pairs.jsonl", "--source-lang", source, "--target-lang", target))
    for term, expected in case.get("proposed", {}).items():
        assert found.get(term) == expected, found
    assert not found.keys() & set(case.get("absent", ())), found


def test_the_glossary_serves_for_a_check(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "pairs.jsonl").write_text(rows(("en", "zh"), SEA_ICE), encoding="utf-8")
    flags = ["--source-lang", "en", "--target-lang", "zh", "-o", "glossary.yaml"]
    assert main(["glossary", "extract", "pairs.jsonl", *flags]) == 0
    assert "Proposed 1 term" in capsys.readouterr().out
    text = (here / "glossary.yaml").read_text(encoding="utf-8")
    assert "  # 3 of 3 pairs (0." in text
    assert "  # pairs.jsonl:1: Sea ice shrinks in summer.\n  #   夏季海冰缩小。\n  sea ice: 海冰\n" in text
    assert [term.text for term in load_glossary(["glossary.yaml"]).glossary.concepts[0].terms] == [
        "sea ice",
        "海冰",
    ]
    (here / "new.jsonl").write_text(
        '{"source": "The sea ice melts.", "target": "冰雪融化。"}\n', encoding="utf-8"
    )
    assert main(["check", "new.jsonl"]) == 1
    assert "sea ice has no accepted rendering" in capsys.readouterr().out


def test_counts_and_example(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "pairs.jsonl").write_text(
        rows(("en", "zh"), [*SEA_ICE, ("No sea ice at all.", "什么也没有。")]), "utf-8"
    )
    extracted = extract(capsys, "pairs.jsonl", "--source-lang", "en", "--target-lang", "zh")
    assert extracted["summary"]["pairs"] == extracted["summary"]["sampled"] == 28
    (term,) = (term for term in extracted["terms"] if term["source"] == "sea ice")
    assert (term["pairs"], term["rendered"], term["drifts"]) == (4, 3, False)
    assert 0 < term["confidence"] < 1
    assert term["example"] == {
        "path": "pairs.jsonl",
        "line": 1,
        "source": "Sea ice shrinks in summer.",
        "target": "夏季海冰缩小。",
    }


def test_known_terms_are_left_out_in_any_form(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "pairs.jsonl").write_text(rows(("en", "zh"), SEA_ICE), encoding="utf-8")
    (here / "mine.yaml").write_text("languages: [en, zh]\nterms:\n  Sea ices: 海冰\n", encoding="utf-8")
    extracted = extract(capsys, "pairs.jsonl", "--known", "mine.yaml")
    assert "sea ice" not in renderings(extracted)
    assert extracted["summary"]["known"] == 1


def test_with_a_known_glossary_drift_comes_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drifting = next(case for case in DATA["cases"] if case["name"].startswith("two renderings"))
    many = [(f"{text[:-1]} again.", f"再{other}") for text, other in SEA_ICE]
    (here / "pairs.jsonl").write_text(
        rows(("en", "zh"), [*drifting["pairs"], *SEA_ICE, *many]), encoding="utf-8"
    )
    (here / "mine.yaml").write_text("languages: [en, zh]\nterms:\n  bread: 面包\n", encoding="utf-8")
    without = extract(capsys, "pairs.jsonl", "--source-lang", "en", "--target-lang", "zh")
    assert not without["terms"][0]["drifts"]
    assert (
        extract(capsys, "pairs.jsonl", "--known", "mine.yaml")["terms"][0]["source"] == "steering committee"
    )


def test_of_large_texts_a_sample_is_read(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        (f"{text[:-1]} {number}.", f"{other[:-1]}{number}。")
        for number in range(200)
        for text, other in SEA_ICE
    ]
    (here / "pairs.jsonl").write_text(rows(("en", "zh"), many), encoding="utf-8")
    monkeypatch.setattr(extraction, "_MOST_CHARACTERS", 4_000)
    summary = extract(capsys, "pairs.jsonl", "--source-lang", "en", "--target-lang", "zh")["summary"]
    assert summary["pairs"] == 624
    assert 20 < summary["sampled"] < 200


TEXTS = st.text(alphabet="ab AB.。海冰的, -'/(1é가を\n", max_size=40)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_texts_are_read(pairs: list[tuple[str, str]]) -> None:
    numbers, found = [], []
    for number, pair in sentence_pairs(pairs):
        numbers.append(number)
        found.append(pair)
    assert numbers == sorted(numbers)
    texts = Texts([a for a, _ in found], [b for _, b in found], numbers, lambda number: ("a", number))
    for proposal in proposals(texts, ("en", "zh"), 2):
        assert proposal.renderings[0].pairs <= proposal.pairs
        assert 0 < proposal.confidence <= 1


@given(TEXTS, st.sampled_from(["en", "zh", "ja", "ko", "de"]))
@settings(max_examples=100, deadline=None)
def test_words_are_in_order_and_in_the_text(text: str, language: str) -> None:
    last = 0
    for token in tokens(text, language):
        if token is not None:
            assert last <= token.span.start < token.span.end <= len(text)
            last = token.span.end
