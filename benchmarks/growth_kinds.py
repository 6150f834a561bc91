"""The kinds of input whose cost must grow no faster than they do.

A kind makes, for a length, the files of a directory and the arguments of a command to run there. Kinds are
products of small tables, so that each awkward text is tried in each format and each language.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from vocabulary import HEADS, MODIFIERS, TOPICS

_EVERYTHING = ("--select", "ALL", "--min-confidence", "low", "--source-lang")


@dataclass(frozen=True, slots=True)
class Work:
    """Files by name, and the arguments of a command.

    `before` are those of a command that is not measured. `most` is the largest exit code that is expected.
    """

    files: Mapping[str, str]
    arguments: Sequence[str]
    before: Sequence[str] = ()
    most: int = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input: `work` makes it for a length, whose unit is a character or, for `count`, a thing."""

    name: str
    work: Callable[[int], Work]
    count: bool = False


# Terms that mean the same in each language, then a sentence without any of them.
_LANGUAGES = {
    "zh": (("南海", "国防部", "上海合作组织", "台湾", "外交"), "他们昨天在会上谈了很多别的事情。"),
    "en": (
        ("South China Sea", "Ministry of National Defense", "Shanghai Cooperation Organization", "Taiwan",
         "diplomacy"),
        "They spoke about many other things at the meeting yesterday. ",
    ),
    "ja": (
        ("南シナ海", "国防省", "上海協力機構", "台湾", "外交"),
        "彼らは昨日の会議で多くのことを話しました。",
    ),
    "ko": (
        ("남중국해", "국방부", "상하이협력기구", "대만", "외교"),
        "그들은 어제 회의에서 많은 이야기를 했다. ",
    ),
    "th": (("ทะเลจีนใต้", "กระทรวงกลาโหม", "องค์การความร่วมมือเซี่ยงไฮ้", "ไต้หวัน", "การทูต"),
           "พวกเขาพูดถึงเรื่องอื่นมากมายในที่ประชุมเมื่อวานนี้"),
    "de": (("Südchinesisches Meer", "Verteidigungsministerium", "Shanghaier Organisation", "Taiwan",
            "Diplomatie"),
           "Sie sprachen gestern in der Sitzung über viele andere Dinge. "),
    "ru": (("Южно-Китайское море", "Министерство обороны", "Шанхайская организация", "Тайвань", "дипломатия"),
           "Вчера на заседании они говорили о многих других вещах. "),
    "ar": (("بحر الصين الجنوبي", "وزارة الدفاع", "منظمة شنغهاي", "تايوان", "دبلوماسية"),
           "تحدثوا عن أشياء أخرى كثيرة في الاجتماع أمس. "),
}  # fmt: skip
_FORBIDDEN = {
    "en": "South Sea", "zh": "南中国海", "de": "Südmeer", "ja": "南中国海", "ko": "남해바다", "th": "ทะเลใต้",
    "ru": "Южное море", "ar": "البحر الجنوبي",
}  # fmt: skip
_NEAR = {
    "en": "Shanghai Coperation Organisation", "zh": "上海合作组职", "de": "Shanghaier Organsation",
    "ja": "上海協力機講", "ko": "상하이협력기그", "th": "องค์การความร่วมมือเซียงไฮ้",
    "ru": "Шанхайскея органзация",
    "ar": "منضمة شنغهاي",
}  # fmt: skip
_PAIRS = ("zh-en", "en-zh", "ja-en", "ko-en", "th-en", "de-en", "ru-en", "ar-en", "en-de", "en-ru", "en-ar",
          "en-ja", "en-ko", "zh-ja")  # fmt: skip


def _glossary(pair: str) -> str:
    source, target = pair.split("-")
    terms = {
        term: {target: rendering}
        for term, rendering in zip(_LANGUAGES[source][0], _LANGUAGES[target][0], strict=True)
    }
    first = _LANGUAGES[source][0][0]
    terms[first] = {target: terms[first][target], "forbid": [_FORBIDDEN[target]]}
    return json.dumps({"languages": [source, target], "terms": terms}, ensure_ascii=False)


def _spaced(language: str, texts: Sequence[str]) -> str:
    return ("" if language in {"zh", "ja", "th"} else " ").join(texts) + " "


def _of_terms(source: str, target: str) -> dict[str, tuple[str, str]]:
    """Units of a source and a target, by what is special about them."""
    (terms, said), (renderings, told) = _LANGUAGES[source], _LANGUAGES[target]
    both = _spaced(source, terms), _spaced(target, renderings)
    one = _spaced(source, [terms[2]])
    return {
        "sentences": (said + both[0], told + both[1]),
        "terms rendered": both,
        "one term rendered": (one, _spaced(target, [renderings[2]])),
        "terms missing": (both[0] + said, told),
        "one term missing": (one, told),
        "a near miss": (one, _spaced(target, [_NEAR[target]])),
        "forbidden": (_spaced(source, [terms[0]]), _spaced(target, [_FORBIDDEN[target]])),
        "untranslated": (both[0], both[0]),
        "another case": (both[0], both[1].swapcase()),
        "digits": (one + "2025 1,234.5 ", "2025 1,234.5 7% "),
        "abbreviations": (one + "U.S. e.g. NATO ", "U.S. e.g. NATO (N.A.T.O.) Mr. "),
        "brackets": (f"({one})[{one}]（{terms[0]}", f"({renderings[0]} (a) [b] {told}"),
        "words without blanks": (terms[2] + terms[3], renderings[2].replace(" ", "") + "abc"),
        "quotes": (f"“{terms[2]}”《{terms[0]}》", f"“{renderings[0]}” '{told}' "),
        "hyphens": (one.strip() + "-", renderings[0].replace(" ", "-") + "-"),
    }


def _row(source: str, target: str) -> dict[str, str]:
    """A pair in each format, by file name."""
    table = io.StringIO()
    csv.writer(table).writerows([("source", "target"), (source, target)])
    return {
        "a.jsonl": json.dumps({"source": source, "target": target}, ensure_ascii=False) + "\n",
        "a.csv": table.getvalue(),
        "a.md": f"{source}\n\n{target}\n",
    }


def _repeated(unit: str, length: int) -> str:
    return unit * max(1, length // len(unit))


def _check(name: str, text: str, pair: str, **more: str) -> Work:
    source, target = pair.split("-")
    files = {"glossary.yaml": _glossary(pair), name: text, **more}
    return Work(files, ("check", name, *_EVERYTHING, source, "--target-lang", target))


def _segments() -> Iterator[Kind]:
    """One long segment in a row or paragraph."""
    for pair in _PAIRS:
        source, target = pair.split("-")
        for label, (said, told) in _of_terms(source, target).items():
            for name in ("a.jsonl", "a.csv", "a.md") if pair in {"zh-en", "en-zh"} else ("a.jsonl",):

                def work(
                    length: int, said: str = said, told: str = told, name: str = name, pair: str = pair
                ) -> Work:
                    count = max(1, length // max(len(said), len(told)))
                    return _check(name, _row(said * count, told * count)[name], pair)

                yield Kind(f"segment: {label}, {pair}, {name}", work)


# Units of awkward texts, each repeated until the text is as long as it is to be.
_AWKWARD = {
    "blanks": " ",
    "blanks and letters": "a  ",
    "tabs": "\t",
    "no-break spaces": "\u00a0",
    "zero-width spaces": "\u200b",
    "zero-width joiners": "a\u200d",
    "soft hyphens": "\u00ad",
    "soft hyphens in words": "a\u00ad",
    "combining marks": "\u0301",
    "combining marks on letters": "e\u0301",
    "Arabic marks": "ب\u064e\u0651",
    "Hangul jamo": "\u1112\u1161\u11ab",
    "kana voicing": "か\u3099",
    "variation selectors": "葛\ufe00",
    "emoji": "👩\u200d👩\u200d👧",
    "direction marks": "\u202b\u200f",
    "ligatures": "ﬃ",
    "full width": "ＡＢ１",
    "asterisks": "*",
    "emphasis": "*a* ",
    "open emphasis": "*a ",
    "strong": "**a** ",
    "open strong": "**a ",
    "mixed emphasis": "*a_b ",
    "nested emphasis": "*a **b ",
    "closing emphasis": "a* ",
    "underscores": "_a",
    "tildes": "~~a ",
    "backticks": "`",
    "code": "`a` ",
    "open code": "` a",
    "doubled backticks": "``a` ",
    "brackets": "[",
    "brackets closed": "]",
    "links": "[a](b) ",
    "open links": "[a](",
    "open titles": '[a](b "',
    "images": "![a](b) ",
    "open images": "![",
    "nested images": "![a",
    "references": "[a][b] ",
    "footnotes": "[^1] ",
    "wikilinks": "[[a|",
    "round brackets": "(",
    "round brackets closed": ")",
    "nested brackets": "(a",
    "Chinese brackets": "（中",
    "quotes": '"',
    "open quotes": '"a ',
    "Chinese quotes": "“中",
    "apostrophes": "'a ",
    "book titles": "《中",
    "angles": "<",
    "angles and letters": "<a ",
    "tags": "<b>a</b>",
    "open tags": "<b>",
    "closed tags": "</b>",
    "open attributes": '<a b="',
    "breaks": "a<br/>",
    "open comments": "<!--",
    "comments": "<!-- a --> ",
    "declarations": "<!A ",
    "instructions": "<?a ",
    "cdata": "<![CDATA[",
    "autolinks": "<http://a> ",
    "open autolinks": "<http://a",
    "entities": "&amp;",
    "ampersands": "&",
    "open entities": "&amp",
    "numeric entities": "&#x41;",
    "open numeric entities": "&#1",
    "backslashes": "\\",
    "escapes": "\\*",
    "addresses": "http://a.b/c ",
    "open addresses": "http://",
    "long addresses": "a.b/",
    "www": "www.",
    "mail": "a@b.c ",
    "at signs": "a@",
    "slashes": "/a",
    "dots": ".",
    "dotted letters": "a.",
    "dotted words": "abc.def",
    "hyphens": "-",
    "hyphens and letters": "a-",
    "options": "--a-b ",
    "digits": "1",
    "digits and commas": "1,",
    "digits and letters": "a1",
    "capitals": "A",
    "camel case": "aB",
    "snake case": "a_b",
    "calls": "a()",
    "open calls": "a(",
    "dollars": "$",
    "formulas": "$a$ ",
    "open formulas": "$a ",
    "braces": "{",
    "placeholders": "{a} ",
    "double braces": "{{a}} ",
    "open double braces": "{{",
    "template braces": "{% a",
    "percents": "%",
    "printf": "%(a)s ",
    "open printf": "%(a",
    "shell": "${a} ",
    "open shell": "${",
    "roles": ":a:`b` ",
    "open roles": ":a:`",
    "colons": ":",
    "colons and letters": ":a",
    "sessions": ">>> a ",
    "prompts": "$ a ",
    "hashes": "#",
    "equals": "=",
    "pipes": "|",
    "cells": "a | ",
    "suppressions": "<!-- termcheck: ignore[TRM101] a --> ",
    "open suppressions": "<!-- termcheck: ignore[",
    "suppression codes": "<!-- termcheck: ignore[TRM101, TRM102] --> ",
    "disable": "<!-- termcheck: disable[TRM102] --> ",
    "ellipses": "…",
    "ends of sentences": "a. B! ",
    "Chinese ends of sentences": "中。",
    "Chinese": "中",
    "Chinese words": "国际合作",
    "kana": "かんじ",
    "Thai": "กา",
    "Korean": "가나",
    "Latin and Chinese": "a中",
    "dates": "2025-01-01 ",
    "times": "12:30 ",
    "initials": "A. B. ",
    "abbreviations": "Mr. ",
    "Roman numbers": "IV ",
    "fractions": "½",
    "superscripts": "²",
    "emphasis with blanks": "* a *  ",
}
# Around an awkward text; in Markdown these begin and end a construct.
_AROUND = {
    "link text": ("[", "](b)"),
    "link target": ("[a](", ")"),
    "link target in angles": ("[a](<", ">)"),
    "link title": ('[a](b "', '")'),
    "heading": ("# ", " #"),
    "code": ("`", "`"),
    "image": ("![", "](b)"),
    "emphasis": ("*", "*"),
    "tag": ('<a href="', '">a</a>'),
    "comment": ("<!--", "-->"),
    "suppression": ("<!-- termcheck: ignore[TRM101] ", " -->"),
    "cell": ("| a | b |\n|---|---|\n| ", " | a |"),
    "definition": ("[a]: b '", "'"),
    "list": ("- ", ""),
    "quote": ("> ", ""),
    "formula": ("$", "$"),
    "double braces": ("{{", "}}"),
    "front matter": ("---\ntitle: ", "\n---\n"),
    "fence": ("``` ", "\na\n```"),
    "attributes": ("# a {", "}"),
    "role": (":a:`", "`"),
    "address": ("http://a/", ""),
}


def _awkward(
    name: str, unit: str, around: tuple[str, str] = ("", ""), unended: bool = False
) -> Callable[[int], Work]:
    def work(length: int) -> Work:
        body = around[0] + _repeated(unit, length) + ("" if unended else around[1])
        text = f"南海 {body} 国防部开会。", f"The sea {body} and the meeting."
        if name == "a.txt":
            return _check(name, "\n\n".join(text) + "\n", "zh-en")
        if name == "a.md" and around[0]:
            text = f"{body}\n\n南海国防部开会。", f"{body}\n\nThe sea and the meeting."
        return _check(name, _row(*text)[name], "zh-en")

    return work


def _awkward_texts() -> Iterator[Kind]:
    for label, unit in _AWKWARD.items():
        for name in ("a.md", "a.jsonl", "a.txt"):
            yield Kind(f"text: {label}, {name}", _awkward(name, unit))
    for label, around in _AROUND.items():
        for what in ("blanks", "zero-width spaces", "backslashes", "brackets", "angles and letters",
                     "hyphens", "quotes", "Chinese", "open emphasis", "dotted words"):  # fmt: skip
            yield Kind(f"inside {label}: {what}", _awkward("a.md", _AWKWARD[what], around))
            yield Kind(f"inside open {label}: {what}", _awkward("a.md", _AWKWARD[what], around, unended=True))


# Lines of Markdown; `\n` is part of each.
_LINES = {
    "quotes": ">\n",
    "items": "- a\n",
    "loose items": "- a\n\n",
    "numbered": "1. a\n",
    "headings": "# a\n",
    "setext headings": "a\n=\n",
    "rules": "---\n",
    "fences": "```\n",
    "open fences": "``` a\n",
    "tilde fences": "~~~\n\n",
    "blocks of HTML": "<div>\n",
    "blocks of HTML and blank lines": "<div>\n\n",
    "closed blocks of HTML": "<div>\n</div>\n\n",
    "details": "<details>\n<summary>a</summary>\n\n",
    "script": "<script>\n",
    "lone tags": "<a>\n",
    "comments": "<!-- a -->\n",
    "open comments": "<!--\n",
    "a quote in a list with a block": "- > <div>\n",
    "a quote in a list with a block and a blank line": "- > <div>\n\n",
    "a quote with a block": "> <div>\n",
    "a list with a block": "- <div>\n",
    "a list in a quote with a block": "> - <div>\n",
    "a list in a quote in a list with a lone tag": "- > - <a>\n\n",
    "a quote in a list with a fence": "- > ```\n",
    "a quote in a list with a comment": "- > <!--\n",
    "lazy quotes": "> a\nb\n",
    "definitions": "[a]: b\n",
    "many definitions": "[a]: b 'c'\n\n",
    "footnotes": "[^a]: b\n",
    "rows": "| a | b |\n",
    "heads of tables": "| a | b |\n|---|---|\n\n",
    "directives": ":::\n",
    "open directives": "::: a\n",
    "rst directives": ".. a::\n\n",
    "admonitions": "!!! note\n\n    a\n\n",
    "definition lists": "a\n: b\n",
    "hard breaks": "a  \n",
    "backslash breaks": "a\\\n",
    "blank lines": "\n",
    "blank lines with blanks": " \n",
    "carriage returns": "a\r",
    "form feeds": "a\f",
    "suppressions": "<!-- termcheck: ignore[TRM101] -->\n",
    "disabled": "<!-- termcheck: disable[TRM101] -->\n\n南海。\n\nThe sea.\n\n",
    "disabled and enabled": "<!-- termcheck: disable[TRM101] -->\n\n<!-- termcheck: enable[TRM101] -->\n\n",
    "unknown rules": "<!-- termcheck: ignore[nothing-known] -->\n\n",
    "pairs": "国防部。\n\nThe MND.\n\n",
    "missing": "南海。\n\nThe sea.\n\n",
    "forbidden": "南海。\n\nThe South Sea.\n\n",
    "unpaired": "南海。\n\n",
    "one language": "The South China Sea.\n\n",
    "lines in two languages": "南海。\nThe sea.\n",
    "breaks in two languages": "南海。<br/>The sea.\n",
    "cells in two languages": "| 南海。 | The sea. |\n",
    "items in two languages": "- 南海。\n- The sea.\n",
    "keys": "a: b\n",
    "sessions": ">>> a\n",
    "the same": "The same\n\n",
}


def _line_texts() -> Iterator[Kind]:
    for label, line in _LINES.items():
        for name in ("a.md", "a.txt"):

            def work(length: int, name: str = name, line: str = line) -> Work:
                end = "\n\n南海国防部开会。\n\nThe sea and the meeting.\n"
                return _check(name, _repeated(line, length) + end, "zh-en")

            yield Kind(f"lines: {label}, {name}", work)


# Each level stands in front of the one below it.
_NESTED = {
    "quotes": lambda depth: "> " * depth + "南海",
    "quotes without blanks": lambda depth: ">" * depth + "南海",
    "items in one line": lambda depth: "- " * depth + "南海",
    "numbers in one line": lambda depth: "1. " * depth + "南海",
    "quotes and items": lambda depth: "- > " * depth + "南海",
    "indented items": lambda depth: "".join(f"{'  ' * min(level, 60)}- 南海\n" for level in range(depth)),
    "quotes and a block": lambda depth: "- > " * depth + "<div>",
    "HTML": lambda depth: "<div>" * depth + "南海" + "</div>" * depth,
    "spans": lambda depth: "<b>" * depth + "南海" + "</b>" * depth,
    "links": lambda depth: "[" * depth + "南海" + "](a)" * depth,
    "images": lambda depth: "![" * depth + "南海" + "](a)" * depth,
    "emphasis": lambda depth: "*_" * depth + "南海" + "_*" * depth,
    "brackets": lambda depth: "(" * depth + "南海" + ")" * depth,
    "backticks": lambda depth: " ".join("`" * (level % 300 + 1) for level in range(depth // 150 + 1)),
    "colons": lambda depth: "".join(f"{':' * (3 + level % 300)} a\n" for level in range(depth // 150 + 1)),
}


def _nested() -> Iterator[Kind]:
    for label, made in _NESTED.items():

        def work(length: int, made: Callable[[int], str] = made) -> Work:
            return _check("a.md", made(length) + "\n\n南海。\n\nThe sea.\n", "zh-en")

        yield Kind(f"nested: {label}", work)


def _paragraphs(count: int, rendering: str = "South Sea") -> str:
    return "".join(f"南海第{n}次会议。\n\nThe {rendering} meeting {n}.\n\n" for n in range(count))


_SEA = json.dumps(
    {"languages": ["zh", "en"], "terms": {"南海": {"en": "South China Sea", "forbid": ["South Sea"]}}}
)
# What is done with the findings in a text; the words before `|` are a command that is not measured.
_COMMANDS = {
    "--fix": "check a.md --fix",
    "--diff": "check a.md --diff",
    "--statistics": "check a.md --statistics",
    "--show-pairs": "check a.md --show-pairs",
    "--write-baseline": "check a.md --write-baseline b.json",
    "--baseline": "check a.md --write-baseline b.json | check a.md --baseline b.json",
    "--baseline of another text": "check b.md --write-baseline b.json | check a.md --baseline b.json",
    "--baseline --fix": "check b.md --write-baseline b.json | check a.md --baseline b.json --fix --diff",
    "--add-ignore": "check a.md --add-ignore=quoted",
    "all silenced": "check a.md --add-ignore=quoted | check a.md",
    "glossary score": "glossary score a.md",
    **{
        f"--output-format {name}": f"check a.md --output-format {name}"
        for name in (
            "full", "concise", "grouped", "json", "json-lines", "sarif", "github", "gitlab", "junit",
            "rdjsonl", "checkstyle", "html",
        )
    },
}  # fmt: skip


def _bad_fixes() -> Iterator[Kind]:
    """Fixes that are not made, because the text would be worse: each has to be found out."""
    island = "  南海岛: {en: [Sea island, {term: Nanhai, status: forbidden, where: always}]}\n"
    bad = "  第{n}号海: {{en: [Sea {n}, {{term: Lake {n}, status: forbidden, instead: Sea {n} (Nanhai)}}]}}\n"
    long = "Shanghai Pact Organization of Eurasian States"
    for label, entries, text, first in (
        ("cause a finding", bad, "第{n}号海会议。\n\nThe Lake {n} meeting.\n\n", island),
        ("cause one, in one paragraph", bad, "第{n}号海，|The Lake {n}, ", island),
        (
            "lose a pair",
            "",
            f"上合组织（北京峰会）第{{n}}次开会。\n\n{long} 上合组织（北京峰会）{{n}}\n\n",
            f"  上合组织: {{en: SCO, forbid: [{long}]}}\n",
        ),
        (
            "cause one elsewhere",
            "",
            "演习结束{n}。\n\nThe manoeuvre ended {n}.\n\n演习开始{n}。\n\nThe drill began {n}.\n\n",
            "  演习: {en: [exercise, drill], forbid: [manoeuvre]}\n",
        ),
    ):

        def work(count: int, entries: str = entries, text: str = text, first: str = first) -> Work:
            numbers = range(count)
            glossary = "languages: [zh, en]\nterms:\n" + first + "".join(entries.format(n=n) for n in numbers)
            # Of `source|target`, all sources are one paragraph, and all targets another.
            parts = ("".join(part.format(n=n) for n in numbers) + "\n\n" for part in text.split("|"))
            return Work({"glossary.yaml": glossary, "a.md": "".join(parts)}, ("check", "a.md", "--fix"))

        yield Kind(f"fixes: they {label}", work, count=True)


def _commands() -> Iterator[Kind]:
    for label, words in _COMMANDS.items():

        def work(count: int, words: str = words) -> Work:
            before, _, command = words.rpartition("|")
            files = {
                "glossary.yaml": _SEA,
                "a.md": _paragraphs(count),
                "b.md": _paragraphs(count, "Southern South Sea"),
            }
            return Work(files, command.split(), before.split())

        yield Kind(f"findings: {label}", work, count=True)


def _terms(entries: Mapping[str, object]) -> str:
    return json.dumps({"languages": ["zh", "en"], "terms": entries}, ensure_ascii=False)


def _named(count: int) -> Iterator[tuple[str, str]]:
    """So many terms, and a rendering of each."""
    parts = [
        (zh + middle + head, f"{en} {inner} {last}")
        for head, last in HEADS
        for middle, inner in TOPICS
        for zh, en in MODIFIERS
    ]
    return islice(cycle(parts), count)


_MEETING = "南海第{0}次会议。\n\nThe {0} meeting.\n\n"
_GLOSSARIES: Mapping[str, Callable[[int], tuple[str, str]]] = {
    "entries": lambda count: (_terms(dict(_named(count))), _MEETING.format(1)),
    "entries that share a rendering": lambda count: (
        _terms({zh: "TODO" for zh, _ in _named(count)}),
        "".join(f"{zh}会议。\n\nThe meeting.\n\n" for zh, _ in _named(50)),
    ),
    "entries that share a rendering which occurs": lambda count: (
        _terms({zh: "TODO" for zh, _ in _named(count)}),
        "".join(f"{zh}会议。\n\nThe TODO meeting.\n\n" for zh, _ in _named(20)),
    ),
    "entries that share one of two renderings": lambda count: (
        _terms({zh: ["TODO", en] for zh, en in _named(count)}),
        "".join(f"{zh}会议。\n\nThe meeting.\n\n" for zh, _ in _named(20)),
    ),
    "renderings": lambda count: (_terms({"南海": [en for _, en in _named(count)]}), _MEETING.format(1)),
    "renderings of Chinese": lambda count: (
        _terms({"南海": {"en": "Sea", "zh": [zh for zh, _ in _named(count)]}}), _MEETING.format(1)
    ),
    "forbidden renderings": lambda count: (
        _terms({"南海": {"en": "Sea", "forbid": [en for _, en in _named(count)]}}), _MEETING.format(1)
    ),
    "exceptions": lambda count: (
        _terms({"南海": {"en": "Sea", "except_in": [f"南海{zh}" for zh, _ in _named(count)]}}),
        "".join(f"南海{zh}。" for zh, _ in _named(count)) + "\n\nNothing.\n",
    ),
    "entries that begin alike": lambda count: (
        _terms({f"南海{n}": f"South China Sea {n}" for n in range(count)}), _MEETING.format(1)
    ),
    "terms in a paragraph": lambda count: (
        _terms(dict(_named(500))),
        "".join(f"{zh}，" for zh, _ in _named(count)) + "\n\n"
        + "They spoke of other things. " * count + "\n",
    ),
    "rendered terms in a paragraph": lambda count: (
        _terms(dict(_named(500))),
        "".join(f"{zh}，" for zh, _ in _named(count)) + "\n\n"
        + " ".join(en for _, en in _named(count)) + "\n",
    ),
    "nested terms in a paragraph": lambda count: (
        _terms({"南海": "Sea", "南海会议": "Sea Meeting", "南海会议中心": "Sea Meeting Centre"}),
        "南海会议中心，" * count + "\n\n" + "They spoke of other things. " * count + "\n",
    ),
    "introduced abbreviations": lambda count: (
        _terms({"南海": "South China Sea", "国防部": "Ministry of Defence"}),
        "南海国防部，" * count + "\n\n"
        + " ".join(f"South China Sea (A{n}B)" for n in range(count)) + "\n\n南海国防部。\n\nNothing.\n",
    ),
    "count: each": lambda count: (
        _terms({"南海": {"en": "South China Sea", "count": "each"}}),
        "南海，" * count + "\n\n" + "South China Sea, " * (count // 2) + "\n",
    ),
    "a slow expression": lambda count: (
        _terms({"南海": {"en": ["Sea", {"term": "(?:a|aa|b?a)+$", "match": "regex"}]}}),
        "".join(f"南海第{n}次。\n\n{'a' * 60}! {n}\n\n" for n in range(count)),
    ),
}  # fmt: skip


def _glossaries() -> Iterator[Kind]:
    for label, made in _GLOSSARIES.items():

        def work(count: int, made: Callable[[int], tuple[str, str]] = made) -> Work:
            glossary, text = made(count)
            files = {"glossary.yaml": glossary, "a.md": text}
            return Work(files, ("check", "a.md", "--select", "ALL"), most=2)

        yield Kind(f"glossary: {label}", work, count=True)


# A file of terms: what stands at both ends of it, and an entry.
_TERM_FILES = {
    "a.csv": ("zh,en,status\n", "术语{0},term {0} / word {0},\n", ""),
    "b.csv": ("zh,en\n", '南海,"term {0} (note {0})"\n', ""),
    "a.md": ("| zh | en |\n|---|---|\n", "| **术语{0}** | `term` {0} |\n", ""),
    "a.json": ("{", '"术语{0}": ["term {0}", "word {0}"],\n', '"南海": "Sea"}'),
    "a.po": ("", 'msgid "术语{0}"\nmsgstr "term {0}"\n\n', ""),
    "a.tbx": (
        "<martif xml:lang='zh'><text><body>",
        "<termEntry><langSet xml:lang='zh'><tig><term>术语{0}</term></tig></langSet>"
        "<langSet xml:lang='en'><tig><term>term {0}</term></tig></langSet></termEntry>\n",
        "</body></text></martif>",
    ),
    "b.tbx": (
        "<martif xml:lang='zh'><text><body><termEntry>"
        "<langSet xml:lang='zh'><tig><term>海</term></tig></langSet><langSet xml:lang='en'>",
        "<tig><term>term</term></tig>\n",
        "</langSet></termEntry></body></text></martif>",
    ),
}


def _term_files() -> Iterator[Kind]:
    for name, (head, entry, end) in _TERM_FILES.items():

        def work(count: int, name: str = name, head: str = head, entry: str = entry, end: str = end) -> Work:
            entries = "".join(entry.replace("{0}", str(n)) for n in range(count))
            return Work({name: head + entries + end}, ("glossary", "convert", "--force", name, "out.tbx"))

        yield Kind(f"terms: {name}", work, count=True)

    def styled(count: int) -> Work:
        entries = "".join(f"   # one\n   term{n}:   {{de:  Wort{n}}}\n" for n in range(count))
        return Work(
            {"g.yaml": f"languages: [en, de]\nterms:\n{entries}"}, ("glossary", "fmt", "--check", "g.yaml")
        )

    yield Kind("terms: fmt", styled, count=True)


_ROWS = {
    "bare quotes in a header": ('source,target,5" disk', "南海第{0}次,The South China Sea {0},x"),
    "bare quotes in rows": ("source,target", '南海第{0}次,The South China Sea 5" {0}'),
    "quoted fields": ("source,target", '"南海第{0}次","The ""South China Sea"", {0}"'),
    "quoted line breaks": ("source,target", '"南海第{0}次\n","The South China Sea\n {0}"'),
    "findings": ("source,target", "南海第{0}次,The South Sea {0}"),
}


def _rows() -> Iterator[Kind]:
    for label, (head, row) in _ROWS.items():

        def work(count: int, head: str = head, row: str = row) -> Work:
            rows = "".join(f"{row.format(n)}\n" for n in range(count))
            return Work({"glossary.yaml": _SEA, "a.csv": f"{head}\n{rows}"}, ("check", "a.csv"))

        yield Kind(f"rows: {label}", work, count=True)


_UNITS = {
    "XLIFF": (
        "a.xlf",
        "<xliff>{0}</xliff>",
        "<trans-unit id='{0}'><source>南海</source><target>{1}</target></trans-unit>",
    ),
    "Qt": (
        "a.ts",
        "<TS>{0}</TS>",
        "<message><source>南海</source><translation>{1}</translation></message>",
    ),
    "TMX": (
        "a.tmx",
        "<tmx>{0}</tmx>",
        "<tu><tuv lang='zh'><seg>南海</seg></tuv><tuv lang='en'><seg>{1}</seg></tuv></tu>",
    ),
}
_SAID = {
    "findings": "The South Sea {0}",
    "CDATA": "<![CDATA[The South Sea {0}]]>",
    "entities": "The South &amp; South Sea &#65;{0}",
    "codes": "The <ph/> <bpt i='1'/>South Sea<ept i='1'/> {0}",
    "comments": "<!-- termcheck: ignore -->The South Sea {0}",
}


def _units() -> Iterator[Kind]:
    """Translation files with all of their units on one line."""
    for title, (name, root, unit) in _UNITS.items():
        for label, said in _SAID.items():

            def work(
                count: int, name: str = name, root: str = root, unit: str = unit, said: str = said
            ) -> Work:
                units = "".join(unit.format(number, said.format(number)) for number in range(count))
                return Work({"glossary.yaml": _SEA, name: root.format(units)}, ("check", name, "--diff"))

            yield Kind(f"units: {title}, {label}", work, count=True)


def _front_matter() -> Iterator[Kind]:
    for label, old, new in (
        ("a fix", "South Sea", "South China Sea"),
        ("an apostrophe", "Xi Sea", "Xi's Sea"),
    ):

        def work(count: int, old: str = old, new: str = new) -> Work:
            glossary = json.dumps(
                {"languages": ["zh", "en"], "terms": {"南海": {"en": new, "forbid": [old]}}},
                ensure_ascii=False,
            )
            texts = {
                name: "---\ntitle:\n" + "".join(f"  - {text} {n}\n" for n in range(count)) + "---\n"
                for name, text in (("zh.md", "会议南海"), ("en.md", f"The {old}"))
            }
            return Work(
                {"glossary.yaml": glossary, **texts},
                ("check", "--source", "zh.md", "--target", "en.md", "--diff"),
            )

        yield Kind(f"front matter: {label}", work, count=True)


def _patterns() -> Iterator[Kind]:
    for option in ("exclude", "include", "pairs", "per-file-ignores"):

        def work(count: int, option: str = option) -> Work:
            stars = "*a" * count + "b"
            value = {
                "pairs": f"['{''.join(f'{{n{n}}}a' for n in range(count))}.md : "
                f"{''.join(f'{{n{n}}}b' for n in range(count))}.md']",
                "per-file-ignores": f"{{'{stars}' = ['TRM101']}}",
            }.get(option, f"['{stars}']")
            files = {
                "termcheck.toml": f"{option} = {value}\n",
                "glossary.yaml": _SEA,
                f"{'a' * 200}.md": _paragraphs(3),
            }
            return Work(files, ("check", "."), most=2)

        yield Kind(f"pattern: {option}", work, count=True)


KINDS = (
    *_segments(), *_awkward_texts(), *_line_texts(), *_nested(), *_commands(), *_bad_fixes(), *_glossaries(),
    *_term_files(), *_rows(), *_units(), *_front_matter(), *_patterns(),
)  # fmt: skip
