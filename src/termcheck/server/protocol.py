"""What the server makes of messages that the protocol does not allow: it answers with an error and goes on.

A client may be faulty, and a stray line of another program may come between its messages.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import Any, BinaryIO

from lsprotocol import types as lsp
from lsprotocol.types import INITIALIZE, ErrorCodes, ResponseError
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol, lsp_method

_Steps = Generator[Any, Any, None]

_LENGTH = re.compile(rb"content-length:[ \t]*(\d{1,10})\s*\Z", re.IGNORECASE)
# The first bytes of a longer line are enough to tell that it is no header.
_LONGEST_LINE = 1 << 16


class Protocol(LanguageServerProtocol):
    """The protocol of pygls, which also answers requests that it cannot understand or that come too early."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message in an object; raises UnreadableError if it does not have the form of its method."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            method = data.get("method")
            is_wrong = isinstance(error, JsonRpcInvalidParams) and isinstance(method, str)
            code = ErrorCodes.InvalidParams if is_wrong else ErrorCodes.InvalidRequest
            what = (
                f"the parameters of {method} are not as the protocol has them" if is_wrong else "no message"
            )
            is_request = "id" in data and "method" in data
            raise UnreadableError(what, code, data["id"] if is_request else None) from None

    def handle_message(self, message: Any) -> None:
        """Handle a message; before `initialize` requests are errors, and notifications count for nothing."""
        method = getattr(message, "method", "")
        if not hasattr(message, "jsonrpc"):
            raise UnreadableError("no message", ErrorCodes.InvalidRequest)
        if self._workspace is None and method and method not in (INITIALIZE, "exit"):
            if hasattr(message, "id"):
                self.refuse(message.id, ErrorCodes.ServerNotInitialized, f"{method} came before initialize")
            return
        super().handle_message(message)

    # pygls would keep every text a second time, and take each change apart into lines.

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> _Steps:
        """Leave the text to the handler."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> _Steps:
        """Leave the change to the handler."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> _Steps:
        """Leave closing to the handler."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    def _execute_handler(
        self, msg_id: Any, handler: Any, callback: Any, args: Any = None, kwargs: Any = None
    ) -> None:
        """Run a handler, and forget its future at the end, which pygls keeps for each notification."""

        def done(future: Any) -> None:
            self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, done, args, kwargs)

    @property
    def is_shut_down(self) -> bool:
        """Whether the client has asked the server to shut down."""
        return self._shutdown

    def refuse(self, number: Any, code: ErrorCodes, message: str) -> None:
        """Answer a request with an error; `number` is None if it is not known which request it is."""
        self._send_response(number, error=ResponseError(code.value, message))


class UnreadableError(Exception):
    """Something came that is no message; `number` is the id of the request, if it is one."""

    def __init__(self, message: str, code: ErrorCodes, number: Any = None) -> None:
        super().__init__(message)
        self.code, self.number = code, number


class Frames:
    """The input of the server, in which only the headers that give a length are read; others are left out.

    What is no header is skipped up to the next one, so one broken message does not spoil the ones behind it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._in_header = False

    def readline(self) -> bytes:
        """The next header as pygls wants it, or the empty line behind it; nothing at the end of the input."""
        while line := self._stream.readline(_LONGEST_LINE):
            if found := _LENGTH.search(line):
                self._in_header = True
                return b"Content-Length: %s\r\n" % found[1]
            if not line.strip() and self._in_header:
                self._in_header = False
                return b"\r\n"
        return b""

    def read(self, size: int) -> bytes:
        """The next bytes; fewer at the end of the input."""
        return self._stream.read(size)
