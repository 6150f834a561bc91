"""Fuzz targets for as long as you like: `python tests/fuzz/run.py [TARGET…] --seconds 600 --save DIRECTORY`.

With atheris, which is in the dependency group `fuzz`, coverage guides the inputs. Without it, or with
`--plain`, they are made of the pieces of each target. An input that breaks a promise is saved under
`DIRECTORY/TARGET/`, once for each place in the code, with the traceback beside it, and fuzzing goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import random
import re
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

# Seconds of the processor for an input of at most 10 KB.
SLOW = 1.0


@dataclass
class Log:
    """What happened to a target: the inputs it took, and the places in the code that failed."""

    name: str
    save: Path
    slow: float
    executions: int = 0
    failed: set[str] = field(default_factory=set)
    begin: float = field(default_factory=time.monotonic)

    def run(self, data: bytes) -> None:
        """Give the target an input."""
        from targets import TARGETS

        self.executions += 1
        begin = time.process_time()
        try:
            TARGETS[self.name].run(data)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            ours = [
                frame
                for frame in frames
                if "termcheck" in frame.filename and "/targets.py" not in frame.filename
            ]
            last = (ours or frames)[-1]
            says = re.sub(r"[^ ]*[\d“][^ ]*", "…", str(error))[:60]
            place = f"{Path(last.filename).name}:{last.lineno}"
            self.note(f"{type(error).__name__} at {place}: {says}", data)
        spent = time.process_time() - begin
        if spent > self.slow:
            self.note("slow", data, f"{len(data)} bytes took {spent:.1f} s")

    def note(self, what: str, data: bytes, why: str = "") -> None:
        """Save an input, once for each kind of failure."""
        if what in self.failed:
            return
        self.failed.add(what)
        folder = self.save / self.name
        folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(data).hexdigest()[:16]
        (folder / digest).write_bytes(data)
        (folder / f"{digest}.txt").write_text(
            f"{what}\n{why or traceback.format_exc()}", encoding="utf-8", errors="replace"
        )
        print(f"{self.name}: {what} ({digest})", flush=True)

    def tell(self) -> None:
        """Write down the executions and the minutes so far."""
        minutes = (time.monotonic() - self.begin) / 60
        self.save.mkdir(parents=True, exist_ok=True)
        line = {"executions": self.executions, "minutes": round(minutes, 1), "failures": len(self.failed)}
        (self.save / f"{self.name}.json").write_text(json.dumps(line), encoding="utf-8")


def fuzz_plainly(log: Log, seconds: float, seed: int) -> None:
    """Give a target made inputs for so many seconds."""
    from inputs import made_input, seeds

    chance, known = random.Random(seed), seeds(log.name)
    for data in known:
        log.run(data)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        log.run(made_input(chance, log.name, known))
        if not log.executions % 200:
            log.tell()
    log.tell()


def fuzz_by_coverage(log: Log, seconds: float) -> None:
    """Let atheris look for inputs that reach new code; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["termcheck"]):
        import targets
    from inputs import LARGEST, made_input, seeds

    target = targets.TARGETS[log.name]
    work = log.save / "corpus" / log.name
    work.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1)
    for number, data in enumerate([*seeds(log.name), *(made_input(chance, log.name, []) for _ in range(50))]):
        (work / f"seed{number}").write_bytes(data)
    words = work.parent / f"{log.name}.dict"
    escaped = (
        "".join(f"\\x{byte:02x}" for byte in piece.encode("utf-8", "surrogatepass"))
        for piece in target.pieces
    )
    words.write_text("".join(f'"{piece}"\n' for piece in escaped), encoding="ascii")

    def run(data: bytes) -> None:
        log.run(data)
        if not log.executions % 200:
            log.tell()

    options = [f"-max_total_time={int(seconds)}", f"-max_len={LARGEST}", f"-dict={words}", "-timeout=60"]
    atheris.Setup([sys.argv[0], *options, "-verbosity=0", str(work)], run, enable_python_coverage=True)
    atheris.Fuzz()


def main() -> None:
    """Fuzz one target here, or several one after the other in processes of their own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("--save", type=Path, default=Path(".fuzz"), help="where to save what fails")
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--seed", type=int, default=0, help="another seed makes other inputs (with --plain)")
    args = parser.parse_args()
    guided = not args.plain and importlib.util.find_spec("atheris") is not None
    if len(args.targets) != 1:
        from targets import TARGETS

        for name in args.targets or TARGETS:
            rest = ["--seconds", str(args.seconds), "--save", str(args.save), "--seed", str(args.seed)]
            rest += ["--plain"] * args.plain
            subprocess.run([sys.executable, __file__, name, *rest], check=False)
        return
    # Code that is watched for its coverage is several times slower.
    log = Log(args.targets[0], args.save, SLOW * (6 if guided else 1))
    if guided:
        fuzz_by_coverage(log, args.seconds)
    else:
        fuzz_plainly(log, args.seconds, args.seed)


if __name__ == "__main__":
    main()
