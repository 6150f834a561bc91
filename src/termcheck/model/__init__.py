"""The data types that every other module uses; this package imports nothing of ours.

All types are frozen and slotted. They are msgspec structs rather than dataclasses, which take 35 times as
long to define and 7 times as long to create. Spans are half-open offsets in Unicode code points. Lines and
columns are 1-based code points, and a column end is exclusive.
"""

from __future__ import annotations

from termcheck.model.documents import (
    Bitext,
    Cell,
    Document,
    Piece,
    Places,
    Segment,
    SegmentPair,
    Side,
    Span,
    _map,
    merge,
    overlaps_any,
)
from termcheck.model.errors import TermcheckError
from termcheck.model.findings import (
    Applicability,
    Confidence,
    Edit,
    Finding,
    Fix,
    Location,
    Severity,
    TermInfo,
)
from termcheck.model.glossary import (
    NO_TAGS,
    CaseMode,
    Concept,
    Count,
    FirstUse,
    Glossary,
    GlossaryUse,
    Ignore,
    LeftOut,
    MatchMode,
    Origin,
    PathTags,
    Status,
    Term,
    TermType,
    Where,
    same_language,
)
from termcheck.model.report import (
    Coverage,
    FindingCounts,
    Report,
    Silenced,
    SilencedBy,
    TermUsage,
    count_findings,
    kind,
)
from termcheck.model.term_sheet import TermInText

__all__ = [
    "NO_TAGS",
    "Applicability",
    "Bitext",
    "CaseMode",
    "Cell",
    "Concept",
    "Confidence",
    "Count",
    "Coverage",
    "Document",
    "Edit",
    "Finding",
    "FindingCounts",
    "FirstUse",
    "Fix",
    "Glossary",
    "GlossaryUse",
    "Ignore",
    "LeftOut",
    "Location",
    "MatchMode",
    "Origin",
    "PathTags",
    "Piece",
    "Places",
    "Report",
    "Segment",
    "SegmentPair",
    "Severity",
    "Side",
    "Silenced",
    "SilencedBy",
    "Span",
    "Status",
    "Term",
    "TermInText",
    "TermInfo",
    "TermType",
    "TermUsage",
    "TermcheckError",
    "Where",
    "_map",
    "count_findings",
    "kind",
    "merge",
    "overlaps_any",
    "same_language",
]
