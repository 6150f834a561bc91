"""Glossaries as TBX-Basic, version 3, in the style DCA.

What TBX has no place for stands in notes that begin with `termcheck:`, so a glossary comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from termcheck.glossary.formats import Written
from termcheck.glossary.kept_values import kept_values, note_of
from termcheck.lazy import compile_later
from termcheck.model import Concept, Glossary, Status, Term, TermType

DEFAULT_TITLE = "Glossary"
_HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang={language} xmlns="urn:iso:std:iso:30042:ed-2">
  <tbxHeader>
    <fileDesc>
      <titleStmt>
        <title>{title}</title>
      </titleStmt>
      <sourceDesc>
        <p>{note}</p>
      </sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
"""
_FOOTER = "    </body>\n  </text>\n</tbx>\n"
_STATUSES = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.DEPRECATED: "deprecatedTerm-admn-sts",
    # TBX knows nothing stronger; the note says it.
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_TYPES = {
    TermType.FULL: "fullForm",
    TermType.SHORT: "shortForm",
    TermType.ACRONYM: "acronym",
    TermType.ABBREVIATION: "abbreviation",
    TermType.VARIANT: "variant",
    TermType.PHRASE: "phrase",
}
_PARTS_OF_SPEECH = frozenset({"noun", "verb", "adjective", "adverb", "other"})
# XML has no character for these, not even as an entity.
_NO_XML = compile_later("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(glossary: Glossary) -> Written:
    """The glossary as TBX; nothing is lost."""
    kept = {"title": glossary.title, "languages": list(glossary.languages)}
    header = _HEADER.format(
        language=quoteattr(glossary.languages[0]),
        title=_escaped(glossary.title) or DEFAULT_TITLE,
        note=_escaped(note_of(kept)),
    )
    entries = (
        line for number, concept in enumerate(glossary.concepts, 1) for line in _entry(concept, number)
    )
    return Written((header + "".join(f"{line}\n" for line in entries) + _FOOTER).encode("utf-8"))


def _entry(concept: Concept, number: int) -> Iterator[str]:
    values = kept_values(concept, ("terms",))
    # An identifier of XML is a name, and no other one may be like it.
    yield f'      <conceptEntry id="c{number}">'
    for category, name in (("subjectField", "subject"), ("definition", "definition")):
        if _is_kept_exactly(values.get(name)):
            yield f'        <descrip type="{category}">{_escaped(values.pop(name))}</descrip>'
    for category, name in (("customerSubset", "customer"), ("projectSubset", "project")):
        if _is_kept_exactly(values.get(name)):
            yield f'        <admin type="{category}">{_escaped(values.pop(name))}</admin>'
    sources = values.pop("sources", [])
    if all(map(_is_kept_exactly, sources)):
        yield from (f'        <admin type="source">{_escaped(source)}</admin>' for source in sources)
    else:
        values["sources"] = sources
    if _is_kept_exactly(values.get("note")):
        yield f"        <note>{_escaped(values.pop('note'))}</note>"
    yield f"        <note>{_escaped(note_of(values))}</note>"
    for language in dict.fromkeys(term.language for term in concept.terms):
        yield f"        <langSec xml:lang={quoteattr(language)}>"
        for term in concept.terms:
            if term.language == language:
                yield from _term(term)
        yield "        </langSec>"
    yield "      </conceptEntry>"


def _term(term: Term) -> Iterator[str]:
    values = kept_values(term, ("language", "status"))
    text = values.pop("text")
    if not _is_kept_exactly(text) or text != " ".join(text.split()):
        values["text"] = text
    if term.status is Status.FORBIDDEN:
        values["status"] = term.status.value
    yield "          <termSec>"
    yield f"            <term>{_escaped(text)}</term>"
    yield f'            <termNote type="administrativeStatus">{_STATUSES[term.status]}</termNote>'
    if term.type is not None:
        del values["type"]
        yield f'            <termNote type="termType">{_TYPES[term.type]}</termNote>'
    if term.part_of_speech in _PARTS_OF_SPEECH:
        del values["part_of_speech"]
        yield f'            <termNote type="partOfSpeech">{term.part_of_speech}</termNote>'
    if _is_kept_exactly(term.context):
        del values["context"]
        yield f'            <descrip type="context">{_escaped(term.context)}</descrip>'
    if _is_kept_exactly(term.note):
        del values["note"]
        yield f"            <note>{_escaped(term.note)}</note>"
    if values:
        yield f"            <note>{_escaped(note_of(values))}</note>"
    yield "          </termSec>"


def _is_kept_exactly(text: Any) -> bool:
    """Whether a text comes back from an element as it is: no blank ends, no character that XML lacks."""
    return (
        isinstance(text, str)
        and bool(text)
        and text == text.strip()
        and "\r" not in text
        and "\n\t" not in text
        and "\n   " not in text
        and not text.startswith("termcheck:")
        and _NO_XML.search(text) is None
    )


def _escaped(text: str) -> str:
    """A text as character data."""
    return escape(without_controls(text))


def without_controls(text: str) -> str:
    """A text with a replacement character for each character that XML cannot hold."""
    return _NO_XML.sub("\ufffd", text).replace("\r", " ")
