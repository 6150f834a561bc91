"""All judged pairs of a pair of languages as rows, in which phrases can be counted."""

from __future__ import annotations

from collections.abc import Sequence

from termcheck.matching.verdict import PairVerdict
from termcheck.score.association import Rows
from termcheck.score.phrases import row


class Corpus:
    """The judged pairs and, under the same numbers, the rows of their two sides."""

    def __init__(self, judged: Sequence[PairVerdict], source_lang: str, target_lang: str) -> None:
        self.judged = judged
        self.source_lang, self.target_lang = source_lang, target_lang
        self.source = Rows([row(one.pair.source, source_lang) for one in judged])
        self.target = Rows([row(one.pair.target, target_lang) for one in judged])

    def __len__(self) -> int:
        return len(self.judged)
