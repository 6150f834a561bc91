"""What is written into a file reads back as what was meant, and nothing else of the file reads otherwise."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from termcheck.fix import apply
from termcheck.model import Applicability, Document, Finding, Fix, Location, Severity, Span
from termcheck.readers import read_document
from termcheck.readers.protect import protected_spans
from termcheck.readers.splice import splice

_LETTERS = "ab𝒳é海 ,;\"'\\&<>*_`[]|~{}#:.-+=1()$%/\t\n"
_WORDS = st.text(_LETTERS, min_size=1, max_size=12).filter(str.strip)
# A text that is nothing but a path is none that is read.
_TEXTS = _WORDS.map("So {}".format)
_FORMATS = (
    "a.txt",
    "a.md",
    "a.jsonl",
    "a.csv",
    "a.tsv",
    "a.po",
    "a.srt",
    "a.vtt",
    "a.ass",
    "a.xlf",
    "a.tmx",
    "a.ts",
    "a.xml",
    "a.resx",
    "a.stringsdict",
)


_ROOTS = {
    "a.xlf": ("<xliff>", "</xliff>"),
    "a.tmx": ("<tmx>", "</tmx>"),
    "a.ts": ("<TS>", "</TS>"),
    "a.xml": ("<resources>", "</resources>"),
    "a.resx": ("<root>", "</root>"),
    "a.stringsdict": ("<plist><dict>", "</dict></plist>"),
}
_UNITS = {
    "a.xml": '<string name="text{1}">{0}</string>',
    "a.resx": '<data name="text{1}"><value>{0}</value></data>',
    "a.stringsdict": "<key>text{1}</key><string>{0}</string>",
    "a.ts": "<message><source>海</source><translation>{0}</translation></message>",
    "a.xlf": "<trans-unit><source>海</source><target>{0}</target></trans-unit>",
    "a.tmx": '<tu><tuv lang="zh"><seg>海</seg></tuv><tuv lang="en"><seg>{0}</seg></tuv></tu>',
}


def _as_xml(text: str, cdata: bool) -> str:
    """A text as character data, or in a CDATA section if it can be."""
    if cdata and "]]>" not in text:
        return f"<![CDATA[{text}]]>"
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _file(name: str, texts: list[str], data: st.DataObject) -> str:
    """A file of a format that holds some texts."""
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    if name.endswith(".jsonl"):
        ascii_only = data.draw(st.booleans())
        rows = [json.dumps({"source": "海", "target": text}, ensure_ascii=ascii_only) for text in texts]
        return newline.join(rows)
    if name in _ROOTS:
        said = map(_escaped, texts) if name == "a.xml" else texts
        return newline.join(
            _UNITS[name].format(_as_xml(text, data.draw(st.booleans())), number)
            for number, text in enumerate(said)
        ).join(_ROOTS[name])
    if name.endswith(".po"):
        width = data.draw(st.integers(1, 30))
        entries = (
            f'msgid "海{number}"\nmsgstr ""\n{_literals(text, width)}\n' for number, text in enumerate(texts)
        )
        return "\n".join(entries).replace("\n", newline)
    if name.endswith(".html"):
        pages = (
            "".join({"&": "&amp;", "<": "&lt;"}.get(char, char) for char in " ".join(text.split()))
            for text in texts
        )
        return newline.join(f"<p>{text}" for text in pages)
    if name.endswith((".srt", ".vtt", ".ass")):
        return _subtitles(name, texts).replace("\n", newline)
    if name.endswith((".csv", ".tsv")):
        out = io.StringIO()
        quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
        mark = "\t" if name.endswith(".tsv") else ","
        writer = csv.writer(out, delimiter=mark, quoting=quoting, lineterminator=newline)
        writer.writerows([("source", "target"), *(("海", text) for text in texts)])
        return out.getvalue()
    lines = data.draw(st.sampled_from(["", "> ", "* ", "# "])) if name.endswith(".md") else ""
    return (newline * 2).join(f"{lines}{' '.join(text.split())}" for text in texts) + newline


def _subtitles(name: str, texts: list[str]) -> str:
    """A file of cues that hold some texts, as far as the format can say them."""
    form, head, marks = {
        "a.srt": ("{0}\n00:00:0{0},000 --> 00:00:0{0},900\n{1}\n\n", "", "<>{}&"),
        "a.vtt": ("00:0{0}.000 --> 00:0{0}.900\n{1}\n\n", "WEBVTT\n\n", "<>&"),
        "a.ass": ("Dialogue: 0,0:00:0{0}.00,0:00:0{0}.90,Default,,0,0,0,,{1}\n", "[Events]\n", "{}\\"),
    }[name]
    said = (" ".join("".join(char for char in text if char not in marks).split()) for text in texts)
    return head + "".join(form.format(number, text) for number, text in enumerate(said))


def _literals(text: str, width: int) -> str:
    """A text as lines of literals, none longer than a width."""
    parts = (text[start : start + width] for start in range(0, len(text), width))
    return "\n".join(f'"{part}"' for part in map(_escaped, parts))


def _escaped(text: str) -> str:
    marks = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return "".join(marks.get(char, char) for char in text)


def _written(document: Document, place: int, span: Span, text: str) -> bytes | None:
    edits = splice(document, document.segments[place], span, text)
    if not edits:
        return None
    where = Location(document.path, 1, 1, 1, 1)
    finding = Finding(
        "TRM102", "forbidden-rendering", Severity.ERROR, "", where, fix=Fix(Applicability.SAFE, edits)
    )
    return apply(document.raw.encode(), document.path, None, [finding]).data


@pytest.mark.parametrize("name", _FORMATS)
@given(st.lists(_TEXTS, min_size=1, max_size=3), _WORDS, st.data())
def test_what_is_written_reads_back(name: str, texts: list[str], new: str, data: st.DataObject) -> None:
    # In catalogues one such sign on each side marks a letter of a label.
    assume(name not in ("a.po", "a.xlf") or not {"&", "_"} & set(new))
    raw = _file(name, texts, data)
    assume(raw.strip())
    document = read_document(name, raw.encode())
    assume(document.segments)
    place = data.draw(st.integers(0, len(document.segments) - 1))
    text = document.segments[place].text
    # A match begins and ends with letters and stands outside protected text.
    letters = [
        index
        for index, char in enumerate(text)
        if char.isalnum()
        and not any(span.start <= index < span.end for span in document.segments[place].protected)
    ]
    assume(letters)
    # A run of blanks is one in Android.
    assume(name != "a.xml" or "  " not in " ".join(new.splitlines()).replace("\t", " "))
    begin, end = sorted(data.draw(st.tuples(*[st.sampled_from(letters)] * 2)))
    span, new = Span(begin, end + 1), f"x{new}y".replace("\n", " ").replace("\t", " ")
    wanted = [segment.text for segment in document.segments]
    wanted[place] = f"{text[:begin]}{new}{text[end + 1 :]}"
    # No rendering makes a path or a link of its neighbours, and a paragraph of nothing else is no segment.
    assume(all(one.end <= begin or begin + len(new) <= one.start for one in protected_spans(wanted[place])))
    written = _written(document, place, span, new)
    if written is None:
        return
    again = read_document(name, written)
    assert [segment.text for segment in again.segments] == wanted


@pytest.mark.parametrize(
    ("name", "raw", "old", "new", "wanted"),
    [
        ("a.jsonl", '{"source": "海", "target": "S\\u006futh \\"Sea"}', 'South "Sea', 'a"\\é', 'a\\"\\\\é'),
        ("a.jsonl", '{"source": "\\u6d77", "target": "Sea"}', "Sea", "mér", "m\\u00e9r"),
        ("a.csv", "source,target\n海,The Sea is\n", "Sea", "Sea, China", '"The Sea, China is"'),
        ("a.csv", "source,target\n海,The Sea is\n", "Sea", 'a "b"', '"The a ""b"" is"'),
        ("a.csv", 'source,target\n海,"a ""Sea"""\n', '"Sea', 'x "y"', '"a x ""y"""""'),
        ("a.tsv", "source\ttarget\n海\tThe Sea is\n", "Sea", 'Sea, "C"', '\tThe Sea, "C" is'),
        (
            "a.xlf",
            _UNITS["a.xlf"].format("R&amp;D Sea").join(_ROOTS["a.xlf"]),
            "R&D",
            "A&B <",
            "A&amp;B &lt; Sea<",
        ),
        (
            "a.xlf",
            _UNITS["a.xlf"].format("a<g>b Sea</g>").join(_ROOTS["a.xlf"]),
            "Sea",
            "C>",
            "<g>b C&gt;</g>",
        ),
        (
            "a.tmx",
            _UNITS["a.tmx"].format("<![CDATA[R&D Sea]]>").join(_ROOTS["a.tmx"]),
            "Sea",
            "A&B",
            "[R&D A&B]]",
        ),
        ("a.md", "The Sea is\n", "Sea", "R&D, Sea", "The R&D, Sea is"),
        ("a.html", "<p>The <b>Sea</b> is", "Sea", "R&D <C>", "The <b>R&amp;D &lt;C&gt;</b> is"),
        ("a.html", "<p>South&nbsp;Sea", "South\u00a0Sea", "x", "<p>x"),
        ("a.html", "<p>The South\n  Sea is", "South Sea", "South China Sea", "South\n  China Sea is"),
        ("a.txt", "The Sea is\n", "Sea", "*C* & {x}", "The *C* & {x} is"),
        ("a.po", 'msgid "a"\nmsgstr "Sea\\n"\n', "Sea", '"C"\\', 'msgstr "\\"C\\"\\\\\\n"\n'),
        (
            "a.po",
            'msgid "a"\nmsgstr ""\n"The South "\n"Sea."\n',
            "South Sea",
            "South China Sea",
            '""\n"The South China "\n"Sea."\n',
        ),
        (
            "a.po",
            'msgid "a"\nmsgstr "北京香"\n"山论坛在"\n',
            "北京香山论坛",
            "香山论坛",
            '"香"\n"山论坛在"\n',
        ),
        ("a.po", 'msgid "a"\nmsgstr "the a"\n""\n"bc" "d"\n', "abcd", "xyz", '"the xyz"\n""\n"" ""\n'),
        (
            "a.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nA <i>Sea</i> &amp; b\n",
            "Sea",
            "R&D <C>",
            "<i>R&amp;D &lt;C&gt;</i>",
        ),
        (
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nThe South\nSea is\n",
            "South Sea",
            "South China Sea",
            "\nThe South\nChina Sea is\n",
        ),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nR&amp;D\n", "R&D", "Sea", "\nSea\n"),
        (
            "a.ass",
            "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,{\\i1}Sea{\\i0} b\n",
            "Sea",
            "C, d",
            "{\\i1}C, d{",
        ),
        ("a.po", 'msgid "a"\nmsgstr "on"\n"e"\n', "one", "none", '"none"\n""\n'),
    ],
)
def test_as_the_format_wants_it(name: str, raw: str, old: str, new: str, wanted: str) -> None:
    document = read_document(name, raw.encode())
    place, segment = next((i, one) for i, one in enumerate(document.segments) if old in one.text)
    start = segment.text.index(old)
    written = _written(document, place, Span(start, start + len(old)), new)
    assert written is not None
    assert wanted in written.decode()


@pytest.mark.parametrize(
    ("name", "raw", "old", "new"),
    [
        ("a.md", "South **Sea**\n", "South Sea", "x"),
        ("a.xlf", _UNITS["a.xlf"].format("South <g>Sea</g>").join(_ROOTS["a.xlf"]), "South Sea", "x"),
        ("a.xlf", _UNITS["a.xlf"].format("South<!-- --> Sea").join(_ROOTS["a.xlf"]), "South Sea", "x"),
        ("a.tmx", _UNITS["a.tmx"].format("<![CDATA[Sea]]>").join(_ROOTS["a.tmx"]), "Sea", "a]]>b"),
        ("a.html", "<p>South <b>Sea</b>", "South Sea", "x"),
        ("a.html", "<p>The South\nSea", "The South Sea", "x"),
        ("a.md", "South&nbsp;Sea\n", "South\u00a0Sea", "x"),
        ("a.md", "| a |\n|---|\n| Sea |\n", "Sea", "x|y"),
        ("a.md", "The Sea\n", "Sea", "C*"),
        ("a.md", "The Sea\n", "Sea", "&amp;"),
        ("a.md", "Sea is\n", "Sea", "1. Sea"),
        ("a.txt", "The Sea\n", "Sea", "x<br/>y"),
        ("a.txt", "The Sea\n", "Sea", "x\ny"),
        ("a.csv", 'source,target\n海,a "b" Sea\n', "Sea", "x, y"),
        ("a.tsv", "source\ttarget\n海\tSea\n", "Sea", '"x" y'),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nThe South\nSea\n", "South Sea", "x"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n北京\n论坛\n", "北京论坛", "香山"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nThe <i>South</i> Sea\n", "South Sea", "x"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nThe Sea\n", "Sea", "a --> b"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nThe Sea\n", "Sea", "{b}"),
        ("a.ass", "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,The\\NSea\n", "The Sea", "x"),
        ("a.ass", "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,The Sea\n", "Sea", "{x}"),
        ("a.ass", "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,The Sea\n", "Sea", "\\N"),
    ],
)
def test_what_the_format_cannot_say_there_is_not_written(name: str, raw: str, old: str, new: str) -> None:
    document = read_document(name, raw.encode())
    place, segment = next((i, one) for i, one in enumerate(document.segments) if old in one.text)
    start = segment.text.index(old)
    assert _written(document, place, Span(start, start + len(old)), new) is None
