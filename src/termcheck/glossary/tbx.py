"""Glossaries in TBX, versions 2 (martif) and 3 (tbx), in either style, and with what is beyond the standard.

The styles are DCA, where an attribute gives the category (`termNote type="administrativeStatus"`), and DCT,
where the element does (`min:administrativeStatus`). A term without a status is acceptable: most files carry
none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from termcheck.glossary.assembly import Assembly, Entry, draft, with_kept
from termcheck.glossary.attributes import language_tag
from termcheck.glossary.drafts import Draft
from termcheck.glossary.formats import GlossaryOptions
from termcheck.glossary.kept_values import restored, values_in
from termcheck.glossary.statuses import TYPES, UnknownWords, status_key, truth
from termcheck.glossary.xml_entries import LANGUAGE, EntryParser, Fact, Kind, Part
from termcheck.lazy import compile_later
from termcheck.model import Concept, Glossary, Origin, Term, TermcheckError

_KINDS: Mapping[str, Kind] = {
    "termEntry": Kind.ENTRY,
    "conceptEntry": Kind.ENTRY,
    "langSet": Kind.LANGUAGE,
    "langSec": Kind.LANGUAGE,
    "tig": Kind.TERM,
    "ntig": Kind.TERM,
    "termSec": Kind.TERM,
    **dict.fromkeys(
        (
            "termGrp", "descripGrp", "adminGrp", "transacGrp", "termNoteGrp", "xrefGrp", "noteGrp", "text",
            "body", "back", "martifHeader", "tbxHeader", "fileDesc", "titleStmt", "sourceDesc",
            "encodingDesc", "publicationStmt", "revisionDesc", "refObjectSec", "refObjectList", "refObject",
            "itemSet", "itemGrp",
        ),
        Kind.GROUP,
    ),
}  # fmt: skip
# Whose values are words of a pick list.
_CHOSEN: Mapping[str, str] = {
    "administrativestatus": "status",
    "normativeauthorization": "status",
    "usagestatus": "status",
    "termstatus": "status",
    "status": "status",
    "termtype": "type",
}
# Where a category of TBX belongs among our attributes of a term, and of a concept.
_OF_TERM: Mapping[str, str] = {
    "partofspeech": "part_of_speech",
    "context": "context",
    "usagenote": "usage",
    "usage note": "usage",
    "note": "note",
    "source": "sources",
    "externalcrossreference": "sources",
}
_OF_CONCEPT: Mapping[str, str] = {
    "definition": "definition",
    "subjectfield": "subject",
    "note": "note",
    "source": "sources",
    "externalcrossreference": "sources",
    "customersubset": "customer",
    "projectsubset": "project",
    "crossreference": "see_also",
}
_SEVERAL = frozenset({"sources", "see_also"})
_LAID_OUT = compile_later(r"\n(?:\t| {3})")
_NO_TRANSLATION = frozenset({"translation needed", "translationneeded", "translatable"})


def read(data: bytes, path: str, options: GlossaryOptions) -> Glossary:
    """The glossary; raises TermcheckError with all errors of the file."""
    del options  # TBX names its languages
    reader = _Reader(path)
    reader.parser.parse(data, path)
    root = reader.parser.root[0] if reader.parser.root else ""
    if root not in ("martif", "tbx", "TBX"):
        raise TermcheckError(
            f"the root element is `{root}`, not `martif` or `tbx`",
            path=path,
            line=1,
            advice="is this a file of terms? Texts to check are named without -g",
        )
    return reader.glossary()


class _Reader:
    """Makes an entry of each part of a file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.parser = EntryParser(_KINDS, self._take)
        self.words = UnknownWords()
        self._assembly: Assembly | None = None
        self._tags: dict[str, str | None] = {}
        self._kept: dict[str, Any] = {}

    def glossary(self) -> Glossary:
        """The glossary of all entries."""
        assembly = self._begun()
        assembly.notices += self.words.notices()
        written = next((fact.text.strip() for fact in self.parser.header if fact.name == "title"), "")
        return assembly.glossary(str(self._kept.get("title", "")) if self._kept else written)

    def _begun(self) -> Assembly:
        """The assembly. The header, which tells the source language, comes before any entry."""
        if self._assembly is None:
            kept = (values_in(fact.text) for fact in self.parser.header)
            self._kept = next((values for values in kept if values), {})
            said = language_tag(self._attributes_of_root().get(LANGUAGE, "").replace("_", "-"))
            tags = [tag for tag in map(str, self._kept.get("languages", ())) if language_tag(tag)]
            declared = tags or ([said] if said else [])
            self._assembly = Assembly(self.path, declared, as_written=bool(self._kept))
        return self._assembly

    def _attributes_of_root(self) -> Mapping[str, str]:
        return self.parser.root[1] if self.parser.root else {}

    def _take(self, part: Part) -> None:
        assembly = self._begun()
        entry = Entry(part.line, part.column, id=part.attributes.get("id", ""))
        self._say_concept(entry, part.facts)
        tags = [self._tag(section, assembly) for section in part.parts]
        if not all(tags):
            return
        for section, tag in zip(part.parts, tags, strict=True):
            self._say_concept(entry, section.facts)
            entry.drafts += filter(None, (self._draft(term, str(tag), entry) for term in section.parts))
        with_kept(entry, assembly.languages)
        assembly.add(entry)

    def _tag(self, section: Part, assembly: Assembly) -> str | None:
        written = section.attributes.get(LANGUAGE) or section.attributes.get("lang", "")
        if written not in self._tags:
            self._tags[written] = language_tag(written.replace("_", "-"))
        tag = self._tags[written]
        if tag is None:
            message = f"`{written}` is not a language tag" if written else "these terms have no language"
            advice = 'write two or three letters, as in xml:lang="zh" or xml:lang="zh-Hant"'
            assembly.mistakes.add(
                TermcheckError(
                    message, path=self.path, line=section.line, column=section.column, advice=advice
                )
            )
        return tag

    def _say_concept(self, entry: Entry, facts: Iterable[Fact]) -> None:
        """Add what an entry, or a language in it, says of the concept."""
        for fact in facts:
            kept = values_in(fact.text) if fact.name == "note" else None
            category = (fact.type or fact.name).casefold()
            if kept is not None:
                entry.id = str(kept.get("id", entry.id))
                entry.values.update(restored(kept, _BLANK_CONCEPT))
                origin = Origin(self.path, entry.line, entry.column)
                if ignores := entry.values.get("ignore"):
                    entry.values["ignore"] = tuple(replace(one, origin=origin) for one in ignores)
            elif category in _NO_TRANSLATION:
                if truth(fact.text) is False:
                    entry.values["keep"] = True
            elif category in _OF_CONCEPT:
                _add(entry.values, _OF_CONCEPT[category], fact)

    def _draft(self, part: Part, tag: str, entry: Entry) -> Draft | None:
        """The term of a part; None if it has no text."""
        values: dict[str, Any] = {}
        kept: dict[str, Any] = {}
        said: Fact | None = None
        for fact in part.facts:
            category = (fact.type or fact.name).casefold()
            written = values_in(fact.text) if fact.name == "note" else None
            if fact.name == "term":
                said = said or fact
            elif written is not None:
                kept = restored(written, _BLANK_TERM)
            elif category == "definition":
                _add(entry.values, category, fact)
            elif category in _CHOSEN:
                values |= self._chosen(_CHOSEN[category], fact)
            elif category in _OF_TERM:
                _add(values, _OF_TERM[category], fact)
        text = str(kept.pop("text", "")) or (" ".join(said.text.split()) if said else "")
        if said is None or not text:
            return None
        return draft(text, tag, said.line, said.column, {**values, **kept})

    def _chosen(self, name: str, fact: Fact) -> dict[str, Any]:
        """The status or the type of a term, if the word for it is known."""
        if name == "status":
            value: Any = self.words.status(fact.text, fact.line)
        else:
            value = TYPES.get(status_key(fact.text))
        return {name: value} if value else {}


_BLANK_TERM, _BLANK_CONCEPT = Term("", ""), Concept("", ())


def _add(values: dict[str, Any], name: str, fact: Fact) -> None:
    """Add what an element says; where an attribute has one text, the first counts."""
    said = fact.text.strip()
    # A line break with an indentation behind it only lays out the file.
    said = " ".join(said.split()) if _LAID_OUT.search(said) else said
    text = (fact.target if name == "see_also" else "") or said or fact.target
    if not text:
        return
    if name in _SEVERAL:
        values[name] = (*values.get(name, ()), text)
    else:
        values.setdefault(name, text)
