"""Right translations raise hardly a finding in languages that inflect, and wrong ones are all found."""

from __future__ import annotations

from pathlib import Path

import pytest
from sentences import findings, load

DATA = load("ui_sentences.yaml")
LANGUAGES = DATA["languages"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_right_sentences_raise_at_most_one_finding(tag: str, tmp_path: Path) -> None:
    found = findings(DATA, tag, zip(DATA["source"], LANGUAGES[tag]["target"], strict=True), tmp_path)
    assert len(found) <= 1, [finding.message for finding in found]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_translation_of_another_sentence_lacks_nearly_all_terms(tag: str, tmp_path: Path) -> None:
    targets = LANGUAGES[tag]["target"]
    others = zip(DATA["source"], [*targets[1:], targets[0]], strict=True)
    found = findings(DATA, tag, others, tmp_path)
    # 20 terms occur; three of them stand in the next sentence too.
    assert len(found) >= 16, [finding.message for finding in found]
    assert {finding.code for finding in found} == {"TRM101"}
