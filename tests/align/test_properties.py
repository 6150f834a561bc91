"""What holds of every alignment."""

from __future__ import annotations

import string
import time

from bilingual import document, no_anchors, of_segments, segment
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.align.bilingual_document import align_document
from termcheck.align.parallel_documents import align_documents
from termcheck.model import Bitext, Document

CHINESE = st.text("港口会议记者问今年我们的。,2031", min_size=1, max_size=40).map(lambda text: f"港{text}")
ENGLISH = st.text("the port of oecd. 2031?", min_size=1, max_size=120).map(lambda text: f"A {text}")
ANYTHING = st.text(max_size=60)
PARAGRAPHS = st.lists(CHINESE | ENGLISH, max_size=14)


def assert_orderly(bitext: Bitext, expected: int) -> None:
    seen = [id(item) for pair in bitext.pairs for item in (*pair.source, *pair.target)]
    assert len(seen) == len(set(seen)) == expected
    places = {
        id(item): place for side in (bitext.source, bitext.target) for place, item in enumerate(side.segments)
    }
    for side in ("source", "target"):
        order = [(pair.run, places[id(item)]) for pair in bitext.pairs for item in getattr(pair, side)]
        assert order == sorted(order)
    assert all(0.0 <= pair.confidence <= 1.0 for pair in bitext.pairs)
    assert all(pair.source or pair.target for pair in bitext.pairs)
    runs = [pair.run for pair in bitext.pairs]
    assert runs == sorted(runs)


@given(PARAGRAPHS)
@settings(max_examples=60)
def test_every_segment_of_a_document_is_in_one_pair_in_order(texts: list[str]) -> None:
    assert_orderly(align_document(document(texts), "zh", "en", no_anchors), len(texts))


@given(st.lists(CHINESE, max_size=40), st.lists(ENGLISH, max_size=40))
@settings(max_examples=40)
def test_every_segment_of_two_files_is_in_one_pair_in_order(sources: list[str], targets: list[str]) -> None:
    bitext = align_documents(document(sources), document(targets), no_anchors)
    assert_orderly(bitext, len(sources) + len(targets))


@given(
    st.lists(st.tuples(ANYTHING, st.none() | st.integers(0, 3)), max_size=12),
    st.sampled_from(["zh", "en", "ja", "de-AT", "sr", "xx", ""]),
    st.sampled_from(["en", "zh-Hant", "ko", "fr"]),
)
@settings(max_examples=60)
def test_no_text_breaks_it(texts: list[tuple[str, int | None]], source_lang: str, target_lang: str) -> None:
    segments = [segment(text, row=row) for text, row in texts]
    bitext = align_document(of_segments(segments), source_lang, target_lang, no_anchors)
    seen = [id(item) for pair in bitext.pairs for item in (*pair.source, *pair.target)]
    assert len(seen) == len(set(seen))


def numbered(count: int, *, step: int = 1) -> tuple[Document, Document]:
    """Two files in which the n-th paragraphs name the same number and are of the same peculiar length."""
    sources = [f"第{n}号决定" + "港" * (n * 7919 % 61) for n in range(count)]
    targets = [f"Decision no. {n} " + "port " * (n * 7919 % 61 * 2 // 3) for n in range(0, count, step)]
    return document(sources), document(targets)


def test_thousands_of_paragraphs_align_in_seconds() -> None:
    source, target = numbered(2_000)
    begun = time.process_time()
    bitext = align_documents(source, target, no_anchors)
    assert time.process_time() - begun < 15
    assert [pair.source + pair.target for pair in bitext.pairs] == list(
        zip(source.segments, target.segments, strict=True)
    )


def test_large_files_of_which_every_third_paragraph_is_translated() -> None:
    source, target = numbered(900, step=3)
    bitext = align_documents(source, target, no_anchors)
    paired = [(pair.source[0], pair.target[0]) for pair in bitext.pairs if pair.source and pair.target]
    right = set(zip(map(id, source.segments[::3]), map(id, target.segments), strict=True))
    found = {(id(one), id(other)) for one, other in paired}
    assert len(found & right) > 0.97 * len(right)


def test_large_files_without_anything_in_common_but_order() -> None:
    lengths = [n * n * 7919 % 83 + 5 for n in range(150)]
    source = document(["港" * length for length in lengths])
    target = document([string.ascii_letters[:3] * length for length in lengths])
    assert_orderly(align_documents(source, target, no_anchors), 300)
