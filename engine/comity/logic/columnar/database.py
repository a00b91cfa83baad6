"""One DuckDB for one reading: in memory, within a limit, without any way out."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from typing import Any, Final

import duckdb

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
        self.connection.execute("CREATE SCHEMA kept")
        self.clear()

    def clear(self) -> None:
        """Forget the tables of the batch before."""
        self.connection.execute("DROP SCHEMA IF EXISTS batch CASCADE; CREATE SCHEMA batch; USE memory.batch")

    def make(self, name: str, query: str) -> int:
        """Make a table from *query*; return the number of its rows."""
        return self._count(f"CREATE TABLE {name} AS {query}")

    def insert(self, name: str, query: str) -> int:
        """Add to a table; return the number of rows added."""
        return self._count(f"INSERT INTO {name} {query}")

    def load(self, name: str, columns: Mapping[str, Any]) -> int:
        """Make a table from Arrow columns."""
        import pyarrow as pa

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

    def _count(self, statement: str) -> int:
        row = self.connection.execute(statement).fetchone()
        assert row is not None
        return int(row[0])
