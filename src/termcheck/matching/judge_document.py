"""Judge all pairs of a document: collect what it says about its terms, then judge each pair."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.index.segment_matches import SegmentMatches
from termcheck.matching.introduced_abbreviations import introductions
from termcheck.matching.judge import NO_NEIGHBOURHOOD, DocumentFacts, Judge
from termcheck.matching.lenient.target_evidence import Neighbourhood
from termcheck.matching.match import Match, Trait
from termcheck.matching.related_renderings import RelatedRenderings
from termcheck.matching.verdict import SURE_PAIR, Dismissal, PairVerdict, Reason
from termcheck.model import Segment, SegmentPair, Side, Term
from termcheck.text.fold import fold

if TYPE_CHECKING:
    from termcheck.matching.lenient.insertions import Insertion

# Every long document has a doubtful pair; a larger share of unsure pairs means that it is misaligned.
# Chosen by hand.
_MISALIGNED_SHARE = 0.3


class _Item(Struct, frozen=True):
    """A pair with the matches of active terms on both sides; `withheld`: it is too unsure to owe anything."""

    number: int
    pair: SegmentPair
    source: tuple[Match, ...]
    target: tuple[Match, ...]
    withheld: bool
    neighbourhood: Neighbourhood


def judge_document(
    pairs: Sequence[SegmentPair],
    glossary: CompiledGlossary,
    matches: SegmentMatches,
    active: Callable[[Term], bool],
    renderings_elsewhere: Iterable[str] = (),
    sure_elsewhere: int = 0,
) -> tuple[PairVerdict, ...]:
    """Judge pairs of one document, in order.

    An unsure row owes nothing, and neither does an unsure pair of a misaligned document: only its target can
    accuse. Other unsure pairs are judged together with their run. `renderings_elsewhere` are renderings,
    folded, in pairs of the document that are not among these; `sure_elsewhere` counts the aligned pairs, all
    sure, that are not.
    """
    return _judge_pairs(_judge(glossary, active), pairs, matches, renderings_elsewhere, sure_elsewhere)


def judge_independently(
    pairs: Sequence[SegmentPair],
    glossary: CompiledGlossary,
    matches: SegmentMatches,
    active: Callable[[Term], bool],
) -> tuple[PairVerdict, ...]:
    """Judge pairs that have nothing to do with one another: each as if it were a document of its own."""
    # One pass of the automaton over all pairs; judging each pair finds the matches known.
    _scan(pairs, matches)
    judge = _judge(glossary, active)
    return tuple(verdict for pair in pairs for verdict in _judge_pairs(judge, (pair,), matches))


def _judge_pairs(
    judge: Judge,
    pairs: Sequence[SegmentPair],
    matches: SegmentMatches,
    renderings_elsewhere: Iterable[str] = (),
    sure_elsewhere: int = 0,
) -> tuple[PairVerdict, ...]:
    """Judge the pairs of one document with a judge that may have judged others."""
    items = list(_items(pairs, matches, judge.active, sure_elsewhere))
    readable = (((() if item.withheld else item.source), item.target) for item in items)
    facts = DocumentFacts(introductions(readable))
    verdicts = [_verdict(judge, item, facts) for item in items]
    insertions = [_insertions_in(verdict, judge.target_lang) for verdict in verdicts]
    if not any(insertions):
        return tuple(verdicts)
    from termcheck.matching.lenient.insertions import recurring_insertions

    as_listed = Counter(chain(renderings_elsewhere, _listed_renderings(verdicts, judge.target_lang)))
    other_terms = recurring_insertions(chain.from_iterable(insertions), as_listed)
    facts = replace(facts, other_terms=other_terms)
    # The new fact changes only the verdicts that rest on such an insertion.
    return tuple(
        verdict if other_terms.isdisjoint(inserted) else _verdict(judge, item, facts)
        for item, verdict, inserted in zip(items, verdicts, insertions, strict=True)
    )


def is_misaligned(pairs: Sequence[SegmentPair], sure_elsewhere: int) -> bool:
    """Whether too many of the aligned pairs, all with texts on both sides, are unsure.

    `sure_elsewhere` counts further pairs of the document, which are sure.
    """
    unsure = sum(pair.confidence < SURE_PAIR for pair in pairs)
    return unsure > _MISALIGNED_SHARE * (len(pairs) + sure_elsewhere)


def _judge(glossary: CompiledGlossary, active: Callable[[Term], bool]) -> Judge:
    related = RelatedRenderings(glossary.related, glossary.glossary.concepts)
    return Judge(glossary.source_lang, glossary.target_lang, active, related, glossary.target.capitals)


def _verdict(judge: Judge, item: _Item, facts: DocumentFacts) -> PairVerdict:
    if not item.withheld:
        return judge.judge(
            item.pair,
            item.source,
            item.target,
            number=item.number,
            facts=facts,
            neighbourhood=item.neighbourhood,
        )
    target_only = judge.judge(replace(item.pair, source=()), (), item.target, number=item.number, facts=facts)
    accusing = target_only.accusing
    withheld = (*item.source, *(match for match in item.target if match not in accusing))
    dismissed = [Dismissal(match, Reason.PAIR_TOO_UNSURE) for match in withheld if match.certain]
    return replace(target_only, pair=item.pair, source=item.source, dismissed=tuple(dismissed))


def _items(
    pairs: Sequence[SegmentPair],
    matches: SegmentMatches,
    active: Callable[[Term], bool],
    sure_elsewhere: int,
) -> Iterator[_Item]:
    source, target = map(iter, _scan(pairs, matches))
    withdrawn = matches.withdrawn()
    applies = (lambda term: id(term) not in withdrawn and active(term)) if withdrawn else active
    withheld = _withheld(pairs, sure_elsewhere)
    runs = _unsure_runs(pair for pair, held in zip(pairs, withheld, strict=True) if not held)
    for number, (pair, held) in enumerate(zip(pairs, withheld, strict=True)):
        neighbourhood = NO_NEIGHBOURHOOD
        segments = pair.nearby if held or pair.confidence >= SURE_PAIR else runs[pair.run]
        if segments:
            neighbourhood = Neighbourhood(
                segments, functools.partial(_target_matches, matches, segments, active)
            )
        yield _Item(
            number,
            pair,
            _active_matches([next(source) for _ in pair.source], applies),
            _active_matches([next(target) for _ in pair.target], applies),
            held,
            neighbourhood,
        )


def _scan(
    pairs: Sequence[SegmentPair], matches: SegmentMatches
) -> tuple[list[tuple[Match, ...]], list[tuple[Match, ...]]]:
    """The matches of all source segments and of all target segments, in order."""
    sources = [segment for pair in pairs for segment in pair.source]
    targets = [segment for pair in pairs for segment in pair.target]
    return matches.scan(sources, Side.SOURCE), matches.scan(targets, Side.TARGET)


def _withheld(pairs: Sequence[SegmentPair], sure_elsewhere: int) -> list[bool]:
    """For each pair whether it is too unsure to owe anything."""
    if all(pair.confidence >= SURE_PAIR for pair in pairs):
        return [False] * len(pairs)
    aligned = [pair for pair in pairs if not pair.by_file and pair.source and pair.target]
    misaligned = len(aligned) + sure_elsewhere > 1 and is_misaligned(aligned, sure_elsewhere)
    return [pair.confidence < SURE_PAIR and (pair.by_file or misaligned) for pair in pairs]


def _unsure_runs(pairs: Iterable[SegmentPair]) -> dict[int, tuple[Segment, ...]]:
    """The target segments of each run that has an unsure pair, by the run's number."""
    pairs = list(pairs)
    unsure = {pair.run for pair in pairs if pair.confidence < SURE_PAIR}
    targets: dict[int, list[Segment]] = {run: [] for run in unsure}
    for pair in pairs:
        if pair.run in unsure:
            targets[pair.run] += pair.target
    return {run: tuple(segments) for run, segments in targets.items()}


def _target_matches(
    matches: SegmentMatches, segments: Sequence[Segment], active: Callable[[Term], bool]
) -> tuple[Match, ...]:
    return _active_matches(matches.scan(segments, Side.TARGET), active)


def _active_matches(groups: Sequence[tuple[Match, ...]], active: Callable[[Term], bool]) -> tuple[Match, ...]:
    return tuple([match for group in groups for match in group if active(match.term)])


def _insertions_in(verdict: PairVerdict, language: str) -> tuple[Insertion, ...]:
    """The renderings with an insertion that alone acquit a concept in a pair."""
    all_insertions: list[Insertion] = []
    for obligation in verdict.obligations:
        met_by = obligation.met_by
        if met_by and all(match.traits & Trait.LENIENT for match in met_by):
            from termcheck.matching.lenient.insertions import insertion_in

            insertions = dict.fromkeys(insertion_in(match, language) for match in met_by)
            if None not in insertions:
                all_insertions += [insertion for insertion in insertions if insertion is not None]
    return tuple(all_insertions)


def _listed_renderings(verdicts: Iterable[PairVerdict], language: str) -> Iterator[str]:
    """The first rendering of each obligation that is met as listed, folded."""
    for verdict in verdicts:
        for obligation in verdict.obligations:
            if obligation.met_by and not obligation.met_by[0].traits & Trait.LENIENT:
                yield fold(obligation.met_by[0].text, language).text
