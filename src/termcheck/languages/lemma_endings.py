"""How lemmas of one ending usually inflect, learnt from the paradigms of a dictionary.

No dictionary has all words, and simplemma's tables give each form one lemma only: of the forms of plik, pliki
is missing, because it is also a form of another word. But 97 % of the lemmas in -lik have a form in -liki.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

# Begins an ending, so that it is no word. The two other marks say how usual the ending of a form is.
ENDING, LIKELY, USUAL = "*", "+", "!"
# An ending has so many characters, and more tell more.
LENGTHS = (3, 2)
# Of the lemmas with an ending, so many are looked at, and fewer than so many say nothing.
_MOST, _FEWEST = 100, 5
# The least share of lemmas with an ending whose forms have another ending. Chosen on a dozen words.
_LIKELY_SHARE, _USUAL_SHARE = 0.25, 0.5


def usual_endings(
    all_lemmas: Iterable[bytes], paradigms: Iterable[bytearray]
) -> list[tuple[bytes, bytearray]]:
    """(marked ending of lemmas, marked endings of their forms, each with a null byte behind it)."""
    lemmas: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for coded, group in zip(all_lemmas, paradigms, strict=True):
        lemma = coded.decode()
        wanted = [length for length in LENGTHS if len(lemma) > length and lemmas[lemma[-length:]] < _MOST]
        single = set(group.decode().split("\0")) - {"", lemma} if wanted else ()
        for length in wanted if single else ():
            stem, ending = lemma[:-length], lemma[-length:]
            lemmas[ending] += 1
            forms[ending].update([form[len(stem) :] for form in single if form.startswith(stem)])
    return list(_marked(lemmas, forms))


def _marked(
    lemmas: Mapping[str, int], forms: Mapping[str, Mapping[str, int]]
) -> Iterator[tuple[bytes, bytearray]]:
    for ending, counts in forms.items():
        total = lemmas[ending]
        marked = bytearray()
        for form, count in counts.items():
            if count >= total * _LIKELY_SHARE:
                marked += f"{LIKELY}{form}\0".encode()
            if count >= total * _USUAL_SHARE:
                marked += f"{USUAL}{form}\0".encode()
        if total >= _FEWEST and marked:
            yield f"{ENDING}{ending}".encode(), marked
