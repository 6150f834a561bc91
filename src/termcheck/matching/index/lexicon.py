"""All terms of one language in one automaton, and the scan of segments with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from termcheck.matching.index.automaton import AhoCorasick, utf8_as_latin1
from termcheck.matching.index.form_index import BEGINS, INFLECTED, SHIELD, FormIndex, index_forms
from termcheck.matching.index.overlaps import Shield, settled
from termcheck.matching.index.regex_terms import Budget, RegexTerm
from termcheck.matching.index.term_forms import continuation
from termcheck.matching.match import Match, Trait
from termcheck.matching.strict import casing, edges
from termcheck.matching.strict.bracket_views import bracket_views, crosses_cut, has_brackets, masked
from termcheck.model import Concept, Segment, Span, Term, TermcheckError
from termcheck.text.batch import ends_in, fold_batch
from termcheck.text.fold import Folded, fold

# Folded text has no newline, so no match can run from one segment into the next.
_SEPARATOR = "\n"

Reject = Callable[[Match, str], None]


class Entry(Struct, frozen=True):
    """A term that a form in the automaton stands for.

    `shield`: the form is a phrase of `except_in`, inside which the term does not count. `case_counts`: in
    another case the term is another word. `rest`: the form is only the first word, and this must follow it.
    """

    concept: Concept
    term: Term
    inflected: bool
    shield: bool
    case_counts: bool
    rest: re.Pattern[str] | None = None


class _QuickEntry(Struct, frozen=True):
    """What a quick look needs of a form: its bytes, whether it must be a word by itself, and its concepts."""

    size: int
    is_word: bool
    concepts: Sequence[str]


class Lexicon:
    """The terms of one language, ready to scan.

    A concept is looked up when a term of it first occurs, because decoding all of them is costly. `lenient`:
    the lexicon is for the target, where a rendering in the wrong case still counts.
    """

    def __init__(
        self,
        index: FormIndex,
        concepts: Sequence[Concept],
        *,
        lenient: bool = False,
        budget: Budget | None = None,
    ) -> None:
        self.language = index.language
        self.capitals = index.capitals
        self.index = index
        self._concepts = concepts
        self._lenient = lenient
        self._names_only = index.names_only and not lenient
        self._regexes = [
            (concepts[number], RegexTerm(concepts[number].terms[term_number], budget))
            for number, term_number in index.regexes
        ]
        self.automaton = AhoCorasick(index.forms)
        self._entries: dict[int, tuple[Entry, ...]] = {}
        self._quick_entries: dict[int, _QuickEntry] = {}
        # One more character on either side shows whether a word ends there.
        self._reach = max(map(len, index.forms), default=0) + 1

    @classmethod
    def of(
        cls,
        language: str,
        concepts: Sequence[Concept],
        *,
        inflect: Callable[[Term], bool],
        lenient: bool = False,
    ) -> Self:
        """The lexicon of a language's terms; see `spell` for `inflect`."""
        return cls(index_forms(language, concepts, inflect), concepts, lenient=lenient)

    def scan(self, segments: Sequence[Segment], reject: Reject | None = None) -> list[tuple[Match, ...]]:
        """All matches of each segment, by offset, longer before shorter.

        Matches inside protected text are left out; a match's traits say what makes it doubtful. `reject` is
        called with each candidate that does not match, and the reason.
        """
        matches_of: list[list[Match]] = [[] for _ in segments]
        shields: dict[int, list[Shield]] = defaultdict(list)
        views = list(self._views(segments, mask=reject is None))
        for number, view, span, entry in self._hits(views):
            segment = segments[number]
            if not edges.fits(view.text, span.start, span.end):
                if reject is not None:
                    reject(
                        Match(entry.concept, entry.term, segment, view.origin(span)), "part of a longer word"
                    )
                continue
            match = self._match(segment, view, span, entry, reject)
            if match is not None and entry.shield:
                shields[number].append((match.span, entry.term, match.text))
            elif match is not None:
                matches_of[number].append(match)
        if self._regexes:
            for number, segment in enumerate(segments):
                matches_of[number] += self._regex_matches(segment)
        return [settled(matches, shields.get(number, ())) for number, matches in enumerate(matches_of)]

    @property
    def given_up(self) -> Iterator[tuple[Concept, TermcheckError]]:
        """The concept and an error for each regular expression that has taken too long."""
        for concept, pattern in self._regexes:
            if pattern.given_up is not None:
                yield concept, pattern.given_up

    def concepts_in(self, texts: Sequence[str]) -> list[frozenset[str]]:
        """The ids of the concepts whose terms seem to stand in each text.

        This is quicker than a scan, and takes a few parts of words for terms.
        """
        folded, _ = fold_batch(texts, self.language)
        data = utf8_as_latin1(folded)
        ends = ends_in(data)
        found: list[set[str]] = [set() for _ in texts]
        number = 0
        for last, form in self.automaton.find_in(folded, data):
            known = self._quick_entries.get(form) or self._look_up_quickly(form)
            start = last + 1 - known.size
            if known.is_word and not (
                _ends_word(data[start - 1 : start]) and _ends_word(data[last + 1 : last + 2])
            ):
                continue
            while last > ends[number]:
                number += 1
            found[number].update(known.concepts)
        return list(map(frozenset, found))

    def _look_up_quickly(self, form: int) -> _QuickEntry:
        text = self.index.forms[form]
        entries = self._entries.get(form) or self._look_up(form)
        self._quick_entries[form] = _QuickEntry(
            len(utf8_as_latin1(text)),
            edges.is_alphabetic(text[0]) or edges.is_alphabetic(text[-1]),
            [entry.concept.id for entry in entries if not entry.shield],
        )
        return self._quick_entries[form]

    def _views(self, segments: Sequence[Segment], *, mask: bool) -> Iterator[tuple[int, Folded, bool]]:
        for number, segment in enumerate(segments):
            folded = fold(segment.text, self.language)
            if mask and segment.protected:
                folded = masked(folded, segment.text, segment.protected)
            yield number, folded, False
            if has_brackets(folded.text):
                for view in bracket_views(folded, self._reach):
                    yield number, view, True

    def _hits(self, views: list[tuple[int, Folded, bool]]) -> Iterator[tuple[int, Folded, Span, Entry]]:
        """The hits of the automaton: segment number, view, span in the view, entry."""
        haystack = _SEPARATOR.join(view.text for _, view, _ in views)
        index, offset = 0, 0
        number, view, cut = views[0] if views else (0, Folded(""), False)
        limit = len(view.text)
        for last, form in self.automaton.find(haystack):
            while last >= limit:
                index, offset = index + 1, limit + 1
                number, view, cut = views[index]
                limit = offset + len(view.text)
            span = Span(last + 1 - len(self.index.forms[form]) - offset, last + 1 - offset)
            for entry in self._entries.get(form) or self._look_up(form):
                whole = span if entry.rest is None else _continued(view, span, entry.rest)
                if whole is not None and (not cut or crosses_cut(view, whole)):
                    yield number, view, whole, entry

    def _look_up(self, form: int) -> tuple[Entry, ...]:
        entries = tuple(
            Entry(
                concept := self._concepts[number],
                term := concept.terms[term_number],
                bool(flags & INFLECTED),
                bool(flags & SHIELD),
                casing.case_counts(term),
                continuation(term) if flags & BEGINS else None,
            )
            for number, term_number, flags in self.index.uses_of(form)
        )
        self._entries[form] = entries
        return entries

    def _match(
        self, segment: Segment, view: Folded, span: Span, entry: Entry, reject: Reject | None
    ) -> Match | None:
        origin = view.origin(span)
        match = Match(entry.concept, entry.term, segment, origin)
        text = match.text
        as_listed = text == entry.term.text
        reason = ""
        if reject is not None and segment.protects(origin):
            reason = "inside code, a URL or other protected text"
        elif not as_listed and not entry.shield and self._is_other(match):
            reason = "its letters are in another case, and the case of this term counts"
        if reason:
            if reject is not None:
                reject(match, reason)
            return None
        traits = _traits(match, view, span, entry)
        if not as_listed:
            if edges.is_ambiguous(text, entry.term.text):
                traits |= Trait.GLUED
            traits |= casing.slip_in(match, self.capitals)
        return replace(match, traits=traits) if traits else match

    def _is_other(self, match: Match) -> bool:
        """Whether the case makes it another word; an accepted rendering is only miswritten then."""
        if self._names_only and casing.is_common_word(match):
            return True
        if not casing.case_counts(match.term) or casing.same_case(match.text, match.term.text):
            return False
        if not (self._lenient and match.term.status.accepted):
            return True
        text = match.term.text
        return casing.is_capitals(text) and not casing.is_unmistakable(text, match.text)

    def _regex_matches(self, segment: Segment) -> Iterator[Match]:
        for concept, pattern in self._regexes:
            for span in pattern.find(segment.text):
                if not segment.protects(span):
                    yield Match(concept, pattern.term, segment, span)


def _continued(view: Folded, span: Span, rest: re.Pattern[str]) -> Span | None:
    """The span of a phrase whose first word is at `span`; None if something else follows."""
    following = rest.match(view.text, span.end)
    return None if following is None else Span(span.start, following.end())


def _ends_word(neighbour: str) -> bool:
    """Whether the byte beside a word is no letter or digit of ASCII."""
    return not (neighbour.isascii() and neighbour.isalnum())


def _traits(match: Match, view: Folded, span: Span, entry: Entry) -> int:
    traits = Trait.INFLECTED if entry.inflected else Trait.NONE
    if edges.is_part(match.segment.text, match.span, match.term.language, view.text, span.start, span.end):
        traits |= Trait.GLUED
    if entry.case_counts:
        short = len(match.segment.text) <= 2 * len(match.text)
        if not short and casing.is_shouted(match.segment.text):
            traits |= Trait.SHOUTED
    return traits
