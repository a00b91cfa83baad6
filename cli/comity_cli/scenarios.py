"""``comity test``: scenarios and what is expected of them."""

from __future__ import annotations

from pathlib import Path

import typer

from comity import scenario
from comity_cli import inputs


def run(paths: list[Path], junit: Path | None, rules: Path | None) -> int:
    """Run the scenarios under *paths*; 1 if any fails."""
    outcomes = []
    for outcome in scenario.run(paths, inputs.rulebook(rules)):
        outcomes.append(outcome)
        typer.echo(f"{'FAIL' if outcome.failures else 'ok  '} {outcome.title} ({outcome.path})")
        for failure in outcome.failures:
            typer.echo("     " + failure.replace("\n", "\n     "))
    failed = sum(bool(outcome.failures) for outcome in outcomes)
    typer.echo(f"{len(outcomes) - failed} passed, {failed} failed")
    if junit is not None:
        junit.write_text(scenario.junit(outcomes), encoding="utf-8")
    return 1 if failed else 0
