"""Findings: one thing to report, where it is, and how to fix it."""

from __future__ import annotations

import enum

from msgspec import Struct


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


class Applicability(enum.Enum):
    """Whether `--fix` alone applies a fix, or only together with `--unsafe-fixes`."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Location(Struct, frozen=True, order=True):
    """A stretch of a file: 1-based lines and columns in code points, ends exclusive, and its text.

    `place` is what people call it in a file without lines, such as `¶12` or `Sheet1!B12`.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str = ""
    place: str = ""

    @property
    def position(self) -> str:
        """The place in the words of the file's format: `12:5` in a text."""
        return self.place or f"{self.line}:{self.column}"

    @property
    def address(self) -> str:
        """The path and the position in it: `a.md:12:5`, or `report.docx ¶12`."""
        return f"{self.path} {self.place}" if self.place else f"{self.path}:{self.position}"


class Edit(Struct, frozen=True):
    """Replace the raw text between two positions of the finding's file by `text`."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(Struct, frozen=True):
    """Edits that remove a finding; either all are applied or none."""

    applicability: Applicability
    edits: tuple[Edit, ...]


class TermInfo(Struct, frozen=True):
    """What a finding says about its concept; `found` is the offending text, if there is one.

    `source` is the term as it occurs in the text, `name` the first term of the entry.
    """

    id: str
    source: str
    expected: tuple[str, ...]
    found: str | None = None
    origin: str = ""
    name: str = ""


class Finding(Struct, frozen=True):
    """One thing to report. `location` is the primary place, in the target, because that is what one edits.

    `confidence` and its `reasons`, in words, are set where a term is said not to be rendered. `fingerprint`
    identifies the finding; edits elsewhere do not change it. `pair` identifies the pair of texts, whatever
    the rule, the term and the file. Both are hexadecimal digits.
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
