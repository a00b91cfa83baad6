"""``comity what-if``: how the advice changes with the facts."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from comity.decision.opinion import Counsel
from comity.decision.whatif import Change, differences, set_facts, unknowns
from comity.law.case import Case
from comity.law.finding import Finding, InputError, Place
from comity_cli import inputs
from comity_cli.render.console import console, line


def run(file: Path, assignments: list[str], ask_unknowns: bool, as_of: date | None, rules: Path | None) -> int:
    """Print what other facts, or answers to the unknown ones, would change."""
    if not assignments and not ask_unknowns:
        hint = "--set data.mail.stored_in=IE, or --unknowns"
        raise InputError([Finding(Place("what-if"), "Q003", "say which fact is to change", hint)])
    case = inputs.case(file)
    counsel = Counsel(inputs.rulebook(rules))
    before = counsel.opinion(case, as_of)
    out = console()
    if assignments:
        changed = set_facts(case, assignments)
        changes = differences(before.decision, counsel.opinion(changed, as_of or before.as_of).decision)
        out.print(Text(f"With {', '.join(assignments)}:", style="bold"))
        _changes(changes, out)
        case = changed
    if ask_unknowns:
        _unknowns(counsel, case, as_of or before.as_of, out)
    return 0


def _changes(changes: list[Change], out: Console, indent: int = 2) -> None:
    if not changes:
        line(out, "the advice stays the same", indent)
    for change in changes:
        if change.topic == "plan":
            _plan_change(change, out, indent)
            continue
        line(out, f"{change.topic}: {change.before} -> {change.after}", indent)


def _plan_change(change: Change, out: Console, indent: int) -> None:
    before, after = (text.split("; ") if text else [] for text in (change.before, change.after))
    for mark, steps, others in (("-", before, after), ("+", after, before)):
        for step in steps:
            if step not in others:
                line(out, f"plan {mark} {step}", indent)


def _unknowns(counsel: Counsel, case: Case, as_of: date, out: Console) -> None:
    quiet: list[str] = []
    begun = time.monotonic()
    done = 0
    try:
        for fact in unknowns(counsel, case, as_of):
            done += 1
            if time.monotonic() - begun > 1:
                typer.echo(f"\r{done} unknown facts tried", nl=False, err=True)
            if not fact.changes:
                quiet.append(fact.path)
                continue
            out.print(Text(f"{fact.path} is unknown, and it matters:", style="bold"))
            for answer, changes in fact.changes.items():
                line(out, f"if {answer}:", 2)
                _changes(list(changes), out, 4)
    except KeyboardInterrupt:
        out.print(f"interrupted after {done} unknown facts; what was found stands above")
    if time.monotonic() - begun > 1:
        typer.echo("\r" + " " * 40 + "\r", nl=False, err=True)
    if quiet:
        out.print(Text(f"Unknown, and no answer changes the advice: {', '.join(quiet)}", style="dim"))
    if not done:
        out.print("No fact of this case is unknown.")
