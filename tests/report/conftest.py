"""Reports from data: a finding names its place by the words there, so that nobody has to count columns."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from termcheck.model import (
    Applicability,
    Confidence,
    Coverage,
    Document,
    Edit,
    Finding,
    Fix,
    Location,
    Report,
    Severity,
    TermInfo,
)

BuildReport = Callable[[Mapping[str, Any]], Report]


@pytest.fixture(scope="session")
def build_document() -> Callable[[str, str], Document]:
    return _document


@pytest.fixture(scope="session")
def build_report() -> BuildReport:
    """From `documents` (path to text), `findings` and optionally `coverage`, `notices`."""
    return _report


def _report(case: Mapping[str, Any]) -> Report:
    documents = {path: _document(path, raw) for path, raw in case.get("documents", {}).items()}
    return Report(
        findings=tuple(_finding(row, documents) for row in case.get("findings", ())),
        coverage=Coverage(**case.get("coverage", {})),
        documents=documents,
        notices=tuple(case.get("notices", ())),
    )


def _document(path: str, raw: str) -> Document:
    starts = (0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", raw)))
    return Document(path=path, raw=raw, segments=(), line_starts=starts)


def _finding(row: Mapping[str, Any], documents: Mapping[str, Document]) -> Finding:
    location = _location(row["at"], documents)
    edit = Edit(location.line, location.column, location.end_line, location.end_column, row.get("edit", ""))
    return Finding(
        code=row["code"],
        name=row["name"],
        severity=Severity(row["severity"]),
        message=row["message"],
        location=location,
        source=_location(row["source"], documents) if "source" in row else None,
        term=TermInfo(**{**row["term"], "expected": tuple(row["term"]["expected"])})
        if "term" in row
        else None,
        fix=Fix(Applicability(row["fix"]), (edit,)) if "fix" in row else None,
        label=row.get("label", ""),
        fingerprint=row.get("fingerprint", ""),
        confidence=Confidence(row["confidence"]) if "confidence" in row else None,
        reasons=tuple(row.get("reasons", ())),
    )


def _location(row: Mapping[str, Any], documents: Mapping[str, Document]) -> Location:
    """`{path, words}`: the first occurrence of the words; or explicit numbers in a file that was not read."""
    if "words" not in row:
        return Location(**row)
    document = documents[row["path"]]
    start = document.raw.index(row["words"])
    begin, end = (_position(document, offset) for offset in (start, start + len(row["words"])))
    return Location(document.path, *begin, *end, row["words"])


def _position(document: Document, offset: int) -> tuple[int, int]:
    line = bisect.bisect_right(document.line_starts, offset)
    return line, offset - document.line_starts[line - 1] + 1
