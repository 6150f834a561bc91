"""Generate a documentation repository in two languages, always the same for the same seed.

Three layouts take turns: pages in two files with headings, lists, links and code; pages of tables; and pages
with the original in a comment above its translation. Some paragraphs lack their translation.

    python benchmarks/documentation.py 5000 directory --terms 1000
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import generate

_PAGE_KILOBYTES = 16
_UNTRANSLATED = 0.03
_CONFIGURATION = 'pairs = ["docs/zh/{path}.md : docs/en/{path}.md"]\ninclude = ["docs/**/*.md"]\n'
_CODE = "```sh\nreport --format {n} --out build/{n}.json\nexport REPORT_LEVEL={n}\n```"


def write(directory: Path, kilobytes: float, terms: Sequence[generate.Entry]) -> None:
    """Write pages of so many kilobytes in all, the glossary and the configuration into a directory."""
    for name, text in pages(kilobytes, terms):
        path = directory / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    (directory / "glossary.yaml").write_text("".join(generate.glossary(len(terms))), encoding="utf-8")
    (directory / "termcheck.toml").write_text(_CONFIGURATION, encoding="utf-8")


def pages(kilobytes: float, terms: Sequence[generate.Entry]) -> Iterator[tuple[str, str]]:
    """The names and the texts of pages."""
    made = generate.pairs(terms, accused=0.02)
    dice = random.Random(generate.SEED + 3)
    layouts = itertools.cycle((_guide, _reference, _commented))
    size, number = 0.0, 0
    while size < kilobytes:
        for name, blocks in next(layouts)(made, dice):
            text = "\n\n".join(blocks) + "\n"
            size += len(text.encode()) / 1000
            yield name.format(number), text
        number += 1


_Pairs = Iterator[tuple[str, str]]
_Page = tuple[str, list[str]]


def _guide(made: _Pairs, dice: random.Random) -> Iterator[_Page]:
    """A page in two files: sections with paragraphs, a list and code."""
    zh, en = [f"---\ntitle: 指南\nweight: {dice.randint(1, 90)}\n---"], ["---\ntitle: Guide\nweight: 1\n---"]
    while sum(map(len, zh)) * 3 + sum(map(len, en)) < _PAGE_KILOBYTES * 1000:
        source, target = _short(made)
        zh.append(f"## {source}")
        en.append(f"## {target}")
        for paragraph in range(dice.randint(2, 5)):
            source, target = _sentences(made, 3)
            number = dice.randint(1, 900)
            zh.append(f"{source}参见[说明](page-{number}.md)和 `key_{number}`。")
            if paragraph == 0 or dice.random() >= _UNTRANSLATED:
                en.append(f"{target} See [the notes](page-{number}.md) and `key_{number}`.")
        items = [next(made) for _ in range(dice.randint(3, 6))]
        zh.append("\n".join(f"- {source}" for source, _ in items))
        en.append("\n".join(f"- {target}" for _, target in items))
        code = _CODE.format(n=dice.randint(1, 900))
        zh.append(code)
        en.append(code)
    yield "zh/guide-{}.md", zh
    yield "en/guide-{}.md", en


def _reference(made: _Pairs, dice: random.Random) -> Iterator[_Page]:
    """A page in two files: tables of settings with a name, a description, a type and a value."""
    zh, en = ["# 设置"], ["# Settings"]
    while sum(map(len, zh)) * 3 + sum(map(len, en)) < _PAGE_KILOBYTES * 1000:
        source, target = _short(made)
        zh += [f"## {source}", "| 名称 | 说明 | 类型 | 默认值 |\n| --- | --- | --- | --- |"]
        en += [f"## {target}", "| Name | Description | Type | Default |\n| --- | --- | --- | --- |"]
        for _ in range(dice.randint(8, 20)):
            source, target = next(made)
            number = dice.randint(1, 900)
            kind = dice.choice(("boolean", "string", "number", "`16px`"))
            zh[-1] += f"\n| `option-{number}` | {source} | {kind} | {number} |"
            en[-1] += f"\n| `option-{number}` | {target} | {kind} | {number} |"
    yield "zh/reference-{}.md", zh
    yield "en/reference-{}.md", en


def _commented(made: _Pairs, dice: random.Random) -> Iterator[_Page]:
    """A page with the original in comments."""
    page = [f"---\ntitle: 概念\nweight: {dice.randint(1, 90)}\n---"]
    while sum(map(len, page)) * 2 < _PAGE_KILOBYTES * 1000:
        for form, count in (("## {}", 1), ("{}", 3), ("{}", 2), ("* {}", 1)):
            source, target = _short(made) if form == "## {}" else _sentences(made, count)
            page.append(f"<!--\n{form.format(target)}\n-->\n{form.format(source)}")
        page.append(_CODE.format(n=dice.randint(1, 900)))
    yield "concepts/page-{}.md", page


def _short(made: _Pairs) -> tuple[str, str]:
    source, target = next(made)
    return source.rstrip("。"), target.rstrip(".")


def _sentences(made: _Pairs, count: int) -> tuple[str, str]:
    sentences = [next(made) for _ in range(count)]
    return "".join(source for source, _ in sentences), " ".join(target for _, target in sentences)


def main() -> None:
    """Write the repository."""
    parser = argparse.ArgumentParser(description="Make a documentation repository of invented texts.")
    parser.add_argument("kilobytes", type=float)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--terms", type=int, default=1000, help="concepts of the glossary (%(default)s)")
    chosen = parser.parse_args()
    write(chosen.directory, chosen.kilobytes, generate.entries(chosen.terms))


if __name__ == "__main__":
    main()
