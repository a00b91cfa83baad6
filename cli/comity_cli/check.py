"""``comity check``: is a folder of rules and tables in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import typer

from comity.decision import agency
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook, read, shipped_folder


def run(folder: Path | None, stale: int | None = None, about: Iterable[str] = ()) -> int:
    """Say what the rules in *folder* hold, and with *stale* what nobody has verified within so many days (exit 1).

    *about* narrows the latter to states and instruments.

    Raises:
        InputError: with every fault of the folder.
    """
    place = folder or shipped_folder()
    rulebook, findings = read(place)
    if findings or rulebook is None:
        count = "1 fault" if len(findings) == 1 else f"{len(findings)} faults"
        typer.echo(f"{count} in {place}:", err=True)
        raise InputError(findings)
    tables = rulebook.tables
    rows = sum(map(len, (*tables.parties.values(), tables.bilateral, tables.states, tables.networks)))
    typer.echo(f"{place}: {len(rulebook.rules)} rules, {len(rulebook.authorities)} authorities, {rows} rows of tables")
    if rulebook.beneath is not None:
        _own(rulebook)
    if stale is not None:
        from comity_cli.stale import report

        return report(rulebook, stale, about, date.today())
    typer.echo("Everything is in order.")
    return 0


def _own(rulebook: Rulebook) -> None:
    """Say what is the agency's own, and where and why it departs from what comity ships."""
    added = len(rulebook.own) - sum(change.target in rulebook.own for change in rulebook.changes)
    counts = ((added, "rule added", "rules added"), (len(rulebook.changes), "change", "changes"))
    told = ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts)
    typer.echo(f"On top of the rules that comity ships: {told}.")
    for change in rulebook.changes:
        typer.echo(f"{change.place}  {agency.told(change)}")
