"""Texts and terms for the comparison with other programs, in the formats that the programs read."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import generate
import termcheck
from termcheck.model import Concept

PLANTED = Path(__file__).with_name("planted")
TARGET = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """A bilingual text: pairs of paragraphs, source first; `what` describes its error or special feature."""

    name: str
    pairs: tuple[tuple[str, str], ...]
    what: str = ""

    @property
    def megabytes(self) -> float:
        """The size of the sentences in UTF-8, independent of the format."""
        return sum(len(side.encode()) for pair in self.pairs for side in pair) / 1e6


def generated(kilobytes: float, terms: Sequence[generate.Entry], each: int = 100) -> Iterator[Text]:
    """Texts of about `each` kilobytes, `kilobytes` in total, with an error in every tenth pair."""
    made = generate.pairs(terms)
    for number in itertools.count():
        if kilobytes <= 0:
            return
        pairs, remaining = [], min(each, kilobytes)
        while remaining > 0:
            pairs.append(next(made))
            remaining -= sum(len(side.encode()) for side in pairs[-1]) / 1000
        kilobytes -= each
        yield Text(f"text-{number:04}", tuple(pairs))


def planted(kind: str) -> tuple[Text, ...]:
    """The texts with errors, or the `correct` texts."""
    known: Mapping[str, Any] = yaml.safe_load((PLANTED / "texts.yaml").read_text(encoding="utf-8"))
    return tuple(
        Text(f"{kind}-{number:02}", tuple((zh, en) for zh, en in text["pairs"]), text["name"])
        for number, text in enumerate(known[kind], 1)
    )


def planted_terms() -> list[generate.Entry]:
    """The terms of the planted errors, for programs that cannot read the glossary."""
    return [_entry(concept) for concept in termcheck.load_glossary(PLANTED / "glossary.yaml").concepts]


def _entry(concept: Concept) -> generate.Entry:
    accepted = tuple(term.text for term in concept.in_language(TARGET) if term.status.accepted)
    forbidden = [term.text for term in concept.in_language(TARGET) if not term.status.accepted]
    term = concept.in_language("zh")[0].text
    return generate.Entry(term, accepted, "".join(forbidden[:1]), name=accepted[0][0].isupper())


def write(texts: Sequence[Text], directory: Path) -> None:
    """Write each text as Markdown, as PO and as JSON lines, in a directory for each form."""
    for ending, form in _FORMS.items():
        (directory / ending).mkdir(parents=True, exist_ok=True)
        for text in texts:
            (directory / ending / f"{text.name}.{ending}").write_text(form(text), encoding="utf-8")


def _markdown(text: Text) -> str:
    return "\n\n".join(side for pair in text.pairs for side in pair) + "\n"


def _po(text: Text) -> str:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    # The same source may occur again, so a context distinguishes the entries.
    return head + "".join(
        f'\nmsgctxt "{number}"\nmsgid {_quoted(source)}\nmsgstr {_quoted(target)}\n'
        for number, (source, target) in enumerate(text.pairs)
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _json_lines(text: Text) -> str:
    rows = ({"source": source, "target": target} for source, target in text.pairs)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


_FORMS = {"md": _markdown, "po": _po, "jsonl": _json_lines}
