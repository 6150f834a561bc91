"""What is built and published: the packages, by themselves, and the command that makes a release."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import BAD, GOOD, Shell, commit_all, copy_project, shell_environment

pytestmark = pytest.mark.slow

_BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Packages:
    """The two packages of a project, the project that they were built from, and the sdist unpacked."""

    project: Path
    sdist: Path
    wheel: Path
    unpacked: Path


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """The packages that `make package` builds: the wheel is built from the sdist."""
    directory = tmp_path_factory.mktemp("packages")
    project = copy_project(directory / "project")
    shell = Shell(shell_environment(directory))
    shell(sys.executable, "-m", "build", "--outdir", directory / "dist", cwd=project)
    (sdist,) = (directory / "dist").glob("*.tar.gz")
    (wheel,) = (directory / "dist").glob("*.whl")
    with tarfile.open(sdist) as archive:
        archive.extractall(directory, filter="data")
    return Packages(project, sdist, wheel, directory / sdist.name.removesuffix(".tar.gz"))


def test_the_packages_pass_the_checks_of_the_index(packages: Packages, shell: Shell, tmp_path: Path) -> None:
    checked = shell(_BIN / "twine", "check", "--strict", packages.sdist, packages.wheel, cwd=tmp_path)
    assert checked.count("PASSED") == 2
    assert "OK" in shell(_BIN / "check-wheel-contents", packages.wheel, cwd=tmp_path)


def test_the_sdist_has_every_file_of_the_project(packages: Packages) -> None:
    assert _files(packages.unpacked) - {"PKG-INFO"} == _files(packages.project)


def _files(directory: Path) -> set[str]:
    return {
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*")
        if path.is_file() and ".git" not in path.parts and "reference" not in path.parts
    }


def test_the_tests_run_from_the_sdist(packages: Packages, shell: Shell) -> None:
    tests = ("tests/test_rule_cases.py", "tests/test_contributing.py", "tests/test_hook_manifest.py")
    env = {"PYTHONPATH": str(packages.unpacked / "src")}
    pytest_ = (sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider")
    assert "error" not in shell(*pytest_, "--collect-only", cwd=packages.unpacked, **env).splitlines()[-1]
    passed = shell(*pytest_, *tests, cwd=packages.unpacked, **env)
    assert " passed" in passed.splitlines()[-1]


def test_the_wheel_works_by_itself(packages: Packages, shell: Shell, tmp_path: Path) -> None:
    with zipfile.ZipFile(packages.wheel) as archive:
        assert not [name for name in archive.namelist() if not name.startswith("termcheck")]
    shell(sys.executable, "-m", "venv", tmp_path / "python", cwd=tmp_path)
    installed = tmp_path / "python" / "bin"
    shell(installed / "python", "-m", "pip", "install", "--quiet", packages.wheel, cwd=tmp_path)
    (tmp_path / "glossary.yaml").write_text("上合组织: SCO\n", encoding="utf-8")
    (tmp_path / "talk.md").write_text(BAD, encoding="utf-8")
    assert "TRM101" in shell(installed / "termcheck", "check", "talk.md", cwd=tmp_path, status=1)
    (tmp_path / "talk.md").write_text(GOOD, encoding="utf-8")
    assert "All checks passed!" in shell(installed / "termcheck", "check", "talk.md", cwd=tmp_path)
    assert shell(installed / "termcheck", "schema", cwd=tmp_path).startswith("{")


def test_it_runs_as_the_readme_installs_it(checkout: Path, shell: Shell, tmp_path: Path) -> None:
    uv = {"UV_CACHE_DIR": str(tmp_path / "uv")}
    run = (_BIN / "uvx", "--from", ".", "termcheck", "check", "examples/briefing.md")
    shown = shell(*run, cwd=checkout, status=1, **uv)
    assert "examples/briefing.md:33:1: TRM101" in shown
    pipx = {"PIPX_HOME": str(tmp_path / "pipx"), "PIPX_BIN_DIR": str(tmp_path / "bin")}
    shell(_BIN / "pipx", "install", ".", cwd=checkout, **pipx)
    assert "termcheck" in shell(tmp_path / "bin" / "termcheck", "version", cwd=tmp_path)


@pytest.fixture
def repository(checkout: Path, shell: Shell) -> Path:
    """The project as a repository with an address and a change to release."""
    for path in (checkout / "pyproject.toml", checkout / "README.md", *(checkout / "docs").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for placeholder, address in (("example.org/", "git.example.net/"), ("example-org/", "somebody/")):
            text = text.replace(f"{placeholder}termcheck", f"{address}termcheck")
        path.write_text(text, encoding="utf-8")
    commit_all(checkout, shell)
    return checkout


def _release(repository: Path, shell: Shell, *arguments: str, status: int = 0) -> str:
    return shell(sys.executable, "tools/release.py", *arguments, cwd=repository, status=status)


def test_a_dry_run_shows_the_release_and_changes_nothing(repository: Path, shell: Shell) -> None:
    shown = _release(repository, shell, "--dry-run", "9.8.7")
    assert '+__version__ = "9.8.7"\n' in shown
    assert "+## [9.8.7] - 20" in shown
    assert "+    rev: v9.8.7" in shown
    assert "@v9.8.7" in shown
    assert shell("git", "status", "--porcelain", cwd=repository) == ""
    assert shell("git", "tag", cwd=repository) == ""


def test_a_release_is_a_commit_a_tag_and_two_packages(repository: Path, shell: Shell) -> None:
    said = _release(repository, shell, "9.8.7")
    assert "git push origin HEAD v9.8.7" in said
    assert shell("git", "tag", "--points-at", "HEAD", cwd=repository) == "v9.8.7\n"
    assert shell("git", "log", "-1", "--format=%s", cwd=repository) == "Release 9.8.7\n"
    assert {one.suffix for one in (repository / "dist").glob("termcheck-9.8.7*")} == {".gz", ".whl"}
    assert shell("git", "status", "--porcelain", cwd=repository) == ""
    again = _release(repository, shell, "9.8.6", status=2)
    assert "9.8.6 is lower than 9.8.7" in again
    assert "no unreleased section" in again


def test_a_release_that_cannot_be_built_leaves_everything_as_it_was(repository: Path, shell: Shell) -> None:
    project = repository / "pyproject.toml"
    project.write_text(project.read_text(encoding="utf-8").replace('license = "MIT"', "license = 1"), "utf-8")
    shell("git", "commit", "--quiet", "--all", "--message", "A slip", cwd=repository)
    assert "nothing is released" in _release(repository, shell, "9.8.7", status=1)
    assert shell("git", "status", "--porcelain", cwd=repository) == ""
    assert shell("git", "tag", cwd=repository) == ""


def test_a_project_without_an_address_is_not_released(checkout: Path, shell: Shell) -> None:
    shell("git", "init", "--quiet", cwd=checkout)
    said = _release(checkout, shell, "next", status=2)
    assert "next is no version such as 1.2.0." in said
    assert "README.md has no real address of the project yet." in said
    assert "There are changes that are not committed." in said
