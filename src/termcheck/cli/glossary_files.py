"""`termcheck glossary convert` and `merge`: write glossaries in other formats, and several into one."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from termcheck.cli import CLEAN
from termcheck.cli.console import say, show
from termcheck.cli.inputs import settings_of, with_piped
from termcheck.cli.streams import write_whole
from termcheck.model import Glossary, TermcheckError
from termcheck.text.width import printable

if TYPE_CHECKING:
    from termcheck.glossary.merge import Conflict


def convert(args: argparse.Namespace) -> int:
    """`termcheck glossary convert`."""
    _write([args.input], args.output, args)
    return CLEAN


def merge(args: argparse.Namespace) -> int:
    """`termcheck glossary merge`."""
    if not args.output:
        raise TermcheckError("no file is named to write into", advice="add -o FILE")
    _write(args.paths, args.output, args)
    return CLEAN


def load(paths: Sequence[str], args: argparse.Namespace) -> Glossary:
    """The glossary in some files, merged; notices about it and about conflicts go to standard error."""
    from termcheck.engine.notices import glossary_notices
    from termcheck.glossary import load_glossary

    settings = settings_of(args)
    languages = tuple(filter(None, (settings.source_lang, settings.target_lang)))
    piped = with_piped(settings, paths).piped
    loaded = load_glossary(paths, languages, piped, settings.columns)
    for notice in glossary_notices(loaded.glossary):
        say(notice, kind="notice")
    for conflict in loaded.conflicts:
        if conflict.differs:
            say(_replaced(conflict), kind="notice")
    return loaded.glossary


def _replaced(conflict: Conflict) -> str:
    """Which entry or name of the loser is replaced; entries with one id may name different terms."""
    winner, loser = conflict.winner, conflict.loser
    names = loser.terms[0].text, winner.terms[0].text
    if winner.id != loser.id or names[0] == names[1]:
        return f"{loser.origin}: “{conflict.term}” is replaced by {winner.origin}"
    same = f"both are the concept “{winner.id}”"
    return f"{loser.origin}: “{names[0]}” is replaced by “{names[1]}” at {winner.origin}; {same}"


def _write(paths: Sequence[str], output: str, args: argparse.Namespace) -> None:
    from termcheck.glossary.formats import writable_format

    form = writable_format(output)
    _require_free(output, paths, force=args.force)
    glossary = load(paths, args)
    written = form.load_writer().write(glossary)
    write_whole(output, [written.data])
    for what in written.lost:
        say(f"{output}: {form.title} cannot hold {what}", kind="notice")
    count = "1 entry" if len(glossary.concepts) == 1 else f"{len(glossary.concepts)} entries"
    show(f"wrote {printable(output)}: {count} in {', '.join(glossary.languages)}\n")


def _require_free(output: str, paths: Sequence[str], *, force: bool) -> None:
    """Raise TermcheckError if the file to be written is there, or is one of those that are read."""
    if any(os.path.realpath(path) == os.path.realpath(output) for path in paths):
        raise TermcheckError("is read and written at once", path=output, advice="name another file to write")
    if os.path.lexists(output) and not force:
        raise TermcheckError(
            "is there already; nothing was written", path=output, advice="name another file, or add --force"
        )
