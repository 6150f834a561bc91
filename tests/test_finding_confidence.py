"""How sure a finding is by what the texts do with its term elsewhere, and which ones are shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck import engine
from termcheck.config import Settings
from termcheck.jobs import Job
from termcheck.matching.verdict import Obligation, PairVerdict
from termcheck.model import (
    Concept,
    Confidence,
    Finding,
    Location,
    Report,
    SegmentPair,
    Severity,
    Term,
    TermInfo,
)
from termcheck.rules import RULES
from termcheck.rules.confidence import rated, with_pair_doubt
from termcheck.rules.term_usage import TermOutcomes, outcomes, outcomes_by_concept
from termcheck.selection import RuleChoice, Selection

GLOSSARY = "languages: [zh, en]\nterms: {香山论坛: Xiangshan Forum, 码头: quay}\n"
RENDERED = ("代表团出席香山论坛。", "The delegation attended the Xiangshan Forum.")
MISSED = ("香山论坛已经开幕。", "It has been opened in Beijing today.")
MISSPELT = ("香山论坛已经开幕。", "The Xiangshang Forum has been opened.")
LEFT = ("香山论坛已经开幕。", "The 香山论坛 has been opened.")

Rows = list[tuple[str, str]]


@pytest.fixture(scope="module")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("terms") / "glossary.yaml"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


def report(
    glossary: Path,
    *files: Rows,
    least: Confidence = Confidence.LOW,
    rules: tuple[str, ...] = ("TRM", "GLO310"),
) -> Report:
    """What is reported of some files in one run."""
    jobs = []
    for number, rows in enumerate(files):
        lines = [json.dumps({"source": one, "target": other}) + "\n" for one, other in rows]
        name = f"{number}.jsonl"
        jobs.append(Job(Path(name), name, glossaries=(str(glossary),), data="".join(lines).encode()))
    selection = Selection.build(RULES, [RuleChoice(select=rules)])
    return engine.check(jobs, Settings(selection=selection, root="/", min_confidence=least))


def one(glossary: Path, *files: Rows) -> Finding:
    """The one finding of a run."""
    (finding,) = report(glossary, *files).findings
    return finding


@pytest.mark.parametrize(
    ("rendered", "missed", "confidence"),
    [
        (3, 1, Confidence.HIGH),
        (12, 1, Confidence.HIGH),
        (30, 10, Confidence.HIGH),
        (2, 1, Confidence.MEDIUM),
        (3, 2, Confidence.MEDIUM),
        (0, 2, Confidence.MEDIUM),
        (0, 39, Confidence.MEDIUM),
        (4, 36, Confidence.LOW),
        (5, 36, Confidence.MEDIUM),
        (0, 40, Confidence.LOW),
    ],
)
def test_confidence_follows_what_the_texts_do(
    glossary: Path, rendered: int, missed: int, confidence: Confidence
) -> None:
    found = report(glossary, [RENDERED] * rendered + [MISSED] * missed, rules=("TRM101",)).findings
    assert len(found) == missed
    assert {finding.confidence for finding in found} == {confidence}
    reason = f"rendered as listed in {rendered} of {rendered + missed} pairs"
    assert {finding.reasons for finding in found} == {(reason,)}


def test_a_term_that_occurs_once_has_no_reasons(glossary: Path) -> None:
    finding = one(glossary, [MISSED])
    assert (finding.confidence, finding.reasons) == (Confidence.MEDIUM, ())


def test_all_texts_of_a_run_count(glossary: Path) -> None:
    finding = one(glossary, [RENDERED, RENDERED], [MISSED], [RENDERED])
    assert finding.confidence is Confidence.HIGH
    assert finding.reasons == ("rendered as listed in 3 of 4 pairs",)


@pytest.mark.parametrize(
    ("row", "name", "reason"),
    [
        (MISSPELT, "misspelled-rendering", "the target has a near miss of a listed rendering"),
        (LEFT, "untranslated-term", "the target has the term itself"),
    ],
)
def test_what_is_seen_in_the_target_makes_a_finding_sure(
    glossary: Path, row: tuple[str, str], name: str, reason: str
) -> None:
    finding = one(glossary, [row])
    assert (finding.name, finding.confidence, finding.reasons) == (name, Confidence.HIGH, (reason,))


def test_a_term_that_is_left_as_it_is_everywhere_is_no_slip(glossary: Path) -> None:
    found = report(glossary, [LEFT] * 5, rules=("TRM104",)).findings
    assert {finding.confidence for finding in found} == {Confidence.MEDIUM}


def test_a_misspelling_is_one_however_rare_the_rendering(glossary: Path) -> None:
    found = report(glossary, [MISSPELT, *[MISSED] * 50]).findings
    (slip,) = [finding for finding in found if finding.name == "misspelled-rendering"]
    assert slip.confidence is not Confidence.LOW


def test_an_unsure_pair_makes_no_sure_finding() -> None:
    place = Location("talk.md", 1, 1, 1, 2)
    term = TermInfo("香山论坛", "香山论坛", ("Xiangshan Forum",))
    usage = {"香山论坛": TermOutcomes(10, 9)}
    for code in ("TRM101", "TRM103", "TRM104"):
        accusation = Finding(code, "", Severity.WARNING, "", place, term=term)
        sure, unsure = (
            next(rated([with_pair_doubt(accusation, SegmentPair((), (), certainty))], usage))
            for certainty in (0.95, 0.5)
        )
        assert sure.confidence is Confidence.HIGH
        assert unsure.confidence is Confidence.MEDIUM
        assert unsure.reasons == (
            "these paragraphs may not belong together",
            "rendered as listed in 9 of 10 pairs",
        )


def test_unsure_pairs_are_no_evidence() -> None:
    concept = Concept("forum", (Term("香山论坛", "zh"),))
    judged = [
        PairVerdict(
            SegmentPair((), (), confidence), (), (), (Obligation(concept, (), (), rendered_nearby=met),)
        )
        for confidence, met in ((1.0, True), (1.0, False), (0.95, True), (0.5, True), (0.5, False))
    ]
    assert outcomes_by_concept(outcomes(judged)) == {"forum": TermOutcomes(pairs=3, rendered=2)}


def test_forbidden_renderings_and_notes_on_form_have_no_confidence(glossary: Path) -> None:
    finding = one(glossary, [("香山论坛已经开幕。", "The xiangshan forum has been opened.")])
    assert (finding.name, finding.confidence, finding.reasons) == ("wrong-case", None, ())


def test_what_is_hidden_is_counted_and_what_is_not_is_not(glossary: Path) -> None:
    rows = [MISSED] * 40 + [("码头已经开放。", "It has been opened.")]
    notice = "findings of lower confidence, not shown: {} (`--min-confidence low` shows all)"
    shown = {
        least: (sorted(finding.name for finding in found.findings), found.notices)
        for least in Confidence
        for found in [report(glossary, rows, least=least)]
    }
    assert shown == {
        Confidence.LOW: (["missing-rendering"] * 41 + ["noisy-entry"], ()),
        Confidence.MEDIUM: (["missing-rendering", "noisy-entry"], (notice.format(40),)),
        Confidence.HIGH: (["noisy-entry"], (notice.format(41),)),
    }


def test_a_noisy_entry_is_shown_with_its_line(glossary: Path) -> None:
    found = report(glossary, [MISSED] * 40, least=Confidence.MEDIUM)
    (finding,) = found.findings
    assert (finding.location.path, finding.location.line) == (str(glossary), 2)
    assert finding.message.endswith("; findings on it have low confidence")
    assert found.documents[str(glossary)].raw == GLOSSARY


@given(pairs=st.integers(0, 200), data=st.data())
@settings(max_examples=200)
def test_usual_and_noisy_exclude_each_other(pairs: int, data: st.DataObject) -> None:
    usage = TermOutcomes(pairs, data.draw(st.integers(0, pairs)))
    assert not (usage.usual and usage.noisy)
    assert usage.noisy or not usage.flooding
