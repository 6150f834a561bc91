"""The HTML report as a file: what it may do, what it says without its script, and what it gives to it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from arbitrary import WILD_REPORTS
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from termcheck import check_paths, check_text
from termcheck.model import (
    Applicability,
    Confidence,
    Coverage,
    Edit,
    Finding,
    Fix,
    Location,
    Piece,
    Report,
    Segment,
    Severity,
    Silenced,
    SilencedBy,
    Span,
    TermcheckError,
    TermUsage,
)
from termcheck.report import RenderOptions, render
from termcheck.report.html.excerpts import text_span

GLOSSARY = """\
上合组织: SCO
南海: {en: South China Sea, forbid: [South Sea]}
舰队: fleet
"""


# What the frame is made of; nothing else may come from a report.
OWN_ELEMENTS = {
    "html", "head", "meta", "title", "link", "style", "body", "a", "header", "p", "svg", "rect", "path",
    "small", "nav", "div", "button", "section", "h1", "span", "dl", "dt", "dd", "ul", "li", "b", "main",
    "noscript", "ol", "code", "details", "summary", "form", "label", "input", "kbd", "select", "option",
    "output", "h2", "h3", "pre", "dialog", "script",
}  # fmt: skip


class Page(HTMLParser):
    """The elements of a page by name, with their attributes and the text directly in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], str]] = []
        self.within = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), ""))
        self.within = True

    def handle_endtag(self, _: str) -> None:
        self.within = False

    def handle_data(self, data: str) -> None:
        if self.within:
            tag, attrs, text = self.elements[-1]
            self.elements[-1] = (tag, attrs, text + data)

    def texts(self, tag: str) -> list[str]:
        return [text for name, _, text in self.elements if name == tag]

    @property
    def data(self) -> Any:
        return json.loads(
            next(
                text for name, attrs, text in self.elements if name == "script" and attrs.get("id") == "data"
            )
        )


def page_of(report: Report) -> Page:
    return Page(render(report, "html", RenderOptions(version="1.2.3")))


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Any:
    glossary = tmp_path_factory.mktemp("html") / "glossary.yaml"
    glossary.write_text(GLOSSARY, encoding="utf-8")

    def checked(text: str, name: str = "talk.md") -> Report:
        return check_text(text, glossary, name=name)

    return checked


def test_only_this_style_and_this_script_may_run(check: Any) -> None:
    page = page_of(check("上合组织会议。\n\nA meeting.\n"))
    policy = next(
        attrs["content"] for tag, attrs, _ in page.elements if attrs.get("http-equiv") and tag == "meta"
    )
    rules = dict(rule.split(" ", 1) for rule in (policy or "").split("; "))
    script = next(text for tag, attrs, text in page.elements if tag == "script" and not attrs)

    def hashed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == hashed(script)
    assert rules["style-src"] == hashed(page.texts("style")[0])
    assert "unsafe" not in (policy or "")


def test_nothing_is_asked_from_elsewhere(check: Any) -> None:
    page = page_of(check("上合组织会议。\n\nA meeting.\n"))
    for _, attrs, _ in page.elements:
        for name in ("src", "href", "action", "data", "poster", "srcset"):
            value = attrs.get(name)
            assert value is None or value.startswith(("#", "data:image/svg+xml,"))
        assert not any(name.startswith("on") or name == "style" for name in attrs)
    assert not re.search(r"url\(|@import", page.texts("style")[0])


HOSTILE = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>]]>&amp;\u2028\x00\ud800${x}"


def test_hostile_texts_make_no_elements() -> None:
    place = Location(HOSTILE, 1, 1, 1, 2, HOSTILE)
    finding = Finding("TRM101", "missing-rendering", Severity.WARNING, HOSTILE, place)
    report = Report((finding,), Coverage(1, 1), notices=(HOSTILE,), errors=(TermcheckError(HOSTILE),))
    usage = TermUsage("x", HOSTILE, (HOSTILE,))
    hostile = page_of(replace(report, usage=(usage,)))
    calm = page_of(
        Report(
            (replace(finding, message="", location=replace(place, path="p", text="")),),
            Coverage(1, 1),
            notices=("n",),
            errors=(TermcheckError("e"),),
        )
    )
    assert [tag for tag, _, _ in hostile.elements] == [tag for tag, _, _ in calm.elements]
    assert hostile.data["findings"][0]["message"] == HOSTILE.replace("\ud800", "\ufffd")


@given(WILD_REPORTS)
def test_whatever_a_report_holds(report: Report) -> None:
    page = page_of(report)
    assert len(page.data["findings"]) == len(report.findings) + len(report.silenced)
    assert {tag for tag, _, _ in page.elements} <= OWN_ELEMENTS


def test_the_same_report_makes_the_same_page(check: Any) -> None:
    report = check("上合组织会议。\n\nA meeting.\n")
    options = RenderOptions(version="1.2.3")
    assert render(report, "html", options) == render(report, "html", options)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("上合组织会议。\n\nA meeting.\n", "1 warning"),
        ("上合组织会议。\n\nAn SCO meeting.\n", "All checks passed!"),
        ("Just English.\n", "Nothing was checked: no pairs."),
        ("会议。\n\nA meeting.\n", "Nothing was checked: no term of the glossary occurs."),
    ],
)
def test_verdict(text: str, verdict: str, check: Any) -> None:
    page = page_of(check(text))
    names = [tag for tag, _, _ in page.elements]
    assert page.elements[names.index("h1") + 1][2] == verdict
    assert page.texts("title") == [f"{verdict} - termcheck"]


def test_without_a_script_there_is_a_list_and_the_rules(check: Any) -> None:
    text = render(check("上合组织会议。\n\nA meeting.\n"), "html", RenderOptions())
    listed = text.partition("<noscript>")[2].partition("</noscript>")[0]
    assert (
        "<code>talk.md:3:1</code> warning: 上合组织 has no accepted rendering here; expected “SCO”" in listed
    )
    assert '<details class="rule" id="TRM101">' in text
    assert 'id="TRM102"' not in text


def test_the_list_without_a_script_says_what_it_leaves_out() -> None:
    place = Location("a.md", 1, 1, 1, 2)
    finding = Finding("TRM101", "missing-rendering", Severity.WARNING, "missing", place)
    text = render(Report((finding,) * 1600, Coverage(1, 1600)), "html", RenderOptions())
    assert text.count("<code>a.md:1:1</code>") == 500
    assert "and 1,100 more" in text


def test_marks_are_counted_as_browsers_count(check: Any) -> None:
    data = page_of(check("𠮷野的**舰队**停在南海。\n\nThe 😀 fleet is in the South Sea.\n")).data
    (finding,) = data["findings"]
    target, source = finding["places"]
    for place, words in ((target, "South Sea"), (source, "南海")):
        ((number, start, end),) = place["marks"]
        units = data["texts"][number]["text"].encode("utf-16-le")
        assert units[2 * start : 2 * end].decode("utf-16-le") == words
    assert [data["texts"][place["texts"][0]]["lang"] for place in (source, target)] == ["zh", "en"]
    assert finding["places"][1]["side"] == "source"


def test_a_finding_on_a_paragraph_marks_nothing_in_it(check: Any) -> None:
    data = page_of(check("上合组织会议。\n\nA meeting.\n")).data
    target, source = data["findings"][0]["places"]
    assert target["marks"] == []
    assert len(source["marks"]) == 1


def test_a_paragraph_is_told_once(check: Any) -> None:
    data = page_of(check("上合组织会议谈到了舰队。\n\nThe meeting was on ships.\n")).data
    assert len(data["findings"]) == 2
    assert len(data["texts"]) == 2


def test_escaped_text_is_shown_as_it_is_read(check: Any) -> None:
    row = json.dumps({"source": "他说“上合组织”\t会议。", "target": 'A "meeting".'}) + "\n"
    data = page_of(check(row, "talk.jsonl")).data
    source = data["findings"][0]["places"][1]
    ((number, start, end),) = source["marks"]
    assert data["texts"][number]["text"][start:end] == "上合组织"


def test_everything_known_of_a_finding_is_given(check: Any) -> None:
    report = check("舰队停在南海。\n\nThe fleet is in the South Sea.\n")
    (finding,) = report.findings
    place = finding.location
    edit = Edit(place.line, place.column, place.end_line, place.end_column, "South China Sea")
    whole = replace(
        finding,
        fix=Fix(Applicability.SAFE, (edit,)),
        confidence=Confidence.LOW,
        reasons=("hardly ever",),
    )
    silenced = Silenced(replace(whole, fingerprint="f" * 32), SilencedBy.COMMENT, "agreed")
    first, second = page_of(replace(report, findings=(whole,), silenced=(silenced,))).data["findings"]
    assert first["fix"] == {
        "applicability": "safe",
        "edits": [{"before": "South Sea", "after": "South China Sea"}],
    }
    assert (first["confidence"], first["reasons"]) == ("low", ["hardly ever"])
    assert second["silenced"] == {"by": "comment", "reason": "agreed"}
    assert second["id"] == "f" * 12


def test_files_that_were_not_kept_are_quoted_from_their_findings(check: Any) -> None:
    report = replace(check("上合组织会议。\n\nA meeting.\n"), documents={})
    data = page_of(report).data
    assert [one["text"] for one in data["texts"]] == ["A meeting.", "上合组织"]


def test_terms_are_told_for_this_format_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from termcheck.cli import main

    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    Path("talk.md").write_text("上合组织会议。\n\nAn SCO meeting.\n", encoding="utf-8")
    assert main(["check", "talk.md", "--output-format", "html:report.html", "-q"]) == 0
    terms = Page(Path("report.html").read_text(encoding="utf-8")).data["terms"]
    assert [(one["name"], one["seen"], one["pairs"], one["rendered"]) for one in terms] == [
        ("上合组织", True, 1, 1),
        ("南海", False, 0, 0),
        ("舰队", False, 0, 0),
    ]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), min_size=1), st.data())
def test_the_way_back_from_raw_text(shape: list[tuple[int, int, bool]], data: st.DataObject) -> None:
    pieces, text, raw = [], 0, 0
    for width, other, exact in shape:
        wide = width if exact else other
        pieces.append(Piece(Span(text, text + width), Span(raw, raw + wide)))
        text, raw = text + width, raw + wide
    segment = Segment("x" * text, tuple(pieces))
    start = data.draw(st.integers(0, text))
    span = Span(start, data.draw(st.integers(start, text)))
    there = segment.raw_span(span)
    back = text_span(segment, there)
    assert 0 <= back.start <= back.end <= text
    if len(span) and all(len(piece.text) == len(piece.raw) for piece in pieces):
        assert back == span


def test_texts_of_files_that_are_read_in_stretches_have_their_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("termcheck.engine.units._BIG", 0)
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "talk.csv").write_text("source,target\n上合组织会议。,A meeting.\n", encoding="utf-8")
    data = page_of(check_paths([tmp_path / "talk.csv"], tmp_path / "glossary.yaml")).data
    assert [(one["text"], one["lang"]) for one in data["texts"]] == [("A meeting.", "en"), ("上合组织", "zh")]
