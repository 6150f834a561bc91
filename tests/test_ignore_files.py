"""Whether ignored files are the ones that git ignores."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.ignore_files import IgnoreFiles

_NAMES = ("a", "b", "build", "note.md", "out.md", "x.txt")
_LINES = st.text(alphabet="ab*?/!\\[].#xmd ", min_size=1, max_size=7) | st.sampled_from(
    [
        *(
            "build",
            "build/",
            "/build",
            "*.md",
            "!note.md",
            "a/*",
            "!a/b/",
            "/*",
            "!/a",
            "**/b",
            "a/**",
            "a/**/b",
        ),
        *(
            "[[:alpha:]]",
            "[^]a]",
            "[b-a]",
            "[a-]",
            "x[.]txt",
            "note\\.md",
            "a\\",
            "//",
            "!",
            "***.md",
            "n*t*e*d",
        ),
        *("*", "!*/", "!*.md", "b/note.md", "/a/b", "\\!a", "# a", "out.md ", "[ab]", "[!a]", "?.txt", "**"),
    ]
)
_FILES = st.dictionaries(
    st.sampled_from(["", "a/", "a/b/", "build/"]), st.lists(_LINES, max_size=4), min_size=1, max_size=3
)


@pytest.fixture(scope="module", autouse=True)
def _without_what_git_tells_its_hooks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with all names in four directories, two of them inside others."""
    root = tmp_path_factory.mktemp("ignored") / "repository"
    for folder in ("", "a", "a/b", "build", "b"):
        (root / folder).mkdir(parents=True, exist_ok=True)
        for name in _NAMES:
            if not (root / folder / name).is_dir() and "." in name:
                (root / folder / name).touch()
    _git(root, "init", "--quiet")
    return root


def _git(root: Path, *arguments: str) -> None:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True)
    assert done.returncode == 0, done.stderr


def _paths(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if ".git" not in path.parts and "ignore" not in path.name)


def _ignored_by_git(root: Path) -> set[str]:
    names = "\0".join(path.relative_to(root).as_posix() for path in _paths(root))
    asked = ("git", "check-ignore", "--no-index", "-z", "--stdin")
    done = subprocess.run(asked, cwd=root, input=names.encode(), capture_output=True)
    return set(done.stdout.decode().split("\0")) - {""}


def _ignored_by_us(root: Path) -> set[str]:
    files, ignored = IgnoreFiles.below(root.as_posix()), set[Path]()
    for path in _paths(root):
        if ignored & set(path.parents) or files.ignores(path.as_posix(), directory=path.is_dir()):
            ignored.add(path)
    return {path.relative_to(root).as_posix() for path in ignored}


@settings(max_examples=200)
@given(files=_FILES)
def test_the_ignored_files_are_what_git_says(repository: Path, files: Mapping[str, list[str]]) -> None:
    for old in repository.rglob(".gitignore"):
        old.unlink()
    for folder, lines in files.items():
        (repository / folder / ".gitignore").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert _ignored_by_us(repository) == _ignored_by_git(repository)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory of its own, for git and for termcheck."""
    path = tmp_path / "home"
    path.mkdir()
    monkeypatch.setenv("HOME", str(path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return path


@pytest.fixture
def small(home: Path, tmp_path: Path) -> Path:
    """A repository with two texts, one of them in a directory; the user has no list."""
    assert list(home.iterdir()) == []
    root = tmp_path / "small"
    (root / "sub").mkdir(parents=True)
    (root / "a.md").touch()
    (root / "sub" / "b.md").touch()
    _git(root, "init", "--quiet")
    return root


@pytest.mark.parametrize("setting", ["default", "named", "configured"])
def test_the_list_of_the_user_counts(small: Path, home: Path, setting: str) -> None:
    place = home / (".config/git/ignore" if setting == "default" else "ignored-everywhere")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("a.md\n", encoding="utf-8")
    if setting != "default":
        config = home / (".gitconfig" if setting == "named" else ".config/git/config")
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text("[user]\n\tname = x\n[core]\n\texcludesFile = ~/ignored-everywhere\n", "utf-8")
    assert _ignored_by_us(small) == _ignored_by_git(small) == {"a.md"}


def test_the_environment_may_name_the_configuration_of_git(
    small: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "ignored").write_text("a.md\n", encoding="utf-8")
    (home / ".gitconfig").write_text("[core]\n\texcludesFile = ~/nothing\n", encoding="utf-8")
    (tmp_path / "other").write_text("[core]\n\texcludesFile = ~/ignored\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "other"))
    assert _ignored_by_us(small) == _ignored_by_git(small) == {"a.md"}


def test_a_file_of_the_repository_outweighs_what_is_outside_it(small: Path) -> None:
    (small / ".git" / "info").mkdir(exist_ok=True)
    (small / ".git" / "info" / "exclude").write_text("*.md\n", encoding="utf-8")
    (small / "sub" / ".gitignore").write_text("!b.md\n", encoding="utf-8")
    assert _ignored_by_us(small) == _ignored_by_git(small) == {"a.md"}


def test_ignore_outweighs_gitignore(small: Path) -> None:
    (small / ".gitignore").write_text("a.md\n", encoding="utf-8")
    (small / ".ignore").write_text("!a.md\nsub/\n", encoding="utf-8")
    assert _ignored_by_us(small) == {"sub", "sub/b.md"}


@pytest.mark.usefixtures("home")
def test_outside_a_repository_only_ignore_counts(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("a.md", "b.md"):
        (texts / name).touch()
    (texts / ".gitignore").write_text("a.md\n", encoding="utf-8")
    (texts / ".ignore").write_text("b.md\n", encoding="utf-8")
    assert _ignored_by_us(texts) == {"b.md"}


def test_a_worktree_has_the_list_of_its_repository(small: Path, tmp_path: Path) -> None:
    _git(small, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x", "--allow-empty")
    (small / ".git" / "info" / "exclude").write_text("a.md\n", encoding="utf-8")
    worktree = tmp_path / "worktree"
    _git(small, "worktree", "add", "--quiet", str(worktree))
    (worktree / "a.md").touch()
    assert _ignored_by_us(worktree) == _ignored_by_git(worktree) == {"a.md"}


def test_a_repository_inside_another_has_its_own_patterns(small: Path) -> None:
    (small / ".gitignore").write_text("*.md\n", encoding="utf-8")
    _git(small / "sub", "init", "--quiet")
    assert _ignored_by_us(small) == {"a.md"}


def test_a_directory_that_is_asked_for_is_not_ignored(small: Path) -> None:
    (small / ".gitignore").write_text("sub/\n*.txt\n", encoding="utf-8")
    (small / "sub" / ".gitignore").write_text("c.md\n", encoding="utf-8")
    (small / "sub" / "c.md").touch()
    assert _ignored_by_us(small / "sub") == {"c.md"}


def test_no_pattern_takes_long(small: Path) -> None:
    (small / ".gitignore").write_text(f"{'*a' * 100}b\n{'**/a/' * 50}b\n", encoding="utf-8")
    files = IgnoreFiles.below(small.as_posix())
    deep = "/".join(["a" * 200] * 18)
    begun = time.process_time()
    for number in range(20):
        assert not files.ignores(f"{small.as_posix()}/{deep}{number}", directory=False)
    assert time.process_time() - begun < 2
