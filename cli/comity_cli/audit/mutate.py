"""``comity mutate``: which small faults in the rules would no scenario notice."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from comity.audit.bench import Bench
from comity.audit.mutants import TITLES, Mutant
from comity.audit.mutation import Fate, Verdict, mutants_of
from comity.audit.survey import LookedInto, mutation
from comity.law.rulebook import Rulebook, shipped_folder
from comity_cli import inputs
from comity_cli.audit import given
from comity_cli.audit.given import near
from comity_cli.audit.progress import progress, stoppable
from comity_cli.guard import PROGRAM_FAULT
from comity_cli.render.console import console, line

Result = tuple[Mutant, Verdict]
INTERRUPTED = "Interrupted"


def run(
    paths: list[Path],
    ids: list[str],
    scenarios: list[Path],
    sample: int | None,
    seed: int,
    at_least: float | None,
    proofs: bool,
    cases: Path | None,
    as_json: bool,
    rules: Path | None,
) -> int:
    """Try the mutants of the chosen rules on the scenarios; 1 where fewer than *at_least* per cent are noticed.

    With *proofs* survivors are looked into: some turn out to be equivalent. For the others *cases* gets case files in
    which they would be noticed.

    Raises:
        InputError: there are no such rules or scenarios.
    """
    rulebook = inputs.written(rules)
    worked = given.scenarios(scenarios)
    found = list(mutants_of(rulebook, given.rules(rulebook, paths, ids)))
    if sample is not None and sample < len(found):
        picked = set(random.Random(seed).sample(range(len(found)), sample))
        found = [mutant for number, mutant in enumerate(found) if number in picked]
    if cases is not None:
        cases.mkdir(parents=True, exist_ok=True)
    bench = Bench(rulebook)
    results: list[Result] = []
    stopped = ""
    try:
        with stoppable(), progress() as bar:
            task = bar.add_task("deciding scenarios", total=len(worked), found="")
            for each in worked:
                bench.add(each)
                bar.update(task, advance=1)
        survivors = LookedInto(proofs, cases is not None)
        with stoppable(), closing(mutation(rules or shipped_folder(), bench, found, survivors)) as verdicts:
            results += itertools.islice(verdicts, 1)
            with progress() as bar:
                task = bar.add_task("trying mutants", total=len(found), found="")
                for verdict in verdicts:
                    results.append(verdict)
                    unnoticed = sum(verdict.fate is Fate.SURVIVED for _, verdict in results)
                    bar.update(task, completed=len(results), found=f"{unnoticed} unnoticed")
    except KeyboardInterrupt:
        stopped = INTERRUPTED
    except BrokenProcessPool:
        stopped = "A working process was ended from outside"
    failing = tuple(each.title for each in bench.failing)
    if as_json:
        print(json.dumps(_as_json(rulebook, results, failing, bool(stopped)), indent=2))
    else:
        _print(rulebook, results, failing, _written(results, cases))
        if stopped:
            line(console(), f"{stopped} after {len(results)} of {len(found)} mutants.", style="bold red")
    if stopped == INTERRUPTED:
        raise KeyboardInterrupt
    if stopped:
        return PROGRAM_FAULT
    score = _score(verdict for _, verdict in results)
    return 1 if failing or (at_least is not None and score is not None and score < at_least) else 0


def _score(verdicts: Iterable[Verdict]) -> float | None:
    """The share of mutants that were noticed, in per cent, equivalent ones apart; ``None`` where there are none."""
    fates = [verdict.fate for verdict in verdicts if verdict.fate in (Fate.KILLED, Fate.SURVIVED)]
    return 100 * fates.count(Fate.KILLED) / len(fates) if fates else None


def _written(results: list[Result], folder: Path | None) -> dict[str, Path]:
    """The case files written into *folder*, by the name of the survivor that each would notice."""
    paths: dict[str, Path] = {}
    for mutant, verdict in results:
        if folder is not None and verdict.shown is not None:
            path = paths[mutant.name] = folder / f"{mutant.id}-{mutant.number}.yaml"
            told = [f"{mutant.name}: {TITLES[mutant.fault]}", *mutant.diff.splitlines()[2:]]
            told += ["", "A scenario would notice, if this is the law and it expected one of:"]
            told += [*map(str, verdict.shown.lines)] or ["nothing that an officer sees"]
            comment = "".join(f"# {each}".rstrip() + "\n" for each in told)
            path.write_text(comment + verdict.shown.case.to_yaml(), encoding="utf-8")
    return paths


def _print(rulebook: Rulebook, results: list[Result], failing: tuple[str, ...], cases: dict[str, Path]) -> None:
    out = console()
    for mutant, verdict in results:
        head = Text(f"{near(str(mutant.rule.path))}:{mutant.line}  ", style="bold")
        if verdict.fate is Fate.EQUIVALENT:
            proof = f"the same in {verdict.by}: {verdict.how}"
            line(out, head.append(f"{mutant.name}: {TITLES[mutant.fault]}; {proof}", "dim"), hang=4)
        elif verdict.fate is Fate.SURVIVED:
            line(out, head.append(f"{mutant.name}: {TITLES[mutant.fault]}; no scenario notices", "default"), hang=4)
            for told in mutant.diff.splitlines()[2:]:
                style = {"-": "red", "+": "green", "@": "cyan"}.get(told[:1], "")
                out.print(Text(f"    {told}", style=style), soft_wrap=True)
            if verdict.by:
                line(out, f"'{verdict.by}' would notice if it expected {verdict.how}", 4, "dim")
            if mutant.name in cases:
                line(out, f"it would show in {near(str(cases[mutant.name]))}", 4, "dim")
    _table(rulebook, results, out)
    proved = sum(verdict.fate is Fate.EQUIVALENT for _, verdict in results)
    if proved:
        took = sum(verdict.seconds for _, verdict in results)
        line(out, f"{proved} make no difference, which is proved; to look for proofs took {took:.1f} s", style="dim")
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
        files.setdefault(near(str(mutant.rule.path)), []).append(verdict)
    for layer, files in groups.items():
        table.add_row(*_row(layer, [verdict for found in files.values() for verdict in found]), style="bold")
        for file, found in files.items():
            table.add_row(*_row(f"  {file}", found))
    kinds = {fault: [verdict for mutant, verdict in results if mutant.fault is fault] for fault in TITLES}
    for fault, found in kinds.items():
        if found:
            table.add_row(*_row(f"  {TITLES[fault]}", found), style="dim")
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
                "file": near(str(mutant.rule.path)),
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
