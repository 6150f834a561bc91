"""A client that sends the bytes that a test gives it, well-formed or not, and reads what comes back."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from conftest import COMMAND, environment

SECONDS = 60


class BareClient:
    """A running server; `messages` are what it has sent and nobody has read yet."""

    def __init__(self, folder: Path, command: Sequence[str] = COMMAND) -> None:
        self.folder = folder
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            list(command), cwd=folder, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe
        )
        self.messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self.skipped: list[dict[str, Any]] = []
        self.errors: list[bytes] = []
        self.threads = [
            threading.Thread(target=work, daemon=True) for work in (self._read, self._read_errors)
        ]
        for thread in self.threads:
            thread.start()

    def write(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def body(self, data: bytes) -> None:
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))

    def send(self, method: str, params: Any = None, **more: Any) -> None:
        self.body(json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode())

    def until(self, condition: Any) -> dict[str, Any]:
        """The next message that meets a condition; others are put by in `skipped`."""
        while True:
            message = self.messages.get(timeout=SECONDS)
            if condition(message):
                return message
            self.skipped.append(message)

    def ask(self, number: int, method: str, params: Any = None) -> dict[str, Any]:
        self.send(method, params, id=number)
        return self.until(lambda message: message.get("id") == number and "method" not in message)

    def initialize(self, **params: Any) -> dict[str, Any]:
        folder = self.folder.as_uri()
        given = {"processId": None, "rootUri": folder, "capabilities": {}, **params}
        answer = self.ask(0, "initialize", given)
        self.send("initialized", {})
        return answer

    def open(self, name: str, text: str) -> None:
        item = {"uri": (self.folder / name).as_uri(), "languageId": "plaintext", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": item})

    def shown(self, name: str) -> list[str]:
        """The codes of the next diagnostics of a file."""
        uri = (self.folder / name).as_uri()
        message = self.until(
            lambda one: one.get("method") == "textDocument/publishDiagnostics" and one["params"]["uri"] == uri
        )
        return [one.get("code") or one["message"] for one in message["params"]["diagnostics"]]

    def end(self) -> int:
        """Close the connection, as a client does that dies; gives the exit code."""
        assert self.process.stdin
        self.process.stdin.close()
        return self.process.wait(SECONDS)

    def stderr(self) -> str:
        self.threads[1].join(SECONDS)
        return b"".join(self.errors).decode()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream
        while header := stream.readline():
            if header.startswith(b"Content-Length:"):
                length = int(header.split(b":")[1])
                while stream.readline().strip():
                    pass
                self.messages.put(json.loads(stream.read(length)))

    def _read_errors(self) -> None:
        assert self.process.stderr
        self.errors.extend(self.process.stderr)


@contextmanager
def bare_client(folder: Path, command: Sequence[str] = COMMAND) -> Iterator[BareClient]:
    """A server in a folder, which ends with the test."""
    client = BareClient(folder, command)
    try:
        yield client
    finally:
        client.process.kill()
        client.process.wait()
        for stream in (client.process.stdin, client.process.stdout, client.process.stderr):
            if stream and not stream.closed:
                with suppress(BrokenPipeError):
                    stream.close()
