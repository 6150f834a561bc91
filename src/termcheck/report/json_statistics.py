"""The JSON format of `--statistics`: counts instead of findings, with the summary of the JSON format."""

from __future__ import annotations

from termcheck.model import Report
from termcheck.report.base import RenderOptions
from termcheck.report.json import CONTRACT_VERSION, dump, problem_object, summary_object
from termcheck.report.statistics import count_rules, count_terms


def render(report: Report, options: RenderOptions) -> str:
    """One JSON object: `version`, `tool`, `summary`, rows of counts under `rules` and `terms`, `problems`."""
    rules = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.value,
            "count": rule.count,
            "fixable": rule.fixable,
        }
        for rule in count_rules(report)
    ]
    terms = [{"id": term.id, "source": term.source, "count": term.count} for term in count_terms(report)]
    document = {
        "version": CONTRACT_VERSION,
        "tool": {"name": "termcheck", "version": options.version},
        "summary": summary_object(report),
        "rules": rules,
        "terms": terms,
        "problems": list(map(problem_object, report.problems)),
    }
    return f"{dump(document)}\n"
