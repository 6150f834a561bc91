"""The lines of files that changed since a git revision, for `--diff-base`.

As in a pull request, the working tree, including staged changes, is compared with the commit at which the
branch left the revision. The git commands run once for all files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.globs import absolute_path
from termcheck.lazy import compile_later
from termcheck.model import TermcheckError

if TYPE_CHECKING:
    import subprocess

_HUNK = compile_later(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
# Whatever the git settings of the user, the output must be a plain diff.
_DIFF = (
    f"diff -O{os.devnull} --unified=0 --no-color --no-ext-diff --no-textconv --find-renames --no-prefix "
    "--ignore-submodules"
)
_COUNTS = f"diff -O{os.devnull} --numstat --no-ext-diff --no-textconv --no-renames --ignore-submodules -z"
# A repository that was unpacked, not cloned, brings settings of its own, which may name programs.
_NO_PROGRAMS = ("--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
# Missing objects are not fetched, because a setting may name the program that fetches them.
_NO_TRANSPORT = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
# The users' own filters, such as that of Git LFS, are in settings that no repository brings.
_OWN_SCOPES = ("system", "global", "command")
# Settings that name programs, and a value with which none is run.
_OFF = {"clean": "", "smudge": "", "process": "", "required": "false", "command": ":"}


LineRanges = tuple[tuple[int, int], ...]


class Changes(Struct, frozen=True):
    """The changed lines of each changed file, by its real path with forward slashes; None means all lines.

    A file that is not in `lines` is unchanged if it is in `tracked`, and new otherwise. Ranges of lines are
    1-based with both ends inclusive. A deletion is the range (line after it, line before it).
    """

    base: str
    lines: Mapping[str, LineRanges | None]
    tracked: frozenset[str] = frozenset()

    def touch(self, path: str) -> bool:
        """Whether anything changed in a file, given by its path as the user wrote it."""
        return self.of(path) != ()

    def of(self, path: str) -> LineRanges | None:
        """The changed lines of a file, given by its path as the user wrote it."""
        real = _real_path(path)
        return self.lines.get(real, () if real in self.tracked else None)


def touched(changed: LineRanges | None, first: int, last: int) -> bool:
    """Whether the lines from `first` to `last` include a changed line of their file."""
    return changed is None or any(_meets(begin, end, first, last) for begin, end in changed)


def _meets(begin: int, end: int, first: int, last: int) -> bool:
    if begin > end:  # a deletion between the lines `end` and `begin`
        return first <= end and begin <= last
    return begin <= last and first <= end


def changes_since(revision: str, directory: str = ".") -> Changes:
    """The changes since the branch of the working tree left `revision`.

    Raises TermcheckError if there is no git, no repository, no such revision, or no common history.
    """
    if revision.startswith("-") or not revision.strip():
        raise TermcheckError(
            f"--diff-base: '{revision}' is not a revision", advice="name a branch, tag or commit"
        )
    top = _git(directory, "rev-parse", "--show-toplevel").strip()
    tame = _without_programs(top)
    commit = f"{revision}^{{commit}}"
    if not _succeeds(top, "rev-parse", "--verify", "--quiet", commit):
        raise TermcheckError(
            f"--diff-base: git does not know the revision '{revision}'",
            advice="name a branch, tag or commit; a shallow clone may lack it: `git fetch --unshallow`",
        )
    base = _merge_base(top, commit, revision)
    diff = _git(top, *tame, "-c", "core.quotePath=false", *_DIFF.split(), base, "--")
    lines: dict[str, LineRanges | None] = dict(_changed_lines(diff, top))
    # git gives no lines for a file that it takes for binary, such as one in UTF-16.
    counts = _git(top, *tame, *_COUNTS.split(), base, "--")
    binary = (row[4:] for row in counts.split("\0") if row.startswith("-\t-\t"))
    lines |= {_real_path(f"{top}/{name}"): None for name in binary}
    tracked = _git(top, "ls-files", "-z").split("\0")
    return Changes(revision, lines, frozenset(_real_path(f"{top}/{name}") for name in tracked if name))


def _without_programs(top: str) -> tuple[str, ...]:
    """Arguments that take filters and hooks out of a repository's own settings; those of the user stay."""
    process = _run(top, "config", "--null", "--show-scope", "--get-regexp", r"^(filter|hook)\.")
    if process.returncode not in (0, 1):  # 1: there are none
        raise TermcheckError("--diff-base needs git 2.26 or a later one", advice="update it")
    fields = process.stdout.split("\0")
    own: dict[str, str] = {}
    of_repository: dict[str, str] = {}
    for scope, entry in zip(fields[::2], fields[1::2], strict=False):
        key, _, value = entry.partition("\n")
        instead = _OFF.get(key.rpartition(".")[2])
        if scope in _OWN_SCOPES:
            own[key] = value
        elif instead is not None:
            of_repository[key] = instead
    for key in of_repository:
        if "=" in key:  # no argument can name it
            raise TermcheckError(
                f"--diff-base: the repository's own settings have a program under {key}",
                advice="remove it from .git/config, or leave the flag out",
            )
    return tuple(
        part for key, instead in of_repository.items() for part in ("-c", f"{key}={own.get(key, instead)}")
    )


def _merge_base(top: str, commit: str, revision: str) -> str:
    if not _succeeds(top, "rev-parse", "--verify", "--quiet", "HEAD"):
        return _git(top, "rev-parse", commit).strip()
    process = _run(top, "merge-base", commit, "HEAD")
    if process.returncode:
        raise TermcheckError(
            f"--diff-base: '{revision}' and HEAD have no history in common",
            advice="a shallow clone may lack it: `git fetch --unshallow`, or fetch-depth: 0 in CI",
        )
    return process.stdout.strip()


def _changed_lines(diff: str, top: str) -> Iterator[tuple[str, LineRanges]]:
    """The changed lines of each file in a diff without context lines, by the file's real path."""
    path, ranges, hunk_lines = "", list[tuple[int, int]](), 0
    for line in diff.split("\n"):
        if hunk_lines:  # a line of the text may look like a header
            hunk_lines -= line.startswith(("+", "-"))
        elif line.startswith("+++ "):
            if path:
                yield path, tuple(ranges)
            name = line[4:].removesuffix("\t")
            path = "" if name == "/dev/null" else _real_path(f"{top}/{_unquoted(name)}")
            ranges = []
        elif path and (hunk := _HUNK.match(line)):
            begin, count = int(hunk[2]), int(hunk[3] or 1)
            hunk_lines = int(hunk[1] or 1) + count
            ranges.append((begin, begin + count - 1) if count else (begin + 1, begin))
    if path:
        yield path, tuple(ranges)


def _real_path(path: str) -> str:
    # git does not follow symbolic links to directories, so a path through one must be resolved.
    return absolute_path(os.path.realpath(path))


def _unquoted(name: str) -> str:
    """A path without the quotes that git adds if it has control characters, quotes or backslashes."""
    if not name.startswith('"'):
        return name
    escaped = name[1:-1].encode("utf-8", "surrogateescape")
    return escaped.decode("unicode_escape").encode("latin-1").decode("utf-8", "surrogateescape")


def _git(directory: str, *arguments: str) -> str:
    """The standard output of a git command. Raises TermcheckError if it fails."""
    process = _run(directory, *arguments)
    if process.returncode == 0:
        return process.stdout
    messages = process.stderr.strip().splitlines()
    if any("not a git repository" in line for line in messages):
        raise TermcheckError(
            "--diff-base: this is not a git repository", advice="run it in a checkout, or leave the flag out"
        )
    raise TermcheckError(f"--diff-base: git failed: {messages[0] if messages else 'no error message'}")


def _succeeds(directory: str, *arguments: str) -> bool:
    return _run(directory, *arguments).returncode == 0


def _run(directory: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    import subprocess  # imported here because it takes longer than the rest of this module

    try:
        return subprocess.run(  # noqa: S603 - a list, without a shell
            ["git", *_NO_PROGRAMS, *arguments],  # noqa: S607 - the user's own git
            cwd=directory,
            env={**os.environ, **_NO_TRANSPORT},
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except FileNotFoundError:
        raise TermcheckError(
            "--diff-base needs git, which is not installed", advice="install git, or leave the flag out"
        ) from None
