"""Work spread over several processes, in order, and left at once when nobody waits for it any more."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing.synchronize import Event
from typing import Any, Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")


AHEAD: Final = 4
"""How many tasks are handed over to each process before the first of them is done."""

FORKS: Final = sys.platform == "linux"
"""Whether working processes begin with all that this one knows; elsewhere that is not safe, and they begin anew."""


def spread(
    work: Callable[[T], R],
    tasks: Sequence[T],
    begin: Callable[..., None],
    given: tuple[Any, ...],
    processes: int | None = None,
) -> Generator[R, None, None]:
    """What *work* makes of each of *tasks*, in their order, once *begin* has been done with what is *given*.

    What was not yielded yet is abandoned when the generator is closed, as soon as *work* returns; where that takes
    long it should ask :func:`abandoned`. There should be no other threads when the first result is asked for.

    Raises:
        BrokenProcessPool: a working process was ended from outside.
    """
    count = min(processes or os.cpu_count() or 1, len(tasks)) or 1
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    left = context.Event()
    if FORKS:
        begin(*given)
        executor = ProcessPoolExecutor(count, context, _stay, (left,))
    else:
        executor = ProcessPoolExecutor(count, context, _begin_anew, (left, begin, given))
    # Nothing that was handed over is ever cancelled: a result that arrives for what is cancelled ends in a traceback.
    waiting: deque[Future[R]] = deque()
    rest = iter(tasks)
    try:
        while True:
            waiting.extend(executor.submit(work, task) for task in islice(rest, AHEAD * count - len(waiting)))
            if not waiting:
                return
            yield waiting.popleft().result()
    finally:
        with _undisturbed():
            left.set()
            executor.shutdown()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without another Ctrl-C, which would leave processes behind that wait for each other."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_left: Event | None = None


def abandoned() -> bool:
    """Whether nobody waits any more for what this process works out."""
    return _left is not None and _left.is_set()


def _begin_anew(left: Event, begin: Callable[..., None], given: tuple[Any, ...]) -> None:
    _stay(left)
    begin(*given)


def _stay(left: Event) -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the process that says what was found.

    What the process begins with stays as long as it does, and is not looked through for garbage.
    """
    global _left
    _left = left
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
