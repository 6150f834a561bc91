"""The formats for people: golden outputs, and what must hold for any report."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termcheck.model import Coverage, Document, Finding, Location, Report, Severity, TermcheckError, TermInfo
from termcheck.report import FORMATS, RenderOptions, render

TEXT_FORMATS = [name for name, format_ in FORMATS.items() if format_.text]
CASES = yaml.safe_load(Path(__file__).with_name("text_formats.yaml").read_text(encoding="utf-8"))
SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("format_", TEXT_FORMATS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden(case: dict[str, Any], format_: str, build_report) -> None:
    assert render(build_report(case), format_, RenderOptions(width=case["width"])) == case[format_]


@pytest.mark.parametrize("format_", TEXT_FORMATS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_colour_only_adds_escape_sequences(case: dict[str, Any], format_: str, build_report) -> None:
    coloured = render(build_report(case), format_, RenderOptions(width=case["width"], color=True))
    assert SGR.sub("", coloured) == case[format_]
    assert bool(SGR.search(coloured)) == bool(case[format_])
    # Every style is closed on its own line, so a pager that cuts the output never bleeds colour.
    assert all(line.count("\x1b[") == 2 * line.count("\x1b[0m") for line in coloured.splitlines())


def test_severity_decides_the_colour_of_the_code() -> None:
    lines = [
        render(Report((_finding(severity=severity),), Coverage()), "concise", RenderOptions(color=True))
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    ]
    assert [re.search(r"\x1b\[([0-9;]+)mTRM102", line).group(1) for line in lines] == ["1;31", "1;33", "1;36"]


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(TermcheckError, match=r"unknown output format 'xml'; choose one of full, concise"):
        render(Report((), Coverage()), "xml", RenderOptions())


def test_a_format_is_loaded_only_when_it_is_asked_for() -> None:
    code = (
        "import sys; from termcheck.model import Coverage, Report;"
        "from termcheck.report import RenderOptions, render;"
        "render(Report((), Coverage()), 'concise', RenderOptions());"
        "print(*sorted(name for name in sys.modules if name.startswith('termcheck.report.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert loaded.split() == ["termcheck.report.ansi", "termcheck.report.base", "termcheck.report.concise"]


# Han, kana, full-width and Latin, marks that combine, an emoji, tabs, spaces. None occurs in a marked word.
FILLER = st.sampled_from(
    [*"中文南海、。“”（）カナがﾊﾟﾃab.-", " ", "\t", "e\u0301", "か\u3099", "🎉", "é", "한", "…"]
)
MARKED = st.sampled_from(["XYZ", "香山论坛", "ΩД", "M峰D", "Q"])


@settings(max_examples=150)
@given(
    before=st.lists(FILLER, max_size=150).map("".join),
    word=MARKED,
    after=st.lists(FILLER, max_size=150).map("".join),
    width=st.integers(40, 120),
)
@example(before="", word="Q", after="", width=40)
@example(before="中" * 150, word="香山论坛", after="", width=41)
def test_carets_stand_under_the_marked_word(before: str, word: str, after: str, width: int) -> None:
    line = before + word + after
    column = len(before) + 1
    place = Location("a.md", 2, column, 2, column + len(word), word)
    document = Document("a.md", f"first\n{line}\nlast", (), (0, 6, 6 + len(line) + 1))
    report = Report((_finding(location=place),), Coverage(), {"a.md": document})
    excerpt, carets = _under_bar(render(report, "full", RenderOptions(width=width)))
    assert _columns(excerpt) <= width - 6
    assert word in excerpt
    assert carets.strip(" \u3000") == "^" * _columns(word)
    assert _columns(carets[: carets.index("^")]) == _columns(excerpt[: excerpt.index(word)])
    wide_before = sum(_columns(char) == 2 for char in excerpt[: excerpt.index(word)])
    assert carets.count("\u3000") == wide_before


@settings(max_examples=150)
@given(
    raw=st.text(st.characters(), max_size=200),
    numbers=st.tuples(*[st.integers(0, 30)] * 4),
    text=st.text(max_size=20),
    width=st.integers(0, 120),
)
def test_no_text_and_no_place_breaks_a_format(
    raw: str, numbers: tuple[int, ...], text: str, width: int
) -> None:
    place = Location("a.md", *numbers, text)
    starts = (0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", raw)))
    finding = _finding(location=place, source=place, message=text, label=text)
    for documents in ({}, {"a.md": Document("a.md", raw, (), starts)}):
        report = Report((finding,), Coverage(), documents)
        for format_ in TEXT_FORMATS:
            output = render(report, format_, RenderOptions(width=width))
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e\ud800-\udfff]", output)
            assert output.endswith("\n")


def test_a_line_of_a_million_characters_is_cut_around_the_words() -> None:
    line = "协" * 500_000 + "South Sea" + "调" * 500_000
    place = Location("a.md", 1, 500_001, 1, 500_010, "South Sea")
    report = Report((_finding(location=place),), Coverage(), {"a.md": Document("a.md", line, (), (0,))})
    excerpt, _ = _under_bar(render(report, "full", RenderOptions(width=80)))
    assert re.fullmatch("…协+South Sea调+…", excerpt)
    assert 70 <= _columns(excerpt) <= 74


def test_right_to_left_text_is_quoted_as_it_is() -> None:
    line = "زار الوفد بحر الجنوب أمس"
    column = line.index("بحر") + 1
    place = Location("ar.md", 1, column, 1, column + 3, "بحر")
    report = Report((_finding(location=place),), Coverage(), {"ar.md": Document("ar.md", line, (), (0,))})
    excerpt, carets = _under_bar(render(report, "full", RenderOptions()))
    assert excerpt == line
    assert carets.strip() == "^^^"


def _under_bar(output: str) -> tuple[str, str]:
    """The first excerpt and its caret line, without what stands left of the bar."""
    lines = output.split("\n")
    bar = next(i for i, line in enumerate(lines) if line.strip() == "|")
    excerpt, carets = (line.split("| ", 1)[1] for line in lines[bar + 1 : bar + 3])
    return excerpt, carets


def _columns(text: str) -> int:
    """Columns by the Unicode database of the standard library, which the product does not ask."""
    return sum(
        0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 2 if _is_wide(char) else 1 for char in text
    )


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F")


def _finding(
    *,
    severity: Severity = Severity.ERROR,
    location: Location | None = None,
    source: Location | None = None,
    message: str = "a message",
    label: str = "",
) -> Finding:
    return Finding(
        code="TRM102",
        name="forbidden-rendering",
        severity=severity,
        message=message,
        location=location or Location("a.md", 1, 1, 1, 2),
        source=source,
        term=TermInfo("id", "南海", ("South China Sea",), "South Sea"),
        label=label,
    )
