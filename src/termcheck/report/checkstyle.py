"""The Checkstyle format: XML that many CI servers and editors read."""

from __future__ import annotations

from itertools import groupby
from xml.etree.ElementTree import Element

from termcheck.model import Report
from termcheck.report.addresses import repository_path
from termcheck.report.base import RenderOptions
from termcheck.report.xml import child, document


def render(report: Report, options: RenderOptions) -> str:
    """An element for each file with findings, which are already sorted by path."""
    root = Element("checkstyle", {"version": "4.3"})
    for path, findings in groupby(report.findings, key=lambda finding: finding.location.path):
        file = child(root, "file", {"name": repository_path(path, options)})
        for finding in findings:
            attributes = {
                "line": finding.location.line,
                "column": finding.location.column,
                "severity": finding.severity.value,
                "message": f"{finding.name}: {finding.message}",
                "source": f"termcheck.{finding.code}",
            }
            child(file, "error", attributes)
    return document(root)
