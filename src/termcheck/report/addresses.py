"""Convert paths and rule names to what other programs need: paths from the repository's root, and URLs.

A path on the command line may be absolute, which would reveal the user's directories, and no service would
find the file by it.
"""

from __future__ import annotations

import posixpath

from termcheck.globs import relative_path
from termcheck.report.base import RenderOptions


def repository_path(path: str, options: RenderOptions) -> str:
    """A path of the report relative to the root of the repository, with forward slashes."""
    return _relative(options.root, path, options)


def working_path(path: str, options: RenderOptions) -> str:
    """A path of the report relative to the working directory, with forward slashes."""
    return _relative(options.here, path, options)


def rule_address(name: str, options: RenderOptions) -> str:
    """The URL of a rule's page, given the name of the rule; empty if the documentation has no URL."""
    return rule_page(name, options.documentation)


def rule_page(name: str, documentation: str) -> str:
    """The URL of a rule's page below the URL of the documentation; empty if that is empty."""
    return documentation and f"{documentation.rstrip('/')}/reference/rules/{name}.html"


def _relative(directory: str, path: str, options: RenderOptions) -> str:
    # Standard input is in no directory.
    if path == "-" or not directory or not options.here:
        return path
    return relative_path(posixpath.normpath(posixpath.join(options.here, path)), directory)
