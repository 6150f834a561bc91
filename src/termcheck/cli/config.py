"""`termcheck config` and `check --show-settings`: the settings in effect, and what the keys mean.

The settings are written as a config file that would set them, so that users read them in the spelling they
need to change them, and can keep what they like: the text is TOML, and as the only `termcheck.toml` at its
root it means the same.
"""

from __future__ import annotations

import argparse
import json
import os
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from termcheck.cli import CLEAN
from termcheck.cli.console import show
from termcheck.cli.inputs import configurations_of, settings_of
from termcheck.config import Settings
from termcheck.file_pairs import PairPattern
from termcheck.globs import PathGlob, absolute_path, relative_path
from termcheck.messages import did_you_mean
from termcheck.model import Applicability, Confidence, Severity, TermcheckError
from termcheck.options import OPTIONS, Combine, Option, OptionTable
from termcheck.report import Output
from termcheck.selection import Selection


def config(args: argparse.Namespace) -> int:
    """`termcheck config`: show the settings in effect, or explain some keys."""
    if not args.keys and not args.all:
        return show_settings(args)
    keys = tuple(OPTIONS.by_key) if args.all else args.keys
    show(option_pages(keys, settings_of(args)))
    return CLEAN


def show_settings(args: argparse.Namespace) -> int:
    """`check --show-settings`: the settings of the paths that are named, or else of the working directory."""
    configurations = configurations_of(args)
    found = {}
    for path in getattr(args, "paths", ()) or ["."]:
        directory = path if os.path.isdir(path) else os.path.dirname(path)  # noqa: PTH112, PTH120
        settings = configurations.at(absolute_path(directory or "."))
        found[settings.config_path] = settings
    show("\n".join(map(settings_text, found.values())))
    return CLEAN


def option_pages(keys: Sequence[str], settings: Settings, options: OptionTable = OPTIONS) -> str:
    """The pages of some keys, one below the other. Raises TermcheckError for an unknown key."""
    unknown = next((key for key in keys if key not in options.by_key), None)
    if unknown is not None:
        raise TermcheckError(
            f"unknown key '{unknown}'",
            advice=did_you_mean(unknown, options.by_key) or "`termcheck config --all` lists the keys",
        )
    values = _values(settings, options)
    return "\n".join("\n".join(_page(options.by_key[key], values.get(key, ""))) + "\n" for key in keys)


def _page(option: Option, value: object) -> Iterator[str]:
    yield option.key
    yield from textwrap.wrap(option.documentation, 98, initial_indent="  ", subsequent_indent="  ")
    yield ""
    yield f"  Takes:     {option.takes}"
    yield f"  Default:   {option.default_line()}"
    if option.whole_run:
        yield "  Counts:    in the configuration of the working directory, for the whole run"
    if value not in ("", []):
        yield f"  In effect: {_toml(value)}"
    yield "  Example:"
    yield from (f"    {line}" for line in option.example.splitlines())


def settings_text(settings: Settings, options: OptionTable = OPTIONS) -> str:
    """Settings as TOML, which ends in a newline: the config file, then the keys that are set, then tables."""
    values = _values(settings, options)
    lines = [f"# config: {settings.config_path or 'none'}"]
    if settings.extended:
        lines.append(f"# which extends {', '.join(settings.extended)}")
    lines += [f"# paths are relative to {settings.root}"]
    unset = [key for key, value in values.items() if value in ("", []) and key != "select"]
    if unset:
        lines.append(f"# not set: {', '.join(unset)}")
    lines += [f"{key} = {_toml(value)}" for key, value in values.items() if key not in unset]
    severities = {code: severity.value for code, severity in settings.selection.severities.items()}
    lines += _table("formats", {_pattern(glob, settings): name for glob, name in settings.formats})
    lines += _table("severity", severities)
    lines += _table("per-file-ignores", _per_file(settings.selection, settings))
    return "\n".join(lines) + "\n"


def _values(settings: Settings, options: OptionTable) -> dict[str, object]:
    """The value of each key as a config file would hold it; an empty text or list if it is not set.

    Tables are left out, and so are the keys that the merge of the layers uses up.
    """
    selection = settings.selection
    levels = selection.applicabilities
    values: dict[str, object] = {
        "select": sorted(selection.codes),
        "unfixable": sorted(selection.unfixable),
        "extend-safe-fixes": sorted(code for code in levels if levels[code] is Applicability.SAFE),
        "extend-unsafe-fixes": sorted(code for code in levels if levels[code] is Applicability.UNSAFE),
    }
    keys = {
        option.settings_field: key
        for key, option in options.by_key.items()
        if option.combine is Combine.REPLACE
    }
    values |= {
        keys[field]: _value(getattr(settings, field), settings)
        for field in Settings.__struct_fields__
        if field in keys
    }
    values["glossary"] = [_path(path, settings) for path in settings.glossaries]
    if settings.formats:
        del values["formats"]
    return values


def _value(value: object, settings: Settings) -> object:
    """A setting as a config file would hold it; an empty text or list if it is not set."""
    if isinstance(value, tuple):
        return [_value(item, settings) for item in value]
    if isinstance(value, PathGlob):
        return ("!" if value.negated else "") + _pattern(value, settings)
    if isinstance(value, PairPattern):
        return _pair(value)
    if isinstance(value, Severity | Confidence):
        return value.value
    if isinstance(value, Output):
        return f"{value.format}:{_path(value.path, settings)}" if value.path else value.format
    return "" if value is None else value


def _pair(pair: PairPattern) -> object:
    table = {"source": pair.source, "target": pair.target}
    more = {"key": pair.key, "source-lang": pair.source_lang, "target-lang": pair.target_lang}
    if any(more.values()):
        return table | {key: value for key, value in more.items() if value}
    return f"{pair.source} : {pair.target}"


def _path(path: str, settings: Settings) -> str:
    return relative_path(absolute_path(path), settings.root)


def _pattern(glob: PathGlob, settings: Settings) -> str:
    # A pattern without a slash matches at any depth, and one that begins with a slash is absolute already.
    if glob.root == settings.root or "/" not in glob.pattern.rstrip("/") or glob.pattern.startswith("/"):
        return glob.pattern
    return f"{glob.root}/{glob.pattern.removeprefix('./')}"


def _per_file(selection: Selection, settings: Settings) -> Mapping[str, Sequence[str]]:
    table: dict[str, set[str]] = {}
    for ignore, codes in selection.per_file:
        pattern = ("!" if ignore.negated else "") + _pattern(ignore.glob, settings)
        table.setdefault(pattern, set()).update(codes)
    return {pattern: sorted(codes) for pattern, codes in table.items()}


def _table(name: str, table: Mapping[str, object]) -> Iterator[str]:
    if table:
        yield ""
        yield f"[{name}]"
        yield from (f"{_toml(key)} = {_toml(table[key])}" for key in sorted(table))


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    # For texts, numbers, true and false, JSON is TOML too.
    return json.dumps(value, ensure_ascii=False)
