"""Every rule case in the editor: the server shows what the command reports, to the letter."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
import yaml

from conftest import Editor
from termcheck.model import Severity
from test_rule_cases import CASES, run, written_case

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]

RULES = sorted({file.relative_to(CASES).with_suffix("").parts[0] for file in CASES.rglob("*.yaml")})
LEVELS = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFO: 3}


def cases_of(rule: str) -> list[dict[str, Any]]:
    files = [CASES / f"{rule}.yaml", *sorted((CASES / rule).glob("*.yaml"))]
    return [case for file in files if file.exists() for case in yaml.safe_load(file.read_text("utf-8"))]


@pytest.mark.parametrize("rule", RULES)
async def test_the_editor_shows_what_the_command_reports(rule: str, editor: Editor) -> None:
    for number, case in enumerate(cases_of(rule)):
        folder = editor.folder / str(number)
        folder.mkdir()
        report = run(rule, case, folder)
        name_in_case, data = written_case(case)
        select = [rule, *case.get("beside", ())]
        settings = {
            "select": select,
            "date": str(case.get("date", "2026-01-01")),
            "min-confidence": "low",
        }
        lines = [f"{key} = {json.dumps(value)}\n" for key, value in settings.items()]
        (folder / "termcheck.toml").write_text("".join(lines))
        path = folder / name_in_case
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        name = path.relative_to(editor.folder).as_posix()
        shown = await editor.open(name)
        editor.close(name)
        expected = [
            (finding.code, LEVELS[finding.severity], finding.message, *place(data, finding.location))
            for finding in report.findings
            if finding.location.path == name_in_case  # others are in the glossary
        ]
        found = [
            (one.code, one.severity, one.message, one.range.start.line, one.range.start.character)
            for one in shown
            if isinstance(one.data, dict) and one.data["name"] == rule
        ]
        assert Counter(found) == Counter(expected), case["name"]


def place(data: bytes, location: Any) -> tuple[int, int]:
    """A place as the editor has it: counted from 0, the column in units of UTF-16."""
    line = data.decode().split("\n")[location.line - 1]
    return location.line - 1, len(line[: location.column - 1].encode("utf-16-le")) // 2
