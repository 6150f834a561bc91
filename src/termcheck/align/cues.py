"""Pairs the cues of subtitles by the times at which they show.

Two cues belong together if they show at the same time, in one file or in two. Where one language says in two
cues what the other says in one, all of them are a pair. A sentence often runs over several cues, and its
translation has its words in another order, so each pair knows the cues beside it in which a rendering may
stand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from termcheck.align.placed import PlacedRun, pair_rows
from termcheck.align.profile import Anchors
from termcheck.align.rows import Row
from termcheck.align.sides import sides_of
from termcheck.lazy import compile_later
from termcheck.model import Document, Segment, Side, Span

# All figures were chosen by hand. Cues belong together if they show together for this share of the time of
# the shorter one.
_LEAST_SHARE = 0.3
# A cue is compared with so many cues that begin before it ends; one that shows for minutes is a sign.
_MOST_CANDIDATES = 32
# A sentence runs over no more cues than these to either side, and not over a longer pause, in milliseconds.
_REACH = 2
_LONGEST_PAUSE = 3_000
# A file with fewer cues in both languages is in one language and has a few foreign words.
_BILINGUAL_SHARE = 0.2

_SENTENCE_END = compile_later(r"(?:(?<!\.)\.|[!?。！？．])[\"'”’»」』）)\]♪♫\s]*\Z")


class _Cue(Struct, frozen=True):
    """The segments of a cue in one language; `index` is that of the first in its document."""

    time: Span
    index: int
    segments: tuple[Segment, ...]


class _Bead(Struct, frozen=True):
    """The cues that belong together, in order; one side may have none."""

    sources: tuple[_Cue, ...]
    targets: tuple[_Cue, ...]

    @property
    def cues(self) -> tuple[_Cue, ...]:
        return (*self.sources, *self.targets)

    @property
    def time(self) -> Span:
        return Span(min(cue.time.start for cue in self.cues), max(cue.time.end for cue in self.cues))


def pair_cues_in_document(
    document: Document, languages: tuple[str, str], anchors: Anchors
) -> list[PlacedRun]:
    """The pairs of a bilingual document of cues; none if it is in one language."""
    segments = document.segments
    sides = sides_of(segments, *languages)
    sided = list(zip(range(len(segments)), segments, sides, strict=True))
    sources, targets = ([(index, one) for index, one, its in sided if its is side] for side in Side)
    beads = _beads(list(_cues(sources)), list(_cues(targets)))
    paired = sum(bool(bead.sources and bead.targets) for bead in beads)
    return _pairs(beads, anchors) if paired > _BILINGUAL_SHARE * len(beads) else []


def pair_cues_of_documents(source: Document, target: Document, anchors: Anchors) -> list[PlacedRun]:
    """The pairs of two documents of cues."""
    cues = (list(_cues(enumerate(document.segments))) for document in (source, target))
    return _pairs(_beads(*cues), anchors)


def _cues(segments: Iterable[tuple[int, Segment]]) -> Iterator[_Cue]:
    for _, group in groupby(segments, lambda item: item[1].block):
        (index, first), *others = group
        if first.time is not None:
            yield _Cue(first.time, index, (first, *(segment for _, segment in others)))


def _beads(sources: Sequence[_Cue], targets: Sequence[_Cue]) -> list[_Bead]:
    """All cues, those that belong together in one bead, in the order of their times.

    Each target cue goes with the source cue that shows with it longest. A source cue that is then alone
    goes with the target cue that shows with it longest. So no bead grows on and on.
    """
    sources, targets = (sorted(cues, key=_start_and_index) for cues in (sources, targets))
    hub: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for number, partner in _partners(targets, sources):
        members.setdefault(partner, []).append(number)
        hub[number] = partner
    alone = [number for number in range(len(sources)) if number not in members]
    joined: dict[int, list[int]] = {}
    lone = set(alone)
    for place, partner in _partners([sources[number] for number in alone], targets):
        if partner in hub:
            joined.setdefault(hub[partner], []).append(alone[place])
            lone.discard(alone[place])
    beads = [
        _Bead(
            tuple(sources[number] for number in sorted([first, *joined.get(first, ())])),
            tuple(targets[number] for number in numbers),
        )
        for first, numbers in members.items()
    ]
    beads += (_Bead((sources[number],), ()) for number in lone)
    beads += (_Bead((), (cue,)) for number, cue in enumerate(targets) if number not in hub)
    return sorted(beads, key=lambda bead: (bead.time, bead.cues[0].index))


def _partners(cues: Sequence[_Cue], others: Sequence[_Cue]) -> Iterator[tuple[int, int]]:
    """For each cue that has one: its number, and that of the other cue that shows with it longest."""
    starts = [other.time.start for other in others]
    for number, cue in enumerate(cues):
        end = bisect_left(starts, cue.time.end)
        best, longest = -1, (0, 0)
        for place in range(end - 1, max(end - 1 - _MOST_CANDIDATES, -1), -1):
            other = others[place].time
            shared = min(cue.time.end, other.end) - max(cue.time.start, other.start)
            fit = shared, -abs(cue.time.start - other.start)
            if shared >= _LEAST_SHARE * min(len(cue.time), len(other)) and shared > 0 and fit >= longest:
                best, longest = place, fit
        if best >= 0:
            yield number, best


def _start_and_index(cue: _Cue) -> tuple[int, int]:
    return cue.time.start, cue.index


def _pairs(beads: Sequence[_Bead], anchors: Anchors) -> list[PlacedRun]:
    """The pairs of beads, each a run."""
    rows = [Row(index, *map(_segments, (bead.sources, bead.targets))) for index, bead in enumerate(beads)]
    placed = pair_rows(rows, anchors, None)
    return [
        (
            index,
            tuple(
                replace(pair, nearby=_nearby(beads, index)) if pair.source and pair.target else pair
                for pair in pairs
            ),
        )
        for index, pairs in placed
    ]


def _segments(cues: Iterable[_Cue]) -> tuple[Segment, ...]:
    return tuple(segment for cue in cues for segment in cue.segments)


def _nearby(beads: Sequence[_Bead], index: int) -> tuple[Segment, ...]:
    """The target segments of neighbouring beads over which the sentence of a bead may run on."""
    found: list[Segment] = []
    for step in (-1, 1):
        at = index
        while abs(at - index) < _REACH and 0 <= at + step < len(beads):
            before, after = sorted((at, at + step))
            if not _runs_on(beads[before], beads[after]):
                break
            at += step
            found += _segments(beads[at].targets)
    return tuple(found)


def _runs_on(before: _Bead, after: _Bead) -> bool:
    """Whether a sentence may run on from one bead to the next: none ends, or times cross."""
    crossing = any(
        one.time.overlaps(other.time)
        for ones, others in ((before.sources, after.targets), (before.targets, after.sources))
        for one in ones
        for other in others
    )
    if crossing:
        return True
    if after.time.start - before.time.end > _LONGEST_PAUSE:
        return False
    last = (side[-1].segments[-1].text for side in (before.sources, before.targets) if side)
    return not any(_SENTENCE_END.search(text) for text in last)
