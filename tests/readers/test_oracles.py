"""The readers against the libraries that know the formats."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
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


@settings(max_examples=200, deadline=None)
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
