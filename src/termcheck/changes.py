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
    from termcheck.git import Git

_HUNK = compile_later(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
# Whatever the git settings of the user, the output must be a plain diff.
_DIFF = (
    f"diff -O{os.devnull} --unified=0 --no-color --no-ext-diff --no-textconv --find-renames --no-prefix "
    "--ignore-submodules"
)
_COUNTS = f"diff -O{os.devnull} --numstat --no-ext-diff --no-textconv --no-renames --ignore-submodules -z"
_DELETED = "diff --name-only --no-ext-diff --no-textconv --no-renames --diff-filter=D --ignore-submodules -z"
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
    from termcheck.git import Git

    git = Git.of_user()
    lines: dict[str, LineRanges | None] = {}
    tracked, deleted = set[str](), set[str]()
    tops = dict.fromkeys(_top(git, folder) for folder in _folders_with_git(texts) or ["."])
    bases = {top: _base(git, top, revision) for top in tops}
    for folder in _folders_with_git(others):
        with suppress(TermcheckError):
            top = _top(git, folder)
            bases[top] = bases.get(top) or _base(git, top, revision)
    for top, base in bases.items():
        if base:
            tame = git.taming(top)
            lines |= _lines_since(git, base, top, tame)
            deleted |= _listed(git, top, *tame, *_DELETED.split(), base, "--")
            tracked |= _listed(git, top, "ls-files", "-z")
    return Changes(revision, lines, frozenset(tracked), frozenset(deleted))


def _folders_with_git(paths: Iterable[str]) -> list[str]:
    """The nearest directory with a `.git` for each path, without duplicates; a path without one has none."""
    directories = {real_path(path).rpartition("/")[0] for path in paths}
    return sorted({folder for one in directories if (folder := nearest_with(one, ".git"))})


def _top(git: Git, directory: str) -> str:
    """The topmost directory of the working tree that a directory is in."""
    return git.text(directory, "rev-parse", "--show-toplevel").removesuffix("\n")


def _base(git: Git, top: str, revision: str) -> str:
    """The commit with which a repository is compared; empty for a submodule that is new."""
    outer = git.text(top, "rev-parse", "--show-superproject-working-tree").removesuffix("\n")
    if outer:
        base = _base(git, outer, revision)
        entry = git.text(outer, "ls-tree", base, "--", top.removeprefix(f"{outer}/")) if base else ""
        commit = entry.split()[2] if entry.startswith("160000 ") else ""
        return commit if commit and git.succeeds(top, "cat-file", "-e", commit) else ""
    commit = f"{revision}^{{commit}}"
    if not git.succeeds(top, "rev-parse", "--verify", "--quiet", commit):
        raise TermcheckError(
            f"--diff-base: git does not know the revision '{revision}'",
            path=display_path(top, absolute_path(".")) if real_path(".") != real_path(top) else "",
            advice="name a branch, tag or commit; a shallow clone may lack it: `git fetch --unshallow`",
        )
    return _merge_base(git, top, commit, revision)


def _lines_since(git: Git, base: str, top: str, tame: Sequence[str]) -> dict[str, LineRanges | None]:
    """The changed lines of a working tree by the real paths of its files; git is tamed by arguments."""
    diff = git.text(top, *tame, "-c", "core.quotePath=false", *_DIFF.split(), base, "--")
    lines: dict[str, LineRanges | None] = {
        path: _as_we_count(path, ranges) for path, ranges in _changed_lines(diff, top)
    }
    # git gives no lines for a file that it takes for binary, such as one in UTF-16.
    counts = git.text(top, *tame, *_COUNTS.split(), base, "--")
    binary = (row[4:] for row in counts.split("\0") if row.startswith("-\t-\t"))
    return lines | {real_path(f"{top}/{name}"): None for name in binary}


def _listed(git: Git, top: str, *command: str) -> set[str]:
    """The real paths of the files that a git command lists."""
    names = git.text(top, *command).split("\0")
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


def _merge_base(git: Git, top: str, commit: str, revision: str) -> str:
    if not git.succeeds(top, "rev-parse", "--verify", "--quiet", "HEAD"):
        return git.text(top, "rev-parse", commit).strip()
    from termcheck.git import text_of

    process = git.run(top, "merge-base", commit, "HEAD")
    if process.returncode:
        raise TermcheckError(
            f"--diff-base: '{revision}' and HEAD have no history in common",
            advice="a shallow clone may lack it: `git fetch --unshallow`, or fetch-depth: 0 in CI",
        )
    return text_of(process.stdout).strip()


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
