"""Mutants tried on scenarios, and scenarios looked through for what they exercise, in several processes."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.audit.bench import Basis, Bench, law_of
from comity.audit.coverage import Coverage, Probes, RuleCoverage
from comity.audit.equivalence import Prover
from comity.audit.mutants import Mutant
from comity.audit.mutation import Verdict, mutants_of, tried
from comity.law.rulebook import Rulebook
from comity.processes import FORKS, abandoned, spread
from comity.scenario import Scenario

HANDFUL: Final = 8
"""How many scenarios a process looks through before it says what it found."""


_Task = tuple[str, frozenset[int]]
"""The id of a rule and the numbers of its mutants that are tried."""


@dataclass(frozen=True, slots=True)
class LookedInto:
    """Whether it is proved which survivors are equivalent, and whether the others are shown by a case."""

    proofs: bool = True
    cases: bool = False


def mutation(
    rules: Path,
    bench: Bench,
    found: Sequence[Mutant],
    survivors: LookedInto = LookedInto(),
    processes: int | None = None,
) -> Generator[tuple[Mutant, Verdict], None, None]:
    """Each of the mutants *found* in the folder *rules* with its verdict, in order."""
    groups = [list(group) for _, group in itertools.groupby(found, key=lambda mutant: mutant.id)]
    tasks: list[_Task] = [(group[0].id, frozenset(mutant.number for mutant in group)) for group in groups]
    scenarios = [seat.scenario for seat in bench.seats]
    begin, given = (_use, (bench, survivors)) if FORKS else (_set_up_bench, (rules, scenarios, survivors))
    with closing(spread(_try, tasks, begin, given, processes)) as results:
        for group, verdicts in zip(groups, results, strict=True):
            yield from zip(group, verdicts, strict=True)


def coverage(
    rules: Path, scenarios: list[Scenario], processes: int | None = None
) -> Generator[tuple[int, Coverage], None, None]:
    """What one handful of the *scenarios* after the other exercises, and how many they are."""
    handfuls = [scenarios[start : start + HANDFUL] for start in range(0, len(scenarios), HANDFUL)]
    with closing(spread(_look_through, handfuls, _set_up_probes, (rules,), processes)) as results:
        for handful, found in zip(handfuls, results, strict=True):
            yield len(handful), found


_bench: Bench | None = None
_prover: Prover | None = None
_survivors = LookedInto()
_probes: Probes | None = None
"""What a working process has at hand."""


def _set_up_bench(rules: Path, scenarios: list[Scenario], survivors: LookedInto) -> None:
    _use(Bench(Rulebook.from_folder(rules), scenarios), survivors)


def _use(bench: Bench, survivors: LookedInto) -> None:
    global _bench, _prover, _survivors
    _bench, _survivors = bench, survivors
    _prover = Prover(bench.rulebook) if survivors.proofs or survivors.cases else None


def _try(task: _Task) -> list[Verdict]:
    assert _bench is not None
    id_, numbers = task
    mutants = [mutant for mutant in mutants_of(_bench.rulebook, [id_]) if mutant.number in numbers]
    verdicts = tried(_bench, mutants, _prover, _survivors.cases)
    return list(itertools.takewhile(lambda verdict: not abandoned(), verdicts))


def _set_up_probes(rules: Path) -> None:
    global _probes
    _probes = Probes(Rulebook.from_folder(rules))


def _look_through(scenarios: list[Scenario]) -> Coverage:
    assert _probes is not None
    found: Coverage = {}
    for scenario in scenarios:
        if abandoned():
            break
        basis = Basis(scenario.case, scenario.as_of, law_of(scenario, _probes.rulebook))
        for id_, exercised in _probes.exercised(scenario.title, basis).items():
            found.setdefault(id_, RuleCoverage()).add(exercised)
    return found
