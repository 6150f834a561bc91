"""Decoding, and what is said when it fails."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.model import TermcheckError
from termcheck.readers import ReadOptions, read_document
from termcheck.readers.encoding import decode

_TEXT = "第一行,关于海上合作与地区安全的讨论。\r\nThe second line.\n"


def _error(data: bytes, encoding: str | None = None) -> TermcheckError:
    with pytest.raises(TermcheckError) as caught:
        decode(data, "a.txt", encoding)
    return caught.value


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (_TEXT.encode(), None),
        (codecs.BOM_UTF8 + _TEXT.encode(), None),
        (codecs.BOM_UTF16_LE + _TEXT.encode("utf-16-le"), None),
        (codecs.BOM_UTF16_BE + _TEXT.encode("utf-16-be"), None),
        (codecs.BOM_UTF32_LE + _TEXT.encode("utf-32-le"), None),
        (_TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + _TEXT.encode("utf-16-be"), "UTF-16"),
        (_TEXT.encode("gb18030"), "gb18030"),
        (_TEXT.encode("gbk"), "GBK"),
        (codecs.BOM_UTF8 + _TEXT.encode(), "gb18030"),
        ("\ufeff".encode("gb18030") + _TEXT.encode("gb18030"), "gb18030"),
    ],
)
def test_decodes_without_mark(data: bytes, encoding: str | None) -> None:
    assert decode(data, "a.txt", encoding) == _TEXT


def test_big5() -> None:
    assert decode("積分計劃".encode("big5"), "a.txt", "big5") == "積分計劃"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_what_was_encoded_is_read_back(text: str) -> None:
    text = f"x{text}"
    for encoding in ("utf-8", "utf-16-le", "gb18030"):
        assert decode(text.encode(encoding), "a.txt", encoding) == text


def test_undecodable_names_byte_line_and_column() -> None:
    error = _error("一\n好x".encode() + b"\xff\xfe")
    assert "byte 0xFF at offset 8" in error.message
    assert (error.line, error.column) == (2, 3)
    assert "--encoding" in error.advice


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_a_legacy_chinese_encoding_is_recognised(encoding: str) -> None:
    text = "會議於週三舉行,雙方討論了經濟與貿易問題。" if encoding == "big5" else _TEXT
    assert f"--encoding {encoding}" in _error(text.encode(encoding)).advice


def test_the_encoding_that_failed_is_not_advised() -> None:
    assert "--encoding gb18030" not in _error(b"\xd6\xd0\xff", "gb18030").advice


@pytest.mark.parametrize("name", ["utf-99", "rot13", "hex", "", "a\0b"])
def test_unknown_encoding(name: str) -> None:
    if not name:
        assert decode(b"x", "a.txt", name) == "x"
        return
    error = _error(b"x", name)
    assert "unknown encoding" in error.message
    assert "gb18030" in error.advice


def test_binary() -> None:
    error = _error(b"PK\x03\x04\x00\x00\x08\x00")
    assert error.message == "binary data: NUL byte at offset 4"
    assert "exclude" in error.advice


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_recognised(encoding: str) -> None:
    error = _error(_TEXT.encode(encoding))
    assert "binary" in error.message
    assert f"--encoding {encoding}" in error.advice


def test_nul_character_in_decoded_text() -> None:
    error = _error("ab\nc\0".encode("utf-16-le"), "utf-16")
    assert (error.line, error.column) == (2, 2)
    assert "NUL" in error.message


def test_surrogate_from_an_odd_codec() -> None:
    error = _error(b"ab\n\\ud800", "raw_unicode_escape")
    assert (error.line, error.column) == (2, 1)


@pytest.mark.parametrize("data", [b"", b"\n \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u3000".encode()])
def test_empty(data: bytes) -> None:
    assert "empty" in _error(data).message


@given(st.binary(max_size=60), st.sampled_from([None, "utf-16", "gb18030", "big5", "shift_jis", "utf-7"]))
def test_any_bytes_are_text_or_a_mistake(data: bytes, encoding: str | None) -> None:
    result = _attempt(data, encoding)
    if isinstance(result, str):
        result.encode()
        assert result.strip()
    else:
        assert result.path == "a.txt"
        assert result.advice


def _attempt(data: bytes, encoding: str | None) -> str | TermcheckError:
    try:
        return decode(data, "a.txt", encoding)
    except TermcheckError as error:
        return error


def test_offsets_do_not_count_the_mark() -> None:
    document = read_document("a.txt", codecs.BOM_UTF8 + b"abc\ndef")
    assert document.raw == "abc\ndef"
    assert [segment.raw.start for segment in document.segments] == [0, 4]


@pytest.mark.parametrize(
    ("path", "text"),
    [("a.odt", "x"), ("a", "x"), (".txt", "x"), ("dir.txt/file", "x")],
)
def test_unknown_ending(path: str, text: str) -> None:
    with pytest.raises(TermcheckError) as caught:
        read_document(path, text.encode())
    assert ".jsonl" in caught.value.advice
    assert "--format" in caught.value.advice
    assert read_document(path, text.encode(), ReadOptions(format="plain")).segments[0].text == "x"


@pytest.mark.parametrize("path", ["-", "", "<stdin>", "A.TXT"])
def test_plain_text(path: str) -> None:
    assert [segment.text for segment in read_document(path, b"# x").segments] == ["# x"]


def test_format_beats_ending() -> None:
    assert [s.text for s in read_document("a.txt", b"# x", ReadOptions(format="markdown")).segments] == ["x"]
    with pytest.raises(TermcheckError, match="unknown format"):
        read_document("a.txt", b"x", ReadOptions(format="odt"))
