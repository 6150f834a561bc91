"""Findings that wait for the end of a run come in the order of a report, however they were added."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.engine import finding_spool
from termcheck.model import (
    Applicability,
    Confidence,
    Coverage,
    Finding,
    Fix,
    GlossaryUse,
    Location,
    Report,
    Severity,
    TermInfo,
    count_findings,
)
from termcheck.rules.term_usage import TermOutcomes

GLOSSARY = ("glossary.yaml",)

places = st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(1, 30), st.integers(1, 3))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    path, line, column = draw(places)
    fixed = draw(st.sampled_from([None, Fix(Applicability.SAFE, ()), Fix(Applicability.UNSAFE, ())]))
    return Finding(
        draw(st.sampled_from(["TRM101", "TRM102"])),
        "",
        draw(st.sampled_from(Severity)),
        draw(st.sampled_from(["x", "y"])),
        Location(path, line, column, line, column),
        term=TermInfo(draw(st.sampled_from("tu")), "", ()),
        fix=fixed,
        fingerprint=draw(st.sampled_from(["1", "2"])),
        confidence=Confidence.MEDIUM if draw(st.booleans()) else None,
    )


def weighed(
    units: list[list[Finding]], most: int, least: Confidence = Confidence.LOW
) -> finding_spool.RatedFindings:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding_spool, "_MOST_IN_MEMORY", most)
        held = finding_spool.FindingSpool()
        for unit in units:
            held.add(GLOSSARY, unit)
        assert held.spilled == any(
            sum(map(len, units[: number + 1])) > most for number in range(len(units)) if most < 100
        )
        return finding_spool.RatedFindings(
            held, {GLOSSARY: {"t": TermOutcomes(9, 9), "u": TermOutcomes(9, 0)}}, lambda _: least
        )


@given(st.lists(st.lists(findings(), max_size=6), max_size=5), st.sampled_from([0, 3, 100]))
def test_findings_come_in_order_from_memory_and_from_a_file(units: list[list[Finding]], most: int) -> None:
    found = weighed(units, most)
    every = [one.sort_key for unit in units for one in unit]
    assert [one.sort_key for one in found] == sorted(every)
    assert list(found) == list(found) == list(weighed(units, 100))
    assert [found[at] for at in range(len(found))] == list(found)
    assert found[1:-1:2] == tuple(found)[1:-1:2]
    assert found[::-1] == tuple(found)[::-1]


@given(st.lists(st.lists(findings(), max_size=6), max_size=4), st.sampled_from(Confidence))
def test_what_is_not_sure_enough_is_hidden_and_counted(units: list[list[Finding]], least: Confidence) -> None:
    every, found = list(weighed(units, 2)), weighed(units, 2, least)
    assert list(found) == [one for one in every if finding_spool.is_sure(one, least)]
    hidden = [one for one in every if not finding_spool.is_sure(one, least)]
    assert (found.hidden, found.unsure) == (len(hidden), {one.fingerprint for one in hidden})
    assert list(found) == list(found)
    assert found.hidden == len(hidden)


@given(st.lists(findings(), max_size=8))
def test_findings_are_counted_alike_whether_they_are_at_hand_or_not(found: list[Finding]) -> None:
    held = weighed([found], 2)
    assert count_findings(held) is held.counts
    assert count_findings(held) == count_findings(list(held)) == count_findings(iter(found))
    report = Report(held, Coverage())
    assert {one: report.count(one) for one in Severity if report.count(one)} == Counter(
        one.severity for one in found
    )


@pytest.mark.parametrize("failing", ["made", "written"])
def test_findings_stay_in_memory_where_nothing_can_be_written(
    failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            super().write(bytes(data)[:5])  # type: ignore[call-overload]
            return 5

    def temporary(**_: object) -> Full:
        if failing == "made":
            raise FileNotFoundError(2, "No usable temporary directory found")
        return Full()

    monkeypatch.setattr("tempfile.TemporaryFile", temporary)
    monkeypatch.setattr(finding_spool, "_MOST_IN_MEMORY", 1)
    spool = finding_spool.FindingSpool()
    place = [Location("a", line, 1, line, 1) for line in range(1, 10)]
    for where in reversed(place):
        spool.add(GlossaryUse(GLOSSARY), [Finding("TRM101", "", Severity.ERROR, "x", where)])
    assert [finding.location for _, finding in spool.in_order()] == place
