"""What holds for every input of every reader."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.model import Document, TermcheckError
from termcheck.readers import ENDINGS, NotBilingualError, ReadOptions, is_readable, read_document

_MARKDOWN = st.sampled_from(
    [
        "# ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "```",
        "~~~",
        "|",
        "|-|-|",
        "---",
        "===",
        "***",
        "<!--",
        "-->",
        "<div>",
        "</div>",
        "<br/>",
        "<pre>",
        "</pre>",
        "<p>",
        "<?",
        "?>",
        "<![CDATA[",
        "]]>",
        "{{< x >}}",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "``",
        "[",
        "]",
        "](",
        "![",
        ")",
        "[a]:",
        "&amp;",
        "&#0;",
        "\\",
        "\\*",
        "[^1]",
        "{#a}",
        "{/*",
        "*/}",
        "[a][b]",
        "[b]: /x\n",
        "[x] ",
        "\n> ",
        "\n|-|-|\n",
        "<!-- termcheck: ignore -->",
        "<x>",
        "上合组织",
        "峰会。",
        "word",
        "Sentence.",
        "a b",
        "%s",
        "https://x.y/a",
        "南",
        " ",
        "\t",
        "\u2028",
        "😀",
    ]
)
_ROWS = st.sampled_from(
    [
        "source",
        "target",
        ",",
        ";",
        "\t",
        '"',
        '""',
        "\n",
        "\r\n",
        "\r",
        "中",
        "a",
        " ",
        "{",
        "}",
        ":",
        '"source"',
        '{"source":"',
        '","target":"',
        '"}',
        "\\n",
        "\\u4e2d",
        "\\ud83d",
        "\\ude00",
        "\\",
        "[",
        "]",
        "1",
        "null",
    ]
)
_HEADS = {"csv": "source,target\n", "tsv": "source\ttarget\n", "jsonl": ""}
_CATALOGUE = st.sampled_from(
    [
        *(
            "msgid ",
            "msgstr ",
            "msgid_plural ",
            "msgstr[0] ",
            "msgstr[1] ",
            "msgctxt ",
            "domain ",
            '"a"',
            '"',
        ),
        *('"中"', '""', '"\\n"', '"\\x41\\101"', "\\", '\\"', "\n", "\n\n", "\r\n", "\r", " ", "\t", "#"),
        *(
            "#, fuzzy\n",
            "#, c-format\n",
            "#~ ",
            "#| ",
            "#: a.c:1\n",
            "# termcheck: ignore\n",
            "x",
            "[0]",
            "&amp;",
        ),
        *('msgid "b"\nmsgstr "B"\n\n', 'msgid ""\nmsgstr "Plural-Forms: nplurals=3; plural=n%7;\\n"\n'),
        *('msgid "one"\nmsgid_plural "%d"\nmsgstr[0] "1"\nmsgstr[1] "% d"\n', "<<<<<<<", "\u2028", "\x85"),
    ]
)


_PAGES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div>",
            "<br>",
            "<li>",
            "<ul>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<b>",
            "</b>",
        ),
        *(
            "<span lang=zh>",
            '<span lang="en">',
            "</span>",
            "<p lang=zh>",
            "<html lang=en>",
            "<code>",
            "</code>",
        ),
        *(
            "<pre>",
            "</pre>",
            "<script>",
            "</script>",
            "<title>",
            "<svg>",
            "</svg>",
            "<!--",
            "-->",
            "<!",
            "<",
            ">",
        ),
        *(
            "<!-- termcheck: ignore -->",
            "&amp;",
            "&lt",
            "&#0;",
            "<img alt='",
            "'>",
            ' title="',
            '">',
            "<a ",
            "/>",
        ),
        *(
            " translate=no>",
            "<ruby>",
            "<rt>",
            "<h1>",
            "上合组织",
            "word",
            "南",
            " ",
            "\n",
            "\r\n",
            "\t",
            "%s",
            "😀",
        ),
    ]
)
_SUBTITLES = st.sampled_from(
    [
        *("1\n", "00:00:01,000 --> 00:00:02,500\n", "00:01.000 --> 00:02.500\n", "-->", "\n", "\n\n", "\r\n"),
        *(
            "NOTE termcheck: ignore\n\n",
            "NOTE x\n",
            "STYLE\n",
            "<i>",
            "</i>",
            "<v Li>",
            "<00:01.000>",
            "<ruby>",
        ),
        *(
            "<rt>",
            "&amp;",
            "&#0;",
            "{\\an8}",
            "{b}",
            "{",
            "}",
            "[Events]\n",
            "Format: Start, End, Text\n",
            ",",
        ),
        *("Dialogue: 0,0:00:01.00,0:00:02.50,,,0,0,0,,", "Comment: ", "; termcheck: ignore\n", "\\N", "\\h"),
        *(
            "{\\p1}",
            "{\\p0}",
            "上合组织\n",
            "word\n",
            "南",
            "word",
            " ",
            "\t",
            "\u2028",
            "😀",
            "99",
            "\r",
            "%s",
        ),
    ]
)


def _attempt(path: str, data: bytes, options: ReadOptions | None = None) -> Document | TermcheckError:
    try:
        return read_document(path, data, options)
    except TermcheckError as error:
        return error


def _check(document: Document) -> None:
    raw, end = document.raw, 0
    for segment in document.segments:
        assert segment.pieces
        offset = 0
        for piece in segment.pieces:
            assert piece.text.start == offset
            assert piece.text.end >= piece.text.start
            assert 0 <= piece.raw.start <= piece.raw.end <= len(raw)
            offset = piece.text.end
            text = segment.text[piece.text.start : piece.text.end]
            if len(text) == len(piece.raw) and text != " ":
                assert raw[piece.raw.start : piece.raw.end] == text
        assert offset == len(segment.text)
        for before, after in zip(segment.pieces, segment.pieces[1:], strict=False):
            assert before.raw.end <= after.raw.start
        for before, after in zip(segment.protected, segment.protected[1:], strict=False):
            assert before.end < after.start
        for span in segment.protected:
            assert 0 <= span.start < span.end <= len(segment.text)
        if segment.row is None:
            assert segment.raw.start >= end
            assert segment.text.strip() or segment.key
            end = segment.raw.end


@settings(max_examples=250)
@given(st.lists(_MARKDOWN, max_size=30).map("".join), st.sampled_from(["a.md", "a.txt"]))
def test_text_reads_and_maps_back(text: str, path: str) -> None:
    _check(read_document(path, f"x {text}".encode()))


@settings(max_examples=250)
@given(
    st.lists(_SUBTITLES, max_size=30).map("".join),
    st.sampled_from(
        [
            ("a.srt", "1\n00:00:01,000 --> 00:00:02,500\nx\n"),
            ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.500\nx\n"),
            ("a.ass", "[Events]\nDialogue: 0,0:00:01.00,0:00:02.50,,,0,0,0,,x"),
        ]
    ),
)
def test_subtitles_read_and_map_back(text: str, file: tuple[str, str]) -> None:
    path, head = file
    document = read_document(path, f"{head}{text}".encode())
    _check(document)
    assert all(segment.time is not None for segment in document.segments)


@settings(max_examples=250)
@given(st.lists(_PAGES, max_size=30).map("".join), st.sampled_from([(), ("alt", "title")]))
def test_pages_read_and_map_back(text: str, attributes: tuple[str, ...]) -> None:
    options = ReadOptions(source_lang="zh", target_lang="en", html_attributes=attributes)
    document = read_document("a.html", f"x {text}".encode(), options)
    rows = [segment for segment in document.segments if segment.row is not None]
    _check(document)
    assert all(segment.pieces for segment in rows)


_FRONT_MATTER = st.sampled_from(
    [
        *(
            "title: ",
            "hero:\n  text: ",
            "features:\n- details: ",
            "title = ",
            "[hero]\ntext = ",
            "[[features]]\n",
        ),
        *('"', "'", '"""\n', "'''", ">\n  ", "|2-\n   ", "\n", "\r\n", "\r", "\n\n", " ", "\t", "\n  "),
        *("- ", ": ", " #", "# termcheck: ignore", "{", "}", "[", "]", ",", "&a ", "*a", "!b ", "<<: ", "? "),
        *("%", "`", "\x01", "\\", "\\u00e9", "\\x", "\\UFFFFFFFF", "\\ud800", "''", "上合组织", "word", "12"),
        *("no", "\x85", "\u2028", "😀", "---\n", "+++\n", "-->", "<!--\n", "\n---\n<!--\ntitle: ", "-->\n"),
    ]
)


@settings(max_examples=400)
@given(st.sampled_from(["---", "+++"]), st.lists(_FRONT_MATTER, max_size=20).map("".join))
def test_front_matter_reads_and_maps_back(mark: str, text: str) -> None:
    options = ReadOptions(front_matter=("title", "hero.text", "features.details"))
    document = read_document("a.md", f"{mark}\n{text}\n{mark}\n\nx\n".encode(), options)
    _check(document)
    end = 0
    for comment in document.directives:
        assert comment.start >= end
        end = comment.end


@settings(max_examples=120)
@given(st.text(max_size=60), st.sampled_from(sorted(ENDINGS)))
def test_any_text_is_read_or_a_mistake(text: str, suffix: str) -> None:
    result = _attempt(f"a{suffix}", text.encode("utf-8", "surrogatepass"))
    if isinstance(result, Document):
        _check(result)
    else:
        assert result.path == f"a{suffix}"
        assert result.message


@settings(max_examples=200)
@given(st.lists(_ROWS, max_size=20).map("".join), st.sampled_from(sorted(_HEADS)))
def test_rows_read_or_name_their_place(text: str, format_name: str) -> None:
    result = _attempt("a", (_HEADS[format_name] + text).encode(), ReadOptions(format=format_name))
    if isinstance(result, TermcheckError):
        assert result.line or "empty" in result.message
        return
    assert all(error.line or "more row" in error.message for error in result.errors)
    _check(result)
    for first, second in zip(result.segments[::2], result.segments[1::2], strict=True):
        assert first.row == second.row
        assert first.side is not second.side


@settings(max_examples=400)
@given(st.lists(_CATALOGUE, max_size=25).map("".join), st.booleans())
def test_catalogues_read_or_name_their_place(text: str, fuzzy: bool) -> None:
    result = _attempt("a.po", text.encode(), ReadOptions(unfinished=fuzzy))
    if isinstance(result, TermcheckError):
        assert "empty" in result.message or "encoding" in result.message
        return
    assert all(error.line or "more row" in error.message for error in result.errors)
    _check(result)
    for first, second in zip(result.segments[::2], result.segments[1::2], strict=True):
        assert first.row == second.row
        assert first.side is not second.side
    for comment in result.directives:
        assert result.raw[comment.start : comment.end].startswith("# termcheck")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.txt", "上合组织 SCO. " * 100_000),
        ("a.txt", "\r" * 60_000 + "x"),
        ("a.txt", "中<br/>" * 20_000),
        ("a.md", "<!-- " * 40_000),
        ("a.md", "<" * 60_000),
        ("a.md", "[" * 40_000 + "]" * 40_000),
        ("a.md", "[a](b " * 50_000),
        ("a.md", "*a _b **" * 20_000),
        ("a.md", "- " * 20_000 + "a"),
        ("a.md", ">" * 40_000 + "a"),
        ("a.md", "\\" * 40_000),
        ("a.md", "# a" + " #" * 40_000 + "x"),
        ("a.md", "a\n===\n" * 5_000),
        ("a.md", "|" * 40_000 + "\n" + "|-" * 40_000),
        ("a.md", "<pre>\n" * 20_000),
        ("a.jsonl", '{"source":"' + "中" * 200_000 + '","target":"' + "\\n" * 20_000 + '"}'),
        ("a.csv", "source,target\n" + '""' * 20_000 + ",b"),
        ("a.tsv", "source\ttarget\n" + '"a\t""b\n' * 10_000),
        ("a.po", "#" * 100_000 + "\n" * 100_000),
        ("a.po", 'msgid "' * 50_000),
        ("a.po", 'msgid "a"\n' * 50_000),
        ("a.po", 'msgid "a"\nmsgstr "b"\n' * 50_000),
        ("a.po", 'msgid "a"\nmsgstr ' + '"b"\n' * 100_000),
        ("a.po", 'msgid "a"\nmsgstr "' + "\\\\" * 100_000 + '"\n'),
    ],
    ids=lambda value: value if value.startswith("a.") else repr(value[:24]),
)
@pytest.mark.timeout(60)
def test_long_input_takes_linear_time(path: str, text: str) -> None:
    # Quadratic work on inputs of this length would take minutes each.
    assert read_document(path, text.encode()).raw == text


@pytest.mark.parametrize("head", ["", "# a", "> ", "| a | b |\n|---|---|\n", "<div>\n", "<!--"])
@pytest.mark.parametrize(
    "unit",
    [
        *(
            "`",
            "` ",
            "`a``b```",
            "[",
            "]",
            "![",
            "[a](",
            '[a](b "',
            "[a][",
            "[^a]",
            "*",
            "*a _b **",
            "**a：**b",
        ),
        *("~~a", "<", "<a ", "<!--", "<!-- a -->", "<pre></pre> <!-- a -->", "<?a?>", "&amp;*a*", "\\*", " "),
        *(
            "\t",
            "> ",
            "- ",
            "1. ",
            "|",
            "|-",
            "a|",
            "\n",
            "\r",
            "a\n===\n",
            "<div>\n\n",
            "[a]: b\n",
            "[^a]: b\n",
        ),
        *("- > <div>", "- > <div>\n", "> <!--\n", "{{< x >}}\n*a*\n", "{#a} ", "x<!-- ", '<a href="', "  \n"),
        *(
            "~~~\n",
            "中<br/>a",
            "`<br/>`",
            "<!-- termcheck: ignore -->\n`a`\n",
            "<!-- [a] -->\n[b]: x\n",
            "{/* ",
            "a.b/",
        ),
    ],
)
def test_ten_kilobytes_of_markdown_take_less_than_a_second(head: str, unit: str) -> None:
    data = f"x\n\n{head}{unit * (10_000 // len(unit))}".encode()
    start = time.process_time()
    read_document("a.md", data)
    assert time.process_time() - start < 1


def test_deeply_nested_json_is_a_mistake() -> None:
    line = '{"a": ' + "[" * 100_000 + "]" * 100_000 + ', "source": "", "target": ""}'
    (error,) = read_document("a.jsonl", line.encode()).errors
    assert "nested too deeply" in error.message


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("a.jsonl", '{"source": "x", "target": "y"}\n', '{"source": "x", "target": 7}\n'),
        ("a.jsonl", '{"source": "x", "target": "y"}\n', '{"source": "x"}\n'),
        ("a.csv", "source,target\nx,y\n", "x\n"),
        ("a.po", 'msgid "x"\nmsgstr "y"\n', 'msgid "x"\nmsgstr "y"\n'),
        ("a.po", 'msgid "x"\nmsgstr "y"\n', '\nmsgid "x\n'),
    ],
)
@pytest.mark.timeout(60)
def test_many_wrong_rows_are_counted(path: str, good: str, bad: str) -> None:
    # To reckon the place of each of them anew would take minutes.
    document = read_document(path, (good + bad * 100_000).encode())
    assert len(document.segments) == 2
    assert len(document.errors) == 20
    assert all(error.line for error in document.errors)
    assert document.unread == 100_000


@pytest.mark.parametrize(
    ("path", "text", "lack"),
    [
        ("a.md", " \n", "empty"),
        ("a.csv", "", "empty"),
        ("a.csv", "id,name\n1,x\n", "no source and target column"),
        ("a.jsonl", '{"id": 1}\n{"source": "x"}\n', "no keys “source” and “target”"),
    ],
)
def test_a_sound_file_without_texts_to_compare(path: str, text: str, lack: str) -> None:
    with pytest.raises(NotBilingualError) as caught:
        read_document(path, text.encode())
    assert caught.value.lack == lack
    assert caught.value.advice


@pytest.mark.parametrize("text", ['{"id": 1}\n{"id": 2\n', "[1]\n", '{"source": 1, "target": 2}\n'])
def test_rows_that_are_wrong_are_not_another_kind_of_file(text: str) -> None:
    assert read_document("a.jsonl", text.encode()).errors


def test_endings() -> None:
    assert is_readable("docs/A.MD")
    assert not is_readable("docs/a.odt")
    assert not is_readable(".md")


@pytest.mark.parametrize(
    ("text", "is_markdown"),
    [
        ("---\ndate: 2025-09-05\n---\n\n*南海*\n", True),
        ("---\r\ntags:\r\n  - a\r\n...\r\n*南海*\r\n", True),
        ("---\n\n*南海*\n\n---\n\nSouth China Sea\n", False),
        ("---\n南海: 一\n---\n*南海*\n", False),
        ("---\ndate: 2025-09-05\n\n*南海*\n", False),
        ("*南海*\n---\ndate: 2025-09-05\n---\n", False),
    ],
)
def test_text_without_a_name_is_markdown_if_it_begins_with_front_matter(text: str, is_markdown: bool) -> None:
    document = read_document("-", text.encode())
    marks = any("*" in segment.text for segment in document.segments)
    assert marks is not is_markdown
    named = read_document("a.md" if is_markdown else "a.txt", text.encode())
    assert [segment.text for segment in document.segments] == [segment.text for segment in named.segments]
