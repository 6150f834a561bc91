"""Whatever a client sends, and whatever becomes of its files, the server answers and goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bare_client import BareClient, bare_client

GLOSSARY = "languages: [zh, en]\nterms:\n  南海: {en: South China Sea, forbid: [South Sea]}\n"
TEXT = "南海的和平。\n\nPeace in the South Sea.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[BareClient]:
    with bare_client(folder) as client:
        yield client


def works(client: BareClient, name: str = "works.md") -> None:
    """The server finds what it should find."""
    client.open(name, TEXT)
    assert client.shown(name) == ["TRM102"]


def place(client: BareClient, name: str, line: int = 0, character: int = 0) -> dict[str, object]:
    uri = (client.folder / name).as_uri()
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def change(client: BareClient, name: str, text: str, version: int = 2) -> None:
    document = {"uri": (client.folder / name).as_uri(), "version": version}
    client.send("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})


def message(client: BareClient) -> str:
    """The next message to the user."""
    return str(client.until(is_message)["params"]["message"])


def is_message(one: dict[str, Any]) -> bool:
    return one.get("method") == "window/showMessage"


def test_before_initialize_requests_are_errors_and_notifications_count_for_nothing(
    client: BareClient,
) -> None:
    client.open("early.md", TEXT)
    answer = client.ask(5, "textDocument/hover", place(client, "early.md"))
    assert answer["error"]["code"] == -32002
    client.initialize()
    works(client)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{nope", -32700),
        (b"\xff\xfe\x00", -32700),
        (b"[" * 50_000, -32700),
        (b"[]", -32600),
        (b"3", -32600),
        (b"{}", -32600),
        (b'{"jsonrpc":"2.0"}', -32600),
        (b'{"jsonrpc":"2.0","id":{"a":1},"method":[]}', -32600),
    ],
)
def test_a_message_that_cannot_be_read_is_answered_with_an_error(
    client: BareClient, body: bytes, code: int
) -> None:
    client.initialize()
    client.body(body)
    assert client.until(lambda one: "error" in one)["error"]["code"] == code
    works(client)


def test_a_request_with_wrong_parameters_is_answered_by_its_number(client: BareClient) -> None:
    client.initialize()
    error = client.ask(6, "textDocument/hover", {"textDocument": 7})["error"]
    assert (error["code"], "textDocument/hover" in error["message"]) == (-32602, True)
    assert client.ask(7, "textDocument/unheardOf", {})["error"]["code"] == -32601
    client.send("textDocument/unheardOf", {})
    works(client)


@pytest.mark.parametrize(
    "garbage",
    [
        b"Picked up options\r\n\r\n",
        b"\0" * 70_000 + b"\n",
        b"Content-Length: many\r\n\r\n",
        b"\r\n\r\n",
        b"}{ ",
    ],
)
def test_what_stands_between_messages_is_skipped(client: BareClient, garbage: bytes) -> None:
    client.initialize()
    client.write(garbage)
    works(client)
    assert "Traceback" not in (client.end(), client.stderr())[1]


def test_headers_may_be_written_in_any_way(client: BareClient) -> None:
    client.initialize()
    body = b'{"jsonrpc":"2.0","id":8,"method":"shutdown"}'
    kind = b"Content-Type: application/vscode-jsonrpc; charset=utf-8"
    client.write(b"%s\r\ncontent-length:%d\r\n\r\n%s" % (kind, len(body), body))
    assert client.until(lambda one: one.get("id") == 8)["result"] is None


def test_texts_that_are_not_open_are_let_alone(client: BareClient) -> None:
    client.initialize()
    change(client, "closed.md", "text")
    document = {"textDocument": {"uri": (client.folder / "closed.md").as_uri()}}
    client.send("textDocument/didClose", document)
    assert client.ask(3, "textDocument/hover", place(client, "closed.md"))["result"] is None
    client.send("textDocument/didOpen", {"textDocument": {**NAMELESS, "text": TEXT}})
    works(client)
    assert client.end() == 1
    assert "Traceback" not in client.stderr()


NAMELESS = {"uri": "untitled:Untitled-1", "languageId": "plaintext", "version": 1}


def test_files_may_vanish(client: BareClient) -> None:
    (client.folder / "termcheck.toml").write_text('pairs = ["zh/{name}.md : en/{name}.md"]\n')
    for name, text in (("zh/a.md", "南海。\n"), ("en/a.md", "The sea.\n")):
        (client.folder / name).parent.mkdir(exist_ok=True)
        (client.folder / name).write_text(text, encoding="utf-8")
    client.initialize()
    client.open("en/a.md", "The sea.\n")
    assert client.shown("en/a.md") == ["TRM101"]
    (client.folder / "zh/a.md").unlink()
    change(client, "en/a.md", "The seas.\n")
    assert "TRM101" not in client.shown("en/a.md")
    (client.folder / "glossary.yaml").unlink()
    (client.folder / "en/a.md").unlink()
    change(client, "en/a.md", "The seas!\n", 3)
    client.shown("en/a.md")
    (client.folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    works(client)


def test_a_line_of_a_megabyte_is_checked_as_any_other(client: BareClient) -> None:
    client.initialize()
    client.open(
        "long.md", "南海的和平。" + "海。" * 90_000 + "\n\n" + "Fish. " * 170_000 + "The South Sea.\n"
    )
    assert client.shown("long.md") == ["TRM102"]
    assert client.ask(4, "textDocument/hover", place(client, "long.md", 2, 900_000)).get("error") is None
    works(client)


def test_two_servers_share_a_cache(folder: Path) -> None:
    with bare_client(folder) as first, bare_client(folder) as second:
        for client in (first, second):
            client.initialize()
        for number in range(4):
            text = GLOSSARY.replace("South China Sea", f"South China Sea {number}")
            (folder / "glossary.yaml").write_text(text, encoding="utf-8")
            for client in (first, second):
                client.open(f"{number}.md", TEXT)
            for client in (first, second):
                assert client.shown(f"{number}.md") == ["TRM102"]


FAILING = """
from termcheck.server import serve
from termcheck.server.project import Project
check = Project.check
def sometimes(self, job, settings):
    if "bad" in job.source_name:
        raise ZeroDivisionError("by the way")
    return check(self, job, settings)
Project.check = sometimes
serve()
"""


def test_a_check_that_fails_is_a_message_and_not_the_end(folder: Path) -> None:
    with bare_client(folder, [sys.executable, "-c", FAILING]) as client:
        client.initialize()
        client.open("bad.md", TEXT)
        told = message(client)
        assert "bad.md" in told
        assert "ZeroDivisionError: by the way" in told
        works(client)


def test_a_wrong_option_is_a_message_and_the_others_count(client: BareClient) -> None:
    options = {"selct": ["TRM101"], "jobs": "many", "ignore": ["TRM102"], "config": 3}
    client.initialize(initializationOptions=options)
    told = [one["params"]["message"] for one in client.skipped if is_message(one)]
    assert len(told) == 3
    assert "did you mean" in told[0]
    assert ["'selct'" in told[0], "'jobs'" in told[1], "'config'" in told[2]] == [True] * 3
    client.open("text.md", TEXT.replace("South Sea", "sea"))
    assert client.shown("text.md") == ["TRM101"]
    client.open("forbidden.md", TEXT)
    assert "TRM102" not in client.shown("forbidden.md")


@pytest.mark.parametrize("asked", [True, False])
def test_exit_ends_the_server(client: BareClient, asked: bool) -> None:
    client.initialize()
    if asked:
        client.ask(9, "shutdown")
    client.send("exit")
    assert client.process.wait(60) == (0 if asked else 1)


@pytest.mark.parametrize("last", [b"", b"Content-Length: 100\r\n\r\n{", b"Content-Le"])
def test_a_server_ends_with_its_client(client: BareClient, last: bytes) -> None:
    client.initialize()
    client.open("long.md", TEXT * 2_000)
    client.write(last)
    assert client.end() == 1
    assert "Traceback" not in client.stderr()


def test_a_request_that_is_not_wanted_any_more_is_cancelled(client: BareClient) -> None:
    client.initialize()
    client.open("long.md", TEXT * 10_000)
    client.send("textDocument/hover", place(client, "long.md"), id=11)
    client.send("$/cancelRequest", {"id": 11})
    client.send("$/cancelRequest", {"id": 12})
    assert client.until(lambda one: one.get("id") == 11)["error"]["code"] == -32800
    works(client)


def test_each_folder_of_a_workspace_has_its_own_configuration(tmp_path: Path) -> None:
    folders = []
    for name, ignored in (("first", "TRM101"), ("second", "TRM102")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
        (folder / "termcheck.toml").write_text(f'ignore = ["{ignored}"]\n')
        folders.append({"uri": folder.as_uri(), "name": name})
    text = TEXT + "\n南海\n\nThe sea.\n"
    with bare_client(tmp_path) as client:
        client.initialize(rootUri=folders[0]["uri"], workspaceFolders=folders)
        client.open("first/a.md", text)
        client.open("second/a.md", text)
        assert client.shown("first/a.md") == ["TRM102"]
        assert client.shown("second/a.md") == ["TRM101"] * 2


@pytest.mark.parametrize(
    ("offered", "agreed", "column"),
    [
        (["utf-8", "utf-16"], "utf-8", 17),
        (["utf-32", "utf-8"], "utf-32", 14),
        (["utf-16"], "utf-16", 15),
        (["utf-7"], "utf-16", 15),
    ],
)
def test_positions_count_in_the_units_that_were_agreed_on(
    client: BareClient, offered: list[str], agreed: str, column: int
) -> None:
    answer = client.initialize(capabilities={"general": {"positionEncodings": offered}})
    assert answer["result"]["capabilities"]["positionEncoding"] == agreed
    client.open("text.md", TEXT.replace("Peace", "𝐏Peace"))
    found = client.until(lambda one: one.get("method") == "textDocument/publishDiagnostics")
    (finding,) = found["params"]["diagnostics"]
    assert finding["range"]["start"] == {"line": 2, "character": column}
