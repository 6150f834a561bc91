"""What matching does below the rules: folding, edges, inflection, seams, brackets, scanning."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termcheck.glossary import load_glossary_text
from termcheck.languages.english import inflection
from termcheck.matching.index.compiled_glossary import compile_glossary, index_glossary
from termcheck.matching.index.lexicon import Lexicon
from termcheck.matching.index.regex_terms import Budget, RegexTerm
from termcheck.matching.index.segment_matches import SegmentMatches
from termcheck.matching.judge import Judge
from termcheck.matching.lenient import renderings
from termcheck.matching.lenient.target_evidence import Neighbourhood
from termcheck.matching.lenient.words import WordView, word_view
from termcheck.matching.match import Match, Trait
from termcheck.matching.strict import bracket_views, edges
from termcheck.matching.strict.segmentation import longer_word
from termcheck.model import (
    CaseMode,
    Concept,
    MatchMode,
    Origin,
    Piece,
    Segment,
    SegmentPair,
    Side,
    Span,
    Term,
)
from termcheck.text.fold import Folded, fold, fold_in_place, has_blanks_to_fold

# Where folding and edges have something to decide: composed and decomposed letters, ligatures, half-width
# kana with their marks, Hangul syllables and jamo, characters that vanish, brackets, two Han scripts.
TRICKY = (
    "aAzé\u0301\u0308İıßﬁςΣёЁЖ9_-–—'’“\"·•.()（）[ \u00a0\u3000\t\u00ad\u200b\ufeff"
    "₂ᵉ™№㎏⽤⻓ﻻ\U0001f3fd\u200d😀*Ａｶﾞﾊﾟカ국\u1112\u1161\u11ab國国臺台上合组织SCO😀"
)
texts = st.text(st.sampled_from(TRICKY), max_size=24)


def segment(text: str, *protected: Span) -> Segment:
    whole = Span(0, len(text))
    return Segment(text, (Piece(whole, whole),), protected)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("caf\u00e9", "cafe\u0301", "fr"),
        ("ＡＰＩ　ｇａｔｅｗａｙ", "api gateway", "en"),
        ("people’s", "people's", "en"),
        ("“SCO”", '"sco"', "en"),
        ("China–Russia", "china-russia", "en"),
        ("South\u00a0China\u2009Sea", "south china sea", "en"),
        ("peace\u00adkeep\u200bing", "peacekeeping", "en"),
        ("\ufeffterm", "term", "en"),
        ("o\ufb03ce", "office", "en"),
        ("玛丽•史密斯", "玛丽·史密斯", "zh"),
        ("國防部（北京）", "国防部(北京)", "zh"),
        ("國防部", "国防部", "en"),
        ("ｻｰﾊﾞｰ", "サーバー", "ja"),
        ("\u1112\u1161\u11ab국", "한국", "ko"),
        ("\u1112\u00ad\u1161", "하", "ko"),
        ("cafe\u00ad\u0301", "café", "fr"),
        ("ＣＡＦＥ\u0301", "café", "fr"),
        ("ｶ\u3099ｶ\u200bﾞカﾞ", "ガガガ", "ja"),
        ("ΟΔΟΣ", "οδος", "el"),
        ("самолёт", "САМОЛЕТ", "ru"),
        ("İstanbul", "istanbul", "tr"),
        ("CO₂", "co2", "en"),
        ("m²", "m2", "en"),
        ("km²", "km2", "fr"),
        ("x²", "x2", "en"),
        ("1ᵉʳ étage", "1er étage", "fr"),
        ("nº", "no", "pt"),
        ("№ 5 ℃ ㎏", "No 5 °C kg", "en"),
        ("第Ⅱ期", "第II期", "zh"),
        ("㈱日本", "(株)日本", "ja"),
        ("Nordlicht®", "Nordlicht", "de"),
        ("Nordlicht™ Telefon", "Nordlicht Telefon", "de"),
        ("⽤户", "用户", "zh"),
        ("⾧城", "长城", "zh"),
        ("⻓城", "长城", "zh"),
        ("⾧", "長", "ja"),
        ("memory  card", "memory card", "en"),
        ("memory\r\ncard", "memory card", "en"),
        ("memory \t card", "memory card", "en"),
        ("上合\n组织", "上合组织", "zh"),
        ("上合\r\n组织", "上合组织", "zh"),
        ("正 文", "正文", "zh"),
        ("目　　录", "目录", "zh"),
        ("目\t录", "目录", "zh"),
        ("東京 の", "東京の", "ja"),
        ("ISPARTA", "ısparta", "tr"),
        ("الخَادِم", "الخادم", "ar"),
        ("إنترنت", "انترنت", "ar"),
        ("كتـاب", "کتاب", "fa"),
        ("فایل‌های ۱۲", "فايلهاي ١٢", "fa"),
        ("שָׁלוֹם", "שלום", "he"),
        ("ЊЕГОШ", "Njegoš", "sr"),
        ("thùy hòa", "thuỳ hoà", "vi"),
        ("şi ţară", "și țară", "ro"),
        ("cœur", "COEUR", "fr"),
        ("ΑΡΧΕΙΟ", "αρχείο", "el"),
        ("फ\u093cाइल", "\u095eाइल", "hi"),
        ("\u09c7\u09be", "\u09cb", "bn"),
    ],
)
def test_spellings_that_fold_to_one(one: str, other: str, language: str) -> None:
    assert fold(one, language).text == fold(other, language).text


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("pêche", "péché", "fr"),
        ("schon", "schön", "de"),
        ("國", "国", "ja"),
        ("ё", "е", "uk"),
        ("ş", "ș", "tr"),
        ("hoa", "hòa", "vi"),
        ("सड\u093cक", "सडक", "hi"),
        ("мрежа", "mreža", "ru"),
        ("China-Russia", "China—Russia", "en"),
        ("外交部", "国防部", "zh"),
        ("ハ", "パ", "ja"),
        ("10", "10²", "en"),
        ("102", "10²", "en"),
        ("term1", "term¹", "en"),
        ("メモリ カード", "メモリカード", "ja"),
        ("정부 기관", "정부기관", "ko"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\U0001f4bb", "en"),
    ],
)
def test_spellings_that_stay_apart(one: str, other: str, language: str) -> None:
    assert fold(one, language).text != fold(other, language).text


@given(texts, st.sampled_from(["en", "zh", "ja", "ru", "ko", "sr", "ar", "hi"]))
@example("\u200d\U0001f3fd", "en")
def test_folding_leads_back(text: str, language: str) -> None:
    folded = fold(text, language)
    spans = [folded.origin(Span(at, at + 1)) for at in range(len(folded.text))]
    assert spans == sorted(spans)
    for at, span in enumerate(spans):
        assert 0 <= span.start < span.end <= len(text)
        stretch = text[span.start : span.end]
        # A joiner stays beside an emoji only.
        assert folded.text[at] in fold(stretch, language).text or folded.text[at] == stretch == "\u200d"


@given(texts, st.data())
def test_a_folded_stretch_comes_from_a_stretch_that_folds_to_it(text: str, data: st.DataObject) -> None:
    folded = fold(text, "zh")
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    origin = folded.origin(Span(start, end))
    # A joiner stays beside an emoji only.
    stretches = folded.text[start:end], fold(text[origin.start : origin.end], "zh").text
    part, whole = (stretch.replace("\u200d", "") for stretch in stretches)
    assert part in whole


@given(texts, st.sampled_from(["en", "zh", "ja", "ru", "ko", "sr", "ar", "hi"]))
@example("\u1112\xad\u1161", "ko")
@example("カ \uff9e", "en")
@example("カ  \u3099", "ja")
def test_folded_text_is_folded(text: str, language: str) -> None:
    once = fold(text, language).text
    assert fold(once, language).text == once


@given(texts, st.sampled_from(["en", "zh", "ja", "ru", "ko", "sr", "ar", "hi"]))
@example("薴苧", "zh")
@example("國" * 3 + "".join(map(chr, range(0xC0, 0x180))), "zh")
def test_what_is_folded_in_place_is_what_is_folded(text: str, language: str) -> None:
    folded, quickly = fold(text, language), fold_in_place(text, language)
    if quickly is None:
        assert folded.starts is not None or set(text) & set("\u0301\u0308")
    else:
        single = quickly.replace("\t", " ")
        assert has_blanks_to_fold(single) or (folded.starts is None and single == folded.text)


@given(texts)
def test_folded_text_has_no_line_breaks(text: str) -> None:
    assert not set(fold(text + "\r\n\u2028" + text).text) & set("\r\n\u2028")


@pytest.mark.parametrize(
    ("text", "term", "word"),
    [
        ("sco峰会", "sco", True),
        ("在sco", "sco", True),
        ("disco", "sco", False),
        ("scope", "sco", False),
        ("sco2", "sco", False),
        ("g200", "g20", False),
        ("sco_x", "sco", False),
        ("(sco)", "sco", True),
        ("sco's", "sco", True),
        ("натовский", "нато", False),
        ("к нато.", "нато", True),
        ("η βουλή", "βουλή", True),
        ("use c++ now", "c++", True),
        (".net上", ".net", True),
        ("asp.net", ".net", True),
        ("对外交流", "外交", True),
        ("국방부는", "국방부", True),
        ("サーバーが", "サーバー", True),
        ("قال المجلس", "مجلس", True),
        ("وبالمجلس", "مجلس", True),
        ("خمجلس", "مجلس", False),
        ("والمجلسان", "مجلس", False),
        ("בממשלה", "ממשלה", True),
        ("טממשלה", "ממשלה", False),
        ("שבממשלה", "ממשלה", True),
        ("عوض", "وض", False),
        ("भारतसंघ", "संघ", False),
    ],
)
def test_where_a_term_fits(text: str, term: str, word: bool) -> None:
    start = text.index(term)
    assert edges.fits(text, start, start + len(term)) is word


@pytest.mark.parametrize(
    ("text", "term", "part"),
    [
        ("user-agent", "agent", True),
        ("user-agent", "user", True),
        ("user agent", "agent", False),
        ("user - agent", "agent", False),
        ("an agent-", "agent", False),
        ("node.js", "node", True),
        ("a node. js", "node", False),
        ("me@node", "node", True),
        ("can't", "can", True),
        ("sco's seat", "sco", False),
        ("the forces' seat", "forces", False),
        ("c++", "c", True),
        ("c#", "c", True),
        ("in c.", "c", False),
        ("サーバーレス", "サーバー", True),
        ("新サーバーに", "サーバー", False),
        ("中国-东盟", "中国", False),
    ],
)
def test_what_is_part_of_a_longer_word(text: str, term: str, part: bool) -> None:
    start = text.index(term)
    assert edges.glued(text, start, start + len(term)) is part


WORDS: dict[str, list[list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "inflection.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("one", "other"), WORDS["same"] + WORDS["acquitting"])
def test_forms_of_one_word(one: str, other: str) -> None:
    assert not inflection.keys(one).isdisjoint(inflection.keys(other))


@pytest.mark.parametrize(("one", "other"), WORDS["same"])
def test_forms_that_oblige(one: str, other: str) -> None:
    found = Lexicon.of("en", [concept(one)], inflect=lambda _: True).scan([segment(f"the {other} here")])
    assert [match.term.text for match in found[0]] == [one]


@pytest.mark.parametrize(("one", "other"), WORDS["other"])
def test_words_that_only_look_alike(one: str, other: str) -> None:
    assert inflection.keys(one).isdisjoint(inflection.keys(other))
    assert other not in inflection.all_forms(one)
    assert one not in inflection.all_forms(other)


def test_the_table_of_words_is_large_enough() -> None:
    assert len(WORDS["same"]) + len(WORDS["acquitting"]) >= 55
    assert len(WORDS["other"]) >= 64


@pytest.mark.parametrize(
    ("text", "term", "word"),
    [
        ("重视对外交流", "外交", "对外"),
        ("重视外交研究", "外交", ""),
        ("渔船在山东海域", "东海", "山东"),
        ("渔船在东海作业", "东海", ""),
        ("累积分布函数", "积分", "累积"),
        ("函数的积分", "积分", ""),
        ("通过台湾海峡", "台湾", ""),
        ("金融机构", "金融", ""),
        ("国防部长讲话", "国防部", "国防部长"),
        ("国防部发言人", "国防部", ""),
        ("各民主党派", "民主党", "民主党派"),
        ("新建文件夹", "文件", "文件夹"),
        ("发展中国家", "中国", "发展中国家"),
        ("中美防长通电话", "中美", ""),
        ("中美防长通电话", "防长", ""),
        ("在API网关前", "网关", ""),
    ],
)
def test_the_dictionary_word_that_a_term_cuts(text: str, term: str, word: str) -> None:
    start = text.index(term)
    assert longer_word(text, Span(start, start + len(term))) == word


def test_a_term_without_han_has_no_seams() -> None:
    assert longer_word("在SCO峰会上", Span(1, 4)) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中印(尼)磋商", ["中印尼磋商", "中印磋商"]),
        ("中俄（罗斯）边境", ["中俄罗斯边境", "中俄边境"]),
        ("organization (SCO) summit", ["organization sco summit", "organization summit"]),
        ("the server(s) below", ["the servers below", "the server below"]),
        ("中印 (尼)磋商", ["中印尼磋商", "中印磋商"]),
        ("no brackets", []),
        ("(only in front) of it", []),
        ("open (bracket", []),
    ],
)
def test_bracket_views(text: str, expected: list[str]) -> None:
    found = [" ".join(view.text.split()) for view in bracket_views.bracket_views(fold(text, "zh"))]
    assert found == expected


@given(st.text(st.sampled_from("中印尼(（)）[] é\u0301\u00ada"), max_size=20))
def test_every_view_leads_back(text: str) -> None:
    folded = fold(text, "zh")
    for view in bracket_views.bracket_views(folded):
        for at, char in enumerate(view.text):
            origin = view.origin(Span(at, at + 1))
            assert char in fold(text[origin.start : origin.end], "zh").text
            assert bracket_views.located(view, origin).start <= at


@pytest.mark.parametrize(
    ("term", "crosses"), [("印尼", True), ("中印", False), ("尼磋", True), ("磋商", False)]
)
def test_only_what_crosses_a_bracket_is_new_in_a_view(term: str, crosses: bool) -> None:
    view = next(bracket_views.bracket_views(fold("中印(尼)磋商", "zh")))
    start = view.text.index(term)
    assert bracket_views.crosses_cut(view, Span(start, start + len(term))) is crosses


def test_a_text_without_brackets_is_its_own_opened_view() -> None:
    folded = Folded("中印磋商")
    assert bracket_views.opened(folded) is folded


def regex(pattern: str, **attributes: Any) -> Term:
    return Term(pattern, "en", match=MatchMode.REGEX, origin=Origin("glossary.yaml", 3, 9), **attributes)


RUNAWAY, ENDLESS = r"(?:a|aa|b?a)+$", "a" * 60 + "!"


def test_a_runaway_pattern_is_named_and_not_tried_again() -> None:
    pattern = RegexTerm(regex(RUNAWAY), Budget(0.05))
    assert list(pattern.find(ENDLESS)) == []
    error = pattern.given_up
    assert error is not None
    assert (error.path, error.line, error.column) == ("glossary.yaml", 3, 9)
    assert RUNAWAY in error.message
    assert error.advice
    begin = time.process_time()
    assert [list(pattern.find(text)) for text in [ENDLESS] * 1_000] == [[]] * 1_000
    assert time.process_time() - begin < 1


def test_all_patterns_share_one_budget() -> None:
    budget = Budget(0.3)
    begin = time.process_time()
    patterns = [RegexTerm(regex(f"{number}|{RUNAWAY}"), budget) for number in range(20)]
    assert [list(pattern.find(ENDLESS)) for pattern in patterns] == [[]] * 20
    assert all(pattern.given_up for pattern in patterns)
    assert time.process_time() - begin < 4
    # An honest one has an allowance of its own.
    honest = RegexTerm(regex(r"colou?r"), budget)
    assert sum(len(list(honest.find("The colour. " * 100))) for _ in range(300)) == 30_000
    assert honest.given_up is None


@pytest.mark.parametrize(
    ("pattern", "case", "text", "found"),
    [
        (r"colou?rs?", CaseMode.SMART, "Colours and color", ["Colours", "color"]),
        (r"colou?rs?", CaseMode.SENSITIVE, "Colours and color", ["color"]),
        (r"G\d+", CaseMode.SENSITIVE, "G7, g8, G20", ["G7", "G20"]),
        (r"x*", CaseMode.SMART, "abxxa", ["xx"]),
    ],
)
def test_patterns_match_the_text_as_written(
    pattern: str, case: CaseMode, text: str, found: list[str]
) -> None:
    term = RegexTerm(regex(pattern, case=case))
    assert [text[span.start : span.end] for span in term.find(text)] == found


def concept(*terms: str, language: str = "en", **attributes: Any) -> Concept:
    return Concept(terms[0], tuple(Term(text, language, **attributes) for text in terms))


def summary(matches: tuple[Match, ...]) -> list[tuple[str, Span, int, str]]:
    return [(match.term.text, match.span, match.traits, match.holder) for match in matches]


TERM = Concept("exercise", (Term("演习", "zh"), Term("exercise", "en")))
SOURCE = Lexicon.of("zh", [TERM], inflect=lambda _: True)
TARGET = Lexicon.of("en", [TERM], inflect=lambda _: False)


@pytest.mark.parametrize(
    ("confidence", "neighbour", "met"),
    [
        (0.5, "The exercise is over.", True),
        (0.5, "Two exercises are over.", True),
        (0.5, "The manoeuvre is over.", False),
        (1.0, "The exercise is over.", False),
    ],
)
def test_an_unsure_pair_is_judged_by_its_whole_run(confidence: float, neighbour: str, met: bool) -> None:
    source, target, other = segment("演习结束。"), segment("Everybody goes home."), segment(neighbour)
    pair = SegmentPair((source,), (target,), confidence)
    judged = Judge("zh", "en", lambda _: True).judge(
        pair,
        SOURCE.scan([source])[0],
        TARGET.scan([target])[0],
        neighbourhood=Neighbourhood((other,), lambda: TARGET.scan([other])[0]),
    )
    assert [obligation.met for obligation in judged.obligations] == [met]


CHINESE = Lexicon.of(
    "zh",
    [
        concept("上合", language="zh"),
        concept("上合组织", language="zh"),
        concept("合组", language="zh", except_in=("合组织",)),
        concept("SCO", language="zh"),
        concept("é", language="zh"),
        concept(r"国+", language="zh", match=MatchMode.REGEX),
    ],
    inflect=lambda _: True,
)


@settings(max_examples=150)
@given(st.lists(texts, max_size=5), st.data())
def test_segments_scanned_together_give_what_each_gives_alone(
    written: list[str], data: st.DataObject
) -> None:
    segments = []
    for text in written:
        start = data.draw(st.integers(0, len(text)))
        segments.append(segment(text, Span(start, data.draw(st.integers(start, len(text))))))
    together = [summary(found) for found in CHINESE.scan(segments)]
    assert together == [summary(CHINESE.scan([one])[0]) for one in segments]


@example("e\u0301\u0301ﬁ")
@given(texts)
def test_matches_are_in_order_and_outside_protected_text(text: str) -> None:
    protected = Span(len(text) // 3, len(text) // 2)
    (found,) = CHINESE.scan([segment(text, protected)])
    assert [match.span.start for match in found] == sorted(match.span.start for match in found)
    assert not any(match.span.overlaps(protected) for match in found)
    for match in found:
        assert match.text == text[match.span.start : match.span.end] != ""


def test_what_is_inside_something_longer_says_so() -> None:
    (found,) = CHINESE.scan([segment("上合组织")])
    traits = {match.term.text: (match.traits, match.holder) for match in found}
    assert traits["上合组织"] == (Trait.NONE, "")
    assert traits["上合"] == (Trait.NESTED, "上合组织")
    assert Trait.SHIELDED & traits["合组"][0]


def test_every_candidate_that_is_none_is_told_with_its_reason() -> None:
    told: list[tuple[str, str]] = []
    CHINESE.scan(
        [segment("DISCO sco SCO x", Span(10, 13))], lambda match, why: told.append((match.text, why))
    )
    assert [text for text, _ in told] == ["SCO", "sco", "SCO"]
    assert [why.split(" ")[0] for _, why in told] == ["part", "its", "inside"]


def test_no_term_runs_from_one_segment_into_the_next() -> None:
    lexicon = Lexicon.of("en", [concept("South China Sea"), concept("China")], inflect=lambda _: True)
    first, second = lexicon.scan([segment("the South China"), segment("Sea of Japan")])
    assert [match.text for match in first] == ["China"]
    assert second == ()


def test_no_terms_no_matches() -> None:
    assert Lexicon.of("zh", [], inflect=lambda _: True).scan([segment("上合组织"), segment("")]) == [(), ()]


SOUGHT = [
    "trade",
    "trades",
    "war",
    "house",
    "of",
    "the",
    "Federal",
    "US",
    "new",
    "F-35",
    "Bank",
    "and",
    "German",
]
MET = [
    "trade",
    "war",
    "houses",
    "warehouse",
    "of",
    "federal",
    "US",
    "new",
    "F35",
    "Banks",
    "and",
    "Germany",
    ",",
    "-",
]


@given(
    st.lists(st.sampled_from(SOUGHT), min_size=1, max_size=4),
    st.lists(st.sampled_from(MET), max_size=9),
    st.sampled_from(["en", "de", "fr"]),
)
@settings(max_examples=150)
def test_what_a_target_lacks_saves_looks_and_no_finds(
    rendering: list[str], target: list[str], language: str
) -> None:
    view = word_view(segment(" ".join(target)), language)
    found = list(renderings.find_rendering(" ".join(rendering), language, view))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WordView, "lacking", lambda *_: 0)
        assert list(renderings.find_rendering(" ".join(rendering), language, view)) == found


def test_matches_of_a_segment_that_is_gone_are_never_taken_for_those_of_another() -> None:
    glossary = load_glossary_text("languages: [zh, en]\nterms: {上合组织: SCO, 东盟: ASEAN}", "glossary.yaml")
    compiled = compile_glossary(glossary, index_glossary(glossary, "zh", "en"))
    matches = SegmentMatches(compiled)
    texts = ["上合组织开会。", "东盟开会。", "没有人开会。"] * 50
    # Each segment is dropped before the next one is made, so that they may well share an identity.
    found = [[match.text for match in matches.scan([segment(text)], Side.SOURCE)[0]] for text in texts]
    assert found == [["上合组织"], ["东盟"], []] * 50
