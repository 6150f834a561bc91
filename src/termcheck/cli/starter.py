"""The files that `termcheck init` writes: small, commented, and good as they are."""

from __future__ import annotations

GLOSSARY = """\
# Terms and their renderings. `termcheck check` finds where a text does without them.
# The first rendering is preferred, the others are accepted too.
version: 1
languages: [zh, en]        # source, target
terms:
  上合组织: [SCO, Shanghai Cooperation Organization]

  # Inside this phrase the term asks for nothing. (Longer words, such as 国防部长, need no such help.)
  国防部:
    en: [Ministry of National Defense, MND]
    except_in: [国防部大楼]

  # Renderings that must not be printed.
  南海:
    en: South China Sea
    forbid: [South Sea]
"""

CONFIG = """\
# Settings of termcheck; `termcheck config` shows them resolved.

# glossary = ["glossary.yaml"]      # default: the nearest glossary.yaml above each file
# ignore = ["unpaired-paragraph"]   # rules by code, prefix or name; `termcheck rule` lists them
# fail-on = "warning"               # error, warning or info
# extend-exclude = ["drafts"]

# Two parallel files, where one text does not hold both languages:
# pairs = ["zh/{name}.md : en/{name}.md"]

# [severity]
# missing-rendering = "error"
"""

FILES = {"glossary.yaml": GLOSSARY, "termcheck.toml": CONFIG}
