"""Right translations with verbs, phrases, particles and clitics raise hardly a finding; wrong ones do."""

from __future__ import annotations

from pathlib import Path

import pytest
from sentences import Data, findings, load

FILES = [load("interface_sentences.yaml"), load("phrase_sentences.yaml")]
LANGUAGES = [(data, tag) for data in FILES for tag in data["languages"]]
in_each_language = pytest.mark.parametrize(("data", "tag"), LANGUAGES, ids=[tag for _, tag in LANGUAGES])


@in_each_language
def test_right_sentences_raise_at_most_one_finding(data: Data, tag: str, tmp_path: Path) -> None:
    targets = data["languages"][tag]["target"]
    found = findings(data, tag, zip(data["source"], targets, strict=True), tmp_path)
    assert len(found) <= 1, [finding.message for finding in found]


@in_each_language
def test_translations_of_other_sentences_lack_nearly_all_terms(data: Data, tag: str, tmp_path: Path) -> None:
    targets = data["languages"][tag]["target"]
    shuffled = [targets[(3 * number + 1) % len(targets)] for number in range(len(targets))]
    # Each pair is a text of its own, because rows in a wrong order are not checked.
    pairs = zip(data["source"], shuffled, strict=True)
    found = [finding for pair in pairs for finding in findings(data, tag, [pair], tmp_path)]
    # 22 terms occur at least, one of them also in the next sentence.
    assert len(found) >= 19, [finding.message for finding in found]
    assert {finding.code for finding in found} == {"TRM101"}
