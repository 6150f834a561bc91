"""The arguments of every command, spelled as ruff spells them where ruff has them.

The options of `termcheck check` come from the table of options, and other commands share some of its groups.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from termcheck import __version__
from termcheck.cli.help_screen import mark
from termcheck.cli.named_in_files import add_listed_paths, expanded
from termcheck.cli.parser import Command, Parser
from termcheck.options import OPTIONS, Option, OptionTable

AddArguments = Callable[[Parser, OptionTable], None]


def parse(arguments: Sequence[str], options: OptionTable = OPTIONS) -> argparse.Namespace:
    """The parsed arguments; `command` is the function to call with them.

    Wrong usage raises TermcheckError; `--help` ends the process, as argparse does.
    """
    arguments = list(expanded(arguments))
    parser = build_parser(next(iter(arguments), ""), options)
    # A flag with an optional value must not take it from the paths that follow.
    optional = {flag for flag, option in options.by_flag.items() if option.type.optional}
    arguments = [f"{argument}=" if argument in optional else argument for argument in arguments]
    args, unknown = parser.parse_known_args(arguments, argparse.Namespace(parser=parser))
    if unknown:
        args.parser.refuse(unknown, options.by_flag)
    add_listed_paths(args)
    return args


def build_parser(only: str = "", options: OptionTable = OPTIONS) -> Parser:
    """The parser of the whole command line; with `only`, of that command alone.

    If there is no such command, the parser has all commands, but without their arguments.
    """
    parser = Parser(
        prog="termcheck",
        usage="termcheck COMMAND [OPTIONS]",
        description="Checks terminology in bilingual text against a glossary.",
        epilog="`termcheck COMMAND --help` explains one, and `termcheck help COMMAND` has all its flags. "
        "An argument @FILE stands for the lines of that file. "
        "Exit codes: 0 clean, 1 findings, 2 an error in the arguments, config, glossary or input.",
    )
    parser.add_argument("-V", "--version", action="version", version=f"termcheck {__version__}")
    add = parser.commands()
    commands = _commands()
    # Making the parsers of all commands takes longer than parsing.
    chosen = [command for command in commands if only in (command[0], *command[-1])]
    complete = bool(chosen) or not only
    for name, function, summary, add_arguments, aliases in chosen or commands:
        run = _command(function) if function else None
        command = add(name, run, summary, aliases=aliases, add_help=complete)
        if complete and add_arguments:
            add_arguments(command, options)
    return parser


def _commands() -> tuple[tuple[str, str, str, AddArguments | None, tuple[str, ...]], ...]:
    """The name, function, summary, arguments and aliases of each command."""
    return (
        ("check", "check.check", "check texts against a glossary", _check, ()),
        ("rule", "commands.rule", "explain rules, or list them all", _rule, ("explain",)),
        ("glossary", "", "check, show, convert, extract or score glossaries", _glossary, ()),
        ("config", "config.config", "show the settings in effect, or explain one", _config, ()),
        ("schema", "commands.schema", "print the JSON Schema of glossaries", None, ()),
        ("init", "init.init", "write a first glossary.yaml and termcheck.toml here", _init, ()),
        ("server", "commands.server", "serve an editor over standard input and output (LSP)", None, ()),
        ("completion", "commands.completion", "print what lets a shell complete commands", _completion, ()),
        ("help", "commands.show_help", "show all flags of a command", _help, ()),
        ("version", "commands.version", "print the version", _version, ()),
    )


def _command(path: str) -> Command:
    """The function of a command, as `module.function`; its module is imported when the command runs."""
    module, _, name = path.partition(".")

    def run(args: argparse.Namespace) -> int:
        function: Command = getattr(import_module(f"termcheck.cli.{module}"), name)
        return function(args)

    return run


def add_groups(parser: Parser, options: OptionTable, *titles: str) -> None:
    """Add the flags of some groups of the table, or of all of them."""
    for title in titles or options.groups:
        group = options.groups[title]
        section = parser.add_argument_group(title, group.description or None) if title else parser
        for option in group.options:
            if option.flags:
                _add_option(section, option)


def _add_option(section: argparse._ActionsContainer, option: Option) -> None:
    line = option.help_line() + (f" [{option.variable}]" if option.from_environment else "")
    action = section.add_argument(
        *option.flags, dest=option.destination, help=line, **_value_arguments(option)
    )
    mark(action, option.brief, rare=option.rare)
    if option.opposite:
        section.add_argument(
            option.opposite,
            dest=option.destination,
            action="store_const",
            const=option.default,
            help=argparse.SUPPRESS,
        )


def _value_arguments(option: Option) -> dict[str, Any]:
    """The keyword arguments of argparse for the value of a flag.

    A flag that has a key stays None if it is not given, so that the config files decide.
    """
    value, default = option.type, None if option.key else option.default
    if value.is_switch:
        off = None if option.key else False
        return {"action": "store_const", "const": not option.default, "default": off}
    arguments: dict[str, Any] = {"metavar": value.metavar or None, "default": default}
    if value.repeatable:
        arguments["action"] = "append"
    if value.optional:
        arguments |= {"nargs": "?", "const": ""}
    if value.choices and not option.key:
        arguments["choices"] = tuple(value.choices())
    return arguments


def _check(parser: Parser, options: OptionTable) -> None:
    parser.usage = "termcheck check [OPTIONS] [PATH ...]"
    _add_paths(parser)
    add_groups(parser, options)


def _add_paths(parser: Parser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and directories; - is standard input")


def _rule(parser: Parser, options: OptionTable) -> None:
    parser.usage = "termcheck rule [OPTIONS] [RULE ...]"
    parser.add_argument("rules", nargs="*", metavar="RULE", help="code, beginning of a code, or name")
    parser.add_argument("--all", action="store_true", help="explain all rules")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="text or json")
    _add_option(parser, options.by_flag["--color"])


def _config(parser: Parser, options: OptionTable) -> None:
    parser.usage = "termcheck config [OPTIONS] [KEY ...]"
    parser.add_argument(
        "keys", nargs="*", metavar="KEY", help="explain these keys, such as fail-on, instead of showing all"
    )
    parser.add_argument("--all", action="store_true", help="explain all keys")
    add_groups(parser, options, "settings")


def _init(parser: Parser, _: OptionTable) -> None:
    parser.usage = "termcheck init [OPTIONS]"
    parser.add_argument(
        "--languages",
        metavar="TAGS",
        help="languages of the glossary, the source first, as in de,en (default: those of the texts here, "
        "or zh,en)",
    )


def _help(parser: Parser, _: OptionTable) -> None:
    parser.usage = "termcheck help [COMMAND ...]"
    parser.add_argument("words", nargs="*", metavar="COMMAND", help="such as check, or glossary score")


def _version(parser: Parser, _: OptionTable) -> None:
    parser.usage = "termcheck version [OPTIONS]"
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="text or json")


def _completion(parser: Parser, _: OptionTable) -> None:
    from termcheck.cli.completion import SHELLS

    parser.usage = "termcheck completion SHELL"
    parser.description = (
        "Print what lets a shell complete commands, flags, rules and files. In ~/.bashrc or ~/.zshrc: "
        'eval "$(termcheck completion bash)". In ~/.config/fish/config.fish: '
        "termcheck completion fish | source."
    )
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))


def _glossary(parser: Parser, options: OptionTable) -> None:
    parser.usage = "termcheck glossary COMMAND [OPTIONS]"
    add = parser.commands()
    for name, module, summary, add_arguments in (
        ("check", "glossary", "find entries that cannot work, or contradict one another", _glossary_check),
        ("show", "glossary", "print glossaries as they are understood, merged into one", _glossary_show),
        ("trace", "glossary", "say why a term does or does not match in a text", _glossary_trace),
        ("score", "glossary", "count how often texts render each term as listed", _glossary_score),
        ("extract", "extract", "propose a glossary from bilingual texts", _glossary_extract),
    ):
        add_arguments(add(name, _command(f"{module}.glossary_{name}"), summary), options)
    from termcheck.cli.glossary_arguments import COMMANDS

    for name, function, summary, add_more in COMMANDS:
        add_more(add(name, _command(function), summary), options)


def _glossary_check(parser: Parser, options: OptionTable) -> None:
    _add_glossaries(parser)
    add_groups(parser, options, "settings", "rules", "output")


def _glossary_show(parser: Parser, options: OptionTable) -> None:
    _add_glossaries(parser)
    from termcheck.glossary.formats import printed_formats

    names = printed_formats()
    parser.add_argument(
        "--output-format",
        dest="glossary_format",
        choices=names,
        default=names[0],
        help=f"{', '.join(names[:-1])} or {names[-1]} (default: {names[0]})",
    )
    add_groups(parser, options, "settings")


def _add_glossaries(parser: Parser) -> None:
    parser.usage = f"{parser.prog} [OPTIONS] [GLOSSARY ...]"
    parser.add_argument(
        "paths", nargs="*", metavar="GLOSSARY", help="files (default: the nearest glossary.yaml upward)"
    )


def _glossary_trace(parser: Parser, options: OptionTable) -> None:
    parser.usage = "termcheck glossary trace [OPTIONS] TERM [FILE ...]"
    parser.add_argument("traced", metavar="TERM", help="a term in either language, or the id of a concept")
    parser.add_argument("paths", nargs="*", metavar="FILE", help="texts to look at; - is standard input")
    add_groups(parser, options, "settings", "texts")


def _glossary_score(parser: Parser, options: OptionTable) -> None:
    parser.usage = "termcheck glossary score [OPTIONS] [PATH ...]"
    parser.description = (
        "Count for each term how often it is met, how often it is rendered as listed, and what stands there "
        "where it is not. The table shows the terms that are missed somewhere, the most missed first."
    )
    _add_paths(parser)
    add_groups(parser, options, "settings", "terms", "texts", "files")
    output = parser.add_argument_group("output")
    form = output.add_mutually_exclusive_group()
    form.add_argument(
        "--output-format",
        dest="score_format",
        choices=("text", "json"),
        default="text",
        help="text, or json with all terms that are met",
    )
    output.add_argument("-o", "--output-file", metavar="FILE", help="write the result into this file")
    output.add_argument(
        "--min-occurrences",
        metavar="NUMBER",
        type=int,
        default=1,
        help="leave out terms that fewer pairs have (default: 1)",
    )
    form.add_argument(
        "--suggest",
        dest="score_format",
        action="store_const",
        const="glossary",
        help="print instead the noisy entries as they could be mended, ready to paste",
    )
    output.add_argument("-q", "--quiet", action="store_true", help="print no closing line")


def _glossary_extract(parser: Parser, options: OptionTable) -> None:
    parser.usage = "termcheck glossary extract [OPTIONS] [PATH ...]"
    parser.description = (
        "Propose terms and their renderings from bilingual texts, the best first, as a glossary to edit. "
        "Comments in it say on what each entry rests."
    )
    _add_paths(parser)
    add_groups(parser, options, "settings", "texts", "files")
    section = parser.add_argument_group("proposals")
    section.add_argument(
        "--min-pairs",
        metavar="NUMBER",
        type=int,
        default=3,
        help="leave out terms that fewer pairs have (default: 3)",
    )
    section.add_argument(
        "--known",
        metavar="FILE",
        action="append",
        default=[],
        help="leave out the terms of this glossary, and begin with those that have several renderings",
    )
    section.add_argument(
        "--output-format",
        dest="extraction_format",
        choices=("yaml", "json"),
        help="yaml: a glossary with comments (default); or json",
    )
    section.add_argument("-o", "--output-file", metavar="FILE", help="write the glossary into this file")
    section.add_argument("--force", action="store_true", help="write over a file that is there")
    section.add_argument("-q", "--quiet", action="store_true", help="print no closing line")
