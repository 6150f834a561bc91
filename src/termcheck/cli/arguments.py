"""The arguments of every command, spelled as ruff spells them where it has them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from termcheck import __version__
from termcheck.cli import check, commands, glossaries
from termcheck.cli.completion import SHELLS
from termcheck.cli.parser import Parser


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The parsed arguments; `command` is the function to call with them.

    Wrong usage raises TermcheckError; `--help` ends the process, as argparse has it.
    """
    parser = build_parser(next(iter(arguments), ""))
    # Its reason is optional, and must not be taken from the paths that follow.
    arguments = [f"{one}=" if one == "--add-ignore" else one for one in arguments]
    options, left = parser.parse_known_args(arguments, argparse.Namespace(parser=parser))
    if left:
        options.parser.refuse(left)
    return options


def build_parser(only: str = "") -> Parser:
    """The parser of the whole command line; with `only`, the other commands get no arguments."""
    parser = Parser(
        prog="termcheck",
        usage="termcheck COMMAND [OPTIONS]",
        description="Checks terminology in bilingual text against a glossary.",
        epilog="`termcheck COMMAND --help` explains one. Exit codes: 0 clean, 1 findings, "
        "2 a mistake in the call, config, glossary or input.",
    )
    parser.add_argument("-V", "--version", action="version", version=f"termcheck {__version__}")
    add = parser.commands()
    for name, command, text, fill, aliases in (
        ("check", check.check, "check texts against a glossary", _check, ()),
        ("rule", commands.rule, "explain rules, or list them all", _rule, ("explain",)),
        ("glossary", None, "check, show, trace or score a glossary", _glossary, ()),
        ("config", commands.config, "show the settings in effect, or explain one", _config, ()),
        ("schema", commands.schema, "print the JSON Schema of glossaries", None, ()),
        ("init", commands.init, "write a first glossary.yaml and termcheck.toml here", None, ()),
        ("completion", commands.completion, "print what lets a shell complete commands", _completion, ()),
        ("version", commands.version, "print the version", None, ()),
    ):
        one = add(name, command, text, aliases=aliases)
        if fill and only in ("", name, *aliases):
            fill(one)
    return parser


def _check(parser: Parser) -> None:
    parser.usage = "termcheck check [OPTIONS] [PATH ...]"
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files and directories; - is standard input (default: .)"
    )
    _settings(parser)
    _rules(parser)
    _terms(parser)
    _files(parser)
    _walk(parser)
    _fixing(parser)
    _known(parser)
    _output(parser)
    _run(parser)
    _instead(parser)


def _terms(parser: Parser) -> None:
    terms = parser.add_argument_group("terms")
    terms.add_argument(
        "--term", action="append", metavar="TERM", help="check this one only, by id or as text"
    )
    terms.add_argument("--ignore-term", action="append", metavar="TERM", help="do not check this one")
    terms.add_argument(
        "--min-confidence",
        metavar="LEVEL",
        help="report missing renderings from this confidence on: high, medium (default), low",
    )


def _settings(parser: Parser) -> None:
    group = parser.add_argument_group("settings")
    _flags(
        group,
        ("--config", "FILE", "use this config file, not the nearest upward of here"),
        ("--source-lang", "TAG", "language of the source texts, as in zh"),
        ("--target-lang", "TAG", "language of the translations, as in en"),
        ("--date", "DATE", "date of the texts, for terms with validity dates (default: their own, or today)"),
    )
    group.add_argument("--isolated", action="store_true", help="use no config file")
    group.add_argument(
        "-g",
        "--glossary",
        action="append",
        metavar="FILE",
        help="use this one, not the nearest glossary.yaml upward of each text; of several the later wins",
    )
    group.add_argument(
        "--cache-dir", metavar="DIR", help="keep compiled glossaries here (default: the platform's)"
    )
    group.add_argument("--no-cache", action="store_true", help="neither use nor keep compiled glossaries")
    _color(group)


def _rules(parser: Parser) -> None:
    group = parser.add_argument_group(
        "rules", "Named by code, beginning of a code, name, or ALL; separated by commas."
    )
    for flag, text in (
        ("--select", "run only these"),
        ("--ignore", "do not run these"),
        ("--extend-select", "run these as well"),
    ):
        group.add_argument(flag, action="append", metavar="RULES", help=text)
    group.add_argument(
        "--per-file-ignores",
        action="append",
        metavar="GLOB:RULE",
        help="do not run this in files that match, as in 'drafts/*.md:TRM101'; separated by commas",
    )


def _files(parser: Parser) -> None:
    _flags(
        parser.add_argument_group("texts"),
        ("--source", "FILE", "the source of two parallel files, together with --target"),
        ("--target", "FILE", "its translation"),
        ("--stdin-filename", "NAME", "read standard input as if it were this file, such as talk.md"),
        ("--encoding", "NAME", "encoding of the texts (default: UTF-8, or what a byte order mark says)"),
        (
            "--format",
            "NAME",
            "plain, markdown, jsonl, csv, tsv or parquet (default: by the file's ending; unnamed standard "
            "input is markdown if it begins with front matter, else plain)",
        ),
        ("--source-key", "KEY", "key or column of the source in files of rows (default: source)"),
        ("--target-key", "KEY", "key or column of the translation (default: target)"),
    )


def _walk(parser: Parser) -> None:
    group = parser.add_argument_group(
        "files to leave out", "Patterns such as drafts or press/*.txt, separated by commas."
    )
    group.add_argument("--exclude", action="append", metavar="GLOBS", help="these, not the default ones")
    group.add_argument("--extend-exclude", action="append", metavar="GLOBS", help="these as well")
    group.add_argument(
        "--force-exclude", action="store_true", default=None, help="even when they are named as PATH"
    )
    group.add_argument(
        "--diff-base",
        metavar="REV",
        help="report only on paragraphs changed since this git revision, such as origin/main or HEAD",
    )


def _output(parser: Parser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format",
        action="append",
        metavar="FORMAT[:FILE]",
        help="full (default on a terminal), concise (default elsewhere), grouped, json, json-lines, sarif, "
        "github (default there), gitlab, junit, rdjson, rdjsonl, checkstyle, html; may be given more than "
        "once, as in --output-format full --output-format html:report.html",
    )
    group.add_argument(
        "-o", "--output-file", metavar="FILE", help="write the format that names no file into this one"
    )
    group.add_argument(
        "--fail-on",
        metavar="SEVERITY",
        help="exit with 1 from this severity on: error, warning (default), info",
    )
    group.add_argument("--statistics", action="store_true", help="count findings by rule and by term")
    group.add_argument(
        "-e", "--exit-zero", action="store_true", help="exit with 0 even if there are findings"
    )
    group.add_argument("-q", "--quiet", action="store_true", help="print findings and errors only")


def _known(parser: Parser) -> None:
    group = parser.add_argument_group("known findings")
    _flags(
        group,
        ("--baseline", "FILE", "do not report the findings that this file knows"),
        ("--write-baseline", "FILE", "write all findings into it; one that is there only loses what is gone"),
    )
    group.add_argument(
        "--add-ignore",
        nargs="?",
        const="",
        metavar="REASON",
        help="write a comment above each paragraph with findings, --add-ignore=REASON with a reason",
    )
    group.add_argument(
        "--extend-baseline", action="store_true", help="with --write-baseline: add what is new to it as well"
    )


def _fixing(parser: Parser) -> None:
    group = parser.add_argument_group("fixes")
    for flag, text in (
        ("--fix", "apply the safe fixes, and name each file that is written (--no-fix: do not)"),
        ("--unsafe-fixes", "those as well that may change more than is meant"),
        ("--fix-only", "apply fixes, and report nothing"),
    ):
        name = flag.removeprefix("--")
        group.add_argument(flag, action="store_true", default=None, help=text)
        group.add_argument(
            f"--no-{name}",
            action="store_false",
            dest=name.replace("-", "_"),
            default=None,
            help=argparse.SUPPRESS,
        )
    for flag, text in (
        ("--diff", "show what fixes would change, and write nothing"),
        ("--exit-non-zero-on-fix", "exit with 1 if anything was fixed"),
    ):
        group.add_argument(flag, action="store_true", help=text)
    for flag, text in (
        ("--fixable", "fix findings of these rules only"),
        ("--unfixable", "do not fix findings of these rules"),
        ("--extend-fixable", "fix findings of these rules as well"),
    ):
        group.add_argument(flag, action="append", metavar="RULES", help=text)


def _run(parser: Parser) -> None:
    parser.add_argument(
        "-j", "--jobs", metavar="N", help="check long texts in N processes (default: 0, one a processor)"
    )
    parser.add_argument(
        "-w", "--watch", action="store_true", help="check again whenever a text or a glossary changes"
    )


def _instead(parser: Parser) -> None:
    group = parser.add_argument_group("to see what is done")
    for flag, text in (
        ("--show-files", "list the files that would be checked, and stop"),
        ("--show-settings", "show the settings in effect, and stop"),
        ("--show-pairs", "show what is paired with what, and stop"),
    ):
        group.add_argument(flag, action="store_true", help=text)
    group.add_argument(
        "-v", "--verbose", action="store_true", help="say which config, glossaries and files are used"
    )


def _rule(parser: Parser) -> None:
    parser.usage = "termcheck rule [OPTIONS] [RULE ...]"
    parser.add_argument("rules", nargs="*", metavar="RULE", help="code, beginning of a code, or name")
    parser.add_argument("--all", action="store_true", help="explain all rules")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="text or json")
    _color(parser)


def _config(parser: Parser) -> None:
    parser.usage = "termcheck config [OPTIONS] [KEY ...]"
    parser.add_argument(
        "keys", nargs="*", metavar="KEY", help="explain these keys, such as fail-on, instead of showing all"
    )
    parser.add_argument("--all", action="store_true", help="explain all keys")
    _settings(parser)


def _completion(parser: Parser) -> None:
    parser.usage = "termcheck completion SHELL"
    parser.description = (
        "Print what lets a shell complete commands, flags, rules and files. In ~/.bashrc or ~/.zshrc: "
        'eval "$(termcheck completion bash)". In ~/.config/fish/config.fish: '
        "termcheck completion fish | source."
    )
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))


def _glossary(parser: Parser) -> None:
    parser.usage = "termcheck glossary COMMAND [OPTIONS]"
    add = parser.commands()
    for name, command, text in (
        ("check", glossaries.glossary_check, "find entries that cannot work, or contradict one another"),
        ("show", glossaries.glossary_show, "print glossaries as they are understood, merged into one"),
    ):
        one = add(name, command, text)
        one.usage = f"termcheck glossary {name} [OPTIONS] [GLOSSARY ...]"
        one.add_argument(
            "paths", nargs="*", metavar="GLOSSARY", help="files (default: the nearest glossary.yaml upward)"
        )
        _settings(one)
        if name == "check":
            _rules(one)
            _output(one)
    trace = add("trace", glossaries.glossary_trace, "say why a term does or does not match in a text")
    trace.usage = "termcheck glossary trace [OPTIONS] TERM [FILE ...]"
    trace.add_argument("traced", metavar="TERM", help="a term in either language, or the id of a concept")
    trace.add_argument("paths", nargs="*", metavar="FILE", help="texts to look at; - is standard input")
    _settings(trace)
    _files(trace)
    _score(add("score", glossaries.glossary_score, "count how often texts render each term as listed"))


def _score(parser: Parser) -> None:
    parser.usage = "termcheck glossary score [OPTIONS] [PATH ...]"
    parser.description = (
        "Count for each term how often it is met, how often it is rendered as listed, and what stands there "
        "where it is not. The table shows the terms that are missed somewhere, the most missed first."
    )
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files and directories; - is standard input (default: .)"
    )
    _settings(parser)
    _terms(parser)
    _files(parser)
    _walk(parser)
    group = parser.add_argument_group("output")
    form = group.add_mutually_exclusive_group()
    form.add_argument(
        "--output-format",
        dest="score_format",
        choices=("text", "json"),
        default="text",
        help="text, or json with all terms that are met",
    )
    group.add_argument("-o", "--output-file", metavar="FILE", help="write the result into this file")
    group.add_argument(
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
    group.add_argument("-q", "--quiet", action="store_true", help="print no closing line")


def _flags(group: argparse._ArgumentGroup, *flags: tuple[str, str, str]) -> None:
    for flag, value, text in flags:
        group.add_argument(flag, metavar=value, help=text)


def _color(group: argparse._ActionsContainer) -> None:
    group.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="auto: on a terminal"
    )
