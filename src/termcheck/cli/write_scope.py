"""Which texts fixes may change: a configuration, or a link in a repository, must not lead them outside.

Whoever names a text on the command line, and asks for fixes there, means that text. What a configuration
asks for, or finds with `pairs`, stays below its directory.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from msgspec import Struct

from termcheck.globs import absolute_path
from termcheck.model import TermcheckError
from termcheck.trust import checkout_of, first_link, is_below, real_path, target_obstacle
from termcheck.version_control import in_version_control

if TYPE_CHECKING:
    from termcheck.config import Settings

_ADVICE = "name it on the command line, by its own path and with --fix, if you mean it"


def changes_asked(args: argparse.Namespace) -> bool:
    """Whether the command line, and not only a setting, asks for changes in the texts."""
    return args.fix or args.fix_only or args.diff or args.add_ignore is not None


class WriteScope(Struct, frozen=True):
    """The absolute directories of the configurations that count, and the paths that the user names.

    The directory of the text's own configuration comes first. `named` are absolute and without links. They
    are empty if it is the configuration of the working directory that asks for fixes; then its directory
    counts as well.
    """

    roots: tuple[str, ...]
    named: tuple[str, ...]

    @classmethod
    def of(cls, settings: Settings, config: str, args: argparse.Namespace) -> WriteScope:
        """The scope for the texts of a configuration, given by its path, in a run with these settings."""
        own, asked = settings.of(config), changes_asked(args)
        roots = tuple(each.root for each in ((own,) if asked else (own, settings)) if each.config_path)
        if not asked:
            return cls(roots, ())
        paths = [path for path in (*args.paths, args.source, args.target) if path and path != "-"]
        baseline = [args.baseline] if args.baseline else []
        return cls(roots, tuple(map(real_path, (*(paths or ["."]), *baseline))))

    def require(self, path: str, name: str) -> None:
        """Raise TermcheckError if the file at a path may not be changed; messages call it `name`."""
        obstacle = self._obstacle(absolute_path(path))
        if obstacle:
            raise TermcheckError(f"{obstacle}, so nothing was changed in it", path=name, advice=_ADVICE)

    def _obstacle(self, path: str) -> str:
        real, own = real_path(path), next(iter(self.roots), "")
        checkout = own if own and is_below(path, own) else checkout_of(path)
        top = real_path(checkout)
        if checkout and not is_below(real, top):
            return "is behind a symbolic link that leads out of the checkout"
        linked = checkout and first_link(path, checkout) and not in_version_control(path)
        if linked and in_version_control(real, top):
            return "is behind a symbolic link to where version control keeps its own files"
        named = [top for top in self.named if is_below(real, top)]
        if any(not in_version_control(real, top) for top in named):
            return ""
        if named:
            return "is where version control keeps its own files"
        if not self.roots:
            return "is outside the paths that are checked"
        return next(filter(None, (target_obstacle(path, root) for root in self.roots)), "")
