"""Shows in the editor that something takes long, if the editor can show it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from lsprotocol.types import ProgressToken, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from termcheck.server.connection import Connection

# Seconds after which work counts as long.
_LONG = 1.0


class Work:
    """Work that is going on. It may be told how far it is, and asked whether to go on, from any thread."""

    def __init__(self, ls: Connection, token: ProgressToken | None) -> None:
        self._ls, self._token = ls, token
        self._loop = asyncio.get_running_loop()
        self._is_shown = self._is_over = False

    def done(self, part: int, whole: int) -> bool:
        """Say how many parts are done; gives whether somebody still wants the rest."""
        self._loop.call_soon_threadsafe(self._report, part, whole)
        return not self._is_over

    async def begin(self, title: str) -> None:
        """Show it: at once if the client has given a token for it, else if it takes long."""
        if self._token is None:
            await asyncio.sleep(_LONG)
            window = self._ls.client_capabilities.window
            if window is None or not window.work_done_progress:
                return
            token = str(uuid.uuid4())
            with suppress(JsonRpcException):
                await self._ls.work_done_progress.create_async(token)
                self._token = token
        if self._token is not None:
            begin = WorkDoneProgressBegin(title, cancellable=False, percentage=0)
            self._ls.work_done_progress.begin(self._token, begin)
            self._is_shown = True

    def end(self) -> None:
        """Take it away again; work in another thread that is not done stops soon."""
        self._is_over = True
        if self._is_shown and self._token is not None:
            self._ls.work_done_progress.end(self._token, WorkDoneProgressEnd())
            self._ls.work_done_progress.tokens.pop(self._token, None)

    def _report(self, part: int, whole: int) -> None:
        if self._is_shown and self._token is not None and not self._is_over:
            report = WorkDoneProgressReport(message=f"{part} / {whole}", percentage=100 * part // whole)
            self._ls.work_done_progress.report(self._token, report)


@asynccontextmanager
async def shown(ls: Connection, title: str, token: ProgressToken | None = None) -> AsyncIterator[Work]:
    """Show work under a title until the block ends; `token` is that of the client, if it gave one."""
    work = Work(ls, token)
    task = asyncio.create_task(work.begin(title))
    try:
        yield work
    finally:
        if token is not None:
            await task
        task.cancel()
        work.end()
