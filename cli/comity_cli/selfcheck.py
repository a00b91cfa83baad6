"""``comity selfcheck``: do the readings of the rulebook agree."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import typer

from comity import selfcheck
from comity_cli import inputs
from comity_cli.guard import DISAGREEMENT, both_answers


def run(cases: int, seed: int, rules: Path | None) -> int:
    """Compare the readings on random cases; 70 if they differ anywhere."""
    begun = shown = time.monotonic()

    def progress(done: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if sys.stderr.isatty() and now - shown > 0.5:
            shown = now
            left = (now - begun) / done * (cases - done)
            typer.echo(f"\r{done} of {cases} cases, {left:.0f} s left  ", nl=False, err=True)

    result = selfcheck.run(inputs.rulebook(rules), cases, seed, progress)
    if sys.stderr.isatty():
        typer.echo("\r" + " " * 50 + "\r", nl=False, err=True)
    typer.echo(str(result))
    for disagreement in result.disagreements[:3]:
        typer.echo(both_answers(disagreement), err=True)
    return DISAGREEMENT if result.disagreements else 0
