"""How far something has come, in one line of the error output that is overwritten; nothing where nobody watches."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Final, Self

import typer

EVERY: Final = 0.2
"""Seconds between two changes of the line."""


class Progress:
    """The line, which is gone when the work is done or interrupted; then it says what it had come to."""

    def __init__(self) -> None:
        self.watched = sys.stderr.isatty()
        self.begun = self.shown = time.monotonic()
        self.last = ""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self.watched:
            typer.echo("\r\x1b[K", nl=False, err=True)
        if kind is KeyboardInterrupt and self.last:
            typer.echo(f"Stopped while {self.last}; nothing was written.", err=True)

    def told(self, what: str, done: int, of: int) -> None:
        """Say that of *what* so much is *done* *of* so much."""
        self.last = f"{what}: {done} of {of}"
        now = time.monotonic()
        if self.watched and (now - self.shown > EVERY or done == of):
            self.shown = now
            typer.echo(f"\r\x1b[K{self.last}, {now - self.begun:.0f} s", nl=False, err=True)
