"""From the paths on the command line to the jobs of a run; each job is a file or a pair of files.

Everything that depends on which files exist is decided here once, so that later steps only open the files
they are given. A missing path is reported beside the jobs and does not replace them: the other texts are
still checked.
"""

from __future__ import annotations

import functools
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from termcheck.config_file import CONFIG_NAMES
from termcheck.globs import Half, PairPattern, PathGlob, absolute_path, upward
from termcheck.messages import file_error
from termcheck.model import Side, TermcheckError
from termcheck.readers import ENDINGS, is_readable
from termcheck.readers.unread_kinds import may_hold_texts

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY_NAMES = ("glossary.yaml", "glossary.yml")
STDIN = "-"


class Job(Struct, frozen=True):
    """One text to check: a bilingual file, or a source file and its target file.

    The names are the paths as the user wrote them, with forward slashes; standard input without a
    name is `-`. `glossaries` are the glossary files that apply, as paths to open and to print. `data`
    and `target_data` hold the bytes of standard input. If a `pairs` pattern requires another half that
    does not exist, `missing` is its name, `missing_side` its side, and `source` the half that exists.
    `named` is false for a file found in a directory, or named by a program that passes `--force-exclude`;
    such a file need not be a text.
    """

    source: Path | str
    source_name: str
    target: Path | str | None = None
    target_name: str = ""
    glossaries: tuple[str, ...] = ()
    data: bytes | None = None
    target_data: bytes | None = None
    missing: str = ""
    missing_side: Side = Side.TARGET
    named: bool = True


class Found(Struct, frozen=True):
    """What the paths led to; `excluded` counts the named files that `--force-exclude` left out.

    `unread` are the files in directories that may hold texts, but in a format that no reader reads.
    """

    jobs: tuple[Job, ...]
    errors: tuple[TermcheckError, ...] = ()
    excluded: int = 0
    unread: tuple[str, ...] = ()


class Scope(Struct, frozen=True):
    """The settings about files; see `Settings` for the fields."""

    glossaries: tuple[str, ...] = ()
    include: tuple[PathGlob, ...] = ()
    exclude: tuple[PathGlob, ...] = ()
    force_exclude: bool = False
    pairs: tuple[PairPattern, ...] = ()


def discover(
    paths: Sequence[str],
    scope: Scope,
    *,
    stdin: Callable[[], bytes] | None = None,
    stdin_name: str = "",
) -> Found:
    """Jobs for files, directories and `-`.

    Directories are walked without hidden entries and links to directories. Each file and each pair comes
    once, however often it is named. `stdin` is called if `-` is among the paths, and `stdin_name` is the
    name of the file that standard input stands for.
    """
    jobs: dict[tuple[str, str], Job] = {}
    errors: list[TermcheckError] = []
    excluded = 0
    unread: dict[str, None] = {}
    for path in paths:
        try:
            for job in _jobs(path, scope, stdin, stdin_name, unread):
                if job is None:
                    excluded += 1
                elif job.named and not jobs.setdefault(_identity(job), job).named:
                    jobs[_identity(job)] = job
                else:
                    jobs.setdefault(_identity(job), job)
        except TermcheckError as error:
            errors.append(error)
    return _with_glossaries(Found(tuple(jobs.values()), tuple(errors), excluded, tuple(unread)), scope)


def discover_pair(
    source: str, target: str, scope: Scope, *, stdin: Callable[[], bytes] | None = None
) -> Found:
    """The job of `--source FILE --target FILE`; either file may be `-`."""
    errors = [error for path in (source, target) for error in _not_a_file(path)]
    if absolute_path(source) == absolute_path(target):
        errors.append(
            TermcheckError(
                "is given both as source and as target",
                path=source,
                advice="for a file that holds both languages, name it alone: termcheck check FILE",
            )
        )
    if errors:
        return Found((), tuple(errors))
    job = Job(source, _name(source), target, _name(target))
    if stdin and STDIN in (source, target):
        data = stdin()
        job = replace(job, data=data) if source == STDIN else replace(job, target_data=data)
    return _with_glossaries(Found((job,)), scope)


def nearest_glossary(path: str) -> str:
    """The nearest `glossary.yaml` or `.yml` in a file's directory or above it; empty if there is none.

    Both paths are absolute, with forward slashes.
    """
    for folder in upward(path.rpartition("/")[0]):
        for name in GLOSSARY_NAMES:
            if _is_file(folder + name):
                return folder + name
    return ""


def _jobs(
    path: str, scope: Scope, stdin: Callable[[], bytes] | None, stdin_name: str, unread: dict[str, None]
) -> Iterator[Job | None]:
    """The jobs that one path leads to; None for a named file that is left out. Adds to `unread`."""
    if path == STDIN:
        name = _name(stdin_name) or STDIN
        if stdin_name and scope.force_exclude and _excluded(stdin_name, scope):
            yield None
        elif stdin is not None:
            yield replace(_job(name, scope, stdin()), named=not (stdin_name and scope.force_exclude))
    elif _is_dir(path):
        if scope.force_exclude and _excluded(path, scope):
            yield None
            return
        yield from (replace(_job(file, scope), named=False) for file in _walk(path, scope, unread))
    else:
        yield _named(path, scope)


def _named(path: str, scope: Scope) -> Job | None:
    for error in _not_a_file(path):
        raise error
    if scope.force_exclude and _excluded(path, scope):
        return None
    if _is_ours(path, scope):
        raise TermcheckError(
            "is a glossary or a config, not a text to check",
            path=_name(path),
            advice="`termcheck glossary check` checks a glossary",
        )
    return replace(_job(_name(path), scope), named=not scope.force_exclude)


def _not_a_file(path: str) -> Iterator[TermcheckError]:
    if path == STDIN:
        return
    if not path:
        yield TermcheckError("a path is empty", advice="name a file, or leave it out")
        return
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except (OSError, ValueError) as error:  # ValueError: a NUL character
        yield file_error("cannot be opened", error, _name(path))
    else:
        if stat.S_ISDIR(mode):
            yield TermcheckError("is a directory where a file is asked for", path=_name(path))


# Unlike the methods of Path, these return False for a path that is too long, forbidden or malformed.
_exists, _is_dir, _is_file, _is_link = os.path.exists, os.path.isdir, os.path.isfile, os.path.islink


def _walk(top: str, scope: Scope, unread: dict[str, None]) -> Iterator[str]:
    """The names of the files to check in a directory, sorted; TermcheckError if there are none.

    Adds to `unread` the absolute paths of the files that may hold texts, but that no reader reads.
    """
    failed: list[OSError] = []
    count = 0
    for folder, folders, files in os.walk(top, onerror=failed.append):
        folders[:] = sorted(name for name in folders if _walked(_join(folder, name), scope))
        for name in sorted(files):
            path = _join(folder, name)
            if _wanted(path, scope) and _walked(path, scope):
                count += 1
                yield _name(path)
            elif not scope.include and may_hold_texts(path) and _walked(path, scope):
                unread[absolute_path(path)] = None
    for error in failed:
        raise file_error("cannot be opened", error, _name(str(error.filename)))
    if not count:
        raise TermcheckError(
            "no files to check in this directory",
            path=_name(top),
            advice=f"files ending in {', '.join(ENDINGS)} are checked, unless `exclude` leaves them out",
        )


def _join(folder: str, name: str) -> str:
    return f"{folder.replace(os.sep, '/').rstrip('/')}/{name}"


def _walked(path: str, scope: Scope) -> bool:
    if path.rpartition("/")[2].startswith("."):
        return False
    absolute = absolute_path(path)
    return not any(glob.names(absolute) for glob in scope.exclude)


def _wanted(path: str, scope: Scope) -> bool:
    absolute = absolute_path(path)
    chosen = any(glob.matches(absolute) for glob in scope.include) if scope.include else is_readable(path)
    # A dangling link is included so that it is reported as unreadable; a pipe or socket would block.
    return chosen and not _is_ours(path, scope) and (_is_file(path) or _is_link(path))


def _is_ours(path: str, scope: Scope) -> bool:
    if path.replace(os.sep, "/").rpartition("/")[2] in (*GLOSSARY_NAMES, *CONFIG_NAMES):
        return True
    return absolute_path(path) in map(absolute_path, scope.glossaries)


def _excluded(path: str, scope: Scope) -> bool:
    absolute = absolute_path(path)
    return any(glob.matches(absolute) for glob in scope.exclude)


def _job(name: str, scope: Scope, data: bytes | None = None) -> Job:
    """The job of one file, alone or with the other half that a pattern finds."""
    halves = [half for pattern in scope.pairs for half in pattern.halves(absolute_path(name))]
    if not halves or name == STDIN:
        return Job(name, name, data=data)
    # `a.en.md` fits both halves of `{name}.md : {name}.en.md`; the other file that exists decides.
    half = max(halves, key=lambda half: (_exists(half.other), half.literals))
    other = _name_like(half.other, name)
    if not _exists(half.other):
        missing_side = Side.TARGET if half.side is Side.SOURCE else Side.SOURCE
        return Job(name, name, data=data, missing=other, missing_side=missing_side)
    return _paired(name, other, half, data)


def _paired(name: str, other: str, half: Half, data: bytes | None) -> Job:
    if half.side is Side.SOURCE:
        return Job(name, name, other, other, data=data)
    return Job(other, other, name, name, target_data=data)


def _identity(job: Job) -> tuple[str, str]:
    return absolute_path(job.source), absolute_path(job.target) if job.target else ""


def _name(path: str) -> str:
    return re.sub(r"^(\./+)+", "", path.replace(os.sep, "/")) or path


def _name_like(absolute: str, name: str) -> str:
    """An absolute path as the user wrote `name`: absolute, or relative to the working directory."""
    if os.path.isabs(name):  # noqa: PTH117 - a string goes in and comes out
        return absolute
    try:
        return os.path.relpath(absolute).replace(os.sep, "/")
    except ValueError:  # another drive
        return absolute


def _with_glossaries(found: Found, scope: Scope) -> Found:
    """Give each job its glossaries; jobs without a glossary are dropped, with one error for all of them."""
    if scope.glossaries:
        return replace(found, jobs=tuple(replace(job, glossaries=scope.glossaries) for job in found.jobs))
    jobs, without = [], []
    in_directory = functools.cache(lambda directory: nearest_glossary(f"{directory}/"))
    for job in found.jobs:
        nearest = in_directory(absolute_path(job.source).rpartition("/")[0])
        if nearest:
            jobs.append(replace(job, glossaries=(_name_like(nearest, job.source_name),)))
        else:
            without.append(job.source_name)
    errors = found.errors
    if without:
        others = f" (nor for {len(without) - 1} more)" if len(without) > 1 else ""
        errors += (
            TermcheckError(
                f"no glossary.yaml in its directory or above it{others}",
                path=without[0],
                advice="name one with --glossary, or let `termcheck init` write a first one",
            ),
        )
    return replace(found, jobs=tuple(jobs), errors=errors)
