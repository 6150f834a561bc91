"""Renderings such as `download/downloaden`: no text has that, so each alternative is accepted as well."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from termcheck.glossary.alternatives import alternatives_in
from termcheck.lazy import compile_later
from termcheck.model import Concept, Glossary, MatchMode, Status, Term, TermType, same_language

_SLASHES = compile_later("[/／╱∕⁄]")
_BLANK = compile_later(r"\s")


def with_alternatives(glossary: Glossary) -> Glossary:
    """The glossary with the alternatives of such renderings as admitted ones, and a notice of them."""
    read: list[tuple[Term, list[str]]] = []
    concepts = tuple(
        replace(concept, terms=tuple(_terms(concept, glossary.languages[0], read)))
        if any("/" in term.text for term in concept.terms)
        else concept
        for concept in glossary.concepts
    )
    if not read:
        return glossary
    term, parts = read[0]
    count = "1 rendering has alternatives" if len(read) == 1 else f"{len(read)} renderings have alternatives"
    each = " and ".join(f"“{part}”" for part in parts)
    notice = f"{term.origin.path}: {count} (line {term.origin.line}: for “{term.text}”, {each} count too)"
    return replace(glossary, concepts=concepts, notices=(*glossary.notices, notice))


def _terms(concept: Concept, source_lang: str, read: list[tuple[Term, list[str]]]) -> Iterator[Term]:
    """The terms of a concept, each with its alternatives behind it; `read` gets what was found."""
    known = {(term.language, term.text) for term in concept.terms}
    sources = {term.text for term in concept.terms if same_language(term.language, source_lang)}
    # Where the term has a slash too, both are parts of one name.
    is_name = any(_SLASHES.search(text) for text in sources)
    for term in concept.terms:
        yield term
        if is_name or term.text in sources or not term.status.accepted or term.match is MatchMode.REGEX:
            continue
        # In `recycled paper/envelopes` the slash is between words of one phrase, and matching itself knows
        # slashes with blanks around them and wide ones.
        is_one_word = "/" in term.text and "／" not in term.text and not _BLANK.search(term.text)
        parts = alternatives_in(term.text) if is_one_word else []
        new = [part for part in parts if (term.language, part) not in known]
        if len(parts) > 1 and new:
            read.append((term, parts))
            known.update((term.language, part) for part in new)
            # Variants of one rendering may stand beside each other in a text.
            variant = replace(term, status=Status.ADMITTED, type=TermType.VARIANT, instead="")
            yield from (replace(variant, text=part) for part in new)
