"""``comity check``: is a folder of rules and tables in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import typer

from comity.law.finding import InputError
from comity.law.property import read_properties
from comity.law.rulebook import read, shipped_folder


def run(folder: Path | None, stale: int | None = None, about: Iterable[str] = ()) -> int:
    """Say what the rules in *folder* hold, and with *stale* what nobody has verified within so many days (exit 1).

    *about* narrows the latter to states and instruments.

    Raises:
        InputError: with every fault of the folder.
    """
    place = folder or shipped_folder()
    rulebook, findings = read(place)
    if rulebook is not None:
        findings = [*findings, *read_properties(rulebook)[1]]
    if findings or rulebook is None:
        count = "1 fault" if len(findings) == 1 else f"{len(findings)} faults"
        typer.echo(f"{count} in {place}:", err=True)
        raise InputError(findings)
    tables = rulebook.tables
    rows = sum(map(len, (*tables.parties.values(), tables.bilateral, tables.states, tables.networks)))
    typer.echo(f"{place}: {len(rulebook.rules)} rules, {len(rulebook.authorities)} authorities, {rows} rows of tables")
    if stale is not None:
        from comity_cli.stale import report

        return report(rulebook, stale, about, date.today())
    typer.echo("Everything is in order.")
    return 0
