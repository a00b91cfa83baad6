"""``comity mutate``: which small faults in the rules would no scenario notice."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from comity import scenario
from comity.audit.mutants import TITLES, Mutant
from comity.audit.mutation import Fate, Verdict, mutants_of
from comity.audit.survey import Failing, survey
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.rulebook import Rulebook, shipped_folder
from comity_cli import inputs
from comity_cli.render.console import console, line

DEFAULT = Path("scenarios")
Result = tuple[Mutant, Verdict]


def run(
    paths: list[Path],
    ids: list[str],
    scenarios: list[Path],
    sample: int | None,
    seed: int,
    at_least: float | None,
    as_json: bool,
    rules: Path | None,
) -> int:
    """Try the mutants of the chosen rules on the scenarios; 1 where fewer than *at_least* per cent are noticed.

    Raises:
        InputError: there are no such rules or scenarios.
    """
    rulebook = inputs.rulebook(rules)
    if not scenarios and not DEFAULT.is_dir():
        hint = "name files or folders: comity mutate --scenarios PATH"
        raise InputError([Finding(Place(str(DEFAULT)), "F001", "there is no folder of scenarios here", hint)])
    read = [scenario.read(path) for path in scenario.find(scenarios or [DEFAULT])]
    worked = [each for one in read for each in (one, *one.variants)]
    found = list(mutants_of(rulebook, _chosen(rulebook, paths, ids)))
    if sample is not None and sample < len(found):
        picked = set(random.Random(seed).sample(range(len(found)), sample))
        found = [mutant for number, mutant in enumerate(found) if number in picked]
    results: list[Result] = []
    failing: tuple[str, ...] = ()
    stopped = False
    try:
        with _progress() as bar, closing(survey(rules or shipped_folder(), worked, found)) as verdicts:
            task = bar.add_task(f"deciding {len(worked)} scenarios", total=None, found="")
            for each in verdicts:
                if isinstance(each, Failing):
                    failing = each.titles
                    bar.update(task, description="trying mutants", total=len(found))
                    continue
                results.append(each)
                unnoticed = sum(verdict.fate is Fate.SURVIVED for _, verdict in results)
                bar.update(task, advance=1, found=f"{unnoticed} unnoticed")
    except KeyboardInterrupt:
        stopped = True
    if as_json:
        print(json.dumps(_as_json(rulebook, results, failing, stopped), indent=2))
    else:
        _print(rulebook, results, failing)
        if stopped:
            line(console(), f"Interrupted after {len(results)} of {len(found)} mutants.", style="bold red")
    if stopped:
        raise KeyboardInterrupt
    score = _score(verdict for _, verdict in results)
    return 1 if failing or (at_least is not None and score is not None and score < at_least) else 0


def _chosen(rulebook: Rulebook, paths: list[Path], ids: list[str]) -> list[str]:
    faults = []
    chosen = set(ids)
    for id_ in ids:
        if id_ not in rulebook.by_id:
            faults.append(Finding(Place(id_), "R012", f"there is no rule '{id_}'", one_of(id_, rulebook.by_id)))
    for path in paths:
        whole = path.resolve()
        inside = {r.id for r in rulebook.rules if Path(r.place.file).resolve().is_relative_to(whole)}
        if not inside:
            what = "has no rules of this rulebook" if path.exists() else "there is no such file or folder"
            faults.append(Finding(Place(str(path)), "F001", what))
        chosen |= inside
    if faults:
        raise InputError(faults)
    return [rule.id for rule in rulebook.rules if rule.id in chosen or not (paths or ids)]


def _progress() -> Progress:
    errors = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    more = (TextColumn("{task.fields[found]}"), TimeRemainingColumn())
    return Progress(*columns, *more, console=errors, transient=True, disable=not errors.is_terminal)


def _score(verdicts: Iterable[Verdict]) -> float | None:
    """The share of mutants that were noticed, in per cent, equivalent ones apart; ``None`` where there are none."""
    fates = [verdict.fate for verdict in verdicts if verdict.fate in (Fate.KILLED, Fate.SURVIVED)]
    return 100 * fates.count(Fate.KILLED) / len(fates) if fates else None


def _near(path: str) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return path


def _print(rulebook: Rulebook, results: list[Result], failing: tuple[str, ...]) -> None:
    out = console()
    for mutant, verdict in results:
        if verdict.fate is Fate.SURVIVED:
            head = Text(f"{_near(str(mutant.rule.path))}:{mutant.line}  ", style="bold")
            line(out, head.append(f"{mutant.name}: {TITLES[mutant.fault]}; no scenario notices", "default"))
            for told in mutant.diff.splitlines()[2:]:
                style = {"-": "red", "+": "green", "@": "cyan"}.get(told[:1], "")
                out.print(Text(f"    {told}", style=style), soft_wrap=True)
    _table(rulebook, results, out)
    for title in failing:
        line(out, f"fails under the rules as they are, and judges nothing: {title}", style="bold red")


def _table(rulebook: Rulebook, results: list[Result], out: Console) -> None:
    table = Table(box=None, header_style="bold")
    table.add_column("rules")
    for name in ("killed", "survived", "equivalent", "score"):
        table.add_column(name, justify="right")
    groups: dict[str, dict[str, list[Verdict]]] = {}
    for mutant, verdict in results:
        files = groups.setdefault(rulebook.by_id[mutant.id].layer, {})
        files.setdefault(_near(str(mutant.rule.path)), []).append(verdict)
    for layer, files in groups.items():
        table.add_row(*_row(layer, [verdict for found in files.values() for verdict in found]), style="bold")
        for file, found in files.items():
            table.add_row(*_row(f"  {file}", found))
    table.add_row(*_row("all", [verdict for _, verdict in results]), style="bold")
    out.print(table)


def _row(name: str, found: list[Verdict]) -> list[str]:
    fates = [verdict.fate for verdict in found]
    score = _score(found)
    counts = [str(fates.count(fate)) for fate in (Fate.KILLED, Fate.SURVIVED, Fate.EQUIVALENT)]
    return [name, *counts, "-" if score is None else f"{score:.1f} %"]


def _as_json(rulebook: Rulebook, results: list[Result], failing: tuple[str, ...], stopped: bool) -> dict[str, object]:
    return {
        "score": _score(verdict for _, verdict in results),
        "complete": not stopped,
        "failing": list(failing),
        "mutants": [
            {
                "mutant": mutant.name,
                "rule": mutant.id,
                "layer": rulebook.by_id[mutant.id].layer,
                "file": _near(str(mutant.rule.path)),
                "line": mutant.line,
                "fault": mutant.fault,
                "fate": verdict.fate,
                "by": verdict.by,
                "how": verdict.how,
                "diff": mutant.diff,
            }
            for mutant, verdict in results
        ],
    }
