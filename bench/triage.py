"""How fast whole caseloads are decided, whether time grows faster than they do, and how much memory that takes.

    .venv/bin/python bench/triage.py                                # 10^4 and 10^5 cases
    .venv/bin/python bench/triage.py --cases 1000000 --out results.jsonl
    .venv/bin/python bench/triage.py --cases 2000 --different       # no two cases are alike

Prints a JSON line for each size: ``cases``, ``different`` (how many had to be decided), ``seconds`` of the whole
command and ``rate`` in cases a second, ``peak_gib`` of all its processes together, and ``growth``: the time for a case
beside that in the size before, which is at most 1 where time grows no faster than the caseload. A second run over what
is done is measured as ``again``. Run it on an idle machine.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from caseload import TODAY, write
from measure import Report

COMITY = [sys.executable, "-P", "-m", "comity_cli"]


def memory(pid: int) -> int:
    """The memory in bytes that a process and its children have now (Linux)."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    return pages * 4096 + sum(memory(int(child)) for child in children)


def run(command: list[str]) -> tuple[float, float, dict[str, int]]:
    """Seconds, the most memory in GiB, and the numbers that the command prints."""
    begun = time.perf_counter()
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        while running.poll() is None:
            peak = max(peak, memory(running.pid))
            time.sleep(0.1)
        seconds = time.perf_counter() - begun
        told = running.stdout.read() if running.stdout else ""
    if running.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {running.returncode}")
    numbers: dict[str, int] = json.loads(told)["summary"]
    return seconds, peak / 2**30, numbers


def main() -> None:
    """Measure each size in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--different", action="store_true")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    report = Report("triage", given.out)
    folder = Path(tempfile.mkdtemp(prefix="comity-bench-"))
    before = None
    try:
        for count in given.cases:
            path = write(folder / f"{count}.parquet", count, given.seed, given.different)
            out = folder / "decided"
            command = [*COMITY, "triage", str(path), "--out", str(out), "--as-of", str(TODAY), "--json"]
            command += ["--processes", str(given.processes)]
            seconds, peak, numbers = run(command)
            again, _, _ = run(command)
            growth = None if before is None else seconds / count / before
            before = seconds / count
            report.line(
                kind="different" if given.different else "alike",
                cases=count,
                different=numbers["alike"],
                processes=given.processes,
                seconds=seconds,
                rate=count / seconds,
                peak_gib=peak,
                growth=growth,
                again=again,
            )
            shutil.rmtree(out)
            path.unlink()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
