"""What a run takes from its environment: the root of the repository, the address of the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from termcheck.cli.environment import documentation_address, repository_root, under_github


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "repo" / "texts").mkdir(parents=True)
    return tmp_path / "repo" / "texts"


def test_the_root_is_where_git_keeps_its_files(here: Path) -> None:
    (here.parent / ".git").mkdir()
    assert repository_root(here.as_posix(), {}) == here.parent.as_posix()


def test_the_root_of_a_worktree_has_a_file_there(here: Path) -> None:
    (here / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert repository_root(here.as_posix(), {}) == here.as_posix()


def test_outside_of_repositories_paths_start_here(here: Path) -> None:
    assert repository_root(here.as_posix(), {}) == here.as_posix()


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_a_service_says_where_its_checkout_is(here: Path, name: str) -> None:
    assert repository_root(here.as_posix(), {name: f"{here.parent}/"}) == here.parent.as_posix()
    # As in a container, which sees the checkout elsewhere.
    assert repository_root(here.as_posix(), {name: f"{here.parent}-other"}) == here.as_posix()
    assert repository_root(here.as_posix(), {name: ""}) == here.as_posix()


def test_only_github_is_github() -> None:
    assert under_github({"GITHUB_ACTIONS": "true"})
    assert not under_github({"GITHUB_ACTIONS": "false"})
    assert not under_github({"CI": "true"})


@pytest.mark.parametrize(
    ("told", "address"),
    [
        (["Repository, https://example.org/code", "Documentation, https://example.org/docs"], "https://example.org/docs"),
        (["Repository, https://example.org/code"], ""),
        (None, ""),
    ],
)  # fmt: skip
def test_the_package_says_where_its_documentation_is(
    told: list[str] | None, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Metadata:
        def get_all(self, name: str) -> list[str] | None:
            return told if name == "Project-URL" else None

    monkeypatch.setattr("importlib.metadata.metadata", lambda _: Metadata())
    assert documentation_address() == address
