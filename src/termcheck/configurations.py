"""Finds the settings of each file: those of the nearest configuration in its directory or above.

So a text is checked in the same way from every directory. What concerns the run as a whole, such as the
format of the output, comes from the configuration of the working directory, and flags outweigh both.
"""

from __future__ import annotations

import functools

from msgspec.structs import replace

from termcheck.config import Settings, resolve
from termcheck.config_file import Layer, config_in, find_config, load_config
from termcheck.globs import absolute_path, display_path
from termcheck.options import OPTIONS, OptionTable


class Configurations:
    """The settings of a run, `run`, and those of the configurations that files have instead, `nested`.

    `everywhere`: all files have the settings of the run, because the user named a config file, or wants none.
    """

    def __init__(
        self, named: str, flags: Layer, options: OptionTable = OPTIONS, *, isolated: bool = False
    ) -> None:
        self._flags, self._options = flags, options
        self._look = functools.cache(config_in)
        self.everywhere = isolated or bool(named)
        path = named if self.everywhere else find_config(".", self._look)
        self.run = resolve([*(load_config(path, options, named=bool(named)) if path else ()), flags], options)
        self.nested: dict[str, Settings] = {}
        self._by_directory: dict[str, Settings] = {}

    def at(self, directory: str) -> Settings:
        """The settings of the files in an absolute directory; TermcheckError if its config is faulty."""
        if self.everywhere:
            return self.run
        if directory not in self._by_directory:
            self._by_directory[directory] = self._of(find_config(directory, self._look))
        return self._by_directory[directory]

    def _of(self, path: str) -> Settings:
        """The settings of a config file, given by its absolute path, or of none."""
        name = display_path(path, absolute_path(".")) if path else ""
        if name == self.run.config_path:
            return self.run
        if name not in self.nested:
            layers = load_config(path, self._options) if path else ()
            settings = resolve([*layers, self._flags], self._options)
            of_run = (option for option in self._options.by_key.values() if option.whole_run)
            fields = {option.settings_field: getattr(self.run, option.settings_field) for option in of_run}
            self.nested[name] = replace(settings, **fields)
        return self.nested[name]

    def settings(self) -> Settings:
        """The settings of the run with those of all files that were asked for."""
        return replace(self.run, nested=dict(self.nested))
