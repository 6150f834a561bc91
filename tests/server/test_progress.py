"""The editor shows what takes long, if it can."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bare_client import BareClient, bare_client

GLOSSARY = "languages: [zh, en]\nterms:\n  南海: {en: South China Sea, forbid: [South Sea]}\n"
TEXT = "南海的和平。\n\nPeace in the South Sea.\n"
SLOW = """
import time
from termcheck.server import serve
from termcheck.server.project import Project
check = Project.check
def slowly(self, job, settings):
    time.sleep(1.6 if "slow" in job.source_name else 0)
    return check(self, job, settings)
Project.check = slowly
serve()
"""


def kinds(client: BareClient) -> list[str]:
    """The progress that the server has told so far."""
    found = [one for one in client.skipped if one.get("method") == "$/progress"]
    return [one["params"]["value"]["kind"] for one in found]


def started(folder: Path, client: BareClient, **window: Any) -> None:
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    client.initialize(capabilities={"window": window})


def test_a_long_check_is_shown_while_it_lasts(tmp_path: Path) -> None:
    with bare_client(tmp_path, [sys.executable, "-c", SLOW]) as client:
        started(tmp_path, client, workDoneProgress=True)
        client.open("quick.md", TEXT)
        assert client.shown("quick.md") == ["TRM102"]
        client.open("slow.md", TEXT)
        create = client.until(lambda one: one.get("method") == "window/workDoneProgress/create")
        client.body(b'{"jsonrpc":"2.0","result":null,"id":"%s"}' % create["id"].encode())
        begin = client.until(lambda one: one.get("method") == "$/progress")["params"]
        assert begin["value"]["title"] == "termcheck: checking slow.md"
        assert begin["token"] == create["params"]["token"]
        assert client.shown("slow.md") == ["TRM102"]
        assert kinds(client) == ["end"]


def test_a_client_that_cannot_show_it_is_not_asked(tmp_path: Path) -> None:
    with bare_client(tmp_path, [sys.executable, "-c", SLOW]) as client:
        started(tmp_path, client)
        client.open("slow.md", TEXT)
        assert client.shown("slow.md") == ["TRM102"]
        assert [one for one in client.skipped if "rogress" in one.get("method", "")] == []


def test_the_search_for_references_is_shown_under_the_token_of_the_client(tmp_path: Path) -> None:
    with bare_client(tmp_path) as client:
        started(tmp_path, client)
        for number in range(3):
            (tmp_path / f"{number}.md").write_text(TEXT, encoding="utf-8")
        client.open("0.md", TEXT)
        params = {
            "textDocument": {"uri": (tmp_path / "0.md").as_uri()},
            "position": {"line": 0, "character": 1},
            "context": {"includeDeclaration": False},
            "workDoneToken": "mine",
        }
        answer = client.ask(20, "textDocument/references", params)
        assert len(answer["result"]) == 3
        told = kinds(client)
        assert (told[0], told[-1]) == ("begin", "end")
        assert {one["params"]["token"] for one in client.skipped if one.get("method") == "$/progress"} == {
            "mine"
        }
