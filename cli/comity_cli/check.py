"""``comity check``: is a folder of rules and tables in order."""

from __future__ import annotations

from pathlib import Path

import typer

from comity.law.finding import InputError
from comity.law.rulebook import read, shipped_folder


def run(folder: Path | None) -> int:
    """Say what the rules in *folder* hold.

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
    typer.echo("Everything is in order.")
    return 0
