"""Units spread over processes of this machine, which end with the one that started them, however that ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing.sharedctypes import Synchronized, SynchronizedArray
from multiprocessing.synchronize import Event
from typing import Any, Final

from comity.processes import FORKS
from comity.triage.caseload import Unit
from comity.triage.output import Output, Part
from comity.triage.work import Task, Worker

LOOKED_AFTER: Final = 0.25
"""Seconds between two looks at how far the processes are."""


class Left(Exception):
    """Nobody waits for the unit any more."""


def spread(task: Task, units: Sequence[Unit], count: int) -> Iterator[Part | float]:
    """The parts of *units* as they are done by *count* processes, and in between how many rows are decided beside them.

    A single one is this process itself.

    Raises:
        BrokenProcessPool: a process was ended from outside.
    """
    if count == 1:
        yield from _alone(task, units)
        return
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    left, shares, slots = context.Event(), context.Array("d", count), context.Value("i", 0)
    executor = ProcessPoolExecutor(count, context, _begin, (task, left, shares, slots, os.getpid()))
    todo = iter(units)
    waiting: set[Future[Part]] = set()
    try:
        for unit in todo:
            waiting.add(executor.submit(_work, unit))
            if len(waiting) >= 2 * count:
                break
        while waiting:
            done, waiting = wait(waiting, LOOKED_AFTER, FIRST_COMPLETED)
            for future in done:
                yield future.result()
                unit_ = next(todo, None)
                if unit_ is not None:
                    waiting.add(executor.submit(_work, unit_))
            yield sum(shares[:])
    except BaseException:
        left.set()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _alone(task: Task, units: Sequence[Unit]) -> Iterator[Part]:
    output = Output(task.output)
    worker = Worker(task, output.store, output.work / "spill")
    try:
        for unit in units:
            yield worker.part(unit)
    finally:
        worker.close()


_worker: Worker | None = None
_shares: Any = None
_slot = 0


def _begin(task: Task, left: Event, shares: SynchronizedArray[float], slots: Synchronized[int], parent: int) -> None:
    global _worker, _shares, _slot
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process says what is done
    threading.Thread(target=_end_with, args=(parent, left), daemon=True).start()
    with slots.get_lock():
        _slot = slots.value
        slots.value += 1
    _shares = shares
    output = Output(task.output)
    spill = output.work / f"spill-{_slot}"
    spill.mkdir(exist_ok=True)
    tempfile.tempdir = str(spill)  # a process that is ended at once leaves its files where they are cleared away
    _worker = Worker(task, output.store, spill)


def _end_with(parent: int, left: Event) -> None:
    """End when nobody waits: nothing is lost, and who begins again does not find somebody writing."""
    while os.getppid() == parent and not left.is_set():
        time.sleep(0.1)
    os._exit(1)


def _work(unit: Unit) -> Part:
    assert _worker is not None

    def told(share: float) -> None:
        _shares[_slot] = share * unit.rows

    try:
        return _worker.part(unit, told)
    finally:
        told(0.0)
