"""What the styles of a Word file say about paragraphs: which are headings, and which text is hidden."""

from __future__ import annotations

from msgspec import Struct, field

from termcheck.lazy import compile_later
from termcheck.readers.packages import Package, is_on

# Programs in any language write these names in English; the ids of the styles differ.
_HEADING = compile_later(r"(?i:(?:heading [1-9]|title|subtitle)\Z)")
_MOST_STEPS = 20
_BODY_TEXT_LEVEL = 9


class _Style(Struct):
    kind: str = ""
    is_default: bool = False
    name: str = ""
    based_on: str = ""
    level: int | None = None
    hidden: bool | None = None


class Styles(Struct):
    """The styles of a file by their ids."""

    styles: dict[str, _Style] = field(default_factory=dict)
    default: str = ""
    any_hidden: bool = False

    @classmethod
    def of(cls, package: Package, part: str | None) -> Styles:
        """Read the styles of a package; none if it has no such part."""
        found = cls()
        if part is None:
            return found
        style = _Style()
        for tag, attributes in package.elements(part):
            values = {name.rpartition(" ")[2]: value for name, value in attributes.items()}
            value = values.get("val", "")
            if tag == "style":
                style = _Style(values.get("type", ""), values.get("default", "") in ("1", "true"))
                found.styles[values.get("styleId", "")] = style
                if style.is_default and style.kind == "paragraph":
                    found.default = values.get("styleId", "")
            elif tag == "name":
                style.name = value
            elif tag == "basedOn":
                style.based_on = value
            elif tag == "outlineLvl" and value.isdecimal():
                style.level = int(value[:2])
            elif tag == "vanish":
                style.hidden = is_on(value)
                found.any_hidden = True
        return found

    def is_heading(self, style_id: str, own_level: int | None) -> bool:
        """Whether paragraphs of a style are headings; a paragraph's own level outweighs its style."""
        if own_level is not None:
            return own_level < _BODY_TEXT_LEVEL
        for style in self._line(style_id):
            if style.level is not None:
                return style.level < _BODY_TEXT_LEVEL
            if _HEADING.match(style.name):
                return True
        return False

    def hides(self, of_run: str, of_paragraph: str) -> bool:
        """Whether text is hidden that has a style of its own, and one from its paragraph."""
        if not self.any_hidden:
            return False
        for style_id in (of_run, of_paragraph or self.default):
            for style in self._line(style_id):
                if style.hidden is not None:
                    return style.hidden
        return False

    def _line(self, style_id: str) -> list[_Style]:
        """A style and those that it is based on."""
        line: list[_Style] = []
        while (style := self.styles.get(style_id)) is not None and len(line) < _MOST_STEPS:
            line.append(style)
            style_id = style.based_on
        return line
