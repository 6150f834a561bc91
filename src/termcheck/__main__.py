"""`python -m termcheck` is `termcheck`."""

from __future__ import annotations

from termcheck.cli import run

if __name__ == "__main__":
    run()
