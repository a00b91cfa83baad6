"""Assesses many cases, by several processes where that pays."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from typing import Final

from comity.diff.caseload import Told
from comity.diff.impact import Assessor, Impact, RulebookDiff

FEW: Final = 60
"""How many cases one process decides sooner than others are started."""

MOST: Final = 8
"""How many processes are started at most."""

_assessor: Assessor


def impacts(diff: RulebookDiff, cases: Sequence[Told], as_of: date | None = None) -> Iterator[Impact]:
    """What the change means for each case, in the order of the cases, as soon as it is known."""
    processes = min(os.cpu_count() or 1, MOST)
    if len(cases) < FEW or processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        assessor = Assessor(diff, as_of)
        yield from map(assessor.assess, cases)
        return
    # Forked, the processes share the rulebooks as they were read.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, context, _start, (diff, as_of)) as pool:
        try:
            yield from pool.map(_assess, cases, chunksize=8)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _start(diff: RulebookDiff, as_of: date | None) -> None:
    global _assessor
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells what was found so far
    _assessor = Assessor(diff, as_of)


def _assess(told: Told) -> Impact:
    return _assessor.assess(told)
