"""Scenarios decided and judged, one after the other."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.decision.model import Decision
from comity.decision.opinion import Counsel, Opinion
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook
from comity.law.supposition import suppose
from comity.scenario.judging import judge
from comity.scenario.reading import Scenario, find, read


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a scenario: it passed where ``failures`` is empty; an unreadable one has no ``decision``."""

    path: Path
    title: str
    failures: tuple[str, ...]
    seconds: float
    decision: Decision | None


def run(paths: Iterable[Path], rulebook: Rulebook) -> Iterator[Outcome]:
    """The outcome of each scenario under *paths* and of each of its variants, one after the other.

    Raises:
        InputError: as :func:`find`; a scenario that cannot be read is an outcome that failed.
    """
    counsel = Counsel(rulebook)
    for path in find(list(paths)):
        begun = time.perf_counter()
        try:
            scenario = read(path)
        except InputError as error:
            yield Outcome(path, path.stem, tuple(map(str, error.findings)), time.perf_counter() - begun, None)
            continue
        for one in (scenario, *scenario.variants):
            decision = None
            try:
                decision = opinion(counsel, one).decision
                failures = tuple(judge(one.expect, decision))
            except InputError as error:
                failures = tuple(map(str, error.findings))
            yield Outcome(path, one.title, failures, time.perf_counter() - begun, decision)
            begun = time.perf_counter()


def opinion(counsel: Counsel, scenario: Scenario, as_of: date | None = None) -> Opinion:
    """The opinion on the case of a scenario, under the law of its own day or of another, with what it supposes.

    Raises:
        InputError: as :meth:`Counsel.opinion`, or what the scenario supposes is nothing of the rulebook.
    """
    if scenario.suppose:
        counsel = Counsel(suppose(counsel.rulebook, scenario.suppose))
    return counsel.opinion(scenario.case, as_of or scenario.as_of)
