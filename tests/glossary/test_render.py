"""A printed glossary is easy to read and loads back to the same glossary."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from termcheck.glossary import load_glossary, load_glossary_text, render_glossary
from termcheck.glossary.render import scalar
from termcheck.model import Concept, Glossary, Origin

CASES = yaml.load(
    Path(__file__).with_name("entries.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


def placeless(glossary: Glossary) -> Glossary:
    """The glossary without the places it was read from, and without what was said of them."""

    def strip(concept: Concept) -> Concept:
        terms = tuple(replace(term, origin=Origin()) for term in concept.terms)
        ignore = tuple(replace(one, origin=Origin()) for one in concept.ignore)
        return replace(concept, terms=terms, ignore=ignore, origin=Origin())

    return replace(glossary, concepts=tuple(map(strip, glossary.concepts)), paths=(), left_out=(), notices=())


def assert_returns(glossary: Glossary) -> None:
    printed = render_glossary(glossary)
    again = load_glossary_text(printed, "printed.yaml")
    assert placeless(again) == placeless(glossary)
    assert render_glossary(again) == printed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases_return(case: dict[str, Any]) -> None:
    assert_returns(load_glossary_text(case["text"], "g.yaml"))


@pytest.mark.parametrize(
    "text",
    [
        "languages: [zh, en]\nterms:\n  the big Sea-南海: {en: 会议-C++}\n",
        "languages: [zh, en, ja]\nterms:\n  12-K-アニメ: {en: 会议ключ}\n",
        "languages: [ja, en]\nterms:\n  C++: {en: 東京-南海}\n",
        "terms:\n  OK: 东京会议\n  会议 קול: 东京\n  ση Sea 上合: {en: '12', zh: X서울}\n",
    ],
)
def test_a_key_in_two_scripts_returns(text: str) -> None:
    assert_returns(load_glossary_text(text, "g.yaml"))


def test_short_forms_are_kept() -> None:
    text = (
        "version: 1\n"
        "title: Talks\n"
        "languages: [zh, en]\n"
        "terms:\n"
        "  上合组织: SCO\n"
        "  联合国维和: [UNPKO, UN Peacekeeping]\n"
        "  南海:\n"
        "    en:\n"
        "      - South China Sea\n"
        "      - {term: South Sea, status: forbidden, instead: South China Sea}\n"
        "  全国人大: National People's Congress\n"
        "  时刻: '12:30'\n"
    )
    assert render_glossary(load_glossary_text(text, "g.yaml")) == text


def test_defaults_are_spelled_out() -> None:
    text = "languages: [zh, en]\ndefaults: {severity: error, scope: [a/**]}\nterms: {东盟: ASEAN}\n"
    assert render_glossary(load_glossary_text(text, "g.yaml")) == (
        "version: 1\n"
        "languages: [zh, en]\n"
        "terms:\n"
        "  东盟:\n"
        "    severity: error\n"
        "    zh: {term: 东盟, scope: [a/**]}\n"
        "    en: {term: ASEAN, scope: [a/**]}\n"
    )


def test_what_one_file_cannot_say_is_printed_as_a_remark(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("东盟: ASEAN\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("NATO: 北约\n", encoding="utf-8")
    printed = render_glossary(load_glossary([tmp_path / "a.yaml", tmp_path / "b.yaml"]).glossary)
    assert f"  # also, from {(tmp_path / 'b.yaml').as_posix()}:1:\n  # NATO:\n" in printed
    assert [concept.id for concept in load_glossary_text(printed, "p.yaml").concepts] == ["东盟"]


# Printable text with what YAML finds hard, odd line separators included.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("aB东盟1 :#-,[]{}\"'`\\|>&*!%@~?=.\t\n\x85\u2028\u00a0\ufeff：\U0001f600"),
        st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")),
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip())
NAMES = TEXTS.map(lambda text: " ".join(text.split()))
DAYS = st.dates().map(str)


@given(TEXTS)
@settings(max_examples=150)
def test_any_text_reads_back_as_itself(text: str) -> None:
    printed = f"languages: [zh, en]\nterms:\n  东盟: {{note: {scalar(text)}, en: ASEAN}}\n"
    assert load_glossary_text(printed, "g.yaml").concepts[0].note == text


@given(st.text("\u200b\ufeff\u202e\x9b\x1b#:[ a南", min_size=1).filter(str.strip))
def test_what_a_terminal_must_not_get_is_escaped(text: str) -> None:
    assert not re.search("[\u200b\ufeff\u202e\x9b\x1b]|##", scalar(text))
    printed = f"languages: [zh, en]\nterms:\n  东盟: {{note: {scalar(text)}, en: ASEAN}}\n"
    assert load_glossary_text(printed, "g.yaml").concepts[0].note == text


def optional(**attributes: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=attributes)


HANDED = {
    "match": st.sampled_from(["smart", "exact", "inflected"]),
    "case": st.sampled_from(["smart", "sensitive", "insensitive"]),
    "scope": st.lists(NAMES, max_size=2),
}
RENDERINGS = st.builds(
    lambda text, attributes: {"term": text, **attributes},
    NAMES,
    optional(
        status=st.sampled_from(["preferred", "admitted", "deprecated", "forbidden"]),
        type=st.sampled_from(["full", "acronym", "variant"]),
        where=st.sampled_from(["paired", "always"]),
        instead=NAMES,
        note=TEXTS,
        sources=st.lists(NAMES, max_size=2),
        valid_from=DAYS,
        except_in=NAMES,
        **HANDED,
    ),
)
# Renderings of one language differ, so that none is accepted and forbidden at once.
LANGUAGE = st.lists(st.one_of(NAMES, RENDERINGS), min_size=1, max_size=4, unique_by=lambda one: _text(one))
ENTRIES = st.one_of(
    NAMES,
    st.lists(NAMES, min_size=1, max_size=3),
    st.builds(
        lambda attributes, languages: {**attributes, **languages},
        optional(
            definition=TEXTS,
            sources=st.lists(NAMES, max_size=2),
            severity=st.sampled_from(["info", "warning", "error"]),
            count=st.sampled_from(["once", "each"]),
            first_use=st.sampled_from(["off", "full", "full (abbr)"]),
            priority=st.integers(-999, 999),
            except_in=st.lists(NAMES, max_size=2),
            valid_until=st.just("9999-12-31"),
            **HANDED,
        ),
        st.fixed_dictionaries({"en": LANGUAGE}, optional={"zh": LANGUAGE, "zh-Hant": LANGUAGE}),
    ),
)
GLOSSARIES = st.fixed_dictionaries(
    {"languages": st.just(["zh", "en"]), "terms": st.dictionaries(NAMES, ENTRIES, min_size=1, max_size=4)},
    optional={"title": NAMES, "defaults": optional(severity=st.just("error"), **HANDED)},
)


def _text(rendering: str | dict[str, Any]) -> str:
    return rendering if isinstance(rendering, str) else rendering["term"]


def as_yaml(value: Any) -> str:
    """JSON, which is YAML too, with every text quoted by the printer under test."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"? {scalar(key)} : {as_yaml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    return scalar(value) if isinstance(value, str) else json.dumps(value)


@given(GLOSSARIES)
@settings(max_examples=150)
def test_any_glossary_returns(written: dict[str, Any]) -> None:
    # Of an entry or two in letters of the other language it would be said that the languages are swapped.
    written["terms"].setdefault("上合组织", "SCO")
    for key, entry in written["terms"].items():
        # The key is accepted; a name that repeats it may settle its standing, but not contradict it.
        if isinstance(entry, dict):
            for tag in ("zh", "zh-Hant"):
                if tag in entry:
                    entry[tag] = [one for one in entry[tag] if _text(one) != key] or ["别名甲乙丙"]
    assert_returns(load_glossary_text(as_yaml(written), "g.yaml"))
