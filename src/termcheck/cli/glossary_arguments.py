"""The arguments of the commands of `termcheck glossary` that work with glossaries as files."""

from __future__ import annotations

from collections.abc import Callable

from termcheck.cli.arguments import add_groups
from termcheck.cli.parser import Parser
from termcheck.options import OptionTable


def _convert(parser: Parser, options: OptionTable) -> None:
    parser.usage = f"{parser.prog} [OPTIONS] IN OUT"
    parser.description = (
        "Read a glossary in one format and write it in another one. The endings of the files say which: "
        ".yaml, .json, .csv, .tsv, .xlsx, .md, .tbx."
    )
    parser.add_argument("input", metavar="IN", help="the glossary to read")
    parser.add_argument("output", metavar="OUT", help="the file to write")
    _force(parser)
    add_groups(parser, options, "settings")


def _merge(parser: Parser, options: OptionTable) -> None:
    parser.usage = f"{parser.prog} [OPTIONS] GLOSSARY ... -o OUT"
    parser.description = (
        "Write several glossaries into one file; entries of a later one replace earlier ones."
    )
    parser.add_argument("paths", nargs="+", metavar="GLOSSARY", help="the glossaries to read")
    parser.add_argument("-o", "--output", metavar="OUT", help="the file to write; its ending says the format")
    _force(parser)
    add_groups(parser, options, "settings")


def _force(parser: Parser) -> None:
    parser.add_argument("--force", action="store_true", help="overwrite the file if it is there")


def _diff(parser: Parser, options: OptionTable) -> None:
    parser.usage = f"{parser.prog} [OPTIONS] OLD NEW"
    parser.description = (
        "Say what has changed between two versions of a glossary; if anything, the exit code is 1."
    )
    parser.add_argument("old", metavar="OLD", help="the glossary as it was")
    parser.add_argument("new", metavar="NEW", help="the glossary as it is")
    _format(parser, "text", "json", "markdown")
    add_groups(parser, options, "settings")


def _fmt(parser: Parser, options: OptionTable) -> None:
    parser.usage = f"{parser.prog} [OPTIONS] [GLOSSARY ...]"
    parser.description = (
        "Write glossaries in YAML in one style of blanks and line breaks. Comments and the meaning stay."
    )
    parser.add_argument(
        "paths", nargs="*", metavar="GLOSSARY", help="files (default: the nearest glossary.yaml upward)"
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit code 1 if a file would change"
    )
    parser.add_argument("--sort", action="store_true", help="sort the entries by their terms, too")
    add_groups(parser, options, "settings")


def _terms(parser: Parser, options: OptionTable) -> None:
    parser.usage = f"{parser.prog} [OPTIONS] [FILE ...]"
    parser.description = (
        "List the terms of the glossary that occur in texts that are still to be translated, with their "
        "renderings and places."
    )
    parser.add_argument("paths", nargs="*", metavar="FILE", help="source texts; - is standard input")
    _format(parser, "text", "json", "csv", "markdown")
    add_groups(parser, options, "settings", "terms", "texts")


def _format(parser: Parser, *names: str) -> None:
    parser.add_argument(
        "--output-format",
        dest="file_format",
        choices=names,
        default=names[0],
        help=f"{', '.join(names[:-1])} or {names[-1]} (default: {names[0]})",
    )


COMMANDS: tuple[tuple[str, str, str, Callable[[Parser, OptionTable], None]], ...] = (
    ("convert", "glossary_files.convert", "write a glossary in another format", _convert),
    ("merge", "glossary_files.merge", "write several glossaries into one file", _merge),
    ("diff", "glossary_diff.diff", "say what has changed between two glossaries", _diff),
    ("fmt", "glossary_fmt.fmt", "write glossaries in YAML in one style", _fmt),
    ("terms", "glossary_terms.terms", "list the terms that occur in source texts", _terms),
)
"""The name, function, summary and arguments of each command."""
