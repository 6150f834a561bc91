"""How lemmas of one ending usually inflect, learnt from the paradigms of a dictionary.

No dictionary has all words, and simplemma's tables give each form one lemma only: of the forms of plik, pliki
is missing, because it is also a form of another word. But 97 % of the lemmas in -lik have a form in -liki.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

# Begin an ending of lemmas and of forms, so that it is no word. The others say how usual a form's ending is.
ENDING, FORM_ENDING, LIKELY, USUAL = "*", "<", "+", "!"
# The endings of a usual form from which its lemma is guessed have so many characters.
FORM_LENGTHS = range(1, 7)
# An ending has so many characters, and more tell more.
LENGTHS = (3, 2)
# Of the lemmas with an ending, so many are looked at, and fewer than so many say nothing.
_MOST, _FEWEST = 100, 5
# The least share of lemmas with an ending whose forms have another ending. Chosen on a dozen words.
_LIKELY_SHARE, _USUAL_SHARE = 0.1, 0.4


def usual_endings(
    all_lemmas: Iterable[bytes], paradigms: Iterable[bytearray]
) -> list[tuple[bytes, bytearray]]:
    """(marked ending of lemmas, marked endings of their forms), and the other way round for usual forms.

    The second of each has a null byte behind each ending.
    """
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
    lemma_endings: dict[str, bytearray] = defaultdict(bytearray)
    for ending, counts in forms.items():
        total = lemmas[ending]
        if total < _FEWEST:
            continue
        marked = bytearray()
        for form, count in counts.items():
            if count >= total * _LIKELY_SHARE:
                marked += f"{LIKELY}{form}\0".encode()
            if count >= total * _USUAL_SHARE:
                marked += f"{USUAL}{form}\0".encode()
                if form != ending and len(form) in FORM_LENGTHS:
                    lemma_endings[form] += f"{ending}\0".encode()
        if marked:
            yield f"{ENDING}{ending}".encode(), marked
    for form, group in lemma_endings.items():
        yield f"{FORM_ENDING}{form}".encode(), group
