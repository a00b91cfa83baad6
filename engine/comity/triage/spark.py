"""The same work inside the executors of a Spark cluster.

``comity triage --spark`` hands units to executors, which read the caseload and write the parts themselves: both have to
be reachable under the same path from everywhere. A program that has cases in a DataFrame of its own uses
:func:`decisions`: chunks of cases go in, tables of decisions come out.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from comity.law.finding import Finding, InputError, Place
from comity.law.rulebook import Rulebook
from comity.triage import columns, schema
from comity.triage.caseload import Unit
from comity.triage.chunk import Decider
from comity.triage.output import Output, Part
from comity.triage.processes import LOOKED_AFTER
from comity.triage.work import Task, Worker

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PART: Final = pa.schema([("part", pa.string())])


def session(master: str) -> SparkSession:
    """A session on *master*, such as ``spark://host:7077`` or ``local-cluster[2,1,1024]``.

    Raises:
        InputError: Spark or Java is not installed, or the master cannot be reached.
    """
    place = Place(f"--spark {master}")
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise InputError([Finding(place, "G006", "Spark is not installed", "pip install comity[spark]")]) from None
    if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        hint = "install Java 17 or 21, or name its folder in JAVA_HOME"
        raise InputError([Finding(place, "G006", "Spark needs Java, which is not found", hint)])
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        made = SparkSession.builder.master(master).appName("comity triage")
        for key, value in _SETTINGS.items():
            made = made.config(key, value)
        return made.getOrCreate()
    except Exception as error:  # Py4J and the launcher of Java raise what they like
        told = str(error).strip().split("\n")[0]
        raise InputError([Finding(place, "G006", f"there is no Spark: {told}")]) from None


_SETTINGS: Final = {
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "20000",
    # A unit that is slow is not begun a second time elsewhere.
    "spark.speculation": "false",
}


def spread(task: Task, units: Sequence[Unit], master: str) -> Iterator[Part | float]:
    """The parts of *units* as executors are done with them.

    Raises:
        InputError: there is no Spark, or an executor failed.
    """
    spark = session(master)
    try:
        told = [(json.dumps(asdict(unit)),) for unit in units]
        frame = spark.createDataFrame(told, "unit string").repartition(len(units))
        written = frame.mapInArrow(_writing(task), "part string")
        yield from _watched(written.collect, Output(task.output), units)
    finally:
        spark.stop()


def _watched(job: Callable[[], list[Any]], output: Output, units: Sequence[Unit]) -> Iterator[Part | float]:
    """What the executors write while they work: each part is seen once."""
    failed: list[Exception] = []

    def work() -> None:
        try:
            job()
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    missing = {unit.number: unit for unit in units}
    while missing:
        thread.join(LOOKED_AFTER)
        alive = thread.is_alive()
        for unit in list(missing.values()):
            part = output.part(unit)
            if part is not None:
                del missing[unit.number]
                yield part
        if not alive:
            break
        yield 0.0
    thread.join()
    if failed:
        told = next((line for line in reversed(str(failed[0]).splitlines()) if line.strip()), "it does not say why")
        raise InputError([Finding(Place("--spark"), "G006", f"an executor failed: {told.strip()}")])
    if missing:
        hint = "both the caseload and the output have to be on storage that all machines share"
        raise InputError([Finding(Place("--spark"), "G006", "the parts that executors wrote are not here", hint)])


def _writing(task: Task) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def write(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        folder = _folder()
        worker = Worker(task, folder / "decided.sqlite", folder / "spill")
        for batch in batches:
            for told in batch.column(0).to_pylist():
                part = worker.part(Unit(**json.loads(told)))
                yield pa.RecordBatch.from_pylist([{"part": json.dumps(asdict(part))}], _PART)

    return write


def decisions(cases: DataFrame, rulebook: Rulebook, as_of: date | None = None) -> DataFrame:
    """The decisions on *cases*: a column ``row`` of whole numbers, and those of :data:`comity.triage.schema.cases`.

    The columns of the result are those of :data:`comity.triage.schema.decisions`. Rows that are no case that can be
    decided are left out: their ``row`` is missing from the result.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    columns.check(pa.schema([f for f in _arrow(cases) if f.name != "row"]), "the DataFrame")
    today = date.today()

    def decide(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        folder = _folder()
        decider = Decider(rulebook, as_of, today, folder / "decided.sqlite", folder / "spill")
        for batch in batches:
            decider.sql.register("given", pa.Table.from_batches([batch]))
            told = decider.sql.sql(columns.told(batch.schema, "given")).to_arrow_table().cast(schema.told)
            yield from decider.decide(told).decisions.to_batches()

    return cases.mapInArrow(decide, from_arrow_schema(schema.decisions))


def _arrow(frame: DataFrame) -> pa.Schema:
    from pyspark.sql.pandas.types import to_arrow_schema

    found: pa.Schema = to_arrow_schema(frame.schema)
    return found


def _folder() -> Path:
    """A folder of this process on its own machine, gone when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="comity-triage-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
