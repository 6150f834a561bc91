"""The texts of a score: the verdicts on all pairs, with indexes of the phrases of both sides."""

from __future__ import annotations

from collections.abc import Sequence

from termcheck.matching.verdict import PairVerdict
from termcheck.score.phrases import PhraseIndex, tokenized


class Corpus:
    """Verdicts, and the indexes of their source and target sides; all three number the pairs alike."""

    def __init__(self, verdicts: Sequence[PairVerdict], source_lang: str, target_lang: str) -> None:
        self.verdicts = verdicts
        self.source_lang, self.target_lang = source_lang, target_lang
        self.source = PhraseIndex([tokenized(verdict.pair.source, source_lang) for verdict in verdicts])
        self.target = PhraseIndex([tokenized(verdict.pair.target, target_lang) for verdict in verdicts])

    def __len__(self) -> int:
        return len(self.verdicts)
