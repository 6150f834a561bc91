"""The report of a run: everything that a renderer needs."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from termcheck.model.documents import Document
from termcheck.model.errors import TermcheckError
from termcheck.model.findings import Applicability, Finding, Location, Severity


class Coverage(Struct, frozen=True):
    """How much was checked: `terms` counts the concepts that could apply, `terms_seen` the ones found."""

    files: int = 0
    pairs: int = 0
    unpaired: int = 0
    terms: int = 0
    terms_seen: int = 0
    suppressed: int = 0
    baselined: int = 0


class SilencedBy(enum.Enum):
    """What keeps a finding out of the report: a comment in the text, the glossary, or the baseline."""

    COMMENT = "comment"
    GLOSSARY = "glossary"
    BASELINE = "baseline"


class Silenced(Struct, frozen=True):
    """A finding that is not reported, with what silences it and the reason given there, if any."""

    finding: Finding
    by: SilencedBy
    reason: str = ""


class TermUsage(Struct, frozen=True):
    """How the checked texts render a concept; `name` is the first term of its entry.

    `seen`: it occurs in the source of a pair. `pairs` counts the pairs that surely owe a rendering, except
    those with a forbidden one; `rendered` counts how many of them have a listed one.
    """

    id: str
    name: str
    expected: tuple[str, ...]
    origin: str = ""
    seen: bool = False
    pairs: int = 0
    rendered: int = 0


FindingCounts = Counter[tuple[Severity, Applicability | None]]
"""The number of findings by severity and by the applicability of their fix, None for no fix."""


def count_findings(findings: Iterable[Finding]) -> FindingCounts:
    """Count findings. A spooled sequence carries its own counts, because reading it again is costly."""
    known: FindingCounts | None = getattr(findings, "counts", None)
    return Counter(map(kind, findings)) if known is None else known


def kind(finding: Finding) -> tuple[Severity, Applicability | None]:
    """The key by which findings are counted."""
    return finding.severity, finding.fix.applicability if finding.fix else None


PairedSegments = dict[int, list[tuple[int, int]]]
"""For the checksum of a source segment, the first and last lines of its pairs in a file."""

PairedByPath = Mapping[str, PairedSegments]


class Report(Struct, frozen=True):
    """Everything a renderer needs; findings and `silenced` are in order.

    - `documents`: each reported path's document;
    - `notices`: what the user should know (no pairs in a file, no term seen);
    - `errors`: the user's mistakes, such as an unreadable file beside good ones; the command exits with 2;
    - `idle`: why no rule had anything to look at, if so, in words; such a report is not clean;
    - `silenced`: findings kept out of `findings`, for formats that show them;
    - `languages`: source and target language by path;
    - `usage`: the concepts that were checked, in the order of their glossaries; empty unless a format needs
    it, because it takes reading the whole glossary;
    - `of_glossaries`: glossaries were checked, not texts, and `coverage` counts their files and terms;
    - `interrupted`: the user stopped the run, and the report covers what was checked until then;
    - `stale`: the fingerprints in the baseline whose findings are gone;
    - `paired`: by the path of either file, the source segments in pairs; only for fixing;
    - `unsure`: the fingerprints of findings that are not shown for their low confidence.
    """

    findings: Sequence[Finding]
    coverage: Coverage
    documents: Mapping[str, Document] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    errors: tuple[TermcheckError, ...] = ()
    idle: str = ""
    silenced: tuple[Silenced, ...] = ()
    languages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    usage: tuple[TermUsage, ...] = ()
    of_glossaries: bool = False
    interrupted: bool = False
    stale: frozenset[str] = frozenset()
    paired: Mapping[str, PairedSegments] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()

    @property
    def problems(self) -> tuple[TermcheckError, ...]:
        """All errors, one by one: an error comes before the errors that it carries along."""
        return tuple(problem for error in self.errors for problem in (error, *error.others))

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(count for (other, _), count in count_findings(self.findings).items() if other is severity)


class TermInText(Struct, frozen=True):
    """A term that occurs in a source text, and how it is to be rendered.

    `id` is that of its concept and `term` the source term as the glossary has it. `renderings` are the
    accepted ones, the preferred ones first; `forbidden` are those to avoid. `keep`: the term stays as it is.
    `places` says where it occurs; `origin` is its place in the glossary.
    """

    id: str
    term: str
    renderings: tuple[str, ...]
    forbidden: tuple[str, ...]
    places: tuple[Location, ...]
    keep: bool = False
    definition: str = ""
    note: str = ""
    origin: str = ""

    @property
    def count(self) -> int:
        """How often it occurs."""
        return len(self.places)

    def with_places(self, more: Iterable[Location]) -> TermInText:
        """The same with its places in another text."""
        return replace(self, places=(*self.places, *more))
