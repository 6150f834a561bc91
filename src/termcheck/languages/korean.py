"""Korean: particles behind nouns, and verbs and adjectives listed in dictionary form.

A table of endings does for this. A morphological analyser (kiwipiepy, about 90 MB with its model) would be by
far the largest thing that termcheck needs. On the source side every form is written out to its end, and only
particles may follow. On the target side the stem and the beginning of an ending are enough.

Sources: Jaehoon Yeon and Lucien Brown, "Korean: A Comprehensive Grammar"; 국립국어원 "한글 맞춤법".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termcheck.languages.language import Language, words
from termcheck.lazy import compile_later

# A syllable is 0xAC00 + (initial * 21 + vowel) * 28 + final.
_FIRST, _VOWELS, _FINALS = 0xAC00, 21, 28
_N, _D, _L, _M, _B, _S, _SS = 4, 7, 8, 16, 17, 19, 20
_RIEUL, _SILENT = 5, 11
_A, _AE, _YA, _EO, _E, _YEO, _O, _WA, _WAE, _OE, _U, _WO, _EU, _I = (
    0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 13, 14, 18, 20
)  # fmt: skip
# The vowel at the end of a stem, and the one that it makes with the ending -아/어.
_CONTRACTED = {_A: _A, _AE: _AE, _EO: _EO, _E: _E, _YEO: _YEO, _O: _WA, _OE: _WAE, _U: _WO, _I: _YEO}
_BRIGHT = frozenset({_A, _YA, _O})

# Endings behind any stem; behind one that ends in a vowel or gets one; behind one that also has ㄴ, ㄹ, ㅁ;
# behind the stem with -아/어, and behind the same with ㅆ. "_" is no ending.
_ENDINGS = words("""
    다 고 지 지만 게 거나 는 는데 는지 던 든지 자 기 기를 기가 기는 기에 기로 겠다 겠습니다 도록 네요 지요
    죠 지는 지도
""")
_VOWEL_ENDINGS = words("""
    니 며 면 면서 려면 려고 시면 신 실 시는 시고 십니다 십니까 셨습니다 세요 십시오 므로 러 라 라고
""")
_FINAL_ENDINGS = {
    _N: words("_ 다 다고 다는 다면 데 지"),
    _L: words("_ 수 까 까요 지 때"),
    _M: words("_ 을 이 은 으로 과 에"),
}
_FORMAL_ENDINGS = words("니다 니까 니다만")
_A_ENDINGS = words("_ 서 도 야 요 라 지다 집니다 져 진 지는 졌습니다")
_PAST_ENDINGS = words("다 습니다 습니까 습니다만 고 는데 지만 으며 으면 으나 던 을 음 어요 다고 다는 다면")

_PARTICLES = """
    은 는 이 가 을 를 의 에 에서 에게 에게서 에는 에도 께 께서 한테 로 으로 로서 으로서 로써 으로써 와 과
    도 만 까지 부터 보다 처럼 같이
    마다 마저 조차 밖에 뿐 대로 나 이나 란 이란 라 이라 라는 이라는 라고 이라고 며 이며 면 이면 고 이고 든
    이든 하고 랑 이랑 다 이다
    입니다 입니까 였다 이었다 였습니다 이었습니다 인 인지 이지만 지만 이므로 므로 일
"""
# Three particles may stand in a row: 에서까지도. The plural stands before them.
_ENCLITICS = f"들?(?:{'|'.join(_PARTICLES.split())}){{0,3}}"

_DICTIONARY_FORM = compile_later("[가-힣]+다")
_VERBAL_NOUN = compile_later("([가-힣]{2,})(?:하|되|시키)")
_SHORTEST_STEM = 2
# Shorter forms of a shorter stem sound like nouns with particles (열기), and a stem without a final: 바다
# is a noun.
_SURE_LENGTH = 3


def _parts(syllable: str) -> tuple[int, int, int]:
    """The numbers of the initial, the vowel and the final of a syllable."""
    code = ord(syllable) - _FIRST
    return code // (_VOWELS * _FINALS), code // _FINALS % _VOWELS, code % _FINALS


def _syllable(initial: int, vowel: int, final: int = 0) -> str:
    return chr(_FIRST + (initial * _VOWELS + vowel) * _FINALS + final)


def _vowel_stems(stem: str) -> Iterator[str]:
    """The stem as it stands before endings that begin with a vowel or need one: 먹으, 가벼우, 만드."""
    initial, vowel, final = _parts(stem[-1])
    bare = stem[:-1] + _syllable(initial, vowel)
    if not final:
        yield stem
        return
    if final == _L:
        yield bare
        return
    yield f"{stem}으"
    if final == _B:
        yield f"{bare}우"
    elif final == _D:
        yield f"{stem[:-1]}{_syllable(initial, vowel, _L)}으"
    elif final == _S:
        yield f"{bare}으"


def _a_stems(stem: str) -> Iterator[str]:
    """The stem with the ending -아/어: 해, 빨라, 가벼워, 먹어."""
    initial, vowel, final = _parts(stem[-1])
    bare = stem[:-1] + _syllable(initial, vowel)
    if stem.endswith("하"):
        yield from (f"{stem[:-1]}해", f"{stem}여")
    elif not final:
        yield from _contracted(stem)
    else:
        ending = "아" if vowel in _BRIGHT else "어"
        yield stem + ending
        if final == _B:
            yield from (f"{bare}워", f"{bare}와")
        elif final == _D:
            yield stem[:-1] + _syllable(initial, vowel, _L) + ending
        elif final == _S:
            yield bare + ending


def _contracted(stem: str) -> Iterator[str]:
    initial, vowel, _ = _parts(stem[-1])
    before = stem[:-1]
    if vowel == _EU:
        bright = bool(before) and _parts(before[-1])[1] in _BRIGHT
        last = _syllable(initial, _A if bright else _EO)
        yield before + last
        if initial == _RIEUL and before and not _parts(before[-1])[2]:
            yield _with(before, _L) + last
        return
    yield f"{stem}{'아' if vowel in _BRIGHT else '어'}"
    if vowel in _CONTRACTED:
        yield before + _syllable(initial, _CONTRACTED[vowel])


def _with(stem: str, final: int) -> str:
    """A stem that ends in a vowel, with a final."""
    return stem[:-1] + chr(ord(stem[-1]) + final)


def _inflected(stem: str) -> Iterator[tuple[str, frozenset[str]]]:
    """(a shape of the stem, the endings that it takes)"""
    yield stem, _ENDINGS
    final = _parts(stem[-1])[2]
    if final == _L:
        yield stem, _VOWEL_ENDINGS
    elif final:
        yield f"{stem}습", _FORMAL_ENDINGS
    for shape in _vowel_stems(stem):
        yield shape, _VOWEL_ENDINGS | ({"는", "네요"} if final == _L else frozenset())
        for added, endings in _FINAL_ENDINGS.items():
            yield _with(shape, added), endings
        if final in (0, _L):
            yield _with(shape, _B), _FORMAL_ENDINGS
    for shape in _a_stems(stem):
        yield shape, _A_ENDINGS
        yield _with(shape, _SS), _PAST_ENDINGS


def _forms_of(stem: str) -> Iterator[str]:
    for shape, endings in _inflected(stem):
        yield from (shape + ending.strip("_") for ending in sorted(endings))


def forms(term: str, part_of_speech: str) -> Iterator[str]:  # noqa: ARG001
    """The forms of a verb or adjective in dictionary form, written out."""
    if not _DICTIONARY_FORM.fullmatch(term):
        return
    stem = term[:-1]
    if len(stem) >= _SHORTEST_STEM:
        yield from dict.fromkeys(_forms_of(stem))
    elif _parts(stem)[2]:
        yield from (form for form in dict.fromkeys(_forms_of(stem)) if len(form) >= _SURE_LENGTH)


def pattern(rendering: str) -> str:
    """A regular expression of what stands for a folded rendering, in text without blanks."""
    if not _DICTIONARY_FORM.fullmatch(rendering):
        return re.escape(rendering)
    stem = rendering[:-1]
    noun = _VERBAL_NOUN.fullmatch(stem)
    if noun is not None:
        # The noun alone does too: 구현 방법.
        return noun[1]
    if len(stem) < _SHORTEST_STEM:
        return "|".join(sorted(set(_forms_of(stem)), key=lambda form: (-len(form), form)))
    ways = (
        shape if "_" in endings else f"{shape}[{''.join(sorted({ending[0] for ending in endings}))}]"
        for shape, endings in _inflected(stem)
    )
    return "|".join(dict.fromkeys(ways))


LANGUAGE = Language(
    coordinators=words("나 과 와 및"),
    enclitics=_ENCLITICS,
    source_forms=forms,
    pattern=pattern,
    one_sided="a pattern stands for keys, because particles are not written apart",
    agreement=False,
)
