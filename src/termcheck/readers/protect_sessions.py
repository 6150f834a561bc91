"""Sessions: what somebody typed at a prompt, and what Python answered."""

from __future__ import annotations

import re

from termcheck.lazy import compile_later
from termcheck.readers.protect_trigger import Found, Trigger, begins_line

# Python behind `>>> `; anything else there is a mail that quotes a quoted mail.
_PYTHON = compile_later(
    r"""
    (?=[^\n]{0,300}(?:
        \w[(\[] | \w\.[a-z_] | \w\s?[-+*/]?=\s?\S | [\[{(]['"\d]          # loom.list, list(x), a = 1
    ))
    | (?:import|from|def|class|for|while|if|with|try|del|raise|assert|return|print|async|await)\b[^\n]*[\w:)]$
    | (?:import|from|del|raise|assert)[ ]\w[\w., ]*$
    | [@#'"]
    | [^\s]+[ \t]*$                                                       # loom
    """,
    re.ASCII | re.VERBOSE | re.MULTILINE,
)
_BLANK_LINE = compile_later(r"\n[ \t\r]*(?=\n|\Z)")
_COMMANDS = (
    "apt|apt-get|awk|aws|az|bash|bazel|brew|bundle|cargo|cat|cd|chmod|chown|cmake|conda|composer|cp|curl|deno|docker"
    "|dnf|echo|env|export|find|gcloud|gem|git|go|gradle|grep|helm|java|javac|kill|kubectl|ln|ls|make|mkdir|mv|mvn"
    "|mysql|node|npm|npx|perl|php|pip3?|pipx|pnpm|poetry|psql|pytest|python[23]?|rm|rsync|ruby|rustup|scp|sed|sh"
    "|source|ssh|sudo|systemctl|tar|tee|touch|unzip|uv|vim?|wget|yarn|yum|zsh"
)
# A command behind `$ `, by its name, its path or its options; `$ million` is none.
_COMMAND = compile_later(
    rf"""
    \$[ ](?:
        (?:{_COMMANDS})(?=\s|\Z)                                          # $ git clone
      | (?:\.{{1,2}}|~)?/\S                                               # $ ./run
      | [a-z_][\w./-]*=\S                                                 # $ name=value
      | [a-z][\w./-]*(?=[^\n]{{0,200}}\s-(?:[A-Za-z]\b|-[a-z]))              # $ termcheck check --fix
    )
    """,
    re.ASCII | re.VERBOSE,
)
_COMMAND_LINE = compile_later(r"(?:[^\n]*\\\n)*[^\n]*")


def _session(text: str, at: int, bound: int) -> Found:  # noqa: ARG001 (the signature of all finders)
    """A session of Python, which ends with a blank line."""
    if not begins_line(text, at) or not _PYTHON.match(text, at + len(">>> ")):
        return at, at, at
    blank = _BLANK_LINE.search(text, at)
    return at, blank.start() if blank else len(text), at


def is_command(text: str, at: int) -> bool:
    """Whether a prompt with a command stands at an offset."""
    return text.startswith("$ ", at) and _COMMAND.match(text, at) is not None


def _command(text: str, at: int, bound: int) -> Found:  # noqa: ARG001 (the signature of all finders)
    """A command with the lines on which it goes on."""
    if not begins_line(text, at) or not is_command(text, at):
        return at, at, at
    line = _COMMAND_LINE.match(text, at)
    return at, line.end() if line else at, at


TRIGGERS = (
    Trigger(">", r"(?=>>\ )", _session, ">"),
    Trigger("$", r"(?=\ )", _command, "$"),
)
