"""How far an audit is, told on the error terminal."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn


def progress() -> Progress:
    """A bar that leaves nothing behind; where nobody watches, none is drawn. Tasks have a field ``found``."""
    errors = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    more = (TextColumn("{task.fields[found]}"), TimeRemainingColumn())
    return Progress(*columns, *more, console=errors, transient=True, disable=not errors.is_terminal)


@contextmanager
def stoppable() -> Iterator[None]:
    """While this lasts, a request to end interrupts as Ctrl-C does, so that what was found so far is said."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
