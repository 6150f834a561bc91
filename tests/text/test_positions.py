"""Lines and columns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.model import Document, Location, Piece, Segment, Span
from termcheck.text.positions import PartialLineStarts, line_starts, locate, position, segment_location

_TEXT = st.text(alphabet="ab中\U0001f600 \n\r\u2028\v\f\x85")


@pytest.mark.parametrize(
    ("raw", "starts"),
    [
        ("", (0,)),
        ("a", (0,)),
        ("a\n", (0, 2)),
        ("a\r\nb\rc\nd", (0, 3, 5, 7)),
        ("\n\r", (0, 1, 2)),
        ("a\u2028b\vc\fd\x85e\x1cf", (0,)),
    ],
)
def test_line_starts(raw: str, starts: tuple[int, ...]) -> None:
    assert line_starts(raw) == starts


@given(_TEXT)
def test_every_offset_is_where_its_line_and_column_say(raw: str) -> None:
    starts = line_starts(raw)
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", raw)
    for offset in range(len(raw) + 1):
        line, column = position(starts, offset)
        assert sum(map(len, lines[: line - 1])) + column - 1 == offset
        assert column <= len(lines[line - 1]) + 1


def test_locate() -> None:
    raw = "中文\r\n\U0001f600x y"
    document = Document("a.txt", raw, (), line_starts(raw))
    assert locate(document, Span(1, 6)) == Location("a.txt", 1, 2, 2, 3, "文\r\n\U0001f600x")
    assert locate(document, Span(8, 8)) == Location("a.txt", 2, 5, 2, 5, "")


def test_segment_location_takes_atomic_pieces_whole() -> None:
    raw = "a &amp; b"
    pieces = (Piece(Span(0, 2), Span(0, 2)), Piece(Span(2, 3), Span(2, 7)), Piece(Span(3, 5), Span(7, 9)))
    document = Document("a.md", raw, (), line_starts(raw))
    location = segment_location(document, Segment("a & b", pieces), Span(2, 4))
    assert (location.column, location.end_column, location.text) == (3, 9, "&amp; ")


@given(st.sets(st.integers(1, 30), min_size=1), st.data())
def test_lines_of_a_part_have_their_numbers_in_the_file(numbers: set[int], data: st.DataObject) -> None:
    lines = sorted(numbers)
    raw = "".join(data.draw(st.text("ab中", max_size=3)) + "\n" for _ in lines[1:]) + "b"
    own = line_starts(raw)
    starts = PartialLineStarts(own, lines)
    for offset in range(len(raw) + 1):
        line, column = position(own, offset)
        assert position(starts, offset) == (lines[line - 1], column)
    assert len(starts) == lines[-1]
    assert [starts[number - 1] for number in lines] == list(own)
    assert list(starts) == sorted(starts)
    assert starts[-1] == own[-1]
    assert starts[1:9:2] == list(starts)[1:9:2]
