"""The paths of files in fingerprints and baselines, the same from any directory and on any machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from termcheck.config import Settings
from termcheck.globs import absolute_path, project_path, upward
from termcheck.jobs import Job
from termcheck.trust import is_below


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
        self._jobs: dict[str, Job] = {}
        for job in jobs:
            for name in (*job.glossaries, job.source_name, job.target_name):
                self._jobs.setdefault(name, job)

    def root(self, path: str) -> str:
        """The root of the project that a file belongs to, given by its path as the user wrote it."""
        job = self._jobs.get(path)
        texts = job is not None and path in (job.source_name, job.target_name)
        return project_root(path, self.settings(path), job.glossaries if job and texts else (path,))

    @property
    def configs(self) -> Iterable[str]:
        """The configurations that hold for the texts, each once."""
        return dict.fromkeys(job.config for job in self._jobs.values())

    def settings(self, path: str) -> Settings:
        """The settings that hold for a file, or for the first text that uses a glossary."""
        job = self._jobs.get(path)
        return self._settings.of(job.config) if job else self._settings

    def in_baseline(self, path: str) -> str:
        """The path of a file as entries of its baseline have it."""
        return project_path(path, self.baseline_root(path))

    def baseline_root(self, path: str) -> str:
        """What the paths in the baseline of a file are relative to: its project, or a directory around it.

        A baseline above several projects holds entries of all of them, which must not be confused.
        """
        root, baseline = self.root(path), self.settings(path).baseline
        directory = absolute_path(baseline).rpartition("/")[0] if baseline else ""
        return directory if directory and is_below(root.rstrip("/"), directory) else root

    def all_settings(self) -> tuple[Settings, ...]:
        """The settings of the texts, each once."""
        return self._settings.used(self.configs)
