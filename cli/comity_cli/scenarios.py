"""``comity test``: scenarios and what is expected of them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.text import Text

from comity import scenario
from comity.diff.rerun import rerun
from comity.law.finding import Finding, InputError, Place
from comity_cli import inputs
from comity_cli.render.console import console, line

DEFAULT = Path("scenarios")


def run(paths: list[Path], junit: Path | None, fresh: bool, rules: Path | None) -> int:
    """Run the scenarios under *paths*; 1 if any fails. *fresh* decides also what no change can touch."""
    if not paths and not DEFAULT.is_dir():
        hint = "name files or folders: comity test PATH"
        raise InputError([Finding(Place(str(DEFAULT)), "F001", "there is no folder of scenarios here", hint)])
    rulebook = inputs.rulebook(rules)
    if junit is not None:
        # Whether the report can be written is known before minutes are spent on what would stand in it.
        junit.open("a", encoding="utf-8").close()
    outcomes = []
    out = console()
    try:
        with closing(rerun(paths or [DEFAULT], rulebook, rules, fresh)) as found:
            for outcome in found:
                outcomes.append(outcome)
                told = Text("FAIL " if outcome.failures else "ok   ", style="bold red" if outcome.failures else "green")
                line(out, told.append(f"{outcome.title} ({outcome.path})", "default"), hang=5)
                for failure in outcome.failures:
                    for part in failure.splitlines():
                        line(out, part, 5, hang=2)
    except KeyboardInterrupt:
        _summary(out, outcomes, " before the interruption")
        raise
    failed = _summary(out, outcomes)
    if junit is not None:
        junit.write_text(scenario.junit(outcomes), encoding="utf-8")
    return 1 if failed else 0


def _summary(out: Console, outcomes: list[scenario.Outcome], when: str = "") -> int:
    """Say how many passed; how many failed."""
    failed = sum(bool(outcome.failures) for outcome in outcomes)
    line(out, f"{len(outcomes) - failed} passed, {failed} failed{when}", style="bold red" if failed else "bold green")
    untouched = sum(not outcome.decided for outcome in outcomes)
    if untouched:
        told = "1 was" if untouched == 1 else f"{untouched} were"
        line(out, f"{told} not decided again: no change since touches what passed; --fresh decides all.")
    return failed
