"""Scenarios decided and judged, in several processes where there are many.

The reference reading decides them: nobody is advised here, and that the readings agree is for *selfcheck* to show.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from comity.decision.draft import Draft
from comity.decision.opinion import Counsel, Opinion
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook
from comity.law.supposition import suppose
from comity.logic.agreement import Reference
from comity.processes import abandoned, spread
from comity.scenario.judging import judge
from comity.scenario.reading import Scenario, find, read
from comity.scenario.words import Words

WORTH_A_PROCESS: Final = 20
"""How many files a process has to have before it is worth its start."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a scenario: it passed where ``failures`` is empty."""

    path: Path
    title: str
    failures: tuple[str, ...]
    seconds: float


def run(paths: Iterable[Path], rulebook: Rulebook, processes: int | None = None) -> Generator[Outcome, None, None]:
    """The outcome of each scenario under *paths* and of each of its variants, in the order of the files.

    What was not yielded yet is abandoned when the iterator is closed.

    Raises:
        InputError: as :func:`find`; a scenario that cannot be read is an outcome that failed.
        BrokenProcessPool: a working process was ended from outside.
    """
    files = find(list(paths))
    count = min(processes or os.cpu_count() or 1, len(files) // WORTH_A_PROCESS)
    if count < 2:
        counsel, words = _counsel_under(rulebook), Words(rulebook)
        for path in files:
            yield from _outcomes(counsel, words, path)
        return
    with closing(spread(_outcomes_of, files, _begin, (rulebook,), count)) as found:
        for outcomes in found:
            yield from outcomes


_counsel: Counsel | None = None
_words: Words | None = None
"""What a working process asks."""


def _begin(rulebook: Rulebook) -> None:
    global _counsel, _words
    # The rulebook stays, so that looking through it for garbage again and again is in vain.
    gc.freeze()
    _counsel, _words = _counsel_under(rulebook), Words(rulebook)


def _counsel_under(rulebook: Rulebook) -> Counsel:
    return Counsel(rulebook, Reference(rulebook.program))


def _outcomes_of(path: Path) -> list[Outcome]:
    assert _counsel is not None
    assert _words is not None
    return [] if abandoned() else list(_outcomes(_counsel, _words, path))


def _outcomes(counsel: Counsel, words: Words, path: Path) -> Generator[Outcome, None, None]:
    begun = time.perf_counter()
    try:
        scenario = read(path)
    except InputError as error:
        yield Outcome(path, path.stem, tuple(map(str, error.findings)), time.perf_counter() - begun)
        return
    for one in (scenario, *scenario.variants):
        try:
            failures = (*words.never_said(one.expect), *judge(one.expect, _advised(counsel, one)))
        except InputError as error:
            failures = tuple(map(str, error.findings))
        yield Outcome(path, one.title, failures, time.perf_counter() - begun)
        begun = time.perf_counter()


def _advised(counsel: Counsel, scenario: Scenario) -> Opinion | Draft:
    """What is advised, of which no more is worked out than is expected."""
    if counsel.beneath is not None:
        return opinion(counsel, scenario)
    return _supposing(counsel, scenario).draft(scenario.case, scenario.as_of)


def _supposing(counsel: Counsel, scenario: Scenario) -> Counsel:
    return counsel.under(suppose(counsel.rulebook, scenario.suppose)) if scenario.suppose else counsel


def opinion(counsel: Counsel, scenario: Scenario, as_of: date | None = None) -> Opinion:
    """The opinion on the case of a scenario, under the law of its own day or of another, with what it supposes.

    Raises:
        InputError: as :meth:`Counsel.opinion`, or what the scenario supposes is nothing of the rulebook.
    """
    return _supposing(counsel, scenario).opinion(scenario.case, as_of or scenario.as_of)
