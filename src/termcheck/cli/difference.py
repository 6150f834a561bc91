"""What `--diff` prints: the change of a file in the form that `patch` and `git apply` accept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck.cli.fixed_files import File
from termcheck.cli.unified_diff import unified_diff
from termcheck.fix import text_of
from termcheck.readers.encoding import recognised

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def difference(file: File) -> Iterator[str]:
    """The lines of a change of a file; a missing one is empty.

    Of a package of parts they are the lines of its text, which people read and no program can apply.
    """
    old, new = (_lines(data or b"", file) for data in (file.before, file.after))
    for line in unified_diff(old, new, _shown(file.name)):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _shown(name: str) -> str:
    """A file's name as git writes it: with a tab behind it if it has blanks, in quotes if it has worse."""
    if all(char.isprintable() and char not in '"\\' for char in name):
        return f"{name}\t" if " " in name else name
    escaped = name.encode("utf-8", "surrogateescape").replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    quoted = "".join(chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}" for byte in escaped)
    return f'"{quoted}"'


def _lines(data: bytes, file: File) -> list[str]:
    # For these programs a byte order mark is part of the first line.
    mark, codec = recognised(data, file.name, file.encoding)
    text = data.decode(codec) if mark else text_of(data, file.name, file.encoding, file.format)
    return _LINE.findall(text)
