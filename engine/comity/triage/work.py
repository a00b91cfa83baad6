"""What a process, or an executor of a cluster, does: read a unit, decide it, write its part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.law.rulebook import Rulebook
from comity.triage.caseload import Unit
from comity.triage.chunk import Decider, Told
from comity.triage.output import Output, Part
from comity.triage.reading import Reader


@dataclass(frozen=True)
class Task:
    """What is the same for all units: the law, the day, and where the parts go.

    *as_of* is the day for all cases; where there is none a case has its own, and *today* is that of the others.
    """

    rulebook: Rulebook
    as_of: date | None
    today: date
    output: Path


class Worker:
    """Works on units one after the other; keeps what it decides in *store*, and spills what is too large to *spill*."""

    def __init__(self, task: Task, store: Path, spill: Path) -> None:
        self.output = Output(task.output)
        self.decider = Decider(task.rulebook, task.as_of, task.today, store, spill)
        self.reader = Reader(self.decider.sql)

    def part(self, unit: Unit, progress: Told = lambda share: None) -> Part:
        """The part of a unit, written."""
        told, unreadable = self.reader.read(unit)
        return self.output.write(unit, self.decider.decide(told, progress), unreadable)

    def close(self) -> None:
        """Let go of files and memory."""
        self.decider.close()
