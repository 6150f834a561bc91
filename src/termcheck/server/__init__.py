"""The language server: findings, terms and fixes in an editor while one writes.

It speaks the Language Server Protocol over standard input and output. Every finding is made by the engine in
the way of `termcheck check`; this package only turns the results into what editors show. The packages that it
needs are the extra `lsp`, so nothing else imports this package.
"""

from __future__ import annotations

from termcheck.model import TermcheckError

__all__ = ["serve"]


def serve(documentation: str = "") -> None:
    """Answer a client on standard input and output until it disconnects.

    `documentation` is the address of the documentation, to which findings link.

    Raises TermcheckError if the packages of the extra are not installed.
    """
    try:
        from termcheck.server.language_server import run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise TermcheckError(
            f"termcheck server needs the package {error.name}", advice='pip install "termcheck[lsp]"'
        ) from None
    run(documentation)
