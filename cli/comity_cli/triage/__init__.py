"""``comity triage``: decides a whole caseload, goes on where it was stopped, and says what it comes to."""

from __future__ import annotations

import json as library
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import typer

from comity.triage.comparison import compare
from comity.triage.run import Run, begin
from comity.triage.summary import summary
from comity_cli import inputs
from comity_cli.render.console import console
from comity_cli.triage import report, screen
from comity_cli.triage.progress import Progress

REFUSED = 1
"""The exit code where rows were left aside because they are no case that can be decided."""


def run(
    given: Path,
    out: Path,
    as_of: date | None,
    processes: int | None,
    fresh: bool,
    html: Path | None,
    against: Path | None,
    spark: str | None,
    json: bool,
    rules: Path | None,
    supposed: list[str],
) -> int:
    """Decide the caseload *given* into the folder *out*: 0 if every row is decided, 1 if some are no case.

    Raises:
        InputError: the caseload, the rules or the folder cannot be used.
    """
    begun = time.monotonic()
    known = inputs.rulebook(rules, supposed)
    with Progress() as shown:
        found = begin(given, out, known, inputs.day(as_of, supposed), fresh, shown.reading)
        before = found.rows
        try:
            shown.started(before, found.caseload.rows)
            for rows in _work(found, processes, spark):
                shown.decided(rows)
            shown.said("writing what belongs to the whole")
            found.finish()
            numbers = summary(found.output, found.refused or 0)
            compared = compare(against, found.output) if against else None
        except KeyboardInterrupt:
            shown.close()
            _stopped(found)
            raise
        finally:
            found.output.close()
    told = report.Report(found, numbers, compared, time.monotonic() - begun, found.rows - before)
    if html is not None:
        report.write(told, html)
    if json:
        plain = {"summary": asdict(numbers), "compared": asdict(compared) if compared else None}
        typer.echo(library.dumps(plain, indent=2))
    else:
        screen.show(told, console(), html)
    return REFUSED if numbers.refused else 0


def _work(found: Run, processes: int | None, spark: str | None) -> Iterator[float]:
    return found.work_on_spark(spark) if spark else found.work(processes or os.cpu_count() or 1)


def _stopped(found: Run) -> None:
    if found.caseload.rows:
        typer.echo(
            f"Stopped: {found.rows:,} of {found.caseload.rows:,} rows are done, in {found.output.folder}. "
            "The same command goes on from there.",
            err=True,
        )
        sys.stderr.flush()
