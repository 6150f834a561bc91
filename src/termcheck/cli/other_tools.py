"""What users of ruff, Vale, ESLint and other linters type, and what termcheck calls it."""

from __future__ import annotations

FLAGS = {
    "--extend-ignore": "--ignore",
    "--show-source": "--output-format full",
    "--minAlertLevel": "--fail-on",
    "--max-warnings": "--fail-on",
    "--strict": "--fail-on info",
    "--output": "--output-format",
    "--reporter": "--output-format",
    "--silent": "--quiet",
    "-s": "--quiet",
    "--show-fixes": "--diff",
    "--dry-run": "--diff",
    "--check": "--diff",
    "--write": "--fix",
    "--add-noqa": "--add-ignore",
    "--no-color": "--color never",
    "--no-exit": "--exit-zero",
    "--lang": "--source-lang and --target-lang",
    "--language": "--source-lang and --target-lang",
    "--languages": "--source-lang and --target-lang",
    "--threads": "--jobs",
    "--workers": "--jobs",
    "--rule": "--select",
    "--rules": "--select",
    "--disable": "--ignore",
    "--enable": "--extend-select",
    "--ignore-path": "--extend-exclude",
    "--ext": "--config 'include = [\"*.md\"]'",
    "--glob": "--config 'include = [\"*.md\"]'",
}
"""The flags of `check` that do what a flag of another tool does, perhaps with a value."""

COMMANDS = {
    "lint": "check",
    "run": "check",
    "fix": "check --fix",
    "format": "check --fix",
    "rules": "rule",
    "linter": "rule",
    "ls-config": "config",
    "settings": "config",
    "new": "init",
}
"""The commands that do what a command of another tool does."""
