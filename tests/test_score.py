"""What `termcheck glossary score` counts, what it says stands there instead, and what it proposes.

The cases are data, `score.yaml`; what they propose is put to the test as a user would put it: as a further
glossary, with which the misses it answers for must be gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.association import log_likelihood
from termcheck.cli import main
from termcheck.config import Settings
from termcheck.jobs import Job
from termcheck.model import Segment, Span, TermcheckError
from termcheck.report import RenderOptions
from termcheck.report.score import SCORE_FORMATS, render_score_summary
from termcheck.report.scorecard import Scorecard, TermScore
from termcheck.rules import RULES
from termcheck.score import score_glossaries
from termcheck.score.phrases import PhraseIndex, phrases, tokenized
from termcheck.selection import RuleChoice, Selection
from termcheck.text.width import display_width

DATA = yaml.safe_load(Path(__file__).with_name("score.yaml").read_text(encoding="utf-8"))
KEYS = {"name", "languages", "glossary", "pairs", "term", "missed", "of", "listed", "instead", "kind"} | {
    "suggestion"
}
NOTHING = {"allow": [], "except_in": [], "match": None, "case": None, "severity": None}


@pytest.fixture(params=DATA["cases"], ids=lambda case: case["name"])
def case(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    assert request.param.keys() <= KEYS
    return request.param


@pytest.fixture
def case_named() -> Any:
    return lambda name: next(one for one in DATA["cases"] if one["name"] == name)


def pairs_of(case: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    sources, targets = (DATA["fillers"][language] for language in case["languages"])
    yield from ({"source": source, "target": target} for source, target in zip(sources, targets, strict=True))
    put = [pair for pair in case["pairs"] for _ in range(pair["times"])]
    for number, pair in enumerate(put):
        length = 6 if pair.get("long") else 1
        before = [(number * length + more) % len(sources) for more in range(length)]
        yield {
            "source": " ".join([*(sources[one] for one in before), pair["source"]]),
            "target": " ".join([*(targets[one] for one in before), pair["target"]]),
        }


def write(case: Mapping[str, Any], directory: Path) -> tuple[str, str]:
    """The paths of the case's texts and of its glossary."""
    texts, glossary = directory / "texts.jsonl", directory / "glossary.yaml"
    lines = (json.dumps(pair, ensure_ascii=False) for pair in pairs_of(case))
    texts.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    glossary.write_text(case["glossary"], encoding="utf-8")
    return str(texts), str(glossary)


def card_of(case: Mapping[str, Any], directory: Path, *more: str, min_pairs: int = 1) -> Scorecard:
    texts, glossary = write(case, directory)
    job = Job(Path(texts), texts, glossaries=(glossary, *more))
    source_lang, target_lang = case["languages"]
    chosen = settings_in(directory, source_lang=source_lang, target_lang=target_lang)
    return score_glossaries([job], chosen, min_pairs)


def settings_in(directory: Path, **more: Any) -> Settings:
    return Settings(Selection.build(RULES, [RuleChoice()]), str(directory), **more)


def only(card: Scorecard) -> TermScore:
    (found,) = card.scores
    return found


def as_json(card: Scorecard) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SCORE_FORMATS["json"](card, RenderOptions(version="1.2")))
    return found


def test_each_case(case: Mapping[str, Any], tmp_path: Path) -> None:
    scores = as_json(card_of(case, tmp_path))["terms"]
    (found,) = (one for one in scores if one["source"] == case.get("term", one["source"]))
    assert (found["missed"], found["pairs"]) == (case["missed"], case["of"])
    assert found["rendered"] == case["of"] - case["missed"]
    if "listed" in case:
        assert {one["text"]: one["pairs"] for one in found["renderings"]} == case["listed"]
    if "instead" in case:
        assert {one["text"]: one["pairs"] for one in found["instead"]} == case["instead"]
        assert {one["kind"] for one in found["instead"]} <= {case.get("kind", "phrase")}
    if "suggestion" in case:
        proposed = found["suggestion"]
        if proposed is not None:
            del proposed["remaining"]
        assert proposed == (case["suggestion"] and NOTHING | case["suggestion"])


def test_the_keys_of_the_json_are_a_contract(case_named: Any, tmp_path: Path) -> None:
    found = as_json(card_of(case_named("another rendering of some texts"), tmp_path))
    assert list(found) == ["version", "tool", "summary", "terms"]
    (term,) = found["terms"]
    (substitute,), (rendering,) = term.pop("instead"), term.pop("renderings")
    assert {key: type(value) for key, value in term.pop("suggestion").items()} == {
        **dict.fromkeys(("allow", "except_in"), list),
        **{key: type(None) for key in ("match", "case", "severity")},
        "remaining": int,
    }
    assert rendering == {"text": "coast guard", "pairs": 3, "listed": True}
    assert substitute.pop("score") == pytest.approx(22, abs=5)
    assert substitute == {"text": "marine police", "kind": "phrase", "pairs": 5, "besides": 0}
    assert term.pop("origin").endswith("glossary.yaml:1")
    assert term == {
        "id": "海警",
        "source": "海警",
        "pairs": 8,
        "occurrences": 8,
        "rendered": 3,
        "missed": 5,
        "rate": 0.625,
        "nearby": 0,
    }


def test_a_suggestion_removes_the_misses_it_answers_for(case: Mapping[str, Any], tmp_path: Path) -> None:
    before = card_of(case, tmp_path)
    text = SCORE_FORMATS["glossary"](before, RenderOptions())
    assert bool(text) == any(one.proposal for one in before.scores)
    if text:
        mended = tmp_path / "mended.yaml"
        mended.write_text(text, encoding="utf-8")
        after = card_of(case, tmp_path, str(mended))
        left = sum(one.proposal.remaining for one in before.scores)
        assert sum(one.missed for one in after.scores) == left


def test_a_substitute_is_counted_outside_the_misses_too(case_named: Any, tmp_path: Path) -> None:
    case = case_named("another rendering of some texts")
    elsewhere = {"times": 2, "source": "警察在场。", "target": "The marine police were there."}
    (found,) = only(card_of({**case, "pairs": [*case["pairs"], elsewhere]}, tmp_path)).instead
    assert (found.text, found.pairs, found.besides) == ("marine police", 5, 2)


def test_all_occurrences_count_but_a_pair_is_missed_once(tmp_path: Path) -> None:
    pair = {"times": 1, "source": "海警见到海警。", "target": "They saw one another."}
    case = {"languages": ["zh", "en"], "glossary": "海警: coast guard", "pairs": [pair]}
    found = only(card_of(case, tmp_path))
    assert (found.occurrences, found.pairs, found.missed) == (2, 1, 1)


def test_renderings_of_an_entry_for_the_same_thing_are_told_from_its_own(tmp_path: Path) -> None:
    case = {
        "languages": ["en", "zh"],
        "glossary": "Deep Sea Laboratory: 深海实验室\nDSL: 深实",
        "pairs": [{"times": 3, "source": "The Deep Sea Laboratory opened.", "target": "深实揭幕。"}],
    }
    found = next(one for one in card_of(case, tmp_path).scores if one.source == "Deep Sea Laboratory")
    (rendering,) = found.renderings
    assert (rendering.text, rendering.pairs, rendering.listed) == ("深实", 3, False)


def test_terms_in_fewer_pairs_than_asked_for_are_left_out(case_named: Any, tmp_path: Path) -> None:
    case = case_named("another rendering of some texts")
    assert [len(card_of(case, tmp_path, min_pairs=number).scores) for number in (1, 8, 9)] == [1, 1, 0]
    assert card_of(case, tmp_path, min_pairs=9).terms_seen == 1


def test_the_most_missed_come_first(tmp_path: Path) -> None:
    case = {
        "languages": ["zh", "en"],
        "glossary": "海警: coast guard\n港口: port\n船只: vessel",
        "pairs": [
            {"times": 3, "source": "海警见到船只。", "target": "They saw a vessel."},
            {"times": 2, "source": "海警见到港口。", "target": "They saw a place."},
        ],
    }
    assert [(one.source, one.missed) for one in card_of(case, tmp_path).scores] == [
        ("海警", 5),
        ("港口", 2),
        ("船只", 0),
    ]


def test_a_kept_name_is_given_no_rendering(tmp_path: Path) -> None:
    case = {
        "languages": ["en", "zh"],
        "glossary": "{version: 1, languages: [en, zh], keep: [Kestrel], terms: {lamp: 灯}}",
        "pairs": [
            {"times": 5, "source": "The Kestrel lands.", "target": "红隼降落。"},
            {"times": 5, "source": "The stork lands.", "target": "白鹳降落。"},
        ],
    }
    found = only(card_of(case, tmp_path))
    assert [one.text for one in found.instead] != []
    assert (found.proposal.allow, found.proposal.remaining) == ((), 5)


def test_what_one_file_lacks_does_not_hide_the_others(case_named: Any, tmp_path: Path) -> None:
    texts, glossary = write(case_named("another rendering of some texts"), tmp_path)
    jobs = [Job(Path(name), name, glossaries=(glossary,)) for name in (texts, "no-such-file.txt")]
    card = score_glossaries(jobs, settings_in(tmp_path))
    assert [error.path for error in card.errors] == ["no-such-file.txt"]
    assert (card.files, only(card).missed) == (1, 5)


def test_half_a_pair_of_files_is_told(case_named: Any, tmp_path: Path) -> None:
    texts, glossary = write(case_named("another rendering of some texts"), tmp_path)
    half = Job(Path("zh/a.md"), "zh/a.md", glossaries=(glossary,), missing="en/a.md")
    card = score_glossaries([Job(Path(texts), texts, glossaries=(glossary,)), half], settings_in(tmp_path))
    assert card.files == 1
    assert "notice: zh/a.md: left out, for there is no en/a.md\n" in render_score_summary(
        card, RenderOptions()
    )


def test_suggestions_for_glossaries_of_several_languages_are_refused(case_named: Any, tmp_path: Path) -> None:
    jobs = []
    for name in ("another rendering of some texts", "the source term left standing"):
        directory = tmp_path / name
        directory.mkdir()
        texts, glossary = write(case_named(name), directory)
        jobs.append(Job(Path(texts), texts, glossaries=(glossary,)))
    card = score_glossaries(jobs, settings_in(tmp_path))
    assert {one.source for one in card.scores} == {"海警", "cgroup"}
    with pytest.raises(TermcheckError, match="several languages"):
        SCORE_FORMATS["glossary"](card, RenderOptions())


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_the_table_keeps_its_columns_and_the_width(case_named: Any, tmp_path: Path, width: int) -> None:
    case = case_named("two other renderings, each told with its own pairs")
    case = {**case, "glossary": "海警: coast guard\n港口: port\n船只: vessel or another thing that floats"}
    card = card_of(case, tmp_path)
    head, *lines = SCORE_FORMATS["text"](card, RenderOptions(width=width)).splitlines()
    assert [line.split()[3] for line in lines] == ["船只", "海警"]
    assert all(display_width(line) <= max(width, 83) for line in (head, *lines))
    for heading in ("term", "as listed", "instead"):
        column = display_width(head[: head.index(heading)])
        # The last cell of the first line is empty: nothing stands in for what is missed there.
        for line in lines[1:] if heading == "instead" else lines:
            at = next(at for at in range(len(line)) if display_width(line[:at]) >= column)
            assert display_width(line[:at]) == column
            assert line[at - 1] == " " != line[at]


def test_the_closing_line_says_what_was_met(case_named: Any, tmp_path: Path) -> None:
    card = card_of(case_named("another rendering of some texts"), tmp_path)
    assert render_score_summary(card, RenderOptions()).splitlines() == [
        "Missed 5 of 8 renderings (62%), of 1 term; 1 file, 28 pairs, 1 of 1 term seen.",
        "1 entry may be mended: --suggest shows how.",
    ]
    nothing = {"languages": ["zh", "en"], "glossary": "海警: coast guard", "pairs": []}
    assert render_score_summary(card_of(nothing, tmp_path), RenderOptions()).startswith("Nothing to score")


class TestCommand:
    """The command itself; the cases of the other commands are in `cli`."""

    @pytest.fixture
    def texts(self, case_named: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        write(case_named("another rendering of some texts"), tmp_path)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("COLUMNS", "100")
        return "texts.jsonl"

    def test_misses_are_no_failure(self, texts: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["glossary", "score", texts]) == 0
        head, line, closing, _ = capsys.readouterr().out.splitlines()
        assert head.split() == ["missed", "pairs", "rate", "term", "as", "listed", "instead"]
        assert line.split("  ")[-1].strip() == "5 marine police"
        assert closing.startswith("Missed 5 of 8")

    def test_json_stands_alone_on_standard_output(
        self, texts: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["glossary", "score", texts, "--output-format", "json"]) == 0
        said = capsys.readouterr()
        found = json.loads(said.out)
        assert found["summary"] == {
            "files": 1,
            "pairs": 28,
            "terms": 1,
            "terms_seen": 1,
            "owed": 8,
            "missed": 5,
        }
        assert found["terms"][0]["origin"] == "glossary.yaml:1"
        assert "Missed 5" in said.err

    def test_suggestions_are_written_to_a_file(self, texts: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["glossary", "score", texts, "--suggest", "-o", "mended.yaml", "--quiet"]) == 0
        assert capsys.readouterr() == ("", "")
        assert main(["check", texts, "--quiet"]) == 1
        assert main(["check", texts, "-g", "glossary.yaml", "-g", "mended.yaml", "--select", "TRM101"]) == 0

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["no-such-file.jsonl"], "no-such-file.jsonl"),
            (["texts.jsonl", "no-such-file.jsonl"], "no-such-file.jsonl"),
            (["texts.jsonl", "--suggest", "--output-format", "json"], "not allowed with"),
            (["texts.jsonl", "--min-occurrences", "few"], "few"),
            (["texts.jsonl", "--term", "coast gard"], "did you mean 'coast guard'"),
        ],
    )
    @pytest.mark.usefixtures("texts")
    def test_mistakes_end_with_2(
        self, arguments: Sequence[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["glossary", "score", *arguments]) == 2
        assert said in capsys.readouterr().err

    def test_one_term_can_be_chosen(self, texts: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["glossary", "score", texts, "--ignore-term", "海警"]) == 0
        assert "Nothing to score" in capsys.readouterr().out


def test_the_ratio_of_dunnings_table() -> None:
    # Dunning 1993, table 2: "the swiss", of 31,777 bigrams.
    assert log_likelihood(110, 110 + 2442, 110 + 111, 31777) == pytest.approx(270.72, abs=0.01)


@given(st.lists(st.integers(0, 500), min_size=4, max_size=4).filter(any))
def test_the_ratio_is_symmetric_and_signed(table: list[int]) -> None:
    both, one, other, neither = table
    total = sum(table)
    value = log_likelihood(both, both + one, both + other, total)
    assert value == pytest.approx(log_likelihood(both, both + other, both + one, total), abs=1e-6)
    more_than_chance = both * neither - one * other
    assert abs(value) < 1e-6 or (value > 0) == (more_than_chance > 0)


TEXT = st.text("ab 的新闻 c,。-'가나12 The", max_size=30)


@settings(max_examples=50)
@given(st.lists(TEXT, min_size=1, max_size=8), st.sampled_from(["en", "zh", "ko"]))
def test_each_phrase_of_a_text_is_found_in_it(texts: list[str], language: str) -> None:
    found = [tokenized([Segment(text, ())], language) for text in texts]
    index = PhraseIndex(found)
    for phrase in {phrase for one in found for phrase in phrases(one, language)}:
        assert index.pairs_with(phrase) == {number for number, one in enumerate(found) if phrase in one}
        assert index.pairs_with(phrase)


@pytest.mark.parametrize(
    ("language", "text", "has", "lacks"),
    [
        (
            "en",
            "the use of force, and rain",
            ["use", "use of forc", "rain"],
            ["the use", "of forc", "forc and"],
        ),
        ("en", "a 5 year plan", ["year plan"], ["5 year", "5", "a 5 year"]),
        (
            "zh",
            "向国防部的负责人",
            ["国 防 部", "负 责 人", "国 防 部 的 负 责"],
            ["的 负 责 人", "国 防 部 的", "人"],
        ),
        ("ko", "해양경찰이 항구에", ["^해 양 경 찰", "^해 양 경 찰 이 ^항"], ["양 경 찰", "경 찰"]),
        (
            "ja",
            "新型ウイルスの検出",
            ["ウイルス", "新 型", "検 出", "ウイルス の 検 出"],
            ["の 検 出", "ウイルス の"],
        ),
    ],
)
def test_phrases(language: str, text: str, has: list[str], lacks: list[str]) -> None:
    found = {phrase.strip() for phrase in phrases(tokenized([Segment(text, ())], language), language)}
    assert set(has) <= found
    assert found.isdisjoint(lacks)


def test_protected_text_has_no_phrases() -> None:
    segment = Segment("see config file now", (), protected=(Span(4, 10),))
    found = {phrase.strip() for phrase in phrases(tokenized([segment], "en"), "en")}
    assert found == {"see", "file", "now", "file now"}
