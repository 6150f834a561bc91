"""Find the pairs whose terms are all rendered as listed, many pairs at once, from their bare texts.

Most pairs of a corpus need no finding: each term has an accepted rendering, written as listed. One pass of
the automaton over all sources, and a plain substring search in the target for each hit, is enough to see
that. Every pair that is less plain in any way is left to the judge.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.matching.index.automaton import AhoCorasick, latin1_as_utf8, utf8_as_latin1
from termcheck.matching.index.compiled_glossary import CompiledGlossary
from termcheck.matching.strict import casing, edges
from termcheck.matching.strict.kept_text import keeps_any
from termcheck.model import Term, Where
from termcheck.prefilter.rendering_search import BOUNDARIES, only_rendering, padded
from termcheck.prefilter.source_forms import RenderingForm, SourceForm, SourceForms
from termcheck.prefilter.unusual_texts import mark_unusual
from termcheck.text.batch import SEPARATOR, ends_in, fold_batch
from termcheck.text.fold import fold_in_place

_BOUNDARIES = BOUNDARIES | {SEPARATOR}
# This many bytes on either side of a form decide whether it is a word of its own.
_REACH = 24
# Letters and digits that fold to ASCII.
_LIKE_ASCII = compile_later("[İı０-ｚ]")


class PrefilterResult(Struct):
    """What the prefilter found out about a batch of pairs.

    `to_judge` are the numbers of the pairs that must be judged, in order; it settled `settled` others. For
    these, `rendered` holds the id of a concept once for each pair that renders it, and `forms` the folded
    form that does; `seen` are the ids of all concepts that occur, also inside longer terms.
    """

    to_judge: list[int]
    settled: int
    rendered: list[str]
    forms: list[str]
    seen: set[str]


class Prefilter:
    """Settles pairs of texts with one glossary; `active` says which terms are valid and in scope.

    `watch_mixes`: the pairs are one document, and a rule asks whether it renders a concept in two accepted
    ways.
    """

    def __init__(
        self, compiled: CompiledGlossary, active: Callable[[Term], bool], *, watch_mixes: bool = False
    ) -> None:
        self._languages = compiled.source_lang, compiled.target_lang
        self._source_forms = SourceForms(compiled, active)
        self._automaton = compiled.source.automaton
        self._always = AhoCorasick(compiled.target.index.forms_forbidden_everywhere())
        self._known: dict[int, SourceForm] = {}
        self._watch_mixes = watch_mixes

    @staticmethod
    def fits(compiled: CompiledGlossary) -> bool:
        """Whether the prefilter can work with a glossary; regular expressions have to search every pair."""
        source, target = compiled.source.index, compiled.target.index
        concepts = compiled.glossary.concepts
        terms = (concepts[number].terms[term_number] for number, term_number in target.regexes)
        return not source.regexes and not any(term.where is Where.ALWAYS for term in terms)

    def settle(
        self, sources: Sequence[str], targets: Sequence[str], judge_anyway: Iterable[int] = ()
    ) -> PrefilterResult:
        """Settle pairs, given the texts of their two sides, none of them empty.

        Pairs number `judge_anyway` are not settled. Pair 0 is always judged too, because callers need a
        non-empty document.
        """
        needs_judge = bytearray(len(sources))
        for number in (0, *judge_anyway):
            needs_judge[number] = 1
        for number, target in enumerate(targets):
            if target.isspace():
                needs_judge[number] = 1
        mark_unusual(sources, needs_judge)
        mark_unusual(targets, needs_judge)
        self._find_accusing(targets, needs_judge)
        first = _FirstRenderings(needs_judge) if self._watch_mixes else None
        numbers: list[int] = []
        rendered: list[RenderingForm] = []
        inner: list[tuple[int, Sequence[SourceForm]]] = []
        for number, hits, ends in self._hits(sources, needs_judge):
            renderings = () if needs_judge[number] else self._settled(hits, ends, targets[number])
            if renderings and keeps_any(sources[number], targets[number]):
                renderings = ()
            if renderings and (first is None or first.agrees(number, renderings)):
                for rendering in renderings:
                    numbers.append(number)
                    rendered.append(rendering)
                if len(hits) > len(renderings):
                    inner.append((number, hits))
            else:
                needs_judge[number] = 1
                if first is not None:
                    first.leave_to_judge(hits)
        settled = zip(numbers, rendered, strict=True)
        return self._result(
            needs_judge,
            [rendering for number, rendering in settled if not needs_judge[number]],
            [hits for number, hits in inner if not needs_judge[number]],
        )

    def _result(
        self,
        needs_judge: bytearray,
        rendered: Sequence[RenderingForm],
        several_hits: Sequence[Sequence[SourceForm]],
    ) -> PrefilterResult:
        """Count what is rendered; of `several_hits` in a pair, some may lie inside others."""
        ids = [rendering.id for rendering in rendered]
        inner = {concept for hits in several_hits for form in hits for concept in form.concepts}
        return PrefilterResult(
            [number for number, judged in enumerate(needs_judge) if judged],
            needs_judge.count(0),
            ids,
            [rendering.form for rendering in rendered],
            {*ids, *map(self._source_forms.id_of, inner)},
        )

    def _find_accusing(self, targets: Sequence[str], needs_judge: bytearray) -> None:
        """Mark the pairs whose target has a rendering that is forbidden everywhere."""
        if not self._always:
            return
        for number, target in enumerate(targets):
            folded = fold_in_place(target, self._languages[1])
            if folded is None or next(self._always.find(folded), None):
                needs_judge[number] = 1

    def _hits(
        self, sources: Sequence[str], needs_judge: bytearray
    ) -> Iterator[tuple[int, list[SourceForm], list[int]]]:
        """For each source with hits: its number, the forms in it that may be terms, and where they end.

        Ends are byte offsets in the joined batch. A pair that needs the judge is marked before it is yielded.
        """
        folded, displaced = fold_batch(sources, self._languages[0])
        for number in displaced:
            needs_judge[number] = 1
        text = utf8_as_latin1(folded)
        limits = ends_in(text)
        known = self._known
        number = limit = -1
        hits: list[SourceForm] = []
        ends: list[int] = []
        for last, form_number in self._automaton.find_bytes(text):
            if last > limit:
                if hits:
                    yield number, hits, ends
                    hits, ends = [], []
                number = bisect_left(limits, last, number + 1)
                limit = limits[number]
            form = known.get(form_number) or self._look_up(form_number)
            if form.phrases and form.begins_phrase(text, last + 1):
                needs_judge[number] = 1
            if form.is_term and (
                form.free_edges
                or self._is_hit(last + 1, form, text, limit, sources[number], number, needs_judge)
            ):
                hits.append(form)
                ends.append(last + 1)
        if hits:
            yield number, hits, ends

    def _look_up(self, form_number: int) -> SourceForm:
        form = self._known[form_number] = self._source_forms.form(form_number)
        return form

    def _is_hit(
        self,
        end: int,
        form: SourceForm,
        text: str,
        limit: int,
        source: str,
        number: int,
        needs_judge: bytearray,
    ) -> bool:
        """Whether a form that is not a term everywhere may be one here."""
        begin = end - form.size
        if not _stands_alone(text, begin, end):
            before, hit, after = map(
                latin1_as_utf8,
                (text[max(begin - _REACH, 0) : begin], text[begin:end], text[end : end + _REACH]),
            )
            nearby, start, stop = before + hit + after, len(before), len(before) + len(hit)
            if not edges.fits(nearby, start, stop):
                return False
            needs_judge[number] |= edges.glued(nearby, start, stop)
        if form.cased:
            absent = form.cased not in source and (source.isascii() or not _LIKE_ASCII.search(source))
            if form.only_cased and absent:
                return False
            as_listed = source.count(form.cased)
            in_any_case = text.count(form.cased_folded, text.rfind(SEPARATOR, 0, begin) + 1, limit)
            needs_judge[number] |= not as_listed or as_listed != in_any_case or casing.is_shouted(source)
        return True

    def _settled(
        self, hits: Sequence[SourceForm], ends: Sequence[int], target: str
    ) -> Sequence[RenderingForm]:
        """The rendering of each concept of a source in its target; empty if the judge has to decide."""
        folded = target.lower() if target.isascii() else fold_in_place(target, self._languages[1])
        if folded is None:
            return ()
        folded = padded(folded)
        if len(hits) == 1:
            rendering = only_rendering(hits[0].renderings, target, folded)
            return (rendering,) if rendering is not None else ()
        rendered: dict[tuple[int, ...], RenderingForm] = {}
        for form in _outer(hits, ends) if _overlap(hits, ends) else hits:
            if form.concepts not in rendered:
                rendering = only_rendering(form.renderings, target, folded)
                if rendering is None:
                    return ()
                rendered[form.concepts] = rendering
        return tuple(rendered.values())


class _FirstRenderings:
    """How a document first renders each concept that has several accepted renderings."""

    def __init__(self, needs_judge: bytearray) -> None:
        self._needs_judge = needs_judge
        # By concept: the number of the pair and the listed rendering; None where the judge decides on it.
        self._known: dict[int, tuple[int, str] | None] = {}

    def agrees(self, number: int, rendered: Sequence[RenderingForm]) -> bool:
        """Whether the next pair renders each concept as the first pair did."""
        for rendering in rendered:
            if rendering.has_alternatives:
                first = self._known.setdefault(rendering.concept, (number, rendering.listed))
                if first is None or first[1] != rendering.listed:
                    return False
        return True

    def leave_to_judge(self, hits: Sequence[SourceForm]) -> None:
        """Note a pair for the judge, which then needs the first pairs with the same concepts to compare."""
        for form in hits:
            for concept in form.concepts:
                first = self._known.setdefault(concept, None)
                if first is not None:
                    self._needs_judge[first[0]] = 1


def _overlap(hits: Sequence[SourceForm], ends: Sequence[int]) -> bool:
    """Whether any two hits overlap; they are in order of their ends."""
    reached = 0
    for form, end in zip(hits, ends, strict=True):
        if end - form.size < reached:
            return True
        reached = end
    return False


def _outer(hits: Sequence[SourceForm], ends: Sequence[int]) -> Iterator[SourceForm]:
    """The hits that do not lie inside a longer one."""
    # Hits by beginning, longer before shorter: a hit is inside a longer one if an earlier hit ends no sooner.
    order = sorted(
        (end - form.size, -end, index) for index, (form, end) in enumerate(zip(hits, ends, strict=True))
    )
    reached = -1
    for _, end, index in order:
        if -end > reached:
            reached = -end
            yield hits[index]


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """Whether a stretch is surely a word of its own; a few that are fail this quick test."""
    after = text[end : end + 1]
    if after == " " and text[end + 1 : end + 2] in ("%", "\xe2"):
        return False
    if after == ".":
        after = text[end + 1 : end + 2]
    return (not begin or text[begin - 1] in _BOUNDARIES) and (not after or after in _BOUNDARIES)
