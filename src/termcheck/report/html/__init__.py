"""The HTML format: the report as a single web page that needs no network, server or other file.

The page cannot do anything but show itself. Its policy allows only its own style and script, by their
hashes. Content from texts and glossaries is data for the script, which turns it into text nodes and never
into markup. The few words of such content in the frame are escaped.
"""

from __future__ import annotations

import base64
import hashlib
import json
from string import Template

from termcheck.data import read_text
from termcheck.model import Report
from termcheck.report.base import RenderOptions
from termcheck.report.html import frame
from termcheck.report.html.view import view
from termcheck.report.json import portable

# In this order, because each script uses the definitions of earlier ones.
SCRIPTS = ("dom", "state", "filter", "facets", "card", "list", "terms", "keys", "main")


def render(report: Report, options: RenderOptions) -> str:
    """The whole page, which is always the same for the same report."""
    style = read_text("html/style.css")
    script = "".join(read_text(f"html/{name}.js") for name in SCRIPTS)
    script = f'(() => {{\n"use strict";\n{script}}})();\n'
    page = Template(read_text("html/page.html")).substitute(
        frame.parts(report, options),
        policy=_policy(style, script),
        style=style,
        script=script,
        data=_data(report),
    )
    return portable(page)


def _policy(style: str, script: str) -> str:
    """The content security policy: only this style, this script and the icon, and no markup from data."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _data(report: Report) -> str:
    """JSON that is safe inside a script element, because it has no `<` to begin a tag or a comment."""
    text = json.dumps(view(report), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
