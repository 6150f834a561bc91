"""One small function a command: from parsed arguments to an exit code."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from termcheck import __version__
from termcheck.cli import CLEAN, FINDINGS, MISTAKE
from termcheck.cli.streams import clear_progress, print_error, progress_line, use_color, write_whole
from termcheck.model import Report, TermcheckError

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.discovery import Found, Scope
    from termcheck.report import RenderOptions

# Flags that hold lists, separated by commas; the others are taken as they are.
_LISTS = ("select", "ignore", "extend-select", "exclude", "extend-exclude")
_VALUES = (
    "glossary", "source-lang", "target-lang", "date", "term", "ignore-term", "fail-on", "output-format",
    "encoding", "format", "source-key", "target-key", "min-confidence",
)  # fmt: skip


def check(options: argparse.Namespace) -> int:
    """`termcheck check`, once or until interrupted."""
    if options.watch:
        from termcheck.cli.watch import watch

        return watch(options, _check, _used)
    return _check(options)


def _used(options: argparse.Namespace) -> Iterator[str]:
    """The glossaries and the config file that a check reads."""
    settings = _settings(options)
    yield from filter(None, [settings.config_path])
    for job in _discover(options, settings).jobs:
        yield from job.glossaries


def _check(options: argparse.Namespace) -> int:
    settings = _settings(options)
    if options.show_settings:
        return show_settings(options)
    found = _discover(options, settings)
    if options.verbose:
        _tell(found, settings)
    if options.show_files:
        return _show_files(found, options)
    from termcheck import engine

    if options.show_pairs:
        return _show_pairs(found, settings, options)
    report = engine.with_errors(engine.check(found.jobs, settings, progress_line()), found.errors)
    clear_progress()
    if not found.jobs and found.excluded and not found.errors:
        print("All files named are excluded; nothing was checked.", file=sys.stderr)
        return CLEAN
    return _report(report, settings, options)


def rule(options: argparse.Namespace) -> int:
    """`termcheck rule`: explain the rules named, or all; list them if none is."""
    from termcheck.report import explain
    from termcheck.rules import RULES, documentation
    from termcheck.selection import select_rules

    chosen = list(RULES if options.all else [])
    for selector in options.rules:
        chosen += [one for one in select_rules(RULES, selector)[1] if one not in chosen]
    color = use_color(options.color, sys.stdout)
    pages = [(one, documentation(one)) for one in chosen or RULES]
    if options.output_format == "json":
        print(explain.explain_rules_json(pages), end="")
    elif chosen:
        print(explain.explain_rules(pages, color=color), end="")
    else:
        print(explain.list_rules(pages, color=color), end="")
    return CLEAN


def glossary_check(options: argparse.Namespace) -> int:
    """`termcheck glossary check`."""
    from termcheck import engine
    from termcheck.report import render_glossary_summary

    settings = _settings(options)
    report = engine.check_glossary(_glossaries(options, settings), settings)
    return _report(report, settings, options, render_glossary_summary)


def glossary_show(options: argparse.Namespace) -> int:
    """`termcheck glossary show`."""
    from termcheck.glossary import load_glossary, render_glossary

    settings = _settings(options)
    languages = tuple(filter(None, (settings.source_lang, settings.target_lang)))
    print(render_glossary(load_glossary(_glossaries(options, settings), languages).glossary), end="")
    return CLEAN


def glossary_trace(options: argparse.Namespace) -> int:
    """`termcheck glossary trace`."""
    from termcheck.engine import passed_over
    from termcheck.readers import NotBilingualError
    from termcheck.trace import trace

    settings = _settings(options)
    if not options.paths and options.source is None and options.stdin_filename is None:
        raise TermcheckError(
            "no text is named to look at", advice="write `termcheck glossary trace TERM FILE`"
        )
    found = _discover(options, settings)
    for error in found.errors:
        raise error
    errors: list[TermcheckError] = []
    for job in found.jobs:
        try:
            print(trace(options.traced, job, settings, errors), end="")
        except NotBilingualError as error:
            notice = passed_over(job, error)
            if not notice:
                raise
            print(f"notice: {notice}", file=sys.stderr)
    return _told(errors, options)


def glossary_score(options: argparse.Namespace) -> int:
    """`termcheck glossary score`."""
    from termcheck.report.score import SCORE_FORMATS, render_score_summary
    from termcheck.score import score

    settings = _settings(options)
    found = _discover(options, settings)
    card = score(found.jobs, settings, options.min_occurrences, progress_line())
    clear_progress()
    how = _render_options(options)
    _print(SCORE_FORMATS[options.score_format](card, how), options)
    if not options.quiet:
        aside = options.score_format != "text" or options.output_file
        print(render_score_summary(card, how), end="", file=sys.stderr if aside else sys.stdout)
    for error in (*found.errors, *card.errors):
        print_error(error, options.color)
    return MISTAKE if found.errors or card.errors else CLEAN


def config(options: argparse.Namespace) -> int:
    """`termcheck config`: the settings in effect, or what some keys mean."""
    if not options.keys and not options.all:
        return show_settings(options)
    from termcheck.cli.option_pages import option_pages
    from termcheck.options import READERS

    keys = sorted(READERS) if options.all else options.keys
    print(option_pages(keys, _settings(options)), end="")
    return CLEAN


def completion(options: argparse.Namespace) -> int:
    """`termcheck completion`."""
    from termcheck.cli.completion import script

    print(script(options.shell), end="")
    return CLEAN


def show_settings(options: argparse.Namespace) -> int:
    """`check --show-settings`."""
    from termcheck.cli.settings_text import settings_text

    print(settings_text(_settings(options)), end="")
    return CLEAN


def schema(_: argparse.Namespace) -> int:
    """`termcheck schema`."""
    from termcheck.glossary import schema_text

    print(schema_text(), end="")
    return CLEAN


def init(_: argparse.Namespace) -> int:
    """`termcheck init`: write the first files here; never over one that is there."""
    from termcheck.cli.starter import FILES

    there = [name for name in FILES if os.path.lexists(name)]
    if there:
        raise TermcheckError(
            "is there already; nothing was written",
            path=there[0],
            advice="run `termcheck init` in another directory, or write what is missing by hand",
        )
    for name, text in FILES.items():
        write_whole(name, text)
        print(f"wrote {name}")
    print("Put your terms into glossary.yaml; then check a text: termcheck check FILE")
    return CLEAN


def version(_: argparse.Namespace) -> int:
    """`termcheck version`."""
    print(f"termcheck {__version__}")
    return CLEAN


def _settings(options: argparse.Namespace) -> Settings:
    """Config files and flags, merged."""
    from termcheck.config import find_config, flags_layer, load_config, resolve

    if options.isolated and options.config:
        raise TermcheckError(
            "--isolated uses no config file, but --config names one", advice="leave out one of the two"
        )
    path = "" if options.isolated else options.config or find_config(".")
    layers = list(load_config(path)) if path else []
    return resolve([*layers, flags_layer(_flags(options))])


def _flags(options: argparse.Namespace) -> dict[str, object]:
    given = {name: getattr(options, name.replace("-", "_"), None) for name in (*_LISTS, *_VALUES)}
    flags: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    for name in _LISTS:
        if name in flags:
            flags[name] = _commas(given[name] or ())
    if getattr(options, "force_exclude", False):
        flags["force-exclude"] = True
    if getattr(options, "per_file_ignores", None):
        flags["per-file-ignores"] = _per_file(options.per_file_ignores)
    return flags


def _commas(values: Sequence[str]) -> list[str]:
    # A comma inside braces belongs to a pattern: `drafts/{old,new}`.
    parts = (part.strip() for value in values for part in re.split(r",(?![^{}]*\})", value))
    return [part for part in parts if part]


def _per_file(values: Sequence[str]) -> dict[str, list[str]]:
    """`GLOB:RULE,GLOB:RULE` as ruff has it, to a table of patterns."""
    table: dict[str, list[str]] = {}
    for part in _commas(values):
        glob, colon, selector = part.rpartition(":")
        if not colon or not glob or not selector:
            raise TermcheckError(
                f"--per-file-ignores: '{part}' has no rule", advice="write 'drafts/*.md:TRM101'"
            )
        table.setdefault(glob.strip(), []).append(selector.strip())
    return table


def _discover(options: argparse.Namespace, settings: Settings) -> Found:
    from termcheck.discovery import discover, discover_pair

    paths, name = list(options.paths), options.stdin_filename
    if options.source is not None or options.target is not None:
        if options.source is None or options.target is None:
            raise TermcheckError("--source and --target go together", advice="name both files, or neither")
        if paths or name is not None:
            raise TermcheckError(
                "--source and --target leave no room for other files",
                advice="check those with a call of their own",
            )
        return discover_pair(options.source, options.target, _scope(settings), stdin=_stdin)
    if name is not None and "-" not in paths:
        if paths:
            raise TermcheckError(
                "--stdin-filename names standard input, but other files are to be checked",
                advice="add `-` to them, or leave the flag out",
            )
        paths = ["-"]
    return discover(paths or ["."], _scope(settings), stdin=_stdin, stdin_name=name or "")


def _scope(settings: Settings) -> Scope:
    from termcheck.discovery import Scope

    return Scope(
        settings.glossaries, settings.include, settings.exclude, settings.force_exclude, settings.pairs
    )


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


def _glossaries(options: argparse.Namespace, settings: Settings) -> tuple[str, ...]:
    from termcheck.discovery import nearest_glossary
    from termcheck.globs import absolute_path, display_path

    here = absolute_path(".")
    named = tuple(options.paths) or settings.glossaries
    nearest = "" if named else nearest_glossary(f"{here}/.")
    if not named and not nearest:
        raise TermcheckError(
            "no glossary.yaml here or above", advice="name a file, or let `termcheck init` write a first one"
        )
    return named or (display_path(nearest, here),)


def _render_options(options: argparse.Namespace) -> RenderOptions:
    import shutil

    from termcheck.report import RenderOptions

    to_terminal = not getattr(options, "output_file", None)
    return RenderOptions(
        color=to_terminal and use_color(options.color, sys.stdout),
        width=shutil.get_terminal_size((100, 24)).columns,
        statistics=getattr(options, "statistics", False),
        version=__version__,
    )


def _report(
    report: Report,
    settings: Settings,
    options: argparse.Namespace,
    summary: Callable[[Report, RenderOptions], str] | None = None,
) -> int:
    """Print a report and its errors; the exit code says the worst of both."""
    from termcheck.report import FORMATS, render, render_summary

    to_terminal = sys.stdout.isatty() and not options.output_file
    name = settings.output_format or ("full" if to_terminal else "concise")
    how = _render_options(options)
    text = render(report, name, how)
    _print(text, options)
    # Quiet or not, a run that checked nothing does not pass for a clean one.
    unchecked = not (report.coverage.pairs or report.findings or report.errors or summary)
    if not options.quiet or unchecked:
        # What programs read must hold nothing but the report.
        aside = options.quiet or not FORMATS[name].text or options.output_file
        print((summary or render_summary)(report, how), end="", file=sys.stderr if aside else sys.stdout)
    for error in report.errors:
        print_error(error, options.color)
    return _exit_code(report, settings, options)


def _print(text: str, options: argparse.Namespace) -> None:
    if options.output_file:
        write_whole(options.output_file, text)
    else:
        print(text, end="")


def _exit_code(report: Report, settings: Settings, options: argparse.Namespace) -> int:
    if report.errors:
        return MISTAKE
    failing = any(finding.severity.rank >= settings.fail_on.rank for finding in report.findings)
    return FINDINGS if failing and not options.exit_zero else CLEAN


def _tell(found: Found, settings: Settings) -> None:
    """For `--verbose`: what is used, on standard error."""
    print(f"config: {settings.config_path or 'none'}", file=sys.stderr)
    for job in found.jobs:
        files = " : ".join(filter(None, (job.source_name, job.target_name)))
        print(f"file: {files} (glossary: {', '.join(job.glossaries)})", file=sys.stderr)


def _show_files(found: Found, options: argparse.Namespace) -> int:
    for job in found.jobs:
        print(" : ".join(filter(None, (job.source_name, job.target_name))))
    return _told(found.errors, options)


def _show_pairs(found: Found, settings: Settings, options: argparse.Namespace) -> int:
    from termcheck import engine
    from termcheck.report import render_pairs

    notices: list[str] = []
    errors = list(found.errors)
    for bitext in engine.pairs(found.jobs, settings, notices):
        print(render_pairs(bitext, _render_options(options)), end="")
        errors += engine.row_errors(bitext)
    for notice in notices:
        print(f"notice: {notice}", file=sys.stderr)
    return _told(errors, options)


def _told(errors: Sequence[TermcheckError], options: argparse.Namespace) -> int:
    for error in errors:
        print_error(error, options.color)
    return MISTAKE if errors else CLEAN
