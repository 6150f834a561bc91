"""What a run of texts did with each concept of its glossaries, for formats that tell of terms one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from termcheck.engine.glossaries import Glossaries
from termcheck.model import TermUsage
from termcheck.rules.context import source_term
from termcheck.rules.term_usage import Outcomes, TermOutcomes, outcomes_by_concept


def term_usage(
    glossaries: Glossaries,
    seen: Mapping[tuple[str, ...], AbstractSet[str]],
    outcomes: Mapping[tuple[str, ...], Outcomes],
) -> Iterator[TermUsage]:
    """Every concept that was checked, in the order of the glossaries."""
    for paths, met in seen.items():
        compiled = glossaries.compiled(paths)
        usage = outcomes_by_concept(outcomes[paths])
        for concept in compiled.glossary.concepts:
            if concept.id in compiled.checked:
                one = usage.get(concept.id, TermOutcomes())
                yield TermUsage(
                    concept.id,
                    source_term(concept, compiled.source_lang),
                    tuple(t.text for t in concept.in_language(compiled.target_lang) if t.status.accepted),
                    str(concept.origin),
                    concept.id in met,
                    one.pairs,
                    one.rendered,
                )
