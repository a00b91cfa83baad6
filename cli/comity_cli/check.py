"""``comity check``: is a folder of rules and tables in order."""

from __future__ import annotations

from pathlib import Path

import typer

from comity.law.rulebook import read, shipped_folder


def run(folder: Path | None) -> int:
    """Print every fault of the rules in *folder*; 2 if there is any."""
    place = folder or shipped_folder()
    rulebook, findings = read(place)
    for finding in sorted(findings, key=lambda f: (f.place, f.code)):
        typer.echo(str(finding))
    if findings or rulebook is None:
        typer.echo(f"{len(findings)} findings in {place}", err=True)
        return 1 if place.is_dir() else 2
    rows = (
        sum(map(len, rulebook.tables.parties.values())) + len(rulebook.tables.bilateral) + len(rulebook.tables.states)
    )
    typer.echo(f"{len(rulebook.rules)} rules, {len(rulebook.authorities)} authorities, {rows} table rows: no findings")
    return 0
