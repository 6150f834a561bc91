"""The prefilter changes no report of a document: what it settles needs no finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
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
RULES = (
    "ALN201",
    "ALN202",
    "ALN203",
    "TRM101",
    "TRM102",
    "TRM103",
    "TRM104",
    "TRM105",
    "TRM107",
    "TRM108",
    "TRM109",
)

# What stands in the source, and what may stand opposite it: most often a rendering that is listed.
WORDS = {
    "引水员": ("the pilot", "the pilot", "a harbour pilot", "the helmsman", "a pilt", "“pilot”"),
    "*引水员*": ("*the pilot*", "the pilot"),
    "港务局": ("the port authority", "the port authority (PA)", "PA", "pa"),
    "演习": ("an exercise", "exercises", "it"),
    "演习场": ("the range",),
    "码头": ("the quay", "the quay", "the pier", "a [pier](pier.md)", "码头"),
    "（码头）": ("(the quay)",),
    "渡轮": ("a ferry", "ferries", "a ferry and a ferry"),
    "北港": ("Northport", "Northport", "northport"),
    "`北港`": ("`quay`",),
    "今天": ("today",),
}
PAIRS = st.lists(
    st.lists(
        st.sampled_from([(zh, en) for zh, renderings in WORDS.items() for en in renderings]),
        min_size=1,
        max_size=3,
    ),
    min_size=3,
    max_size=9,
)


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
@settings(max_examples=60)
def test_a_document_has_the_same_findings_without_the_prefilter(
    glossary: Path, pairs: list[list[tuple[str, str]]], layout: str
) -> None:
    texts = [
        ("和".join(zh for zh, _ in words) + "。", f"They saw {' and '.join(en for _, en in words)}.")
        for words in pairs
    ]
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
