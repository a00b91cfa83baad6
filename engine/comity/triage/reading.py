"""Reads the units of a caseload, each as one table of all its cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from comity.triage import columns, schema
from comity.triage.caseload import Unit
from comity.triage.lines import Lines


@dataclass
class _Group:
    """A row group that is being read: rows until ``at`` have gone by, ``rest`` is what was read beyond."""

    path: str
    group: int
    batches: Iterator[pa.RecordBatch]
    at: int = 0
    rest: pa.Table | None = None


class Reader:
    """Reads units; quickest in their order, since a row group of Parquet is gone through once."""

    def __init__(self, sql: duckdb.DuckDBPyConnection) -> None:
        self.sql = sql
        self.lines = Lines(sql)
        self.group: _Group | None = None

    def read(self, unit: Unit) -> tuple[pa.Table, list[dict[str, Any]]]:
        """The cases of a unit as :data:`comity.triage.schema.told`, and those of its rows that cannot be read."""
        if unit.size:
            with open(unit.path, "rb") as file:
                file.seek(unit.begin)
                return self.lines.read(file.read(unit.size), unit.first)
        given = self._rows(unit)
        if "row" not in given.column_names:
            given = given.append_column("row", pa.array(range(unit.first, unit.first + unit.rows), pa.int64()))
        self.sql.register("given", given)
        told = self.sql.sql(columns.told(given.schema, "given")).to_arrow_table().cast(schema.told)
        self.sql.unregister("given")
        return told, []

    def _rows(self, unit: Unit) -> pa.Table:
        """The rows of a unit of Parquet, without holding all of a large row group."""
        known = self.group
        if known is None or (known.path, known.group) != (unit.path, unit.group) or known.at > unit.begin:
            file = pq.ParquetFile(unit.path, buffer_size=2**20, pre_buffer=False)
            known = _Group(unit.path, unit.group, file.iter_batches(10_000, row_groups=[unit.group], use_threads=False))
            self.group = known
        found: list[pa.Table] = []
        wanted = unit.rows
        while wanted:
            if known.rest is None or not known.rest.num_rows:
                known.rest = pa.Table.from_batches([next(known.batches)])
            skipped = min(max(0, unit.begin - known.at), known.rest.num_rows)
            taken = min(wanted if known.at + skipped >= unit.begin else 0, known.rest.num_rows - skipped)
            if taken:
                found.append(known.rest.slice(skipped, taken))
            known.rest = known.rest.slice(skipped + taken)
            known.at += skipped + taken
            wanted -= taken
        return pa.concat_tables(found)
