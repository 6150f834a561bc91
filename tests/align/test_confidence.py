"""How sure a pair is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from bilingual import document, no_anchors

from termcheck.align.bilingual_document import align_document
from termcheck.align.parallel_documents import align_documents
from termcheck.model import Segment, Side

LONG = (
    "The committee met for the whole of last week to discuss the new railway, heard eleven experts and "
    "forty citizens of the valley, and visited the site of the tunnel twice before it adopted its report "
    "unanimously."
)
LONG_ZH = (
    "委员会上周用整整一周时间讨论新建铁路问题,听取了十一位专家和四十名山谷居民的意见,两次实地察看隧道现场,"
    "随后一致通过了报告。"
)


def single_confidence(source: str, target: str) -> float:
    (pair,) = align_document(document([source, target]), "zh", "en", no_anchors).pairs
    assert pair.source
    assert pair.target
    return pair.confidence


def test_a_pair_of_fitting_lengths_is_sure() -> None:
    assert single_confidence(LONG_ZH, LONG) > 0.99
    assert single_confidence("谢谢。", "Thank you.") > 0.95


@pytest.mark.parametrize(
    ("source", "target"),
    [("好。", LONG), (LONG_ZH * 3, "Yes."), ("会议于" + LONG_ZH * 2, "The meeting ended.")],
)
def test_a_pair_of_absurd_lengths_is_not_sure(source: str, target: str) -> None:
    assert single_confidence(source, target) < 0.5


def test_shared_numbers_make_an_unlikely_pair_likelier() -> None:
    bare = single_confidence("会议纪要。" + LONG_ZH, "The minutes say nothing.")
    anchored = single_confidence("会议纪要 4781。" + LONG_ZH, "The minutes say 4,781 nothing.")
    assert anchored > bare


def concepts(known: dict[str, str]) -> object:
    def find(segments: Sequence[Segment], side: Side) -> list[frozenset[str]]:
        assert side in Side
        return [
            frozenset(name for word, name in known.items() if word in segment.text) for segment in segments
        ]

    return find


def test_glossary_concepts_decide_between_paragraphs_of_equal_length() -> None:
    sources = document(["猫坐在花园里的长椅上。", "狗坐在厨房里的地毯上。"])
    targets = document(["The dog is sitting on the carpet in the kitchen."])
    known = {"猫": "cat", "狗": "dog", "dog": "dog"}
    bitext = align_documents(sources, targets, concepts(known))  # type: ignore[arg-type]
    assert [(len(pair.source), len(pair.target)) for pair in bitext.pairs] == [(1, 0), (1, 1)]
    assert bitext.pairs[1].source == (sources.segments[1],)


def test_an_arbitrary_choice_is_not_sure() -> None:
    sources = document(["谢谢大家。", "谢谢各位。", "谢谢诸位。"])
    targets = document(["Thank you all."])
    bitext = align_documents(sources, targets, no_anchors)
    (paired,) = [pair for pair in bitext.pairs if pair.source and pair.target]
    assert paired.confidence < 0.6
