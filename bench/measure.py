"""What the scripts here share: how long something takes, how much memory it has taken, and a line of results."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """How many seconds something takes, by the clock and of processors together, and what it returns."""
    begun, worked = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - begun, time.process_time() - worked, result


def peak_memory() -> float:
    """The most memory that this process has had so far, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**30 if sys.platform == "darwin" else 2**20)


class Report:
    """Prints results as JSON lines, and adds them to a file where there is one."""

    def __init__(self, bench: str, out: Path | None) -> None:
        self.bench, self.out = bench, out

    def line(self, **what: Any) -> None:
        """One result; numbers are rounded to four digits."""
        row = {"bench": self.bench} | {k: float(f"{v:.4g}") if isinstance(v, float) else v for k, v in what.items()}
        text = json.dumps(row)
        print(text, flush=True)
        if self.out is not None:
            with self.out.open("a", encoding="utf-8") as file:
                file.write(text + "\n")
