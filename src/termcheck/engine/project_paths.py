"""The paths of files in fingerprints and baselines, the same from any directory and on any machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from termcheck.config import Settings
from termcheck.discovery import Job
from termcheck.globs import absolute_path, project_path, upward


def project_root(path: str, settings: Settings, glossaries: Sequence[str]) -> str:
    """The absolute directory of the project that a file belongs to.

    The directory of the config file, or else of the git checkout that contains the file, or else of the
    nearest glossary, or else the working directory.
    """
    if settings.config_path:
        return settings.root
    for folder in upward(absolute_path(path).rpartition("/")[0]):
        if os.path.exists(f"{folder}.git"):  # noqa: PTH110 - pathlib would be one more import at start-up
            return folder
    if glossaries and not settings.glossaries:
        return f"{absolute_path(glossaries[0]).rpartition('/')[0]}/"
    return settings.root


class ProjectPaths:
    """The paths of the files in a run, relative to the roots of their projects."""

    def __init__(self, jobs: Iterable[Job], settings: Settings) -> None:
        self._settings = settings
        self._glossaries = {
            name: job.glossaries for job in jobs for name in (job.source_name, job.target_name)
        }

    def root(self, path: str) -> str:
        """The root of the project that a file belongs to, given by its path as the user wrote it."""
        return project_root(path, self._settings, self._glossaries.get(path, (path,)))

    def __call__(self, path: str) -> str:
        """The path of a file relative to that root."""
        return project_path(path, self.root(path))
