"""The state of one connection: open texts, what was found in them, and when each is checked again.

All checks run in one thread beside the loop that answers the client, so the client never waits for them to
read what it sends. A change is answered from an excerpt of the text if the text is long; the whole text is
checked once typing pauses.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

from lsprotocol.types import Diagnostic
from msgspec.structs import replace
from pygls.uris import from_fs_path, to_fs_path

from termcheck.globs import absolute_path
from termcheck.jobs import Job
from termcheck.model import TermcheckError
from termcheck.plain_files import read_plain
from termcheck.readers.encoding import decode
from termcheck.server.diagnostics import diagnostic, diagnostic_of_error
from termcheck.server.excerpt import excerpt
from termcheck.server.lines import Lines
from termcheck.server.open_text import OpenText
from termcheck.server.project import Project, Work
from termcheck.server.results import Result, Results, key_of
from termcheck.walking import is_ours

log = logging.getLogger(__name__)

# Seconds after the last change: until an excerpt or a short text is checked, and until a long text is.
_SOON, _PAUSE = 0.03, 0.7
# A text of fewer characters is checked whole within the time in which nobody notices a delay.
_SHORT = 60_000

T = TypeVar("T")


class Session:
    """The open texts by their absolute paths, and the results of their checks.

    `show` is called, in the loop, with the address of a file and its diagnostics, and `say` with a message.
    """

    def __init__(
        self,
        show: Callable[[str, list[Diagnostic], int | None], None],
        say: Callable[[str], None],
        documentation: str = "",
    ) -> None:
        self.texts: dict[str, OpenText] = {}
        self.results = Results()
        self.encoding = "utf-16"
        self.documentation = documentation
        self.given: Mapping[str, object] = {}
        self._show, self._say = show, say
        self._project: Project | None = None
        self._worker = ThreadPoolExecutor(1, "termcheck")
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._checked: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def in_worker(self, work: Callable[..., T], *values: Any) -> T:
        """The result of a function that runs in the thread of the checks."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, work, *values)

    def project(self) -> Project:
        """The configurations and glossaries; raises TermcheckError if they are faulty."""
        if self._project is None:
            self._project = Project(self.given, self.texts)
        return self._project

    def configure(self, given: Mapping[str, object]) -> None:
        """Take other settings of the client, and check all texts with them."""
        self.given, self._project = given, None
        self.check_all()

    def text_at(self, uri: str) -> OpenText | None:
        """The open text at an address."""
        return self.texts.get(path_of(uri))

    def open(self, uri: str, version: int, text: str) -> None:
        """A text is opened."""
        path = path_of(uri)
        if path:
            self.texts[path] = OpenText(uri, path, version, Lines.of(text, self.encoding))
            self._start(path)

    def changed(self, path: str) -> None:
        """An open text has changed, which is checked soon."""
        long = len(self.texts[path].lines.text) > _SHORT
        self._after(path, _SOON, quick=long)
        if long:
            self._after(path, _PAUSE)

    def close(self, uri: str) -> None:
        """A text is closed; its findings are shown on if it is the other half of an open one."""
        path = path_of(uri)
        if self.texts.pop(path, None) is None:
            return
        self._checked.pop(path, None)
        for key in (path, f"{path}\0quick"):
            if timer := self._timers.pop(key, None):
                timer.cancel()
        open_jobs = [key for key in self.results.jobs if any(name in self.texts for name in key)]
        for shown in {path, *self.results.keep(path, open_jobs)}:
            self.publish(shown)

    def check_all(self) -> None:
        """Check all open texts again, because something that they depend on has changed."""
        for path in self.texts:
            self._start(path)

    def check_dependents(self, paths: Iterable[str]) -> None:
        """Check the open texts again whose other halves are at these paths, and have changed on disk."""
        changed = set(paths)
        for path in self.texts:
            if any(path in key and not changed.isdisjoint(key) for key in self.results.jobs):
                self._start(path)

    async def settled(self) -> None:
        """Wait until nothing is waiting to be checked."""
        while self._tasks or self._timers:
            await asyncio.sleep(0.005)

    def publish(self, path: str) -> None:
        """Show the diagnostics of a file as they are now."""
        text = self.texts.get(path)
        uri = text.uri if text else from_fs_path(path) or ""
        self._show(uri, self.diagnostics(path), text.version if text else None)

    def diagnostics(self, path: str) -> list[Diagnostic]:
        """The diagnostics of a file."""
        lines = self.lines_at(path)
        if lines is None:
            return []
        find = cache(self._find)
        found = [
            diagnostic(finding, lines, find, self.documentation) for finding in self.results.findings(path)
        ]
        return [*(diagnostic_of_error(error, lines) for error in self.results.errors(path)), *found]

    def lines_at(self, path: str) -> Lines | None:
        """The lines of a text that is open, or that was checked as the other half of one, or a glossary."""
        if text := self.texts.get(path):
            return text.lines
        raw = self.results.text(path)
        if raw is None:
            try:
                raw = decode(read_plain(path), path, None)
            except (OSError, TermcheckError):
                return None
        return Lines.of(raw, self.encoding)

    def _find(self, name: str) -> tuple[str, Lines] | None:
        path = absolute_path(name)
        lines = self.lines_at(path)
        return (from_fs_path(path) or "", lines) if lines else None

    def _after(self, path: str, seconds: float, *, quick: bool = False) -> None:
        """Check a text when nothing has changed for some time."""
        key = f"{path}\0quick" if quick else path
        if timer := self._timers.get(key):
            timer.cancel()

        def start() -> None:
            self._timers.pop(key, None)
            if path in self.texts:
                self._start(path, quick=quick)

        self._timers[key] = asyncio.get_running_loop().call_later(seconds, start)

    def _start(self, path: str, *, quick: bool = False) -> None:
        task = asyncio.get_running_loop().create_task(self._run(path, quick=quick))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, path: str, *, quick: bool) -> None:
        """Check a text, and show what was found unless the text has changed meanwhile."""
        text = self.texts.get(path)
        if text is None:
            return
        text = replace(text)
        try:
            check = self._check_excerpt if quick else self._check
            shown = await self.in_worker(check, text)
        except Exception as error:
            # A mistake in one check must not end the server, and with it all others.
            log.exception("the check of %s failed", path)
            self._say(f"termcheck: the check of {path} failed: {type(error).__name__}: {error}")
            return
        if path in self.texts and self.texts[path].version == text.version:
            for one in shown:
                self.publish(one)

    def _check(self, text: OpenText) -> set[str]:
        """Check a text and its other halves; gives the paths of the files whose findings may be others."""
        try:
            project = self.project()
            if self._is_glossary(text, project):
                return self._check_glossary(text, project)
            work = project.work(text)
        except TermcheckError as error:
            return self._put_errors(text, (error,))
        shown = self.results.keep(text.path, map(key_of, work.jobs))
        if work.errors:
            shown |= self._put_errors(text, work.errors)
        for job in work.jobs:
            shown |= self._check_job(job, work, project)
        self._checked[text.path] = text.lines.text
        return {*shown, text.path}

    def _check_job(self, job: Job, work: Work, project: Project) -> set[str]:
        key = key_of(job)
        paths = {path for path in key if path}
        try:
            result = Result.of(project.check(job, work.settings), paths)
        except TermcheckError as error:
            result = Result({path: [] for path in paths}, {}, {})
            result.add_errors((error,))
        self.results.put(key, result)
        for notice in result.notices:
            log.info("%s", notice)
        return paths

    def _check_excerpt(self, text: OpenText) -> set[str]:
        """Check what is around a change; nothing changes if only a check of the whole text can tell."""
        checked = self._checked.get(text.path)
        part = excerpt(checked, text.lines.text) if checked is not None else None
        if part is None:
            return set()
        project = self.project()
        work = project.work(replace(text, lines=Lines.of(part.text, "")))
        job = work.jobs[0] if len(work.jobs) == 1 else None
        form = project.format_of(job, work.settings) if job else None
        if job is None or job.target is not None or form is None or form.rows or form.binary:
            return set()
        old, report = self.results.get(key_of(job)), project.check(job, work.settings)
        if old is None or not report.coverage.pairs:
            return set()
        new = Result.of(report, (text.path,)).findings[text.path]
        merged = list(part.merged(old.findings.get(text.path, ()), new))
        self.results.put(key_of(job), Result({text.path: merged}, old.errors, {text.path: text.lines.text}))
        self._checked[text.path] = text.lines.text
        return {text.path}

    def _is_glossary(self, text: OpenText, project: Project) -> bool:
        return is_ours(text.name, project.scope_at(text.path))

    def _check_glossary(self, text: OpenText, project: Project) -> set[str]:
        key = (text.path, "")
        shown = self.results.keep(text.path, (key,))
        if text.path.endswith(".toml"):
            return shown
        try:
            result = Result.of(project.check_glossary(text), (text.path,))
        except TermcheckError as error:
            result = Result({text.path: []}, {}, {})
            result.add_errors((error, *error.others))
        self.results.put(key, result)
        return {*shown, text.path}

    def _put_errors(self, text: OpenText, errors: Iterable[TermcheckError]) -> set[str]:
        result = Result({text.path: []}, {}, {})
        result.add_errors(errors)
        self.results.put((text.path, ""), result)
        return {text.path}


def path_of(uri: str) -> str:
    """The absolute path of an address; empty if it is not one of a file."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return absolute_path(path) if path else ""
