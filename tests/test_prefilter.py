"""Rows that are in order at first sight are never read with care, and nobody can tell from a report."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from termcheck import engine, rules
from termcheck.config import Settings
from termcheck.engine import units
from termcheck.engine.independent_rows import RowChecker, RowFinding
from termcheck.glossary.loader import load_glossary_text
from termcheck.jobs import Job
from termcheck.matching.index.compiled_glossary import active_terms
from termcheck.model import Confidence, GlossaryUse, Report, TermcheckError
from termcheck.prefilter import prefiltered_stretch
from termcheck.prefilter.prefilter import Prefilter, PrefilterResult
from termcheck.readers import cutting
from termcheck.report import RenderOptions, render
from termcheck.selection import RuleChoice, Selection

LANGUAGES = yaml.safe_load(Path(__file__).with_name("prefilter_rows.yaml").read_text("utf-8"))

CASES = Path(__file__).with_name("prefilter.yaml")

_Row = tuple[str, str]
_Entry = dict[str, Any]

# What makes a text unusual, wherever it stands.
NOISE = [
    *("(", ")", "（", "）", "[", "]", "［", "］", "「", "」", "“", "”", "’", "'s", "‘", '"', "《", "》"),
    *("\t", "\n", "\r", "\r\n", "\0", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\u2028"),
    *("\u0301", "\u3099", "\xad", "\u200b", "\ufeff", "\ufe0f", "\xa0", "\u3000", "e\u0301", "ﬁ", "ﾃﾞ"),
    *("Ｓ", "ＳＣＯ", "ｘ", "İ", "ß", "ё", "Σ", "臺", "國", "😀", "\U0001d400", "\U00020000", "ᄒ\xadᅡ", "가"),
    *("`", "`SCO`", "https://example.org/SCO", "a@example.org", "{name}", "%s", "%d", "$HOME", "<b>", "</b>"),
    *("3.5", "50%", "24/7", "and/or", "SCO.pdf", "/usr/bin", "C:\\x", "{{x}}", "<!-- x -->", "\\"),
    *("-", "–", "—", "·", "/", ".", "…", "+", "#", "_", "@", "&amp;", "的", "ー", "U.S.", "node.js", "*"),
]  # fmt: skip


def _cut(text: str) -> str:
    return text[:-2] + text[-1:]


# What becomes of a term or a rendering where it is written.
WRITTEN: tuple[Callable[[str], str], ...] = (
    *(str.upper, str.lower, str.title, str.capitalize, str.swapcase, _cut),
    *(f"{{}}{after}".format for after in ("s", "es", "'s", "-led", "ing", ".", "_x", "2", "長")),
    *(f"{before}{{}}".format for before in ("user-", "the ", "un", "Non-", "“", "第", "3")),
    lambda text: text.replace(" ", "-"),
    lambda text: text.replace("-", " "),
    lambda text: text.replace(" ", ""),
    lambda text: text.replace(" ", " new ", 1),
    lambda text: text.replace(" ", "\xa0"),
    lambda text: f"{text[:1]}({text[1:]})",
    lambda text: f"{text[:1]}（{text[1:]}）",
    lambda text: "".join(chr(ord(char) + 0xFEE0) if "!" < char < "~" else char for char in text),
)


def _one_in(number: int) -> st.SearchStrategy[bool]:
    return st.integers(1, number).map(lambda drawn: drawn == number)


@st.composite
def terms(draw: st.DrawFn, text: str, *, first: bool) -> str | dict[str, Any]:
    """A rendering with attributes, of which most have none."""
    if draw(_one_in(3)) is False:
        return text
    term: dict[str, Any] = {"term": text}
    statuses = ["preferred", "admitted"] if first else ["admitted", "deprecated", "forbidden", "forbidden"]
    term["status"] = draw(st.sampled_from(statuses))
    if term["status"] in ("deprecated", "forbidden") and draw(_one_in(4)):
        term["where"] = "always"
    term |= draw(
        st.sampled_from(
            [
                {},
                {},
                {"type": "full"},
                {"type": "acronym"},
                {"type": "variant"},
                {"match": "exact"},
                {"match": "inflected"},
                {"case": "sensitive"},
                {"case": "insensitive"},
                {"valid_until": "2020-01-01"},
                {"valid_from": "2020-01-01"},
                {"scope": ["elsewhere/**"]},
            ]
        )
    )
    return term


@st.composite
def entries(draw: st.DrawFn, words: Mapping[str, Any], key: str) -> _Entry:
    """What a glossary says of one term."""
    source, target = words["languages"]
    renderings = draw(st.lists(st.sampled_from(words["target"]), min_size=1, max_size=3, unique=True))
    entry: _Entry = {
        target: [draw(terms(text, first=not number)) for number, text in enumerate(renderings)],
    }
    if draw(_one_in(8)):
        entry[source] = draw(st.sampled_from([text for text in words["source"] if text != key]))
    if draw(_one_in(3)):
        entry |= draw(
            st.sampled_from(
                [
                    {"count": "each"},
                    {"first_use": "full"},
                    {"first_use": "full (abbr)"},
                    {"keep": True},
                    {"priority": 3},
                    {"severity": "error"},
                    {"except_in": [draw(st.sampled_from(words["source"])) + words["between"] + "长"]},
                    {"except_in": ["对" + key]},
                    {"match": "exact"},
                    {"case": "sensitive"},
                    {"ignore": [{"path": "rows.jsonl"}]},
                    {"ignore": [{"path": "elsewhere/**"}]},
                    {"valid_until": "2020-01-01"},
                ]
            )
        )
    if "keep" in entry:
        del entry[target]
    return entry


@st.composite
def glossaries(draw: st.DrawFn, words: Mapping[str, Any]) -> dict[str, Any]:
    """A glossary of the words of two languages."""
    keys = draw(st.lists(st.sampled_from(words["source"]), min_size=2, max_size=9, unique=True))
    found = {key: draw(entries(words, key)) for key in keys}
    if draw(_one_in(12)):
        found[keys[0]][words["languages"][1]] = [{"term": "[Cc]hips?", "match": "regex"}, "X"]
    if draw(_one_in(5)):
        # Of ten entries and more, most in small letters or in capitals, their case tells something.
        for number in range(12):
            found[f"词{number}"] = {words["languages"][1]: f"word {chr(97 + number)}"}
    return {"languages": words["languages"], "terms": found}


def _texts(key: str, entry: _Entry, language: str) -> list[str]:
    return [one if isinstance(one, str) else one["term"] for one in entry.get(language, [key])]


@st.composite
def rows(draw: st.DrawFn, words: Mapping[str, Any], glossary: Mapping[str, Any]) -> _Row:
    """The two texts of a row that has some terms, rendered or not."""
    plain = not draw(_one_in(3))
    keys = draw(st.lists(st.sampled_from(list(glossary["terms"])), max_size=3))
    source, target = [draw(st.sampled_from(words["fill"]))], [draw(st.sampled_from(words["other"]))]
    for key in keys:
        source += [key, draw(st.sampled_from(words["fill"]))]
        rendering = draw(
            st.sampled_from(_texts(key, glossary["terms"][key], words["languages"][1])[: 1 if plain else 3])
        )
        target += [rendering, draw(st.sampled_from(words["other"]))]
    if not plain:
        for side in (source, target):
            _spoil(draw, side, words)
    found = words["between"].join(source), words["gap"].join(target)
    return found if plain else (_whole(draw, found[0]), _whole(draw, found[1]))


def _spoil(draw: st.DrawFn, side: list[str], words: Mapping[str, Any]) -> None:
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(side) - 1))
        what = draw(st.integers(0, 4))
        if what == 0:
            side[at] = draw(st.sampled_from(WRITTEN))(side[at])
        elif what == 1:
            side[at] = draw(st.sampled_from(WRITTEN))(draw(st.sampled_from(words["target"])))
        elif what == 2:
            side[at] = draw(st.sampled_from(words["source"] + words["target"]))
        elif what == 3:
            inside = draw(st.integers(0, len(side[at])))
            side[at] = side[at][:inside] + draw(st.sampled_from(NOISE)) + side[at][inside:]
        else:
            del side[at]
            side.append(draw(st.sampled_from(NOISE)))


def _whole(draw: st.DrawFn, text: str) -> str:
    return draw(st.sampled_from(WHOLE))(text)


def _long(text: str) -> str:
    return text + " 港口 port" * 30


def _empty(_: str) -> str:
    return ""


def _blank(_: str) -> str:
    return " \u3000 "


WHOLE: tuple[Callable[[str], str], ...] = (*([str] * 5), str.upper, str.capitalize, _long, _empty, _blank)


def _line(source: object, target: object, **more: Any) -> str:
    return json.dumps({"source": source, "target": target, **more}, ensure_ascii=False)


def _ascii(source: str, target: str) -> str:
    return json.dumps({"source": source, "target": target})


# The ways in which a row may be written; some of them are mistakes.
LINES: tuple[Callable[[str, str], str], ...] = (
    *([_line] * 12),
    *([_ascii] * 3),
    lambda source, target: _line(source, target) + "\r",
    lambda source, target: _line(source, target, id=7, meta={"x": [1]}),
    lambda source, target: _line(source, target, meta={"source": "南海"}),
    lambda source, target: _line(source, target, note='"source": 1'),
    lambda source, target: " \t" + _line(source, target).replace(": ", " :\t") + " ",
    lambda source, target: _line(source, target).replace('{"', '{"source": "上合组织", "', 1),
    lambda source, target: _line(source, target).replace('"source"', '"\\u0073ource"'),
    lambda source, target: _line(source, target).replace('"source"', '"quelle"'),
    lambda source, target: _line(source, target)[:-3],
    lambda source, target: _line(source, target).replace(' "', ' "\\ud800', 1),
    lambda source, target: _line(source, target).replace(' "', ' "\\ud83d\\ude00', 1),
    lambda source, target: _line(source, target).replace(' "', ' "\\/', 1),
    lambda source, target: _line(source, target) + "\n",
    lambda source, target: _line(source, target) + " x",
    lambda source, target: _line(source, target) + "\r" + _line(target, source),
    lambda source, _: _line(source, None),
    lambda _, target: _line(3, target),
    lambda source, target: json.dumps({"target": target, "source": source}),
    lambda *_: "[[[",
    lambda *_: "",
)  # fmt: skip


@st.composite
def corpora(draw: st.DrawFn) -> tuple[dict[str, Any], str, int]:
    """A glossary, lines of JSON, and how long a stretch of them is."""
    words = draw(st.sampled_from(LANGUAGES))
    glossary = draw(glossaries(words))
    some = draw(st.lists(rows(words, glossary), min_size=4, max_size=14))
    ordinary = [_line(*row) for row in some]
    written = [draw(st.sampled_from(LINES))(*row) if draw(_one_in(3)) else _line(*row) for row in some]
    # Where rows are few, lengths say nothing of them; where they are many, most are cleared by theirs.
    size, times = draw(st.sampled_from([(300, 1), (700, 1), (20_000, 4), (20_000, 9)]))
    more = draw(st.permutations(ordinary * (times - 1))) if times > 1 else []
    return (
        glossary,
        "\n".join([_line("好", "x"), *more[: len(more) // 2], *written, *more[len(more) // 2 :]]) + "\n",
        size,
    )


def _settings(*ignored: str) -> Settings:
    return Settings(
        selection=Selection.build(rules.RULES, [RuleChoice(ignore=ignored)]),
        root="/",
        date="2026-01-01",
        jobs=1,
        cache=False,
        min_confidence=Confidence.LOW,
    )


SETTINGS, WITHOUT_MIXES = _settings(), _settings("inconsistent-rendering")


@contextmanager
def in_stretches(size: int) -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(units, "_BIG", 0)
        patch.setattr(cutting, "_LONG", size)
        yield patch


def checked(folder: Path, chosen: Settings = SETTINGS) -> Report:
    job = Job(folder / "rows.jsonl", "rows.jsonl", glossaries=(str(folder / "glossary.yaml"),))
    return engine.check([job], chosen)


def told(report: Report) -> str:
    """All that a report tells."""
    rest = (report.coverage, *report.errors, *report.notices, report.idle, *report.silenced)
    return "\n".join([render(report, "json", RenderOptions()), *map(str, rest)])


def compare(
    glossary: Mapping[str, Any], lines: str, size: int, chosen: Settings = SETTINGS
) -> tuple[Report, int]:
    """Check a corpus both ways, and say what was found, and how many rows were settled."""
    with tempfile.TemporaryDirectory() as name, in_stretches(size) as patch:
        folder = Path(name)
        (folder / "glossary.yaml").write_text(json.dumps(glossary, ensure_ascii=False), "utf-8")
        (folder / "rows.jsonl").write_bytes(lines.encode("utf-8", "surrogatepass"))
        settled = 0
        settle = Prefilter.settle

        def counting(*args: Any) -> PrefilterResult:
            nonlocal settled
            sifted = settle(*args)
            settled += sifted.settled
            return sifted

        patch.setattr(Prefilter, "settle", counting)
        quick = checked(folder, chosen)
        patch.setattr(prefiltered_stretch, "prefilter_for", lambda *_: None)
        careful = checked(folder, chosen)
    assert told(quick) == told(careful)
    return quick, settled


@given(corpora(), st.sampled_from([SETTINGS, WITHOUT_MIXES]))
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_corpus_is_reported_on_as_if_every_row_were_judged(
    corpus: tuple[dict[str, Any], str, int], chosen: Settings
) -> None:
    report, settled = compare(*corpus, chosen)
    event("some rows are settled" if settled else "no row is settled")
    for name in {finding.name for finding in report.findings}:
        event(name)


@st.composite
def batches(draw: st.DrawFn) -> tuple[dict[str, Any], list[_Row]]:
    """A glossary, and rows that are checked with it."""
    words = draw(st.sampled_from(LANGUAGES))
    glossary = draw(glossaries(words))
    return glossary, draw(st.lists(rows(words, glossary), min_size=1, max_size=12))


@given(batches())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_rows_of_tables_have_the_findings_that_they_have_if_every_row_is_judged(
    batch: tuple[dict[str, Any], list[_Row]],
) -> None:
    glossary, some = batch
    text = json.dumps(glossary, ensure_ascii=False)
    try:
        loaded = load_glossary_text(text, "glossary.yaml")
    except TermcheckError:
        return
    sources, targets = ([row[side] for row in some] for side in (0, 1))
    quick = list(map(_of_row, RowChecker(loaded, SETTINGS).check(sources, targets)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("termcheck.engine.independent_rows.prefilter_for", lambda *_: None)
        assert list(map(_of_row, RowChecker(loaded, SETTINGS).check(sources, targets))) == quick


def _of_row(found: RowFinding) -> tuple[object, ...]:
    """What is told of a row, without the lines of the texts that were looked at."""
    one = found.finding
    fix = [(edit.column, edit.end_column, edit.text) for edit in one.fix.edits] if one.fix else None
    where = found.row, found.place, found.source, one.location.text
    return *where, one.code, one.message, one.severity, one.term, fix, one.fingerprint, one.pair


def _cases() -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in yaml.safe_load(CASES.read_text("utf-8"))]


@pytest.mark.parametrize("case", _cases())
def test_rows_are_settled_or_left(case: Mapping[str, Any], tmp_path: Path) -> None:
    glossary = case["glossary"] if "terms" in case["glossary"] else {"terms": case["glossary"]}
    glossary = {"languages": case.get("languages", ["zh", "en"]), **glossary}
    path = tmp_path / "glossary.yaml"
    path.write_text(json.dumps(glossary, ensure_ascii=False), "utf-8")
    compiled = engine.Glossaries(SETTINGS).compiled(GlossaryUse((str(path),)))
    prefilter = Prefilter(compiled, active_terms(SETTINGS.date, "rows.jsonl"), watch_mixes=True)
    settled, left = ([tuple(row) for row in case.get(how, ())] for how in ("settled", "left"))
    # The first row is always left.
    assert [row for row in settled if prefilter.settle(("", row[0]), ("x", row[1])).to_judge != [0]] == []
    assert [
        row for row in left if row[1] and prefilter.settle(("", row[0]), ("x", row[1])).to_judge != [0, 1]
    ] == []
    for row in settled + left:
        compare(glossary, "".join(_line(*one) + "\n" for one in (("。", "x"), row, *settled)), 20_000)


def test_mentions_after_one_that_is_rendered_as_another_entry_are_judged() -> None:
    terms = {"国防部": {"en": "ministry"}, "国防军": {"en": ["ministry", "army"]}}
    rows_ = [("好", "x"), ("国防部来了", "the army"), ("国防部", "the ministry"), ("国防部", "the ministry")]
    lines = "".join(_line(*row) + "\n" for row in rows_)
    report, _ = compare({"languages": ["zh", "en"], "terms": terms}, lines, 20_000)
    (finding,) = report.findings
    assert finding.fix is not None
    assert [edit.line for edit in finding.fix.edits] == [3, 4]
