"""Places as other programs want them: paths from the root of the repository, addresses of rules' pages.

A path that somebody typed may be absolute and tell of the machine, and no service would find the file by
it.
"""

from __future__ import annotations

import posixpath

from termcheck.globs import relative_path
from termcheck.report.base import RenderOptions


def repository_path(path: str, options: RenderOptions) -> str:
    """A path of the report as seen from the root of the repository, with forward slashes."""
    return _seen_from(options.root, path, options)


def working_path(path: str, options: RenderOptions) -> str:
    """A path of the report as seen from the working directory, with forward slashes."""
    return _seen_from(options.here, path, options)


def rule_address(name: str, options: RenderOptions) -> str:
    """Where a rule is explained, by its name; empty if the documentation has no address."""
    return options.documentation and f"{options.documentation.rstrip('/')}/reference/rules/{name}.html"


def _seen_from(directory: str, path: str, options: RenderOptions) -> str:
    # Standard input has no place.
    if path == "-" or not directory or not options.here:
        return path
    return relative_path(posixpath.normpath(posixpath.join(options.here, path)), directory)
