"""The settings of a run: defaults, config files and flags merged into one frozen value.

Each file and the flags are a layer, and `Combine` says for each option how layers combine. So there is one
answer to the question where a value comes from. Each text has the settings of the nearest config file in its
directory or above, so that it is checked in the same way from everywhere.
"""

from __future__ import annotations

import datetime
import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from termcheck.changes import Changes
from termcheck.config_file import Layer, config_in, find_config, load_config, placed
from termcheck.globs import PathGlob, absolute_path, display_path
from termcheck.model import Confidence, Severity, TermcheckError
from termcheck.options import OPTIONS, Combine, Option, OptionTable, Place, read_option
from termcheck.report.base import Output
from termcheck.selection import RuleChoice, Selection
from termcheck.trust import write_obstacle

if TYPE_CHECKING:
    from termcheck.file_pairs import PairPattern
    from termcheck.scope import ScopeAt


# The keys that name files to be written, and the paths in a value of each.
_WRITTEN: Mapping[str, Callable[[Any], Iterable[str]]] = {
    "cache-dir": lambda value: (value,),
    "output-format": lambda value: (output.path for output in value if output.path),
}


def _default(key: str) -> Any:
    return OPTIONS.by_key[key].default


class Settings(Struct, frozen=True):
    """The settings of a run. An empty string or None means that nothing was set.

    `root` is the absolute directory of the config file, or the working directory. `extended` are the config
    files that it extends, the nearest first. `glossaries` are paths to open and to print; if there are
    none, each job names the nearest one. `columns` are those of tables, by what they hold. `date` is an ISO
    date that overrides the dates of the documents. `terms` and `ignore_terms` are concept ids or source
    terms. `jobs` is the largest number of processes, 0 for one per processor. `format` is the name of a
    reader, `formats` names one for each pattern, and `outputs` name renderers. `changes` are the changes
    since `diff_base`, once git has given them. `exclude` includes what `extend-exclude` added. `piped`
    holds, by path, what was read from the glossaries that are pipes. `nested` are the settings of files
    whose nearest configuration is another one, by its `config_path`.
    """

    selection: Selection
    root: str
    config_path: str = ""
    extended: tuple[str, ...] = ()
    glossaries: tuple[str, ...] = _default("glossary")
    columns: tuple[tuple[str, str], ...] = _default("map")
    source_lang: str = _default("source-lang")
    target_lang: str = _default("target-lang")
    date: str = _default("date")
    baseline: str = _default("baseline")
    cache: bool = _default("cache")
    cache_dir: str = _default("cache-dir")
    terms: tuple[str, ...] = _default("term")
    ignore_terms: tuple[str, ...] = _default("ignore-term")
    unpaired: str = _default("unpaired")
    fail_on: Severity = _default("fail-on")
    min_confidence: Confidence = _default("min-confidence")
    outputs: tuple[Output, ...] = _default("output-format")
    jobs: int = _default("jobs")
    encoding: str | None = _default("encoding")
    format: str | None = _default("format")
    formats: tuple[tuple[PathGlob, str], ...] = _default("formats")
    source_key: str = _default("source-key")
    target_key: str = _default("target-key")
    front_matter: tuple[str, ...] = _default("front-matter")
    unfinished: bool = _default("unfinished")
    hidden_cells: bool = _default("hidden-cells")
    html_attributes: tuple[str, ...] = _default("html-attributes")
    include: tuple[PathGlob, ...] = _default("include")
    exclude: tuple[PathGlob, ...] = ()
    force_exclude: bool = _default("force-exclude")
    respect_gitignore: bool = _default("respect-gitignore")
    hidden: bool = _default("hidden")
    diff_base: str = _default("diff-base")
    changes: Changes | None = None
    fix: bool = _default("fix")
    unsafe_fixes: bool = _default("unsafe-fixes")
    fix_only: bool = _default("fix-only")
    pairs: tuple[PairPattern, ...] = _default("pairs")
    piped: Mapping[str, bytes] = {}
    nested: Mapping[str, Settings] = {}

    @property
    def today(self) -> str:
        """The date on which terms must be valid where no document has a date."""
        return self.date or datetime.date.today().isoformat()

    def of(self, config: str) -> Settings:
        """The settings of the files of a configuration, given by its `config_path`."""
        return self.nested.get(config, self)

    def used(self, configs: Iterable[str]) -> tuple[Settings, ...]:
        """The settings of some configurations; those of the run if there are none."""
        return tuple(map(self.of, configs)) or (self,)

    def changed(self, change: Callable[[Settings], Settings]) -> Settings:
        """The same with a change to the settings of all files."""
        nested = {config: change(settings) for config, settings in self.nested.items()}
        return replace(change(self), nested=nested)

    def with_fields(self, **fields: Any) -> Settings:
        """The same with other values of some fields in the settings of all files."""
        return self.changed(lambda settings: replace(settings, **fields))


def flags_layer(values: Mapping[str, object], options: OptionTable = OPTIONS) -> Layer:
    """The flags of the command line, by key; their paths are relative to the working directory."""
    root = absolute_path(".")
    place = Place(root, flag=True)
    return Layer({key: read_option(key, value, place, options) for key, value in values.items()}, root)


def resolve(layers: Sequence[Layer], options: OptionTable = OPTIONS) -> Settings:
    """Merge layers, the least important first.

    Raises TermcheckError if the source and target language are the same, and if a config file names a file
    that it may not name.
    """
    from termcheck.rules import RULES

    files = [layer for layer in layers if layer.path]
    root = files[-1].root if files else absolute_path(".")
    for key, layer in _in_effect(layers).items():
        if layer.path and key in _WRITTEN:
            _require_permitted(key, layer, root)
    replaced: dict[str, Any] = {"exclude": tuple(PathGlob(pattern, root) for pattern in _default("exclude"))}
    extended: defaultdict[str, tuple[Any, ...]] = defaultdict(tuple)
    for layer in layers:
        if "format" in layer.values:
            # `--format` is about all texts, whatever a config file says of some.
            replaced.pop("formats", None)
        for option, value in _given(layer, options):
            if option.combine is Combine.REPLACE:
                replaced[option.settings_field] = value
            elif option.combine is Combine.EXTEND:
                extended[option.settings_field] += value
    settings = Settings(
        selection=Selection.build(RULES, [_choice(layer, options) for layer in layers]),
        root=root,
        config_path=files[-1].path if files else "",
        extended=tuple(layer.path for layer in reversed(files[:-1])),
        **replaced | {field: replaced.get(field, ()) + value for field, value in extended.items()},
    )
    if settings.source_lang and settings.source_lang.casefold() == settings.target_lang.casefold():
        raise TermcheckError(
            f"source and target language are both '{settings.source_lang}'",
            path=settings.config_path,
            advice="set source-lang and target-lang to the two languages of the texts",
        )
    return settings


class Configurations:
    """The settings of a run, `run`, and those of the configurations that files have instead, `nested`.

    What concerns the run as a whole comes from the configuration of the working directory in all of them.
    `upper` are the layers above the config files: environment and flags. `everywhere`: all files have the
    settings of the run, because the user named a config file, or wants none. `faults` are the errors of the
    others, by their text.
    """

    def __init__(
        self, named: str, upper: Sequence[Layer], options: OptionTable = OPTIONS, *, isolated: bool = False
    ) -> None:
        self._upper, self._options = upper, options
        self._look = functools.cache(config_in)
        self.everywhere = isolated or bool(named)
        path = named if self.everywhere else find_config(".", self._look)
        self.run = resolve(
            [*(load_config(path, options, named=bool(named)) if path else ()), *upper], options
        )
        self.nested: dict[str, Settings] = {}
        self.faults: dict[str, TermcheckError] = {}
        self._by_directory: dict[str, Settings] = {}

    def at(self, directory: str) -> Settings:
        """The settings of the files in an absolute directory; TermcheckError if its config is faulty."""
        if self.everywhere:
            return self.run
        if directory not in self._by_directory:
            try:
                self._by_directory[directory] = self._of(find_config(directory, self._look))
            except TermcheckError as error:
                self.faults[str(error)] = error
                raise
        return self._by_directory[directory]

    def _of(self, path: str) -> Settings:
        """The settings of a config file, given by its absolute path, or of none."""
        name = display_path(path, absolute_path(".")) if path else ""
        if name == self.run.config_path:
            return self.run
        if name not in self.nested:
            layers = load_config(path, self._options) if path else ()
            settings = resolve([*layers, *self._upper], self._options)
            of_run = (option for option in self._options.by_key.values() if option.whole_run)
            fields = {option.settings_field: getattr(self.run, option.settings_field) for option in of_run}
            self.nested[name] = replace(settings, **fields)
        return self.nested[name]

    def settings(self) -> Settings:
        """The settings of the run with those of all files that were asked for."""
        return replace(self.run, nested=dict(self.nested))

    def scopes(self, *, dependents: bool = False, without_glossary: bool = False) -> ScopeAt:
        """The settings about files, for each directory; see `Scope` for the arguments."""
        from termcheck.scope import Scope

        known: dict[str, Scope] = {}

        def scope_at(directory: str) -> Scope:
            settings = self.at(directory)
            if settings.config_path not in known:
                nearest = bool(settings.config_path) and not self.everywhere
                known[settings.config_path] = Scope(
                    glossaries=settings.glossaries,
                    include=settings.include,
                    exclude=settings.exclude,
                    force_exclude=settings.force_exclude,
                    dependents=dependents,
                    without_glossary=without_glossary,
                    pairs=settings.pairs,
                    formats=settings.formats,
                    respect_gitignore=settings.respect_gitignore,
                    hidden=settings.hidden,
                    config=settings.config_path,
                    root=settings.root if nearest else "",
                )
            return known[settings.config_path]

        return scope_at


def _in_effect(layers: Sequence[Layer]) -> dict[str, Layer]:
    """For each key, the layer whose value counts if values replace one another."""
    return {key: layer for layer in layers for key in layer.values}


def _require_permitted(key: str, layer: Layer, root: str) -> None:
    """Raise TermcheckError if a config file names a file that nothing may write."""
    for path in _WRITTEN[key](layer.values[key]):
        absolute = absolute_path(path)
        obstacle = write_obstacle(absolute, root)
        if obstacle:
            shown = display_path(absolute, layer.root)
            advice = f"name it on the command line, with --{key}, or choose a place below {root}"
            error = TermcheckError(f"'{key}': '{shown}' {obstacle}", advice=advice)
            raise placed(error, layer.path, key)


def _choice(layer: Layer, options: OptionTable) -> RuleChoice:
    given = _given(layer, options)
    return RuleChoice(
        **{option.settings_field: value for option, value in given if option.combine is Combine.SELECT}
    )


def _given(layer: Layer, options: OptionTable) -> Iterator[tuple[Option, Any]]:
    return ((options.by_key[key], value) for key, value in layer.values.items())
