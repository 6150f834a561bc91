"""From bytes to text, or to an error that names the byte and says what to do.

UTF-8 is the default, unless a file says itself what it is in. A byte order mark overrides everything, as in
the WHATWG Encoding Standard, so one `--encoding` can serve a folder in which some files were saved as
Unicode. Nothing is ever decoded with replacement characters, because a text that was read wrongly would be
reported clean.
"""

from __future__ import annotations

import codecs
from typing import BinaryIO

from msgspec import Struct

from termcheck.lazy import compile_later
from termcheck.model import TermcheckError
from termcheck.readers.base import NotBilingualError, failure
from termcheck.text.positions import line_starts, position

# The little-endian mark of UTF-32 begins with the one of UTF-16, so it must come first.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Without a mark Python reads these in the machine's own byte order, but files come from other machines.
_UNMARKED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_SAMPLE = 1 << 20
# A declaration is sought in so many bytes.
_HEAD = 1 << 14
_SURROGATE = compile_later("[\ud800-\udfff]")


def decode(data: bytes, path: str, encoding: str | None = None) -> str:
    """Decode a file's bytes, without its byte order mark and with its newlines as they are.

    Raises TermcheckError if the bytes are binary or not valid in the encoding, NotBilingualError if there is
    no text in them.
    """
    mark, codec = recognised(data, path, encoding)
    require_no_binary(data, path, encoding)
    try:
        raw = data[len(mark) :].decode(codec)
    except UnicodeError as error:
        raise _undecodable(data[len(mark) :], codec, path, error, _Before(len(mark))) from error
    raw = raw.removeprefix("\ufeff")
    if not raw or raw.isspace():
        advice = "leave it out, or put text into it"
        raise NotBilingualError(TermcheckError("the file is empty", path=path, advice=advice), "empty")
    require_text(raw, path, encoding)
    return raw


def require_no_binary(data: bytes, path: str, encoding: str | None = None) -> None:
    """Raise TermcheckError for NUL bytes, unless a named or marked encoding may contain them."""
    if b"\0" in data and not encoding and not recognised(data, path, encoding)[0]:
        raise _binary(data, path)


def require_text(raw: str, path: str, encoding: str | None = None) -> None:
    """Raise TermcheckError for a NUL and, in a named encoding, for a lone surrogate."""
    if (nul := raw.find("\0")) >= 0:
        raise failure(raw, nul, "NUL character in the text", path, "is this a text file, in this encoding?")
    if encoding and (stray := _SURROGATE.search(raw)):
        raise failure(raw, stray.start(), "lone surrogate in the text", path, "save the file as UTF-8")


def decoding_failure(file: BinaryIO, path: str, mark: bytes, codec: str) -> TermcheckError | None:
    """The error of a long file that cannot be decoded, found block by block; None if there is none.

    `mark` is the byte order mark at which the file begins, and `codec` the one that failed.
    """
    decoder = codecs.getincrementaldecoder(codec)()
    file.seek(len(mark))
    before = _Before(len(mark))
    while True:
        pending, block = decoder.getstate()[0], file.read(_SAMPLE)
        try:
            text = before.text + decoder.decode(block, not block)
        except UnicodeError as error:
            return _undecodable(pending + block, codec, path, error, before)
        if not block:
            return None
        starts = line_starts(text)
        taken = len(pending) + len(block) - len(decoder.getstate()[0])
        before = _Before(before.size + taken, before.lines + len(starts) - 1, text[starts[-1] :])


def recognised(data: bytes, path: str, encoding: str | None = None) -> tuple[bytes, str]:
    """The byte order mark at which a file begins, or no bytes, and its codec.

    Raises TermcheckError if `encoding`, or what the file declares, is not known and no mark overrides it.
    """
    marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)
    if marked:
        return marked
    if encoding:
        return b"", _codec(encoding, path)
    return b"", _declared(data[:_HEAD], path) or _legacy(data, path) or "utf-8"


def _legacy(data: bytes, path: str) -> str:
    """The encoding that a file without UTF-8 has by its ending; empty if it has none."""
    from termcheck.readers import LEGACY_ENCODINGS, ending_of

    legacy = LEGACY_ENCODINGS.get(ending_of(path), "")
    if legacy:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return _codec(legacy, path)
    return ""


def _declared(head: bytes, path: str) -> str:
    """The codec that the beginning of a file names; empty if it names none."""
    if not head.startswith(b"<?xml") and b"charset" not in head:
        return ""
    from termcheck.readers.declared_encoding import declared_encoding

    text = head.decode("latin-1")
    declared = declared_encoding(text)
    if declared is None:
        return ""
    try:
        codec = _codec(declared.name, path)
    except TermcheckError as error:
        raise failure(text, declared.offset, error.message, path, error.advice) from error
    return declared.larger.get(codec, codec)


def _codec(encoding: str, path: str) -> str:
    unknown = TermcheckError(
        f"unknown encoding “{encoding}”",
        path=path,
        advice="use for instance utf-8, utf-16, gb18030, big5, shift_jis, euc-kr or cp1252",
    )
    try:
        name = codecs.lookup(encoding).name
        # The registry also has transforms such as rot13, which decode() refuses.
        b" ".decode(name, "replace")
    except (LookupError, ValueError) as error:
        raise unknown from error
    return _UNMARKED.get(name, name)


def _binary(data: bytes, path: str) -> TermcheckError:
    offset = data.index(0)
    sample = data[:4096]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    message = f"binary data: NUL byte at offset {offset}"
    # In UTF-16 every second byte of an ASCII character is zero, so zeros pile up on one side.
    if min(odd, even) * 10 < max(odd, even):
        codec = "utf-16-le" if odd > even else "utf-16-be"
        if _decodes(data, codec):
            return TermcheckError(message, path=path, advice=f"it looks like UTF-16: try --encoding {codec}")
    return TermcheckError(message, path=path, advice="exclude it, or save it as UTF-8 text")


class _Before(Struct, frozen=True):
    """What comes before some bytes of a file: bytes, whole lines, and the start of the current line."""

    size: int
    lines: int = 0
    text: str = ""


def _undecodable(data: bytes, codec: str, path: str, error: UnicodeError, place: _Before) -> TermcheckError:
    if not isinstance(error, UnicodeDecodeError):
        return TermcheckError(
            f"not valid {codec.upper()}: {error}", path=path, advice=_suggestion(data, codec)
        )
    before = place.text + data[: error.start].decode(codec, "replace")
    line, column = position(line_starts(before), len(before))
    offset = place.size + error.start
    return TermcheckError(
        f"not valid {codec.upper()}: byte 0x{data[error.start]:02X} at offset {offset} ({error.reason})",
        path=path,
        line=place.lines + line,
        column=column,
        advice=_suggestion(data, codec),
    )


def _suggestion(data: bytes, tried: str) -> str:
    general = "save it as UTF-8 or name its encoding with --encoding"
    guess = _guess(data)
    if guess in ("", tried):
        return general
    return f"it could be {guess.upper()}: try --encoding {guess}, or save it as UTF-8"


def _guess(data: bytes) -> str:
    """The likeliest legacy Chinese encoding, or an empty string.

    GB18030 accepts nearly any pairs of bytes. A text really written in it keeps to the characters of GB 2312,
    its oldest part, while another text read as GB18030 scatters over the rare ones.
    """
    if text := _decodes(data, "gb18030"):
        wide = [char for char in text[:4000] if char > "\x7f"]
        common = sum(bool(char.encode("gb2312", "ignore")) for char in wide)
        if wide and common >= 0.95 * len(wide):
            return "gb18030"
    return "big5" if _decodes(data, "big5") else "gb18030" if text else ""


def _decodes(data: bytes, codec: str) -> str:
    sample = data[:_SAMPLE]
    try:
        return codecs.getincrementaldecoder(codec)().decode(sample, len(sample) == len(data))
    except UnicodeDecodeError:
        return ""
