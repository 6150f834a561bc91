"""Which files the hooks in `.pre-commit-hooks.yaml` are run on."""

from __future__ import annotations

import re

import yaml

from support import ROOT
from termcheck.readers import ENDINGS


def test_the_hook_takes_every_file_that_can_be_read() -> None:
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    patterns = {hook["id"]: re.compile(hook["files"]) for hook in manifest}
    files, config = patterns["termcheck"], patterns["termcheck-all"]
    assert files.pattern == f"{patterns['termcheck-fix'].pattern}|{config.pattern}"
    assert all(files.search(f"talks/june{ending}") for ending in (*ENDINGS, *map(str.upper, ENDINGS)))
    assert not any(files.search(name) for name in ("main.py", "my-glossary.yaml", "txt", "notes.txt.bak"))

    assert all(
        config.search(name)
        for name in ("glossary.yaml", "press/glossary.yml", "termcheck.toml", ".termcheck.toml")
    )
    assert not any(config.search(name) for name in ("my-glossary.yaml", "glossary.yaml.bak", "talks/june.md"))
