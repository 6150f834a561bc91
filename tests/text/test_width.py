"""Display width, and cutting a line to a window."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termcheck.model import Span
from termcheck.text.width import ELLIPSIS, MINIMUM_COLUMNS, display_width, printable, window


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("South China Sea", 15),
        ("café “quoted” — no", 18),
        ("Москва", 6),
        ("南海", 4),
        ("（SCO）", 7),
        ("ＡＢＣ", 6),
        ("ｱｲｳ", 3),
        ("かな・カナー", 12),
        ("か\u3099", 2),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("e\u0301te\u0301", 3),
        ("👩\u200d👩\u200d👧", 2),
        ("👍🏽", 2),
        ("a\u200d南", 3),
        ("🇨🇳🇺🇸", 4),
        ("❤\ufe0f", 2),
        ("a\tb", 6),
        ("a\x1bb", 6),
        ("a\u00adb\u200bc\ufeff", 3),
        ("\ud800", 6),
    ],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


def test_the_shortcut_for_plain_text_agrees_with_wcwidth() -> None:
    from wcwidth import wcwidth

    plain = (chr(code) for code in range(0x20, 0x10000) if printable(chr(code)) == chr(code))
    assert [char for char in plain if display_width(char) != max(wcwidth(char), 0)] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 南海 e\u0301", "plain 南海 e\u0301"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x1b[31m\x9b", "\\x1b[31m\\x9b"),
        ("\u202egnirts\u2069", "\\u202egnirts\\u2069"),
        ("line\u2028end\x85", "line\\u2028end\\x85"),
        ("S\u200bCO \udcff", "S\\u200bCO \\udcff"),
    ],
)
def test_printable_spells_out_what_a_terminal_would_obey(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("text", "marked", "columns", "expected"),
    [
        ("the South Sea.", "South Sea", 20, ("the South Sea.", "    ", 9)),
        ("在南海上空", "南海", 20, ("在南海上空", "\u3000", 4)),
        (
            "Ships sailed across the South Sea on Monday morning.",
            "South Sea",
            30,
            ("…the South Sea on Monday…", 5, 9),
        ),
        ("多国船只当天上午在南海海域航行并开展联合训练。", "南海", 20, ("…上午在南海海域航行…", 7, 4)),
        ("At the end of a long line stands the SCO", "SCO", 22, ("…line stands the SCO", 17, 3)),
        ("SCO stands at the beginning of a long line", "SCO", 22, ("SCO stands at the…", 0, 3)),
        ("x" * 40, "x" * 40, 20, ("x" * 18 + "…", 0, 1)),
        ("协" * 40, "协" * 40, 20, ("协" * 9 + "…", 0, 2)),
    ],
)
def test_window(text: str, marked: str, columns: int, expected: tuple[str, str | int, int]) -> None:
    start = text.index(marked)
    shown = window(text, Span(start, start + len(marked)), columns)
    padding = shown.padding if isinstance(expected[1], str) else display_width(shown.padding)
    assert (shown.text, padding, shown.marked) == expected


@pytest.mark.parametrize("place", [0, 3, 6])
def test_an_empty_span_is_marked_by_one_column(place: int) -> None:
    shown = window("abcdef", Span(place, place), 40)
    assert (shown.text, shown.padding, shown.marked) == ("abcdef", " " * place, 1)


def test_a_mark_at_the_end_of_a_full_line_still_has_room() -> None:
    shown = window("a" * 30, Span(30, 30), 30)
    assert len(shown.padding) < 30
    assert shown.text.endswith("aaa")


def test_a_span_inside_a_cluster_marks_all_of_it() -> None:
    shown = window("x👩\u200d👩\u200d👧y", Span(3, 4), 40)
    assert (shown.padding, shown.marked) == (" ", 2)


def test_only_the_given_line_is_shown() -> None:
    raw = "first\nsecond\n\nlast"
    assert window(raw, Span(6, 50), 40, Span(6, 12)).text == "second"
    assert window(raw, Span(13, 13), 40, Span(13, 13)).text == ""


def test_what_lies_far_away_changes_nothing() -> None:
    near = "协" * 200 + "South Sea" + "调" * 200
    far = "协" * 400_000 + "South Sea" + "调" * 400_000
    assert window(near, Span(200, 209), 80) == window(far, Span(400_000, 400_009), 80)


PARTS = [*"ab. 中南，\t\x1b\u200b\u0301\u3099\u200d\ufe0f\u00ad🎉🏽🇨é\udc80", "word ", "语句，"]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=120).map("".join)


@settings(max_examples=150)
@given(text=TEXTS, numbers=st.tuples(st.integers(0, 130), st.integers(0, 130)), columns=st.integers(0, 90))
@example(text="\u0301" * 100, numbers=(50, 60), columns=16)
@example(text="aaaaa\t🏽a", numbers=(7, 7), columns=0)
@example(text="\udc80" * 50, numbers=(20, 40), columns=16)
def test_a_window_fits_and_shows_the_start_of_its_span(
    text: str, numbers: tuple[int, int], columns: int
) -> None:
    start, end = sorted(numbers)
    shown = window(text, Span(start, end), columns)
    limit = max(columns, MINIMUM_COLUMNS)
    assert display_width(shown.text) <= limit
    assert shown.marked >= 1
    assert display_width(shown.padding) + shown.marked <= limit
    assert set(shown.padding) <= {" ", "\u3000"}
    if start < len(text) and unicodedata.category(text[start])[0] not in "MC":
        drawn = {"\t": "    "}.get(text[start], printable(text[start]))
        assert drawn in _from_column(shown.text, display_width(shown.padding))


@settings(max_examples=100)
@given(text=TEXTS, start=st.integers(0, 130))
def test_a_window_shows_a_piece_of_the_line(text: str, start: int) -> None:
    whole = window(text, Span(start, start), 2000).text
    cut = window(text, Span(start, start), 30).text
    assert cut.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS) in whole


def _from_column(text: str, column: int) -> str:
    """The rest of the text from a column on."""
    return next(text[i:] for i in range(len(text) + 1) if display_width(text[:i]) >= column)


def test_chinese_and_latin_text_is_measured_without_loading_wcwidth() -> None:
    code = (
        "import sys; from termcheck.model import Span; from termcheck.text.width import window;"
        "window('习近平主席在上合组织峰会“天津宣言”上—SCO é', Span(6, 10), 20);"
        "sys.exit('wcwidth' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
