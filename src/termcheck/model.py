"""The data types every other module speaks in; this module imports nothing of ours.

All types are frozen and slotted. They are structs of msgspec and no dataclasses, which take 35 times as long
to define, a good part of a short run, and 7 times as long to make, a good part of a long one. Spans are
half-open offsets in Unicode code points; lines and columns are 1-based code points, and a column end is
exclusive.
"""

from __future__ import annotations

import enum
import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field


class TermcheckError(Exception):
    """A mistake of the user's, to be printed as `path:line:column: message` and answered with exit 2.

    `advice` says what to do about it. `line` and `column` are 1-based; 0 means unknown. `others` are
    further mistakes met before giving up, in the order to tell them in, without `others` of their own.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str = "",
        line: int = 0,
        column: int = 0,
        advice: str = "",
        others: tuple[TermcheckError, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.advice = advice
        self.others = others

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}; {self.advice}" if self.advice else text


class Span(Struct, frozen=True, order=True, gc=False):
    """Half-open range of code points, `start <= end`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span (equal spans do)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


# ---------------------------------------------------------------- documents


class Side(enum.Enum):
    """Which side of the language pair a piece of text is on."""

    SOURCE = "source"
    TARGET = "target"


class Piece(Struct, frozen=True, gc=False):
    """A stretch of a segment's text and the stretch of raw text it was read from.

    Where both have the same length the characters correspond one to one; otherwise (an escape, an
    entity, a doubled quote) the stretch is atomic: any part of it maps to all of `raw`.
    """

    text: Span
    raw: Span


class Segment(Struct, frozen=True):
    """One paragraph, cell or value as its reader sees it, with the way back to the raw text.

    `pieces` cover `text` in order without gaps. `protected` spans (code, URLs, tags, …) lie in `text`
    and neither accuse nor acquit. `row` is set by formats that say themselves which segments belong
    together (table rows, JSON lines): segments of one row are paired, never aligned. `side` is set
    where the format knows it.
    """

    text: str
    pieces: tuple[Piece, ...]
    protected: tuple[Span, ...] = ()
    heading: bool = False
    row: int | None = None
    side: Side | None = None

    @property
    def raw(self) -> Span:
        """The raw stretch from the first piece's start to the last one's end."""
        return Span(self.pieces[0].raw.start, self.pieces[-1].raw.end)

    def raw_span(self, span: Span) -> Span:
        """Map a span of `text` to the raw text; an atomic piece is taken whole."""
        start = end = None
        for piece in self.pieces:
            if piece.text.end <= span.start and piece.text.end != piece.text.start:
                continue
            if start is None:
                start = _map(piece, span.start, at_end=False)
            if piece.text.end >= span.end:
                end = _map(piece, span.end, at_end=True)
                break
        raw = self.raw
        return Span(raw.start if start is None else start, raw.end if end is None else end)


def _map(piece: Piece, offset: int, *, at_end: bool) -> int:
    if len(piece.text) == len(piece.raw):
        return piece.raw.start + offset - piece.text.start
    if at_end:
        return piece.raw.end if offset > piece.text.start else piece.raw.start
    return piece.raw.start


class Document(Struct, frozen=True):
    """A file as read: its raw text (decoded, without BOM, newlines as they are) and its segments.

    `line_starts[i]` is the raw offset at which line i + 1 begins. `path` is as the user wrote it,
    with forward slashes. `errors` are the first mistakes in rows that could not be read beside the others,
    and `unread` counts all of these rows. `format` is what it was read as; a document without one is for
    quoting only. `directives` are the raw stretches of the comments that are addressed to termcheck, in
    order.
    """

    path: str
    raw: str
    segments: tuple[Segment, ...]
    line_starts: Sequence[int]
    front_matter: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[TermcheckError, ...] = ()
    format: str = ""
    directives: tuple[Span, ...] = ()
    unread: int = 0


class SegmentPair(Struct, frozen=True):
    """Source segments and the target segments that render them (one each, or a 2-1, 1-2, … bead).

    Either side may be empty: an unpaired paragraph. `confidence` in [0, 1] says how sure the pairing
    is; `run` numbers the stretch of the document inside which the pairing was sought.
    """

    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    confidence: float = 1.0
    run: int = 0


class Bitext(Struct, frozen=True):
    """Pairs of one document, or of a source file and its target file."""

    source: Document
    target: Document
    pairs: tuple[SegmentPair, ...]


# ---------------------------------------------------------------- glossary


class Severity(enum.Enum):
    """How bad a finding is; also what `--fail-on` names."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return ("info", "warning", "error").index(self.value)


class Confidence(enum.Enum):
    """How sure a finding is; also what `--min-confidence` names."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for low, 1 for medium, 2 for high."""
        return ("low", "medium", "high").index(self.value)


class Status(enum.Enum):
    """Standing of a term within its concept."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"

    @property
    def accepted(self) -> bool:
        """Whether a rendering of this standing meets an obligation."""
        return self in (Status.PREFERRED, Status.ADMITTED)


class TermType(enum.Enum):
    """What kind of form a term is."""

    FULL = "full"
    SHORT = "short"
    ACRONYM = "acronym"
    ABBREVIATION = "abbreviation"
    VARIANT = "variant"
    PHRASE = "phrase"


class MatchMode(enum.Enum):
    """How a term is sought: with inflection where it makes sense, as written, always, or as a regex."""

    SMART = "smart"
    EXACT = "exact"
    INFLECTED = "inflected"
    REGEX = "regex"


class CaseMode(enum.Enum):
    """Whether letter case counts; `smart` means: for all-capitals terms only."""

    SMART = "smart"
    SENSITIVE = "sensitive"
    INSENSITIVE = "insensitive"


class Where(enum.Enum):
    """Whether a forbidden rendering accuses only opposite its source term, or anywhere."""

    PAIRED = "paired"
    ALWAYS = "always"


class Count(enum.Enum):
    """How many renderings a pair owes: one, or one for each occurrence."""

    ONCE = "once"
    EACH = "each"


class FirstUse(enum.Enum):
    """What the first mention in a document must look like."""

    OFF = "off"
    FULL = "full"
    FULL_ABBR = "full (abbr)"


class Origin(Struct, frozen=True):
    """Where in a glossary something was written; `str()` gives `glossary.yaml:12`."""

    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Term(Struct, frozen=True, omit_defaults=True):
    """One form of a concept in one language.

    Dates are ISO strings (`2025-09-05`), both ends inclusive, or empty. `scope` holds globs, `!`
    excludes; it is already merged with the concept's and the glossary's defaults.
    """

    text: str
    language: str
    status: Status = Status.PREFERRED
    type: TermType | None = None
    match: MatchMode = MatchMode.SMART
    case: CaseMode = CaseMode.SMART
    where: Where = Where.PAIRED
    instead: str = ""
    except_in: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    valid_from: str = ""
    valid_until: str = ""
    part_of_speech: str = ""
    usage: str = ""
    note: str = ""
    context: str = ""
    sources: tuple[str, ...] = ()
    origin: Origin = Origin()


class Ignore(Struct, frozen=True, omit_defaults=True):
    """Where findings on a concept are not wanted: in the files of a path pattern, or in one pair of texts.

    `pair` is a `Finding.pair`. `origin` is where it is written: patterns are relative to its directory.
    """

    path: str = ""
    pair: str = ""
    note: str = ""
    origin: Origin = Origin()


class Concept(Struct, frozen=True, omit_defaults=True):
    """One meaning and its terms in every language of the glossary.

    `severity` overrides the rules' own for findings on this concept. `keep`: the term must stand
    unchanged in the rendering. Of two concepts with the same term the higher `priority` wins. `ignore`
    says where nothing is to be reported on it.
    """

    id: str
    terms: tuple[Term, ...]
    severity: Severity | None = None
    count: Count = Count.ONCE
    first_use: FirstUse = FirstUse.OFF
    keep: bool = False
    priority: int = 0
    definition: str = ""
    subject: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    customer: str = ""
    project: str = ""
    ignore: tuple[Ignore, ...] = ()
    origin: Origin = Origin()

    def in_language(self, language: str) -> tuple[Term, ...]:
        """The concept's terms in a language, in glossary order; `zh` finds `zh-Hant` and back."""
        return tuple(term for term in self.terms if same_language(term.language, language))


@functools.lru_cache(maxsize=1024)
def same_language(one: str, other: str) -> bool:
    """Whether two language tags name one language, subtags aside (`zh-Hant` and `zh` do)."""
    return one.split("-", 1)[0].casefold() == other.split("-", 1)[0].casefold()


class Glossary(Struct, frozen=True):
    """All concepts of one or several merged glossary files, in order.

    `languages` gives the default direction, source first; empty when neither the file nor its
    entries tell. `paths` are the files it was read from.
    """

    concepts: Sequence[Concept]
    languages: tuple[str, ...] = ()
    title: str = ""
    paths: tuple[str, ...] = ()


# ---------------------------------------------------------------- findings


class Applicability(enum.Enum):
    """Whether a fix may be applied unasked."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Location(Struct, frozen=True, order=True):
    """A stretch of a file: 1-based lines and columns in code points, ends exclusive, and its text."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str = ""


class Edit(Struct, frozen=True):
    """Replace the raw text between two positions of the finding's file by `text`."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(Struct, frozen=True):
    """Edits that remove a finding; all are applied or none."""

    applicability: Applicability
    edits: tuple[Edit, ...]


class TermInfo(Struct, frozen=True):
    """What a finding says of its concept; `found` is the offending text, if there is one.

    `source` is the term that the text has, `name` the one that the entry leads with.
    """

    id: str
    source: str
    expected: tuple[str, ...]
    found: str | None = None
    origin: str = ""
    name: str = ""


class Finding(Struct, frozen=True):
    """One thing to report. `location` is the primary place (the target: it is what one edits).

    `confidence` and the `reasons` for it, in words, are set where a term is said not to be rendered.
    `fingerprint` is the finding's identity, which edits elsewhere do not change, and `pair` that of the
    texts it is about, whatever the rule, the term and the file; both are hexadecimal digits.
    """

    code: str
    name: str
    severity: Severity
    message: str
    location: Location
    source: Location | None = None
    term: TermInfo | None = None
    fix: Fix | None = None
    label: str = ""
    fingerprint: str = ""
    confidence: Confidence | None = None
    reasons: tuple[str, ...] = ()
    pair: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The order of every report: path, line, column, code, message."""
        return (self.location.path, self.location.line, self.location.column, self.code, self.message)


class Coverage(Struct, frozen=True):
    """How much was really checked: `terms` are the concepts that could apply, `terms_seen` those met."""

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
    """What the checked texts do with a concept, named by the term that its entry leads with.

    `seen`: it occurs in the source of a pair. `pairs` are those that surely owe it a rendering, without
    those that have a forbidden one; `rendered` of them have one that is listed.
    """

    id: str
    name: str
    expected: tuple[str, ...]
    origin: str = ""
    seen: bool = False
    pairs: int = 0
    rendered: int = 0


FindingCounts = Counter[tuple[Severity, Applicability | None]]
"""How many findings there are of each severity with each kind of fix, or with none."""


def count_findings(findings: Iterable[Finding]) -> FindingCounts:
    """Count findings; those that are read from a file each time have been counted already."""
    known: FindingCounts | None = getattr(findings, "tally", None)
    return Counter(map(kind, findings)) if known is None else known


def kind(finding: Finding) -> tuple[Severity, Applicability | None]:
    """What findings are counted by."""
    return finding.severity, finding.fix.applicability if finding.fix else None


class Report(Struct, frozen=True):
    """Everything a renderer needs. `documents` maps each reported path to its document.

    `errors` are the user's mistakes met on the way (an unreadable file beside good ones): exit 2.
    `notices` are things said out loud (no pairs in a file, no term seen). `idle` says, in words, why no
    rule had anything to look at, if so: such a report is not clean. `silenced` are the findings kept out
    of `findings`, in the same order, for formats that can tell of them. `languages` gives the source and
    the target language by path. `usage` has the concepts that were checked, in the order of their
    glossaries; it is empty unless a format asks for it, for it takes reading all of a glossary.
    `of_glossaries`: it is they that were checked, not texts, and `coverage` counts their files and terms.
    `interrupted`: the user stopped the run, and the report is of what was checked until then.
    `stale` are the fingerprints in the baseline whose findings are gone.
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

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(count for (one, _), count in count_findings(self.findings).items() if one is severity)
