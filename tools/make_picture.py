"""Draw what termcheck prints on a terminal, as two SVG pictures for the README: light and dark.

usage: python tools/make_picture.py [DIRECTORY]

The directory is docs/pictures by default. The pictures load nothing: they name the reader's own fonts.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parent.parent
COMMAND = ("termcheck", "check", "--term", "sco", "--term", "south-china-sea", "examples/briefing.md")
_COLUMNS = 92

# The colours are black, red, green, yellow, blue, magenta, cyan and white.
_THEMES = {
    "light": TerminalTheme(
        (255, 255, 255),
        (36, 41, 47),
        [
            (36, 41, 47), (207, 34, 46), (17, 99, 41), (125, 78, 0),
            (9, 105, 218), (130, 80, 223), (27, 124, 131), (110, 119, 129),
        ],
    ),
    "dark": TerminalTheme(
        (13, 17, 23),
        (201, 209, 217),
        [
            (72, 79, 88), (255, 123, 114), (63, 185, 80), (210, 153, 34),
            (88, 166, 255), (188, 140, 255), (57, 197, 207), (177, 186, 196),
        ],
    ),
}  # fmt: skip

# Rich's own frame loads a font from the network and draws the buttons of a window.
_FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>What termcheck prints</title>
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }}
{styles}
</style>
<defs>{lines}</defs>
<rect width="{width}" height="{height}" rx="8" fill="BACKGROUND"/>
<g transform="translate({terminal_x}, 16)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def printed() -> str:
    """What the command prints on a terminal, with its colours, after a line with the command itself."""
    environment = os.environ | {"COLUMNS": str(_COLUMNS)}
    module = [sys.executable, "-m", *COMMAND, "--isolated", "--glossary", "glossary.yaml"]
    shown = ["--color", "always", "--output-format", "full"]
    done = subprocess.run(
        [*module, *shown], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 1:
        raise SystemExit(f"expected findings, got exit code {done.returncode}: {done.stderr}")
    return f"$ {' '.join(COMMAND)}\n{done.stdout}{done.stderr}"


def drawn(text: str, theme: TerminalTheme, name: str) -> str:
    """An SVG picture of a text with ANSI colours."""
    console = Console(
        record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True, legacy_windows=False
    )
    console.print(Text.from_ansi(text), end="")
    frame = _FRAME.replace("BACKGROUND", theme.background_color.hex)
    return console.export_svg(title="", theme=theme, code_format=frame, unique_id=f"termcheck-{name}")


def main(directory: str = str(ROOT / "docs" / "pictures")) -> None:
    """Write the pictures."""
    Path(directory).mkdir(parents=True, exist_ok=True)
    text = printed()
    for name, theme in _THEMES.items():
        Path(directory, f"findings-{name}.svg").write_text(drawn(text, theme, name), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
