"""The glossaries in XLIFF 2 files: terms that translators are given with their texts (glossary module)."""

from __future__ import annotations

from collections.abc import Mapping

from termcheck.glossary.assembly import Assembly, Entry, draft
from termcheck.glossary.attributes import language_tag
from termcheck.glossary.formats import GlossaryOptions
from termcheck.glossary.xml_entries import EntryParser, Kind, Part
from termcheck.model import Glossary, TermcheckError

_KINDS: Mapping[str, Kind] = {
    "glossEntry": Kind.ENTRY,
    **dict.fromkeys(
        ("xliff", "file", "group", "unit", "glossary", "skeleton", "notes", "originalData", "segment"),
        Kind.GROUP,
    ),
}


def read(data: bytes, path: str, options: GlossaryOptions) -> Glossary:
    """The glossary; the same entry in several units counts once. Raises TermcheckError if there is none."""
    del options  # XLIFF names its languages
    parts: list[Part] = []
    parser = EntryParser(_KINDS, parts.append)
    parser.parse(data, path)
    name, attributes = parser.root or ("", {})
    tags = [language_tag(attributes.get(side, "")) for side in ("srcLang", "trgLang")]
    if name != "xliff" or not parts or not all(tags):
        problem = "has no glossary entries" if name == "xliff" else f"begins with `{name}`, not with `xliff`"
        raise TermcheckError(
            f"the file {problem}" if not parts or name != "xliff" else "the file does not name its languages",
            path=path,
            line=1,
            advice="only XLIFF 2 files with the glossary module, srcLang and trgLang are glossaries",
        )
    source, target = (str(tag) for tag in tags)
    assembly = Assembly(path, (source, target))
    seen: set[tuple[tuple[str, str], ...]] = set()
    for part in parts:
        entry = _entry(part, source, target)
        key = tuple((one.language, one.text) for one in entry.drafts)
        if key not in seen:
            seen.add(key)
            assembly.add(entry)
    return assembly.glossary()


def _entry(part: Part, source: str, target: str) -> Entry:
    entry = Entry(part.line, part.column)
    languages = {"term": source, "translation": target}
    for fact in part.facts:
        text = " ".join(fact.text.split())
        if fact.name in languages and text:
            entry.drafts.append(draft(text, languages[fact.name], fact.line, fact.column, {}))
        elif fact.name == "definition" and text:
            entry.values.setdefault("definition", text)
    return entry
