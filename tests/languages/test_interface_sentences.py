"""Right translations with verbs, particles and clitics raise hardly a finding, and wrong ones are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from sentences import findings, load

DATA = load("interface_sentences.yaml")
LANGUAGES = DATA["languages"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_right_sentences_raise_at_most_one_finding(tag: str, tmp_path: Path) -> None:
    found = findings(DATA, tag, zip(DATA["source"], LANGUAGES[tag]["target"], strict=True), tmp_path)
    assert len(found) <= 1, [finding.message for finding in found]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_translations_of_other_sentences_lack_nearly_all_terms(tag: str, tmp_path: Path) -> None:
    targets = LANGUAGES[tag]["target"]
    shuffled = [targets[(3 * number + 1) % len(targets)] for number in range(len(targets))]
    # Each pair is a text of its own, because rows in a wrong order are not checked.
    pairs = zip(DATA["source"], shuffled, strict=True)
    found = [finding for pair in pairs for finding in findings(DATA, tag, [pair], tmp_path)]
    # 22 terms occur at least, one of them also in the next sentence.
    assert len(found) >= 19, [finding.message for finding in found]
    assert {finding.code for finding in found} == {"TRM101"}
