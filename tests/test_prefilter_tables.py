"""Tables read quickly: the same rows and the same report as when every row is read with care."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termcheck import engine, rules
from termcheck.config import Settings
from termcheck.discovery import discover
from termcheck.engine import units
from termcheck.model import Confidence, Document, Side, TermcheckError
from termcheck.readers import ReadOptions, cutting
from termcheck.readers.stretches import TextStretch, text_stretches
from termcheck.report import RenderOptions, render
from termcheck.scope import Scope
from termcheck.selection import RuleChoice, Selection
from termcheck.text.positions import locate

GLOSSARY = """
languages: [zh, en]
terms:
  国防部: MND
  上合组织: [SCO, Shanghai Cooperation Organization]
  南海: {en: South China Sea, forbid: [South Sea]}
"""
SOURCES = [
    "国防部今天发表讲话。",
    "上合组织举行会议。",
    "船只在南海航行。",
    "没有人回答。",
    "国防部",
    " ",
    "",
]
TARGETS = [
    "The MND made a speech today.",
    "The SCO held a meeting.",
    "Ships sailed the South China Sea, and returned.",
    "Ships sailed the South Sea.",
    "Nobody answered.",
    'It said "MND" and\n“SCO”.',
    '"MND," they said; "SCO"',
    '"MND"',
    "MND\r\n\r\nSCO",
    "mnd\t; ,",
    '5" wide',
    '""',
    "",
]
HEADERS = [
    ["source", "target"],
    ["Source", " target "],
    ["zh", "en"],
    ["en", "zh"],
    ["id", "target", "source", "note"],
    ["English", "中文", ""],
    ["de", "ja"],
    ["source", "source", "target"],
    ["the so-called\nsource", "target", "zh"],
]
OPTIONS = ReadOptions(source_lang="zh", target_lang="en")


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str]:
    """A name and the text of a table, in order or not."""
    suffix, delimiter = draw(st.sampled_from([("csv", ","), ("csv", ";"), ("csv", "\t"), ("tsv", "\t")]))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    careful = draw(st.integers(0, 9)) < 7
    header = draw(st.sampled_from(HEADERS[:5] if careful else HEADERS))
    quoting = draw(st.sampled_from(["all", "minimal", "none" if suffix == "tsv" else "minimal"]))
    cells = st.one_of(st.sampled_from(SOURCES), st.sampled_from(TARGETS))
    pairs = st.tuples(st.sampled_from(SOURCES[:4]), st.sampled_from(TARGETS[:3]))
    wide = len(header)
    kinds: list[st.SearchStrategy[list[str] | str]] = [
        pairs.map(list),
        st.lists(cells, min_size=wide, max_size=wide),
    ]
    if not careful:
        kinds += [st.lists(cells, max_size=5), st.text('"",;\t\n中a ', max_size=9)]
    rows = draw(st.lists(st.one_of(kinds), min_size=8, max_size=40))
    named = [name.strip().casefold() for name in header]
    lines = [delimiter.join(written(cell, delimiter, quoting) for cell in header)]
    for row in rows:
        if isinstance(row, str):
            lines.append(row)
            continue
        if len(row) == 2 and "target" in named:
            found = dict(zip(("source", "target"), row, strict=True))
            row = [found.get(name, "") for name in named]
        lines.append(delimiter.join(written(cell, delimiter, quoting) for cell in row))
    if draw(st.booleans()):
        lines.insert(draw(st.integers(0, len(lines))), draw(st.sampled_from(["", " ", "\t"])))
    text = newline.join(lines) + draw(st.sampled_from([newline, ""]))
    return f"a.{suffix}", draw(st.sampled_from(["", "", "\ufeff"])) + text


def written(cell: str, delimiter: str, quoting: str) -> str:
    """A cell as it is written with quotes, or without any, whatever that makes of it."""
    needed = cell.startswith('"') or any(mark in cell for mark in (delimiter, "\r", "\n"))
    if quoting == "all" or (quoting == "minimal" and needed):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


@pytest.fixture(scope="module", autouse=True)
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where tables are written, to be checked in short stretches."""
    place = tmp_path_factory.mktemp("tables")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setattr(units, "_BIG", 0)
        patch.setattr(cutting, "_LONG", 300)
        patch.setattr(cutting, "_TOO_LONG", 600)
        Path("glossary.yaml").write_text(GLOSSARY, "utf-8")
        yield place


def cut(name: str, text: str) -> list[TextStretch]:
    Path(name).write_bytes(text.encode())
    return list(text_stretches(name, name, OPTIONS))


def report(name: str, *ignored: str) -> str:
    chosen = Settings(
        selection=Selection.build(rules.RULES, [RuleChoice(ignore=ignored)]),
        root="/",
        cache=False,
        jobs=1,
        min_confidence=Confidence.LOW,
    )
    jobs = discover([name], Scope(("glossary.yaml",))).jobs
    return render(engine.check(jobs, chosen), "json", RenderOptions())


def carefully(name: str, *ignored: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TextStretch, "complete_rows", lambda *_: None)
        return report(name, *ignored)


def rows(document: Document) -> dict[int, dict[Side | None, tuple[str, object]]]:
    """The cells of each row by side, and where they stand."""
    found: dict[int, dict[Side | None, tuple[str, object]]] = {}
    for one in document.segments:
        found.setdefault(one.row or 0, {})[one.side] = one.text, locate(document, one.raw)
    return found


def complete(document: Document) -> list[dict[Side | None, tuple[str, object]]]:
    """The rows with texts on both sides."""
    return [row for row in rows(document).values() if all(text for text, _ in row.values())]


@settings(max_examples=200)
@given(tables())
@example(("a.tsv", 'source\ttarget\n"国防部\tMND\n上合\t5" SCO\n南海\t"South China Sea"\n'))
def test_texts_are_those_that_the_reader_reads(table: tuple[str, str]) -> None:
    name, text = table
    for stretch in cut(name, text):
        texts = stretch.complete_rows(name, OPTIONS)
        if texts is None:
            continue
        (document,) = stretch.documents(name, OPTIONS)
        read = complete(document)
        sides = [(row[Side.SOURCE][0], row[Side.TARGET][0]) for row in read]
        assert list(zip(texts.sources, texts.targets, strict=True)) == sides
        lines = [{location.line for _, location in row.values()} for row in read]  # type: ignore[attr-defined]
        for number, these in enumerate(lines):
            assert these <= {stretch.before + place + 1 for place in texts.lines(number)}


@settings(max_examples=200)
@given(tables(), st.data())
@example(("a.tsv", 'source\ttarget\n"国防部\tMND\n上合\t5" SCO\n南海"\tSouth China Sea\n'), None)
def test_the_rows_that_are_left_are_read_as_among_the_others(
    table: tuple[str, str], data: st.DataObject | None
) -> None:
    name, text = table
    for stretch in cut(name, text):
        texts = stretch.complete_rows(name, OPTIONS)
        if texts is None:
            continue
        numbers = range(len(texts.first_lines))
        left = data.draw(st.sets(st.sampled_from(numbers), min_size=1)) if data else {0, numbers[-1]}
        left |= set(texts.required)
        settled = {place for number in set(numbers) - left for place in texts.lines(number)}
        only = stretch.only([place for place in range(texts.line_count) if place not in settled])
        (whole,), (part,) = (one.documents(name, OPTIONS) for one in (stretch, only))
        read = complete(whole)
        assert complete(part) == [read[number] for number in sorted(left)]
        others = [[row for row in rows(one).values() if row not in complete(one)] for one in (whole, part)]
        assert others[0] == others[1]
        assert list(map(str, part.errors)) == list(map(str, whole.errors))
        assert part.unread == whole.unread


@settings(max_examples=80)
@given(tables(), st.booleans())
def test_the_report_is_the_same(table: tuple[str, str], mixed: bool) -> None:
    name, text = table
    Path(name).write_bytes(text.encode())
    ignored = () if mixed else ("TRM107",)
    assert report(name, *ignored) == carefully(name, *ignored)


PLAIN = "".join(f"第{n}行,row {n}\r\n" for n in range(9))
TABBED = PLAIN.replace(",", "\t")
LOOSE = '"一"\t"one" or two\n"二\ttwo\n三\t"three\nfour"\n'


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("a.csv", f"source,target\r\n{PLAIN}", 9),
        ("a.csv", f"source,target\n{PLAIN}".replace(",", ";"), 9),
        ("a.csv", f"\n\nid,zh,en\n{PLAIN.replace('第', '7,第')}", 9),
        ("a.csv", f'source,target\n{PLAIN}"一\n二","one\n\n""two"""\n一\n\n,\n一,二,三\n一,二,,\n', 11),
        ("a.tsv", f"source\ttarget\n{TABBED}{LOOSE}", 12),
        ("a.tsv", "source\ttarget\n一\tone\n\n", 1),
    ],
)  # fmt: skip
def test_tables_in_order_are_read_quickly(name: str, text: str, count: int) -> None:
    (stretch,) = cut(name, text)
    texts = stretch.complete_rows(name, OPTIONS)
    assert texts is not None
    assert len(texts.sources) == count
    assert texts.line_count == (stretch.header + stretch.rows).count("\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'source,target\n一,one\n二,"two" and a half\n'),
        ("a.csv", 'source,target\n一,one\n二,"two\n'),
        ("a.csv", f'source,target\n一,"{"x" * 200_000}"\n'),
        ("a.csv", "source,target\r一,one\r"),
        ("a.csv", "\ufeffsource,target\n一,one\n二,t\0wo\n"),
        ("a.csv", "source,target\n一\n一,two,three\n,\n"),
        ("a.csv", "de,ja\n一,one\n"),
        ("a.csv", 'source,target,x"y;"z\n一,one"\n'),
        ("a.tsv", 'source"\ttarget\t"x\n一\tone\n'),
        ("a.tsv", '"\t\nsource\ttarget"\n一\tone\n'),
    ],
)
def test_what_is_in_doubt_is_left_to_the_reader(name: str, text: str) -> None:
    (stretch,) = cut(name, text)
    assert stretch.complete_rows(name, OPTIONS) is None


def test_a_lone_surrogate_is_left_to_the_reader() -> None:
    stretch = TextStretch("一,\ud800\n", "source,target\n")
    options = ReadOptions(encoding="utf-16-le", source_lang="zh", target_lang="en")
    assert stretch.complete_rows("a.csv", options) is None
    with pytest.raises(TermcheckError, match="lone surrogate"):
        stretch.documents("a.csv", options)
