"""``comity check``: is a folder of rules and tables in order."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import typer

from comity.decision import agency
from comity.law.checks import examine
from comity.law.finding import Finding, Place, Severity
from comity.law.mending import Mended, fix_of, mend
from comity.law.rulebook import Rulebook, shipped_folder
from comity_cli.check import formats
from comity_cli.guard import WRONG_INPUT

NOT_VERIFIED: Final = "E002"
ROUNDS: Final = 10
"""How often files are looked at again after a mend: what is mended may uncover more."""


def run(
    folder: Path | None,
    stale: int | None = None,
    about: Iterable[str] = (),
    strict: bool = False,
    every: bool = False,
    form: str = "text",
    fix: bool = False,
) -> int:
    """Say what is wrong in *folder*: 2 where it cannot be used, 1 for what *strict* or *stale* asks, otherwise 0.

    *about* narrows what is stale to states and instruments. ``every`` shows notes too; ``fix`` mends first what can be
    mended.

    Raises:
        InputError: no fact is about what is named.
    """
    place = folder or shipped_folder()
    asked = frozenset(about)
    rulebook, found = examine(place, date.today(), stale, asked)
    mended: list[Mended] = []
    for _ in range(ROUNDS if fix else 0):
        done = mend([f for f in found if f.severity is not Severity.NOTE], place)
        if not done:
            break
        mended += done
        rulebook, found = examine(place, date.today(), stale, asked)
    shown = [replace(f, place=from_here(f.place)) for f in found if every or f.severity is not Severity.NOTE]
    mended = [replace(m, place=from_here(m.place)) for m in mended]
    if form == "text":
        _tell(place, rulebook, [f for f in shown if f.code != NOT_VERIFIED], len(found) - len(shown), mended)
        if rulebook is not None and stale is not None:
            from comity_cli.check.stale import report

            report(rulebook, stale, asked, date.today())
    else:
        typer.echo(formats.FORMATS[form](shown, mended))
    worst = {f.severity for f in found}
    if Severity.ERROR in worst:
        return WRONG_INPUT
    return 1 if (strict and Severity.WARNING in worst) or any(f.code == NOT_VERIFIED for f in found) else 0


def from_here(place: Place) -> Place:
    """The place with its file named as it is reached from the working directory, where it lies below that."""
    path = Path(place.file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        return place._replace(file=str(path.relative_to(Path.cwd())))
    return place


def _tell(place: Path, rulebook: Rulebook | None, shown: list[Finding], hidden: int, mended: list[Mended]) -> None:
    for done in mended:
        typer.echo(f"{done.place}  mended {done.code}  {done.says}")
    if rulebook is None:
        typer.echo(f"{_count(len(shown), 'fault')} in {place}:", err=True)
        typer.echo("\n".join(map(str, shown)), err=True)
        _offer(shown, err=True)
        return
    tables = rulebook.tables
    rows = sum(map(len, (*tables.parties.values(), tables.bilateral, tables.states, tables.networks)))
    typer.echo(f"{place}: {len(rulebook.rules)} rules, {len(rulebook.authorities)} authorities, {rows} rows of tables")
    if rulebook.beneath is not None:
        _departures(rulebook)
    for finding in shown:
        typer.echo(str(finding))
    warnings = sum(f.severity is Severity.WARNING for f in shown)
    faults = sum(f.severity is Severity.ERROR for f in shown)
    counted = [_count(number, word) for number, word in ((faults, "fault"), (warnings, "warning")) if number]
    typer.echo(f"{' and '.join(counted)}." if counted else "Everything is in order.")
    _offer(shown)
    if hidden and sys.stdout.isatty():
        typer.echo(f"{_count(hidden, 'note')} with --all.")


def _departures(rulebook: Rulebook) -> None:
    """Say what is the agency's own, and where and why it departs from what comity ships."""
    added = len(rulebook.own) - sum(change.target in rulebook.own for change in rulebook.changes)
    told = f"{_count(added, 'rule')} added, {_count(len(rulebook.changes), 'change')}"
    typer.echo(f"On top of the rules that comity ships: {told}.")
    for change in rulebook.changes:
        typer.echo(f"{from_here(change.place)}  {agency.told(change)}")


def _offer(shown: list[Finding], err: bool = False) -> None:
    """Say what can be done about findings."""
    codes = list(dict.fromkeys(f.code for f in shown if f.severity is not Severity.NOTE))
    fixable = sum(fix_of(f) is not None for f in shown)
    more = f"comity check --explain {codes[0]} says more" if codes else ""
    mends = f"--fix mends {fixable} of them" if fixable else ""
    if more or mends:
        typer.echo("; ".join(filter(None, (mends, more))) + ".", err=err)


def _count(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number} {word}s"
