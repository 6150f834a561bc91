"""Which lines of which files changed since a git revision, for `--diff-base`.

git is asked once for the whole run, for what differs between the working tree (with all that is staged) and
the point where the branch left the revision, as a pull request shows it.
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
# Whatever the user's settings make of a diff, it must be one that can be read.
_DIFF = (
    "diff --unified=0 --no-color --no-ext-diff --no-textconv --find-renames --no-prefix --ignore-submodules"
)


class Changes(Struct, frozen=True):
    """The changed lines of each changed file, by real path with forward slashes; None is all of them.

    Of the other files those are unchanged that git has, `tracked`; what it does not know is new. Lines are
    1-based, given as (first, last), both inclusive. Where lines were only taken away, the pair is the two
    lines between which they stood.
    """

    base: str
    lines: Mapping[str, tuple[tuple[int, int], ...] | None]
    tracked: frozenset[str] = frozenset()

    def touch(self, path: str) -> bool:
        """Whether anything in a file, named as the user did, has changed."""
        return self.of(path) != ()

    def of(self, path: str) -> tuple[tuple[int, int], ...] | None:
        """The changed lines of a file, named as the user did."""
        real = _real(path)
        return self.lines.get(real, () if real in self.tracked else None)


def touched(spans: tuple[tuple[int, int], ...] | None, first: int, last: int) -> bool:
    """Whether a paragraph from line `first` to line `last` is among the changed lines of its file."""
    return spans is None or any(_meets(begin, end, first, last) for begin, end in spans)


def _real(path: str) -> str:
    # git tells no links; whoever is in a linked directory must not pass for somewhere else.
    return absolute_path(os.path.realpath(path))


def _meets(begin: int, end: int, first: int, last: int) -> bool:
    if begin > end:  # a deletion: between lines `end` and `begin`
        return first <= end and begin <= last
    return begin <= last and first <= end


def changes_since(revision: str, directory: str = ".") -> Changes:
    """What has changed since the working tree's branch left `revision`; untracked files are new as a whole.

    Raises TermcheckError where there is no git, no repository, no such revision, or no common history.
    """
    if revision.startswith("-") or not revision.strip():
        raise TermcheckError(
            f"--diff-base: '{revision}' is no revision", advice="name a branch, tag or commit"
        )
    top = _git(directory, "rev-parse", "--show-toplevel").strip()
    commit = f"{revision}^{{commit}}"
    if not _succeeds(top, "rev-parse", "--verify", "--quiet", commit):
        raise TermcheckError(
            f"--diff-base: git knows no revision '{revision}'",
            advice="name a branch, tag or commit; a shallow clone may lack it: `git fetch --unshallow`",
        )
    base = _base(top, commit, revision)
    lines: dict[str, tuple[tuple[int, int], ...] | None] = dict(
        _changed_lines(_git(top, "-c", "core.quotePath=false", *_DIFF.split(), base, "--"), top)
    )
    # What git takes for binary, as UTF-16, has no lines to tell.
    counts = _git(top, "diff", "--numstat", "--no-renames", "--ignore-submodules", "-z", base, "--")
    binary = (row[4:] for row in counts.split("\0") if row.startswith("-\t-\t"))
    lines |= {_real(f"{top}/{name}"): None for name in binary}
    tracked = _git(top, "ls-files", "-z").split("\0")
    return Changes(revision, lines, frozenset(_real(f"{top}/{name}") for name in tracked if name))


def _base(top: str, commit: str, revision: str) -> str:
    if not _succeeds(top, "rev-parse", "--verify", "--quiet", "HEAD"):
        return _git(top, "rev-parse", commit).strip()
    done = _run(top, "merge-base", commit, "HEAD")
    if done.returncode:
        raise TermcheckError(
            f"--diff-base: '{revision}' and HEAD have no history in common",
            advice="a shallow clone may lack it: `git fetch --unshallow`, or fetch-depth: 0 in CI",
        )
    return done.stdout.strip()


def _changed_lines(diff: str, top: str) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    path, found, inside = "", list[tuple[int, int]](), 0
    for line in diff.split("\n"):
        if inside:  # the text itself may look like a heading
            inside -= line.startswith(("+", "-"))
        elif line.startswith("+++ "):
            if path:
                yield path, tuple(found)
            name = line[4:].removesuffix("\t")
            path = "" if name == "/dev/null" else _real(f"{top}/{_unquoted(name)}")
            found = []
        elif path and (hunk := _HUNK.match(line)):
            begin, count = int(hunk[2]), int(hunk[3] or 1)
            inside = int(hunk[1] or 1) + count
            found.append((begin, begin + count - 1) if count else (begin + 1, begin))
    if path:
        yield path, tuple(found)


def _unquoted(name: str) -> str:
    """A path as it is; git puts one with control characters, quotes or backslashes into C's quotes."""
    if not name.startswith('"'):
        return name
    escaped = name[1:-1].encode("utf-8", "surrogateescape")
    return escaped.decode("unicode_escape").encode("latin-1").decode("utf-8", "surrogateescape")


def _git(directory: str, *arguments: str) -> str:
    done = _run(directory, *arguments)
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.strip().splitlines()
    if any("not a git repository" in line for line in said):
        raise TermcheckError(
            "--diff-base: this is no git repository", advice="run it in a checkout, or leave the flag out"
        )
    raise TermcheckError(f"--diff-base: git failed: {said[0] if said else 'without a word'}")


def _succeeds(directory: str, *arguments: str) -> bool:
    return _run(directory, *arguments).returncode == 0


def _run(directory: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    import subprocess  # at start-up it would cost more than the rest of this module

    try:
        return subprocess.run(  # noqa: S603 - a list, without a shell
            ["git", *arguments],  # noqa: S607 - the user's own git
            cwd=directory,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except FileNotFoundError:
        raise TermcheckError(
            "--diff-base needs git, which is not installed", advice="install git, or leave the flag out"
        ) from None
