"""What has been decided already, by signature, in a file that several processes and later runs share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

LARGEST: Final = 8 * 2**30
"""The size in bytes from which on nothing more is kept: what is decided after that may be decided again."""

_ASKED_AT_ONCE: Final = 500


class Store:
    """Rows in JSON by the key of their signature; ``None`` is kept for a signature that is no case.

    The file outlives a process that is killed. It is of use only under one rulebook.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = sqlite3.connect(path, timeout=120, isolation_level=None)
        self.file.execute("PRAGMA journal_mode = WAL")
        self.file.execute("PRAGMA synchronous = OFF")
        self.file.execute("CREATE TABLE IF NOT EXISTS decided (key TEXT PRIMARY KEY, row TEXT) WITHOUT ROWID")

    def known(self, keys: Sequence[str]) -> dict[str, str | None]:
        """The rows of those of *keys* that have been decided."""
        found: dict[str, str | None] = {}
        for start in range(0, len(keys), _ASKED_AT_ONCE):
            asked = keys[start : start + _ASKED_AT_ONCE]
            marks = ", ".join("?" * len(asked))
            found.update(self.file.execute(f"SELECT key, row FROM decided WHERE key IN ({marks})", asked))
        return found

    def keep(self, rows: Mapping[str, str | None] | Iterable[tuple[str, str | None]]) -> None:
        """Keep rows, unless the file is full."""
        if self.path.stat().st_size < LARGEST:
            given = rows.items() if isinstance(rows, Mapping) else rows
            self.file.execute("BEGIN IMMEDIATE")
            self.file.executemany("INSERT OR IGNORE INTO decided VALUES (?, ?)", given)
            self.file.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()
