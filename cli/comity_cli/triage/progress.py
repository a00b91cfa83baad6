"""How far a caseload is, with rate and time left; nothing where nobody watches."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.progress import Task as Shown
from rich.text import Text


class _Rate(ProgressColumn):
    def render(self, task: Shown) -> Text:
        """Rows in a second."""
        return Text(f"{task.speed:,.0f} rows/s" if task.speed else "")


class Progress:
    """A line on the error output that is gone when the work is done."""

    def __init__(self) -> None:
        self.bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TaskProgressColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=Console(stderr=True, highlight=False),
            transient=True,
            disable=not sys.stderr.isatty(),
            speed_estimate_period=60,
        )
        self.task = self.bar.add_task("reading", total=None)

    def __enter__(self) -> Self:
        """Begin."""
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        self.close()

    def close(self) -> None:
        """Take the line away."""
        self.bar.stop()

    def reading(self, rows: int) -> None:
        """So many rows were seen."""
        self.said(f"reading {rows:,}")

    def started(self, rows: int, of: int) -> None:
        """So many rows of so many had been decided before."""
        self.bar.update(self.task, total=of)
        self.bar.reset(self.task, total=of, completed=rows, description=f"deciding {of:,}")

    def decided(self, rows: float) -> None:
        """So many rows are decided."""
        self.bar.update(self.task, completed=rows)

    def said(self, what: str) -> None:
        """Say what is being done."""
        self.bar.update(self.task, description=what)
