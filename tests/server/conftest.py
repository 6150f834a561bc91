"""A connection to the real server over standard input and output, as an editor has it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types as lsp
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

SECONDS = 60
"""How long a test waits for an answer before it fails."""


class Editor:
    """What a test does as an editor: it opens, changes and asks about texts in a directory."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.versions: dict[str, int] = {}
        self.shown: dict[str, list[lsp.Diagnostic]] = {}
        self._news = asyncio.Event()
        self._latest: dict[str, int | None] = {}

        features = {**DEFAULT_CLIENT_FEATURES, lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: partial(self._show)}
        register_lsp_features(client, features)

    def _show(self, params: lsp.PublishDiagnosticsParams) -> None:
        self.shown[params.uri] = list(params.diagnostics)
        self._latest[params.uri] = params.version
        self._news.set()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def document(self, name: str) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier(self.uri(name))

    async def open(self, name: str, text: str | None = None) -> list[lsp.Diagnostic]:
        """Open a file, with an unsaved text if one is given; gives its diagnostics."""
        uri = self.uri(name)
        shown = text if text is not None else (self.folder / name).read_bytes().decode()
        self.versions[uri] = 1
        self.client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "plaintext", 1, shown))
        )
        return await self.diagnostics(name)

    def change(self, name: str, text: str, place: lsp.Range | None = None) -> None:
        """Replace the whole text of an open file, or what is in a range."""
        uri = self.uri(name)
        self.versions[uri] += 1
        change: lsp.TextDocumentContentChangeEvent = (
            lsp.TextDocumentContentChangePartial(place, text)
            if place
            else lsp.TextDocumentContentChangeWholeDocument(text)
        )
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(version=self.versions[uri], uri=uri), [change]
            )
        )

    async def diagnostics(self, name: str) -> list[lsp.Diagnostic]:
        """The diagnostics of an open file as it is now, once they have come."""
        uri = self.uri(name)
        async with asyncio.timeout(SECONDS):
            while self._latest.get(uri, 0) != self.versions.get(uri):
                self._news.clear()
                await self._news.wait()
        return self.shown[uri]

    async def until(self, name: str, *codes: str) -> list[lsp.Diagnostic]:
        """The diagnostics of a file as soon as they have these codes."""
        uri = self.uri(name)
        async with asyncio.timeout(SECONDS):
            while uri not in self.shown or tuple(str(one.code) for one in self.shown[uri]) != codes:
                self._news.clear()
                await self._news.wait()
        return self.shown[uri]

    def close(self, name: str) -> None:
        uri = self.uri(name)
        self._latest.pop(uri, None)
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))


COMMAND = [sys.executable, "-m", "termcheck", "server"]
SOURCES = str(Path(__file__).parents[2] / "src")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": SOURCES}


@pytest_asyncio.fixture
async def editor(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Editor]:
    """An editor in an empty directory; `indirect` parameters are the options of the client."""
    client = LanguageClient(converter_factory=default_converter)
    editor = Editor(client, tmp_path)
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        await client.start_io(*COMMAND, env=environment())
    finally:
        os.chdir(here)
    await client.initialize_session(
        lsp.InitializeParams(
            capabilities=lsp.ClientCapabilities(),
            root_uri=tmp_path.as_uri(),
            workspace_folders=[lsp.WorkspaceFolder(tmp_path.as_uri(), "texts")],
            initialization_options=getattr(request, "param", None),
        )
    )
    yield editor
    await client.shutdown_session()
