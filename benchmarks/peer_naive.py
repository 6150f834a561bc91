"""A glossary check as one would first write it: two loops, and `in`.

python benchmarks/peer_naive.py TERMS TEXT...
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(terms: str, *texts: str) -> None:
    """Print each term without a rendering in its pair, and each forbidden rendering opposite its term."""
    entries = json.loads(Path(terms).read_text(encoding="utf-8"))
    for path in texts:
        for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
            pair = json.loads(line)
            source, target = pair["source"].lower(), pair["target"].lower()
            for term, accepted, forbidden in entries:
                if term.lower() in source:
                    if forbidden and forbidden.lower() in target:
                        print(f"{path}:{number}: {forbidden}")
                    elif not any(rendering.lower() in target for rendering in accepted):
                        print(f"{path}:{number}: {term}")


if __name__ == "__main__":
    main(*sys.argv[1:])
