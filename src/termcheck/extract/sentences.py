"""Cuts the texts of a pair into sentences and pairs these, because short pairs tell more of their words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from termcheck.align.layout import Run
from termcheck.align.paragraphs import Paragraphs
from termcheck.align.profile import length_of
from termcheck.lazy import compile_later
from termcheck.model import Piece, Segment, Side, Span

# The end of a sentence with its closing quotes and brackets; after a full stop a capital must follow.
_END = compile_later(r"[。！？；][」』”’）》]*|[.!?;]['\"”’)\]]*\s+(?=[\"“‘'(\[]*[^\W\d_a-zа-яё])|\n+")
# Two sentences may be a pair if their lengths are like those of their texts, within this factor.
_FITTING = math.log(1.6)
_SHORT = 25
_LONGEST_LABEL = 60
_SENTENCE_END = compile_later(r"[.!?;。！？；][\W_]*\Z")

TextPair = tuple[str, str]
"""The texts of a pair: source and target."""


def sentence_pairs(pairs: Sequence[TextPair]) -> Iterator[tuple[int, TextPair]]:
    """The pairs of sentences in pairs of texts, each with the number of its pair, in the order of the pairs.

    What fits in order is a pair; the rest is aligned like paragraphs. Sentences without a counterpart are
    left out.
    """
    doubtful: list[int] = []
    found: dict[int, list[TextPair]] = {}
    for number, (source, target) in enumerate(pairs):
        sources, targets = sentences(source), sentences(target)
        if min(len(sources), len(targets)) < 2:
            found[number] = [(source, target)]
        elif _fit_in_order(sources, targets):
            found[number] = list(zip(sources, targets, strict=True))
        else:
            doubtful.append(number)
    found |= zip(doubtful, _aligned([pairs[number] for number in doubtful]), strict=True)
    for number in range(len(pairs)):
        for pair in found[number]:
            yield number, pair


def is_label(pair: TextPair) -> bool:
    """Whether a pair is a title or a label, each use of which is evidence; a repeated sentence is not."""
    return all(len(text) <= _LONGEST_LABEL and not _SENTENCE_END.search(text) for text in pair)


def sentences(text: str) -> list[str]:
    """The sentences of a text, without those that have no letters."""
    edges = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    parts = (text[start:end].strip() for start, end in pairwise(edges))
    return [part for part in parts if any(map(str.isalnum, part))]


def _fit_in_order(sources: Sequence[str], targets: Sequence[str]) -> bool:
    if len(sources) != len(targets):
        return False
    lengths = [
        (length_of(source), length_of(target)) for source, target in zip(sources, targets, strict=True)
    ]
    ratio = sum(target for _, target in lengths) / sum(source for source, _ in lengths)
    return all(
        abs(math.log(target / source / ratio)) < _FITTING or max(source, target) < _SHORT
        for source, target in lengths
    )


def _aligned(pairs: Sequence[TextPair]) -> Iterator[list[TextPair]]:
    """The sentence pairs of each pair of texts."""
    if not pairs:
        return
    sides: tuple[list[list[Segment]], list[list[Segment]]] = ([], [])
    runs: list[Run] = []
    for pair in pairs:
        starts = [len(side) for side in sides]
        for side, text in zip(sides, pair, strict=True):
            side += [[_segment(sentence)] for sentence in sentences(text)]
        runs.append(Run(*((start, len(side)) for start, side in zip(starts, sides, strict=True))))
    for _, beads in Paragraphs(*sides, _no_concepts).align(lambda _: runs):
        yield [(_joined(bead.source), _joined(bead.target)) for bead in beads if bead.source and bead.target]


def _segment(text: str) -> Segment:
    whole = Span(0, len(text))
    return Segment(text, (Piece(whole, whole),))


def _joined(segments: Sequence[Segment]) -> str:
    return " ".join(segment.text for segment in segments)


def _no_concepts(segments: Sequence[Segment], _: Side) -> Sequence[frozenset[str]]:
    return [frozenset()] * len(segments)
