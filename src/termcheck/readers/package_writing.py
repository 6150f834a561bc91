"""Write a zip file anew in which some members have other contents, and nothing else changes.

All other members keep their packed bytes, and all keep their order, names, times and methods. The library
`zipfile` can only pack everything anew.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from struct import pack_into, unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from termcheck.model import TermcheckError

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_SIZE, _CENTRAL_SIZE, _END_SIZE = 30, 46, 22
_SIZES_FOLLOW = 0x08
_TOO_BIG = 0xFFFFFFFF


class _UnusualZipError(Exception):
    """A zip file that is written in a way this module does not write."""


def rewritten(data: bytes, contents: Mapping[str, bytes], name: str) -> bytes:
    """The zip file `data` with other contents for the named members; `name` is the file's, for messages.

    Raises TermcheckError for a file with parts that cannot be kept as they are.
    """
    if not contents:
        return data
    try:
        return _rewritten(data, contents)
    except _UnusualZipError:
        message = "is packed in an unusual way, so nothing was fixed"
        raise TermcheckError(
            message, path=name, advice="open it and save it anew, or fix it by hand"
        ) from None


def _rewritten(data: bytes, contents: Mapping[str, bytes]) -> bytes:
    end = data.rfind(_END)
    with ZipFile(io.BytesIO(data)) as file:
        listed, infos = file.start_dir, file.infolist()
    size, offset = unpack_from("<II", data, end + 12)
    if end < 0 or offset != listed or listed + size != end:
        raise _UnusualZipError
    order = sorted(range(len(infos)), key=lambda index: infos[index].header_offset)
    borders = [*(infos[index].header_offset for index in order), listed]
    parts = [data[: borders[0]]] if borders else []
    length = borders[0]
    moved: dict[int, tuple[int, bytes]] = {}
    for place, index in enumerate(order):
        info, block = infos[index], data[borders[place] : borders[place + 1]]
        sizes = b""
        if info.filename in contents:
            block, sizes = _member(block, contents[info.filename], info.compress_type)
        moved[index] = length, sizes
        parts.append(block)
        length += len(block)
    central = _central(data, listed, [moved[index] for index in range(len(infos))])
    tail = bytearray(data[end:])
    pack_into("<II", tail, 12, len(central), length)
    return b"".join((*parts, central, tail))


def _member(block: bytes, content: bytes, method: int) -> tuple[bytes, bytes]:
    """A member with its header and other content, and the checksum and sizes that the list repeats."""
    if not block.startswith(_LOCAL) or method not in (ZIP_STORED, ZIP_DEFLATED):
        raise _UnusualZipError
    flags, name_length, extra_length = (
        unpack_from("<H", block, 6)[0],
        *unpack_from("<HH", block, 26),
    )
    header = bytearray(block[: _LOCAL_SIZE + name_length + extra_length])
    packed = content
    if method == ZIP_DEFLATED:
        packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(content) + packer.flush()
    sizes = bytearray(12)
    pack_into("<III", sizes, 0, zlib.crc32(content), len(packed), len(content))
    # A program that did not know the sizes beforehand wrote them behind the content.
    pack_into("<H", header, 6, flags & ~_SIZES_FOLLOW)
    header[14:26] = sizes
    return bytes(header) + packed, bytes(sizes)


def _central(data: bytes, start: int, moved: list[tuple[int, bytes]]) -> bytes:
    """The list of members, with their new places, and their new sizes where they have some."""
    entries: list[bytes] = []
    for offset, sizes in moved:
        if not data.startswith(_CENTRAL, start):
            raise _UnusualZipError
        name_length, extra_length, comment_length = unpack_from("<HHH", data, start + 28)
        length = _CENTRAL_SIZE + name_length + extra_length + comment_length
        entry = bytearray(data[start : start + length])
        if _TOO_BIG in unpack_from("<II", entry, 20) or unpack_from("<I", entry, 42)[0] == _TOO_BIG:
            raise _UnusualZipError
        if sizes:
            pack_into("<H", entry, 8, unpack_from("<H", entry, 8)[0] & ~_SIZES_FOLLOW)
            entry[16:28] = sizes
        pack_into("<I", entry, 42, offset)
        entries.append(bytes(entry))
        start += length
    return b"".join(entries)
