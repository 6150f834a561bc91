"""Check a bitext against a compiled glossary: judge its pairs, then run the rules.

Files, stretches of files, rows of tables, `glossary trace` and `glossary score` all go through
`check_bitext`.
"""

from __future__ import annotations

from msgspec import Struct

from termcheck.config import Settings
from termcheck.engine.apply_rules import apply_rules
from termcheck.engine.prepare import PreparedBitext
from termcheck.engine.suppression import suppress
from termcheck.matching.judge_document import judge_document, judge_independently
from termcheck.matching.verdict import PairVerdict
from termcheck.model import Finding, Silenced


class CheckedBitext(Struct, frozen=True):
    """A verdict on each pair to be judged, and the findings that rules make of them, in no particular order.

    `silenced` are findings that a comment or the glossary keeps out of `findings`. `unchanged` counts the
    findings left out because nobody changed their pair since the revision in the settings. Findings carry the
    severity of their rule or concept; `Selection.as_configured` applies what the user set.
    """

    verdicts: tuple[PairVerdict, ...]
    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()
    unchanged: int = 0


def check_bitext(prepared: PreparedBitext, settings: Settings) -> CheckedBitext:
    """Judge every pair, apply the selected rules, and take out what is suppressed or unchanged."""
    verdicts = _judge(prepared)
    findings = tuple(apply_rules(prepared, verdicts, settings))
    reported, silenced = suppress(prepared, verdicts, findings, settings)
    checked = CheckedBitext(verdicts, reported, silenced)
    return checked if settings.changes is None else _only_changed(checked, prepared, settings)


def _judge(prepared: PreparedBitext) -> tuple[PairVerdict, ...]:
    pairs = prepared.bitext.pairs if prepared.to_judge is None else prepared.to_judge
    given = prepared.compiled, prepared.matches, prepared.active
    if prepared.independent:
        return judge_independently(pairs, *given)
    settled = prepared.prefiltered
    return judge_document(
        pairs,
        *given,
        renderings_elsewhere=settled.forms if settled else (),
        sure_elsewhere=prepared.settled_paragraphs,
    )


def _only_changed(checked: CheckedBitext, prepared: PreparedBitext, settings: Settings) -> CheckedBitext:
    from termcheck.engine.changed_pairs import ChangedPairs

    assert settings.changes is not None
    changed = ChangedPairs.of(checked.verdicts, prepared.bitext, settings.changes)
    findings = tuple(filter(changed.holds, checked.findings))
    silenced = tuple(silenced for silenced in checked.silenced if changed.holds(silenced.finding))
    return CheckedBitext(checked.verdicts, findings, silenced, len(checked.findings) - len(findings))
