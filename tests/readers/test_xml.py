"""XLIFF and TMX against the XML parsers of others, hostile files, and what is read quickly."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck import engine, rules
from termcheck.config import Settings
from termcheck.discovery import Scope, discover
from termcheck.engine import units
from termcheck.model import Confidence, Document, Segment, Side, Span, TermcheckError
from termcheck.readers import ReadOptions, cutting, read_document
from termcheck.readers.splice import splice
from termcheck.readers.stretches import TextStretch, text_stretches
from termcheck.readers.xml_spans import scan
from termcheck.report import RenderOptions, render
from termcheck.selection import Selection
from termcheck.text.positions import locate

OPTIONS = ReadOptions(source_lang="zh", target_lang="en")
OBJECT = "\ufffc"
_CHARACTERS = st.text("ab 南海😀é\n&<>'\"]\xa0", max_size=8)
_RAW = st.sampled_from(
    ["&#65;", "&#x6d77;", "<!-- <seg>x</seg> -->", "<?a <b> ?>", "<![CDATA[<a> &amp; ]]>", "a\r\nb"]
)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _contents(transparent: str, silent: str, objects: str) -> st.SearchStrategy[str]:
    """What may stand between the tags of a text, with inline elements at any depth."""
    leaf = st.one_of(_CHARACTERS.map(_escape), _RAW)

    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        names = st.sampled_from([*transparent.split(), *silent.split(), *objects.split()])
        element = st.tuples(names, inner).map(lambda pair: f'<{pair[0]} id="1">{pair[1]}</{pair[0]}>')
        return st.lists(st.one_of(inner, element), max_size=4).map("".join)

    return st.recursive(leaf, around, max_leaves=8)


def _shown(element: ET.Element, silent: str, objects: str) -> str:
    """The text of an element as a parser that keeps no places finds it."""
    parts = [element.text or ""]
    for child in element:
        name = str(child.tag).rpartition("}")[2]
        if name in objects.split():
            parts.append(OBJECT)
        elif name not in silent.split():
            parts.append(_shown(child, silent, objects))
        parts.append(child.tail or "")
    return "".join(parts)


XLIFF = ("g mrk", "bpt ept it", "ph x")
TMX = ("hi", "bpt ept it ut", "ph")


def _require_same(name: str, text: str, tags: tuple[str, ...], kinds: tuple[str, str, str]) -> None:
    with mock.patch("termcheck.readers.shown.with_entities_and_ruby", lambda segment: segment):
        document = read_document(name, text.encode(), ReadOptions(unfinished=True))
    found = [element for element in ET.fromstring(text).iter() if str(element.tag).rpartition("}")[2] in tags]
    wanted = [_shown(element, *kinds[1:]).strip() for element in found]
    if not all(wanted) and name == "a.xlf":
        # Nobody has translated it.
        wanted = []
    if any(wanted) or name == "a.xlf":
        # A mark of a letter in a label is no text.
        shown = [segment.text.replace("&", "") for segment in document.segments]
        assert shown == [text.replace("&", "") for text in wanted]
    for segment in document.segments:
        _require_places(document, segment)


def _require_places(document: Document, segment: Segment) -> None:
    for piece in segment.pieces:
        text = segment.text[piece.text.start : piece.text.end]
        raw = document.raw[piece.raw.start : piece.raw.end]
        if text not in (raw, OBJECT):
            # An entity, or a line break, by itself.
            (alone,) = ET.fromstring(f"<a>{raw}</a>").itertext()
            assert alone == text


@settings(max_examples=150, deadline=None)
@given(_contents(*XLIFF), _contents(*XLIFF))
def test_xliff_has_the_texts_that_another_parser_finds(source: str, target: str) -> None:
    text = (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file><body><trans-unit id="1">'
        f"<source>{source}</source>\n<target>{target}</target></trans-unit></body></file></xliff>"
    )
    _require_same("a.xlf", text, ("source", "target"), XLIFF)


@settings(max_examples=150, deadline=None)
@given(*[st.text("ab海😀 \n&<>'\"%1", max_size=20).map(str.strip)] * 3)
def test_qt_has_the_texts_that_lxml_finds(source: str, one: str, other: str) -> None:
    etree = pytest.importorskip("lxml.etree")
    root = etree.Element("TS", version="2.1", language="en", sourcelanguage="zh")
    message = etree.SubElement(etree.SubElement(root, "context"), "message", numerus="yes")
    etree.SubElement(message, "source").text = source
    translation = etree.SubElement(message, "translation")
    for text in (one, other):
        etree.SubElement(translation, "numerusform").text = text
    data = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE TS>")
    with mock.patch("termcheck.readers.shown.with_entities_and_ruby", lambda segment: segment):
        document = read_document("a.ts", data, OPTIONS)
    wanted = [source, one, source, other] if source and (one or other) else []
    # Where a letter is underlined, the mark of it is no text.
    if not re.search(r"&\w", source + one + other):
        assert [segment.text for segment in document.segments] == wanted
    for segment in document.segments:
        _require_places(document, segment)


@settings(max_examples=150, deadline=None)
@given(_contents(*TMX), _contents(*TMX))
def test_tmx_has_the_texts_that_another_parser_finds(source: str, target: str) -> None:
    text = (
        f'<tmx><body><tu><tuv xml:lang="zh"><seg>{source}</seg></tuv>\n'
        f'<tuv xml:lang="en"><seg>{target}</seg></tuv></tu></body></tmx>'
    )
    _require_same("a.tmx", text, ("seg",), TMX)


def test_a_file_of_lxml_is_read_as_lxml_reads_it() -> None:
    etree = pytest.importorskip("lxml.etree")
    root = etree.Element("tmx", version="1.4")
    body = etree.SubElement(root, "body")
    for number, texts in enumerate([("南海\n", "Sea & <sky>"), ("é😀", "x\xa0y"), ("一", "one")]):
        unit = etree.SubElement(body, "tu", tuid=str(number))
        for language, text in zip(("zh", "en"), texts, strict=True):
            variant = etree.SubElement(unit, "tuv", {"{http://www.w3.org/XML/1998/namespace}lang": language})
            etree.SubElement(variant, "seg").text = text
    for encoding in ("utf-8", "utf-16", "gb18030", "us-ascii"):
        data = etree.tostring(
            root, encoding=encoding, xml_declaration=True, doctype="<!DOCTYPE tmx SYSTEM 'x'>"
        )
        read = [segment.text for segment in read_document("a.tmx", data, OPTIONS).segments]
        assert read == [seg.text.strip() for seg in etree.fromstring(data).iter("seg")]


_BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "bomb": (f'<!DOCTYPE a [<!ENTITY a0 "x">{_BOMB}]><{{0}}>&a9;</{{0}}>', "declares the entity “a0”"),
    "external": ('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><{0}>&a;</{0}>', "declares the"),
    "parameter": ('<!DOCTYPE a [<!ENTITY % a SYSTEM "http://127.0.0.1:1/a"> %a;]><{0}/>', "declares the"),
    "deep": ("<{0}>" + "<g>" * 100_000 + "</g>" * 100_000 + "</{0}>", "more than 200 levels"),
    "attributes": ("<{0} " + " ".join(f'a{n}="x"' for n in range(5000)) + "/>", "more than 1000 attributes"),
    "not closed": ("<{0}><" + "<" * 100_000, "not well-formed"),
}  # fmt: skip


ROOTS = {
    "xliff": "xliff",
    "tmx": "tmx",
    "ts": "TS",
    "xml": "resources",
    "resx": "root",
    "stringsdict": "plist",
}
"""The names of the roots of files by their endings."""


@pytest.mark.parametrize("ending", ROOTS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_at_once(kind: str, ending: str, tmp_path: Path) -> None:
    text, message = HOSTILE[kind]
    text = text.replace("{0}", ROOTS[ending])
    path = tmp_path / f"a.{ending}"
    path.write_text(text, "utf-8")
    before = time.process_time()
    with pytest.raises(TermcheckError, match=message) as whole:
        read_document(path.name, path.read_bytes())
    places = [(whole.value.line, whole.value.column)]
    if ending in ("xliff", "tmx"):
        with pytest.raises(TermcheckError, match=message) as streamed:
            list(text_stretches(str(path), path.name, ReadOptions()))
        places.append((streamed.value.line, streamed.value.column))
    assert time.process_time() - before < 1
    assert len(set(places)) == 1
    assert places[0][0] == 1


def test_an_element_without_an_end_tag_ends_where_it_ends() -> None:
    (unit,) = scan("<a><b c='/'><d/></b></a>", "a.xml", ("b",)).units
    (inner,) = unit.element.children
    assert (inner.start, inner.inner, inner.inner_end, inner.end) == (12, 16, 16, 16)
    assert (unit.element.inner_end, unit.element.end) == (16, 20)
    with pytest.raises(TermcheckError, match="not well-formed"):
        scan("<a><b><d/></b", "a.xml", ("b",))


def test_no_fix_writes_the_mark_of_a_letter() -> None:
    entries = (
        "<data name='a'><value>a &amp;b</value></data><data name='b'><value><![CDATA[x]]></value></data>"
    )
    raw = f"<root>{entries}</root>"
    document = read_document("a.resx", raw.encode())
    label, plain = document.segments
    assert [label.text, plain.text] == ["a b", "x"]
    assert splice(document, label, Span(0, 1), "R&D")
    for text in ("R&d", "&File", "File (&F)"):
        assert not splice(document, label, Span(0, 1), text)
        assert splice(document, plain, Span(0, 1), text)


def test_defaults_of_attributes_are_not_filled_in() -> None:
    # A thousand bytes of default in each of a hundred thousand elements would be memory that nobody wrote.
    head = f'<!DOCTYPE tmx [<!ATTLIST tuv xml:lang CDATA "zh" note CDATA "{"x" * 1000}">]>'
    text = f"{head}<tmx><tu><tuv><seg>a</seg></tuv></tu></tmx>"
    with pytest.raises(TermcheckError, match="no texts in zh and en"):
        read_document("a.tmx", text.encode(), OPTIONS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.xlf", "&amp;" * 40_000),
        ("a.xlf", "<ph/>a" * 40_000),
        ("a.xlf", "<![CDATA[x]]>" * 40_000),
        ("a.xlf", "<!-- termcheck: ignore -->" * 20_000),
        ("a.tmx", "<ut/>😀<ph/>" * 20_000),
        ("a.tmx", "</seg></tuv></tu><tu><tuv lang='zh'><seg>😀</seg></tuv><tuv lang='en'><seg>" * 20_000),
    ],
    ids=lambda value: value[:24],
)
@pytest.mark.timeout(60)
def test_long_files_take_linear_time(name: str, text: str) -> None:
    if name == "a.xlf":
        text = f"<xliff><trans-unit><source>{text}</source><target>x</target></trans-unit></xliff>"
    else:
        text = f"<tmx><tu><tuv lang='zh'><seg>{text}</seg></tuv><tuv lang='en'><seg/></tuv></tu></tmx>"
    assert read_document(name, text.encode()).raw == text


# Memories in stretches, with the plain units read quickly

SOURCES = [
    *("国防部今天发表讲话。", "上合组织举行会议。", "船只在南海航行。", "没有人回答。", "南海&amp;天"),
    *("<ph>x</ph>南海", ""),
]
TARGETS = [
    *("The MND made a speech.", "The SCO held a meeting.", "Ships sailed the South China Sea.", "South Sea"),
    *(
        "Nobody &lt;answered&gt;.",
        "R&amp;D",
        "<bpt/>SCO<ept/>",
        "<![CDATA[South Sea]]>",
        "mnd&#33;",
        "a\r\n b",
    ),
    *("", " "),
]
_ZH, _EN = '<tuv xml:lang="zh"><seg>{0}</seg></tuv>', '<tuv xml:lang="en"><seg>{1}</seg></tuv>'
FORMS = [
    f'<tu tuid="{{2}}">\n <tuv xml:lang="zh">\n  <seg>{{0}}</seg>\n </tuv>\n {_EN}\n</tu>\n',
    '<tu><tuv lang="EN-US"><seg>{1}</seg></tuv><tuv lang="ZH-CN"><seg >{0}</seg></tuv></tu>\n',
    '<tu note="a > b"><note>c</note><tuv xml:lang="de" x=">"><seg>{1}</seg></tuv>\n'
    '<tuv xml:lang="zh" y=\'"\'><seg>{0}</seg></tuv></tu\n>\n',
    f"<tu>{_ZH}{_EN}</tu>",
    f'  <tu>{_ZH}<tuv xml:lang="fr"><seg>x</seg></tuv>{_EN}</tu>\r\n',
    f'<tu><tuv xml:lang="zh"><prop>{{0}}</prop></tuv>{_EN}</tu>\n',
    "<!-- <tu> {0} {1}\n-->\n",
    "\n",
]


@st.composite
def memories(draw: st.DrawFn) -> str:
    """The text of a memory, mostly of plain units."""
    some = draw(st.sampled_from([FORMS[:1], FORMS[:6], FORMS]))
    unit = st.tuples(st.sampled_from(some), st.sampled_from(SOURCES), st.sampled_from(TARGETS))
    rows = draw(st.lists(unit, min_size=4, max_size=30))
    written = "".join(form.format(source, target, n) for n, (form, source, target) in enumerate(rows))
    blank = draw(st.sampled_from(["", "\n"]))
    return f'<?xml version="1.0"?>\n<tmx version="1.4"><header/>{blank}<body>\n{written}</body></tmx>\n'


@pytest.fixture(scope="module", autouse=True)
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where memories are written, to be checked in short stretches."""
    place = tmp_path_factory.mktemp("memories")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setattr(units, "_BIG", 0)
        patch.setattr(cutting, "_LONG", 400)
        Path("glossary.yaml").write_text(
            "languages: [zh, en]\nterms:\n  国防部: MND\n  上合组织: SCO\n"
            "  南海: {en: South China Sea, forbid: [South Sea]}\n",
            "utf-8",
        )
        yield place


def rows(document: Document) -> dict[int, dict[Side | None, tuple[str, object]]]:
    """The texts of each row by side, and where they stand."""
    found: dict[int, dict[Side | None, tuple[str, object]]] = {}
    for one in document.segments:
        found.setdefault(one.row or 0, {})[one.side] = one.text, locate(document, one.raw)
    return found


@settings(max_examples=150, deadline=None)
@given(memories())
def test_units_read_quickly_are_units_that_the_reader_reads(text: str) -> None:
    Path("a.tmx").write_bytes(text.encode())
    for stretch in text_stretches("a.tmx", "a.tmx", OPTIONS):
        quick = stretch.complete_rows("a.tmx", OPTIONS)
        try:
            (document,) = stretch.documents("a.tmx", OPTIONS)
        except TermcheckError:
            assert quick is None
            continue
        read = {
            (row[Side.SOURCE][0], row[Side.TARGET][0], row[Side.SOURCE][1].line): row  # type: ignore[attr-defined]
            for row in rows(document).values()
        }
        for number, pair in enumerate(zip(quick.sources, quick.targets, strict=True) if quick else ()):
            lines = {stretch.before + line + 1 for line in quick.lines(number)} if quick else set()
            assert any((*pair, line) in read for line in lines)


@settings(max_examples=60, deadline=None)
@given(memories())
def test_the_report_is_the_same_as_when_every_unit_is_read_with_care(text: str) -> None:
    Path("a.tmx").write_bytes(text.encode())
    quickly = _report()
    with mock.patch.object(TextStretch, "complete_rows", return_value=None):
        assert quickly == _report()


def _report() -> str:
    chosen = Settings(
        selection=Selection.build(rules.RULES),
        root="/",
        cache=False,
        jobs=1,
        min_confidence=Confidence.LOW,
    )
    return render(
        engine.check(discover(["a.tmx"], Scope(("glossary.yaml",))).jobs, chosen), "json", RenderOptions()
    )


def test_most_units_are_read_quickly() -> None:
    text = "".join(FORMS[0].format("国防部", "MND", n) for n in range(100))
    Path("a.tmx").write_text(f"<tmx><header/><body>\n{text}</body></tmx>\n", "utf-8")
    found = [stretch.complete_rows("a.tmx", OPTIONS) for stretch in text_stretches("a.tmx", "a.tmx", OPTIONS)]
    assert len(found) > 5
    assert sum(len(rows.sources) for rows in found if rows) == 100
