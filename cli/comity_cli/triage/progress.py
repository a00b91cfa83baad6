"""How far a caseload is, with rate and time left; nothing where nobody watches."""

from __future__ import annotations

import sys
from datetime import timedelta
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar
from rich.progress import Task as Shown
from rich.text import Text


class _Rate(ProgressColumn):
    """Rows in a second and the time left, over all that this run has done: parts are done in leaps."""

    def render(self, task: Shown) -> Text:
        """The rate and the time left."""
        done = task.completed - task.fields.get("before", 0)
        if not done or not task.elapsed or task.total is None:
            return Text("")
        left = timedelta(seconds=round((task.total - task.completed) * task.elapsed / done))
        return Text(f"{done / task.elapsed:,.0f} rows/s, {left} left")


class Progress:
    """A line on the error output that is gone when the work is done."""

    def __init__(self) -> None:
        self.bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TaskProgressColumn(),
            _Rate(),
            console=Console(stderr=True, highlight=False),
            transient=True,
            disable=not sys.stderr.isatty(),
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
        self.bar.reset(self.task, total=of, completed=rows, description=f"deciding {of:,}", before=rows)

    def decided(self, rows: float) -> None:
        """So many rows are decided."""
        self.bar.update(self.task, completed=rows)

    def said(self, what: str) -> None:
        """Say what is being done."""
        self.bar.update(self.task, description=what)
