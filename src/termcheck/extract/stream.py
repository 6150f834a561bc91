"""The words of all texts of one side as one row of numbers, and the frequent sequences in it.

Sequences grow word by word: one of four words can only be frequent if both of the three words in it are. So
hardly more sequences are counted than are frequent.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from termcheck.extract.tokens import smallness, tokens

# The longest sequence has this many words. Chosen by hand.
_MOST_WORDS = 8
_BREAK = -1

Words = tuple[int, ...]
"""The numbers of the words of a sequence."""


class Sequences(Struct):
    """The frequent sequences of one length.

    `places` are the places in the stream where each begins, in order.
    """

    length: int
    places: Mapping[Words, array[int]]


class Stream:
    """The words of texts, one text after the other; a break ends a sequence and a text."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self.keys: list[str] = []
        """For each word its key."""
        self.small = bytearray()
        """For each word whether it is a function word."""
        self.words = array("i")
        self.texts = array("i")
        """For each place the number of its text."""
        self.text_count = 0
        self._begins, self._ends = bytearray(), bytearray()
        self._numbers: dict[str, int] = {}
        is_small = smallness(language)
        for text in texts:
            self._add(text, language)
            self.small += bytes(map(is_small, self.keys[len(self.small) :]))
        self._mark_edges()

    def _add(self, text: str, language: str) -> None:
        before = len(self.words)
        for token in tokens(text, language):
            if token is None:
                self.words.append(_BREAK)
                self._begins.append(False)
                continue
            number = self._numbers.setdefault(token.key, len(self.keys))
            if number == len(self.keys):
                self.keys.append(token.key)
            self.words.append(number)
            self._begins.append(token.joined)
        self.words.append(_BREAK)
        self._begins.append(False)
        self.texts.extend([self.text_count] * (len(self.words) - before))
        self.text_count += 1

    def _mark_edges(self) -> None:
        """Find out where a phrase may begin and end: not at a hyphen, nor with a function word.

        With a function word before a hyphen it may, as in on-site. Until now `_begins` has the joined words.
        """
        joined, words, small = self._begins, self.words, self.small
        after = (joined + b"\0")[1:]
        edges = [
            (
                not is_joined and (next_joined or not small[word]),
                not next_joined and (is_joined or not small[word]),
            )
            if word >= 0
            else (False, False)
            for word, is_joined, next_joined in zip(words, joined, after, strict=True)
        ]
        self._begins, self._ends = bytearray(begin for begin, _ in edges), bytearray(end for _, end in edges)

    def texts_at(self, places: Iterable[int], length: int) -> array[int]:
        """The texts that have a phrase of this length at these places, each once."""
        begins, ends, texts = self._begins, self._ends, self.texts
        last = length - 1
        return array(
            "i", dict.fromkeys(texts[place] for place in places if begins[place] and ends[place + last])
        )

    def sequences(self, least: int) -> Iterator[Sequences]:
        """The sequences that occur `least` times or more, the shortest first."""
        found: dict[Words, array[int]] = defaultdict(lambda: array("i"))
        for place, word in enumerate(self.words):
            if word >= 0:
                found[word,].append(place)
        found = {words: places for words, places in found.items() if len(places) >= least}
        for length in range(1, _MOST_WORDS + 1):
            if not found:
                return
            yield Sequences(length, found)
            found = self._longer(found, least) if length < _MOST_WORDS else {}

    def _longer(self, found: Mapping[Words, array[int]], least: int) -> dict[Words, array[int]]:
        """The frequent sequences of one word more."""
        sequences, count = list(found), len(found)
        at = array("i", [-1]) * (len(self.words) + 1)
        for number, places in enumerate(found.values()):
            for place in places:
                at[place] = number
        counts = Counter(
            number * count + at[place + 1]
            for number, places in enumerate(found.values())
            for place in places
            if at[place + 1] >= 0
        )
        frequent = {both for both, occurrences in counts.items() if occurrences >= least}
        del counts
        longer: dict[Words, array[int]] = {}
        for number, places in enumerate(found.values()):
            for place in places:
                following = at[place + 1]
                if following >= 0 and number * count + following in frequent:
                    words = (*sequences[number], sequences[following][-1])
                    if words not in longer:
                        longer[words] = array("i")
                    longer[words].append(place)
        return longer
