"""What the formats in XML share: elements whose texts any XML parser takes, whatever a text file holds."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from termcheck.lazy import compile_later

# All that XML 1.0 allows in a document but control characters that are no white space.
_FORBIDDEN = compile_later("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def child(parent: Element, tag: str, attributes: Mapping[str, object], text: str = "") -> Element:
    """A new element in another, with attributes and a text."""
    element = SubElement(parent, tag, {key: allowed(str(value)) for key, value in attributes.items()})
    element.text = allowed(text) or None
    return element


def allowed(text: str) -> str:
    """The text with U+FFFD in place of what XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def document(root: Element) -> str:
    """The whole document, indented, ending in a newline."""
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
