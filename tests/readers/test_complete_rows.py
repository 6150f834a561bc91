"""Rows read quickly say what the reader says, and what is taken out of a stretch moves nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from termcheck.model import Document, Location, Side, TermcheckError
from termcheck.readers import ReadOptions
from termcheck.readers.stretches import RowStretch, TextStretch, require_pairs
from termcheck.text.positions import locate

OPTIONS = ReadOptions(source_lang="zh", target_lang="en")


def line(source: object, target: object, **more: object) -> str:
    return json.dumps({"source": source, "target": target, **more}, ensure_ascii=False)


def escaped(source: str, target: str) -> str:
    return json.dumps({"source": source, "target": target})


# How a row may be written; where it is not said that it can be read quickly, it may be a mistake.
QUICK: tuple[Callable[[str, str], str], ...] = (
    line,
    escaped,
    lambda source, target: f"\t{line(source, target)} ",
    lambda source, target: line(source, target, id=[1, {"a": None}], no="南海"),
    lambda source, target: json.dumps({"target": target, "no": 1, "source": source}, separators=(",", ":")),
)
ANY: tuple[Callable[[str, str], str], ...] = (
    *QUICK,
    lambda source, target: line(source, target).replace('"source"', '"\\u0073ource"'),
    lambda source, target: line(source, target, more={"source": "南海", "target": "x"}),
    lambda source, target: line(source, target).replace('{"', '{"source": "x", "', 1),
    lambda source, target: line(source, target).replace('{"', '{"\\u0073ource": "x", "', 1),
    lambda source, target: line(source, target, note='"source": "x"'),
    lambda source, target: line(source, target).replace(': "', ': "\\ud800', 1),
    lambda source, target: line(source, target).replace(': "', ': "\\ud83d\\ude00\\/', 1),
    lambda source, target: line(source, target)[:-1],
    lambda source, target: line(source, target) + ",",
    lambda source, target: line(source, target) * 2,
    lambda source, _: line(source, None),
    lambda _, target: line(7, target),
    lambda source, target: line(source, [target]),
    lambda source, _: line(source, float("nan")),
    lambda source, target: line(source, target, no=float("inf")),
    lambda source, target: line(source, target, no="\x01"),
    lambda source, target: line(source, target).replace(': "', ': "\x01', 1),
    lambda source, target: line(source, target).replace(": ", ":\f", 1),
    lambda source, target: line(source, target).replace('"source"', '"quelle"'),
    lambda *_: "[" * 3000,
    lambda source, _: source.replace("\0", "").replace("\n", ""),
    lambda *_: "",
    lambda *_: " \t",
)
texts = st.text(st.sampled_from('中文ab"\\/\n\t\0\x7f\u2028\x85é😀:{}, source'), max_size=12)
ends = st.sampled_from(["\n"] * 5 + ["\r\n"] * 2 + ["\r", "\n\n"])


GOOD = line("中", "x")


@st.composite
def rows(draw: st.DrawFn) -> list[str]:
    """Lines of JSON, one of which at least is a row."""
    how = draw(st.sampled_from([QUICK, ANY]))
    drawn = draw(st.lists(st.tuples(st.sampled_from(how), texts, texts), max_size=8))
    found = [written(source, target) for written, source, target in drawn]
    found.insert(draw(st.integers(0, len(found))), GOOD)
    return found


@st.composite
def raws(draw: st.DrawFn) -> str:
    """Such lines with their ends."""
    return "".join(row + draw(ends) for row in draw(rows()))


def read(raw: str) -> dict[int, dict[Side | None, str]]:
    """What the reader says of each line, counted from 0."""
    document = TextStretch(raw).documents("a.jsonl", OPTIONS)[0]
    found: dict[int, dict[Side | None, str]] = {}
    for segment in document.segments:
        at = locate(document, segment.raw).line - 1
        found.setdefault(at, {})[segment.side] = segment.text
    return found


@given(raws())
@example(escaped("南海", "\ud83d\ude00") + "\n")
@example(line("南海", "x") + "\n" + line("", "x") + "\n")
@example(GOOD)
@example(GOOD.replace('"source"', '"\\u0073ource"') + "\n" + GOOD)
@example(GOOD + GOOD + "\n\n" + GOOD + "\n")
@example(GOOD + "\n" + GOOD + GOOD + "\n" + GOOD.replace(", ", ",\n") + "\n")
def test_what_is_read_quickly_is_what_the_reader_reads(raw: str) -> None:
    found = TextStretch(raw).complete_rows("a.jsonl", OPTIONS)
    if found is None:
        return
    assert found.line_count == len(raw.removesuffix("\n").split("\n"))
    there = read(raw)
    assert list(found.first_lines) == [place for place, sides in there.items() if all(sides.values())]
    assert [there[place][Side.SOURCE] for place in found.first_lines] == list(found.sources)
    assert [there[place][Side.TARGET] for place in found.first_lines] == list(found.targets)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.jsonl", line("中", "") + "\n"),
        ("a.jsonl", '{"a": "x"}\n'),
        ("a.jsonl", line("中", "x") + "\r" + line("文", "y") + "\n"),
        ("a.jsonl", ""),
    ],
)
def test_what_cannot_be_read_quickly_is_left_to_the_reader(name: str, raw: str) -> None:
    assert TextStretch(raw).complete_rows(name, OPTIONS) is None


def test_keys_within_objects_are_left_to_the_reader() -> None:
    options = ReadOptions(source_key="text.zh", target_key="text.en")
    stretch = TextStretch('{"text": {"zh": "中", "en": "x"}}\n')
    assert stretch.complete_rows("a.jsonl", options) is None
    require_pairs("a.jsonl", stretch, options)
    with pytest.raises(TermcheckError):
        require_pairs("a.jsonl", TextStretch('{"a": 1}\n'), options)


def places(document: Document) -> Iterator[tuple[Location, str, Side | None]]:
    for segment in document.segments:
        yield locate(document, segment.raw), segment.text, segment.side


@given(rows(), st.integers(0, 3), st.sampled_from(["\n", "\r\n"]), st.data())
def test_rows_stand_where_they_stood_when_others_are_taken_out(
    lines: list[str], before: int, end: str, data: st.DataObject
) -> None:
    whole = TextStretch("".join(row + end for row in lines), before=before)
    kept = sorted({lines.index(GOOD), *data.draw(st.sets(st.integers(0, len(lines) - 1)))})
    thin = whole.only(kept)
    all_of_it, part = (stretch.documents("a.jsonl", OPTIONS)[0] for stretch in (whole, thin))
    numbers = {before + place + 1 for place in kept}
    assert list(places(part)) == [row for row in places(all_of_it) if row[0].line in numbers]
    assert list(map(str, part.errors)) == [str(error) for error in all_of_it.errors if error.line in numbers]


def test_lists_of_texts_are_thinned_alike() -> None:
    rows = [("甲", "a"), ("乙\n乙", "b"), ("", "c"), ("丁", ""), ("戊", "e\r\ne"), ("己", "f")]
    sources, targets = ([row[side] for row in rows] for side in (0, 1))
    whole = RowStretch(10, sources, targets)
    found = whole.complete_rows()
    assert (list(found.first_lines), found.line_count) == ([0, 1, 4, 5], 6)
    assert list(found.targets) == ["a", "b", "e\r\ne", "f"]
    some, options = [1, 3, 5], ReadOptions(format="parquet")
    for all_of_it, part in zip(
        whole.documents("x", options), whole.only(some).documents("x", options), strict=True
    ):
        every = list(places(all_of_it))
        assert list(places(part)) == [every[place] for place in some]
    full = RowStretch(0, ["甲"], ["a"]).complete_rows()
    assert (list(full.first_lines), full.line_count, list(full.sources)) == ([0], 1, ["甲"])


def test_the_place_after_the_last_row_is_in_the_line_after_it() -> None:
    stretch = TextStretch("".join(f"{line('中', str(number))}\n" for number in range(9)), before=4).only(
        [2, 7]
    )
    assert [stretch.line(number) for number in (1, 2, 3)] == [7, 12, 13]
    assert stretch.size == len(stretch.rows.encode())
