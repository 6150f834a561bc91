"""Helpers of the XML formats: elements whose text is valid XML, whatever a text file contains."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from termcheck.lazy import compile_later

# XML 1.0 does not allow these characters, or discourages them.
_FORBIDDEN = compile_later("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def child(parent: Element, tag: str, attributes: Mapping[str, object], text: str = "") -> Element:
    """Append a new element with attributes and a text to `parent`."""
    element = SubElement(parent, tag, {key: allowed(str(value)) for key, value in attributes.items()})
    element.text = allowed(text) or None
    return element


def allowed(text: str) -> str:
    """The text with U+FFFD in place of characters that XML does not allow."""
    return _FORBIDDEN.sub("\ufffd", text)


def document(root: Element) -> str:
    """The whole document, indented and with a final newline."""
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
