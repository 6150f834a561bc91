"""What the server checks: the texts of the editor, each with its configuration, glossaries and other half.

Configurations and glossaries are kept between checks, until one of their files changes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from termcheck import engine
from termcheck.config import Configurations, Settings
from termcheck.config_file import Layer
from termcheck.discovery import discover
from termcheck.engine import Glossaries, PreparedBitext
from termcheck.engine.prepare import read_options
from termcheck.globs import absolute_path
from termcheck.jobs import Job
from termcheck.model import Report, TermcheckError
from termcheck.options import OPTIONS, Place, read_option
from termcheck.readers import Format, format_at
from termcheck.scope import Scope
from termcheck.server.open_text import OpenText

_State = tuple[int, int]
"""What tells whether a file is as it was: when it was changed, in nanoseconds, and its size."""


class Work(Struct):
    """The jobs that a text belongs to, with the settings, and the errors that leave it without a job."""

    jobs: tuple[Job, ...]
    settings: Settings
    errors: tuple[TermcheckError, ...] = ()


class Project:
    """The configurations and glossaries of the texts in the editor; `given` are the settings of the client.

    Raises TermcheckError if a setting of the client or the configuration of the working directory is faulty.
    """

    def __init__(self, given: Mapping[str, object], texts: Mapping[str, OpenText]) -> None:
        config = given.get("config", "")
        self._named = config if isinstance(config, str) else ""
        # An editor opens files that `exclude` names, and a process of its own would be slow to start.
        own = {key: value for key, value in given.items() if key != "config"}
        self._upper = (_layer({**own, "force-exclude": True, "jobs": 1}),)
        self._texts = texts
        self._states: dict[str, _State | None] = {}
        self._configurations = self._read()
        self._glossaries: Glossaries | None = None

    def _read(self) -> Configurations:
        return Configurations(self._named, self._upper)

    def forget(self) -> None:
        """Read configurations and glossaries again before the next check."""
        self._configurations = self._read()
        self._glossaries = None
        self._states.clear()

    def work(self, text: OpenText) -> Work:
        """The jobs of a text: alone, or with each of its other halves."""
        if self._is_outdated():
            self.forget()
        found = discover(["-"], self._configurations.scopes(), stdin=lambda: text.data, stdin_name=text.name)
        settings = self._configurations.settings()
        # The text itself may be an excerpt of what the editor has.
        jobs = tuple(self._with_open_texts(job, text.path) for job in found.jobs)
        self._watch(self._files(jobs, settings))
        return Work(jobs, settings, found.errors)

    def all_jobs(self, top: str) -> tuple[tuple[Job, ...], Settings]:
        """The jobs of all texts below a directory, with the texts of the editor, and the settings."""
        found = discover([top], self._configurations.scopes())
        return tuple(map(self._with_open_texts, found.jobs)), self._configurations.settings()

    def scope_at(self, path: str) -> Scope:
        """The settings about files in the directory of a file."""
        return self._configurations.scopes()(path.rpartition("/")[0] or "/")

    def format_of(self, job: Job, settings: Settings) -> Format | None:
        """The format of the source of a job; None if it is not known."""
        return format_at(job.source_name, read_options(settings.of(job.config)))

    def check(self, job: Job, settings: Settings) -> Report:
        """The report on a job, as `termcheck check` would give it."""
        return engine.check([job], settings, glossaries=self._glossaries_for(settings))

    def prepared(self, job: Job, settings: Settings) -> PreparedBitext:
        """The aligned bitext of a job; TermcheckError if it cannot be read or holds no pairs."""
        glossaries = self._glossaries_for(settings)
        (checkable,) = engine.checkable([job], glossaries)[0] or (job,)
        return engine.prepare_job(checkable, settings.of(job.config), glossaries)

    def check_glossary(self, text: OpenText) -> Report:
        """The report on an open glossary, as `termcheck glossary check` would give it."""
        settings = self._configurations.at(text.path.rpartition("/")[0])
        piped = {**settings.piped, text.name: text.data}
        return engine.check_glossary([text.name], replace(settings, piped=piped))

    def _glossaries_for(self, settings: Settings) -> Glossaries:
        """The glossaries of the last check, unless the settings are others."""
        if self._glossaries is None or self._glossaries.settings != settings:
            self._glossaries = Glossaries(settings)
        return self._glossaries

    def _with_open_texts(self, job: Job, given: str = "") -> Job:
        """The same job with the texts of the editor in place of files; that of `given` is in it already."""
        if (source := self._other_text(job.source_name, given)) is not None:
            job = replace(job, data=source.data)
        if job.target is not None and (target := self._other_text(job.target_name, given)) is not None:
            job = replace(job, target_data=target.data)
        return job

    def _other_text(self, name: str, given: str) -> OpenText | None:
        path = absolute_path(name)
        return self._texts.get(path) if path != given else None

    def _files(self, jobs: Iterable[Job], settings: Settings) -> Iterator[str]:
        """The files on which the results depend, besides the texts."""
        for each in (settings, *settings.nested.values()):
            yield from filter(None, (each.config_path, *each.extended, each.baseline))
        for job in jobs:
            yield from job.glossaries

    def _watch(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._states.setdefault(absolute_path(path), _state(path))

    def _is_outdated(self) -> bool:
        return any(_state(path) != state for path, state in self._states.items())


def without_faulty(given: Mapping[str, object]) -> tuple[dict[str, object], list[TermcheckError]]:
    """The settings of the client that can be used, and what is wrong with the others."""
    usable: dict[str, object] = {}
    errors: list[TermcheckError] = []
    for key, value in given.items():
        try:
            _layer({key: value} if key != "config" else {})
        except TermcheckError as error:
            errors.append(error)
        else:
            usable[key] = value
    if not isinstance(usable.get("config", ""), str):
        errors.append(
            TermcheckError("the setting 'config' of the editor: expected the path of a config file")
        )
        del usable["config"]
    return usable, errors


def _layer(values: Mapping[str, object]) -> Layer:
    """The settings of the client, by the keys of `termcheck.toml`; paths are relative to the workspace."""
    root = absolute_path(".")
    read = {
        key: read_option(key, value, Place(root, called=f"the setting '{key}' of the editor"), OPTIONS)
        for key, value in values.items()
    }
    return Layer(read, root)


def _state(path: str) -> _State | None:
    """The state of a file; None if it is not there."""
    try:
        found = os.stat(path)  # noqa: PTH116 - done before each check
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
