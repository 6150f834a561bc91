"""The programs that termcheck is compared with: how to install them, pass the terms, and run them.

Each program gets the terms in the format that suits it best. None of them is imported, and termcheck needs
none.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generate import Entry

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Peer:
    """A program and how to run it: in the directory with its texts or, if `at_home`, in its own.

    In `command`, `{home}` is the directory of the installation, `{terms}` the file that `tell` wrote,
    `{glossary}` termcheck's glossary, `{in}` the directory with the texts in the format that it `reads`,
    `{texts}` all of them, and `{out}` an empty directory. `blind` has parts of the names of planted errors
    that the program is not made to find.
    """

    name: str
    reads: str
    command: str
    packages: tuple[str, ...] = ()
    registry: str = ""
    tell: Callable[[Sequence[Entry]], str] | None = None
    terms_file: str = "terms.json"
    statuses: tuple[int, ...] = (0,)
    blind: tuple[str, ...] = ()
    at_home: bool = False


def _plain(entries: Sequence[Entry]) -> str:
    return json.dumps(
        [(entry.term, entry.accepted, entry.forbidden) for entry in entries], ensure_ascii=False
    )


def _sources(entries: Sequence[Entry]) -> str:
    return "".join(f"{entry.term}\n" for entry in entries)


def _codespell(entries: Sequence[Entry]) -> str:
    return "".join(f"{entry.forbidden}->{entry.accepted[0]}\n" for entry in entries if entry.forbidden)


def _cspell(entries: Sequence[Entry]) -> str:
    words = {word for entry in entries for text in entry.accepted for word in re.findall(r"\w+", text)}
    forbidden = [entry.forbidden for entry in entries if entry.forbidden]
    # It has no dictionary for Chinese, so each sentence would be an unknown word.
    return json.dumps(
        {
            "language": "en",
            "words": sorted(words),
            "flagWords": forbidden,
            "ignoreRegExpList": ["[\\u3400-\\u9fff]+"],
        }
    )


def _textlint(entries: Sequence[Entry]) -> str:
    names = [text for entry in entries if entry.name for text in entry.accepted]
    replaced = [
        (rf"\b{re.escape(entry.forbidden)}\b", entry.accepted[0]) for entry in entries if entry.forbidden
    ]
    options = {"defaultTerms": False, "terms": [*names, *replaced]}
    return json.dumps({"rules": {"terminology": options}})


# Errors that cannot be found in the translation alone, or in each pair by itself.
_ONE_SIDE = ("missing", "untranslated", "inside another word", "two ways", "before its full form")
_PAIR_BY_PAIR = ("two ways", "before its full form")

_TERMCHECK = "termcheck check --jobs 1 --output-format concise -g {glossary} {texts}"

# The others are compared with the first.
PEERS = (
    Peer("termcheck", "md", _TERMCHECK, statuses=(0, 1)),
    Peer("termcheck, pairs given", "jsonl", _TERMCHECK, statuses=(0, 1)),
    Peer(
        "pofilter", "po",
        "{home}/bin/pofilter --progress=none --language=en -t musttranslatewords --musttranslatefile={terms}"
        " -i {in} -o {out}",
        ("translate-toolkit==3.20.4",), "pip", _sources, "terms.txt",
        blind=("missing", "forbidden", "misspelled", "case", "inside another word", *_PAIR_BY_PAIR),
    ),
    Peer(
        "codespell", "md", "{home}/bin/codespell -D - -D {terms} {texts}",
        ("codespell==2.4.3",), "pip", _codespell, "terms.txt", (0, 65), blind=("case", *_ONE_SIDE),
    ),
    Peer(
        "cspell", "md", "{home}/node_modules/.bin/cspell lint --no-progress --no-summary -c {terms} {texts}",
        ("cspell@9.8.0",), "npm", _cspell, "cspell.json", (0, 1), blind=("case", *_ONE_SIDE),
    ),
    Peer(
        "textlint", "md",
        "{home}/node_modules/.bin/textlint -f unix -c {terms} {texts}",
        ("textlint@15.8.0", "textlint-rule-terminology@5.2.16"), "npm", _textlint, "textlintrc.json", (0, 1),
        blind=("misspelled", *_ONE_SIDE), at_home=True,
    ),
    Peer(
        "two loops and `in`", "jsonl", "python {here}/peer_naive.py {terms} {texts}",
        tell=_plain, blind=("case", *_PAIR_BY_PAIR),
    ),
    Peer(
        "flashtext", "jsonl", "{home}/bin/python {here}/peer_flashtext.py {terms} {texts}",
        ("flashtext==2.7",), "pip", _plain, blind=("case", *_PAIR_BY_PAIR),
    ),
)  # fmt: skip


class NotInstalledError(Exception):
    """A peer cannot be installed on this machine; the message says why."""


def install(peer: Peer, home: Path) -> None:
    """Install a peer into a directory of its own unless it is installed; raises NotInstalledError."""
    stamp = home / "installed.txt"
    if not peer.packages or (stamp.exists() and stamp.read_text().split() == list(peer.packages)):
        return
    home.mkdir(parents=True, exist_ok=True)
    print(f"installing {', '.join(peer.packages)} …", file=sys.stderr)
    if peer.registry == "pip":
        venv.create(home, with_pip=True)
        words = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", *peer.packages]
    else:
        npm = shutil.which("npm")
        if npm is None:
            raise NotInstalledError("there is no npm")
        words = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(home), *peer.packages]
    done = subprocess.run(words, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise NotInstalledError((done.stderr or done.stdout).strip().rpartition("\n")[2])
    stamp.write_text("\n".join(peer.packages))
