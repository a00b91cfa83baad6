"""A run over a caseload: what is left to do of it, doing it, and what it came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from comity import __version__
from comity.law.finding import Finding, InputError, Place
from comity.law.rulebook import Rulebook
from comity.triage import caseload, csvtables
from comity.triage.caseload import Caseload, Unit
from comity.triage.chunk import connection
from comity.triage.output import Output, Part
from comity.triage.processes import spread
from comity.triage.work import Task

Counted = Callable[[int], None]


@dataclass
class Run:
    """A run that may have begun before: ``done`` are its parts so far.

    ``refused`` counts the rows that are no case once all of it is done.
    """

    task: Task
    output: Output
    caseload: Caseload
    manifest: dict[str, Any]
    done: list[Part]
    resumed: bool
    refused: int | None = None

    @property
    def left(self) -> list[Unit]:
        """The units without a part."""
        numbers = {part.number for part in self.done}
        return [unit for unit in self.caseload.units if unit.number not in numbers]

    @property
    def rows(self) -> int:
        """How many rows are done."""
        return sum(part.rows for part in self.done)

    def work(self, processes: int) -> Iterator[float]:
        """Do what is left on this machine; yields now and then how many rows are done."""
        left = self.left
        if left:
            yield from self._counted(spread(self.task, left, max(1, min(processes, len(left)))))

    def work_on_spark(self, master: str) -> Iterator[float]:
        """Do what is left on a Spark cluster."""
        from comity.triage import spark

        if self.left:
            yield from self._counted(spark.spread(self.task, self.left, master))

    def _counted(self, news: Iterator[Part | float]) -> Iterator[float]:
        beside = 0.0
        for new in news:
            if isinstance(new, Part):
                self.done.append(new)
            else:
                beside = new
            yield min(self.rows + beside, self.caseload.rows)

    def finish(self) -> None:
        """Write what belongs to the whole once all parts are there."""
        if self.refused is None:
            self.refused = self.output.finish(self.manifest)


def begin(
    given: Path,
    to: Path,
    rulebook: Rulebook,
    as_of: date | None,
    fresh: bool = False,
    counted: Counted = lambda rows: None,
) -> Run:
    """The run of the caseload *given* to the folder *to*, new or gone on with; *counted* is told of rows seen.

    A run that names no day and is gone on with keeps the day on which it was begun for cases that name none.

    Raises:
        InputError: the caseload cannot be read, or the folder belongs to another run.
    """
    found = caseload.files(given)
    files = caseload.identity(found)
    output = Output(to)
    known = output.open(fresh)
    wanted = {
        "input": str(given.resolve()),
        "files": [list(file) for file in files],
        "rulebook": rulebook.digest,
        "comity": __version__,
        "as_of": as_of.isoformat() if as_of else None,
    }
    if known is not None:
        _same(known, wanted, to)
        today = date.fromisoformat(known["today"])
        load = Caseload.of_plain(known)
        resumed = True
    else:
        today = date.today()
        units = _units(found, csvtables.is_folder(given), output, counted)
        load = Caseload(files, units)
        known = {**wanted, "today": today.isoformat(), **load.plain()}
        output.begin(known)
        resumed = False
    task = Task(rulebook, as_of, today, to.resolve())
    return Run(task, output, load, known, output.parts(load.units), resumed, known.get("refused"))


def _units(found: list[Path], tables: bool, output: Output, counted: Counted) -> tuple[Unit, ...]:
    if not tables:
        return caseload.plan(found, counted)
    sql = connection(output.work / "spill")
    try:
        refused = csvtables.join(found, sql, output.joined)
    finally:
        sql.close()
    if refused.num_rows:
        output.write_refused(refused, "tables")
    return caseload.plan([output.joined], counted)


_DIFFERENT = {
    "input": "another caseload",
    "files": "the caseload as it was then; it has changed since",
    "rulebook": "other rules",
    "comity": "another version of comity",
    "as_of": "another day of decision",
}


def _same(known: dict[str, Any], wanted: dict[str, Any], folder: Path) -> None:
    for key, value in wanted.items():
        if known.get(key) != value:
            told = f"was begun with {_DIFFERENT[key]}"
            hint = "name another folder, or begin anew with --fresh, which removes what is there"
            raise InputError([Finding(Place(str(folder)), "G005", told, hint)])
