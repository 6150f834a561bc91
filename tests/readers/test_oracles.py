"""The readers against the libraries that know the formats."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.model import Segment, Side, TermcheckError
from termcheck.readers import ReadOptions, read_document

# The module writes a lone carriage return without quotes and then cannot read it back.
_CELL = st.text(alphabet="ab中\U0001f600\",;\t\n '", max_size=8)
_STRING = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | _STRING,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_STRING, inner, max_size=3),
    max_leaves=6,
)


def _sides(segments: tuple[Segment, ...]) -> list[tuple[str, str]]:
    sources = [segment.text for segment in segments if segment.side is Side.SOURCE]
    targets = [segment.text for segment in segments if segment.side is Side.TARGET]
    return list(zip(sources, targets, strict=True))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=1, max_size=4),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_tables_are_read_as_by_the_csv_module(
    rows: list[tuple[str, str, str]], delimiter: str, newline: str, quoting: Any
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=newline, quoting=quoting)
    writer.writerows([("id", "source", "target"), *rows])
    data = written.getvalue().encode()
    document = read_document("a.tsv" if delimiter == "\t" else "a.csv", data)
    expected = list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))
    assert _sides(document.segments) == [(row["source"], row["target"]) for row in expected]


@settings(max_examples=60)
@given(st.lists(st.tuples(_STRING, _STRING, _JSON), min_size=1, max_size=4), st.booleans())
def test_json_lines_are_read_as_by_the_json_module(
    rows: list[tuple[str, str, Any]], ascii_only: bool
) -> None:
    lines = [
        json.dumps({"extra": extra, "target": target, "source": source}, ensure_ascii=ascii_only)
        for source, target, extra in rows
    ]
    document = read_document("a.jsonl", "\n".join(lines).encode())
    assert _sides(document.segments) == [(source, target) for source, target, _ in rows]
    for segment in document.segments:
        assert json.loads(f'"{document.raw[segment.raw.start : segment.raw.end]}"') == segment.text


@settings(max_examples=80)
@given(st.sampled_from(["", "}", "}\n{"]), st.text(alphabet='{}[]":,\\ untsource\n1', max_size=30))
def test_what_is_read_is_json(end: str, tail: str) -> None:
    line = f'{{"source": "海", "target": "Sea"{end}{tail}'
    with contextlib.suppress(TermcheckError):
        if read_document("a.jsonl", line.encode()).errors:
            return
        for part in re.split("[\r\n]+", line.strip()):
            assert not part.strip() or isinstance(json.loads(part), dict)


_MARKDOWN = [
    '# A *heading* with `code`\n\nText with **bold**, _italic_ and [link](https://x.example/a_b "t").\n',
    "- one\n- two\n  goes on\n\n  para\n\n      code\n- three\n\n1. first\n2. second\n",
    "> quoted *text*\n> goes on\n\nafter\n\n***\n\nSetext *two*\n===\n",
    "before\n\n```py\nx = '**no**'\n```\n\n    indented\n\nafter `` a`b `` and `*x*` \\*y\\* &amp; &copy;\n",
    "![alt *text*](a.png) ![b][ref] [ref] [no ref]\n\n[ref]: https://x.example\n",
    "2*3*4, a_b_c, snake_case, *a*b, __init__ and ** no **, ~~gone~~\n",
    "1) a\n   - b\n     > c\n     >\n     > d\n\n2) e\n",
    "* * *\n\n- - -\n\n+ item\n\n---\n\ntext\n---\n",
    "| a | b |\n|---|---|\n| *c* | `cell` |\n\n~~~\nfence\n~~~\n",
]


def _oracle_texts(markdown: str, *, with_code: bool = True) -> list[str]:
    """The text of each inline run of a document, as a renderer shows it; code keeps its content at most."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    hidden = ("html_inline",) if with_code else ("html_inline", "code_inline")
    texts = (_inline_text(token.children or [], hidden) for token in tokens if token.type == "inline")
    return [text for text in texts if text.strip()]


def _inline_text(tokens: list[Any], hidden: tuple[str, ...]) -> str:
    shown = {"softbreak": " ", "hardbreak": " "}
    return "".join(
        _inline_text(token.children, hidden)
        if token.type == "image"
        else shown.get(token.type, token.content)
        for token in tokens
        if token.type not in hidden
    )


def _without_ticks(segment: Segment) -> str:
    """A segment's text as rendered: code spans without their backticks."""
    text = segment.text
    for span in reversed(segment.protected):
        code = re.fullmatch("(?s)(`+) ?(.*?) ?\\1", text[span.start : span.end])
        if code:
            text = text[: span.start] + code[2] + text[span.end :]
    return text


@pytest.mark.parametrize("markdown", _MARKDOWN)
def test_markdown_shows_the_words_that_markdown_it_shows(markdown: str) -> None:
    seen = [_without_ticks(segment) for segment in read_document("a.md", markdown.encode()).segments]
    # A segment that is all code is dropped here, since it has no counterpart in another language.
    expected = [text for text in _oracle_texts(markdown) if text != "cell"]
    assert seen == expected


# Both parsers read sequences of these alike; in some other corners of CommonMark they differ.
_PARTS = (
    *("# ", "- ", "1. ", "> ", "\n", "\n\n", "\n  ", "```\n", "***\n", "===\n", "  \n", " "),
    *("*", "**", "_", "`", "[", "]", "](u)", "[a]", "[b][a]", "&amp;", "&copy;", "\\*"),
    *("上合组织", "峰会。", "word", "Sentence.", "a b", "😀"),
)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(_PARTS), max_size=25).map("".join))
def test_any_markdown_shows_the_words_that_markdown_it_shows(markdown: str) -> None:
    text = f"x {markdown}\n\n[a]: /x\n"
    # The parser does not know code without marks, such as `word_word`.
    with mock.patch("termcheck.readers.assembly.protected_spans", return_value=()):
        segments = read_document("a.md", text.encode()).segments
    seen = "".join(segment.unprotected_text for segment in segments)
    assert _letters(seen) == _letters("".join(_oracle_texts(text, with_code=False)))


def test_json_keys_with_dots_do_not_hide_plain_ones() -> None:
    options = ReadOptions(source_key="a.b", target_key="a.c")
    document = read_document("x.jsonl", b'{"a": {"b": "1", "c": "2"}}', options)
    assert _sides(document.segments) == [("1", "2")]


_PHRASE = st.text(alphabet="ab中\U0001f600\"\\\n\t 'é%d{}", min_size=1, max_size=90)
_ENTRY = st.tuples(_PHRASE, _PHRASE, st.none() | _PHRASE, st.none() | _PHRASE, st.booleans(), st.booleans())
_Entry = tuple[str, str, str | None, str | None, bool, bool]


def _catalogue(entries: list[_Entry], width: int) -> tuple[bytes, list[tuple[str, str]]]:
    """A catalogue as polib writes it, and the pairs that are to be read from it."""
    import polib

    catalogue = polib.POFile(wrapwidth=width)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": "nplurals=2; plural=n!=1;",
    }
    pairs: list[tuple[str, str]] = []
    for number, (source, target, context, plural, fuzzy, obsolete) in enumerate(entries):
        source = f"{source}{number}"
        entry = polib.POEntry(msgid=source, msgctxt=context, obsolete=obsolete, comment="a\ncomment")
        entry.flags = ["fuzzy"] if fuzzy else ["c-format"]
        found = [(source, target)]
        if plural is None:
            entry.msgstr = target
        else:
            entry.msgid_plural, entry.msgstr_plural = plural, {0: target, 1: f"{target}s"}
            found.append((plural, f"{target}s"))
        catalogue.append(entry)
        pairs += [] if fuzzy or obsolete else found
    return str(catalogue).encode(), pairs


@settings(max_examples=80)
@given(st.lists(_ENTRY, min_size=1, max_size=4), st.integers(10, 90))
def test_catalogues_are_read_as_by_polib(entries: list[_Entry], width: int) -> None:
    data, pairs = _catalogue(entries, width)
    with mock.patch("termcheck.readers.shown.with_entities_and_ruby", side_effect=lambda segment: segment):
        document = read_document("a.po", data)
    assert not document.errors
    assert _sides(document.segments) == pairs
    assert document.left_out.get("fuzzy", 0) == sum(fuzzy and not obsolete for *_, fuzzy, obsolete in entries)


_GETTEXT = """\
# A comment.
msgid ""
msgstr ""
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=ISO-8859-1\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: a.c:7
#, c-format
msgctxt "menu"
msgid "Could not open the %s in the directory of the person who asked for it; the bell \\arings"
msgstr "%s konnte nicht geöffnet werden im Verzeichnis der Person, die es wollte; die Glocke \\aläutet"

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d Datei"
msgstr[1] "%d Dateien"

#, fuzzy
#| msgid "Exit"
msgid "Quit"
msgstr "Ende"

#~ msgid "old"
#~ msgstr "alt"
"""
_ARRANGEMENTS = [[], ["--no-wrap"], ["--width=20"], ["--to-code=UTF-8"], ["--indent"], ["--sort-output"]]


@pytest.mark.skipif(not shutil.which("msgcat"), reason="needs gettext")
@pytest.mark.parametrize("arrangement", _ARRANGEMENTS, ids=" ".join)
def test_catalogues_that_gettext_writes(arrangement: list[str], tmp_path: Path) -> None:
    place = tmp_path / "de.po"
    place.write_bytes(_GETTEXT.encode("latin-1"))
    run = subprocess.run(["msgcat", *arrangement, str(place)], capture_output=True, check=True)
    document = read_document("de.po", run.stdout)
    assert not document.errors
    assert document.left_out.get("fuzzy", 0) == 1
    pairs = _sides(document.segments)
    assert len(pairs) == 3
    assert ("%d file", "%d Datei") in pairs
    assert ("%d files", "%d Dateien") in pairs
    (target,) = (target for source, target in pairs if source.startswith("Could"))
    assert "geöffnet werden im Verzeichnis der Person, die es wollte; die Glocke \aläutet" in target


def test_a_fixed_catalogue_opens_in_polib_with_nothing_else_changed(tmp_path: Path) -> None:
    import polib

    from termcheck.cli import main

    (tmp_path / "glossary.yaml").write_text("南海: {en: South China Sea, forbid: [South Sea]}\n", "utf-8")
    place = tmp_path / "en.po"
    entries = [(f"船只在南海航行{number}", f'Ships sailed\n"the South Sea" {number}') for number in range(9)]
    catalogue = polib.POFile(wrapwidth=24)
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "Language": "en"}
    for source, target in entries:
        catalogue.append(polib.POEntry(msgid=source, msgstr=target, flags=["c-format"], comment="x"))
    catalogue.save(str(place))
    before = place.read_text("utf-8")
    assert main(["check", "--fix", "-q", "-g", str(tmp_path / "glossary.yaml"), str(place)]) == 0
    after = place.read_text("utf-8")
    assert len(before.split("\n")) == len(after.split("\n"))
    assert after.replace("China ", "") == before
    fixed = {entry.msgid: entry.msgstr for entry in polib.pofile(str(place))}
    assert fixed == {source: target.replace("South Sea", "South China Sea") for source, target in entries}
