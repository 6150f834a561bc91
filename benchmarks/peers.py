"""Compare termcheck with programs that people use for the same work: what each finds, and its speed.

    python benchmarks/peers.py

The programs are installed from PyPI and npm into a directory outside of the project, and run as programs.
Ten texts have one error each, and ten are correct. An alarm anywhere in a text counts, whatever it says.
For the speed, all get the same generated text, in turns. A program that cannot be installed is left out
with a message.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import generate
from peer_texts import PLANTED, Text, generated, planted, planted_terms, write
from peer_tools import HERE, PEERS, NotInstalledError, Peer, install
from report import machine, quartiles, rounded, row
from runner import Command, FailedError, Runner, program


@dataclass(frozen=True, slots=True)
class Task:
    """Texts and the terms to check, written in all formats in a directory."""

    directory: Path
    texts: Sequence[Text]
    terms: Sequence[generate.Entry]
    glossary: Path

    def command(self, peer: Peer, home: Path) -> Command:
        """The command of a peer for this task."""
        terms = self.directory / f"{home.name}-{peer.terms_file}"
        if peer.tell:
            terms.write_text(peer.tell(self.terms), encoding="utf-8")
        directory = self.directory / peer.reads
        names = [f"{text.name}.{peer.reads}" for text in self.texts]
        paths = {
            "home": home,
            "here": HERE,
            "terms": terms,
            "glossary": self.glossary,
            "in": directory,
            "out": self.out(home),
        }
        words: list[str] = []
        for word in shlex.split(peer.command):
            if word == "{texts}":
                words += [str(directory / name) for name in names] if peer.at_home else names
            else:
                words.append(word.format_map(paths))
        return Command(tuple(words), peer.statuses, directory=str(home if peer.at_home else directory))

    def out(self, home: Path) -> Path:
        """The directory for a peer that writes files and does not print."""
        return self.directory / f"{home.name}-out"


def main() -> int:
    """Install and run the peers, and print both tables."""
    chosen = _arguments()
    directory = chosen.directory.resolve()
    caches = directory / "compiled"
    caches.mkdir(parents=True, exist_ok=True, mode=0o700)
    runner = Runner.of(caches)
    errors, correct = planted("errors"), planted("correct")
    task = Task(directory / "planted", [*errors, *correct], planted_terms(), PLANTED / "glossary.yaml")
    write(task.texts, task.directory)
    homes: dict[Peer, Path] = {}
    alarms: dict[Peer, set[str]] = {}
    for peer in [peer for peer in PEERS if not (chosen.offline and peer.packages)]:
        home = directory / "programs" / "".join(char for char in peer.name.split()[0] if char.isalnum())
        try:
            install(peer, home)
            alarms[peer] = _alarms(task, peer, home, runner)
        except (NotInstalledError, FailedError) as error:
            print(f"{peer.name} is left out: {error}", file=sys.stderr)
        else:
            homes[peer] = home
    print("\n".join(_found(errors, correct, alarms)), end="\n\n")
    print("\n".join(_speeds(directory, homes, chosen, runner)))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare termcheck with other programs.")
    parser.add_argument("--concepts", type=int, default=1000, help="size of the glossary (%(default)s)")
    parser.add_argument("--kilobytes", type=float, default=1000, help="size of the text (%(default)s)")
    parser.add_argument("--offline", action="store_true", help="only what needs no installation")
    parser.add_argument(
        "--rounds",
        type=int,
        default=3,
        help="measure each so many times (%(default)s); 1: without filling caches before",
    )
    parser.add_argument(
        "--directory",
        type=Path,
        default=Path(tempfile.gettempdir(), "termcheck-peers"),
        help="where programs and texts are kept (%(default)s)",
    )
    return parser.parse_args()


def _alarms(task: Task, peer: Peer, home: Path, runner: Runner) -> set[str]:
    """The names of the texts with an alarm of a peer."""
    shutil.rmtree(task.out(home), ignore_errors=True)
    task.out(home).mkdir()
    command = task.command(peer, home)
    done = subprocess.run(
        program(command.words), cwd=command.directory, env=runner.env, capture_output=True, encoding="utf-8"
    )
    if done.returncode not in peer.statuses:
        raise FailedError(f"{peer.name}: exit {done.returncode}\n{done.stderr}")
    output = "\n".join((done.stdout, *(path.name for path in task.out(home).iterdir())))
    return {text.name for text in task.texts if f"{text.name}." in output}


def _found(errors: Sequence[Text], correct: Sequence[Text], alarms: Mapping[Peer, set[str]]) -> Iterator[str]:
    """The table of found errors; a dash marks what a peer is not made for."""
    yield row(["Planted error", *(peer.name for peer in alarms)])
    yield row(["---"] + [":---:"] * len(alarms))
    for text in errors:
        yield row([text.what, *(_verdict(text, peer, names) for peer, names in alarms.items())])
    for label, texts in (("**found of ten**", errors), ("**false alarms in ten**", correct)):
        yield row([label, *(str(len(names & {text.name for text in texts})) for names in alarms.values())])
    yield ""
    yield row(["Right text", *(peer.name for peer in alarms)])
    yield row(["---"] + [":---:"] * len(alarms))
    for text in correct:
        yield row([text.what, *("alarm" if text.name in names else "" for names in alarms.values())])


def _verdict(text: Text, peer: Peer, names: set[str]) -> str:
    if text.name in names:
        return "found"
    return "–" if any(part in text.what for part in peer.blind) else "missed"


def _speeds(
    directory: Path, homes: Mapping[Peer, Path], chosen: argparse.Namespace, runner: Runner
) -> Iterator[str]:
    """The table of speeds: on a text of 5 KB, where start-up dominates, and on a long text."""
    terms = generate.entries(chosen.concepts)
    glossary = directory / f"glossary-{chosen.concepts}.yaml"
    glossary.write_text("".join(generate.glossary(chosen.concepts)), encoding="utf-8")
    columns: list[Mapping[Peer, Sequence[float]]] = []
    for kilobytes in (5, chosen.kilobytes):
        texts = list(generated(kilobytes, terms))
        task = Task(directory / f"speed-{kilobytes:g}-{chosen.concepts}", texts, terms, glossary)
        write(texts, task.directory)
        columns.append(_seconds(task, homes, chosen.rounds, runner))
    size = sum(text.megabytes for text in texts)
    here = machine()
    amount = f"{chosen.concepts:,} concepts, {size:.2g} MB in {len(texts)} files"
    yield f"{here['python']}, {here['cores']} cores; {amount}."
    yield ""
    yield row(["Program", "Reads", "5 KB", "Middle half", "Long text", "Middle half", "Seconds a megabyte"])
    yield row(["---"] * 2 + ["---:"] * 5)
    first = next(iter(homes))
    for peer in homes:
        cells = [peer.name, peer.reads]
        for column in columns:
            ratios = [seconds / base for seconds, base in zip(column[peer], column[first], strict=True)]
            low, middle, high = quartiles(ratios)
            cells += [f"{rounded(middle)} ×", f"{rounded(low)} – {rounded(high)}"]
        yield row([*cells, rounded(statistics.median(columns[-1][peer]) / size)])


def _seconds(
    task: Task, homes: Mapping[Peer, Path], rounds: int, runner: Runner
) -> Mapping[Peer, Sequence[float]]:
    """The seconds of each peer in each round; with several rounds, an additional first one fills caches."""
    for home in homes.values():
        task.out(home).mkdir(exist_ok=True)
    commands = {peer: task.command(peer, home) for peer, home in homes.items()}
    taken: dict[Peer, list[float]] = {peer: [] for peer in homes}
    first = 1 if rounds > 1 else 0
    for _ in range(first + rounds):
        for peer, command in commands.items():
            taken[peer].append(runner(command).seconds)
    return {peer: seconds[first:] for peer, seconds in taken.items()}


if __name__ == "__main__":
    sys.exit(main())
