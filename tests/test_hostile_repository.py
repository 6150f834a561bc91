"""A repository that means harm: whatever its settings say, nothing outside it or of git changes."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import ROOT, Shell, Termcheck
from termcheck.model import TermcheckError
from termcheck.options import OPTIONS, Place, read_option

_GLOSSARY = "languages: [zh, en]\nterms:\n  上合组织: {en: SCO, forbid: [Shanghai Pact]}\n"
_ZH = "上合组织成员国代表出席会议。\n"
_EN = "Delegates of the Shanghai Pact attended.\n"
_BOTH = f"{_ZH}\n{_EN}"
# Places outside of the repository, or of git inside it: by path, through a link, in any spelling.
_PLACES = (
    "../victim.md",
    "../new.md",
    "{home}/victim.md",
    "{home}/new.md",
    "link.md",
    "linked/victim.md",
    "linked/new.md",
    "sub/../../victim.md",
    ".git/hooks/pre-commit",
    ".git/victim.md",
    ".GIT./victim.md",
    "gitlink/victim.md",
    "/dev/null",
    "pipe",
    "../cache",
    "linked",
    ".git",
    "..",
)
_FORMATS = ("concise", "json", "html")
_COMMANDS = (
    ("check",),
    ("check", "--fix", "--unsafe-fixes"),
    ("check", "--add-ignore", "."),
    ("check", "--fix", "link.md", "en.md", "zh.md"),
    ("check", "--write-baseline", "link.md"),
    ("check", "-o", "linked/new.md"),
    ("check", "--show-pairs", "-o", "link.md"),
    ("check", "--show-files"),
    ("glossary", "check"),
    ("glossary", "score", "-o", "link.md"),
    ("glossary", "show"),
    ("config",),
)


def values() -> list[tuple[str, str]]:
    """For each key of a configuration, values in TOML that would lead it outside."""
    found = []
    for key, option in OPTIONS.by_key.items():
        for place in _PLACES:
            for text in (place, *(f"{form}:{place}" for form in _FORMATS), f"zh.md : {place}"):
                # A key that takes a text takes a list of them in the same way.
                forms = [form for form in (f"'{text}'", f"['{text}']") if _is_taken(key, form)]
                found += [(key, form) for form in forms[:1]]
            tables = f"[{{source = 'zh.md', target = '{place}'}}]", f"{{'{place}' = 'plain'}}"
            found += [(key, table) for table in tables if _is_taken(key, table)]
        plain = (
            "true",
            "false",
            "0",
            "'ALL'",
            "['**']",
            "'main'",
            *(f"'{name}'" for name in option.choices()),
        )
        found += [(key, value) for value in plain if _is_taken(key, value)]
    return found


def _is_taken(key: str, value: str) -> bool:
    """Whether a key may have a value; if not, the run ends before it does anything."""
    try:
        read_option(key, tomllib.loads(f"{key} = {value}")[key], Place("/"))
    except TermcheckError:
        return False
    return True


_VALUES = values()


def make(home: Path) -> Path:
    """A home directory with things of the user, and a repository in it."""
    repository = home / "repo"
    for folder in (".git/hooks", "sub"):
        (repository / folder).mkdir(parents=True)
    (home / "cache").mkdir(mode=0o700)
    for path in (home / "victim.md", repository / ".git" / "victim.md", home / "cache" / "victim.md"):
        path.write_text(_BOTH, encoding="utf-8")
    for number in range(3):
        (home / "cache" / f"0000000{number}.glossary").write_bytes(b"my pictures")
    texts = {"glossary.yaml": _GLOSSARY, "zh.md": _ZH, "en.md": _EN, "sub/both.md": _BOTH}
    for name, text in texts.items():
        (repository / name).write_text(text, encoding="utf-8")
    (repository / "link.md").symlink_to("../victim.md")
    (repository / "linked").symlink_to("..")
    (repository / "gitlink").symlink_to(".git")
    if hasattr(os, "mkfifo"):
        os.mkfifo(repository / "pipe")
    return repository


def state(home: Path) -> dict[str, str]:
    """Everything outside the repository, and everything of git's in it, with what it holds."""
    found = {}
    for path in _outside(home):
        kind = "link" if path.is_symlink() else "folder" if path.is_dir() else ""
        found[str(path)] = kind or hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _outside(home: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(home):
        here = Path(folder)
        yield from (here / name for name in (*folders, *files) if here / name != home / "repo")
        if here == home:
            folders.remove("repo")
    for folder, folders, files in os.walk(home / "repo" / ".git"):
        yield from (Path(folder) / name for name in (*folders, *files))


def attack(home: Path, settings: dict[str, str], command: tuple[str, ...], termcheck: Termcheck) -> None:
    repository = make(home)
    lines = (f"{key} = {value.replace('{home}', str(home))}\n" for key, value in settings.items())
    text = "".join(lines)
    (repository / "termcheck.toml").write_text(text, encoding="utf-8")
    before = state(home)
    said = termcheck(*command, cwd=repository, status=None, TERMCHECK_CACHE_DIR=str(home / "repo" / ".cache"))
    assert state(home) == before, f"{command} with\n{text}changed something:\n{said}"
    assert "Traceback" not in said


@pytest.mark.parametrize("key", OPTIONS.by_key)
def test_no_setting_alone_reaches_out(key: str, termcheck: Termcheck, tmp_path: Path) -> None:
    mine = [value for name, value in _VALUES if name == key]
    commands = itertools.cycle(_COMMANDS)
    for number, value in enumerate(mine):
        home = tmp_path / str(number)
        attack(home, {key: value}, next(commands), termcheck)
        shutil.rmtree(home)


@settings(max_examples=150)
@given(chosen=st.lists(st.sampled_from(_VALUES), max_size=4), fix=st.booleans(), number=st.integers(0))
def test_no_settings_together_reach_out(
    chosen: list[tuple[str, Any]],
    fix: bool,
    number: int,
    termcheck: Termcheck,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = tmp_path_factory.mktemp("home")
    command = _COMMANDS[number % len(_COMMANDS)]
    attack(home, {**dict(chosen), **({"fix": "true"} if fix else {})}, command, termcheck)
    shutil.rmtree(home)


def test_no_module_of_the_repository_is_imported(shell: Shell, tmp_path: Path) -> None:
    """New processes would look for modules of Python in the working directory first."""
    mark = tmp_path / "mark"
    repository = tmp_path / "repo"
    for name in ("multiprocessing", "concurrent", "termcheck"):
        (repository / name).mkdir(parents=True)
        (repository / name / "__init__.py").write_text(f"open({str(mark)!r}, 'a').write('{name} ')\n")
    for name in ("msgspec", "random", "signal", "threading"):
        (repository / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write('{name} ')\n")
    (repository / "glossary.yaml").write_text(_GLOSSARY, encoding="utf-8")
    for number in range(3):
        (repository / f"{number}.md").write_text(f"{_BOTH}\n" * 11_000, encoding="utf-8")
    program = tmp_path / "program.py"
    program.write_text("from termcheck.cli import run\nif __name__ == '__main__':\n    run()\n")
    command = ("check", "-q", "--jobs", "2", "--output-format", f"concise:{tmp_path / 'found'}", ".")
    shell(sys.executable, program, *command, cwd=repository, status=1, PYTHONPATH=str(ROOT / "src"))
    assert (tmp_path / "found").read_text(encoding="utf-8").count("TRM102") == 33_000
    assert not mark.exists(), mark.read_text()
