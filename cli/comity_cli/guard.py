"""What happens when a command fails: one message on the error output, an exit code, and never a traceback.

Exit codes: 0 done; 1 a scenario failed; 2 wrong input or rules; 3 a fault of the program itself; 70 the readings
disagree; 130 interrupted; 141 the reader of the output has gone.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from comity.logic.agreement import ReadingsDisagree

WRONG_INPUT = 2
PROGRAM_FAULT = 3
DISAGREEMENT = 70
INTERRUPTED = 130
READER_GONE = 141


class Guarded(TyperGroup):
    """A group of commands whose failures become a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except KeyboardInterrupt:
            raise typer.Exit(_said("Interrupted.", INTERRUPTED)) from None
        except BrokenPipeError:
            # What is still in the buffer would fail once more when Python exits.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(READER_GONE) from None
        except Exception as error:
            if type(error).__module__.startswith(("typer", "click")):
                raise
            raise typer.Exit(_failed(error)) from None


def _failed(error: Exception) -> int:
    from comity.law.finding import InputError
    from comity.logic.agreement import ReadingsDisagree

    if isinstance(error, InputError):
        return _said(str(error), WRONG_INPUT)
    if isinstance(error, ReadingsDisagree):
        return _said(both_answers(error), DISAGREEMENT)
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        return _said(f"{name}{(error.strerror or str(error)).lower()}", WRONG_INPUT)
    if isinstance(error, MemoryError):
        return _said("There is not enough memory for this.", PROGRAM_FAULT)
    told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return _said(f"This is a fault of comity, please report it with your case file: {told}", PROGRAM_FAULT)


def both_answers(error: ReadingsDisagree) -> str:
    """What each reading says that the other does not."""
    lines = [
        "The two readings of the rulebook disagree, so no advice is given. Please report this with your case file."
    ]
    for reading in error.names:
        only = [difference.what for difference in error.differences if difference.only_in == reading]
        lines.append(f"Only the {reading} reading says:" if only else f"The {reading} reading says nothing more.")
        lines += [f"  {what}" for what in only[:20]]
        lines += [f"  and {len(only) - 20} more"] if len(only) > 20 else []
    return "\n".join(lines)


def _said(message: str, code: int) -> int:
    typer.echo(message, err=True)
    return code
