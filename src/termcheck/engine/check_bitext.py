"""Check a bitext against a compiled glossary: judge its pairs, then run the rules.

Files, stretches of files, rows of tables, `glossary trace` and `glossary score` all go through
`check_bitext`.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from termcheck.config import Settings
from termcheck.engine.apply_rules import apply_rules
from termcheck.engine.prepare import PreparedBitext
from termcheck.engine.suppression import suppress
from termcheck.globs import project_path
from termcheck.matching.judge_document import judge_document, judge_independently
from termcheck.matching.verdict import PairVerdict
from termcheck.model import Finding, Silenced
from termcheck.rules import PER_FILE


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
    """Judge every pair, apply the selected rules, and take out what is suppressed or unchanged.

    A finding that counts all paragraphs of a file counts only the paragraphs whose findings are left.
    """
    verdicts = _judge(prepared)
    findings = tuple(apply_rules(prepared, verdicts, settings))
    reported, silenced = suppress(prepared, verdicts, findings, settings)
    checked = CheckedBitext(verdicts, reported, silenced)
    if settings.changes is not None:
        checked = _only_changed(checked, prepared, settings)
    return checked if settings.unpaired == "each" else _one_per_file(checked, prepared)


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


def _one_per_file(checked: CheckedBitext, prepared: PreparedBitext) -> CheckedBitext:
    """The same with one finding for each file of those rules that are told once for each file."""
    by_file: dict[tuple[str, str], list[Finding]] = {}
    for finding in checked.findings:
        if finding.code in PER_FILE:
            by_file.setdefault((finding.code, finding.location.path), []).append(finding)
    if not by_file:
        return checked
    others = (finding for finding in checked.findings if finding.code not in PER_FILE)
    told = (
        PER_FILE[code](findings, project_path(path, prepared.root))
        for (code, path), findings in by_file.items()
    )
    return replace(checked, findings=(*others, *told))


def _only_changed(checked: CheckedBitext, prepared: PreparedBitext, settings: Settings) -> CheckedBitext:
    from termcheck.engine.changed_pairs import ChangedPairs

    assert settings.changes is not None
    changed = ChangedPairs.of(checked.verdicts, prepared.bitext, settings.changes)
    findings = tuple(filter(changed.holds, checked.findings))
    silenced = tuple(silenced for silenced in checked.silenced if changed.holds(silenced.finding))
    return CheckedBitext(checked.verdicts, findings, silenced, len(checked.findings) - len(findings))
