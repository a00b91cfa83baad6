"""``comity decide``: the advice on a case."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import typer

from comity_cli import inputs


def run(file: Path, as_of: date | None, rules: Path | None, json: bool, supposed: list[str]) -> int:
    """Print the decision on the case in *file*, as JSON if asked."""
    decision = inputs.opinion(file, as_of, rules, supposed).decision
    if json:
        import json as library

        # Escapes keep a terminal that is not UTF-8 from losing letters.
        unicode = (sys.stdout.encoding or "").lower().startswith("utf")
        typer.echo(library.dumps(decision.model_dump(mode="json"), indent=2, ensure_ascii=not unicode))
        return 0
    from comity_cli.render import advice, details
    from comity_cli.render.console import console, paged

    out = console()
    with paged(out):
        advice.first_screen(decision, out)
        details.details(decision, out)
    return 0
