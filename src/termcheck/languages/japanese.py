"""Japanese: verbs and adjectives listed in dictionary form, and words that are spelled in several ways.

A table of endings does for this. A morphological dictionary (UniDic, IPADIC; 50 to 250 MB) would be by far
the largest thing that termcheck needs, and a glossary's own entries say where their stems end. On the source
side every form is written out to its end, so 返し in 返事 is none. On the target side the stem and the first
sound of an ending are enough.

Sources: Samuel E. Martin, "A Reference Grammar of Japanese"; 文化審議会 "送り仮名の付け方" and
"外来語の表記" (Agency for Cultural Affairs of Japan).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from termcheck.languages.language import Language, words
from termcheck.lazy import compile_later

# The sounds before the endings of a verb, by the last sound of its dictionary form: negative, stem form,
# conditional, volitional, and the beginning of the past form.
_ROWS = {
    "う": ("わ", "い", "え", "お", "っ"),
    "く": ("か", "き", "け", "こ", "い"),
    "ぐ": ("が", "ぎ", "げ", "ご", "い"),
    "す": ("さ", "し", "せ", "そ", "し"),
    "つ": ("た", "ち", "て", "と", "っ"),
    "ぬ": ("な", "に", "ね", "の", "ん"),
    "ぶ": ("ば", "び", "べ", "ぼ", "ん"),
    "む": ("ま", "み", "め", "も", "ん"),
    "る": ("ら", "り", "れ", "ろ", "っ"),
}
# Past forms begin with a voiced sound after these.
_VOICED = frozenset("ぐぬぶむ")
_NEGATIVE = words("ない ないで なかった なければ なくて なく ず ずに ぬ")
_POLITE = words("ます ました ません ませんでした ましょう まして")
_AFTER_STEM = _POLITE | words("たい たく たかった ながら つつ やすい にくい そう すぎる 、")
_PAST = words("た て たら ている ています ていない てある ておく てください ていた ていました")
_PASSIVE = words(
    "れる れた れて れます れました れません れない れている れています れ、 せる せた せて せます せない"
)
_POSSIBLE = words("る た て ます ました ません ない ば")
_SAHEN = words("""
    した して したら している しています していない していた してある しておく してください しない
    しないで しなかった しなければ
    しなくて しよう しろ せず せずに せよ すれば される された されて されます されました されません
    されない されている されています
    され、 させる させた させて させます させない できる できた できて できます できました できません
    できない できなかった できれば できるよう
""") | frozenset(f"し{ending}" for ending in _AFTER_STEM)
_ICHIDAN = (
    _NEGATIVE
    | _AFTER_STEM
    | _PAST
    | words("れば よう ろ よ")
    | frozenset(f"ら{ending}" for ending in _PASSIVE)
    | frozenset(f"さ{ending}" for ending in _PASSIVE if ending.startswith("せ"))
)
_ADJECTIVE = words("く くて くない くなる くなった くなかった くする かった ければ さ そう すぎる")
_ADJECTIVAL_NOUN = words("に で だ だった である でない ではない です でした")

# Verbs in -ru that keep their r although they sound like verbs without it, and the other way round.
_GODAN = compile_later("(?:混じ|交じ|入|要|切|知|走|限|減|帰|返|滑|握|焦|参|散|照|練|蹴|遮)\\Z")
_ONE_CHARACTER_ICHIDAN = compile_later("[見着似煮得経寝出居射診観]\\Z")
_HAN = "\u3400-\u9fff々"
_WORD = compile_later(f"[{_HAN}ァ-ヺーa-z0-9][{_HAN}ァ-ヺーa-z0-9ぁ-ゖ]*")
_IN_I_OR_E = frozenset("いきぎしじちにびみりえけげせぜてでねべめれ")

# Kana between and behind Chinese characters that are often left out: 受け付け, 打ち合わせ.
_OKURIGANA = "(?:[いきぎしじちりみびえけげせてれめべ]|[わか][せえ])"
_COMPOUND = compile_later(f"(?:[{_HAN}]{_OKURIGANA}?){{2,3}}")
_LEFT_OUT_BETWEEN = compile_later(f"(?<=[{_HAN}]){_OKURIGANA}(?=[{_HAN}])")
_SHORTENED_END = compile_later(f"(?<=[{_HAN}])わせ\\Z")
# Loan words that may end in a long vowel or not: サーバー, プロパティー, メニュー. Short ones keep it: キー.
_LONG = compile_later("([ァ-ヺー]{2,}[タダラカガサザバパマナワァャリィギミニデディュユョ])ー?(?![ァ-ヺー])")
_MOST_LOAN_WORDS = 3
_BETWEEN_LOAN_WORDS = compile_later("(?<=[ァ-ヺー])[ ·=-](?=[ァ-ヺー])")


def _split(word: str) -> tuple[str, str, frozenset[str]]:
    """(stem, its ending in the dictionary, its other endings) of a verb or adjective; else empty."""
    if not _WORD.fullmatch(word) or len(word) < 2:
        return "", "", frozenset()
    stem, ending = word[:-1], word[-1]
    if word.endswith("する") and len(word) > 2:
        return word[:-2], "する", _SAHEN
    if word.endswith("来る"):
        return stem, "る", _ICHIDAN
    if ending == "る" and _is_ichidan(stem):
        return stem, "る", _ICHIDAN
    if ending in _ROWS:
        return stem, ending, _godan(ending)
    if ending == "い":
        return stem, "い", _ADJECTIVE
    if ending == "な" and len(word) > 2:
        return stem, "な", _ADJECTIVAL_NOUN
    return "", "", frozenset()


def _is_ichidan(stem: str) -> bool:
    if _GODAN.search(stem):
        return False
    return stem[-1] in _IN_I_OR_E or _ONE_CHARACTER_ICHIDAN.search(stem) is not None


def _godan(ending: str) -> frozenset[str]:
    negative, stem, conditional, volitional, past = _ROWS[ending]
    voiced = str.maketrans("たて", "だで")
    return frozenset(
        itertools.chain(
            (negative + rest for rest in _NEGATIVE | _PASSIVE),
            (stem + rest for rest in _AFTER_STEM),
            (conditional + rest for rest in _POSSIBLE),
            (volitional + "う",),
            (past + (rest[0].translate(voiced) + rest[1:] if ending in _VOICED else rest) for rest in _PAST),
        )
    )


def forms(term: str, part_of_speech: str) -> Iterator[str]:  # noqa: ARG001
    """Other spellings of a folded term, and the forms of a verb or adjective in dictionary form."""
    for spelling in dict.fromkeys((term, *_spellings(term))):
        if spelling != term:
            yield spelling
        stem, _, endings = _split(spelling)
        yield from (stem + ending for ending in sorted(endings))


def _spellings(term: str) -> Iterator[str]:
    """A term with fewer kana, and loan words with or without a long vowel or a middle dot."""
    closed = _BETWEEN_LOAN_WORDS.sub("", term)
    yield closed
    stem, ending, _ = _split(closed)
    if _COMPOUND.fullmatch(closed):
        shortened = _LEFT_OUT_BETWEEN.sub("", closed)
        # Without any kana it is often another word: 受付 is also a front desk.
        yield from (shortened, _SHORTENED_END.sub("せ", shortened))
    elif stem and _COMPOUND.fullmatch(stem):
        yield _LEFT_OUT_BETWEEN.sub("", stem) + ending
    if len(_LONG.findall(closed)) <= _MOST_LOAN_WORDS:
        yield from _with_long_vowels(closed)


def _with_long_vowels(term: str) -> Iterator[str]:
    parts = _LONG.split(term)
    ends = [("", "ー") if number % 2 else ("",) for number in range(len(parts))]
    for chosen in itertools.product(*ends):
        yield "".join(part + end for part, end in zip(parts, chosen, strict=True))


def pattern(rendering: str) -> str:
    """A regular expression of what stands for a folded rendering, in text without blanks.

    Kana may be missing or added in a compound of Chinese characters. A long vowel is not free here, because
    a glossary that lists one asks for it.
    """
    ways = [_loosely(rendering)]
    if _COMPOUND.fullmatch(rendering):
        ways.append(f"{_OKURIGANA}?".join(char for char in rendering if not "ぁ" <= char <= "ゖ"))
    stem, ending, endings = _split(rendering)
    if ending == "な" or (ending == "する" and len(stem) > 1):
        # The noun alone does too: 実装を行う. It is not the beginning of another loan word.
        ways.append(f"{_loosely(stem)}(?![ァ-ヺー])")
    elif ending:
        sounds = "".join(sorted({rest[0] for rest in endings}))
        ways.append(f"{_loosely(stem)}[{sounds}]")
    return "|".join(ways)


def _loosely(text: str) -> str:
    """A regular expression of a text in which kana between Chinese characters may be missing."""
    return _LEFT_OUT_BETWEEN.sub(lambda kana: f"(?:{kana[0]})?", re.escape(text))


LANGUAGE = Language(
    coordinators=words("、 及 或 および または"),
    source_forms=forms,
    pattern=pattern,
    one_sided="a pattern stands for keys, because words are not written apart",
    agreement=False,
)
