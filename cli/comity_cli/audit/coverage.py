"""``comity coverage``: which rules, conditions and exceptions the scenarios exercise."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from rich.table import Table
from rich.text import Text

from comity.audit import coverage, survey
from comity.audit.coverage import Coverage, RuleCoverage
from comity.law.rule import LawRule
from comity.law.rulebook import shipped_folder
from comity_cli import inputs
from comity_cli.audit import given
from comity_cli.audit.given import near
from comity_cli.audit.progress import progress
from comity_cli.render.console import console, line


def run(
    paths: list[Path], html: Path | None, gaps: bool, scenarios: list[Path], as_json: bool, rules: Path | None
) -> int:
    """Say what the scenarios exercise of the chosen rules, and write it as annotated rule files where *html* says.

    Raises:
        InputError: there are no such rules or scenarios.
    """
    rulebook = inputs.written(rules)
    worked = given.scenarios(scenarios)
    chosen = [rulebook.by_id[id_] for id_ in given.rules(rulebook, paths, [])]
    if html is not None:
        # Whether the pages can be written is known before minutes are spent on what would stand in them.
        html.mkdir(parents=True, exist_ok=True)
    found = coverage.nothing(rulebook)
    done, stopped = 0, False
    try:
        with closing(survey.coverage(rules or shipped_folder(), worked)) as results:
            for count, exercised in _watched(results, len(worked)):
                done += count
                for id_, more in exercised.items():
                    found[id_].add(more)
    except KeyboardInterrupt:
        stopped = True
    if as_json:
        print(json.dumps(_as_json(chosen, found, done), indent=2))
    else:
        _print(chosen, found, gaps)
        if html is not None:
            from comity_cli.audit import pages

            line(console(), f"Annotated rule files: {pages.write(html, chosen, found, done)}")
        if stopped:
            line(console(), f"Interrupted after {done} of {len(worked)} scenarios.", style="bold red")
    if stopped:
        raise KeyboardInterrupt
    return 0


def _watched(results: Iterator[tuple[int, Coverage]], total: int) -> Iterator[tuple[int, Coverage]]:
    """The results, with a bar that begins after the first, when all processes have begun."""
    yield from itertools.islice(results, 1)
    with progress() as bar:
        task = bar.add_task("looking through scenarios", total=total, found="")
        for count, exercised in results:
            yield count, exercised
            bar.update(task, advance=count)


def _print(chosen: list[LawRule], found: Coverage, gaps: bool) -> None:
    out = console()
    if gaps:
        for rule in chosen:
            for where, what in _gaps(rule, found[rule.id]):
                line(out, Text(f"{near(rule.place.file)}:{where}  ", style="bold").append(what, "default"), hang=4)
    table = Table(box=None, header_style="bold")
    table.add_column("rules", no_wrap=True)
    for name in ("apply", "fail alone", "prevail", "exercised"):
        table.add_column(name, justify="right")
    for layer, files in _grouped(chosen).items():
        table.add_row(*_row(layer, [rule for group in files.values() for rule in group], found), style="bold")
        for file, group in files.items():
            table.add_row(*_row(f"  {near(file)}", group, found))
    table.add_row(*_row("all", chosen, found), style="bold")
    out.print(table)
    if not gaps:
        told = "apply: rules; fail alone: conditions that fail while all others are met; prevail: overrides."
        line(out, f"{told} What is missing: --gaps", style="dim", hang=2)


def _grouped(chosen: list[LawRule]) -> dict[str, dict[str, list[LawRule]]]:
    layers: dict[str, dict[str, list[LawRule]]] = {}
    for rule in chosen:
        layers.setdefault(rule.layer, {}).setdefault(rule.place.file, []).append(rule)
    return layers


def _gaps(rule: LawRule, told: RuleCoverage) -> Iterator[tuple[int, str]]:
    """What no scenario exercises, with the line where it stands."""
    if not told.fired:
        yield rule.place.line, f"{rule.id} applies in no scenario"
    for place, titles in told.failed.items():
        if not titles:
            yield place.line, f"{rule.id}: no scenario meets all but this condition"
    lines = {id_: place.line for id_, place in rule.overrides}
    for other, titles in told.won.items():
        if not titles:
            yield lines[other], f"{rule.id} prevails over {other} in no scenario"


def _row(name: str, rules: list[LawRule], found: Coverage) -> list[str]:
    told = [found[rule.id] for rule in rules]
    failed = [titles for each in told for titles in each.failed.values()]
    won = [titles for each in told for titles in each.won.values()]
    counts = [f"{sum(map(bool, group))} of {len(group)}" for group in ([each.fired for each in told], failed, won)]
    return [name, *counts, _share(_points(told))]


def _points(told: Iterable[RuleCoverage]) -> tuple[int, int]:
    points = [each.points for each in told]
    return sum(got for got, _ in points), sum(of for _, of in points)


def _share(points: tuple[int, int]) -> str:
    return f"{100 * points[0] / points[1]:.1f} %" if points[1] else "-"


def _as_json(chosen: list[LawRule], found: Coverage, scenarios: int) -> dict[str, object]:
    return {
        "scenarios": scenarios,
        "rules": [
            {
                "rule": rule.id,
                "layer": rule.layer,
                "file": near(rule.place.file),
                "line": rule.place.line,
                "applies": sorted(found[rule.id].fired),
                "without_effect": sorted(found[rule.id].lost),
                "conditions": [
                    {"line": place.line, "fails_alone": sorted(titles)}
                    for place, titles in found[rule.id].failed.items()
                ],
                "overrides": [
                    {"rule": other, "prevails": sorted(titles)} for other, titles in found[rule.id].won.items()
                ],
            }
            for rule in chosen
        ],
    }
