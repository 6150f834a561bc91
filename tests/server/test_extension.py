"""The extension for Visual Studio Code starts the server with the settings that somebody has made."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bare_client import bare_client

NODE = shutil.which("node")
SCRIPT = Path(__file__).with_name("extension.test.js")
EXTENSION = Path(__file__).parents[2] / "editors" / "vscode"

pytestmark = pytest.mark.skipif(not NODE, reason="Node is not installed")


def started(**configured: Any) -> dict[str, Any]:
    """What the extension starts, given these settings and the defaults of the others."""
    package = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    declared = package["contributes"]["configuration"]["properties"]
    # Without a default the editor gives an empty value of the type.
    empty = {"array": [], "string": "", "boolean": False}
    values = {
        name.removeprefix("termcheck."): one.get("default", empty[one["type"]])
        for name, one in declared.items()
    }
    run = subprocess.run(
        [str(NODE), str(SCRIPT), str(EXTENSION / "extension.js"), json.dumps({**values, **configured})],
        capture_output=True,
        timeout=60,
        check=True,
    )
    found: dict[str, Any] = json.loads(run.stdout)
    declared_commands = [one["command"] for one in package["contributes"]["commands"]]
    assert sorted(found["commands"]) == sorted(declared_commands)
    return found


def test_settings_that_nobody_has_made_are_not_sent(tmp_path: Path) -> None:
    found = started()
    assert (found["command"], found["args"]) == ("termcheck", ["server"])
    assert found["options"] == {"inlay-hints": False}
    (tmp_path / "glossary.yaml").write_text("南海: South China Sea\n", encoding="utf-8")
    with bare_client(tmp_path) as client:
        client.initialize(initializationOptions=found["options"])
        client.open("talk.md", "南海的和平。\n\nPeace in the sea.\n")
        assert client.shown("talk.md") == ["TRM101"]


def test_settings_are_sent_by_the_names_of_the_configuration() -> None:
    found = started(
        command=["/opt/termcheck", "-v"], ignore=["TRM101"], minConfidence="high", inlayHints=True
    )
    assert (found["command"], found["args"]) == ("/opt/termcheck", ["-v", "server"])
    assert found["options"] == {"ignore": ["TRM101"], "min-confidence": "high", "inlay-hints": True}
