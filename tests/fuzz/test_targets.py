"""A short run of every target: the corpus, and a few made inputs, the same each time.

`python tests/fuzz/run.py` goes on for as long as you like.
"""

from __future__ import annotations

import random
import time

import pytest
from inputs import made_input, seeds
from targets import TARGETS, check

from run import SLOW

_MADE = 60


def _seconds(name: str, data: bytes) -> float:
    begin = time.process_time()
    TARGETS[name].run(data)
    return time.process_time() - begin


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks_a_promise(name: str) -> None:
    chance, known = random.Random(name), seeds(name)
    for data in [*known, *(made_input(chance, name, known) for _ in range(_MADE))]:
        if _seconds(name, data) > SLOW:  # the first one loads dictionaries
            assert _seconds(name, data) < SLOW, data


def test_every_target_has_a_corpus() -> None:
    assert [name for name in TARGETS if not seeds(name)] == []


@pytest.mark.parametrize(
    "ending", ["txt", "md", "csv", "tsv", "jsonl", "po", "html", "xlf", "tmx", "ts", "srt", "vtt", "ass"]
)
def test_made_texts_have_pairs_and_fixes(ending: str) -> None:
    name, chance = f"check-{ending}", random.Random(1)
    reports = [check(f"a.{ending}", made_input(chance, name, [])) for _ in range(100)]
    assert sum(report.coverage.pairs > 0 for report in reports) > 20
    assert sum(any(finding.fix for finding in report.findings) for report in reports) > 10
