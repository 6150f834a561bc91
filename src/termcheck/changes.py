"""The lines of files that changed since a git revision, for `--diff-base`.

As in a pull request, the working tree, including staged changes, is compared with the commit at which the
branch left the revision. The git commands run once for all files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.globs import absolute_path, display_path, nearest_with
from termcheck.lazy import compile_later
from termcheck.model import TermcheckError
from termcheck.plain_files import read_plain
from termcheck.trust import real_path

if TYPE_CHECKING:
    import subprocess

_HUNK = compile_later(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
# Whatever the git settings of the user, the output must be a plain diff.
_DIFF = (
    f"diff -O{os.devnull} --unified=0 --no-color --no-ext-diff --no-textconv --find-renames --no-prefix "
    "--ignore-submodules"
)
_COUNTS = f"diff -O{os.devnull} --numstat --no-ext-diff --no-textconv --no-renames --ignore-submodules -z"
_DELETED = "diff --name-only --no-ext-diff --no-textconv --no-renames --diff-filter=D --ignore-submodules -z"
# A repository that was unpacked, not cloned, brings settings of its own, which may name programs.
_NO_PROGRAMS = ("--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
# Missing objects are not fetched, because a setting may name the program that fetches them.
_NO_TRANSPORT = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
# The users' own filters, such as that of Git LFS, are in settings that no repository brings.
_OWN_SCOPES = ("system", "global", "command")
# Settings that name programs, and a value with which none is run.
_OFF = {"clean": "", "smudge": "", "process": "", "required": "false", "command": ":"}
# What a hook of git sets for the repository it runs in, which need not be that of a file.
_OF_ONE_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")

LineRanges = tuple[tuple[int, int], ...]


class Changes(Struct, frozen=True):
    """The changed lines of each changed file, by its real path with forward slashes; None means all lines.

    A file that is not in `lines` is unchanged if it is in `tracked`, and new otherwise. Ranges of lines are
    1-based with both ends inclusive. A deletion is the range (line after it, line before it). `deleted` are
    the files that are no longer there.
    """

    base: str
    lines: Mapping[str, LineRanges | None]
    tracked: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()

    def touch(self, path: str) -> bool:
        """Whether anything changed in a file, given by its path as the user wrote it."""
        return self.of(path) != ()

    def of(self, path: str) -> LineRanges | None:
        """The changed lines of a file, given by its path as the user wrote it."""
        real = real_path(path)
        return self.lines.get(real, () if real in self.tracked else None)

    def may_have_deleted(self, missing: str, *, beside: str) -> bool:
        """Whether a file that is missing `beside` another one may be among the deleted.

        `missing` is a path, in which `{lang}` may stand for any part, or says in words which file it is.
        """
        if real_path(missing) in self.deleted:
            return True
        if "{lang}" in missing:
            pattern = re.escape(real_path(missing)).replace(re.escape("{lang}"), "[^/]+")
            return any(re.fullmatch(pattern, path) for path in self.deleted)
        in_words = "“" in missing
        return in_words and any(path.endswith(os.path.splitext(beside)[1]) for path in self.deleted)  # noqa: PTH122


def touched(changed: LineRanges | None, first: int, last: int) -> bool:
    """Whether the lines from `first` to `last` include a changed line of their file."""
    return changed is None or any(_meets(begin, end, first, last) for begin, end in changed)


def _meets(begin: int, end: int, first: int, last: int) -> bool:
    if begin > end:  # a deletion between the lines `end` and `begin`
        return first <= end and begin <= last
    return begin <= last and first <= end


def changes_since(revision: str, texts: Iterable[str], others: Iterable[str] = ()) -> Changes:
    """The changes since the branch of the working tree left `revision`, in the repositories of these files.

    A file without a repository counts as new; if no text has one, that of the working directory counts. In a
    submodule, which has a history of its own, the commit counts that the revision names for it. Raises
    TermcheckError if there is no git, no repository, no such revision, or no common history; an error in a
    repository that only has `others` makes these count as new.
    """
    if revision.startswith("-") or not revision.strip():
        raise TermcheckError(
            f"--diff-base: '{revision}' is not a revision", advice="name a branch, tag or commit"
        )
    lines: dict[str, LineRanges | None] = {}
    tracked, deleted = set[str](), set[str]()
    tops = dict.fromkeys(map(_top, _folders_with_git(texts) or ["."]))
    bases = {top: _base(top, revision) for top in tops}
    for folder in _folders_with_git(others):
        with suppress(TermcheckError):
            top = _top(folder)
            bases[top] = bases.get(top) or _base(top, revision)
    for top, base in bases.items():
        if base:
            tame = _without_programs(top)
            lines |= _lines_since(base, top, tame)
            deleted |= _listed(top, *tame, *_DELETED.split(), base, "--")
            tracked |= _listed(top, "ls-files", "-z")
    return Changes(revision, lines, frozenset(tracked), frozenset(deleted))


def _folders_with_git(paths: Iterable[str]) -> list[str]:
    """The nearest directory with a `.git` for each path, without duplicates; a path without one has none."""
    directories = {real_path(path).rpartition("/")[0] for path in paths}
    return sorted({folder for one in directories if (folder := nearest_with(one, ".git"))})


def _top(directory: str) -> str:
    """The topmost directory of the working tree that a directory is in."""
    return _git(directory, "rev-parse", "--show-toplevel").removesuffix("\n")


def _base(top: str, revision: str) -> str:
    """The commit with which a repository is compared; empty for a submodule that is new."""
    outer = _git(top, "rev-parse", "--show-superproject-working-tree").removesuffix("\n")
    if outer:
        base = _base(outer, revision)
        entry = _git(outer, "ls-tree", base, "--", top.removeprefix(f"{outer}/")) if base else ""
        commit = entry.split()[2] if entry.startswith("160000 ") else ""
        return commit if commit and _succeeds(top, "cat-file", "-e", commit) else ""
    commit = f"{revision}^{{commit}}"
    if not _succeeds(top, "rev-parse", "--verify", "--quiet", commit):
        raise TermcheckError(
            f"--diff-base: git does not know the revision '{revision}'",
            path=display_path(top, absolute_path(".")) if real_path(".") != real_path(top) else "",
            advice="name a branch, tag or commit; a shallow clone may lack it: `git fetch --unshallow`",
        )
    return _merge_base(top, commit, revision)


def _lines_since(base: str, top: str, tame: Sequence[str]) -> dict[str, LineRanges | None]:
    """The changed lines of a working tree by the real paths of its files; git is tamed by arguments."""
    diff = _git(top, *tame, "-c", "core.quotePath=false", *_DIFF.split(), base, "--")
    lines: dict[str, LineRanges | None] = {
        path: _as_we_count(path, ranges) for path, ranges in _changed_lines(diff, top)
    }
    # git gives no lines for a file that it takes for binary, such as one in UTF-16.
    counts = _git(top, *tame, *_COUNTS.split(), base, "--")
    binary = (row[4:] for row in counts.split("\0") if row.startswith("-\t-\t"))
    return lines | {real_path(f"{top}/{name}"): None for name in binary}


def _listed(top: str, *command: str) -> set[str]:
    """The real paths of the files that a git command lists."""
    names = _git(top, *command).split("\0")
    return {real_path(f"{top}/{name}") for name in names if name}


def _as_we_count(path: str, ranges: LineRanges) -> LineRanges | None:
    """Ranges of lines as we count them: to us a carriage return alone ends a line, but not to git."""
    try:
        data = read_plain(path)
    except OSError:
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 that git takes for text
        return None
    if data.count(b"\r") == data.count(b"\r\n"):
        return ranges
    ends = [0]
    for line in data.split(b"\n"):
        ends.append(ends[-1] + 1 + line[:-1].count(b"\r"))

    def lines_before(number: int) -> int:
        return ends[min(max(number, 0), len(ends) - 1)]

    return tuple((lines_before(begin - 1) + 1, lines_before(end)) for begin, end in ranges)


def _without_programs(top: str) -> tuple[str, ...]:
    """Arguments that take filters and hooks out of a repository's own settings; those of the user stay."""
    process = _run(top, "config", "--null", "--show-scope", "--get-regexp", r"^(filter|hook)\.")
    if process.returncode not in (0, 1):  # 1: there are none
        raise TermcheckError("--diff-base needs git 2.26 or a later one", advice="update it")
    fields = _text(process.stdout).split("\0")
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
    return _text(process.stdout).strip()


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
            path = "" if name == "/dev/null" else real_path(f"{top}/{_unquoted(name)}")
            ranges = []
        elif path and (hunk := _HUNK.match(line)):
            begin, count = int(hunk[2]), int(hunk[3] or 1)
            hunk_lines = int(hunk[1] or 1) + count
            ranges.append((begin, begin + count - 1) if count else (begin + 1, begin))
    if path:
        yield path, tuple(ranges)


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
        return _text(process.stdout)
    messages = _text(process.stderr).strip().splitlines()
    if any("not a git repository" in line for line in messages):
        raise TermcheckError(
            "--diff-base: this is not a git repository", advice="run it in a checkout, or leave the flag out"
        )
    raise TermcheckError(f"--diff-base: git failed: {messages[0] if messages else 'no error message'}")


def _succeeds(directory: str, *arguments: str) -> bool:
    return _run(directory, *arguments).returncode == 0


def _text(output: bytes) -> str:
    # A decoded stream would take a carriage return in a text for the end of a line.
    return output.decode("utf-8", "surrogateescape")


def _run(directory: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    import subprocess  # imported here because it takes longer than the rest of this module

    env = dict(os.environ)
    if nearest_with(absolute_path(directory), ".git"):
        env = {name: value for name, value in env.items() if name not in _OF_ONE_REPOSITORY}
    try:
        return subprocess.run(  # noqa: S603 - a list, without a shell
            ["git", *_NO_PROGRAMS, *arguments],  # noqa: S607 - the user's own git
            cwd=directory,
            capture_output=True,
            env={**env, **_NO_TRANSPORT},
        )
    except FileNotFoundError:
        raise TermcheckError(
            "--diff-base needs git, which is not installed", advice="install git, or leave the flag out"
        ) from None
