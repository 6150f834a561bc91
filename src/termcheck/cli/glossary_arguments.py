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
        ".yaml, .json, .csv, .tsv, .md, .tbx."
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


COMMANDS: tuple[tuple[str, str, str, Callable[[Parser, OptionTable], None]], ...] = (
    ("convert", "glossary_files.convert", "write a glossary in another format", _convert),
    ("merge", "glossary_files.merge", "write several glossaries into one file", _merge),
)
"""The name, function, summary and arguments of each command."""
