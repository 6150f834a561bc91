"""Run termcheck with `python -m termcheck`."""

from __future__ import annotations

from termcheck.cli import run

if __name__ == "__main__":
    run()
