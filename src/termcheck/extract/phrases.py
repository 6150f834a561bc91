"""The phrases of one side of the texts that could be terms, and in which texts they are."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from msgspec import Struct

from termcheck.extract.stream import Sequences, Stream, Words


class Phrase(Struct, frozen=True, gc=False):
    """A phrase that could be a term: the numbers of its words.

    `freedom` is the share of its texts that do not have the longer phrase in which it is most often: 0 if it
    is always a part of that.
    """

    words: Words
    freedom: float = 1.0


class Phrases:
    """The phrases of one side's texts that occur in several pairs; phrases, words and texts have numbers."""

    def __init__(self, texts: Sequence[str], language: str, least: int, pairs: Sequence[int]) -> None:
        """`least`: in how many pairs a phrase must occur; `pairs` has the number of the pair of each text."""
        self.language = language
        self.phrases: list[Phrase] = []
        self.texts_of: list[array[int]] = []
        """For each phrase its texts."""
        self.phrases_in = [array("i") for _ in texts]
        """For each text its phrases."""
        self.texts_with_word: dict[int, array[int]] = {}
        """For each frequent word that is no function word its texts."""
        self.words_in = [array("i") for _ in texts]
        """For each text those words."""
        stream = Stream(texts, language)
        self.keys, self.small = stream.keys, stream.small
        for sequences in stream.sequences(least):
            if sequences.length == 1:
                self._add_words(stream, sequences)
            self._add_phrases(stream, sequences, least, pairs)
        self._set_freedom()

    def __len__(self) -> int:
        return len(self.phrases)

    def __getitem__(self, number: int) -> Phrase:
        return self.phrases[number]

    def text_of(self, number: int) -> str:
        """The keys of the words of a phrase, separated by blanks."""
        return " ".join(self.keys[word] for word in self.phrases[number].words)

    def _add_words(self, stream: Stream, sequences: Sequences) -> None:
        for (word,), places in sequences.places.items():
            if self.small[word]:
                continue
            self.texts_with_word[word] = array("i", dict.fromkeys(stream.texts[place] for place in places))
            for text in self.texts_with_word[word]:
                self.words_in[text].append(word)

    def _add_phrases(self, stream: Stream, sequences: Sequences, least: int, pairs: Sequence[int]) -> None:
        for words, places in sequences.places.items():
            if not self._has_content(words):
                continue
            texts = stream.texts_at(places, sequences.length)
            if len(texts) < least or len({pairs[text] for text in texts}) < least:
                continue
            for text in texts:
                self.phrases_in[text].append(len(self.phrases))
            self.phrases.append(Phrase(words))
            self.texts_of.append(texts)

    def _set_freedom(self) -> None:
        numbers = {phrase.words: number for number, phrase in enumerate(self.phrases)}
        most = array("i", bytes(4 * len(self.phrases)))
        for phrase, texts in zip(self.phrases, self.texts_of, strict=True):
            for part in _parts(phrase.words):
                number = numbers.get(part, -1)
                if number >= 0 and len(texts) > most[number]:
                    most[number] = len(texts)
        self.phrases = [
            Phrase(phrase.words, max(0.0, 1 - count / len(texts)))
            for phrase, count, texts in zip(self.phrases, most, self.texts_of, strict=True)
        ]

    def _has_content(self, words: Words) -> bool:
        """Whether a phrase is more than function words, numbers and a single character."""
        keys = [key for word in words if not (key := self.keys[word])[0].isdigit()]
        return sum(map(len, keys)) > 1


def _parts(words: Words) -> Iterator[Words]:
    """The proper parts of a sequence."""
    size = len(words)
    return (
        words[start:end] for start in range(size) for end in range(start + 1, size + 1) if end - start < size
    )
