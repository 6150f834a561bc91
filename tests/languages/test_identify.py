"""The side of a text, and the languages of bare lists of terms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.languages import scripts_of
from termcheck.languages.identify import guess_languages, side_of
from termcheck.model import Side

SOURCE, TARGET = Side.SOURCE, Side.TARGET


@pytest.mark.parametrize(
    ("text", "source", "target", "side"),
    [
        ("港口今日开放。", "zh", "en", SOURCE),
        ("The port is open today.", "zh", "en", TARGET),
        ("The port is open today.", "en", "zh", SOURCE),
        ("X平台", "zh", "en", SOURCE),
        ("SCO峰会", "zh", "en", SOURCE),
        ("SCO", "zh", "en", TARGET),
        ("请在 Settings 页面点击 Save as Draft 按钮", "zh", "en", SOURCE),
        ("The exercise 和平湖畔 was held in May.", "zh", "en", TARGET),
        ("Lakeside Dialogue (湖畔安全与合作对话会)", "zh", "en", TARGET),
        ("湖畔对话会 (Lakeside Dialogue on Security and Cooperation)", "zh", "en", SOURCE),
        ("他说:“We will never give up, whatever may come of it”。会场响起掌声。", "zh", "en", SOURCE),
        ("運行 `kubectl apply -f the-new-file.yaml` 即可", "zh-Hant", "en", SOURCE),
        ("2031", "zh", "en", None),
        ("* * *", "zh", "en", None),
        ("", "zh", "en", None),
        ("Добрый день", "zh", "en", None),
        ("Добрый день", "ru", "en", SOURCE),
        ("Καλημέρα", "en", "el", TARGET),
        ("港を出る。", "zh", "ja", TARGET),
        ("港口今日对外开放,欢迎参观", "zh", "ja", SOURCE),
        ("概要", "zh", "ja", None),
        ("항구는 오늘 문을 연다", "zh", "ko", TARGET),
        ("항구(港口)는", "zh", "ko", TARGET),
        ("这个港口对外开放", "zh-Hans", "zh-Hant", SOURCE),
        ("這個港口對外開放", "zh-CN", "zh-TW", TARGET),
        ("Der Hafen ist heute für alle offen", "en", "de", TARGET),
        ("The harbour is open to all today", "en", "de", SOURCE),
        ("Le port est ouvert", "en", "fr", TARGET),
        ("O porto está aberto e não fecha", "es", "pt", TARGET),
        ("El puerto está abierto y no cierra", "es", "pt", SOURCE),
        ("Hamnen är öppen", "da", "sv", TARGET),
        ("Порт открыт, это хорошо", "ru", "uk", SOURCE),
        ("Порт відкритий, і це добре", "ru", "uk", TARGET),
        ("Port", "en", "de", None),
        ("Luka je otvorena", "sr-Latn", "en", SOURCE),
        ("Luka je otvorena", "bs", "en", SOURCE),
        ("Havnen er åpen og stor", "en", "nb", TARGET),
        ("الميناء مفتوح", "arb", "en", SOURCE),
        ("ބަނދަރު", "dv", "en", SOURCE),
        ("Лука је отворена", "sr", "en", SOURCE),
    ],
)
def test_side(text: str, source: str, target: str, side: Side | None) -> None:
    assert side_of(text, source, target) is side


@given(st.text(), st.sampled_from(["zh", "en", "ja", "sr", "de", "xx"]), st.sampled_from(["en", "zh", "ko"]))
@settings(max_examples=80)
def test_exchanging_the_languages_exchanges_the_side(text: str, one: str, other: str) -> None:
    turned = {SOURCE: TARGET, TARGET: SOURCE, None: None}
    if one != other:
        assert side_of(text, other, one) is turned[side_of(text, one, other)]


def test_a_language_is_not_told_from_itself() -> None:
    assert side_of("The port is open today.", "en-GB", "en-US") is None


@pytest.mark.parametrize(
    ("keys", "values", "languages"),
    [
        (["上合组织", "X平台"], ["SCO", "X platform"], ("zh", "en")),
        (["SCO", "UNPKO"], ["上合组织", "联合国维和"], ("en", "zh")),
        (["ファイル", "編集", "保存"], ["파일", "편집", "저장"], ("ja", "ko")),
        (["порт", "это слово"], ["port"], ("ru", "en")),
        (["мова", "її", "порт"], ["port"], ("uk", "en")),
        (["Lösung", "Gerät", "Straße"], ["solution", "device", "street"], ("de", "en")),
        (["São Paulo", "cat", "dog"], ["圣保罗", "猫", "狗"], ("en", "zh")),
        (["port"], ["λιμάνι"], ("en", "el")),
        ([], ["12"], ("en", "en")),
    ],
)
def test_guessed_languages_of_a_term_list(
    keys: list[str], values: list[str], languages: tuple[str, str]
) -> None:
    assert guess_languages(keys, values) == languages


@pytest.mark.parametrize(
    ("language", "scripts"),
    [
        ("zh-TW", ("han",)),
        ("ja", ("kana", "han")),
        ("sr_Latn", ("latin",)),
        ("tlh", ("latin",)),
        ("KO", ("hangul",)),
        ("nb", ("latin",)),
        ("arb", ("arabic",)),
    ],
)
def test_scripts_of_a_language(language: str, scripts: tuple[str, ...]) -> None:
    assert scripts_of(language) == scripts
