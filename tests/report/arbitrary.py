"""Reports with anything in them that may come: for what must hold of a format whatever it is given."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from termcheck.model import (
    Applicability,
    Confidence,
    Coverage,
    Edit,
    Finding,
    Fix,
    Location,
    Report,
    Severity,
    Silenced,
    SilencedBy,
    TermcheckError,
    TermInfo,
)

# With control characters and halves of surrogate pairs.
RAW_TEXT = st.text(st.characters(exclude_categories=()), max_size=12)

NUMBERS = st.integers(1, 10**6)
COUNTS = st.integers(0, 10**6)
TEXT = st.text(max_size=12)
LOCATIONS = st.builds(Location, TEXT, NUMBERS, NUMBERS, NUMBERS, NUMBERS, TEXT)
EDITS = st.builds(Edit, NUMBERS, NUMBERS, NUMBERS, NUMBERS, TEXT)
FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(["TRM101", "ALN201", "GLO301"]),
    name=st.sampled_from(["missing-rendering", "first-use"]),
    severity=st.sampled_from(Severity),
    message=TEXT,
    location=LOCATIONS,
    source=st.none() | LOCATIONS,
    term=st.none()
    | st.builds(TermInfo, TEXT, TEXT, st.lists(TEXT, max_size=3).map(tuple), st.none() | TEXT, TEXT),
    fix=st.none() | st.builds(Fix, st.sampled_from(Applicability), st.lists(EDITS, max_size=3).map(tuple)),
    label=TEXT,
    fingerprint=TEXT,
    confidence=st.none() | st.sampled_from(Confidence),
    reasons=st.lists(TEXT, max_size=2).map(tuple),
    pair=TEXT,
)
REPORTS = st.builds(
    Report,
    st.lists(FINDINGS, max_size=4).map(tuple),
    st.builds(Coverage, *[COUNTS] * 7),
    notices=st.just(("x",)),
)


def _sorted(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))


ERRORS = st.builds(
    TermcheckError, RAW_TEXT, path=RAW_TEXT, line=st.integers(0, 9), column=st.integers(0, 9), advice=RAW_TEXT
)
WILD_FINDINGS = st.builds(
    replace,
    FINDINGS,
    message=RAW_TEXT,
    location=st.builds(Location, RAW_TEXT, NUMBERS, NUMBERS, NUMBERS, NUMBERS, RAW_TEXT),
)
SILENCED = st.builds(Silenced, WILD_FINDINGS, st.sampled_from(SilencedBy), RAW_TEXT)
WILD_REPORTS = st.builds(
    Report,
    st.lists(WILD_FINDINGS, max_size=4).map(_sorted),
    st.builds(Coverage, *[COUNTS] * 7),
    notices=st.lists(RAW_TEXT, max_size=2).map(tuple),
    errors=st.lists(ERRORS, max_size=2).map(tuple),
    silenced=st.lists(SILENCED, max_size=2).map(
        lambda rows: tuple(sorted(rows, key=lambda row: row.finding.sort_key))
    ),
)
