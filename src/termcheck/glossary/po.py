"""Glossaries in PO catalogues, such as those of Weblate: each message is a term, its translation a rendering.

Weblate marks terms by flags in comments: `forbidden`, and `read-only` for a term that stays as it is. The
context of a message explains it.
"""

from __future__ import annotations

import re

from termcheck.glossary.assembly import Assembly, Entry, draft, with_kept
from termcheck.glossary.attributes import language_tag
from termcheck.glossary.decoding import text_of
from termcheck.glossary.formats import GlossaryOptions
from termcheck.glossary.languages import find_languages
from termcheck.glossary.nodes import MappingNode, ScalarNode
from termcheck.lazy import compile_later
from termcheck.model import Glossary, Status, TermcheckError, same_language
from termcheck.readers.base import RowError
from termcheck.readers.po_entries import Catalogue, String
from termcheck.readers.po_entries import Entry as Message
from termcheck.text.positions import line_starts, position

_ESCAPE = compile_later(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_FIELD = compile_later(
    r"^(Language|X-Source-Language):[ \t]*([A-Za-z]{2,3}(?:[_@-][A-Za-z0-9]+)*)[ \t]*$", re.MULTILINE
)
_SAMPLE = 1000


def read(data: bytes, path: str, options: GlossaryOptions) -> Glossary:
    """The glossary; raises TermcheckError for damage, with all errors, and for languages nobody names."""
    raw = text_of(data, path)
    return _Reader(raw, path, options).glossary()


class _Reader:
    def __init__(self, raw: str, path: str, options: GlossaryOptions) -> None:
        self._raw, self._path, self._options = raw, path, options
        self._starts = line_starts(raw)
        self._fields: dict[str, str] = {}
        self._damage: list[TermcheckError] = []

    def glossary(self) -> Glossary:
        """The glossary of all translated messages."""
        catalogue = Catalogue(self._raw, self._report)
        messages = []
        for message in catalogue.entries():
            if message.is_header:
                self._fields = dict(_FIELD.findall(self._text(message.forms.get(None))))
            elif message.msgid is not None:
                messages.append(message)
        languages = self._languages(messages)
        assembly = Assembly(self._path, languages)
        for error in self._damage:
            assembly.mistakes.add(error)
        for message in messages:
            entry = self._entry(message, *languages)
            with_kept(entry, languages)
            assembly.add(entry)
        return assembly.glossary()

    def _report(self, error: RowError) -> None:
        line, column = position(self._starts, error.offset)
        self._damage.append(
            TermcheckError(error.message, path=self._path, line=line, column=column, advice=error.advice)
        )

    def _entry(self, message: Message, source: str, target: str) -> Entry:
        assert message.msgid is not None
        entry = Entry(*self._place(message.msgid))
        flags = self._flags(message)
        entry.drafts.append(draft(self._text(message.msgid), source, *self._place(message.msgid), {}))
        status = {"status": Status.FORBIDDEN} if "forbidden" in flags else {}
        if "fuzzy" not in flags:
            for form in message.forms.values():
                if text := self._text(form):
                    entry.drafts.append(draft(text, target, *self._place(form), status))
        if "read-only" in flags:
            entry.values["keep"] = True
        if context := self._text(message.context):
            entry.values["note"] = context
        return entry

    def _flags(self, message: Message) -> frozenset[str]:
        return frozenset(flag.strip() for flag in message.flags)

    def _text(self, string: String | None) -> str:
        if string is None:
            return ""
        return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), string.written(self._raw)).strip()

    def _place(self, string: String) -> tuple[int, int]:
        begin = next((span.start for span in string.literals if len(span)), string.start)
        return position(self._starts, begin)

    def _languages(self, messages: list[Message]) -> tuple[str, str]:
        """Source and target: those that the header names, else those of the texts."""
        source, target = (
            language_tag(self._fields.get(name, "").replace("_", "-").partition("@")[0])
            for name in ("X-Source-Language", "Language")
        )
        if source and target:
            return source, target
        wanted = [tag for tag in self._options.languages if tag]
        if target and not source:
            others = [tag for tag in wanted if not same_language(tag, target)]
            if others or not same_language(target, "en"):
                return others[0] if others else self._guessed(messages, target), target
        return self._pair(messages, wanted)

    def _guessed(self, messages: list[Message], target: str) -> str:
        """The language of the messages, which is English unless their letters say otherwise."""
        from termcheck.languages.identify import guess_languages

        texts = [self._text(message.msgid) for message in messages[:_SAMPLE]]
        guess = guess_languages(texts, [])[0]
        return guess if guess and not same_language(guess, target) else "en"

    def _pair(self, messages: list[Message], wanted: list[str]) -> tuple[str, str]:
        entries = tuple(
            (self._node(message.msgid), self._node(next(iter(message.forms.values()))))
            for message in messages[:_SAMPLE]
            if message.msgid is not None and message.is_translated
        )
        try:
            found = find_languages(MappingNode(entries, 1, 1), wanted, self._path, bare=True)
        except TermcheckError:
            raise TermcheckError(
                "cannot tell the languages of this catalogue",
                path=self._path,
                line=1,
                advice="write `Language:` into its header, or give --source-lang and --target-lang",
            ) from None
        return found[0], found[1]

    def _node(self, string: String) -> ScalarNode:
        line, column = self._place(string)
        return ScalarNode(self._text(string), line, column, line, column, plain=False)
