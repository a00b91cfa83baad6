"""All mutants of some rules tried on all scenarios, in several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Generator, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from comity.audit.bench import Bench
from comity.audit.mutants import Mutant
from comity.audit.mutation import Verdict, mutants_of, tried
from comity.law.rulebook import Rulebook
from comity.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Failing:
    """Titles of scenarios that fail under the rules as they are, and so judge nothing."""

    titles: tuple[str, ...]


def survey(
    rules: Path, scenarios: list[Scenario], found: Iterable[Mutant], processes: int | None = None
) -> Generator[Failing | tuple[Mutant, Verdict], None, None]:
    """First what fails anyway, then each of the mutants *found* in the folder *rules* with its verdict, in order.

    What was not yielded yet is abandoned when the iterator is closed.
    """
    groups = [(id_, list(group)) for id_, group in groupby(found, key=lambda mutant: mutant.id)]
    count = min(processes or os.cpu_count() or 1, len(groups)) or 1
    executor = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _begin, (rules, scenarios))
    try:
        yield Failing(executor.submit(_failing).result())
        tasks = [(id_, frozenset(mutant.number for mutant in group)) for id_, group in groups]
        for (_, group), verdicts in zip(groups, executor.map(_verdicts, tasks), strict=True):
            yield from zip(group, verdicts, strict=True)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


_bench: Bench | None = None
"""What a working process tries mutants on."""


def _begin(rules: Path, scenarios: list[Scenario]) -> None:
    global _bench
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _bench = Bench(Rulebook.from_folder(rules), scenarios)


def _failing() -> tuple[str, ...]:
    assert _bench is not None
    return tuple(scenario.title for scenario in _bench.failing)


def _verdicts(task: tuple[str, frozenset[int]]) -> list[Verdict]:
    assert _bench is not None
    id_, numbers = task
    mutants = [mutant for mutant in mutants_of(_bench.rulebook, [id_]) if mutant.number in numbers]
    return list(tried(_bench, mutants))
