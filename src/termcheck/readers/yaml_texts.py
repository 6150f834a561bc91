"""YAML in which apps keep their texts, such as the locales of Rails, whose first name is their language."""

from __future__ import annotations

from msgspec.structs import replace

from termcheck.lazy import compile_later
from termcheck.model import Document, Piece, Segment, Span
from termcheck.readers.base import Reading, ReadOptions, Replacement, RowErrors, as_written
from termcheck.readers.directives import outside
from termcheck.readers.front_matter import value_segment
from termcheck.readers.front_matter_entry import Entry
from termcheck.readers.keyed import comment_line, keyed_segment
from termcheck.readers.tree import Text, reading
from termcheck.readers.yaml_tree import read_tree
from termcheck.text.positions import line_start

__all__ = ["comment_line", "declared_languages", "read", "replacement"]

_DIRECTIVE = compile_later(r"(?<!\S)#[ \t]*termcheck[ \t]*:[^\r\n]*")
_FIRST_NAME = compile_later(
    r"(?:[ \t]*+(?:#[^\r\n]*+|---[^\r\n]*+)?[\r\n])*+"
    r"[\"']?([A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*)[\"']?[ \t]*:[ \t]*(?:#[^\r\n]*)?[\r\n]"
)
_OTHER_NAME = compile_later(r"(?m)^(?![#%\s}\]]|-[\s-]|\.\.\.)[^\r\n]")
_MARK = compile_later(r"[\"\\]")
_QUOTES = ("'", '"')


def read(raw: str, path: str, options: ReadOptions) -> Reading:
    """Read a file; a repeated name is an error of that text. Raises TermcheckError for what is no YAML."""
    errors = RowErrors(raw, path)
    tree = read_tree(raw, path, errors.add)
    found = reading(tree, errors, options, lambda text, key: _segment(raw, text, key))
    if "termcheck" not in raw:
        return found
    comments = [Span(*match.span()) for match in _DIRECTIVE.finditer(raw)]
    values = sorted(text.span for text in tree.texts)
    return replace(found, directives=outside(comments, values))


def declared_languages(head: str) -> tuple[str, str]:
    """The language that the beginning of a file declares: its only outermost name."""
    from termcheck.languages import is_known

    found = _FIRST_NAME.match(head)
    if found is None or _OTHER_NAME.search(head, found.end()):
        return "", ""
    tag = found[1].replace("_", "-")
    return "", tag if tag and is_known(tag) else ""


def replacement(document: Document, segment: Segment, span: Span, text: str) -> Replacement | None:
    """Write a text into a plain or quoted scalar on one line, if only that value then reads otherwise."""
    raw, place = document.raw, as_written(document, segment, span)
    start, end = segment.raw.start, segment.raw.end
    before = raw[line_start(document.line_starts, start) : start]
    # A text that begins its line is one of a block, or may be.
    if place is None or not before.strip() or "\n" in raw[start:end] or "\r" in raw[start:end]:
        return None
    quote = before[-1] if before[-1] in _QUOTES and raw[end : end + 1] == before[-1] else ""
    written = {"'": text.replace("'", "''"), '"': _MARK.sub(r"\\\g<0>", text)}.get(quote, text)
    scalar = f"{quote}{raw[start : place.start]}{written}{raw[place.end : end]}{quote}"
    wanted = f"{segment.text[: span.start]}{text}{segment.text[span.end :]}"
    return [(place, written)] if _reads_as(scalar, wanted) else None


def _reads_as(scalar: str, wanted: str) -> bool:
    """Whether a scalar reads as a text wherever it may stand."""
    import yaml

    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        return bool(yaml.load(f"a: {scalar} # b\n", loader) == {"a": wanted}) and bool(  # noqa: S506
            yaml.load(f"[{scalar}, b]", loader) == [wanted, "b"]  # noqa: S506
        )
    except (yaml.YAMLError, ValueError):
        return False


def _segment(raw: str, text: Text, key: str) -> Segment | None:
    """The segment of a scalar; None if its place is uncertain."""
    if text.is_null or not text.value.strip():
        place = Span(text.span.start, text.span.start)
        return keyed_segment("", [Piece(Span(0, 0), place)], key, text.start)
    style = text.style if text.style in _QUOTES else ""
    return value_segment(raw, Entry("", key, text.value, text.span, style), text.start)
