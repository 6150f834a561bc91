"""A repository that was copied, not cloned: git neither waits for its files, nor runs its programs."""

from __future__ import annotations

import functools
import os
import shutil
import time
from pathlib import Path

import pytest

from support import Shell, Termcheck, commit_all

_TEXT = "上合组织开会。\n\nThe bloc met.\n"
_CHECK = ("check", "--output-format", "concise", "--diff-base", "HEAD", ".")

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes of this kind")


@pytest.fixture(scope="module")
def made(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a text that has changed since it was committed."""
    made = tmp_path_factory.mktemp("made")
    (made / "sub").mkdir()
    (made / "glossary.yaml").write_text("上合组织: SCO\n", encoding="utf-8")
    (made / "sub" / "talk.md").write_text(_TEXT, encoding="utf-8")
    commit_all(made, shell)
    (made / "sub" / "talk.md").write_text(_TEXT.replace("met", "has met"), encoding="utf-8")
    return made


@pytest.fixture
def repository(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "repo"))


@pytest.fixture
def check(repository: Path, termcheck: Termcheck) -> functools.partial[str]:
    return functools.partial(termcheck, *_CHECK, cwd=repository, TERMCHECK_GIT_TIMEOUT="2")


_READ_BY_GIT = (
    "HEAD",
    "index",
    "config",
    "config.worktree",
    "packed-refs",
    "commondir",
    "shallow",
    "refs/heads/main",
    "info/attributes",
    "info/grafts",
    "objects/info/alternates",
    "../.gitattributes",
    "../sub/.gitattributes",
)


@pytest.mark.parametrize("what", ["pipe", "device"])
@pytest.mark.parametrize("name", _READ_BY_GIT)
def test_git_waits_for_no_file(name: str, what: str, repository: Path, check: functools.partial[str]) -> None:
    place = repository / ".git" / name
    place.parent.mkdir(exist_ok=True)
    place.unlink(missing_ok=True)
    os.mkfifo(place) if what == "pipe" else place.symlink_to("/dev/zero")
    begin = time.monotonic()
    said = check(status=None)
    assert time.monotonic() - begin < 10
    assert "sub/talk.md:3:1: TRM101" in said or ("error: " in said and "--diff-base" in said)


@pytest.mark.parametrize("key", ["diff.orderFile", "core.attributesFile", "core.excludesFile"])
def test_git_reads_no_file_that_a_repository_names(
    key: str, repository: Path, check: functools.partial[str], shell: Shell
) -> None:
    os.mkfifo(repository / "pipe")
    shell("git", "config", key, str(repository / "pipe"), cwd=repository)
    assert "sub/talk.md:3:1: TRM101" in check(status=1)


def test_git_has_a_time_limit(repository: Path, check: functools.partial[str], shell: Shell) -> None:
    os.mkfifo(repository / "pipe")
    shell("git", "config", "include.path", str(repository / "pipe"), cwd=repository)
    said = check(status=2)
    assert "error: --diff-base: `git rev-parse` took longer than 2 seconds, so it was stopped\n" in said
    assert "as in TERMCHECK_GIT_TIMEOUT=600" in said


@pytest.mark.parametrize("limit", ["soon", "0", "-1", "inf", "nan"])
def test_a_time_limit_is_a_number_of_seconds(limit: str, check: functools.partial[str]) -> None:
    said = check(status=2, TERMCHECK_GIT_TIMEOUT=limit)
    assert f"error: TERMCHECK_GIT_TIMEOUT: '{limit}' is no number of seconds" in said


@pytest.mark.parametrize("entry", [".", "", "sub/..", "bin"])
@pytest.mark.parametrize("program", ["git", "git-mine"])
def test_no_program_of_the_repository_is_taken_for_one_of_the_users(
    program: str, entry: str, repository: Path, check: functools.partial[str], shell: Shell
) -> None:
    mark = repository.parent / "mark"
    (repository / "bin").mkdir()
    for place in (repository / program, repository / "bin" / program):
        place.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n")
        place.chmod(0o755)
    # A filter of the user's own still runs, but what it is called is looked for in the same places.
    home = repository.parent / "home"
    home.mkdir()
    (home / ".gitconfig").write_text('[filter "mine"]\nclean = git-mine || cat\n')
    (repository / ".git" / "info").mkdir(exist_ok=True)
    (repository / ".git" / "info" / "attributes").write_text("*.md filter=mine\n")
    path = os.pathsep.join([entry, shell.env["PATH"]])
    said = check(status=1, PATH=path, HOME=str(home), GIT_CONFIG_GLOBAL=str(home / ".gitconfig"))
    assert "sub/talk.md:3:1: TRM101" in said
    assert not mark.exists()


def test_a_directory_that_looks_like_a_repository_is_none(
    repository: Path, termcheck: Termcheck, shell: Shell
) -> None:
    """Anybody can commit such a directory, with settings that name programs."""
    mark = repository.parent / "mark"
    shutil.rmtree(repository / ".git")
    shell("git", "init", "--quiet", "--bare", "looks", cwd=repository)
    shutil.copy(repository / "sub" / "talk.md", repository / "looks")
    settings = f"bare = false\nworktree = .\nfsmonitor = touch '{mark}'; false\nrepositoryformatversion = 0\n"
    (repository / "looks" / "config").write_text(f"[core]\n{settings}")
    env = {"GIT_CEILING_DIRECTORIES": str(repository.parent)}
    said = termcheck(*_CHECK[:-1], "talk.md", cwd=repository / "looks", status=2, **env)
    assert "--diff-base: " in said
    assert not mark.exists()
