"""``comity init``: a folder for an agency that keeps rules of its own on top of the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import typer

from comity import __version__
from comity.editor import workspace
from comity.law.finding import Finding, InputError, Place

_VERSION: Final = "COMITY_VERSION"
"""What stands in the template for the version of the program."""

_EXAMPLES: Final = ("rules", "scenarios")
"""Folders that hold examples: where one of them exists, the agency has begun, and needs none."""


def run(folder: Path) -> int:
    """Write what is missing of the template into *folder*; nothing that is there is changed.

    Raises:
        InputError: *folder* is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError([Finding(Place(str(folder)), "F001", "this is a file, not a folder", "name a new folder")])
    kept = [name for name in _EXAMPLES if (folder / name).exists()]
    written: list[Path] = []
    for path, source in _template(files("comity_cli") / "template", Path()):
        target = folder / path
        if path.parts[0] in kept:
            continue
        if target.exists():
            kept.append(str(path))
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(source.read_text(encoding="utf-8").replace(_VERSION, __version__))
        written.append(path)
    if not any((folder / name).exists() for name in (workspace.FOLDER, workspace.SETTINGS)):
        written += [path.relative_to(folder) for path in workspace.write(folder, folder / "rules")[0]]
    for path in written:
        typer.echo(f"wrote {folder / path}")
    for name in kept:
        typer.echo(f"kept  {folder / name}, which is there already")
    if written:
        _next(folder, {str(path) for path in written})
    return 0


def _template(folder: Traversable, below: Path) -> Iterator[tuple[Path, Traversable]]:
    """Every file of the template with its path, folders last."""
    entries = sorted(folder.iterdir(), key=lambda entry: (entry.is_dir(), entry.name))
    for entry in entries:
        if entry.is_dir():
            yield from _template(entry, below / entry.name)
        else:
            yield below / entry.name, entry


def _next(folder: Path, written: set[str]) -> None:
    typer.echo("")
    typer.echo("README.md says what is where. To see that all is well:")
    typer.echo(f"  cd {folder}")
    typer.echo("  comity check rules")
    typer.echo("  comity test scenarios --rules rules")
    if ".github/workflows/rules.yml" in written:
        typer.echo("In .github/workflows/rules.yml, put the owner of your copy of comity in the place of OWNER.")
