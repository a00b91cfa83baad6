"""``comity decide``: the advice on a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from comity_cli import inputs


def run(file: Path, as_of: date | None, rules: Path | None, json: bool) -> int:
    """Print the decision on the case in *file*, as JSON if asked."""
    decision = inputs.opinion(file, as_of, rules).decision
    if json:
        print(decision.model_dump_json(indent=2))
        return 0
    from comity_cli.render import advice
    from comity_cli.render.console import console

    out = console()
    advice.first_screen(decision, out)
    advice.details(decision, out)
    return 0
