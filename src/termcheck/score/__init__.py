"""How a glossary fares on texts: `termcheck glossary score`.

A glossary that accuses good texts is switched off before it finds a mistake. So before one is enforced,
each entry is counted: how often its term is met, how often it is rendered as listed, and what stands there
where it is not; and what could be done about an entry that fires too often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.engine import Glossaries, check_bitext, passed_over, prepare_job, row_errors
from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.verdict import PairVerdict
from termcheck.model import TermcheckError
from termcheck.report.scorecard import Kind, Scorecard, Substitute, TermScore
from termcheck.score.advice import Instead, propose
from termcheck.score.corpus import Corpus
from termcheck.score.phrases import phrase
from termcheck.score.substitutes import substitutes
from termcheck.score.tally import TermTally, term_tallies

Progress = Callable[[int, int], None]


class _Group(Struct):
    """The pairs of all texts that share their glossaries."""

    compiled: CompiledGlossary
    judged: list[PairVerdict] = field(default_factory=list)

    def term_tallies(self) -> list[TermTally]:
        """The tallies of the concepts that were asked for."""
        return term_tallies(self.judged, self.compiled.checked)

    def scores(self, found: Sequence[TermTally]) -> Iterator[TermScore]:
        """The scores of these concepts."""
        languages = (self.compiled.source_lang, self.compiled.target_lang)
        where = Corpus(self.judged, *languages) if any(one.missed for one in found) else None
        for tally in found:
            yield _score(tally, where, languages)


def score(
    jobs: Sequence[Job], settings: Settings, least: int = 1, progress: Progress | None = None
) -> Scorecard:
    """Score the glossaries of all jobs, in the terms that at least `least` pairs owe a rendering of.

    Which rules are selected does not matter. Errors of files and glossaries are kept in the result, and
    notices of files that hold no texts to compare.
    """
    glossaries = Glossaries(settings)
    # Scores come from verdicts, so no rule has to run.
    settings = replace(settings, selection=replace(settings.selection, codes=frozenset()), changes=None)
    groups: dict[tuple[str, ...], _Group] = {}
    errors: list[TermcheckError] = []
    notices: list[str] = []
    files = 0
    for number, job in enumerate(jobs):
        if progress is not None:
            progress(number, len(jobs))
        if job.missing:
            notices.append(f"{job.source_name}: left out, for there is no {job.missing}")
            continue
        try:
            prepared = prepare_job(job, settings, glossaries)
            verdicts = check_bitext(prepared, settings).verdicts
        except TermcheckError as error:
            if notice := passed_over(job, error):
                notices.append(notice)
            elif error not in errors:
                errors.append(error)
            continue
        errors += row_errors(prepared.bitext)
        files += 2 if job.target else 1
        groups.setdefault(job.glossaries, _Group(prepared.compiled)).judged += [
            verdict for verdict in verdicts if verdict.is_paired
        ]
    card = _scorecard(tuple(groups.values()), files, least, errors)
    return replace(card, notices=tuple(notices))


def _scorecard(
    groups: Sequence[_Group], files: int, least: int, errors: Sequence[TermcheckError]
) -> Scorecard:
    tallied = [(group, group.term_tallies()) for group in groups]
    scores = [
        one
        for group, found in tallied
        for one in group.scores([tally for tally in found if len(tally.obligation) >= least])
    ]
    return Scorecard(
        scores=tuple(sorted(scores, key=lambda one: (-one.missed, -one.rate, one.source))),
        glossaries=tuple(group.compiled.glossary for group in groups),
        files=files,
        pairs=sum(len(group.judged) for group in groups),
        terms=sum(len(group.compiled.checked) for group in groups),
        terms_seen=sum(len(found) for _, found in tallied),
        errors=tuple(errors),
    )


def _score(tally: TermTally, where: Corpus | None, languages: tuple[str, str]) -> TermScore:
    source_lang, target_lang = languages
    found = list(tally.seen_instead())
    if where is not None:
        found += substitutes(where, tally.unexplained, tally.met)
    instead = _merged(found, languages)
    return TermScore(
        tally.concept,
        tally.source,
        target_lang,
        pairs=len(tally.obligation),
        occurrences=sum(len(obligation.occurrences) for obligation in tally.obligation),
        renderings=tally.renderings(),
        nearby=sum(obligation.rendered_nearby and not obligation.met_by for obligation in tally.met.values()),
        missed=len(tally.missed),
        instead=tuple(substitute for substitute, _ in instead),
        proposal=propose(tally, instead, source_lang),
    )


def _merged(found: Instead, languages: tuple[str, str]) -> Instead:
    """The substitutes with forms of one word told as one, as they are met most often; the busiest first."""
    source_lang, target_lang = languages
    left = {phrase(one.text, source_lang) for one, _ in found if one.kind is Kind.LEFT}
    groups: dict[str, list[tuple[Substitute, frozenset[int]]]] = {}
    for one, pairs in sorted(found, key=lambda item: (-item[0].pairs, item[0].text)):
        key = phrase(one.text, source_lang)
        groups.setdefault(key if key in left else phrase(one.text, target_lang), []).append((one, pairs))
    merged = []
    for group in groups.values():
        pairs = frozenset().union(*(numbers for _, numbers in group))
        kind = next((one.kind for one, _ in group if one.kind is not Kind.PHRASE), Kind.PHRASE)
        merged.append((replace(group[0][0], kind=kind, pairs=len(pairs)), pairs))
    return sorted(merged, key=lambda item: -item[0].pairs)
