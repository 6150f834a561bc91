"""Judge the pairs of a bitext, with as much trust in each as the alignment deserves."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from termcheck.align.rows import paired_by_file
from termcheck.engine.prepare import Matches, Prepared
from termcheck.matching.judge import NO_NEIGHBOURHOOD, SURE_PAIR, Judge, JudgedPair
from termcheck.matching.lenient.insertions import Insertion, insertion_in, recurring_insertions
from termcheck.matching.lenient.target_evidence import Neighbourhood
from termcheck.matching.match import Match, Trait
from termcheck.matching.related_concepts import Kinship
from termcheck.model import (
    Segment,
    SegmentPair,
    Side,
)
from termcheck.rules.uncertain_alignment import out_of_step
from termcheck.text.fold import fold


def judge(prepared: Prepared, *, alone: bool = False) -> tuple[JudgedPair, ...]:
    """Judge every pair of a bitext; if `alone`, as if nothing else stood in it.

    Unsure rows, and unsure pairs of a document out of step, owe nothing: only what their targets say
    by themselves counts. Other unsure pairs are judged together with their run.
    """
    compiled, bitext = prepared.compiled, prepared.bitext
    kinship = Kinship(compiled.related)
    one = Judge(
        compiled.source_lang, compiled.target_lang, prepared.active, kinship, compiled.target.capitalised
    )
    source = prepared.matches.scan([s for pair in bitext.pairs for s in pair.source], Side.SOURCE)
    target = prepared.matches.scan([s for pair in bitext.pairs for s in pair.target], Side.TARGET)
    source_iter, target_iter = iter(source), iter(target)
    withheld = _withheld(bitext.pairs)
    runs = _runs(pair for pair, waived in zip(bitext.pairs, withheld, strict=True) if not waived)

    def around(pair: SegmentPair) -> Neighbourhood:
        if pair.confidence >= SURE_PAIR:
            return NO_NEIGHBOURHOOD
        return Neighbourhood(runs[pair.run], functools.partial(_nearby, prepared.matches, runs[pair.run]))

    judged: list[JudgedPair] = []
    for pair, waived in zip(bitext.pairs, withheld, strict=True):
        source_matches = _flat([next(source_iter) for _ in pair.source])
        target_matches = _flat([next(target_iter) for _ in pair.target])
        if waived:
            target_only = one.judge(replace(pair, source=()), (), target_matches)
            judged.append(replace(target_only, pair=pair, source=source_matches))
            continue
        judged.append(one.judge(pair, source_matches, target_matches, around(pair)))
    if alone:
        return tuple(again for verdict in judged for again in _again([verdict], one, around))
    spellings = prepared.prefiltered.spellings if prepared.prefiltered is not None else ()
    return tuple(_again(judged, one, around, spellings))


def _again(
    judged: Sequence[JudgedPair],
    one: Judge,
    around: Callable[[SegmentPair], Neighbourhood],
    spellings: Sequence[str] = (),
) -> Iterator[JudgedPair]:
    """The verdicts, without acquittals by texts that the document shows to be terms of their own.

    `spellings` are the renderings in pairs that are not among these.
    """
    stood_for = [_stretched(verdict, one.target_lang) for verdict in judged]
    if not any(stood_for):
        yield from judged
        return
    as_listed = Counter(spellings)
    as_listed.update(
        fold(obligation.met_by[0].text, one.target_lang).text
        for verdict in judged
        for obligation in verdict.obligations
        if obligation.met_by and not obligation.met_by[0].traits & Trait.LENIENT
    )
    one.refused = recurring_insertions(itertools.chain.from_iterable(stood_for), as_listed)
    for verdict, texts in zip(judged, stood_for, strict=True):
        if one.refused.isdisjoint(texts):
            yield verdict
        else:
            yield one.judge(verdict.pair, verdict.source, verdict.target, around(verdict.pair))


def _stretched(verdict: JudgedPair, language: str) -> tuple[Insertion, ...]:
    """The texts with an insertion that alone acquit a concept in a pair."""
    found: list[Insertion] = []
    for obligation in verdict.obligations:
        if obligation.met_by and all(match.traits & Trait.LENIENT for match in obligation.met_by):
            texts = dict.fromkeys(insertion_in(match, language) for match in obligation.met_by)
            if None not in texts:
                found += [one for one in texts if one is not None]
    return tuple(found)


def _withheld(pairs: Sequence[SegmentPair]) -> list[bool]:
    """For each pair whether it is too unsure to say anything about terms."""
    if all(pair.confidence >= SURE_PAIR for pair in pairs):
        return [False] * len(pairs)
    fixed = list(paired_by_file(pairs))
    aligned = [
        pair
        for pair, by_file in zip(pairs, fixed, strict=True)
        if not by_file and pair.source and pair.target
    ]
    lost = len(aligned) > 1 and out_of_step(aligned)
    return [
        pair.confidence < SURE_PAIR and (by_file or lost) for pair, by_file in zip(pairs, fixed, strict=True)
    ]


def _runs(pairs: Iterable[SegmentPair]) -> dict[int, tuple[Segment, ...]]:
    """The target segments of each run that has an unsure pair."""
    pairs = list(pairs)
    unsure = {pair.run for pair in pairs if pair.confidence < SURE_PAIR}
    found: dict[int, list[Segment]] = {run: [] for run in unsure}
    for pair in pairs:
        if pair.run in unsure:
            found[pair.run] += pair.target
    return {run: tuple(segments) for run, segments in found.items()}


def _nearby(matches: Matches, segments: Sequence[Segment]) -> tuple[Match, ...]:
    return _flat(matches.scan(segments, Side.TARGET))


def _flat(groups: Sequence[tuple[Match, ...]]) -> tuple[Match, ...]:
    if len(groups) == 1:  # most sides of most pairs are one segment
        return groups[0]
    return tuple(match for group in groups for match in group)
