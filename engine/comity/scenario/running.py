"""Scenarios decided and judged, in several processes where there are many.

The reference reading decides them: nobody is advised here, and that the readings agree is for *selfcheck* to show.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from comity.decision.draft import Draft
from comity.decision.opinion import Counsel, Opinion
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook
from comity.law.supposition import suppose
from comity.logic.agreement import Reference
from comity.logic.terms import Literal
from comity.processes import abandoned, spread
from comity.scenario.judging import judge
from comity.scenario.reading import Scenario, find, read
from comity.scenario.words import Words

WORTH_A_PROCESS: Final = 20
"""How many files a process has to have before it is worth its start."""


class Text(NamedTuple):
    """A scenario as it is written: the digest of its file, and its number there, variants counted after the whole."""

    digest: str
    number: int


class Passed(Protocol):
    """What is known of scenarios that have passed before."""

    def still(self, text: Text, scenario: Scenario) -> bool:
        """Whether a scenario is known to pass under the rules of today as it did before, if its words can be said."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a scenario: it passed where ``failures`` is empty.

    It was not ``decided`` again where it was known to pass. ``rests_on`` is all that holds in its case, and for those
    who ask, where that is to be remembered.
    """

    path: Path
    title: str
    failures: tuple[str, ...]
    seconds: float
    text: Text | None = None
    rests_on: tuple[Literal, ...] | None = None
    decided: bool = True


def run(
    paths: Iterable[Path], rulebook: Rulebook, processes: int | None = None, passed: Passed | None = None
) -> Generator[Outcome, None, None]:
    """The outcome of each scenario under *paths* and of each of its variants, in the order of the files.

    What is known to have *passed*, and to pass still, is not decided again; without it nothing is to be remembered
    either. What was not yielded yet is abandoned when the iterator is closed.

    Raises:
        InputError: as :func:`find`; a scenario that cannot be read is an outcome that failed.
        BrokenProcessPool: a working process was ended from outside.
    """
    files = find(list(paths))
    count = min(processes or os.cpu_count() or 1, len(files) // WORTH_A_PROCESS)
    if count < 2:
        runner = _Runner(rulebook, passed)
        for path in files:
            yield from runner.outcomes(path)
        return
    with closing(spread(_outcomes_of, files, _begin, (rulebook, passed), count)) as found:
        for outcomes in found:
            yield from outcomes


class _Runner:
    """Decides and judges one file after the other."""

    def __init__(self, rulebook: Rulebook, passed: Passed | None) -> None:
        self.counsel = Counsel(rulebook, Reference(rulebook.program))
        self.words = Words(rulebook)
        self.passed = passed

    def outcomes(self, path: Path) -> Iterator[Outcome]:
        """The outcomes of the scenarios in a file."""
        begun = time.perf_counter()
        try:
            scenario = read(path, self.counsel.rulebook)
        except InputError as error:
            yield Outcome(path, path.stem, tuple(map(str, error.findings)), time.perf_counter() - begun)
            return
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        # One and the same object wherever something holds, so that little is sent from process to process.
        once: dict[Literal, Literal] = {}
        for number, one in enumerate((scenario, *scenario.variants)):
            text = Text(digest, number)
            unsaid = tuple(self.words.never_said(one.expect))
            if self.passed is not None and self.passed.still(text, one):
                yield Outcome(path, one.title, unsaid, time.perf_counter() - begun, text, decided=False)
            else:
                failures, held = self._decided(one)
                rests_on = None if held is None else tuple([once.setdefault(literal, literal) for literal in held])
                yield Outcome(path, one.title, unsaid + failures, time.perf_counter() - begun, text, rests_on)
            begun = time.perf_counter()

    def _decided(self, scenario: Scenario) -> tuple[tuple[str, ...], frozenset[Literal] | None]:
        """How a scenario fails, and what holds in it where that is to be remembered."""
        try:
            advised = _advised(self.counsel, scenario)
            failures = tuple(judge(scenario.expect, advised))
        except InputError as error:
            return tuple(map(str, error.findings)), None
        if self.passed is None or not isinstance(advised, Draft):
            return failures, None
        held = (reasons.model.held for reasons in (advised.reasons, *advised.theirs.values()))
        return failures, frozenset().union(*held)


_runner: _Runner | None = None
"""What a working process asks."""


def _begin(rulebook: Rulebook, passed: Passed | None) -> None:
    global _runner
    _runner = _Runner(rulebook, passed)


def _outcomes_of(path: Path) -> list[Outcome]:
    assert _runner is not None
    return [] if abandoned() else list(_runner.outcomes(path))


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
