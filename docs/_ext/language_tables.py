"""Makes the tables of docs/languages.md, which `python tests/pages.py --reference` writes into the page.

What termcheck knows comes from the registry of languages, and what is tested from the data of the tests. So
a language that is added to them appears by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from termcheck import languages
from termcheck.languages.language import Language
from termcheck.languages.table import ALIASES, TABLE
from termcheck.rules.no_inflection import lacks_forms

TESTS = Path(__file__).parents[2] / "tests"
_NOTHING = "–"
_EXACT = 20


class Trait(NamedTuple):
    """Something that termcheck knows of some languages, and the fields of `Language` that say so."""

    label: str
    meaning: str
    fields: tuple[str, ...]
    of_script: bool = False
    """Whether all languages of a script share what its main one declares."""

    def of(self, language: Language) -> bool:
        """Whether it is known of a language."""
        if self.of_script:
            language = languages.get(languages.main_language(language.scripts[0]))
        default = Language()
        return any(getattr(language, name) != getattr(default, name) for name in self.fields)


# In the order of the page. The meaning of a trait is printed only if a language has it.
TRAITS = (
    Trait(
        "no spaces",
        "Words are not written apart, or small words are joined to them. Renderings are compared without"
        " blanks.",
        ("spaced",),
    ),
    Trait(
        "segmented",
        "A dictionary tells where words begin, so 东海 is no occurrence in 山东海域.",
        ("segmenter",),
    ),
    Trait("particles", "A character such as 的 may come or go in a rendering.", ("particles",)),
    Trait(
        "dictionary form",
        "Verbs and adjectives listed in dictionary form are found in their other forms, and words with"
        " several spellings in each of them.",
        ("pattern",),
    ),
    Trait(
        "compounds",
        "A rendering may be part of a longer word: Festplattenspeicher has the rendering Speicher. A part may"
        " be written once for two words: Ein- und Ausgang.",
        ("compounds",),
    ),
    Trait(
        "articles",
        "An article may come or go in a rendering: `ministère de la défense` for `ministère de défense`.",
        ("articles",),
    ),
    Trait(
        "clitics",
        "An article, a preposition or `and` that is written at the front of a word does not hide the word.",
        ("clitics",),
        of_script=True,
    ),
    Trait(
        "enclitics",
        "A particle that is written at the end of a word does not hide the word.",
        ("enclitics",),
        of_script=True,
    ),
    Trait(
        "elision",
        "An apostrophe joins a small word to the next one: `l'assemblée` has the rendering `assemblée`.",
        ("elides",),
    ),
    Trait(
        "and",
        "The words for `and` and `or` are known, so `air and sea ports` has the rendering `air ports`.",
        ("coordinators", "same_coordinators"),
    ),
    Trait(
        "word order",
        "A phrase may be turned round with a small word: `management of risk` for `risk management`.",
        ("links", "fillers", "droppable_link"),
    ),
    Trait(
        "prepositions",
        "Prepositions may replace one another inside a rendering: French `infection à la grippe` has the"
        " rendering `infection par la grippe`.",
        ("prepositions",),
    ),
    Trait(
        "separable verbs",
        "A verb may send its prefix to the end of the clause: `Wählen Sie eine Datei aus` has the rendering"
        " `auswählen`.",
        ("separable_prefixes", "verb_infixes", "participle_prefix"),
    ),
    Trait(
        "imperatives",
        "An imperative is a form of its verb even if it is also a noun: Norwegian `del` has the rendering"
        " `dele`.",
        ("infinitive_ending",),
    ),
    Trait("reflexives", "A reflexive pronoun may come or go in a rendering.", ("reflexives",)),
    Trait(
        "case of nouns",
        "Nouns begin with a capital, so a small letter in a noun is `wrong-case`.",
        ("small_words",),
    ),
    Trait("bare capitals", "Capitals may lack their accents.", ("bare_capitals",)),
    Trait("plural of acronyms", "An acronym is found in the plural too: NGOs.", ("acronym_plural",)),
    Trait("places", "The adjective of a place may stand for its name: Chinese for China.", ("is_demonym",)),
    Trait(
        "fixes",
        "A fix puts the rendering into the plural where it has to be, and chooses between `a` and `an`.",
        ("writing",),
    ),
    Trait(
        "no agreement",
        "Other words do not change with a noun, so the fix of a forbidden rendering can be safe.",
        ("agreement",),
    ),
)
# Fields that other columns show, and details of them.
NOT_TRAITS = frozenset(
    {
        *(
            "tag",
            "name",
            "scripts",
            "function_words",
            "closed_words",
            "dictionary",
            "source_forms",
            "keys",
            "stemmer",
        ),
        *(
            "rare_verb_ending",
            "infinitive",
            "is_verb_form",
            "joined_endings",
            "sibling_endings",
            "plural_endings",
            "plural_stem",
            "singulars",
            "one_sided",
        ),
        *("deriving_endings", "small_in_titles"),
    }
)


def parts() -> dict[str, str]:
    """The generated parts of docs/languages.md by their names in the page."""
    return {"known": known(), "traits": traits(), "tested": tested(TESTS)}


def known() -> str:
    """The table of what is known of each language, by name."""
    head = ("Language", "Tags", "Script", "Told apart by", "Source terms", "Renderings", "Also")
    return _table(head, (_row(tag) for tag in sorted(TABLE, key=lambda tag: TABLE[tag].name)))


def _row(tag: str) -> tuple[str, ...]:
    language = languages.get(tag)
    return (
        language.name,
        ", ".join(f"`{one}`" for one in (tag, *(other for other, own in ALIASES.items() if own == tag))),
        ", ".join(map(str.capitalize, language.scripts)),
        ", ".join(_signs(tag, language)),
        _forms(language, _source_forms(language)),
        _forms(language, _target_forms(language)),
        ", ".join(trait.label for trait in TRAITS if trait.of(language)) or _NOTHING,
    )


def _signs(tag: str, language: Language) -> Iterator[str]:
    """What tells a text in the language from one in another language."""
    yield "script"
    if language.spaced and language.function_words:
        yield "words"
    if TABLE[tag].letters:
        yield "letters"


def _forms(language: Language, sources: Iterator[str]) -> str:
    return ", ".join(sources) or ("as listed (GLO311)" if lacks_forms(language) else "as listed")


def _source_forms(language: Language) -> Iterator[str]:
    if language.dictionary:
        yield "dictionary"
    if language.source_forms is not None:
        yield "rules"


def _target_forms(language: Language) -> Iterator[str]:
    if language.dictionary:
        yield "dictionary"
    # Without a dictionary, keys or a pattern of its own replace what else is known.
    rules = language.keys is not None or language.pattern is not None
    if rules:
        yield "rules"
    if language.stemmer and (language.dictionary or not rules):
        yield "stemmer"


def traits() -> str:
    """The meanings of the words in the last column, without words that no language has."""
    everything = [languages.get(tag) for tag in TABLE]
    used = (trait for trait in TRAITS if any(map(trait.of, everything)))
    return "".join(f"- **{trait.label}**: {trait.meaning}\n" for trait in used)


def tested(tests: Path) -> str:
    """The table of what the tests have of each language."""
    columns = (_sentences(tests), *_cases(tests))
    tags = sorted(set().union(*columns), key=lambda tag: languages.get(tag).name)
    head = ("Language", "Interface sentences", "Cases as source", "Cases as target", "Cases of inflection")
    rows = ([languages.get(tag).name, *(_about(each[tag]) for each in columns)] for tag in tags)
    return _table(head, rows)


def _about(count: int) -> str:
    """A number in the table; a large one is rounded, so that not every new case changes the page."""
    step = 100 if count >= 100 else 10
    return f"{count // step * step}+" if count > _EXACT else str(count or _NOTHING)


def _sentences(tests: Path) -> Counter[str]:
    """How many sentences of user interfaces the tests have in each language."""
    counted: Counter[str] = Counter()
    for path in sorted(tests.glob("languages/*_sentences.yaml")):
        for tag, texts in _load(path)["languages"].items():
            counted[languages.base_tag(tag)] += len(texts["target"])
    return counted


def _cases(tests: Path) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How many cases have each language as source, as target, and on either side of one of inflection."""
    source, target, inflection = Counter[str](), Counter[str](), Counter[str]()
    for path in sorted(tests.glob("cases/**/*.yaml")):
        for case in _load(path):
            pair = [languages.base_tag(tag) for tag in _pair(case)]
            source[pair[0]] += 1
            target.update(pair[1:])
            if path.name.startswith("inflection"):
                inflection.update(pair)
    return source, target, inflection


def _pair(case: dict[str, Any]) -> list[str]:
    """The languages of a case; a glossary that does not say them is Chinese and English."""
    glossary = case.get("glossary")
    own = glossary.get("languages") if isinstance(glossary, dict) else None
    pair: list[str] = case.get("languages") or own or ["zh", "en"]
    return pair


def _load(path: Path) -> Any:
    load: Callable[..., Any] = yaml.load
    return load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
