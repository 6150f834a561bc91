"""The prefilter changes no report of a document: what it settles needs no finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termcheck import check_text
from termcheck.model import Report

GLOSSARY = """
languages: [zh, en]
terms:
  引水员: {en: [pilot, {term: harbour pilot, status: admitted}], forbid: [helmsman]}
  港务局: {en: [{term: port authority, type: full}, {term: PA, type: acronym}], first_use: full (abbr)}
  演习: {en: exercise, except_in: [演习场]}
  码头: {en: [quay, pier]}
  渡轮: {en: ferry, count: each}
  北港: Northport
"""
# A rule that looks at every pair turns the prefilter off.
EVERY_PAIR = "TRM110"
RULES = ("ALN", "TRM101", "TRM102", "TRM103", "TRM104", "TRM105", "TRM107", "TRM108", "TRM109")

ZH = st.lists(
    st.sampled_from(
        [
            "引水员",
            "港务局",
            "演习",
            "演习场",
            "码头",
            "渡轮",
            "北港",
            "`北港`",
            "*引水员*",
            "（码头）",
            "今天",
            "参加",
            "和",
        ]
    ),
    min_size=1,
    max_size=5,
)
EN = st.lists(
    st.sampled_from(
        [
            *(
                "pilot",
                "the harbour pilot",
                "helmsman",
                "port authority",
                "the port authority (PA)",
                "PA",
                "pa",
            ),
            *(
                "exercise",
                "exercises",
                "quay",
                "pier",
                "ferry",
                "ferries",
                "Northport",
                "northport",
                "`quay`",
            ),
            *("*pilot*", "a [pier](pier.md)", "today", "joined", "“pilot”", "引水员"),
        ]
    ),
    min_size=1,
    max_size=6,
)
PAIRS = st.lists(st.tuples(ZH, EN), min_size=3, max_size=9)


def comparable(report: Report) -> list[tuple[object, ...]]:
    return sorted(
        (finding.code, finding.location.line, finding.location.column, finding.message, finding.fingerprint)
        for finding in report.findings
        if finding.code != EVERY_PAIR
    )


@pytest.fixture(scope="module")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prefilter") / "glossary.yaml"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


@given(PAIRS, st.sampled_from(["alternating", "comments", "table"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_document_has_the_same_findings_without_the_prefilter(
    glossary: Path, pairs: list[tuple[list[str], list[str]]], layout: str
) -> None:
    texts = [("".join(zh) + "。", f"{' '.join(en).capitalize()}.") for zh, en in pairs]
    # A document of few pairs is not worth the prefilter.
    repeated = [pair for _ in range(24 // len(texts) + 1) for pair in texts]
    if layout == "table":
        text = "| zh | en |\n|---|---|\n" + "".join(f"| {zh} | {en} |\n" for zh, en in repeated)
    else:
        form = "{}\n\n{}\n\n" if layout == "alternating" else "<!--\n{}\n-->\n{}\n\n"
        text = "".join(form.format(*pair) for pair in repeated)
    quick = check_text(text, glossary, name="a.md", select=RULES)
    full = check_text(text, glossary, name="a.md", select=[*RULES, EVERY_PAIR])
    assert comparable(quick) == comparable(full)
    assert quick.coverage == full.coverage
