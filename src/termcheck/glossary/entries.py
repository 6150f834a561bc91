"""Turn one entry of a glossary file, in any of its forms, into a Concept.

An entry is a text, a list, or a mapping of languages and attributes. Plain texts, which are most of any large
glossary, take a faster path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from termcheck.glossary.attributes import (
    ENTRY_ATTRIBUTES,
    INHERITED,
    SHORTHAND,
    TERM_ATTRIBUTES,
    check_period,
    empty_value,
    language_tag,
    listed,
    read_attributes,
    read_line,
    read_texts,
)
from termcheck.glossary.commas import rejoined
from termcheck.glossary.diagnose import colon_trouble, shorten
from termcheck.glossary.drafts import Draft, add_names, settle
from termcheck.glossary.mistakes import Mistakes, UnusableError
from termcheck.glossary.nodes import MappingNode, Node, ScalarNode, SequenceNode, mistake, origin_of
from termcheck.glossary.placeholders import require_searchable
from termcheck.language_tags import primary_subtag
from termcheck.messages import did_you_mean, nearest
from termcheck.model import Concept, MatchMode, Status, Term, TermcheckError, same_language


class EntryReader(Struct, frozen=True):
    """Reads the entries of one glossary file with the languages and defaults of the file."""

    path: str
    languages: tuple[str, ...]
    concept_defaults: Mapping[str, Any]
    term_defaults: Mapping[str, Any]

    def concept(self, key: ScalarNode, value: Node) -> Concept:
        """The concept of an entry. Raises TermcheckError with all errors of the entry."""
        if isinstance(value, MappingNode):
            return self._from_mapping(key, value)
        if isinstance(value, ScalarNode) and value.empty:
            raise self._no_value(key, value)
        items = _items(value)
        if items and all(type(item) is ScalarNode for item in items) and not self._has_patterns:
            return self._from_texts(key, items)
        return self._build(
            key,
            self.concept_defaults,
            [self._draft(key, self.languages[0], self.term_defaults)],
            self._language(value, self.languages[1], self.term_defaults, key.text),
        )

    @property
    def _has_patterns(self) -> bool:
        """Whether the defaults make every term a regular expression, which has to be compiled."""
        return self.term_defaults.get("match") is MatchMode.REGEX

    def _from_texts(self, key: ScalarNode, items: tuple[Node, ...]) -> Concept:
        source, target = self.languages[:2]
        inherited = self.term_defaults
        if "where" in inherited:
            inherited = {name: value for name, value in inherited.items() if name != "where"}
        terms = [self._plain_term(key, source, Status.PREFERRED, inherited)]
        if len(items) == 1:
            terms.append(self._plain_term(items[0], target, Status.PREFERRED, inherited, key.text))
        else:
            mistakes = Mistakes()
            for item in items:
                status = Status.ADMITTED if len(terms) > 1 or mistakes.errors else Status.PREFERRED
                with mistakes:
                    terms.append(self._plain_term(item, target, status, inherited, key.text))
            mistakes.raise_all()
        require_searchable(terms)
        return Concept(terms[0].text, tuple(terms), origin=terms[0].origin, **self.concept_defaults)

    def _plain_term(
        self, node: Node, tag: str, status: Status, inherited: Mapping[str, Any], name: str = "term"
    ) -> Term:
        # Most nodes are texts on one line, and this check is faster than `read_line`.
        if isinstance(node, ScalarNode) and node.line == node.end_line and not node.empty:
            text = node.text
        else:
            text = read_line(node, self.path, name)
        return Term(text, tag, status, origin=origin_of(node, self.path), **inherited)

    def _no_value(self, key: ScalarNode, value: Node) -> TermcheckError:
        trouble = colon_trouble(key.text)
        if trouble is not None:
            return mistake(key, self.path, trouble[1], trouble[2])
        return self._unusable(key, empty_value(value, self.path, shorten(key.text)))

    def _unusable(self, key: ScalarNode, error: TermcheckError) -> UnusableError:
        place = {"path": error.path, "line": error.line, "column": error.column}
        return UnusableError(key.text, error.message, advice=error.advice, **place)

    def kept(self, item: Node) -> Concept:
        """The concept of an item of the `keep` list: the same text in every language."""
        read_line(item, self.path, "keep")
        assert isinstance(item, ScalarNode)
        drafts = [self._draft(item, language, self.term_defaults) for language in self.languages]
        return self._build(item, {**self.concept_defaults, "keep": True}, drafts[:1], drafts[1:])

    def _from_mapping(self, key: ScalarNode, node: MappingNode) -> Concept:
        mistakes = Mistakes()
        attributes: list[tuple[ScalarNode, Node]] = []
        languages: list[tuple[ScalarNode, Node]] = []
        for name, value in rejoined(node, self._knows, self.path, mistakes):
            (attributes if name.text in ENTRY_ATTRIBUTES else languages).append((name, value))
        values: dict[str, Any] = {}
        with mistakes:
            values = read_attributes(attributes, ENTRY_ATTRIBUTES, self.path)
            check_period(values, key, self.path)
        inherited = {**self.term_defaults, **{name: values.pop(name) for name in INHERITED if name in values}}
        names = {**inherited, "except_in": values.pop("except_in", ())}
        sources = [self._draft(key, self.languages[0], names)]
        targets: list[Draft] = []
        shorthand: list[Draft] = []
        for name, value in languages:
            with mistakes:
                if name.text in SHORTHAND:
                    shorthand += self._shorthand(name, value, inherited)
                    continue
                tag = self._tag(name)
                if _is_blank(value):
                    continue  # its translation is still to come
                if same_language(tag, self.languages[0]):
                    sources = add_names(sources, self._language(value, tag, names, tag))
                else:
                    targets += self._language(value, tag, inherited, tag)
        mistakes.raise_all()
        targets += shorthand
        if values.get("keep"):
            targets = self._keep(key, targets, inherited)
        return self._build(key, {**self.concept_defaults, **values}, sources, targets)

    def _knows(self, name: str) -> bool:
        """Whether this key is allowed in an entry."""
        tag = language_tag(name)
        return (
            name in ENTRY_ATTRIBUTES
            or name in SHORTHAND
            or (tag is not None and any(same_language(tag, language) for language in self.languages))
        )

    def _tag(self, key: ScalarNode) -> str:
        tag = language_tag(key.text)
        if tag is not None and any(same_language(tag, language) for language in self.languages):
            return tag
        trouble = colon_trouble(key.text)
        if trouble is not None:
            raise mistake(key, self.path, trouble[1], trouble[2])
        if tag is not None:
            raise mistake(
                key,
                self.path,
                f"`{key.text}` is not one of the glossary's languages {listed(self.languages)}",
                "add it to `languages`, or correct it",
            )
        known = [*self.languages, *ENTRY_ATTRIBUTES, *SHORTHAND]
        advice = did_you_mean(key.text, known, "`")
        if key.text in TERM_ATTRIBUTES:
            target = self.languages[1]
            advice = f"it belongs to a rendering: write `{target}: {{term: …, {key.text}: …}}`"
        elif not advice:
            advice = f"an entry has languages ({listed(self.languages)}) and attributes such as `note`"
        raise mistake(key, self.path, f"unknown key `{shorten(key.text)}`", advice)

    def _shorthand(self, name: ScalarNode, value: Node, inherited: Mapping[str, Any]) -> list[Draft]:
        if len(self.languages) != 2:
            raise mistake(
                name,
                self.path,
                f"`{name.text}` does not say which of the {len(self.languages)} languages it belongs to",
                f"write it under the language: `en: {{term: …, status: {SHORTHAND[name.text].value}}}`",
            )
        read_texts(value, self.path, name.text)
        status = {**inherited, "status": SHORTHAND[name.text]}
        return [self._draft(item, self.languages[1], status) for item in _items(value)]

    def _keep(self, key: ScalarNode, targets: list[Draft], inherited: Mapping[str, Any]) -> list[Draft]:
        for draft in targets:
            if draft.values.get("status", Status.PREFERRED).accepted and draft.text != key.text:
                raise mistake(
                    draft.node,
                    self.path,
                    f"`{key.text}` is kept as it is, so `{draft.text}` cannot be its rendering",
                    "remove the rendering, or remove `keep`",
                )
        given = {primary_subtag(draft.language) for draft in targets if draft.text == key.text}
        missing = [tag for tag in self.languages[1:] if primary_subtag(tag) not in given]
        return [self._draft(key, tag, inherited) for tag in missing] + targets

    def _language(self, value: Node, tag: str, inherited: Mapping[str, Any], name: str) -> list[Draft]:
        """The terms under a language key: a text, a mapping, or a list of them."""
        items = _items(value)
        if not items:
            raise empty_value(value, self.path, name)
        mistakes = Mistakes()
        drafts: list[Draft] = []
        for item in items:
            with mistakes:
                drafts.append(self._draft(item, tag, inherited, name))
        mistakes.raise_all()
        return drafts

    def _draft(self, item: Node, tag: str, inherited: Mapping[str, Any], name: str = "term") -> Draft:
        if isinstance(item, MappingNode):
            return self._draft_of_mapping(item, tag, inherited)
        text = read_line(item, self.path, name)
        assert isinstance(item, ScalarNode)
        return Draft(item, tag, {**inherited, "text": text})

    def _draft_of_mapping(self, item: MappingNode, tag: str, inherited: Mapping[str, Any]) -> Draft:
        mistakes = Mistakes()
        entries = rejoined(item, _is_attribute, self.path, mistakes)
        with mistakes:
            own = read_attributes(entries, TERM_ATTRIBUTES, self.path, _belongs_to_entry)
        mistakes.raise_all()
        node = item.get("term")
        if not isinstance(node, ScalarNode):
            raise mistake(item, self.path, "this rendering has no `term`", "write `{term: …, …}`")
        text = own.pop("term")
        values = {**inherited, **own, "text": text}
        check_period(values, node, self.path)
        return Draft(node, tag, values)

    def _build(
        self, key: ScalarNode, values: Mapping[str, Any], sources: Sequence[Draft], targets: Sequence[Draft]
    ) -> Concept:
        if not targets:
            reason, advice = f"`{shorten(key.text)}` has no rendering", f"write `{self.languages[1]}: …`"
            raise self._unusable(key, mistake(key, self.path, reason, advice))
        mistakes = Mistakes()
        terms: tuple[Term, ...] = ()
        for drafts in (sources, targets):
            with mistakes:
                terms += settle(drafts, self.path)
        mistakes.raise_all()
        require_searchable(terms)
        rest = dict(values)
        identifier = rest.pop("concept", "") or terms[0].text
        return Concept(identifier, terms, origin=origin_of(key, self.path), **rest)


def _is_blank(value: Node) -> bool:
    """Whether nothing is written under a language."""
    return all(isinstance(item, ScalarNode) and not item.text.strip() for item in _items(value))


def _items(value: Node) -> tuple[Node, ...]:
    return value.items if isinstance(value, SequenceNode) else (value,)


def _is_attribute(name: str) -> bool:
    return name in TERM_ATTRIBUTES or name in ENTRY_ATTRIBUTES


def _belongs_to_entry(name: str) -> str:
    known = name in ENTRY_ATTRIBUTES or name in SHORTHAND
    # A misspelled attribute, such as `typ`, may look like a language tag.
    if not known and language_tag(name):
        known = not nearest(name, TERM_ATTRIBUTES)
    return f"`{name}` belongs to the entry, not to one of its renderings" if known else ""
