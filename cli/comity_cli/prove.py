"""``comity prove``: what holds of every possible case."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from comity import proof, scenario
from comity.decision.proving import Judgment, Standing
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.property import FOLDER, Claim
from comity_cli.render.console import console, line

SCENARIOS = Path("scenarios")

_STYLE = {
    Standing.PROVED: "green",
    Standing.PROVED_HERE: "green",
    Standing.FAILS: "bold red",
    Standing.OPEN: "bold yellow",
}
_WIDTH = len("proved here ")
_WORD = {Standing.PROVED_HERE: "proved here"}


def run(only: Sequence[str], axioms: bool, out: Path | None, rules: Path | None, as_of: date | None) -> int:
    """Judge the claims of a rulebook; 1 if one fails or stays open, or the tables break what proofs assume.

    Raises:
        InputError: the rules or their properties cannot be used, or there is no such property.
    """
    claims = _chosen(proof.Claims.read(rules), only)
    if not claims.properties:
        hint = "claim something in a file there; rules/README.md says how"
        raise InputError([Finding(Place(str(claims.folder / FOLDER)), "Q010", "there is no property to prove", hint)])
    screen = console()
    sound = _assumptions(claims, screen, axioms)
    if axioms:
        return 0 if sound else 1
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    found = scenario.find([SCENARIOS]) if SCENARIOS.is_dir() else []
    begun = time.monotonic()
    results: list[Judgment | proof.Rules] = []
    counter = _Counter(
        len([claim for claim in claims.properties if claim.goal is not None]), len(claims.rulebook.rules)
    )
    try:
        for result in proof.run(claims, as_of or date.today(), found):
            if isinstance(result, proof.Progress):
                counter.show(result)
                continue
            counter.clear()
            results.append(result)
            if isinstance(result, proof.Rules):
                _rules(result, screen)
            else:
                _judgment(result, screen, out, rules)
    except KeyboardInterrupt:
        counter.clear()
        _sum(results, screen, begun)
        raise
    _sum(results, screen, begun)
    failed = any(result.standing in (Standing.FAILS, Standing.OPEN) for result in results)
    return 1 if failed or not sound else 0


def _chosen(claims: proof.Claims, only: Sequence[str]) -> proof.Claims:
    known = [claim.id for claim in claims.properties if claim.claim is not Claim.TABLES_NEVER]
    for name in only:
        if name not in known:
            hint = one_of(name, known)
            raise InputError([Finding(Place("--property"), "Q009", f"there is no property '{name}'", hint)])
    if not only:
        return claims
    kept = [claim for claim in claims.properties if claim.id in only or claim.axiom is not None]
    return replace(claims, properties=tuple(kept))


def _assumptions(claims: proof.Claims, screen: Console, in_full: bool) -> bool:
    """Say what is assumed, and whether the tables keep to it."""
    begun = time.monotonic()
    assumed = list(claims.assumptions())
    breaches = claims.breaches()
    if in_full:
        forms = list(claims.forms())
        line(screen, f"Of every case file, by its form ({len(forms)}):", style="bold")
        for text in forms:
            line(screen, f"- {text}", 1, hang=2)
        line(screen, f"Of the tables ({len(assumed)}):", style="bold")
        for text in assumed:
            line(screen, f"- {text}", 1, hang=2)
    for breach in breaches:
        facts = " and ".join(map(str, breach.facts))
        told = Text("broken".ljust(_WIDTH), style="bold red")
        line(screen, told.append(f"{breach.says}: since {breach.day} {facts}", "default"), hang=_WIDTH)
    if not breaches:
        took = f"({time.monotonic() - begun:.1f} s)"
        text = f"{len(assumed)} assumptions about the tables, each checked against every row on every day {took}"
        line(screen, Text("checked".ljust(_WIDTH), style="green").append(text, "default"), hang=_WIDTH)
    return not breaches


def _head(standing: Standing, title: str, name: str, seconds: float, screen: Console) -> None:
    word = _WORD.get(standing, standing.value)
    told = Text(word.ljust(_WIDTH), style=_STYLE[standing]).append(f"{title} ", "default")
    line(screen, told.append(f"({name}, {seconds:.1f} s)", "dim"), hang=_WIDTH)


def _judgment(judgment: Judgment, screen: Console, out: Path | None, rules: Path | None) -> None:
    claim = judgment.claim
    _head(judgment.standing, claim.title, claim.id, judgment.seconds, screen)
    if judgment.standing is Standing.PROVED_HERE:
        line(screen, "whatever the case, under these tables; other tables could break it with:", _WIDTH)
        _list(judgment.rows, screen)
    elif judgment.standing is Standing.OPEN:
        line(screen, f"neither proved nor broken: {judgment.why}", _WIDTH)
        _list(judgment.rows, screen)
    elif judgment.standing is Standing.FAILS:
        line(screen, judgment.text, _WIDTH)
        _list(judgment.rows, screen)
    if judgment.case is not None:
        _case(judgment, screen, out, rules)


def _list(rows: Iterable[str], screen: Console) -> None:
    for row in rows:
        line(screen, f"- {row}", _WIDTH, hang=2)


def _case(judgment: Judgment, screen: Console, out: Path | None, rules: Path | None) -> None:
    assert judgment.case is not None
    text = judgment.case.to_yaml()
    if out is None:
        if judgment.standing is Standing.FAILS:
            for part in text.splitlines():
                line(screen, part, _WIDTH + 2)
        return
    path = out / f"{judgment.claim.id}.yaml"
    path.write_text(f"# comity prove, {judgment.claim.id}: {judgment.text}\n{text}", encoding="utf-8")
    line(screen, f"comity decide {path}{f' --rules {rules}' if rules else ''}", _WIDTH)


def _rules(rules: proof.Rules, screen: Console) -> None:
    assert rules.claim is not None
    _head(rules.standing, rules.claim.title, rules.claim.id, rules.seconds, screen)
    line(screen, str(rules), _WIDTH)
    for name in rules.never:
        line(screen, f"never: {name}", _WIDTH, hang=2)
    for name, why in rules.open.items():
        line(screen, f"open: {name} ({why})", _WIDTH, hang=2)
    by_rows: dict[str, list[str]] = {}
    for name, rows in sorted(rules.waiting.items()):
        by_rows.setdefault(", ".join(rows), []).append(name)
    for said, names in sorted(by_rows.items()):
        line(screen, f"waits for {said}: {', '.join(names)}", _WIDTH, hang=2)


def _sum(results: Sequence[Judgment | proof.Rules], screen: Console, begun: float) -> None:
    count = {standing: sum(result.standing is standing for result in results) for standing in Standing}
    proved = count[Standing.PROVED] + count[Standing.PROVED_HERE]
    parts = [f"{proved} proved", f"{count[Standing.FAILS]} failed"]
    parts += [f"{count[Standing.OPEN]} open"] if count[Standing.OPEN] else []
    bad = count[Standing.FAILS] + count[Standing.OPEN]
    text = f"{', '.join(parts)} ({time.monotonic() - begun:.0f} s)"
    line(screen, text, style="bold red" if bad else "bold green")


class _Counter:
    """How far it is, on the error output of a terminal."""

    def __init__(self, claims: int, rules: int) -> None:
        self.claims, self.rules = claims, rules
        self.shown = False

    def show(self, progress: proof.Progress) -> None:
        """Show it."""
        if sys.stderr.isatty():
            self.shown = True
            text = f"{progress.claims} of {self.claims} claims, {progress.rules} of {self.rules} rules"
            typer.echo(f"\r{text}  ", nl=False, err=True)

    def clear(self) -> None:
        """Take it off the screen."""
        if self.shown:
            typer.echo("\r" + " " * 60 + "\r", nl=False, err=True)
