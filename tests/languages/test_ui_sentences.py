"""Right translations raise hardly a finding in languages that inflect, and wrong ones are all found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import termcheck
from termcheck.model import Finding

DATA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "ui_sentences.yaml").read_text(encoding="utf-8")
)
LANGUAGES: dict[str, dict[str, list[str]]] = DATA["languages"]


def findings(tag: str, targets: list[str], folder: Path) -> list[Finding]:
    """What is found in the English sentences with these translations."""
    entries = dict(zip(DATA["terms"], LANGUAGES[tag]["renderings"], strict=True))
    glossary = folder / "glossary.yaml"
    glossary.write_text(json.dumps({"languages": ["en", tag], "terms": entries}), encoding="utf-8")
    pairs = zip(DATA["source"], targets, strict=True)
    text = "".join(json.dumps({"source": source, "target": target}) + "\n" for source, target in pairs)
    report = termcheck.check_text(text, glossary, name="text.jsonl", select=["TRM"])
    assert not report.errors
    return [finding for finding in report.findings if finding.code in ("TRM101", "TRM103", "TRM104")]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_right_sentences_raise_at_most_one_finding(tag: str, tmp_path: Path) -> None:
    found = findings(tag, LANGUAGES[tag]["target"], tmp_path)
    assert len(found) <= 1, [finding.message for finding in found]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_translation_of_another_sentence_lacks_nearly_all_terms(tag: str, tmp_path: Path) -> None:
    targets = LANGUAGES[tag]["target"]
    found = findings(tag, [*targets[1:], targets[0]], tmp_path)
    # 20 terms occur; three of them stand in the next sentence too.
    assert len(found) >= 16, [finding.message for finding in found]
    assert {finding.code for finding in found} == {"TRM101"}
