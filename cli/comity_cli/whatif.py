"""``comity what-if``: how the advice changes with the facts."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import typer
from rich.console import Console

from comity.decision.opinion import Counsel
from comity.decision.whatif import Change, UnknownFact, assigned, differences, unknowns
from comity.law.case import Case
from comity.law.finding import Finding, InputError, Place
from comity_cli import inputs
from comity_cli.render.console import console, line

FEW = 8
"""How many changes are told of one answer to an unknown fact."""


def run(
    file: Path,
    assignments: list[str],
    ask_unknowns: bool,
    as_of: date | None,
    rules: Path | None,
    supposed: list[str],
) -> int:
    """Print what other facts, answers to the unknown ones, or treaties supposed to be in force would change."""
    if not assignments and not ask_unknowns and not supposed:
        hint = "--set data.mail.stored_in=IE, --unknowns, or --suppose uncc=2027-01-01"
        raise InputError([Finding(Place("what-if"), "Q003", "say which fact is to change", hint)])
    known = inputs.rulebook(rules)
    case, own = inputs.case(file, known)
    as_of = inputs.day(as_of, supposed)
    counsel = Counsel(inputs.supposing(known, own))
    before = counsel.opinion(case, as_of)
    out = console()
    if supposed:
        counsel = Counsel(inputs.supposing(known, [*own, *supposed]))
        after = counsel.opinion(case, as_of)
        for text in after.decision.suppositions:
            line(out, f"Supposed, not law: {text}.", style="bold yellow")
        line(out, f"Under the law of {after.as_of} this changes:", style="bold")
        _changes(differences(before.decision, after.decision), out, 2)
        before = after
    if assignments:
        case = assigned(case, assignments)
        after = counsel.opinion(case, as_of or case.as_of or before.as_of)
        line(out, f"With {', '.join(assignments)}:", style="bold")
        _changes(differences(before.decision, after.decision), out, 2)
    if ask_unknowns:
        _unknowns(counsel, case, as_of or case.as_of or before.as_of, out)
    return 0


def _changes(changes: Iterable[Change], out: Console, indent: int) -> None:
    told = list(changes)
    if not told:
        line(out, "the advice stays the same", indent)
    for change in told:
        if not change.before:
            line(out, f"{change.topic}: + {change.after}", indent, "green", 2)
        elif not change.after:
            line(out, f"{change.topic}: - {change.before}", indent, "red", 2)
        else:
            line(out, f"{change.topic}: {change.before} -> {change.after}", indent, hang=2)


def _unknowns(counsel: Counsel, case: Case, as_of: date, out: Console) -> None:
    quiet: list[str] = []
    progress = _Progress()
    try:
        for fact in unknowns(counsel, case, as_of):
            progress.step()
            if fact.changes:
                progress.clear()
                _fact(fact, out)
            else:
                quiet.append(fact.path)
    except KeyboardInterrupt:
        progress.clear()
        line(out, f"Interrupted after {progress.done} unknown facts; what was found so far stands above.", hang=2)
        raise
    progress.clear()
    if quiet:
        line(out, f"No answer changes the advice: {', '.join(quiet)}", style="dim", hang=2)
    if not progress.done:
        line(out, "No fact of this case is unknown.")


def _fact(fact: UnknownFact, out: Console) -> None:
    line(out, f"{fact.path} is unknown, and it matters:", style="bold")
    alike: dict[tuple[Change, ...], list[str]] = {}
    for answer, changes in fact.changes.items():
        alike.setdefault(changes, []).append(answer)
    for changes, answers in alike.items():
        line(out, f"{' or '.join(answers)}:", 2, hang=2)
        _changes(changes[:FEW], out, 4)
        if len(changes) > FEW:
            line(out, f"and {len(changes) - FEW} more: comity what-if FILE --set {fact.path}={answers[0]}", 4, "dim", 2)
    same = [answer for answer in fact.answers if answer not in fact.changes]
    if same:
        line(out, f"{' or '.join(same)}: the advice stays the same", 2, "dim", 2)


class _Progress:
    """Says on the error terminal how far it is, once that takes more than a second."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.done = 0
        self.shown = False

    def step(self) -> None:
        self.done += 1
        if sys.stderr.isatty() and time.monotonic() - self.begun > 1:
            self.shown = True
            typer.echo(f"\r\033[K{self.done} unknown facts tried", nl=False, err=True)

    def clear(self) -> None:
        if self.shown:
            typer.echo("\r\033[K", nl=False, err=True)
            self.shown = False
