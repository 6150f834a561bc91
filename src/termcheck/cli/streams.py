"""Standard output and error: encoding, colour, errors, files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from termcheck.model import TermcheckError

if TYPE_CHECKING:
    from pathlib import Path

# More mistakes at once are not read, and push the first ones off the screen.
MOST_ERRORS = 20


def prepare_streams() -> None:
    """Write UTF-8 whatever the locale, and lone surrogates as escapes; what is closed swallows all."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - it lives as long as the process


def use_color(when: str, stream: TextIO) -> bool:
    """Whether to colour: `always`, `never`, or on a terminal, with NO_COLOR and FORCE_COLOR heard."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def print_error(error: TermcheckError, color: str) -> None:
    """`error: path:line:column: message`, and below it what to do; `color` is what `--color` says.

    Mistakes told together are printed one below the other, the first 20 of them.
    """
    red, plain = ("\x1b[1;31m", "\x1b[0m") if use_color(color, sys.stderr) else ("", "")
    told = (error, *error.others)
    for one in told[:MOST_ERRORS]:
        bare = TermcheckError(one.message, path=one.path, line=one.line, column=one.column)
        print(f"{red}error{plain}: {bare}", file=sys.stderr)
        if one.advice:
            print(f"  help: {one.advice}", file=sys.stderr)
    if len(told) > MOST_ERRORS:
        print(f"{red}error{plain}: and {len(told) - MOST_ERRORS} more", file=sys.stderr)


def write_whole(path: str, pieces: Iterable[str]) -> None:
    """Write a file by way of a temporary one beside it, so that nobody ever sees half of it.

    Links stay links; a device or pipe is written to as it is. Raises TermcheckError when the place
    cannot be written to.
    """
    from pathlib import Path

    place = Path(path)
    data = (piece.encode("utf-8", "backslashreplace") for piece in pieces)
    try:
        # A pipe has no place that its name leads to.
        if place.exists() and not place.is_file():
            with place.open("wb") as file:
                file.writelines(data)
        else:
            _replace(place.resolve(), data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise TermcheckError(f"cannot be written: {reason}", path=path) from None


def replace_file(path: str, data: bytes, *, expected: bytes) -> None:
    """Put new bytes in place of a file's, unless somebody else did meanwhile.

    Links, owner and permissions stay. Raises TermcheckError if the file does not hold `expected` any more, or
    cannot be written to; it is then as it was. Other processes that do the same have to wait.
    """
    from pathlib import Path

    place = Path(path).resolve()
    try:
        with place.open("rb") as file:
            # A new file can take the place of one that may not be written to, but nobody means that.
            if not os.access(place, os.W_OK):
                raise PermissionError(errno.EACCES, "permission denied")
            _lock(file.fileno())
            # The lock is on the file that was there; by now another one may have taken its place.
            if place.read_bytes() != expected:
                raise TermcheckError(
                    "was changed by somebody else meanwhile, so nothing was fixed",
                    path=path,
                    advice="run it again",
                )
            _replace(place, [data])
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise TermcheckError(f"cannot be written: {reason}", path=path) from None


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows, which refuses to replace an open file as it is
        return
    # Some file systems have no locks; the bytes are compared all the same.
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _replace(place: Path, data: Iterable[bytes]) -> None:
    import tempfile
    from pathlib import Path

    descriptor, name = tempfile.mkstemp(prefix=".termcheck-", dir=place.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(data)
            file.flush()
            # Or a power cut soon afterwards could leave an empty file.
            os.fsync(file.fileno())
        _keep_owner(temporary, place)
        temporary.chmod(_mode(place))
        temporary.replace(place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _keep_owner(temporary: Path, place: Path) -> None:
    """Give the new file to whom the old one belongs, where that is allowed."""
    if not place.exists() or not hasattr(os, "chown"):
        return
    ours, theirs = temporary.stat(), place.stat()
    for owner, group in ((theirs.st_uid, -1), (-1, theirs.st_gid)):
        if owner not in (-1, ours.st_uid) or group not in (-1, ours.st_gid):
            with contextlib.suppress(OSError):
                os.chown(temporary, owner, group)


def _mode(place: Path) -> int:
    """The permissions the file has, or would get if it were made the ordinary way."""
    if place.exists():
        return place.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
