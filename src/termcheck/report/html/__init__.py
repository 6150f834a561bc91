"""The report as one web page that needs nothing else: no network, no server, no other file.

The page can do no more than show itself: its policy allows the one style and the one script in it by their
hashes, and nothing from elsewhere. What comes from texts and glossaries is data to the script, which makes
text nodes of it and never markup; the few words of them in the frame are escaped.
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

# In this order; each uses what those before it define.
SCRIPTS = ("dom", "state", "filter", "facets", "card", "list", "terms", "keys", "main")


def render(report: Report, options: RenderOptions) -> str:
    """The whole page; the same for the same report."""
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
    """The content security policy: this style, this script and the icon alone, and no markup out of data."""
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
    """JSON that may stand inside a script element, whatever is in it: `<` begins no tag and no comment."""
    text = json.dumps(view(report), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
