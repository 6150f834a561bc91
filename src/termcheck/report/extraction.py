"""The output of `termcheck glossary extract`: a glossary to edit, or JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from termcheck.glossary import scalar
from termcheck.model import Span
from termcheck.report.base import RenderOptions
from termcheck.report.extracted import Extraction, FoundRendering, Proposal
from termcheck.report.json import CONTRACT_VERSION, dump
from termcheck.report.summary import notice_lines, plural
from termcheck.text.width import printable, window

_HEAD = """\
# Proposed by `termcheck glossary extract` from {origin}; the best come first.
# Delete what is no term, and correct the rest. `termcheck check -g FILE` then checks texts against it.
# Above each entry: how many pairs with the term have this rendering (and how sure it is), and an example.
version: 1
languages: [{languages}]
"""
# The columns of a sentence that an example shows.
_EXAMPLE_WIDTH = 90


def render_extraction(extraction: Extraction, _: RenderOptions) -> str:
    """A glossary whose comments say on what each entry rests."""
    head = _HEAD.format(origin=_origin(extraction), languages=", ".join(extraction.languages))
    if not extraction.proposals:
        return f"{head}terms: {{}}\n"
    return f"{head}terms:\n" + "\n".join(map(_entry, extraction.proposals))


def _origin(extraction: Extraction) -> str:
    if extraction.sampled < extraction.pairs:
        return f"{extraction.sampled:,} of {extraction.pairs:,} pairs, evenly spread"
    return plural(extraction.pairs, "pair")


def _entry(proposal: Proposal) -> str:
    best, *others = proposal.renderings
    lines = [f"{best.pairs} of {plural(proposal.pairs, 'pair')} ({proposal.confidence:.2f})"]
    if others:
        rivals = "; ".join(f"{printable(other.text)} {other.pairs}" for other in others)
        lines[0] += f"; also {rivals}"
    example = proposal.example
    lines.append(f"{printable(example.path)}:{example.line}: {_shown(example.source, proposal.source)}")
    lines.append(f"  {_shown(example.target, best.text)}")
    comments = "".join(f"  # {line}\n" for line in lines)
    return f"{comments}  {_key(proposal.source)} {_value(proposal.renderings)}\n"


def _key(text: str) -> str:
    return f"{scalar(text)}:"


def _value(renderings: tuple[FoundRendering, ...]) -> str:
    texts = [scalar(rendering.text) for rendering in renderings if rendering.proposed]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _shown(sentence: str, text: str) -> str:
    """The part of a sentence around a text, on one line."""
    line = " ".join(sentence.split())
    start = max(line.lower().find(text.lower()), 0)
    return window(line, Span(start, start + len(text)), _EXAMPLE_WIDTH).text


def render_extraction_json(extraction: Extraction, options: RenderOptions) -> str:
    """One JSON object: `version`, `tool`, `summary`, `languages`, and `terms`, one a line."""
    head = {
        "version": CONTRACT_VERSION,
        "tool": {"name": "termcheck", "version": options.version},
        "summary": {
            "files": extraction.files,
            "pairs": extraction.pairs,
            "sampled": extraction.sampled,
            "proposed": len(extraction.proposals),
            "known": extraction.known,
        },
        "languages": list(extraction.languages),
    }
    lines = [f"  {dump(key)}: {dump(value)}," for key, value in head.items()]
    terms = ",\n".join(f"    {dump(_object(proposal))}" for proposal in extraction.proposals)
    lines.append(f'  "terms": [\n{terms}\n  ]' if terms else '  "terms": []')
    return "\n".join(("{", *lines, "}")) + "\n"


def _object(proposal: Proposal) -> dict[str, Any]:
    example = proposal.example
    return {
        "source": proposal.source,
        "pairs": proposal.pairs,
        "rendered": proposal.renderings[0].pairs,
        "confidence": proposal.confidence,
        "drifts": proposal.drifts,
        "renderings": [
            {"text": rendering.text, "pairs": rendering.pairs, "proposed": rendering.proposed}
            for rendering in proposal.renderings
        ],
        "example": {
            "path": example.path,
            "line": example.line,
            "source": example.source,
            "target": example.target,
        },
    }


def render_extraction_summary(extraction: Extraction, options: RenderOptions) -> str:
    """Notices and the closing line."""
    return notice_lines(extraction.notices, options) + "".join(_closing(extraction))


def _closing(extraction: Extraction) -> Iterator[str]:
    where = f"{plural(extraction.files, 'file')}, {plural(extraction.pairs, 'pair')}"
    if not extraction.pairs:
        yield f"Nothing to propose: the texts have no pairs. {where}.\n"
        return
    drifting = sum(proposal.drifts for proposal in extraction.proposals)
    text = (
        f"Proposed {plural(len(extraction.proposals), 'term')}, {drifting} with several renderings; {where}."
    )
    yield f"{text}\n"
    if extraction.sampled < extraction.pairs:
        yield f"The texts are large: {extraction.sampled:,} pairs, evenly spread, were looked at.\n"
    if extraction.known:
        yield f"{plural(extraction.known, 'more term')} {'is' if extraction.known == 1 else 'are'} known.\n"


EXTRACTION_FORMATS: Mapping[str, Callable[[Extraction, RenderOptions], str]] = {
    "yaml": render_extraction,
    "json": render_extraction_json,
}
