"""Checks translations of interface sentences, which files of data list with their terms and renderings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

import termcheck
from termcheck.model import Finding

Data = dict[str, Any]


def load(name: str) -> Data:
    """A file of data: `terms` and `source` sentences in English, and `languages` with their translations."""
    data: Data = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return data


def findings(data: Data, tag: str, pairs: Iterable[tuple[str, str]], folder: Path) -> list[Finding]:
    """What is found in pairs of an English sentence and a translation."""
    renderings = zip(data["terms"], data["languages"][tag]["renderings"], strict=True)
    entries = {term: rendering for term, rendering in renderings if rendering}
    glossary = folder / "glossary.yaml"
    glossary.write_text(json.dumps({"languages": ["en", tag], "terms": entries}), encoding="utf-8")
    text = "".join(json.dumps({"source": source, "target": target}) + "\n" for source, target in pairs)
    report = termcheck.check_text(text, glossary, name="text.jsonl", select=["TRM"])
    assert not report.errors
    return [finding for finding in report.findings if finding.code in ("TRM101", "TRM103", "TRM104")]
