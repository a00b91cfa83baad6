"""Assesses many cases, by several processes where that pays."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from typing import Final

from comity.diff.caseload import Told
from comity.diff.impact import Assessor, Impact, RulebookDiff

WORTH_A_PROCESS: Final = 30
"""How many cases a process has to have before it is worth its start."""

AT_ONCE: Final = 8
"""How many cases a process is handed at a time."""


def impacts(diff: RulebookDiff, cases: Sequence[Told], as_of: date | None = None) -> Generator[Impact, None, None]:
    """What the change means for each case, in the order of the cases, as soon as it is known.

    What was not yielded yet is abandoned when the iterator is closed.
    """
    count = min(os.cpu_count() or 1, len(cases) // WORTH_A_PROCESS)
    if count < 2:
        yield from map(Assessor(diff, as_of).assess, cases)
        return
    # Where it is safe a process inherits the rulebooks instead of being sent them.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    executor = ProcessPoolExecutor(count, context, _start, (diff, as_of))
    try:
        yield from executor.map(_assess, cases, chunksize=AT_ONCE)
    finally:
        # What is in hand is finished, which takes no second; a process that is killed would be complained of.
        executor.shutdown(wait=False, cancel_futures=True)


_assessor: Assessor | None = None
"""What a working process asks."""


def _start(diff: RulebookDiff, as_of: date | None) -> None:
    global _assessor
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells what was found so far
    _assessor = Assessor(diff, as_of)


def _assess(told: Told) -> Impact:
    assert _assessor is not None
    return _assessor.assess(told)
