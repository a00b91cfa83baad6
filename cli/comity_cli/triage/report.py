"""What a caseload came to, as one page of HTML that needs nothing else: the pictures are in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from comity import __version__
from comity.law.state import titles
from comity.triage.comparison import Comparison
from comity.triage.run import Run
from comity.triage.summary import Line, Summary

_WIDE, _HIGH = 96, 18


@dataclass(frozen=True)
class Report:
    """A run with its numbers; ``anew`` rows were decided in it within so many ``seconds``."""

    run: Run
    summary: Summary
    compared: Comparison | None
    seconds: float
    anew: int

    @property
    def folder(self) -> Path:
        """Where the decisions are."""
        return self.run.output.folder

    def sentences(self) -> Iterator[str]:
        """The numbers in words."""
        numbers, task = self.summary, self.run.task
        if self.anew:
            rate = f" ({self.anew / self.seconds:,.0f} a second)" if self.seconds > 1 else ""
            yield f"{self.anew:,} rows in {_time(self.seconds)}{rate}."
        if self.run.resumed:
            before = self.run.rows - self.anew
            yield f"{before:,} rows had been done before." if self.anew else "All of it had been done before."
        day = task.as_of or "its own day"
        own = "" if task.as_of else f"; where a case names none, that of {task.today}"
        yield f"Law of {day}{own}. Rulebook {task.rulebook.digest[:12]}, comity {__version__}."
        yield from (f"Supposed: {told}." for told in task.rulebook.suppositions)
        if numbers.cases:
            yield f"{numbers.alike:,} different decisions: each stands for {numbers.cases / numbers.alike:,.1f} cases."
            yield f"{numbers.items:,} items of data, assets and persons; to {numbers.without_route:,} no way is open."
            yield f"{numbers.undecided:,} cases have a point for counsel, {numbers.warned:,} a warning."
        if numbers.refused:
            yield f"{numbers.refused:,} rows are no case that can be decided."


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def write(told: Report, path: Path) -> None:
    """Write the page."""
    pages = Environment(
        loader=PackageLoader("comity_cli.triage"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"points": points, "share": share, "name": _name, "thousands": lambda n: f"{n:,}"}
    page = pages.get_template("report.html").render(
        told=told, numbers=told.summary, compared=told.compared, wide=_WIDE, high=_HIGH, rules=RULES_SHOWN
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


RULES_SHOWN: Final = 20


def share(count: int, of: int) -> str:
    """A share in percent, which is 0 or 100 only where it is exactly that."""
    percent = 100 * count / of if of else 0
    return "<0.1 %" if 0 < percent < 0.1 else ">99.9 %" if 99.9 < percent < 100 else f"{percent:.1f} %"


def points(line: Line) -> str:
    """The outline of how often something occurs along the caseload, for a polygon."""
    most = max(line.along, default=0) or 1
    step = _WIDE / max(1, len(line.along) - 1)
    curve = [f"{n * step:.1f},{_HIGH - value / most * (_HIGH - 2):.1f}" for n, value in enumerate(line.along)]
    return " ".join([f"0,{_HIGH}", *curve, f"{_WIDE},{_HIGH}"])


def _name(name: str) -> str:
    return f"{name} {titles()[name]}" if name in titles() else name
