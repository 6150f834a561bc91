"""Sets aside the pairs of an aligned bitext that the prefilter settles; only the others are then judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from termcheck.matching.strict.bracket_views import OBJECT
from termcheck.matching.verdict import SURE_PAIR
from termcheck.model import Segment, SegmentPair
from termcheck.prefilter.prefilter import Prefilter, PrefilterResult


class PrefilteredPairs(Struct, frozen=True):
    """The pairs that must be judged, in order, and what is known of the others.

    `paragraphs` counts the settled pairs that are no rows.
    """

    to_judge: tuple[SegmentPair, ...]
    result: PrefilterResult
    paragraphs: int


def prefilter_pairs(pairs: Sequence[SegmentPair], prefilter: Prefilter) -> PrefilteredPairs | None:
    """Settle the plain pairs of a bitext; None if no pair has text on both sides."""
    paired = [number for number, pair in enumerate(pairs) if _text(pair.source) and _text(pair.target)]
    if not paired:
        return None
    unsure_runs = {pair.run for pair in pairs if pair.confidence < SURE_PAIR}
    result = prefilter.settle(
        [_text(pairs[number].source) for number in paired],
        [_text(pairs[number].target) for number in paired],
        _beyond_bare_texts([pairs[number] for number in paired], unsure_runs),
    )
    settled = set(paired)
    settled.difference_update([paired[index] for index in result.to_judge])
    to_judge = tuple([pair for number, pair in enumerate(pairs) if number not in settled])
    return PrefilteredPairs(to_judge, result, sum(not pairs[number].by_file for number in settled))


def _beyond_bare_texts(pairs: Sequence[SegmentPair], unsure_runs: set[int]) -> Iterator[int]:
    """The numbers of pairs about which their bare texts do not say everything."""
    for number, pair in enumerate(pairs):
        source, target = pair.source[0], pair.target[0]
        if (
            len(pair.source) > 1
            or len(pair.target) > 1
            or (source.marked and target.marked)
            or pair.run in unsure_runs
            or _has_tag(source)
            or _has_tag(target)
        ):
            yield number


def _has_tag(segment: Segment) -> bool:
    """Whether a tag may stand inside a term."""
    return any(segment.text.startswith("<", span.start) for span in segment.protected)


def _text(segments: Sequence[Segment]) -> str:
    """The text of one side, with a mark for each protected character."""
    return "\n".join(map(_masked, segments)) if len(segments) != 1 else _masked(segments[0])


def _masked(segment: Segment) -> str:
    text = segment.text
    if not segment.protected:
        return text
    parts: list[str] = []
    end = 0
    for span in segment.protected:
        parts += (text[end : span.start], OBJECT * len(span))
        end = span.end
    return "".join([*parts, text[end:]])
