"""What a run says when it ends in an error that is no mistake in the texts or settings; gives the exit code.

Nothing here ends in 1, because 1 means findings.
"""

from __future__ import annotations

from termcheck.cli import DEFECT, MISTAKE
from termcheck.cli.console import OutputError, forget_output, say, say_error, say_lines
from termcheck.messages import reason
from termcheck.model import TermcheckError
from termcheck.text.width import printable


def report_failure(error: Exception) -> int:
    """Say what happened: trouble of the machine in one line, a defect of termcheck with its traceback."""
    if isinstance(error, OutputError):
        forget_output()
        say(f"standard output cannot be written to: {error}", kind="error")
        return MISTAKE
    if isinstance(error, MemoryError):
        advice = "check fewer files at once, or cut large ones; tables and other rows need the least"
        say_error(TermcheckError("there is not enough memory for this", advice=advice), "never")
        return MISTAKE
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename is not None else ""
        say(f"{place}{reason(error)}", kind="error")
        return MISTAKE
    import traceback

    lines = "".join(traceback.format_exception(error)).splitlines()
    say_lines("".join(f"{printable(line)}\n" for line in lines))
    message = "this is a defect of termcheck, and the run says nothing about your texts"
    advice = "please report it with the lines above, `termcheck version`, and how termcheck was called"
    say_error(TermcheckError(message, advice=advice), "never")
    return DEFECT
