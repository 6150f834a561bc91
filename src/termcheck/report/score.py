"""The output of `termcheck glossary score`: a table for people, or JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from termcheck.model import Span
from termcheck.report.ansi import Paint, painter
from termcheck.report.base import RenderOptions
from termcheck.report.json import CONTRACT_VERSION, dump
from termcheck.report.scorecard import Proposal, Scorecard, Substitute, TermScore
from termcheck.report.suggestions import instead, render_suggestions
from termcheck.report.summary import notice_lines, plural
from termcheck.text.width import MINIMUM_COLUMNS, display_width, printable, window

_HEADINGS = ("missed", "pairs", "rate", "term", "as listed", "instead")
_NUMBERS = 3
# Two columns of text may take a fifth of the width each, and more if the last column leaves room.
_SHARE = 5
_LEAST_LAST = 20

# If half of the pairs or more miss an entry, the entry is more likely to be wrong than the texts.
_HIGH = 0.5


def render_score(card: Scorecard, options: RenderOptions) -> str:
    """A table of the missed terms, the most missed first; empty if there are none."""
    missed = [score for score in card.scores if score.missed]
    if not missed:
        return ""
    rows = [_HEADINGS, *map(_cells, missed)]
    widths = _widths(rows, options.width)
    paint = painter(color=options.color)
    lines = [paint(_line(rows[0], widths), "title")]
    for score, row in zip(missed, rows[1:], strict=True):
        lines.append(_line(row, widths, _painted_rate(score, row, widths, paint)))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def render_score_summary(card: Scorecard, options: RenderOptions) -> str:
    """Notices, and the closing line with the share of missed renderings and a hint at `--suggest`."""
    return notice_lines(card.notices, options) + _closing(card, options)


def _closing(card: Scorecard, options: RenderOptions) -> str:
    paint = painter(color=options.color)
    seen = f"{card.terms_seen} of {plural(card.terms, 'term')} seen"
    where = f"{plural(card.files, 'file')}, {plural(card.pairs, 'pair')}, {seen}"
    owed, missed = (sum(getattr(score, name) for score in card.scores) for name in ("pairs", "missed"))
    if not owed:
        return f"{paint('Nothing to score: no term was met.', 'warning')} {where}.\n"
    if not missed:
        return f"{paint('All terms are rendered as listed.', 'good')} {where}.\n"
    terms = sum(score.missed > 0 for score in card.scores)
    noisy = sum(bool(score.proposal) for score in card.scores)
    text = f"Missed {missed} of {owed} renderings ({missed / owed:.0%}), of {plural(terms, 'term')}; {where}."
    hint = f"{plural(noisy, 'entry', 'entries')} may be mended: --suggest shows how.\n" if noisy else ""
    return f"{text}\n{hint}"


def render_score_json(card: Scorecard, options: RenderOptions) -> str:
    """One JSON object: `version`, `tool`, `summary`, and `terms`, with a line for each term that occurs."""
    summary = {
        "files": card.files,
        "pairs": card.pairs,
        "terms": card.terms,
        "terms_seen": card.terms_seen,
        "owed": sum(score.pairs for score in card.scores),
        "missed": sum(score.missed for score in card.scores),
    }
    head = {
        "version": CONTRACT_VERSION,
        "tool": {"name": "termcheck", "version": options.version},
        "summary": summary,
    }
    lines = [f"  {dump(key)}: {dump(value)}," for key, value in head.items()]
    terms = ",\n".join(f"    {dump(_object(score))}" for score in card.scores)
    lines.append(f'  "terms": [\n{terms}\n  ]' if terms else '  "terms": []')
    return "\n".join(("{", *lines, "}")) + "\n"


def _cells(score: TermScore) -> tuple[str, ...]:
    listed = [f"{rendering.pairs} {rendering.text}" for rendering in score.renderings]
    listed += [f"{score.nearby} nearby"] if score.nearby else []
    return (
        str(score.missed),
        str(score.pairs),
        f"{score.rate:.0%}",
        score.source,
        ", ".join(listed) or f"0 {_preferred(score)}",
        instead(score),
    )


def _preferred(score: TermScore) -> str:
    terms = score.concept.in_language(score.target_lang)
    return next((term.text for term in terms if term.status.accepted), "")


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column in terminal columns; two blanks separate columns."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    room = width - sum(widths[:_NUMBERS]) - 2 * (len(widths) - 1)
    most = max(MINIMUM_COLUMNS, width // _SHARE, (room - widths[-1]) // 2)
    widths[_NUMBERS:-1] = [min(needed, most) for needed in widths[_NUMBERS:-1]]
    widths[-1] = max(_LEAST_LAST, room - sum(widths[_NUMBERS:-1]))
    return widths


def _line(row: Sequence[str], widths: Sequence[int], rate: str = "") -> str:
    cells = []
    for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
        shown = window(cell, Span(0, 0), width).text if display_width(cell) > width else printable(cell)
        gap = " " * (width - display_width(shown))
        cells.append(gap + shown if number < _NUMBERS else shown + gap)
    if rate:
        cells[_HEADINGS.index("rate")] = rate
    return "  ".join(cells)


def _painted_rate(score: TermScore, row: Sequence[str], widths: Sequence[int], paint: Paint) -> str:
    column = _HEADINGS.index("rate")
    gap = " " * (widths[column] - len(row[column]))
    return gap + (paint(row[column], "warning") if score.rate >= _HIGH else row[column])


def _object(score: TermScore) -> dict[str, Any]:
    return {
        "id": score.concept.id,
        "source": score.source,
        "origin": str(score.concept.origin),
        "pairs": score.pairs,
        "occurrences": score.occurrences,
        "rendered": score.pairs - score.missed,
        "missed": score.missed,
        "rate": round(score.rate, 4),
        "renderings": [
            {"text": rendering.text, "pairs": rendering.pairs, "listed": rendering.listed}
            for rendering in score.renderings
        ],
        "nearby": score.nearby,
        "instead": [_substitute(substitute) for substitute in score.instead],
        "suggestion": _proposal(score.proposal) if score.proposal else None,
    }


def _substitute(substitute: Substitute) -> dict[str, Any]:
    return {
        "text": substitute.text,
        "kind": substitute.kind.value,
        "pairs": substitute.pairs,
        "besides": substitute.besides,
        "score": round(substitute.score, 1),
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "allow": list(proposal.allow),
        "except_in": list(proposal.except_in),
        "match": proposal.match and proposal.match.value,
        "case": proposal.case and proposal.case.value,
        "severity": proposal.severity and proposal.severity.value,
        "remaining": proposal.remaining,
    }


SCORE_FORMATS: Mapping[str, Callable[[Scorecard, RenderOptions], str]] = {
    "text": render_score,
    "json": render_score_json,
    "glossary": render_suggestions,
}
