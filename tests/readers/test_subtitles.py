"""The readers of subtitles against the libraries that know the formats, and what is written into files."""

from __future__ import annotations

import contextlib
import datetime
import re
import time
from pathlib import Path

import pysubs2
import pytest
import srt
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.cli import main
from termcheck.model import Document, Segment
from termcheck.readers import NotBilingualError, read_document

# Latin lines, so that a cue is one segment; what a library and we read otherwise on purpose is not in here.
_WORDS = st.lists(
    st.sampled_from(["Sea", "the", "R", "x y", "é", "- No", "a.b", "3", "“so”", "♪", "fin."]),
    min_size=1,
    max_size=6,
)
_LINE = _WORDS.map(" ".join).filter(lambda line: re.search("[a-z]", line) is not None)
_TAGGED = st.tuples(st.sampled_from(["", "<i>", "<b>", "<u>"]), _LINE).map(
    lambda pair: f"{pair[0]}{pair[1]}{pair[0].replace('<', '</')}"
)
_CUES = st.lists(
    st.tuples(st.integers(0, 10**7), st.integers(1, 9_000), st.lists(_TAGGED, min_size=1, max_size=3)),
    min_size=1,
    max_size=6,
)
_Cues = list[tuple[int, int, list[str]]]


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>|\{[^}]*\}", "", text.replace("\\N", " ")).split())


def _times(document: Document) -> list[tuple[int, int, str]]:
    return [(*_time(segment), " ".join(segment.text.split())) for segment in document.segments]


def _time(segment: Segment) -> tuple[int, int]:
    assert segment.time is not None
    return segment.time.start, segment.time.end


def _of_pysubs2(text: str) -> list[tuple[int, int, str]]:
    events = [event for event in pysubs2.SSAFile.from_string(text) if not event.is_comment]
    return [(event.start, event.end, _plain(event.plaintext)) for event in events]


@settings(max_examples=80, deadline=None)
@given(_CUES)
def test_srt_is_read_as_by_srt_and_by_pysubs2(cues: _Cues) -> None:
    written = srt.compose(
        srt.Subtitle(
            None,
            datetime.timedelta(milliseconds=start),
            datetime.timedelta(milliseconds=start + length),
            "\n".join(lines),
        )
        for start, length, lines in cues
    )
    seen = _times(read_document("a.srt", written.encode()))
    of_srt = [
        (
            round(cue.start.total_seconds() * 1000),
            round(cue.end.total_seconds() * 1000),
            _plain(cue.content),
        )
        for cue in srt.parse(written)
    ]
    assert seen == of_srt == _of_pysubs2(written)


@settings(max_examples=80, deadline=None)
@given(_CUES, st.sampled_from(["srt", "vtt", "ass", "ssa"]))
def test_what_pysubs2_writes_is_read_as_by_it(cues: _Cues, ending: str) -> None:
    file = pysubs2.SSAFile()
    for start, length, lines in cues:
        text = "\\N".join(
            re.sub(r"<(/?)(\w)>", lambda tag: f"{{\\{tag[2]}{int(not tag[1])}}}", line) for line in lines
        )
        file.append(pysubs2.SSAEvent(start=start // 10 * 10, end=(start + length) // 10 * 10 + 10, text=text))
        file.append(pysubs2.SSAEvent(start=start, end=start + length, text="a comment", type="Comment"))
    written = file.to_string(ending)
    assert _times(read_document(f"a.{ending}", written.encode())) == _of_pysubs2(written)


@settings(max_examples=80, deadline=None)
@given(_CUES, st.booleans())
def test_webvtt_is_read_as_by_webvtt(cues: _Cues, named: bool) -> None:
    file = webvtt.WebVTT()
    for number, (start, length, lines) in enumerate(cues):
        begin, end = (str(webvtt.models.Timestamp(*_clock(at))) for at in (start, start + length))
        file.captions.append(webvtt.Caption(begin, end, lines, f"cue {number}" if named else None))
    seen = _times(read_document("a.vtt", f"{file.content}\n".encode()))
    parsed = webvtt.from_string(file.content)
    assert seen == [(_stamp(cue.start), _stamp(cue.end), _plain(cue.text)) for cue in parsed]


def _stamp(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


def _clock(milliseconds: int) -> tuple[int, int, int, int]:
    seconds, fraction = divmod(milliseconds, 1000)
    return seconds // 3600, seconds // 60 % 60, seconds % 60, fraction


@pytest.mark.parametrize("ending", ["srt", "vtt", "ass", "ssa"])
def test_a_fixed_file_opens_with_nothing_else_changed(ending: str, tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("南海: {en: South China Sea, forbid: [South Sea]}\n", "utf-8")
    file = pysubs2.SSAFile()
    for number in range(9):
        text = f"船只在{{\\i1}}南海{{\\i0}}航行{number}\\NOn the South\\NSea, {{\\b1}}South Sea{{\\b0}}"
        file.append(pysubs2.SSAEvent(start=2000 * number, end=2000 * number + 1900, text=text))
    place = tmp_path / f"a.{ending}"
    file.save(str(place))
    before = place.read_bytes()
    assert main(["check", "--fix", "-q", "-g", str(tmp_path / "glossary.yaml"), str(place)]) == 0
    after = place.read_bytes()
    assert after.count(b"China ") == 18
    assert after.replace(b"China ", b"") == before
    texts = [event.plaintext for event in pysubs2.load(str(place))]
    old = [event.plaintext for event in pysubs2.SSAFile.from_string(before.decode())]
    assert texts == [
        text.replace("South\nSea", "South\nChina Sea").replace("South Sea", "South China Sea") for text in old
    ]


_HOSTILE = {
    "one line": ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + "x" * 3_000_000),
    "only arrows": ("a.srt", "-->\n" * 200_000),
    "only times": ("a.srt", "00:00:01,000 --> 00:00:02,000\n" * 60_000),
    "open tags": ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<i" * 500_000),
    "open braces": ("a.ass", "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,," + "{\\p1" * 300_000),
    "drawings": (
        "a.ass",
        "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,," + "{\\p1}{\\p0}\\N" * 60_000,
    ),
    "many lines": ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + "南海\nSea\n" * 60_000),
    "long numbers": ("a.srt", f"{'9' * 900_000}:00:01,000 --> 00:00:02,000\nx\n"),
    "no cues": ("a.srt", "x\n" * 500_000),
    "blank lines": ("a.vtt", "WEBVTT\n" + "\n" * 900_000),
    "fields": (
        "a.ass",
        "[Events]\nFormat: " + "x," * 100_000 + "Start,End,Text\n" + "Dialogue: 0\n" * 50_000,
    ),
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_files_are_read_or_refused_in_no_time(name: str) -> None:
    path, text = _HOSTILE[name]
    begin = time.process_time()
    with contextlib.suppress(NotBilingualError):
        read_document(path, text.encode())
    assert time.process_time() - begin < 1 + 2 * len(text) / 1e6
