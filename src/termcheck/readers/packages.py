"""Packages of office files: zip files of XML parts, opened so that a hostile one costs nothing.

Sizes are limited whatever the file says about them, and what is read is checked against its checksum.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from msgspec import Struct, field

from termcheck.model import TermcheckError
from termcheck.readers.base import NotBilingualError
from termcheck.readers.xml_spans import RefusedError, guarded_parse, new_parser, reason_of, require_limits

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

# The most bytes of a part and of all parts that are read, unpacked.
_MOST_OF_PART = 64 << 20
_MOST_IN_ALL = 256 << 20
# XML of office files is packed to a tenth or a thirtieth; only what says nothing is packed to much less.
_SURELY_SMALL = 8 << 20
_MOST_PACKED = 250
# So many levels, and so many attributes, need no closer look.
_SURELY_ALLOWED = 50
# A list of members in a sound file is some kilobytes long.
_LONGEST_LIST = 1 << 20
_END_OF_LIST = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_GIT_LFS_POINTER = b"version https://git-lfs"
_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_TAG = re.compile(rb"<(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+>")
SIGNATURES = "_xmlsignatures/"
"""The folder of a package with its digital signatures."""


class Relation(Struct, frozen=True):
    """What one part says about another: the last step of the kind of relation, and the other part's name."""

    id: str
    kind: str
    part: str


class Package(Struct):
    """An open package; `name` is the file's name for messages, `title` its format's."""

    file: ZipFile
    name: str
    title: str
    size: int
    taken: int = 0
    _members: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes, name: str, title: str) -> Package:
        """Open the bytes of a file; raises TermcheckError for what is none, or may do harm."""
        _require_package(data, name, title)
        try:
            file = ZipFile(io.BytesIO(data))
        except (BadZipFile, struct.error, OSError, ValueError, NotImplementedError) as error:
            raise _damaged(name, title, str(error)) from None
        members = {member.lower(): member for member in file.namelist()}
        return cls(file, name, title, len(data), _members=members)

    def has(self, part: str) -> bool:
        """Whether there is a part of a name; capital letters make no difference."""
        return part.lower() in self._members

    def read(self, part: str) -> bytes:
        """The bytes of a part in UTF-8, without a byte order mark; raises TermcheckError."""
        return as_utf8(self.member(part))[0]

    def member(self, part: str) -> bytes:
        """The bytes of a part as they are."""
        if not self.has(part):
            raise _damaged(self.name, self.title, f"it has no part {part}")
        try:
            with self.file.open(self._members[part.lower()]) as member:
                data = member.read(_MOST_OF_PART + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise _damaged(self.name, self.title, f"{part}: {error}") from None
        except RuntimeError:
            raise _protected(self.name) from None
        self._require_size(part, len(data))
        return data

    def _require_size(self, part: str, size: int) -> None:
        self.taken += size
        how = ""
        if size > _MOST_OF_PART:
            how = f"more than {_MOST_OF_PART >> 20} MiB"
        elif self.taken > _MOST_IN_ALL:
            how = f"more than {_MOST_IN_ALL >> 20} MiB, with the parts before it"
        elif size > max(_SURELY_SMALL, _MOST_PACKED * self.size):
            how = f"more than {_MOST_PACKED} times the size of the file"
        if how:
            message = f"{part} unpacks to {how}, which may do harm"
            raise TermcheckError(message, path=self.name, advice="split the file into smaller ones")

    def member_name(self, part: str) -> str:
        """The name of a part as the zip file writes it."""
        return self._members[part.lower()]

    def relations(self, part: str = "") -> list[Relation]:
        """What a part, or the package itself, says about other parts of the package."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(rels):
            return []
        found: list[Relation] = []
        for tag, attributes in self.elements(rels):
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append(Relation(attributes.get("Id", ""), kind, target.lstrip("/")))
        return [relation for relation in found if self.has(relation.part)]

    def main_part(self, usual: str) -> str:
        """The part that the package is about."""
        for relation in self.relations():
            if relation.kind == "officeDocument":
                return relation.part
        return usual

    def elements(self, part: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The local names and the attributes of all elements of a small part, in order."""
        found: list[tuple[str, Mapping[str, str]]] = []
        scanner = PartScanner(self.read(part))

        def start(name: str, attributes: Mapping[str, str]) -> None:
            scanner.enter(attributes)
            found.append((name.rpartition(" ")[2], attributes))

        scanner.parser.StartElementHandler = start
        scanner.parser.EndElementHandler = lambda _: scanner.leave()
        scanner.scan(self, part)
        return iter(found)


class PartScanner:
    """Expat over a part in UTF-8. Subclasses set the handlers of its parser."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.depth = 0
        self.parser: XMLParserType = new_parser("UTF-8", " ")

    def enter(self, attributes: Mapping[str, str]) -> None:
        """Count an element that begins; raises RefusedError if it is too deep."""
        self.depth += 1
        if self.depth > _SURELY_ALLOWED or len(attributes) > _SURELY_ALLOWED:
            require_limits(self.depth, attributes)

    def leave(self) -> None:
        """Count an element that ends."""
        self.depth -= 1

    def tag_end(self) -> int:
        """The byte after the tag of the element that begins."""
        tag = _TAG.match(self.data, self.parser.CurrentByteIndex)
        return tag.end() if tag else self.parser.CurrentByteIndex

    def scan(self, package: Package, part: str) -> None:
        """Read the part; raises TermcheckError if it is not well-formed, or may do harm."""

        def failed(error: Exception) -> TermcheckError:
            if isinstance(error, RefusedError):
                return TermcheckError(f"{part} {error.message}", path=package.name, advice=error.advice)
            return _damaged(package.name, package.title, f"{part}: {reason_of(error)}")

        guarded_parse(self.parser, self.data, True, failed)


def as_utf8(data: bytes) -> tuple[bytes, str]:
    """The bytes of a part in UTF-8 without a mark, and the codec to write it back with."""
    if data.startswith(_MARK):
        return data[len(_MARK) :], "utf-8-sig"
    if data.startswith(_UTF_16):
        # A part that is no UTF-16 after all is not well-formed either.
        return data.decode("utf-16", "replace").encode("utf-8", "replace"), "utf-16"
    return data, "utf-8"


def _require_package(data: bytes, name: str, title: str) -> None:
    """Raise TermcheckError for a file that is no zip file of a usual kind."""
    if not data:
        error = TermcheckError("the file is empty", path=name, advice="leave it out, or put text into it")
        raise NotBilingualError(error, "empty")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _protected(name)
        message = f"is an old office file, not {title}"
        raise TermcheckError(message, path=name, advice="open it and save it in the new format")
    if not data.startswith(b"PK"):
        is_pointer = data.startswith(_GIT_LFS_POINTER)
        advice = "`git lfs pull` gets it" if is_pointer else "was it saved as something else?"
        raise TermcheckError(f"is no {title} file", path=name, advice=advice)
    end = data.rfind(_END_OF_LIST, max(0, len(data) - (1 << 16) - 22))
    if end >= 0 and end + 22 <= len(data) and struct.unpack_from("<I", data, end + 12)[0] > _LONGEST_LIST:
        message = "holds so many files that it may do harm"
        raise TermcheckError(message, path=name, advice="was it made by mistake?")


def _protected(name: str) -> TermcheckError:
    return TermcheckError(
        "is protected by a password", path=name, advice="save it without the password, or leave it out"
    )


def _damaged(name: str, title: str, reason: str) -> TermcheckError:
    message = f"cannot be read as {title}: {reason}"
    return TermcheckError(message, path=name, advice="the file may be damaged: open it and save it anew")


def is_on(value: Any) -> bool:
    """Whether a switch of an office file, of which the attribute may be missing, is on."""
    return value not in ("0", "false", "off", "none")
