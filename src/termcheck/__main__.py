"""`python -m termcheck` is `termcheck`."""

from __future__ import annotations

import sys

from termcheck.cli import main

if __name__ == "__main__":
    sys.exit(main())
