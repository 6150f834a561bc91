"""`termcheck glossary extract`: propose a glossary from bilingual texts."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from termcheck.cli.console import say_lines, show
from termcheck.cli.inputs import configurations_of, discovered, with_piped
from termcheck.cli.outputs import output_file, print_errors, render_options, write_text
from termcheck.cli.progress import clear_progress, progress_line
from termcheck.model import TermcheckError, same_language

if TYPE_CHECKING:
    from termcheck.config import Settings
    from termcheck.jobs import Job
    from termcheck.model import Glossary


def glossary_extract(args: argparse.Namespace) -> int:
    """`termcheck glossary extract`."""
    from termcheck.extract import extract_glossary
    from termcheck.report.extraction import EXTRACTION_FORMATS, render_extraction_summary

    _require_sense(args)
    configurations = configurations_of(args)
    path = output_file(args)
    if path:
        _require_free(path, configurations.run, force=args.force)
    found, settings = discovered(args, configurations, without_glossary=True)
    known = _known(args.known, settings)
    languages = _languages(found.jobs, settings, known)
    extraction = extract_glossary(found.jobs, settings, languages, args.min_pairs, known, progress_line())
    clear_progress()
    shown = render_options(args, to_file=bool(path))
    notation = args.extraction_format or ("json" if _is_in("json", path) else "yaml")
    if extraction.pairs or not path:
        write_text([EXTRACTION_FORMATS[notation](extraction, shown)], path, notation)
    if not args.quiet:
        tell = show if path else say_lines
        tell(render_extraction_summary(extraction, shown))
    return print_errors((*found.errors, *extraction.errors), args)


def _require_sense(args: argparse.Namespace) -> None:
    if args.glossary:
        raise TermcheckError(
            "--glossary: nothing is checked here",
            advice=f"write --known {args.glossary[0]} to leave out its terms",
        )
    if args.min_pairs < 2:
        raise TermcheckError(
            f"--min-pairs: {args.min_pairs} is too few", advice="one pair proves nothing; write 2 or more"
        )


def _require_free(path: str, settings: Settings, *, force: bool) -> None:
    """Raise TermcheckError if the file cannot be written, or would be written over."""
    from termcheck.cli.writable import require_writable

    require_writable(path, settings)
    # The comments beside the proposals are what one edits by; a table has no place for them.
    if not any(_is_in(notation, path) for notation in ("yaml", "json")):
        raise TermcheckError(
            "proposals are written as YAML or JSON",
            path=path,
            advice="name a file that ends in .yaml, and use `termcheck glossary convert` once it is edited",
        )
    if Path(path).is_file() and not force:
        raise TermcheckError(
            "is there already, and was not overwritten",
            path=path,
            advice="name another file, or add --force",
        )


def _is_in(notation: str, path: str) -> bool:
    """Whether a file ends as glossaries in a format do."""
    from termcheck.glossary.formats import FORMATS

    return Path(path).suffix.lower() in FORMATS[notation].endings


def _known(paths: Sequence[str], settings: Settings) -> Glossary | None:
    """The glossary whose terms are left out."""
    if not paths:
        return None
    from termcheck.glossary import load_glossary

    languages = tuple(filter(None, (settings.source_lang, settings.target_lang)))
    return load_glossary(paths, languages, with_piped(settings, paths).piped).glossary


def _languages(jobs: Sequence[Job], settings: Settings, known: Glossary | None) -> tuple[str, str]:
    """The languages of the texts: as set, or of the known glossary, or those that they seem to be in."""
    source, target = settings.source_lang, settings.target_lang
    if not (source and target):
        guessed = known.languages[:2] if known is not None else ()
        if len(guessed) < 2:
            guessed = _guessed(jobs)
        source = source or next((tag for tag in guessed if not same_language(tag, target)), "")
        target = target or next((tag for tag in guessed if not same_language(tag, source)), "")
    if not (source and target):
        raise TermcheckError(
            "the languages of the texts are not clear",
            advice="name them, as in --source-lang zh --target-lang en",
        )
    return source, target


def _guessed(jobs: Sequence[Job]) -> tuple[str, ...]:
    from termcheck.cli.texts_here import languages_of

    paths = (Path(path) for job in jobs for path in (job.source, job.target) if path and job.data is None)
    return languages_of(path for path in paths if path.is_file())
