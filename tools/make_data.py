"""Make the data files of `src/termcheck/data` from their published sources.

usage: python tools/make_data.py TSCharacters.txt noun.exc verb.exc

`TSCharacters.txt` comes from OpenCC (Apache-2.0), the exception lists from WordNet 3.0 (on Debian:
the package `wordnet-base`). Only one-to-one characters and single words are kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

DATA = Path(__file__).parent.parent / "src" / "termcheck" / "data"


def han_fold(table: Path) -> str:
    """Two lines of equal length: traditional characters, and their simplified characters."""
    traditional, simplified = [], []
    for line in table.read_text(encoding="utf-8").splitlines():
        old, _, new = line.partition("\t")
        new = new.split(" ")[0]
        if len(old) == len(new) == 1 and old != new:
            traditional.append(old)
            simplified.append(new)
    return "".join(traditional) + "\n" + "".join(simplified) + "\n"


def irregular_words(exceptions: Path) -> list[str]:
    """`form lemma` for every single-word exception, in the order of the file."""
    words = []
    for line in exceptions.read_text(encoding="utf-8").splitlines():
        form, *lemmas = line.split()
        words += [f"{form} {lemma}" for lemma in lemmas if (form + lemma).isalpha() and form != lemma]
    return words


def main(table: str, nouns: str, verbs: str) -> None:
    """Write the data files."""
    (DATA / "han_fold.txt").write_text(han_fold(Path(table)), encoding="utf-8")
    irregular = [*irregular_words(Path(nouns)), "", *irregular_words(Path(verbs))]
    (DATA / "english_irregular.txt").write_text("\n".join(irregular) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
