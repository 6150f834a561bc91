"""Extracts a glossary from the texts of jobs: reads their pairs, and lets these propose entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import compress

from msgspec import Struct, field

from termcheck.config import Settings
from termcheck.engine import bitexts, with_declared_languages
from termcheck.extract.known import without_known
from termcheck.extract.proposals import Texts, proposals
from termcheck.extract.sentences import TextPair, is_label, sentence_pairs
from termcheck.jobs import Job
from termcheck.model import Bitext, Document, Glossary, Segment, TermcheckError, same_language
from termcheck.report.extracted import Extraction
from termcheck.text.positions import position

Progress = Callable[[int, int], None]
"""Called before each job with the number of jobs done, and of all jobs."""

# So many characters are looked at; of larger texts a part of the pairs, which shrinks by this factor.
_MOST_CHARACTERS = 5_000_000
_SHRINKING = 0.8
_GOLDEN = (5**0.5 - 1) / 2


class _Sample(Struct):
    """The distinct pairs of all texts; if they are too many, a share of them that is spread evenly."""

    pairs: list[TextPair] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    count: int = 0
    share: float = 1.0
    characters: int = 0

    def add(self, pair: TextPair, place: tuple[str, int]) -> None:
        """Add a pair, unless it is a sentence that is there already."""
        key = hash(pair)
        if key in self.known and not is_label(pair):
            return
        self.known.add(key)
        self.count += 1
        if not self._keeps(self.count):
            return
        self.pairs.append(pair)
        self.places.append(place)
        self.numbers.append(self.count)
        self.characters += sum(map(len, pair))
        while self.characters > _MOST_CHARACTERS:
            self.share *= _SHRINKING
            kept = list(map(self._keeps, self.numbers))
            self.pairs = list(compress(self.pairs, kept))
            self.places = list(compress(self.places, kept))
            self.numbers = list(compress(self.numbers, kept))
            self.characters = sum(len(source) + len(target) for source, target in self.pairs)

    def _keeps(self, number: int) -> bool:
        """Whether a pair is kept: multiples of the golden ratio are spread evenly, whatever the share."""
        return number * _GOLDEN % 1 < self.share


def extract_glossary(
    jobs: Sequence[Job],
    settings: Settings,
    languages: tuple[str, str],
    min_pairs: int = 3,
    known: Glossary | None = None,
    progress: Progress | None = None,
) -> Extraction:
    """Propose the terms that occur in `min_pairs` pairs or more, with their renderings, the best first.

    With a `known` glossary, its terms are left out, and terms with several renderings come first. The result
    contains the errors of files, and a notice for each file without texts to look at.
    """
    sample, notices, errors = _Sample(), list[str](), list[TermcheckError]()
    files: set[str] = set()
    jobs = with_declared_languages(jobs, settings)
    for number, job in enumerate(jobs):
        if progress is not None:
            progress(number, len(jobs))
        if reason := _left_out(job, languages):
            notices.append(f"{job.source_name}: left out, {reason}")
            continue
        for bitext in bitexts(job, settings.of(job.config), languages, notices, errors):
            files.update((bitext.source.path, bitext.target.path))
            for pair, place in _text_pairs(bitext):
                sample.add(pair, place)
    found = proposals(_texts(sample), languages, min_pairs)
    extraction = Extraction(
        tuple(found),
        languages,
        len(files),
        sample.count,
        len(sample.pairs),
        errors=tuple(dict.fromkeys(errors)),
        notices=tuple(notices),
    )
    return extraction if known is None else without_known(extraction, known)


def _left_out(job: Job, languages: tuple[str, str]) -> str:
    """Why a job is not looked at; empty if it is."""
    if job.missing:
        return f"for there is no {job.missing}"
    for declared in filter(None, (job.source_lang, job.target_lang)):
        if not any(same_language(declared, tag) for tag in languages):
            return f"for it is in {declared}"
    return ""


def _text_pairs(bitext: Bitext) -> Iterator[tuple[TextPair, tuple[str, int]]]:
    """The texts of each pair, and the path and the line where its source begins."""
    for pair in bitext.pairs:
        if pair.source and pair.target and not pair.shifted:
            source, target = _text(pair.source), _text(pair.target)
            if source != target and source.strip() and target.strip():
                yield (source, target), _place(bitext.source, pair.source[0])


def _text(segments: Sequence[Segment]) -> str:
    """The texts of segments; a line break, which ends a phrase, stands for what is protected."""
    return "\n".join(_unprotected(segment) for segment in segments)


def _unprotected(segment: Segment) -> str:
    if not segment.protected:
        return segment.text
    text, last = "", 0
    for span in segment.protected:
        text += segment.text[last : span.start] + _PROTECTED
        last = span.end
    return text + segment.text[last:]


# Ends a phrase but no sentence.
_PROTECTED = " … "


def _place(document: Document, segment: Segment) -> tuple[str, int]:
    return document.path, position(document.line_starts, segment.raw.start)[0]


def _texts(sample: _Sample) -> Texts:
    """The sentences of a sample, each pair of sentences once."""
    known: set[TextPair] = set()
    texts = Texts([], [], [], sample.places.__getitem__)
    for number, pair in sentence_pairs(sample.pairs):
        if pair in known and not is_label(pair):
            continue
        known.add(pair)
        texts.sources.append(pair[0])
        texts.targets.append(pair[1])
        texts.pairs.append(number)
    return texts
