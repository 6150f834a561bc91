"""Generate glossaries, briefings and corpora of any size, always the same for the same seed.

Benchmarks need reproducible texts that resemble real ones: terms that share parts, hits in about every
second segment, and an error in one pair of ten. A larger glossary begins with the entries of a smaller one,
so that both fit the same corpus.

    python benchmarks/generate.py glossary 5000 > glossary.yaml
    python benchmarks/generate.py briefing 5 --terms 100 > briefing.md
    python benchmarks/generate.py corpus 50000 --terms 5000 > corpus.jsonl
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vocabulary import ADMITTED, CLAUSES, FORBIDDEN, HEADS, MODIFIERS, OPENINGS, PLACES, SYLLABLES, TOPICS

SEED = 20250905
ACCUSED = 0.1


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its renderings, the preferred one first; `name` means that it takes no article."""

    term: str
    accepted: tuple[str, ...]
    forbidden: str = ""
    name: bool = False

    def yaml(self) -> str:
        """The entry as lines of a glossary."""
        if self.forbidden:
            return f"  {self.term}: {{en: [{', '.join(self.accepted)}], forbid: [{self.forbidden}]}}\n"
        if len(self.accepted) > 1:
            return f"  {self.term}: [{', '.join(self.accepted)}]\n"
        return f"  {self.term}: {self.accepted[0]}\n"


def entries(count: int, seed: int = SEED) -> list[Entry]:
    """The first `count` entries of the endless glossary of a seed."""
    kinds = (_Names(seed), _Compounds(seed, (MODIFIERS, HEADS)), _Compounds(seed, (TOPICS, HEADS)),
             _Compounds(seed, (MODIFIERS, TOPICS, HEADS)))  # fmt: skip
    dice = random.Random(seed)
    unique: dict[str, Entry] = {}
    while len(unique) < count:
        kind = dice.choices(kinds, (4, 1, 2, 5))[0]
        entry = next(kind, None)
        if entry is not None:
            unique.setdefault(entry.term, entry)
    return list(unique.values())


class _Names(Iterator[Entry]):
    """Invented places and institutions: 卡洛米群岛, Kalomi Islands."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed + 1)

    def __next__(self) -> Entry:
        syllables = self._dice.sample(SYLLABLES, self._dice.choice((3, 4, 4)))
        zh, en = "".join(zh for zh, _ in syllables), "".join(en for _, en in syllables).capitalize()
        if self._dice.random() < 0.4:
            return Entry(zh, (en,), name=True)
        place_zh, place_en = self._dice.choice(PLACES)
        return Entry(zh + place_zh, (f"{en} {place_en}",), name=True)


class _Compounds(Iterator[Entry]):
    """Common nouns of two or three parts in random order: 联合巡逻机制, joint patrol mechanism."""

    def __init__(self, seed: int, parts: Sequence[Sequence[tuple[str, str]]]) -> None:
        self._dice = random.Random(f"{seed} {len(parts)} {parts[0][0]}")
        combinations = list(itertools.product(*parts))
        self._dice.shuffle(combinations)
        self._left = iter(combinations)

    def __next__(self) -> Entry:
        parts = next(self._left)
        zh, words = "".join(zh for zh, _ in parts), [en for _, en in parts]
        full, head = " ".join(words), words[-1]
        accepted = [full]
        if head in ADMITTED:
            accepted.append(" ".join((*words[:-1], ADMITTED[head])))
        if len(parts) == 3 and self._dice.random() < 0.2:
            accepted.append("".join(word[0] for word in full.replace("-", " ").split()).upper())
        forbidden = " ".join((*words[:-1], FORBIDDEN[head])) if head in FORBIDDEN else ""
        return Entry(zh, tuple(accepted), forbidden)


def glossary(count: int, seed: int = SEED) -> Iterator[str]:
    """A glossary in YAML, in pieces."""
    yield "version: 1\ntitle: Invented terms\nlanguages: [zh, en]\nterms:\n"
    for entry in entries(count, seed):
        yield entry.yaml()


def pairs(terms: Sequence[Entry], accused: float = ACCUSED, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """Endless pairs of a Chinese sentence and its translation; some pairs have an error."""
    dice = random.Random(seed + 2)
    while True:
        slip = dice.random() < accused
        length = dice.choices((1, 2, 3), (7, 2, 1))[0]
        clauses = dice.choices((0, 1, 2), (4, 5, 2), k=length)
        if slip and not any(clauses):
            clauses[0] = 1
        yield _sentence(dice, terms, clauses, slip=slip)


def _sentence(
    dice: random.Random, terms: Sequence[Entry], clauses: list[int], *, slip: bool
) -> tuple[str, str]:
    source, target = dice.choice(OPENINGS) if dice.random() < 0.4 else ("", "")
    wrong = dice.randrange(sum(clauses)) if slip else -1
    parts: list[tuple[str, str]] = []
    for count in clauses:
        used = dice.sample(terms, count)
        zh, en = dice.choice(CLAUSES[count])
        renderings = [_rendered(dice, entry, slip=wrong == number) for number, entry in enumerate(used)]
        wrong -= count
        number = str(dice.randint(2, 990))
        parts.append((
            zh.format(*(entry.term for entry in used), n=number),
            en.format(*renderings, n=number),
        ))  # fmt: skip
    number = str(dice.randint(2, 30))
    source = source.replace("{n}", number) + "，".join(zh for zh, _ in parts) + "。"
    target = target.replace("{n}", number) + ", and ".join(en for _, en in parts) + "."
    return source, target[0].upper() + target[1:]


def _rendered(dice: random.Random, entry: Entry, *, slip: bool) -> str:
    text = dice.choices(entry.accepted, (8, 1, 1)[: len(entry.accepted)])[0]
    article = "" if entry.name else "the "
    if not slip:
        return article + text
    kind = dice.random()
    if kind < 0.1:
        return entry.term
    if kind < 0.2 and entry.forbidden:
        return article + entry.forbidden
    if kind < 0.4 and len(text) > 8:
        offset = dice.randrange(3, len(text) - 2)
        return article + text[:offset] + text[offset + 1 :]
    return "that arrangement"


def briefing(kilobytes: float, terms: Sequence[Entry], accused: float = 0, seed: int = SEED) -> str:
    """A Markdown text of alternating Chinese and English paragraphs of about so many kilobytes (UTF-8)."""
    made = pairs(terms, accused, seed)
    paragraphs: list[str] = []
    size = 0
    while size < kilobytes * 1000:
        sentences = list(itertools.islice(made, 3))
        paragraphs += ["".join(zh for zh, _ in sentences), " ".join(en for _, en in sentences)]
        size += sum(len(paragraph.encode()) + 2 for paragraph in paragraphs[-2:])
    return "\n\n".join(paragraphs) + "\n"


def corpus(count: int, terms: Sequence[Entry], accused: float = ACCUSED, seed: int = SEED) -> Iterator[str]:
    """Lines of JSON with `source` and `target`, about 150 bytes each."""
    for source, target in itertools.islice(pairs(terms, accused, seed), count):
        yield json.dumps({"source": source, "target": target}, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the requested text to standard output."""
    parser = argparse.ArgumentParser(description="Make a glossary, a briefing or a corpus of invented texts.")
    parser.add_argument("kind", choices=("glossary", "briefing", "corpus"))
    parser.add_argument("size", type=int, help="concepts, kilobytes or pairs")
    parser.add_argument("--terms", type=int, default=5000, help="concepts of the glossary that the texts use")
    parser.add_argument("--accused", type=float, help="share of pairs with a slip (corpus: 0.1, briefing: 0)")
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    share = chosen.accused if chosen.accused is not None else ACCUSED if chosen.kind == "corpus" else 0
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    if chosen.kind == "glossary":
        sys.stdout.writelines(glossary(chosen.size, chosen.seed))
        return
    terms = entries(chosen.terms, chosen.seed)
    if chosen.kind == "briefing":
        sys.stdout.write(briefing(chosen.size, terms, share, chosen.seed))
    else:
        sys.stdout.writelines(corpus(chosen.size, terms, share, chosen.seed))


if __name__ == "__main__":
    main()
