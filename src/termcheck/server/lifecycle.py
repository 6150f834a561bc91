"""Handlers of what the client tells: its options, its texts, and the files that have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from termcheck.config_file import CONFIG_NAMES
from termcheck.server.session import path_of
from termcheck.walking import GLOSSARY_NAMES

if TYPE_CHECKING:
    from termcheck.server.connection import Connection


def initialize(ls: Connection, params: lsp.InitializeParams) -> None:
    """Take the options, and the encoding of positions that was agreed on."""
    agreed = ls.workspace.position_encoding or lsp.PositionEncodingKind.Utf16
    ls.session.encoding = lsp.PositionEncodingKind(agreed).value
    ls.take_options(params.initialization_options)


def initialized(ls: Connection, _: lsp.InitializedParams) -> None:
    """Ask the client to tell which files change on disk, if it can."""
    workspace = ls.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching is not None and watching.dynamic_registration:
        options = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher("**/*")])
        registration = lsp.Registration("watch", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(lsp.RegistrationParams([registration]))


def configured(ls: Connection, params: lsp.DidChangeConfigurationParams) -> None:
    """Take other options."""
    ls.take_options(params.settings)


async def changed_on_disk(ls: Connection, params: lsp.DidChangeWatchedFilesParams) -> None:
    """Check again what depends on the files; what the editor has open is told by the editor."""
    paths = [path_of(change.uri) for change in params.changes]
    if any(map(_is_setting, paths)):
        ls.forget()
    else:
        ls.session.check_dependents(path for path in paths if path not in ls.session.texts)


async def opened(ls: Connection, params: lsp.DidOpenTextDocumentParams) -> None:
    """Check a text."""
    document = params.text_document
    ls.session.open(document.uri, document.version, document.text)


async def changed(ls: Connection, params: lsp.DidChangeTextDocumentParams) -> None:
    """Check a text again, soon."""
    text = ls.session.text_at(params.text_document.uri)
    if text is not None:
        text.change(params.text_document.version, params.content_changes)
        ls.session.changed(text.path)


async def saved(ls: Connection, params: lsp.DidSaveTextDocumentParams) -> None:
    """A saved glossary or configuration counts for all texts."""
    if _is_setting(path_of(params.text_document.uri)):
        ls.forget()


async def closed(ls: Connection, params: lsp.DidCloseTextDocumentParams) -> None:
    """Forget a text."""
    ls.session.close(params.text_document.uri)


async def pulled(
    ls: Connection, params: lsp.DocumentDiagnosticParams
) -> lsp.RelatedFullDocumentDiagnosticReport:
    """The diagnostics of a text, once all that has changed is checked."""
    await ls.session.settled()
    found = ls.session.diagnostics(path_of(params.text_document.uri))
    return lsp.RelatedFullDocumentDiagnosticReport(found)


def _is_setting(path: str) -> bool:
    """Whether a file is a configuration or a glossary by its name."""
    return path.rpartition("/")[2] in (*CONFIG_NAMES, *GLOSSARY_NAMES)
