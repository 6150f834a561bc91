"""Whole pages are read and paired (`pages.yaml`)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from bilingual import no_anchors

from termcheck.align.bilingual_document import align_document
from termcheck.model import Document, Segment
from termcheck.readers import ReadOptions, read_document
from termcheck.text.positions import position

OPTIONS = ReadOptions(encoding="utf-8", front_matter=("title", "description"))
CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("pages.yaml").read_text(encoding="utf-8")
)


def lines(document: Document, segments: Sequence[Segment]) -> str:
    starts = document.line_starts
    return "+".join(str(position(starts, segment.raw.start)[0]) for segment in segments)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_page(case: dict[str, Any]) -> None:
    path = case.get("path", "page.md")
    document = read_document(path, case["text"].encode(), OPTIONS)
    bitext = align_document(document, *case["languages"], no_anchors)
    pairs = [pair for pair in bitext.pairs if pair.source and pair.target]
    found = [f"{lines(document, pair.source)}-{lines(document, pair.target)}" for pair in pairs]
    assert found == case["pairs"]
    alone = [pair.source or pair.target for pair in bitext.pairs if not (pair.source and pair.target)]
    assert {int(lines(document, side[:1])) for side in alone} == set(case.get("left_out", []))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_text_is_somewhere(case: dict[str, Any]) -> None:
    """Nothing is lost: the texts of all pairs, paired or alone, are the text of the document."""
    path = case.get("path", "page.md")
    document = read_document(path, case["text"].encode(), OPTIONS)
    bitext = align_document(document, *case["languages"], no_anchors)
    shown = [segment for pair in bitext.pairs for segment in (*pair.source, *pair.target)]
    for segment in shown:
        assert document.raw[segment.raw.start : segment.raw.end].strip()
    spans = sorted({(segment.raw.start, segment.raw.end) for segment in shown})
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
