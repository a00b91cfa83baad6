"""``comity editor``: schemas and settings with which an editor completes and checks rules, scenarios and cases."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from comity.editor import workspace
from comity.law.finding import Finding, InputError, Place
from comity.law.rulebook import shipped_folder


def run(folder: Path, rules: Path | None) -> int:
    """Write what an editor needs into *folder*; its rules are *rules*, else its folder ``rules``, else the shipped.

    Raises:
        InputError: a folder does not exist, or the rulebook has no tables.
    """
    own = folder / "rules"
    place = rules or (own if own.is_dir() else shipped_folder())
    for wanted in (folder, place):
        if not wanted.is_dir():
            raise InputError([Finding(Place(str(wanted)), "F001", "there is no such folder")])
    done, left = workspace.write(folder, place)
    for path in done:
        typer.echo(f"wrote {path}")
    for path in left:
        typer.echo(f"{path} is no plain JSON and stays as it is; add to it:", err=True)
        typer.echo(json.dumps(workspace.wanted(path.name, folder, place), indent=2), err=True)
    typer.echo("Editors with the YAML language server now complete and check what is written here.")
    typer.echo("Run this again when rules or authorities were added.")
    return 0
