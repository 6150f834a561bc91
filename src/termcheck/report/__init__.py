"""Render a report as text in one of the output formats.

`FORMATS` lists the formats. Each renderer is a pure function in a module of its own, which is only imported
when its format is used, so that unused formats cost no start-up time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from termcheck.model import Report, TermcheckError
from termcheck.report.base import Output, Renderer, RenderOptions

if TYPE_CHECKING:
    from termcheck.model import Bitext
    from termcheck.report.pairing_json import PairedText

__all__ = [
    "FORMATS",
    "Format",
    "Output",
    "RenderOptions",
    "Renderer",
    "limits",
    "pairs_as_json",
    "pieces",
    "render",
    "render_glossary_summary",
    "render_pairs",
    "render_summary",
]


class Format(Struct, frozen=True):
    """The module of a format's renderer, and what the format can do.

    - `text`: the format is for people, not for programs;
    - `statistics`: the module that renders counts instead of findings, or empty;
    - `limited`: the module has a function `limits`, which names what readers of the format do not accept;
    - `links`: the format links to the documentation;
    - `usage`: the format shows how the texts render each term;
    - `flows`: the module has a function `pieces`, which yields the text finding by finding;
    - `notation`: how a character can be escaped in the format: `text`, `json`, `xml`, `html` or `commands`.
    """

    module: str
    text: bool = False
    statistics: str = ""
    limited: bool = False
    links: bool = False
    usage: bool = False
    flows: bool = False
    notation: str = "json"

    def renderer(self, *, statistics: bool = False) -> Renderer:
        """Import the module and return its `render`."""
        return cast("Renderer", import_module(self.statistics if statistics else self.module).render)


_COUNTS = "termcheck.report.statistics"
FORMATS: Mapping[str, Format] = {
    "full": Format("termcheck.report.full", text=True, notation="text", flows=True, statistics=_COUNTS),
    "concise": Format("termcheck.report.concise", text=True, notation="text", flows=True, statistics=_COUNTS),
    "grouped": Format("termcheck.report.grouped", text=True, notation="text", statistics=_COUNTS),
    "json": Format("termcheck.report.json", statistics="termcheck.report.json_statistics"),
    "json-lines": Format("termcheck.report.json_lines", flows=True),
    "sarif": Format("termcheck.report.sarif", limited=True, links=True),
    "github": Format("termcheck.report.github", links=True, notation="commands"),
    "gitlab": Format("termcheck.report.gitlab"),
    "junit": Format("termcheck.report.junit", notation="xml"),
    "rdjson": Format("termcheck.report.rdjson", links=True),
    "rdjsonl": Format("termcheck.report.rdjsonl", links=True),
    "checkstyle": Format("termcheck.report.checkstyle", notation="xml"),
    "html": Format("termcheck.report.html", usage=True, notation="html"),
}


def needs_usage(outputs: Iterable[Output]) -> bool:
    """Whether any of the outputs shows how the texts render each term."""
    return any(FORMATS[output.format].usage for output in outputs)


def render(report: Report, format: str, options: RenderOptions) -> str:  # noqa: A002 - the flag's own name
    """The report in a named format, ending in a newline; empty if a text format has nothing to print.

    Formats for programs never have colours. Raises TermcheckError for an unknown format, and for statistics
    in a format that has none.
    """
    return "".join(pieces(report, format, options))


def pieces(report: Report, format: str, options: RenderOptions) -> Iterator[str]:  # noqa: A002 - as above
    """The text that `render` returns, finding by finding if the format allows it; raises as `render` does."""
    chosen = FORMATS.get(format)
    if chosen is None:
        raise TermcheckError(
            f"unknown output format '{format}'", advice=f"choose one of {', '.join(FORMATS)}"
        )
    if not chosen.text:
        options = replace(options, color=False)
    if options.statistics and not chosen.statistics:
        raise TermcheckError(f"the format {format} has no statistics")
    if chosen.flows and not options.statistics:
        yield from import_module(chosen.module).pieces(report, options)
    else:
        yield chosen.renderer(statistics=options.statistics)(report, options)


def limits(report: Report, format: str) -> tuple[str, ...]:  # noqa: A002 - the flag's own name
    """What readers of a named format do not accept of this report, as sentences."""
    chosen = FORMATS[format]
    return tuple(import_module(chosen.module).limits(report)) if chosen.limited else ()


def render_summary(report: Report, options: RenderOptions) -> str:
    """Notices, and the closing line with what was found and how much was checked."""
    from termcheck.report.summary import render as summary

    return summary(report, options)


def render_glossary_summary(report: Report, options: RenderOptions) -> str:
    """The same for a check of glossaries, whose coverage counts glossary files and concepts."""
    from termcheck.report.summary import render_glossary_summary as summary

    return summary(report, options)


def render_pairs(bitext: Bitext, options: RenderOptions, *, whole: bool = False) -> str:
    """The pairs of a bitext with line numbers and confidence, for `--show-pairs`; `whole` cuts no text."""
    from termcheck.report.pairing import render_pairs as pairs

    return pairs(bitext, options, whole=whole)


def pairs_as_json(texts: Iterable[PairedText]) -> Iterator[str]:
    """The pairs of bitexts, each given with its languages, as one JSON object in pieces."""
    from termcheck.report.pairing_json import pieces as json_pieces

    return json_pieces(texts)
