"""``comity diff``: what a change of rules means, rule by rule, and for the advice on cases."""

from __future__ import annotations

import json as library
import sys
import time
from datetime import date
from pathlib import Path

import typer

from comity.diff import caseload, workers
from comity.diff.edition import editions
from comity.diff.groups import groups
from comity.diff.impact import Impact, RulebookDiff
from comity_cli.guard import WRONG_INPUT
from comity_cli.render.console import console, line, paged
from comity_cli.render.difference import Report, report

DEFAULT = Path("scenarios")


def run(old: str, new: str, cases: list[Path], scenarios: Path | None, as_of: date | None, json: bool) -> int:
    """Print what changes from *old* to *new*: 0 if nothing does, 1 if something does.

    Raises:
        InputError: a rulebook or a file of cases cannot be read.
    """
    here = Path.cwd()
    paths = [*([scenarios] if scenarios else [DEFAULT] if DEFAULT.is_dir() else []), *cases]
    files = caseload.find(paths)
    progress = _Progress()
    try:
        progress.say(f"reading {old} and {new}")
        with editions(old, new, here) as (first, second):
            found = RulebookDiff.of(first.rulebook, second.rulebook)
            progress.say(f"reading {len(files)} files of cases")
            told = list(caseload.read(files)) if found.rules or found.records else []
            impacts, interrupted = _impacts(found, told, as_of, progress)
    finally:
        progress.clear()
    made = Report(first, second, found, tuple(impacts), len(told), tuple(groups(impacts)))
    if json:
        unicode = (sys.stdout.encoding or "").lower().startswith("utf")
        typer.echo(library.dumps(made.plain(), indent=2, ensure_ascii=not unicode))
    else:
        out = console()
        with paged(out):
            report(made, out)
            if interrupted:
                line(out, f"Interrupted: {len(impacts)} of {len(told)} cases are compared.", style="bold red")
    if interrupted:
        raise KeyboardInterrupt
    if any(impact.findings for impact in impacts):
        return WRONG_INPUT
    return 1 if found.rules or found.records else 0


def _impacts(
    found: RulebookDiff, told: list[caseload.Told], as_of: date | None, progress: _Progress
) -> tuple[list[Impact], bool]:
    """What is known of each case, and whether somebody interrupted the work."""
    impacts: list[Impact] = []
    changed = 0
    begun = time.monotonic()
    try:
        for impact in workers.impacts(found, told, as_of):
            impacts.append(impact)
            changed += bool(impact.effects)
            left = (time.monotonic() - begun) / len(impacts) * (len(told) - len(impacts))
            progress.say(f"{len(impacts)} of {len(told)} cases, {changed} with other advice, {left:.0f} s left")
    except KeyboardInterrupt:
        return impacts, True
    return impacts, False


class _Progress:
    """Says on the error terminal how far it is, a few times in a second."""

    def __init__(self) -> None:
        self.shown = 0.0

    def say(self, told: str) -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and now - self.shown > 0.2:
            self.shown = now
            typer.echo(f"\r\033[K{told}", nl=False, err=True)

    def clear(self) -> None:
        if self.shown:
            typer.echo("\r\033[K", nl=False, err=True)
