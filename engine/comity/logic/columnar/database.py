"""One DuckDB for one reading: in memory, within a limit, without any way out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from queue import SimpleQueue
from typing import Any, Final

import duckdb
import pyarrow as pa

MEMORY: Final = "2GiB"
"""How much memory DuckDB may use unless told otherwise; beyond it intermediate results go to temporary files."""


class Database:
    """A connection of its own; *threads* is how many processors a query may use (``None``: all)."""

    def __init__(self, threads: int | None = None, memory: str = MEMORY) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="comity-columnar-")
        settings: dict[str, Any] = {
            "memory_limit": memory,
            "temp_directory": self._folder.name,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "false",
        }
        if threads is not None:
            settings["threads"] = str(threads)
        self.connection = duckdb.connect(":memory:", config=settings)
        self.connection.execute("SET enable_external_access = false")
        count = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(count) if count > 1 else None
        self._cursors = [self.connection.cursor() for _ in range(count if count > 1 else 0)]
        self.connection.execute("CREATE SCHEMA kept")
        self.clear()

    def clear(self) -> None:
        """Forget the tables of the batch before."""
        self.connection.execute("DROP SCHEMA IF EXISTS batch CASCADE; CREATE SCHEMA batch")
        self.connection.execute("USE memory.batch")

    def make_all(self, queries: Sequence[tuple[str, str]]) -> list[int]:
        """Make tables from pairs of name and query, several at a time; return the numbers of their rows.

        Most of a small query is planning, which DuckDB does on one processor.
        """
        if self._pool is None or len(queries) < 2:
            return [self.make(name, query) for name, query in queries]
        free: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for cursor in self._cursors:
            cursor.execute("USE memory.batch")
            free.put(cursor)

        def make(name: str, query: str) -> int:
            cursor = free.get()
            try:
                return _count(cursor, f"CREATE TABLE {name} AS {query}")
            finally:
                free.put(cursor)

        futures = [self._pool.submit(make, name, query) for name, query in queries]
        try:
            return [future.result() for future in futures]
        except BaseException:
            for future in futures:
                future.cancel()
            for cursor in self._cursors:
                cursor.interrupt()
            wait(futures)
            raise

    def make(self, name: str, query: str) -> int:
        """Make a table from *query*; return the number of its rows."""
        return _count(self.connection, f"CREATE TABLE {name} AS {query}")

    def insert(self, name: str, query: str) -> int:
        """Add to a table; return the number of rows added."""
        return _count(self.connection, f"INSERT INTO {name} {query}")

    def load(self, name: str, columns: Mapping[str, Any]) -> int:
        """Make a table from Arrow columns."""
        self.connection.register("given", pa.table(dict(columns)))
        try:
            return self.make(name, "SELECT * FROM given")
        finally:
            self.connection.unregister("given")

    def rename(self, name: str, other: str) -> None:
        """Call a table by another name."""
        self.connection.execute(f"ALTER TABLE {name} RENAME TO {other}")

    def replace(self, name: str, query: str) -> None:
        """Put the answer to *query* in the place of a table."""
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def count(self, name: str) -> int:
        """How many rows a table has."""
        return int(self.first(f"SELECT count(*) FROM {name}")[0])

    def drop(self, name: str) -> None:
        """Forget a table."""
        self.connection.execute(f"DROP TABLE IF EXISTS {name}")

    def arrow(self, query: str) -> Any:
        """The answer to *query* as an Arrow table."""
        return self.connection.sql(query).to_arrow_table()

    def first(self, query: str) -> Any:
        """The first row of the answer, if it has any."""
        return self.connection.execute(query).fetchone()


def _count(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    try:
        row = connection.execute(statement).fetchone()
    except duckdb.OutOfRangeException:
        raise OverflowError("the rules work out a number that is too large for the columnar reading") from None
    assert row is not None
    return int(row[0])
