"""The reader of HTML against html5lib, on sound and on broken pages, and hostile pages."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from unittest import mock

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.readers import ReadOptions, read_document
from termcheck.readers.html_elements import BLOCKS

_HIDDEN = frozenset(
    [
        "pre",
        "template",
        "svg",
        "math",
        "rt",
        "rp",
        "object",
        "canvas",
        "audio",
        "video",
        "script",
        "style",
        "textarea",
        "code",
        "kbd",
        "samp",
        "var",
        "tt",
    ]
)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _of_html5lib(page: str) -> list[str]:
    """The letters of each block of a page, without code."""
    parts: list[str] = [""]
    for text in _texts(BeautifulSoup(page, "html5lib")):
        if text is None:
            parts.append("")
        else:
            parts[-1] += text
    return [letters for part in parts if (letters := _letters(part))]


def _texts(tag: Tag) -> Iterator[str | None]:
    """The texts in an element; None where a block begins or ends."""
    for child in tag.children:
        if isinstance(child, Tag):
            ends = child.name in BLOCKS or child.name == "br"
            if ends:
                yield None
            if child.name not in _HIDDEN and child.get("translate") != "no":
                yield from _texts(child)
            if ends:
                yield None
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield str(child)


def _seen(page: str) -> list[str]:
    with mock.patch("termcheck.readers.assembly.protected_spans", return_value=()):
        document = read_document("a.html", page.encode())
    return [letters for segment in document.segments if (letters := _letters(segment.unprotected_text))]


_WORDS = st.text("ab é", min_size=1, max_size=5).map(lambda text: f"w{text}")
_INLINE = st.recursive(
    _WORDS
    | st.sampled_from(["&amp;", " &lt; ", "<br>", "<!-- x -->", "<code>c</code>", "<img alt=x>", "\n"]),
    lambda inner: st.tuples(
        st.sampled_from(["b", "i", "em", "span", "a", "u"]), st.lists(inner, max_size=3)
    ).map(lambda pair: f"<{pair[0]} title='x>'>{''.join(pair[1])}</{pair[0]}>"),
    max_leaves=6,
)
_RUN = st.lists(_INLINE, min_size=1, max_size=4).map("".join)
_TABLE = st.lists(st.lists(_RUN, min_size=1, max_size=3), min_size=1, max_size=3).map(
    lambda rows: f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}' for cell in row) for row in rows)}</table>"
)
_LEAF = st.one_of(
    _RUN.map("<p>{}".format),
    _RUN.map("<h2>{}</h2>".format),
    st.lists(_RUN, min_size=1, max_size=3).map(lambda items: f"<ul><li>{'<li>'.join(items)}</ul>"),
    st.lists(_RUN, min_size=1, max_size=3).map(lambda items: f"<dl><dt>{'<dd>'.join(items)}</dl>"),
    st.sampled_from(["<pre>x</pre>", "<script>if (a<b) '</p>'</script>", "<hr>", "<svg><g>x</g></svg>"]),
    _TABLE,
)
_BODY = st.recursive(
    _LEAF,
    lambda inner: st.tuples(
        st.sampled_from(["div", "section", "blockquote"]), st.lists(inner, max_size=3)
    ).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(_BODY)
def test_pages_have_the_texts_that_html5lib_finds(body: str) -> None:
    page = f"<!doctype html><title>t</title><body>{body}"
    assert _seen(page) == _of_html5lib(page)


_BROKEN = (
    *(
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i>",
        "<br>",
        "<li>",
        "<ul>",
        "</ul>",
        "<span lang=zh>",
    ),
    *(
        "</span>",
        "<a href='x>y'>",
        "</a>",
        "<!-- c -->",
        "<script>a<b</script>",
        "<h1>",
        "</h1>",
        "&amp;",
        "a < b",
    ),
    *(
        "w1 ",
        "w2 ",
        "南海",
        "\n",
        "<hr/>",
        "<img alt=x>",
        "<em>",
        "</em>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<x-y>",
    ),
    *("<?pi?>", "</ >", "<>", "<3", "<style>p</style>", "<svg><g>v</g></svg>", "<pre>x</pre>"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_BROKEN), max_size=20).map("".join))
def test_broken_pages_have_the_words_that_html5lib_finds(body: str) -> None:
    page = f"<!doctype html><body>x {body}"
    assert "".join(_seen(page)) == "".join(_of_html5lib(page))


_HOSTILE = {
    "levels": "<div>" * 100_000,
    "languages": "<span lang=zh>x" * 30_000,
    "open tags": "<a " * 300_000,
    "open quotes": "<a b=\"<a b='" * 80_000,
    "open comments": "<!-- --" * 100_000,
    "open scripts": "<script>" * 100_000,
    "end tags": "<b></i></p>" * 50_000,
    "crossing tags": "<b><p></b>" * 50_000,
    "tables": "<table><tr><td>x" * 20_000,
    "less than": "<" * 500_000,
    "ampersands": "&" * 500_000,
    "breaks": "x<br>" * 50_000,
    "attributes": "<p " + "a=1 " * 200_000 + ">x",
    "one line": "<p>" + "x <b>y</b> " * 50_000,
    "languages in one block": "<p>" + "<span lang=zh>南</span><span lang=en>x</span>" * 10_000,
    "attributes that are read": "<img alt=x>" * 40_000,
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_pages_are_read_in_no_time(name: str) -> None:
    page = _HOSTILE[name]
    options = ReadOptions(source_lang="zh", target_lang="en", html_attributes=("alt",))
    begin = time.process_time()
    read_document("a.html", page.encode(), options)
    assert time.process_time() - begin < 2 + 4 * len(page) / 1e6
