"""The language server: which handler answers which request of the protocol."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from lsprotocol import types as lsp

from termcheck.interrupts import catch_signals
from termcheck.server import actions, glossary_files, lifecycle, terms
from termcheck.server.connection import Connection
from termcheck.server.protocol import Frames

_DIAGNOSTICS = lsp.DiagnosticOptions(
    inter_file_dependencies=True, workspace_diagnostics=False, identifier="termcheck"
)
_ACTIONS = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, actions.FIX_ALL])

_HANDLERS: tuple[tuple[str, Callable[..., Any], Any], ...] = (
    (lsp.INITIALIZE, lifecycle.initialize, None),
    (lsp.INITIALIZED, lifecycle.initialized, None),
    (lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, lifecycle.configured, None),
    (lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, lifecycle.changed_on_disk, None),
    (lsp.TEXT_DOCUMENT_DID_OPEN, lifecycle.opened, None),
    (lsp.TEXT_DOCUMENT_DID_CHANGE, lifecycle.changed, None),
    (lsp.TEXT_DOCUMENT_DID_SAVE, lifecycle.saved, None),
    (lsp.TEXT_DOCUMENT_DID_CLOSE, lifecycle.closed, None),
    (lsp.TEXT_DOCUMENT_DIAGNOSTIC, lifecycle.pulled, _DIAGNOSTICS),
    (lsp.TEXT_DOCUMENT_HOVER, terms.hover, None),
    (lsp.TEXT_DOCUMENT_DEFINITION, terms.definition, None),
    (lsp.TEXT_DOCUMENT_REFERENCES, terms.references, None),
    (lsp.TEXT_DOCUMENT_COMPLETION, terms.completion, None),
    (lsp.TEXT_DOCUMENT_DOCUMENT_LINK, glossary_files.links, None),
    (lsp.TEXT_DOCUMENT_INLAY_HINT, terms.inlay_hints, None),
    (lsp.TEXT_DOCUMENT_CODE_ACTION, actions.code_actions, _ACTIONS),
)


def run(documentation: str = "") -> None:
    """Answer a client on standard input and output; `documentation` is the address of the documentation.

    Raises SystemExit with status 1 if the client went without a `shutdown` request, as the protocol says.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # The connection says itself what went wrong, without a traceback for each message that is faulty.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    catch_signals()
    server = Connection(documentation)
    for method, handler, options in _HANDLERS:
        server.feature(method, options)(handler)
    server.command(actions.OPEN_ENTRY)(actions.open_entry)
    # The server closes its streams in the end, and the process still wants to flush its own.
    with os.fdopen(os.dup(0), "rb") as reader, os.fdopen(os.dup(1), "wb") as writer:
        server.start_io(cast("BinaryIO", Frames(reader)), writer)
    if not server.protocol.is_shut_down:
        raise SystemExit(1)
