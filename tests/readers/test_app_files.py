"""The readers of named texts against the libraries that know the formats, before a fix and after it."""

from __future__ import annotations

import json
import plistlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from unittest import mock
from xml.sax.saxutils import escape

import openstep_plist
import pytest
import yaml
from fluent.syntax import FluentParser, ast
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from moz.l10n.formats import Format
from moz.l10n.formats.android.parse import android_parse
from moz.l10n.formats.properties.parse import properties_parse
from moz.l10n.message import serialize_message

from termcheck.model import Document, Span, TermcheckError
from termcheck.readers import ReadOptions, read_document
from termcheck.readers.splice import splice
from termcheck.text.positions import line_starts

_HALF = ReadOptions(half=True)
_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"])
_NAME = st.text(_CHARACTERS, max_size=6)
_TEXT = st.text(_CHARACTERS | st.sampled_from("\n\t\\\"'#:{}[]&<%=;! "), max_size=12)
_TREE = st.recursive(
    _TEXT | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAME, inner, max_size=3),
    max_leaves=8,
)


def flat(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a tree by key, as files with names are paired."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, member in members:
        path = f"{key}.{name}" if key else str(name)
        if isinstance(member, (dict, list)):
            yield from flat(member, path)
        elif isinstance(member, str) or member is None:
            yield path, member or ""


def squeezed(text: str) -> str:
    return "".join(text.split())


def read(name: str, text: str | bytes) -> Document:
    return read_document(name, text if isinstance(text, bytes) else text.encode(), _HALF)


def texts(document: Document) -> list[tuple[str, str]]:
    return [(segment.key, segment.text) for segment in document.segments]


@settings(max_examples=150)
@given(st.dictionaries(_NAME, _TREE, min_size=1, max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_json_is_read_as_by_the_json_module(
    tree: dict[str, Any], ascii_only: bool, indent: int | None
) -> None:
    # A name that is a language is no part of the keys.
    assume(len(tree) > 1)
    raw = json.dumps(tree, ensure_ascii=ascii_only, indent=indent)
    found = read("a.json", raw)
    assert [key for key, _ in texts(found)] == [key for key, _ in flat(tree)]
    for (_, text), (_, expected) in zip(texts(found), flat(tree), strict=True):
        assert text == expected or "&" in expected or "<" in expected
    for segment in found.segments:
        written = found.raw[segment.raw.start : segment.raw.end]
        if segment.text and "&" not in written:
            assert json.loads(f'"{written}"') == segment.text


@settings(max_examples=300)
@given(st.text(alphabet='{}[]":,\\ untrfalse1-.e\n', max_size=30), st.sampled_from(['{"a": ', "[", "{", ""]))
def test_what_is_read_as_json_is_json(tail: str, head: str) -> None:
    raw = head + tail
    assume(raw.strip())
    assert _is_read(raw) is _is_tree(raw)


def _is_read(raw: str) -> bool:
    try:
        return bool(read("a.json", raw))
    except TermcheckError:
        return False


def _is_tree(raw: str) -> bool:
    try:
        return isinstance(json.loads(raw), dict | list)
    except ValueError:
        return False


@settings(max_examples=150)
@given(
    st.dictionaries(_NAME.filter(str.strip), _TREE, min_size=2, max_size=4),
    st.booleans(),
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.sampled_from([20, 80]),
)
def test_yaml_is_read_as_by_pyyaml(tree: dict[str, Any], flow: bool, style: str | None, width: int) -> None:
    raw = yaml.safe_dump(
        tree, allow_unicode=True, default_flow_style=flow, default_style=style, width=width, sort_keys=False
    )
    value = yaml.safe_load(raw)
    found = {segment.key: segment.text for segment in read("a.yaml", raw).segments}
    for key, text in flat(value):
        if text.strip() and key in found:
            assert squeezed(found[key]) == squeezed(text)
    missing = [key for key, text in flat(value) if text.strip() and key not in found]
    assert not [key for key in missing if not set(dict(flat(value))[key]) & set("\t\u2028\u2029\x85\ufeff")]


def _property(text: str) -> str:
    special = {
        "\\": "\\\\",
        "\n": "\\n",
        "\t": "\\t",
        "=": "\\=",
        ":": "\\:",
        "#": "\\#",
        "!": "\\!",
        " ": "\\ ",
    }
    return "".join(special.get(char, char) for char in text)


@settings(max_examples=150)
@given(
    st.dictionaries(_NAME.filter(bool), _TEXT, min_size=1, max_size=5),
    st.sampled_from(["=", " = ", ":", " "]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_properties_are_read_as_by_moz_l10n(
    entries: dict[str, str], mark: str, newline: str, ascii_only: bool
) -> None:
    raw = newline.join(f"{_property(key)}{mark}{_property(text)}" for key, text in entries.items())
    if ascii_only:
        raw = "".join(c if c.isascii() else "".join(f"\\u{u:04x}" for u in _units(c)) for c in raw)
    assume(raw.strip() and "&" not in raw and "<" not in raw)
    assert dict(texts(read("a.properties", raw))) == entries
    oracle = {
        entry.id[0]: serialize_message(Format.plain_json, entry.value)
        for section in properties_parse(raw.replace("\r\n", "\n")).sections
        for entry in section.entries
        if hasattr(entry, "id")
    }
    # It takes no pairs of surrogates for one character.
    if all(
        text.isprintable() and "\\" not in text and max(text, default="") < "\ud800"
        for text in (*entries, *entries.values())
    ):
        assert oracle == entries


def _units(char: str) -> list[int]:
    data = char.encode("utf-16-be")
    return [int.from_bytes(data[start : start + 2], "big") for start in range(0, len(data), 2)]


@settings(max_examples=150)
@given(
    st.dictionaries(_NAME, _TEXT, min_size=1, max_size=5),
    st.booleans(),
    st.sampled_from(["", "// c\n", "/* \"a\" = 'b'; */ "]),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_strings_files_are_read_as_by_openstep_plist(
    entries: dict[str, str], unicode_escape: bool, comment: str, encoding: str
) -> None:
    def quoted(text: str) -> str:
        written: str = openstep_plist.dumps(text + "é", unicode_escape=unicode_escape)
        return written.replace("é", "").replace("\\U00E9", "")

    assume("é" not in "".join((*entries, *entries.values())))
    raw = "".join(f"{comment}{quoted(key)} = {quoted(text)};\n" for key, text in entries.items())
    assume("&" not in raw and "<" not in raw)
    oracle = openstep_plist.loads("{" + raw + "}")
    assert dict(texts(read("a.strings", raw.encode(encoding)))) == oracle


_FLUENT_TEXT = st.text("ab海 é.,'\"", min_size=1, max_size=10).filter(str.strip)
_PLACEABLE = st.sampled_from(["{ $name }", '{ "}{" }', "{ -brand }", '{ NUMBER($n, a: "}") }', "{ a.b }"])
_PIECE = _FLUENT_TEXT | _PLACEABLE
_PATTERN = st.recursive(
    st.lists(_PIECE, min_size=1, max_size=3).map("".join),
    lambda inner: (
        st.tuples(_FLUENT_TEXT, inner, inner).map(
            lambda parts: f"x{{ $n ->\n    [one] {parts[1]}\n   *[other] {parts[2]}\n}}{parts[0]}"
        )
        | st.tuples(inner, inner).map(lambda parts: f"{parts[0]}\n\n    y{parts[1]}")
    ),
    max_leaves=4,
)


class _TextElements:
    def of(self, node: Any) -> str:
        if isinstance(node, ast.TextElement):
            return squeezed(node.value)
        if isinstance(node, ast.Pattern):
            return "".join(map(self.of, node.elements))
        if isinstance(node, ast.Placeable) and isinstance(node.expression, ast.SelectExpression):
            return "".join(self.of(variant.value) for variant in node.expression.variants)
        return ""


def fluent_oracle(raw: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in FluentParser(with_spans=False).parse(raw).body:
        if isinstance(entry, ast.Message | ast.Term):
            name = f"{'-' if isinstance(entry, ast.Term) else ''}{entry.id.name}"
            if entry.value is not None:
                found.setdefault(name, _TextElements().of(entry.value))
            if isinstance(entry, ast.Message):
                for attribute in entry.attributes:
                    found.setdefault(f"{name}.{attribute.id.name}", _TextElements().of(attribute.value))
    return found


@settings(max_examples=250)
@given(
    st.lists(st.tuples(_PATTERN, st.none() | _PATTERN), min_size=1, max_size=4), st.sampled_from(["", "-"])
)
def test_fluent_is_read_as_by_its_own_parser(patterns: list[tuple[str, str | None]], mark: str) -> None:
    raw = ""
    for number, (pattern, attribute) in enumerate(patterns):
        raw += f"# c\n{mark}m{number} = {pattern.lstrip('.*[ ') or 'x'}\n"
        raw += f"    .title = {attribute.lstrip('.*[ ') or 'x'}\n" if attribute else ""
    oracle = fluent_oracle(raw)
    try:
        document = read("a.ftl", raw)
    except TermcheckError:
        document = None
    if any(isinstance(entry, ast.Junk) for entry in FluentParser().parse(raw).body):
        return
    assert document is not None
    assert not document.errors
    found = {segment.key: squeezed(segment.unprotected_text) for segment in document.segments}
    assert found == oracle


# Apps in XML

_INLINE = st.recursive(
    st.text("ab海é😀 \n\t'\"\\@?&<>%$1", max_size=8),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(tuple),
    max_leaves=5,
)


def _android_written(part: Any, draw: Callable[[st.SearchStrategy[Any]], Any]) -> str:
    """A text, or the parts of an element, as a file of Android has it."""
    if isinstance(part, tuple):
        inner = "".join(_android_written(one, draw) for one in part)
        return f"<{(name := draw(st.sampled_from(['b', 'font'])))}>{inner}</{name}>"
    special = {"\n": "\\n", "\t": "\\t", "'": "\\'", '"': '\\"', "\\": "\\\\", "@": "\\@", "?": "\\?"}
    kind = draw(st.sampled_from(["plain", "code", "section"]))
    if kind == "code":
        return "".join(f"\\u{unit:04x}" for char in part for unit in _units(char))
    escaped = "".join(special.get(char, char) for char in part)
    return f"<![CDATA[{escaped}]]>" if kind == "section" and "]]>" not in escaped else escape(escaped)


def _said(part: Any) -> str:
    return "".join(map(_said, part)) if isinstance(part, tuple) else part


@settings(max_examples=150)
@given(st.lists(_INLINE, min_size=1, max_size=4), st.data())
def test_android_says_what_was_written_with_its_escapes(parts: list[Any], data: st.DataObject) -> None:
    entries = "".join(
        f'<string name="k{number}">{_android_written(part, data.draw)}</string>\n'
        for number, part in enumerate(parts)
    )
    raw = f"<?xml version='1.0'?>\n<resources>{entries}</resources>\n"
    root = etree.fromstring(raw.encode())
    with mock.patch("termcheck.readers.shown.with_entities_and_ruby", lambda segment: segment):
        found = dict(texts(read("strings.xml", raw)))
    assert list(found) == [one.get("name") for one in root]
    assert {key: squeezed(text) for key, text in found.items()} == {
        f"k{number}": squeezed(_said(part)) for number, part in enumerate(parts)
    }


@settings(max_examples=100)
@given(st.lists(st.text("ab海é😀 \n\t'\"\\@?&$1", min_size=1, max_size=8), min_size=1, max_size=4), st.data())
def test_android_is_read_as_by_moz_l10n(parts: list[str], data: st.DataObject) -> None:
    items = [f"<item>{_android_written(part, data.draw)}</item>" for part in parts]
    raw = f"<resources><string-array name='a'>{''.join(items)}</string-array></resources>"
    oracle = {
        # It takes no pairs of surrogates for one character.
        f"{entry.id[0]}[{entry.id[1]}]": squeezed("".join(map(str, entry.value.pattern)))
        .encode("utf-16", "surrogatepass")
        .decode("utf-16")
        for section in android_parse(raw).sections
        for entry in section.entries
        if hasattr(entry, "id")
    }
    with mock.patch("termcheck.readers.shown.with_entities_and_ruby", lambda segment: segment):
        found = {key: squeezed(text) for key, text in texts(read("strings.xml", raw))}
    assert found == oracle


_XML_TEXT = st.text("ab海é😀 \n'\"\\&<>%]", max_size=12)


@settings(max_examples=100)
@given(st.dictionaries(_NAME.filter(str.strip), _XML_TEXT, min_size=1, max_size=5), st.booleans())
def test_resx_is_read_as_by_lxml(entries: dict[str, str], in_section: bool) -> None:
    root = etree.Element("root")
    for name, text in entries.items():
        assume(not name.startswith((">>", "$")) and name.isprintable())
        data = etree.SubElement(root, "data", name=name)
        etree.SubElement(data, "value").text = etree.CDATA(text) if in_section and "]]>" not in text else text
        etree.SubElement(data, "comment").text = "no"
    with mock.patch("termcheck.readers.shown.with_entities_and_ruby", lambda segment: segment):
        found = dict(texts(read("a.resx", etree.tostring(root, encoding="utf-8", xml_declaration=True))))
    assert list(found) == list(entries)
    for name, text in entries.items():
        # The mark of a letter that a label underlines is no text.
        assert found[name] == text.strip() or "&" in text


_PLIST = st.recursive(
    _XML_TEXT | st.integers(0, 9) | st.booleans(),
    lambda inner: st.dictionaries(_NAME, inner, max_size=3),
    max_leaves=8,
)


def _plist_texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    for name, member in value.items():
        if isinstance(member, dict):
            yield from _plist_texts(member, f"{key}{name}/")
        elif isinstance(member, str):
            yield f"{key}{name}", member.strip()


@settings(max_examples=150)
@given(st.dictionaries(_NAME, _PLIST, min_size=1, max_size=4))
def test_stringsdict_is_read_as_by_plistlib(tree: dict[str, Any]) -> None:
    raw = plistlib.dumps(tree, sort_keys=False)
    wanted = list(_plist_texts(plistlib.loads(raw)))
    assume(len({key for key, _ in wanted}) == len(wanted))
    with mock.patch("termcheck.readers.shown.with_entities_and_ruby", lambda segment: segment):
        assert texts(read("a.stringsdict", raw)) == wanted


_RESOURCES = ("<resources>\n", "</resources>\n")
_ROOT = ("<root>\n", "</root>\n")


def _elements(texts: dict[str, str], form: str) -> str:
    """The entries of a file; a CDATA section has no entities, and only Android has other escapes."""
    written: list[str] = []
    for key, text in texts.items():
        if form.startswith("<string"):
            text = "".join(f"\\{char}" if char in "\\'\"@?" else char for char in text)
        written.append(form.format(key, text if "CDATA" in form else escape(text)))
    return "\n".join(written)


_FILES: Mapping[str, Callable[[dict[str, str]], str]] = {
    "a.json": lambda texts: json.dumps({"a": texts}, ensure_ascii=False),
    "b.json": lambda texts: json.dumps(texts, indent=2),
    "a.arb": lambda texts: json.dumps({"@@locale": "en", **texts}),
    "a.yaml": lambda texts: yaml.safe_dump({"en": texts}, allow_unicode=True, width=1000),
    "b.yaml": lambda texts: yaml.safe_dump([texts], default_style='"', width=1000),
    "c.yaml": lambda texts: yaml.safe_dump(texts, default_style="'", default_flow_style=True, width=1000),
    "a.properties": lambda texts: "\n".join(f"{key}={_property(text)}" for key, text in texts.items()),
    "a.strings": lambda texts: "".join(
        f"{key} = {openstep_plist.dumps(text + ' ')};\n" for key, text in texts.items()
    ),
    "a.xml": lambda texts: _elements(texts, '<string name="{}">{}</string>').join(_RESOURCES),
    "b.xml": lambda texts: _elements(texts, '<string name="{}"><![CDATA[{}]]></string>').join(_RESOURCES),
    "a.resx": lambda texts: _elements(texts, '<data name="{}"><value>{}</value></data>').join(_ROOT),
    "a.stringsdict": lambda texts: plistlib.dumps(texts).decode(),
    "a.ftl": lambda texts: "".join(f"{key} = {text}\n" for key, text in texts.items()),
}
_PLAIN = st.text("ab海é𝒳 '\"\\,:#&;=!-", min_size=1, max_size=12).map("So {}".format)


@pytest.mark.parametrize("name", _FILES)
@settings(max_examples=80)
@given(texts=st.lists(_PLAIN, min_size=1, max_size=3), data=st.data())
def test_a_fix_changes_only_its_span(name: str, texts: list[str], data: st.DataObject) -> None:
    entries = {f"key{number}": " ".join(text.split()) for number, text in enumerate(texts)}
    before = read(name, _FILES[name](entries))
    assume(len(before.segments) == len(entries))
    segment = data.draw(st.sampled_from(before.segments))
    start = data.draw(st.integers(0, len(segment.text) - 1))
    end = data.draw(st.integers(start + 1, len(segment.text)))
    new = data.draw(st.text("ab海é'\"\\,:#;=!-{}[", min_size=1, max_size=6))
    edits = splice(before, segment, Span(start, end), new)
    if not edits:
        return
    raw, starts = before.raw, line_starts(before.raw)
    for edit in sorted(edits, key=lambda one: (one.line, one.column), reverse=True):
        first = starts[edit.line - 1] + edit.column - 1
        last = starts[edit.end_line - 1] + edit.end_column - 1
        raw = raw[:first] + edit.text + raw[last:]
    if name.endswith(("xml", "resx", "stringsdict")):
        etree.fromstring(raw.encode())
    after = read(name, raw)
    assert not after.errors
    if name == "a.properties" and re.search(r"\{\w+\s*[,}]|''", segment.text):
        new = new.replace("'", "''")
    wanted = {one.key: one.text for one in before.segments}
    wanted[segment.key] = f"{segment.text[:start]}{new}{segment.text[end:]}"
    found = {one.key: one.text for one in after.segments}
    if "&" in "".join(wanted.values()):
        return
    assert {key: squeezed(text) for key, text in found.items()} == {
        key: squeezed(text) for key, text in wanted.items()
    }


def _many(entry: str, count: int, mark: str = ", ") -> str:
    """So many entries, each with its number."""
    return mark.join(entry.replace("#", str(number)) for number in range(count))


_UNIT = '"k#": {"localizations": {"en": {"stringUnit": {"value": "x"}}}}'
_NESTED = f"<dict><key>{'k' * 200}</key>"
_MEMBER = "<dict><key>k#</key><string>x</string></dict><key>k</key>"
_LONG = [
    ("a.json", '{"a": "b", ' * 50_000),
    ("a.json", '["a", ' * 50_000),
    ("a.json", "[" * 99 + '"a",' * 100_000),
    ("a.json", '{"' + "\\u4e2d" * 50_000),
    ("a.json", '{"a": {' + _many('"k#": "x"', 50_000) + "}}"),
    ("a.json", '{"a":1' + ',"a":1' * 50_000),
    ("a.json", '{"' + "k" * 50_000 + '": {' + _many('"k#": ["x"]', 50_000) + "}}"),
    ("a.yaml", "a: b\n" * 20_000),
    ("a.yaml", "[" * 50_000),
    ("a.yaml", "- " * 20_000),
    ("a.yaml", "a: '" + "''" * 20_000),
    ("a.yaml", "? " * 20_000),
    ("a.yaml", "a: &a b\n" * 9_000),
    ("a.properties", "a\\\n" * 50_000),
    ("a.properties", "a=" + "\\u4e2d" * 50_000),
    ("a.properties", "a" * 100_000),
    ("a.properties", "\\" * 100_001),
    ("a.properties", "=\n" * 50_000),
    ("a.properties", " " * 100_000 + "x"),
    ("a.strings", '"a' * 50_001),
    ("a.strings", "/*" * 50_000),
    ("a.strings", '"a" = "b" ' * 50_000),
    ("a.strings", "a /*\n" * 50_000),
    ("a.strings", "a" * 100_000),
    ("a.strings", '"\\' * 50_000),
    ("a.strings", ";" * 50_000),
    ("a.ftl", "a = {\n" * 30_000),
    ("a.ftl", "a = b\n\n" * 30_000),
    ("a.ftl", "\n" * 100_000 + "x"),
    ("a.ftl", "a = {" + "{" * 50_000),
    ("a.ftl", "a = b" + "\n " * 50_000 + "x"),
    ("a.ftl", "a = { $n ->\n [a] " * 20_000),
    ("a.ftl", "a\n" * 50_000),
    ("a.ftl", "a = }\n" * 50_000),
    ("a.ftl", "a =\n" + " \n" * 50_000),
    ("a.ftl", "a = b\n" + " .b = c\n" * 20_000),
    ("a.xcstrings", '{"strings": {' + _many(_UNIT, 9_000) + "}}"),
    ("a.xml", "<resources><string name='a'>" + "\\'&quot;<b/>" * 20_000 + "</string></resources>"),
    ("a.xml", "<resources><string name='a'>" + "<![CDATA[\\u4e2d  ]]>" * 20_000 + "</string></resources>"),
    ("a.xml", "<resources>" + "<string name='a'>b</string>" * 20_000 + "</resources>"),
    ("a.xml", "<!-- <resources> -->" * 20_000),
    ("a.resx", "<root>" + _many("<data name='#'><value>&amp;b</value></data>", 20_000, "\n") + "</root>"),
    ("a.stringsdict", "<plist><dict>" + "<key>a</key>" * 20_000 + "</dict></plist>"),
    ("a.stringsdict", f"<plist>{_NESTED * 150}{_many(_MEMBER, 9_000)}{'</dict>' * 150}</plist>"),
    ("a.arb", '{"a": "' + "{n, plural, one {" * 30_000 + '"}'),
]


@pytest.mark.parametrize(("name", "raw"), _LONG, ids=lambda value: repr(value[:20]))
@pytest.mark.timeout(60)
def test_long_input_takes_linear_time(name: str, raw: str) -> None:
    # Quadratic work on inputs of this length would take minutes each.
    began = time.process_time()
    with suppress(TermcheckError):
        read(name, raw)
    assert time.process_time() - began < 8
