"""Positions of the protocol and places of termcheck lead to each other, in every encoding of positions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp

from termcheck.server.excerpt import excerpt
from termcheck.server.lines import Lines
from termcheck.server.open_text import OpenText

TEXTS = st.text(st.sampled_from("ab 海é𝐏\n\r\u2028\x0c"), max_size=40)
ENCODINGS = [kind.value for kind in lsp.PositionEncodingKind]


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(TEXTS)
def test_offsets_lead_back(encoding: str, text: str) -> None:
    lines = Lines.of(text, encoding)
    for offset in range(len(text) + 1):
        in_newline = text[offset - 1 : offset + 1] == "\r\n"
        if not in_newline:
            assert lines.offset(lines.position_at(offset)) == offset


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(
    st.lists(st.sampled_from(["海", "a", "𝐏" * 300, "b" * 512, "é" * 511]), max_size=9).map("".join),
    st.data(),
)
def test_places_in_long_lines_count_as_in_short_ones(encoding: str, text: str, data: st.DataObject) -> None:
    codec = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]
    lines = Lines.of(f"a\n{text}\nb", encoding)
    column = data.draw(st.integers(0, len(text)))
    units = len(text[:column].encode(codec)) // {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    assert lines.position(2, column + 1) == lsp.Position(1, units)
    assert lines.offset(lsp.Position(1, units)) == 2 + column
    assert lines.offset(lsp.Position(1, 10_000)) == 2 + len(text)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(TEXTS, st.integers(0, 50), st.integers(0, 90))
def test_any_position_is_somewhere_in_the_text(encoding: str, text: str, line: int, character: int) -> None:
    assert 0 <= Lines.of(text, encoding).offset(lsp.Position(line, character)) <= len(text)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(st.data())
def test_changes_give_the_text_of_the_editor(encoding: str, data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    opened = OpenText("file:///a.md", "/a.md", 1, Lines.of(text, encoding))
    for version in range(2, 5):
        places = [place for place in range(len(text) + 1) if text[place - 1 : place + 1] != "\r\n"]
        start, end = sorted(data.draw(st.lists(st.sampled_from(places), min_size=2, max_size=2)))
        new = data.draw(TEXTS)
        text, place = text[:start] + new + text[end:], opened.lines.range_of(start, end)
        opened.change(version, [lsp.TextDocumentContentChangePartial(place, new)])
        assert (opened.lines.text, opened.version) == (text, version)


PARAGRAPHS = st.lists(st.sampled_from(["南海\n", "the sea\n", "\n", "a\nb\n"]), max_size=60).map("".join)


@given(PARAGRAPHS, st.data())
def test_an_excerpt_covers_all_that_has_changed(old: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.lists(st.integers(0, len(old)), min_size=2, max_size=2)))
    new = old[:start] + data.draw(PARAGRAPHS) + old[end:]
    part = excerpt(old, new)
    assert part is not None
    before, after = old.split("\n"), new.split("\n")
    assert after[part.first - 1 :][: part.text.count("\n") + 1][:-1] == part.text.split("\n")[:-1]
    assert part.first <= part.begin <= part.stop
    assert before[: part.begin - 1] == after[: part.begin - 1]
    assert before[part.stop - 1 - part.shift :] == after[part.stop - 1 :]
