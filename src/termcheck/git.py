"""Call git in a repository that somebody else may have made: without its programs, and with limits.

A repository that was unpacked, not cloned, brings settings and files of its own. They may name programs, and
git would wait for ever for a pipe among them, or read a device until memory is gone.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct, field

from termcheck.git_directory import git_directories
from termcheck.globs import absolute_path, display_path, nearest_with
from termcheck.model import TermcheckError
from termcheck.plain_files import kind_of

if TYPE_CHECKING:
    import subprocess

# Seconds for each call. In a repository of a million files, a comparison takes ten seconds or so.
_LIMIT = 60.0
_LIMIT_VARIABLE = "TERMCHECK_GIT_TIMEOUT"
# Bytes of data that git may keep in memory; it maps its own large files, which does not count.
_MEMORY = 4 << 30
# Settings that would run programs, read files that a repository names, or take a directory for a repository
# that looks like one: anybody can commit such a directory.
_TAMED = (
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", f"diff.orderFile={os.devnull}"),
    *("-c", "safe.bareRepository=explicit"),
)
# Missing objects are not fetched, because a setting may name the program that fetches them.
_VARIABLES = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
# What a hook of git sets for the repository it runs in, which need not be that of a file.
_OF_ONE_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")
# The users' own settings; no repository brings these.
_OWN_SCOPES = ("system", "global", "command")
# Settings of a repository that name programs or files, and a value with which none is run or read.
_NAMING = r"^(filter|hook)\.|^core\.(attributes|excludes)file$"
_OFF = {
    "clean": "",
    "smudge": "",
    "process": "",
    "required": "false",
    "command": ":",
    "attributesfile": os.devnull,
    "excludesfile": os.devnull,
}
# Where git looks for files, besides the directories of `refs`. Objects have names that nobody chooses.
_FOLDERS = ("", "info", "objects/info")
_IN_WORKING_TREE = (".gitattributes", ".gitmodules")


class Git(Struct):
    """The git program with its limit in seconds, and the repositories that hold nothing git would hang at."""

    program: str
    path: str
    limit: float
    sound: set[str] = field(default_factory=set)

    @classmethod
    def of_user(cls) -> Git:
        """The user's git. Raises TermcheckError if there is none, or if its time limit is no number."""
        path = os.pathsep.join(absolute_entries(os.environ.get("PATH", os.defpath))) or os.defpath.lstrip(":")
        program = _found("git", path)
        if not program:
            raise TermcheckError(
                "--diff-base needs git, which is not installed", advice="install git, or leave the flag out"
            )
        return cls(program, path, _time_limit())

    def text(self, directory: str, *arguments: str) -> str:
        """The standard output of a git command. Raises TermcheckError if it fails."""
        process = self.run(directory, *arguments)
        if process.returncode == 0:
            return text_of(process.stdout)
        messages = text_of(process.stderr).strip().splitlines()
        if any("not a git repository" in line for line in messages):
            raise TermcheckError(
                "--diff-base: this is not a git repository",
                advice="run it in a checkout, or leave the flag out",
            )
        raise TermcheckError(f"--diff-base: git failed: {messages[0] if messages else 'no error message'}")

    def succeeds(self, directory: str, *arguments: str) -> bool:
        """Whether a git command succeeds."""
        return self.run(directory, *arguments).returncode == 0

    def run(self, directory: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run a git command in a directory. Raises TermcheckError if it takes too long."""
        import subprocess  # imported here because it takes longer than the rest of this module

        env = {**os.environ, **_VARIABLES, "PATH": self.path}
        if root := nearest_with(absolute_path(directory), ".git"):
            self._require_sound(root)
            env = {name: value for name, value in env.items() if name not in _OF_ONE_REPOSITORY}
        command = [self.program, *_TAMED, *arguments]
        # A group of its own, so that what git has started ends with it.
        group: dict[str, int] = {} if sys.platform == "win32" else {"process_group": 0}
        with subprocess.Popen(  # type: ignore[call-overload]  # noqa: S603 - a list, without a shell
            command,
            cwd=directory,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **group,
        ) as process:
            try:
                _limit_memory(process.pid)
                output, errors = process.communicate(timeout=self.limit)
            except subprocess.TimeoutExpired:
                raise self._too_slow(arguments) from None
            finally:
                if process.returncode is None:
                    _kill(process)
        return subprocess.CompletedProcess(command, process.returncode, output, errors)

    def _require_sound(self, root: str) -> None:
        """Raise TermcheckError if a repository holds a pipe or a device where git would read a file."""
        if root in self.sound:
            return
        for path in _files_of_git(root):
            with suppress(OSError, ValueError):
                kind = kind_of(os.stat(path).st_mode)  # noqa: PTH116
                # git's own file system monitor has a socket there, and opening one fails at once.
                if kind and kind != "a socket":
                    raise TermcheckError(
                        f"--diff-base: is {kind}, not a file, and git would read it",
                        path=display_path(path, absolute_path(".")),
                        advice="remove it, or leave the flag out",
                    )
        self.sound.add(root)

    def _too_slow(self, arguments: Sequence[str]) -> TermcheckError:
        command = next(
            argument for argument in arguments if not argument.startswith("-") and "=" not in argument
        )
        return TermcheckError(
            f"--diff-base: `git {command}` took longer than {self.limit:g} seconds, so it was stopped",
            advice=f"if the repository is that large, give it more time, as in {_LIMIT_VARIABLE}=600",
        )

    def taming(self, top: str) -> tuple[str, ...]:
        """Arguments that take programs and files out of a repository's own settings; the user's stay."""
        process = self.run(top, "config", "--null", "--show-scope", "--get-regexp", _NAMING)
        if process.returncode not in (0, 1):  # 1: there are none
            raise TermcheckError("--diff-base needs git 2.26 or a later one", advice="update it")
        fields = text_of(process.stdout).split("\0")
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
            part
            for key, instead in of_repository.items()
            for part in ("-c", f"{key}={own.get(key, instead)}")
        )


def text_of(output: bytes) -> str:
    """What git printed. A decoded stream would take a carriage return in a text for the end of a line."""
    return output.decode("utf-8", "surrogateescape")


def absolute_entries(path: str) -> list[str]:
    """The directories of a PATH that are absolute: `.` or an empty entry would be the checked repository."""
    return [entry for entry in path.split(os.pathsep) if os.path.isabs(entry)]  # noqa: PTH117


def _found(name: str, path: str) -> str:
    ending = ".exe" if sys.platform == "win32" else ""
    programs = (os.path.join(entry, name + ending) for entry in path.split(os.pathsep))  # noqa: PTH118
    return next((one for one in programs if os.path.isfile(one) and os.access(one, os.X_OK)), "")  # noqa: PTH113


def _time_limit() -> float:
    given = os.environ.get(_LIMIT_VARIABLE, "")
    with suppress(ValueError):
        limit = float(given or _LIMIT)
        if 0 < limit < float("inf"):
            return limit
    raise TermcheckError(
        f"{_LIMIT_VARIABLE}: '{given}' is no number of seconds", advice=f"as in {_LIMIT_VARIABLE}=600"
    )


def _limit_memory(process: int) -> None:
    """Limit the memory of a process that was just started, where the platform can."""
    with suppress(ImportError, OSError):
        import resource

        if hasattr(resource, "prlimit"):
            _, hard = resource.prlimit(process, resource.RLIMIT_DATA)
            most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
            resource.prlimit(process, resource.RLIMIT_DATA, (most, hard))


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _files_of_git(root: str) -> Iterator[str]:
    """The paths of what git may read in a repository; `root` has a slash at its end."""
    yield from (root + name for name in _IN_WORKING_TREE)
    folders = [f"{place}/{folder}" for place in set(git_directories(root)) for folder in (*_FOLDERS, "refs")]
    while folders:
        folder = folders.pop()
        with suppress(OSError, ValueError), os.scandir(folder) as entries:
            for entry in entries:
                yield entry.path
                if "/refs" in folder and entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
