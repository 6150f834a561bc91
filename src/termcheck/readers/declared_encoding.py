"""The encoding that a file names itself: in an XML declaration, a page or a catalogue of messages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from termcheck.lazy import compile_later

_XML_DECLARATION = compile_later(r"<\?xml\s[^<>]*?\sencoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")
# One of several bytes for each character would have more of them in the declaration itself.
_IMPOSSIBLE = ("utf-16", "utf-32", "ucs-", "iso-10646-ucs")
# A page that begins like one names its encoding above its text.
_PAGE = compile_later(r"(?is)\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|\?xml)\b")
_META = compile_later(r"(?i)<meta\b[^<>]{0,500}?\bcharset\s*=\s*[\"']?\s*([^\s\"'/>;]+)")
# Browsers take these names for the larger encodings that pages are really in.
_LARGER: Mapping[str, str] = MappingProxyType(
    {
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "ascii": "cp1252",
        "iso8859-1": "cp1252",
        "shift_jis": "cp932",
        "euc_kr": "cp949",
        "utf-16-le": "utf-8",
        "utf-16-be": "utf-8",
    }
)
_HEADER = compile_later(
    r"(?:[ \t]*+(?:#[^\r\n]*+)?[\r\n])*+[ \t]*msgid[ \t]+\"\"\s*msgstr\s+"
    r'((?:"(?:[^"\\\r\n]|\\[^\r\n])*+"\s*+)++)'
)
_BETWEEN_LITERALS = compile_later(r'"\s*"')
_CONTENT_TYPE = compile_later(r'Content-Type:[^"]*?charset=([^\s";\\]+)')


class DeclaredEncoding(Struct, frozen=True):
    """The name of an encoding, its offset in the text, and the codecs that stand for smaller ones."""

    name: str
    offset: int
    larger: Mapping[str, str] = MappingProxyType({})


def declared_encoding(text: str) -> DeclaredEncoding | None:
    """What the beginning of a file declares, given with a character for each byte; None if nothing."""
    return _in_xml(text) or _in_page(text) or _in_catalogue(text)


def _in_xml(text: str) -> DeclaredEncoding | None:
    found = _XML_DECLARATION.match(text)
    if found is None or found[1].casefold().startswith(_IMPOSSIBLE):
        return None
    return DeclaredEncoding(found[1], found.start(1))


def _in_page(text: str) -> DeclaredEncoding | None:
    found = _META.search(text) if _PAGE.match(text) else None
    return DeclaredEncoding(found[1], found.start(1), _LARGER) if found else None


def _in_catalogue(text: str) -> DeclaredEncoding | None:
    header = _HEADER.match(text)
    found = header and _CONTENT_TYPE.search(_BETWEEN_LITERALS.sub("", header[1]))
    # The template of a catalogue says CHARSET.
    if header is None or not found or found[1] == "CHARSET":
        return None
    return DeclaredEncoding(found[1], max(text.find("charset=", header.start(1)), header.start(1)))
