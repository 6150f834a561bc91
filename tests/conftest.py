"""Fixtures for tests that run the project from outside."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support import Shell, Termcheck, copy_project, shell_environment
from termcheck.cachedir import use_cache


def pytest_configure(config: pytest.Config) -> None:
    # Tests and the commands they start leave the user's own cache alone. The workers share a new one, because
    # making the indexes of word forms takes most of a minute.
    if not hasattr(config, "workerinput"):
        caches = tempfile.TemporaryDirectory(prefix="termcheck-tests-")
        os.environ["TERMCHECK_CACHE_DIR"] = caches.name
        config.add_cleanup(caches.cleanup)
    # A busy machine must not fail a test, so no example has a deadline. Examples may share a directory,
    # because each writes its own files.
    unhurried = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile("termcheck", deadline=None, suppress_health_check=unhurried)
    settings.load_profile("termcheck")


@pytest.fixture(autouse=True)
def _usual_cache() -> None:
    use_cache("")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the project as it is on the disk, committed or not, which a test may change."""
    return copy_project(tmp_path / "termcheck")


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell in which `termcheck` is the code under test, without the caller's git or colour settings."""
    return Shell(shell_environment(tmp_path_factory.mktemp("bin")))


@pytest.fixture
def termcheck(shell: Shell) -> Termcheck:
    """The code under test, called in this process in the environment of the shell."""
    return Termcheck(shell.env)
