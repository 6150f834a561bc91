"""Which files a repository ignores: `.gitignore`, `.ignore`, `.git/info/exclude`, git's list for everywhere.

They count as they do for git and ripgrep. A pattern in a deeper directory outweighs one above it, and a
later line an earlier one. `.ignore` outweighs `.gitignore`, which outweighs `.git/info/exclude`, which
outweighs the list that git applies everywhere. Outside a repository only `.ignore` counts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct, field

from termcheck.git_directory import git_directories, text_of
from termcheck.git_settings import users_list
from termcheck.globs import upward
from termcheck.ignore_patterns import IgnorePattern, ignored, read_patterns


class IgnoreFiles(Struct):
    """The patterns that apply in and below `top`, an absolute directory with forward slashes.

    A directory that is itself ignored was asked for by name, so only the patterns in `inside` (the directory
    with a slash at its end) count there.
    """

    top: str
    inside: str = ""
    _patterns: dict[str, tuple[IgnorePattern, ...]] = field(default_factory=dict)
    _in_folder: dict[str, tuple[tuple[tuple[IgnorePattern, ...], str], ...]] = field(default_factory=dict)
    _outside: dict[str, tuple[str, str]] = field(default_factory=dict)
    _repositories: dict[str, str] = field(default_factory=dict)

    @classmethod
    def below(cls, top: str) -> IgnoreFiles:
        """The patterns for a walk through a directory."""
        top = top.rstrip("/")
        files = cls(top)
        repository = files._repository(f"{top}/")
        above = [one.rstrip("/") for one in upward(top) if one.startswith(repository) and one != repository]
        asked_for = repository and any(files.ignores(folder, directory=True) for folder in above)
        return cls(top, f"{top}/") if asked_for else files

    def ignores(self, path: str, *, directory: bool) -> bool:
        """Whether a file or a directory is ignored, by its absolute path; no directory above it is."""
        folder = path.rpartition("/")[0]
        if folder not in self._in_folder:
            read = ((self._read(name), base) for name, base in self._files(f"{folder}/"))
            self._in_folder[folder] = tuple((patterns, base) for patterns, base in read if patterns)
        said = (
            ignored(patterns, path.removeprefix(base), directory=directory)
            for patterns, base in self._in_folder[folder]
        )
        return next((one for one in said if one is not None), False)

    def _files(self, path: str) -> Iterator[tuple[str, str]]:
        """The files whose patterns apply to a path, the most important first, and their directories."""
        folders = [folder for folder in upward(path.rpartition("/")[0]) if folder.startswith(self.inside)]
        repository = self._repository(path)
        yield from ((f"{folder}.ignore", folder) for folder in folders)
        if repository:
            inside = [folder for folder in folders if folder.startswith(repository)]
            yield from ((f"{folder}.gitignore", folder) for folder in inside)
            if not self.inside:
                yield from ((name, repository) for name in self._lists(repository))

    def _lists(self, repository: str) -> tuple[str, str]:
        """The files outside of the texts whose patterns apply to a repository."""
        if repository not in self._outside:
            self._outside[repository] = (
                f"{git_directories(repository)[1]}/info/exclude",
                os.path.join(repository, users_list()),  # noqa: PTH118 - pathlib is one more import
            )
        return self._outside[repository]

    def _read(self, name: str) -> tuple[IgnorePattern, ...]:
        if name not in self._patterns:
            self._patterns[name] = read_patterns(text_of(name))
        return self._patterns[name]

    def _repository(self, path: str) -> str:
        """The root of the repository that a path is in, with a slash at its end; empty if it is in none."""
        waiting: list[str] = []
        found = ""
        for folder in upward(path.rpartition("/")[0]):
            if folder in self._repositories:
                found = self._repositories[folder]
                break
            waiting.append(folder)
            if os.path.lexists(f"{folder}.git"):
                found = folder
                break
        # A walk asks for one directory after another, and looks at each once.
        self._repositories.update(dict.fromkeys(waiting, found))
        return found
