"""Long documents, whose plain pairs are found in one pass: what was dropped or merged is still seen."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence

import pytest
from bilingual import document, no_anchors

from termcheck.align.bilingual_document import align_document
from termcheck.align.parallel_documents import align_documents
from termcheck.align.profile import Anchors
from termcheck.model import Bitext, Segment, Side

ZH = (
    "渡轮",
    "码头",
    "今天",
    "下午",
    "停航",
    "乘客",
    "可以",
    "改签",
    "船票",
    "风浪",
    "很大",
    "港口",
    "通知",
    "大家",
    "请在",
    "等候",
)
EN = (
    *("ferry", "quay", "today", "in the afternoon", "does not run", "passengers", "may", "change", "tickets"),
    *("the waves", "are high", "harbour", "announces", "everybody", "please", "wait there"),
)

Pairs = Sequence[tuple[str, str]]


def pairs_of_words(count: int, seed: int = 1) -> Pairs:
    """Pairs of paragraphs whose lengths correspond; some have a number that both sides keep."""
    dice = random.Random(seed)
    made = []
    for _ in range(count):
        words = [dice.randrange(len(ZH)) for _ in range(dice.randint(3, 30))]
        number = f" {dice.randint(100, 999)} " if dice.random() < 0.3 else ""
        zh = "".join(ZH[word] for word in words) + number + "。"
        made.append((zh, " ".join(EN[word] for word in words).capitalize() + number + "."))
    return made


def links(bitext: Bitext) -> list[tuple[str, str, float]]:
    return [
        (source.text, target.text, pair.confidence)
        for pair in bitext.pairs
        for source in pair.source
        for target in pair.target
    ]


def assert_mostly(bitext: Bitext, expected: Pairs, *, wrong: float = 0.02, sure: float = 0.01) -> None:
    """Most expected links are found; few others are, and fewer with a high confidence."""
    found = links(bitext)
    gold = set(expected)
    others = [confidence for source, target, confidence in found if (source, target) not in gold]
    assert len(gold & {link[:2] for link in found}) >= (1 - wrong) * len(gold)
    assert len(others) <= wrong * len(gold)
    assert sum(confidence >= 0.9 for confidence in others) <= sure * len(gold)


@pytest.mark.parametrize("source_first", [True, False])
def test_an_alternating_text_pairs_neighbours(source_first: bool) -> None:
    pairs = pairs_of_words(60)
    texts = [text for pair in pairs for text in (pair if source_first else pair[::-1])]
    assert [link[:2] for link in links(align_document(document(texts), "zh", "en", no_anchors))] == list(
        pairs
    )


@pytest.mark.parametrize("missing", range(1, 40, 6))
@pytest.mark.parametrize("side", [0, 1])
def test_a_paragraph_without_a_translation_takes_no_neighbour(missing: int, side: int) -> None:
    pairs = pairs_of_words(40, seed=missing)
    texts = [
        text
        for number, pair in enumerate(pairs)
        for place, text in enumerate(pair)
        if (number, place) != (missing, side)
    ]
    found = {link[:2] for link in links(align_document(document(texts), "zh", "en", no_anchors))}
    assert found == set(pairs) - {pairs[missing]}


def test_sections_pair_in_order() -> None:
    pairs = pairs_of_words(60)
    texts = [pair[side] for start in range(0, 60, 6) for side in (0, 1) for pair in pairs[start : start + 6]]
    assert [link[:2] for link in links(align_document(document(texts), "zh", "en", no_anchors))] == list(
        pairs
    )


def test_a_title_in_one_language_leaves_the_pairs_below_alone() -> None:
    pairs = pairs_of_words(30)
    texts = ["# 渡轮停航", *(text for pair in pairs for text in pair)]
    found = links(align_document(document(texts), "zh", "en", no_anchors))
    assert [link[:2] for link in found] == list(pairs)


def test_the_languages_may_change_places_within_a_text() -> None:
    pairs = pairs_of_words(80)
    texts = [text for number, pair in enumerate(pairs) for text in (pair if number < 40 else pair[::-1])]
    assert_mostly(align_document(document(texts), "zh", "en", no_anchors), pairs, wrong=0.05)


def terms(known: Mapping[str, str]) -> Anchors:
    """Finds the numbers of the words of `known` that stand in a segment."""

    def found(segments: Sequence[Segment], side: Side) -> list[frozenset[str]]:
        words = known if side is Side.SOURCE else known.values()
        return [
            frozenset(str(number) for number, word in enumerate(words) if word in segment.text)
            for segment in segments
        ]

    return found


NAMES = {f"{zh}港": f"Port {en}" for zh, en in zip("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJ", strict=True)}


@pytest.mark.parametrize("layout", ["files", "target first", "sections"])
def test_terms_speak_against_neighbours_of_equal_length(layout: str) -> None:
    """One side has an additional paragraph at its beginning, the other one at its end."""
    named = [(f"{zh}今天发布了新的通知。", f"{en} published a new notice today.") for zh, en in NAMES.items()]
    extra = "大家请在码头等候渡轮。", "Everybody please wait at the quay."
    sources, targets = [extra[0], *(zh for zh, _ in named)], [*(en for _, en in named), extra[1]]
    if layout == "files":
        bitext = align_documents(document(sources), document(targets), terms(NAMES))
    elif layout == "sections":
        bitext = align_document(document([*sources, *targets]), "zh", "en", terms(NAMES))
    else:
        texts = [extra[0], *(text for zh, en in named for text in (en, zh)), extra[1]]
        bitext = align_document(document(texts), "zh", "en", terms(NAMES))
    assert [link[:2] for link in links(bitext)] == named


@pytest.mark.parametrize("seed", range(3))
def test_files_that_lack_some_paragraphs_are_followed(seed: int) -> None:
    dice = random.Random(seed)
    pairs = pairs_of_words(400, seed=seed)
    kept = [(pair, dice.random() > 0.05, dice.random() > 0.05) for pair in pairs]
    sources = [pair[0] for pair, has_source, _ in kept if has_source]
    targets = [pair[1] for pair, _, has_target in kept if has_target]
    expected = [pair for pair, has_source, has_target in kept if has_source and has_target]
    bitext = align_documents(document(sources), document(targets), no_anchors)
    assert_mostly(bitext, expected, wrong=0.07, sure=0.03)


def test_a_chapter_that_one_file_lacks_moves_nothing_after_it() -> None:
    pairs = pairs_of_words(300)
    sources, targets = [pair[0] for pair in pairs], [pair[1] for pair in (*pairs[:100], *pairs[125:])]
    bitext = align_documents(document(sources), document(targets), no_anchors)
    assert_mostly(bitext, (*pairs[:100], *pairs[125:]))


def test_paragraphs_that_were_merged_are_found() -> None:
    pairs = pairs_of_words(60)
    targets = [pair[1] for pair in pairs]
    targets[30:32] = [" ".join(targets[30:32])]
    bitext = align_documents(document([pair[0] for pair in pairs]), document(targets), no_anchors)
    merged = next(pair for pair in bitext.pairs if len(pair.source) == 2)
    assert [segment.text for segment in merged.source] == [pair[0] for pair in pairs[30:32]]
    assert len(links(bitext)) == 60


@pytest.mark.parametrize("layout", ["alternating", "files"])
def test_long_texts_take_linear_time(layout: str) -> None:
    pairs = pairs_of_words(8_000)
    begin = time.process_time()
    if layout == "files":
        sources, targets = (document([pair[side] for pair in pairs]) for side in (0, 1))
        bitext = align_documents(sources, targets, no_anchors)
    else:
        texts = [text for pair in pairs for text in pair]
        bitext = align_document(document(texts), "zh", "en", no_anchors)
    # Aligning them by dynamic programming takes ten times as long.
    assert time.process_time() - begin < 3
    assert len(links(bitext)) == 8_000
