"""``comity triage`` killed or interrupted at any moment: the next run goes on, and nothing is lost or there twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

COMITY = [sys.executable, "-P", "-m", "comity_cli"]
ROWS = 4_000
STATES = ("FR", "US", "IE", "NL", "JP", "SG", "CN", "BR")


@pytest.fixture
def caseload(tmp_path: Path) -> Path:
    """Some cases that are alike, some that are not, and a row now and then that is no case."""
    path = tmp_path / "cases.jsonl"
    with path.open("w") as lines:
        for n in range(1, ROWS + 1):
            state = "XX" if n % 500 == 7 else STATES[n % 8]
            years = {s: (n // 41**k) % 41 for k, s in enumerate(("FR", "US"))}
            offence = {
                "id": "act",
                "category": "cyber-fraud",
                "conduct_in": [STATES[n % 7]],
                "max_penalty_years": years,
            }
            data = [{"id": f"mail-{n}", "category": "content", "stored_in": state}]
            told = {"case": f"case-{n}", "forum": "DE", "as_of": "2026-01-01", "offences": [offence], "data": data}
            lines.write(json.dumps(told) + "\n")
    return path


def command(caseload: Path, out: Path, law: Path) -> list[str]:
    return [*COMITY, "triage", str(caseload), "--out", str(out), "--rules", str(law), "--processes", "2"]


def run(caseload: Path, out: Path, law: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(caseload, out, law), capture_output=True, text=True, check=False, timeout=240)


def parts(out: Path) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in (out / "decisions").glob("*.parquet")}


def until(found: float, out: Path, running: subprocess.Popen[str]) -> None:
    """Wait until so many parts are there, or the process has ended."""
    while running.poll() is None and len(parts(out)) < found:
        time.sleep(0.02)


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on_where_it_was(caseload: Path, law: Path, tmp_path: Path) -> None:
    """The moments are drawn anew each time; the seed is in the message of a failure."""
    seed = random.SystemRandom().randrange(2**32)
    draw = random.Random(seed)
    whole, out = tmp_path / "whole", tmp_path / "out"
    assert run(caseload, whole, law).returncode == 1
    killed = 0
    for wanted in (0, 2, 4, 6):
        running = subprocess.Popen(command(caseload, out, law), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(wanted, out, running)
        time.sleep(draw.random() * 0.5)
        running.send_signal(signal.SIGKILL)
        killed += running.wait() == -signal.SIGKILL
        before = parts(out)
    assert killed, seed
    last = run(caseload, out, law)
    assert last.returncode == 1, last.stderr
    assert {name: at for name, at in parts(out).items() if name in before} == before, seed
    assert parts(out).keys() == parts(whole).keys()
    assert (out / "refused.csv").read_text() == (whole / "refused.csv").read_text()
    one, other = (pq.read_table(folder / "decisions") for folder in (out, whole))
    assert one.equals(other), seed
    assert one["row"].to_pylist() == [n for n in range(1, ROWS + 1) if n % 500 != 7]
    assert not list(out.rglob(".*.tmp"))
    assert {p.name for p in (out / "work").iterdir()} == {"lock"}


def test_the_processes_of_a_run_that_is_killed_end_with_it(caseload: Path, law: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    running = subprocess.Popen(command(caseload, out, law), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(1, out, running)
    others = children(running.pid)
    assert running.poll() is not None or others
    running.send_signal(signal.SIGKILL)
    running.wait()
    deadline = time.monotonic() + 10
    while any(map(alive, others)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, others))


def children(pid: int) -> list[int]:
    if sys.platform == "linux":
        try:
            return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        except FileNotFoundError:  # it has done its work already
            return []
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return list(map(int, found.stdout.split()))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or ") Z" not in state.read_text()


def test_ctrl_c_says_what_is_done_and_how_to_go_on(caseload: Path, law: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    running = subprocess.Popen(
        command(caseload, out, law),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until(1, out, running)
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert f"of {ROWS:,} rows are done" in told
    assert "The same command goes on from there." in told
    assert "Traceback" not in told
    assert run(caseload, out, law).returncode == 1
    assert len(pq.read_table(out / "decisions")) == ROWS - 8
