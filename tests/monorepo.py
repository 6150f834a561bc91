"""A repository of three packages with different languages, rules, pairs, baselines and lists of files."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "termcheck.toml": "extend-exclude = ['attic', 'site/public']\n",
    "glossary.yaml": "上合组织: SCO\n南海: South China Sea\n国防部: [MND, Ministry of Defense]\n",
    "note.md": "上合组织成员国代表出席会议。\n\nDelegates of the bloc attended.\n",
    "attic/termcheck.toml": "",
    "attic/old.md": "上合组织成员国代表出席会议。\n\nDelegates of the bloc attended.\n",
    # Chinese and English in one file, stricter than the root, with a baseline.
    "press/termcheck.toml": (
        "extend-select = ['non-preferred-rendering']\nbaseline = 'known.json'\n"
        "extend-exclude = ['drafts']\n[severity]\nTRM101 = 'error'\n"
    ),
    "press/known.json": '{"version": 1, "findings": []}\n',
    "press/talk.md": "国防部发表声明。\n\nThe Ministry of Defense made a statement.\n",
    "press/old/talk.md": "上合组织成员国代表出席会议。\n\nDelegates of the bloc attended.\n",
    "press/drafts/talk.md": "上合组织成员国代表出席会议。\n\nDelegates of the bloc attended.\n",
    # German and English in two files; a package of Python.
    "manual/pyproject.toml": (
        "[project]\nname = 'manual'\n[tool.termcheck]\nglossary = ['terms.yaml']\n"
        "source-lang = 'de'\ntarget-lang = 'en'\npairs = ['{name}.de.md : {name}.en.md']\n"
        "ignore = ['wrong-case']\n[tool.termcheck.per-file-ignores]\n'legacy.*' = ['TRM101']\n"
    ),
    "manual/terms.yaml": "languages: [de, en]\nterms:\n  Drucker: printer\n  Patrone: cartridge\n",
    "manual/start.de.md": "Der Drucker ist bereit.\n\nDie Patrone ist neu.\n",
    "manual/start.en.md": "The device is ready.\n\nThe cartridge is new.\n",
    "manual/legacy.de.md": "Der Drucker ist bereit.\n",
    "manual/legacy.en.md": "The device is ready.\n",
    "manual/alone.de.md": "Der Drucker ist bereit.\n",
    # English into several languages, by directories.
    "site/termcheck.toml": (
        "pairs = ['content/en/{path:**}.md : content/{lang}/{path:**}.md']\nhidden = true\n"
        "min-confidence = 'low'\n"
    ),
    "site/glossary.yaml": "languages: [en, fr, de]\nterms:\n  server: {fr: serveur, de: Server}\n",
    "site/content/en/a.md": "The server is ready.\n",
    "site/content/fr/a.md": "La machine est prête.\n",
    "site/content/de/a.md": "Die Maschine ist bereit.\n",
    "site/content/en/.hidden.md": "The server is ready.\n",
    "site/content/fr/.hidden.md": "La machine est prête.\n",
    "site/public/en/a.md": "The server is ready.\n",
    "site/built/en/a.md": "The server is ready.\n",
    ".gitignore": "built/\n",
}
# The findings on its texts, by path, code and severity.
EXPECTED = {
    ("note.md", "TRM101", "warning"),
    ("press/talk.md", "TRM106", "warning"),
    ("manual/start.en.md", "TRM101", "warning"),
    ("manual/alone.de.md", "ALN204", "error"),
    ("site/content/fr/a.md", "TRM101", "warning"),
    ("site/content/de/a.md", "TRM101", "warning"),
    ("site/content/fr/.hidden.md", "TRM101", "warning"),
}


def write(root: Path) -> None:
    """Write the files of the repository into a directory."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
