"""Scenarios decided and judged, one after the other."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from comity.decision.model import Decision
from comity.decision.opinion import Counsel
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook
from comity.scenario.judging import judge
from comity.scenario.reading import find, read


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
                decision = counsel.opinion(one.case, one.as_of).decision
                failures = tuple(judge(one.expect, decision))
            except InputError as error:
                failures = tuple(map(str, error.findings))
            yield Outcome(path, one.title, failures, time.perf_counter() - begun, decision)
            begun = time.perf_counter()
