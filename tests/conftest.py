"""Fixtures for tests that run the project from outside."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from support import Shell, copy_project, shell_environment


def pytest_configure(config: pytest.Config) -> None:
    # Whoever runs the tests has a cache of their own; what the tests start is to use this one as well.
    caches = tempfile.TemporaryDirectory(prefix="termcheck-tests-")
    os.environ["TERMCHECK_CACHE_DIR"] = caches.name
    config.add_cleanup(caches.cleanup)
    config.addinivalue_line("markers", "slow: builds environments or repositories")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the project as it is on the disk, committed or not, which a test may change."""
    return copy_project(tmp_path / "termcheck")


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell in which `termcheck` is the code under test, without the caller's git or colour settings."""
    return Shell(shell_environment(tmp_path_factory.mktemp("bin")))
