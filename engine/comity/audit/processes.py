"""Work spread over several processes, in order, and left at once when nobody waits for it any more."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def spread(
    work: Callable[[T], R],
    tasks: Sequence[T],
    begin: Callable[..., None],
    given: tuple[Any, ...],
    processes: int | None = None,
) -> Generator[R, None, None]:
    """What *work* makes of each of *tasks*, in their order.

    Each process first does *begin* with what is *given*. What was not yielded yet is abandoned when the generator is
    closed.
    """
    count = min(processes or os.cpu_count() or 1, len(tasks)) or 1
    executor = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _start, (begin, given))
    try:
        yield from executor.map(work, tasks)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


def _start(begin: Callable[..., None], given: tuple[Any, ...]) -> None:
    # Ctrl-C reaches every process of the terminal; whoever waits for the work says what was found.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    begin(*given)
