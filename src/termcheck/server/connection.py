"""The connection to one client, which every handler of a request gets as its first argument."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TypeVar

from lsprotocol.types import (
    Diagnostic,
    ErrorCodes,
    MessageType,
    Position,
    PublishDiagnosticsParams,
    ShowMessageParams,
    TextDocumentSyncKind,
)
from pygls.exceptions import FeatureRequestError, JsonRpcException, JsonRpcMethodNotFound
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from termcheck import __version__
from termcheck.globs import absolute_path
from termcheck.model import TermcheckError
from termcheck.server.lookup import Lookup
from termcheck.server.open_text import OpenText
from termcheck.server.pair_at import PairAt
from termcheck.server.project import without_faulty
from termcheck.server.protocol import Protocol, UnreadableError
from termcheck.server.session import Session

log = logging.getLogger(__name__)

T = TypeVar("T")


class Connection(LanguageServer):
    """The server of one client. `session` holds the open texts and what was found in them.

    `hints`: the client wants to see the renderings that are owed beside their terms.
    """

    protocol: Protocol

    def __init__(self, documentation: str = "") -> None:
        super().__init__("termcheck", __version__, TextDocumentSyncKind.Incremental, protocol_cls=Protocol)
        self.session = Session(self._show, self.say, documentation)
        self.hints = False
        self._lookup: Lookup | None = None

    def take_options(self, options: object) -> None:
        """Take the options of the client: settings by the keys of `termcheck.toml`, and `inlay-hints`."""
        given = options.get("termcheck", options) if isinstance(options, Mapping) else {}
        settings = dict(given) if isinstance(given, Mapping) else {}
        self.hints = bool(settings.pop("inlay-hints", False))
        self._lookup = None
        usable, errors = without_faulty(settings)
        self.session.configure(usable)
        for error in errors:
            self.say(f"termcheck: {error}" + (f"; {error.advice}" if error.advice else ""))

    def forget(self) -> None:
        """Read configurations and glossaries again, and check all texts with them."""
        self._lookup = None
        self.session.configure(self.session.given)

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics itself, so that none are sent to it unasked."""
        documents = self.client_capabilities.text_document
        return documents is not None and documents.diagnostic is not None

    @property
    def folders(self) -> list[str]:
        """The absolute paths of the directories of the workspace; the working directory if it has none."""
        found = [to_fs_path(uri) for uri in self.workspace.folders]
        return [absolute_path(path) for path in found if path] or [absolute_path(".")]

    async def pair_at(self, uri: str, position: Position) -> tuple[OpenText, PairAt, int] | None:
        """The open text at an address with the pair and the offset at a position; None if there is none."""
        text = self.session.text_at(uri)
        if text is None:
            return None
        found = await self.look_up(lambda lookup: lookup.at(text, position), None)
        return (text, *found) if found else None

    async def look_up(self, question: Callable[[Lookup], T], otherwise: T) -> T:
        """The answer to a question; `otherwise` if the configuration or the glossary is faulty.

        A faulty one has a diagnostic of its own.
        """
        return await self.session.in_worker(self._answer, question, otherwise)

    def say(self, message: str) -> None:
        """Show an error to the user."""
        self.window_show_message(ShowMessageParams(MessageType.Error, message))

    def report_server_error(self, error: Exception, source: object) -> None:
        """Tell the client of a message that cannot be read, and the user of a mistake of the server."""
        if isinstance(error, UnreadableError):
            log.warning("%s", error)
            self.protocol.refuse(error.number, error.code, str(error))
        elif isinstance(error, (ValueError, RecursionError)) and source is JsonRpcException:
            # What is no JSON, no text in Unicode, or nested too deep.
            log.warning("a message is no JSON: %s", error)
            self.protocol.refuse(None, ErrorCodes.ParseError, "the message is no JSON")
        elif not isinstance(error, JsonRpcMethodNotFound):
            log.error("%s", error, exc_info=error)
            if source is not FeatureRequestError:
                self.say(f"termcheck made a mistake: {error}")

    def _answer(self, question: Callable[[Lookup], T], otherwise: T) -> T:
        try:
            project = self.session.project()
            if self._lookup is None:
                self._lookup = Lookup(project, self.session.encoding)
            return question(self._lookup)
        except TermcheckError:
            return otherwise

    def _show(self, uri: str, diagnostics: list[Diagnostic], version: int | None) -> None:
        if self.pulls:
            self.workspace_diagnostic_refresh(None)
        else:
            self.text_document_publish_diagnostics(PublishDiagnosticsParams(uri, diagnostics, version))
