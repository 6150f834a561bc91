"""Scores every entry of a glossary against texts.

People switch off a glossary that accuses good texts before it finds a single mistake. So before a glossary is
enforced, each entry is measured: how often its term occurs, how often it is rendered as listed, what stands
there if it is not, and what could be done about an entry that accuses too often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine import Glossaries, check_bitext, checkable, passed_over, prepare_job, row_errors
from termcheck.engine.notices import glossary_notices
from termcheck.jobs import Job
from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.verdict import PairVerdict
from termcheck.model import TermcheckError
from termcheck.report.scorecard import Kind, Scorecard, TermScore
from termcheck.score.advice import propose
from termcheck.score.corpus import Corpus
from termcheck.score.phrases import phrase
from termcheck.score.substitutes import substitutes
from termcheck.score.tally import FoundSubstitute, TermTally, tally_terms

Progress = Callable[[int, int], None]
"""Called before each job with the number of jobs done, and of all jobs."""


class _Group(Struct):
    """The verdicts on the pairs of all texts that share their glossaries."""

    compiled: CompiledGlossary
    verdicts: list[PairVerdict] = field(default_factory=list)

    @property
    def paths(self) -> tuple[str, ...]:
        """The files of the glossary, which may be used in several directions."""
        return self.compiled.glossary.paths

    def tallies(self) -> list[TermTally]:
        """The tallies of the concepts to be checked that occur."""
        return tally_terms(self.verdicts, self.compiled.checked)

    def scores(self, tallies: Sequence[TermTally]) -> Iterator[TermScore]:
        """The scores of the concepts with these tallies."""
        languages = self.compiled.languages
        corpus = Corpus(self.verdicts, *languages) if any(tally.missed for tally in tallies) else None
        for tally in tallies:
            yield _score(tally, corpus, languages)


def score_glossaries(
    jobs: Sequence[Job], settings: Settings, min_pairs: int = 1, progress: Progress | None = None
) -> Scorecard:
    """Score the glossaries of all jobs; a term must occur in at least `min_pairs` pairs.

    The selection of rules does not matter. The result contains the errors of files and glossaries, and a
    notice for each file without texts to compare.
    """
    glossaries = Glossaries(settings)
    # Scores come from verdicts, so no rule has to run.
    settings = settings.changed(_without_rules)
    jobs, lacking = checkable(jobs, glossaries)
    groups: dict[tuple[tuple[str, ...], tuple[str, str]], _Group] = {}
    errors: list[TermcheckError] = []
    notices = list(map(str, lacking))
    files: set[str] = set()
    for number, job in enumerate(jobs):
        if progress is not None:
            progress(number, len(jobs))
        if job.missing:
            notices.append(f"{job.source_name}: left out, for there is no {job.missing}")
            continue
        try:
            prepared = prepare_job(job, settings.of(job.config), glossaries)
            verdicts = check_bitext(prepared, settings.of(job.config)).verdicts
            notices += glossary_notices(prepared.compiled.glossary)
        except TermcheckError as error:
            if notice := passed_over(job, error):
                notices.append(str(notice))
            elif error not in errors:
                errors.append(error)
            continue
        errors += row_errors(prepared.bitext)
        errors += (error for error in prepared.compiled.given_up if error not in errors)
        files.update(filter(None, (job.source_name, job.target_name)))
        group = groups.setdefault((job.glossaries, prepared.compiled.languages), _Group(prepared.compiled))
        group.verdicts += [verdict for verdict in verdicts if verdict.is_paired]
    card = _scorecard(tuple(groups.values()), min_pairs)
    return replace(card, files=len(files), errors=tuple(errors), notices=tuple(dict.fromkeys(notices)))


def _without_rules(settings: Settings) -> Settings:
    return replace(settings, selection=replace(settings.selection, codes=frozenset()), changes=None)


def _scorecard(groups: Sequence[_Group], min_pairs: int) -> Scorecard:
    """The scorecard without what the reading of the files adds."""
    tallied = [(group, group.tallies()) for group in groups]
    scores = [
        score
        for group, tallies in tallied
        for score in group.scores([tally for tally in tallies if len(tally.obligations) >= min_pairs])
    ]
    return Scorecard(
        scores=tuple(sorted(scores, key=lambda score: (-score.missed, -score.rate, score.source))),
        glossaries=tuple(group.compiled.glossary for group in groups),
        pairs=sum(len(group.verdicts) for group in groups),
        terms=len({(group.paths, concept) for group in groups for concept in group.compiled.checked}),
        terms_seen=len({(group.paths, tally.concept.id) for group, tallies in tallied for tally in tallies}),
    )


def _score(tally: TermTally, corpus: Corpus | None, languages: tuple[str, str]) -> TermScore:
    source_lang, target_lang = languages
    found_substitutes = list(tally.observed_substitutes())
    if corpus is not None:
        found_substitutes += substitutes(corpus, tally.unexplained, tally.met)
    merged = _merged(found_substitutes, languages)
    return TermScore(
        tally.concept,
        tally.source,
        target_lang,
        pairs=len(tally.obligations),
        occurrences=sum(len(obligation.occurrences) for obligation in tally.obligations),
        renderings=tally.renderings(),
        nearby=sum(obligation.rendered_nearby and not obligation.met_by for obligation in tally.met.values()),
        missed=len(tally.missed),
        instead=tuple(substitute for substitute, _ in merged),
        proposal=propose(tally, merged, source_lang),
    )


def _merged(
    found_substitutes: Sequence[FoundSubstitute], languages: tuple[str, str]
) -> list[FoundSubstitute]:
    """Merge the forms of one word into its most frequent form; the most frequent substitute comes first."""
    source_lang, target_lang = languages
    untranslated = {phrase(form.text, source_lang) for form, _ in found_substitutes if form.kind is Kind.LEFT}
    by_phrase: dict[str, list[FoundSubstitute]] = {}
    for form, pairs in sorted(found_substitutes, key=lambda item: (-item[0].pairs, item[0].text)):
        key = phrase(form.text, source_lang)
        if key not in untranslated:
            key = phrase(form.text, target_lang)
        by_phrase.setdefault(key, []).append((form, pairs))
    merged = []
    for forms in by_phrase.values():
        pairs = frozenset().union(*(numbers for _, numbers in forms))
        kind = next((form.kind for form, _ in forms if form.kind is not Kind.PHRASE), Kind.PHRASE)
        merged.append((replace(forms[0][0], kind=kind, pairs=len(pairs)), pairs))
    return sorted(merged, key=lambda item: -item[0].pairs)
