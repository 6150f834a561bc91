"""Documents of every layout, and the pairs to find in them (`layouts.yaml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from bilingual import document, no_anchors

from termcheck.align.bilingual_document import align_document

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("layouts.yaml").read_text(encoding="utf-8")
)


def found_pairs(case: dict[str, Any]) -> list[str]:
    names = list(case["paragraphs"])
    read = document(list(case["paragraphs"].values()))
    name_of = {id(segment): name for segment, name in zip(read.segments, names, strict=True)}
    bitext = align_document(read, *case["languages"], no_anchors)
    return [
        "-".join("+".join(name_of[id(segment)] for segment in side) for side in (pair.source, pair.target))
        for pair in bitext.pairs
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_layout(case: dict[str, Any]) -> None:
    arranged = sorted if case.get("any_order") else list
    assert arranged(found_pairs(case)) == arranged(case["pairs"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_layout_with_the_languages_exchanged(case: dict[str, Any]) -> None:
    exchanged = {**case, "languages": case["languages"][::-1]}
    turned = ["-".join(pair.split("-")[::-1]) for pair in case["pairs"]]
    assert sorted(found_pairs(exchanged)) == sorted(turned)
