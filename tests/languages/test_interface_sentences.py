"""Right translations with verbs, particles and clitics raise hardly a finding, and wrong ones are found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

import termcheck
from termcheck.model import Finding

DATA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "interface_sentences.yaml").read_text(encoding="utf-8")
)
LANGUAGES: dict[str, dict[str, Any]] = DATA["languages"]


def findings(tag: str, pairs: Iterable[tuple[str, str]], folder: Path) -> list[Finding]:
    """What is found in pairs of an English sentence and a translation."""
    renderings = zip(DATA["terms"], LANGUAGES[tag]["renderings"], strict=True)
    entries = {term: rendering for term, rendering in renderings if rendering}
    glossary = folder / "glossary.yaml"
    glossary.write_text(json.dumps({"languages": ["en", tag], "terms": entries}), encoding="utf-8")
    text = "".join(json.dumps({"source": source, "target": target}) + "\n" for source, target in pairs)
    report = termcheck.check_text(text, glossary, name="text.jsonl", select=["TRM"])
    assert not report.errors
    return [finding for finding in report.findings if finding.code in ("TRM101", "TRM103", "TRM104")]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_right_sentences_raise_at_most_one_finding(tag: str, tmp_path: Path) -> None:
    found = findings(tag, zip(DATA["source"], LANGUAGES[tag]["target"], strict=True), tmp_path)
    assert len(found) <= 1, [finding.message for finding in found]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_translations_of_other_sentences_lack_nearly_all_terms(tag: str, tmp_path: Path) -> None:
    targets = LANGUAGES[tag]["target"]
    shuffled = [targets[(3 * number + 1) % len(targets)] for number in range(len(targets))]
    # Each pair is a text of its own, because rows in a wrong order are not checked.
    pairs = zip(DATA["source"], shuffled, strict=True)
    found = [finding for pair in pairs for finding in findings(tag, [pair], tmp_path)]
    # 22 terms occur at least, one of them also in the next sentence.
    assert len(found) >= 19, [finding.message for finding in found]
    assert {finding.code for finding in found} == {"TRM101"}
