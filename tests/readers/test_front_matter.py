"""Texts in front matter, compared with what PyYAML loads, before and after they are overwritten."""

from __future__ import annotations

import re
import time
import tomllib
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from termcheck.fix import apply
from termcheck.model import Applicability, Document, Finding, Fix, Location, Severity, Span
from termcheck.readers import ReadOptions, front_matter, read_document
from termcheck.readers.base import as_written
from termcheck.readers.splice import splice

_OPTIONS = ReadOptions(front_matter=("title", "summary", "hero.text", "features.details"))
_CHARACTERS = "ab𝒳é海图 \n'\"\\:#-&*!|>{}[],%@`?~0=\u00a0"
_TEXTS = st.text(_CHARACTERS, min_size=1, max_size=30).map("So {} it".format)
_RENDERINGS = st.text(_CHARACTERS.replace("\n", ""), max_size=6).map("x{}y".format) | st.sampled_from(
    ["a: b", "a #b", "a, b", "'", '"', "\\n", "yes", "12", "- a", "-->", "--- a", "}", "]"]
)


def read(raw: str) -> Document:
    return read_document("a.md", raw.encode(), _OPTIONS)


def squeezed(text: str) -> str:
    return "".join(text.split())


def page(values: dict[str, Any], data: st.DataObject) -> str:
    """A page with front matter in one of the ways to write YAML."""
    text = yaml.safe_dump(
        values,
        default_style=data.draw(st.sampled_from([None, "'", '"', "|", ">"])),
        default_flow_style=data.draw(st.booleans()),
        width=data.draw(st.sampled_from([10, 30, 1000])),
        allow_unicode=data.draw(st.booleans()),
        indent=data.draw(st.sampled_from([2, 4])),
        line_break=data.draw(st.sampled_from(["\n", "\r\n"])),
        sort_keys=False,
    )
    return f"---\n{text}---\n\nA paragraph.\n"


def values_of(title: str, summary: str, hero: str, details: str) -> dict[str, Any]:
    features = [{"icon": "a", "details": details}, {"details": "none"}]
    return {"title": title, "weight": 1, "summary": summary, "hero": {"text": hero}, "features": features}


_VALUES = st.builds(values_of, _TEXTS, _TEXTS, _TEXTS, _TEXTS)


def loaded(raw: str) -> Any:
    # The parser in Python takes no question mark in `{title: a?b}`.
    return yaml.load(raw.removeprefix("---").partition("\n---\n")[0], Loader=yaml.CSafeLoader)


def overwritten(document: Document, place: int, span: Span, text: str) -> str | None:
    edits = splice(document, document.segments[place], span, text)
    if not edits:
        return None
    where = Location(document.path, 1, 1, 1, 1)
    fix = Fix(Applicability.SAFE, edits)
    finding = Finding("TRM102", "forbidden-rendering", Severity.ERROR, "", where, fix=fix)
    return apply(document.raw.encode(), document.path, None, [finding]).data.decode()


@given(_VALUES, st.data())
def test_texts_are_those_that_are_loaded(values: dict[str, Any], data: st.DataObject) -> None:
    document = read(page(values, data))
    found = {segment.key: squeezed(segment.text) for segment in document.segments if segment.key}
    # Now and then PyYAML writes something else than it was given.
    tree = loaded(document.raw)
    assert found == {
        "title": squeezed(tree["title"]),
        "summary": squeezed(tree["summary"]),
        "hero.text": squeezed(tree["hero"]["text"]),
        "features[1/2].details": squeezed(tree["features"][0]["details"]),
        "features[2/2].details": "none",
    }


@given(_VALUES, _RENDERINGS, st.data())
def test_what_is_written_is_loaded_and_nothing_else_changes(
    values: dict[str, Any], new: str, data: st.DataObject
) -> None:
    document = read(page(values, data))
    place = data.draw(st.integers(0, 3))
    text = document.segments[place].text
    begin, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    assume(begin < end)
    raw = overwritten(document, place, Span(begin, end), new)
    if raw is None:
        return
    wanted = squeezed(f"{text[:begin]}{new}{text[end:]}")
    before, after = loaded(document.raw), loaded(raw)
    for tree, key in [(before, "title"), (before, "summary"), (before["hero"], "text")][place : place + 1]:
        tree[key] = wanted
    if place == 3:
        before["features"][0]["details"] = wanted
    assert _leaves(after) == _leaves(before)
    assert raw.endswith("\n---\n\nA paragraph.\n")


_WORD = st.text("ab海0", min_size=1, max_size=4)
_WORDS = st.builds("{}{}{}".format, _WORD, st.sampled_from([" ", "-", ". ", "’", "'"]), _WORD) | _WORD


@given(_VALUES, _WORDS, st.booleans(), st.data())
def test_words_are_written_without_a_parse_as_with_one(
    values: dict[str, Any], new: str, in_comment: bool, data: st.DataObject
) -> None:
    raw = page(values, data)
    if in_comment:
        raw = raw.replace("---\n\n", f"---\n<!--\n{raw.removeprefix('---').rpartition('---')[0]}-->\n\n")
    document = read(raw)
    segment = data.draw(st.sampled_from([one for one in document.segments if one.key]))
    words = [Span(*word.span()) for word in re.finditer(r"\w+(?: \w+)?", segment.text)]
    # Nothing is to be written over itself.
    others = [word for word in words if segment.text[word.start : word.end] != new]
    if not others:
        return
    span = data.draw(st.sampled_from(others))
    place = as_written(document, segment, span)
    if place is None or not front_matter._is_harmless(document, segment, span, place, new):
        return
    assert front_matter._tried(document, segment, span, place, new) == [(place, new)]


def _leaves(tree: Any) -> list[Any]:
    """The values of a tree, texts without blanks."""
    if isinstance(tree, dict | list):
        inner = tree.values() if isinstance(tree, dict) else tree
        return [leaf for value in inner for leaf in _leaves(value)]
    return [squeezed(tree) if isinstance(tree, str) else tree]


@pytest.mark.parametrize(
    ("value", "new", "wanted"),
    [
        ("The Sea is", "R&D, Sea", "The R&D, Sea is"),
        ("'The Sea is'", "People's Sea", "'The People''s Sea is'"),
        ('"The Sea is"', 'a "Sea" \\', '"The a \\"Sea\\" \\\\ is"'),
        ('"The Sea is"', "Mér: #1", '"The Mér: #1 is"'),
        (">\n  The\n  Sea is", "Sea: #1 'a'", ">\n  The\n  Sea: #1 'a' is"),
        ("|\n  The Sea is", "S: #1", "|\n  The S: #1 is"),
        ("\n  The\n  Sea is", "Bay", "\n  The\n  Bay is"),
    ],
)
def test_each_style_is_written_in_its_way(value: str, new: str, wanted: str) -> None:
    document = read(f"---\nweight: 1\ntitle: {value}\n---\n")
    start = document.segments[0].text.index("Sea")
    written = overwritten(document, 0, Span(start, start + 3), new)
    assert written == f"---\nweight: 1\ntitle: {wanted}\n---\n"


@pytest.mark.parametrize(
    ("raw", "old", "new"),
    [
        ("title: The Sea is", "Sea", "Sea: a"),
        ("title: The Sea is", "Sea", "Sea #1"),
        ("title: Sea", "Sea", '"Sea"'),
        ("title: Sea", "Sea", "12"),
        ("title: Sea", "Sea", "no"),
        ("title: Sea", "Sea", "- Sea"),
        ("title: Sea", "Sea", "*Sea"),
        ("{title: The Sea}", "Sea", "Sea, a"),
        ("{title: The Sea}", "Sea", "Sea}"),
        ("title: >\n  South\n  Sea", "South Sea", "Bay"),
        ('title: "S\\u0065a"', "Sea", "Bay"),
        ("title: 'It''s'", "It's", "Its"),
    ],
)
def test_what_would_read_otherwise_is_not_written(raw: str, old: str, new: str) -> None:
    document = read(f"---\n{raw}\n---\n")
    start = document.segments[0].text.index(old)
    assert overwritten(document, 0, Span(start, start + len(old)), new) is None


def test_the_original_in_a_comment_is_written_too() -> None:
    document = read("---\ntitle: 南海\n---\n<!--\nreviewer: a\ntitle: The Sea\n-->\n\n正文\n")
    written = overwritten(document, 1, Span(4, 7), "Bay")
    assert written == document.raw.replace("Sea", "Bay")
    assert overwritten(document, 1, Span(4, 7), "-->") is None


@pytest.mark.parametrize(
    ("value", "new", "wanted"),
    [
        ('"The Sea"', 'a "b"', '"The a \\"b\\""'),
        ("'The Sea'", "a \\ b", "'The a \\ b'"),
        ('"""\nThe\nSea"""', "Bay: #1", '"""\nThe\nBay: #1"""'),
        ("'The Sea'", "People's", None),
        ("'''The Sea'''", "People's", "'''The People's'''"),
    ],
)
def test_toml_is_written_in_its_way(value: str, new: str, wanted: str | None) -> None:
    document = read(f"+++\nweight = 1\ntitle = {value}\n[hero]\ntext = 'a'\n+++\n")
    start = document.segments[0].text.index("Sea")
    written = overwritten(document, 0, Span(start, start + 3), new)
    assert written == (wanted and f"+++\nweight = 1\ntitle = {wanted}\n[hero]\ntext = 'a'\n+++\n")
    if written:
        title = tomllib.loads(written.strip("+\n"))["title"]
        assert title.removesuffix(new).split() == ["The"]


@pytest.mark.parametrize(
    "text",
    [
        "x: y\n" * 50_000 + "title: t\n",
        "features:\n" + "- details: one two\n" * 20_000,
        "- " * 300_000 + "\ntitle: t\n",
        "title: " + "[" * 500_000,
        "title: " + "{a: " * 200_000,
        'title: "' + "\\u00e9" * 150_000 + '"\n',
        'title: "' + "\\\n " * 200_000 + '"\n',
        "title: '" + "it''s " * 150_000 + "'\n",
        "title: >\n" + "  one two\n" * 100_000,
        "title: " + "a" * 1_000_000,
        "a" * 1_000_000 + "\ntitle: t\n",
        "title " * 150_000,
        "# termcheck: ignore\n" * 50_000 + "title: t\n",
    ],
    ids=lambda text: repr(text[:24]),
)
@pytest.mark.parametrize(
    "form", ["---\n{}\n---\na\n", "---\ntitle: a\n---\n<!--\n{}\n-->\na\n"], ids=["page", "comment"]
)
@pytest.mark.timeout(60)
def test_long_front_matter_takes_linear_time(form: str, text: str) -> None:
    assert read(form.replace("{}", text)).segments


@pytest.mark.parametrize(
    "text",
    [
        'title = "' + "\\u00e9" * 100_000 + '"',
        'title = """' + "a\n" * 200_000 + '"""',
        "title = " + "[" * 100_000,
        "[[features]]\ndetails = 'a b'\n" * 10_000,
        'a = "b"\n' * 1 + '"' * 100_000,
    ],
    ids=lambda text: repr(text[:24]),
)
@pytest.mark.timeout(60)
def test_long_toml_takes_linear_time(text: str) -> None:
    assert read(f"+++\n{text}\n+++\na\n").segments


@pytest.mark.parametrize(
    "raw",
    [
        "---\nfeatures:\n" + "- details: South Sea\n" * 4_000 + "---\n",
        "+++\n" + "[[features]]\ndetails = 'South Sea'\n" * 4_000 + "+++\n",
        "---\ntitle: " + "South Sea " * 4_000 + "\n---\n",
    ],
    ids=["yaml", "toml", "one title"],
)
def test_thousands_of_fixes_take_no_long_time(raw: str) -> None:
    document = read(raw)
    begin = time.process_time()
    places = [
        (segment, Span(*found.span()))
        for segment in document.segments
        for found in re.finditer("South Sea", segment.text)
    ]
    assert len(places) == 4_000
    assert all(splice(document, *place, "South China Sea") for place in places)
    # To parse the front matter for each of them takes minutes.
    assert time.process_time() - begin < 4
