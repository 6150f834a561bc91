"""From the paths on the command line to the jobs of a run; each job is a file or a pair of files.

Everything that depends on which files exist is decided here once, so that later steps only open the files
they are given. A missing path is reported beside the jobs and does not replace them: the other texts are
still checked.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from termcheck.globs import absolute_path, name_of, named_like
from termcheck.jobs import Found, Job
from termcheck.model import Side, TermcheckError
from termcheck.named_files import STDIN, not_a_file, piped
from termcheck.readers import ENDINGS, WALKED_ENDINGS, ending_of
from termcheck.scope import Scope, ScopeAt, excluded
from termcheck.trust import is_below, is_there, nearest_own, real_path
from termcheck.walking import GLOSSARY_NAMES, NoFilesError, Search, is_chosen, is_ours, walk

if TYPE_CHECKING:
    from termcheck.counterparts import Counterpart

# Blanks, and what byte order marks consist of.
_BLANK_BYTES = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"


def discover(
    paths: Sequence[str],
    scope: Scope | ScopeAt,
    *,
    stdin: Callable[[], bytes] | None = None,
    stdin_name: str = "",
) -> Found:
    """Jobs for files, directories and `-`.

    Directories are walked without links to directories. Each file and each pair comes once, however often it
    is named. The `scope` is the same everywhere, or depends on the directory. `stdin` is called if `-` is
    among the paths, and `stdin_name` is the name of the file that standard input stands for.
    """
    jobs: dict[tuple[str, str], Job] = {}
    errors: list[TermcheckError] = []
    empty: list[str] = []
    left_out = 0
    search = _search(scope)
    for path in paths:
        try:
            for job in _jobs(path, search, stdin, stdin_name):
                if job is None:
                    left_out += 1
                elif job.named and not jobs.setdefault(_identity(job), job).named:
                    jobs[_identity(job)] = job
                else:
                    jobs.setdefault(_identity(job), job)
        except NoFilesError as error:
            # A hook runs where there are no texts yet, too.
            if search.scope_in(absolute_path(path)).force_exclude:
                empty.append(f"{error.path}: {error.message}")
            else:
                errors.append(error)
        except TermcheckError as error:
            errors.append(error)
    errors += search.errors.values()
    # A faulty configuration is met with each file that it holds for.
    errors = list({str(error): error for error in errors}.values())
    errors += (error for counterparts in search.all_counterparts() for error in counterparts.errors)
    linked = tuple(_left_out(search.linked, paths, jobs)) if search.linked else ()
    found = Found(
        jobs=tuple(jobs.values()),
        errors=tuple(errors),
        excluded=left_out,
        unread=tuple(search.unread),
        linked=linked,
        dangling=tuple(search.dangling),
        special=tuple(search.special),
        empty=tuple(empty),
        unfit=tuple(_unfit(search)),
    )
    return _with_glossaries(found, search)


def _search(scope: Scope | ScopeAt) -> Search:
    return Search((lambda _: scope) if isinstance(scope, Scope) else scope)


def _unfit(search: Search) -> Iterator[str]:
    if search.walked and any(search.all_counterparts()):
        from termcheck.unfit_pairs import unfit_entries

        yield from unfit_entries(search)


def _left_out(links: Iterable[str], paths: Iterable[str], jobs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The links to directories whose texts no path on the command line and no pair leads to."""
    tops = [real_path(path) for path in paths if path != STDIN]
    files = [file for pair in jobs for file in pair]
    for link in links:
        checked = any(is_below(real_path(link), top) for top in tops)
        if not checked and not any(is_below(file, link) for file in files):
            yield link


def discover_pair(
    source: str, target: str, scope: Scope | ScopeAt, *, stdin: Callable[[], bytes] | None = None
) -> Found:
    """The job of `--source FILE --target FILE`; either file may be `-`."""
    errors = [error for path in (source, target) for error in not_a_file(path)]
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
    try:
        data, target_data = piped(source), piped(target)
    except TermcheckError as error:
        return Found((), (error,))
    job = Job(source, name_of(source), target, name_of(target), data=data, target_data=target_data)
    if stdin and STDIN in (source, target):
        data = stdin()
        job = replace(job, data=data) if source == STDIN else replace(job, target_data=data)
    search = _search(scope)
    try:
        config = search.scope_of(target if source == STDIN else source).config
    except TermcheckError as error:
        return Found((), (error,))
    return _with_glossaries(Found((replace(job, config=config),)), search)


def _glossary_in(folder: str) -> str:
    """The `glossary.yaml` or `.yml` in a directory, which has a slash at its end; empty if there is none."""
    return next((folder + name for name in GLOSSARY_NAMES if is_there(folder + name)), "")


def nearest_glossary(directory: str, look: Callable[[str], str] = _glossary_in) -> str:
    """The nearest `glossary.yaml` or `.yml` in a directory or above it; empty if there is none.

    The result is an absolute path with forward slashes. `look` may remember what is in a directory. Raises
    TermcheckError if the file cannot be opened, or belongs to somebody else.
    """
    return nearest_own(directory, look, "--glossary")


def _jobs(
    path: str, search: Search, stdin: Callable[[], bytes] | None, stdin_name: str
) -> Iterator[Job | None]:
    """The jobs that one path leads to; None for a named file that is left out."""
    if path == STDIN:
        name = name_of(stdin_name) or STDIN
        is_hook = bool(stdin_name) and search.scope_of(name).force_exclude
        if is_hook and excluded(stdin_name, search.scope_at):
            yield None
        elif stdin is not None:
            data = stdin()
            # An empty buffer of an editor is no mistake.
            named = not is_hook and bool(data.strip(_BLANK_BYTES))
            yield from _jobs_of_file(name, search, data, named=named)
    elif os.path.isdir(path):  # noqa: PTH112 - false for a path that is malformed
        top = search.scope_in(absolute_path(path))
        if top.force_exclude and excluded(path, search.scope_at):
            yield None
            return
        search.walked[absolute_path(path)] = None
        search.counterparts(top)
        for file in walk(path, search):
            yield from _jobs_of_file(file, search, named=False)
        for counterparts in search.all_counterparts():
            for error in counterparts.lost_pairs(absolute_path(path)):
                raise error
    else:
        yield from _named(path, search)


def _named(path: str, search: Search) -> Iterator[Job | None]:
    for error in not_a_file(path):
        raise error
    scope = search.scope_of(path)
    ours = is_ours(path, scope)
    if scope.force_exclude and excluded(path, search.scope_at):
        yield None
    elif ours and scope.dependents:
        yield from _all_here(search)
    elif ours and scope.force_exclude:
        # A hook names whatever has changed, and glossaries as well.
        yield None
    elif scope.force_exclude and not _is_text(path, scope, search):
        yield None
    elif ours:
        raise TermcheckError(
            "is a glossary or a config, not a text to check",
            path=name_of(path),
            advice="`termcheck glossary check` checks a glossary",
        )
    else:
        yield from _jobs_of_file(name_of(path), search, piped(path), named=not scope.force_exclude)


def _is_text(path: str, scope: Scope, search: Search) -> bool:
    """Whether a file that a hook names is a text: its ending may belong to many other files."""
    ending = ending_of(path)
    return ending not in ENDINGS or ending in WALKED_ENDINGS or is_chosen(absolute_path(path), scope, search)


def _all_here(search: Search) -> Iterator[Job]:
    """The jobs of all texts below the working directory, which a glossary or a config file may be about."""
    with contextlib.suppress(NoFilesError):
        for file in walk(".", search):
            yield from _jobs_of_file(file, search, named=False)


def _jobs_of_file(name: str, search: Search, data: bytes | None = None, *, named: bool) -> Iterator[Job]:
    """The jobs of one file: alone, or one with each of its counterparts."""
    scope = search.scope_of(name)
    counterparts = search.counterparts(scope)
    found = counterparts.of(absolute_path(name)) if counterparts and name != STDIN else []
    if counterparts is None or not found:
        yield Job(name, name, data=data, named=named, config=scope.config)
        return
    for counterpart in found:
        job = _paired(name, counterpart, data)
        shared = [counterparts.count(absolute_path(path)) for path in (job.source_name, job.target_name)]
        job = replace(
            job,
            source_lang=counterpart.source_lang,
            target_lang=counterpart.target_lang,
            lang_from_path=counterpart.lang_from_path,
            tags=counterpart.tags,
            shared=(shared[0], shared[1]) if job.target else (1, 1),
            named=named,
            config=scope.config,
        )
        yield _of_source(job, search) if job.target else job


def _of_source(job: Job, search: Search) -> Job:
    """A pair with the configuration of its source, if that names the pair, too.

    Otherwise the configuration would depend on which half is met first.
    """
    if search.scope_of(job.source_name).config == job.config:
        return job
    for other in _jobs_of_file(job.source_name, search, named=job.named):
        if _identity(other) == _identity(job):
            return replace(other, data=job.data, target_data=job.target_data)
    return job


def _paired(name: str, counterpart: Counterpart, data: bytes | None) -> Job:
    is_source = counterpart.side is Side.SOURCE
    is_path = os.path.isabs(counterpart.other)  # noqa: PTH117 - words may stand for what is missing
    other = named_like(counterpart.other, name) if is_path else counterpart.other
    if not counterpart.exists:
        missing_side = Side.TARGET if is_source else Side.SOURCE
        return Job(name, name, data=data, missing=other, missing_side=missing_side)
    if is_source:
        return Job(name, name, other, other, data=data)
    return Job(other, other, name, name, target_data=data)


def _identity(job: Job) -> tuple[str, str]:
    return absolute_path(job.source), absolute_path(job.target) if job.target else job.missing


def _with_glossaries(found: Found, search: Search) -> Found:
    """Give each job its glossaries; jobs without a glossary are dropped, with one error for all of them."""
    jobs, without = [], []
    refused: dict[str, TermcheckError] = {}
    look = functools.cache(_glossary_in)
    in_directory = functools.cache(lambda directory: nearest_glossary(directory, look))
    for job in found.jobs:
        scope = search.scopes[job.config]
        if scope.without_glossary:
            jobs.append(job)
            continue
        glossaries = scope.glossaries
        if glossaries:
            jobs.append(replace(job, glossaries=glossaries))
            continue
        try:
            nearest = in_directory(absolute_path(job.source).rpartition("/")[0] or "/")
        except TermcheckError as error:
            refused.setdefault(str(error), error)
            continue
        if nearest:
            jobs.append(replace(job, glossaries=(named_like(nearest, job.source_name),)))
        else:
            without.append(job.source_name)
    errors = (*found.errors, *refused.values())
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
