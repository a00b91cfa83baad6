"""The folder that a run writes to: parts that are either whole or not there, and what the run was begun with.

Each part is written under another name, brought to disk, and then given its own: after a run was killed, whatever has
its name is done. A part says of itself which rows it has.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from comity.law.finding import Finding, InputError, Place
from comity.triage import schema
from comity.triage.caseload import Unit
from comity.triage.chunk import Decided

_ABOUT: Final = b"comity"
"""Under which key a part says what it is."""

_PATIENCE: Final = 10.0
"""Seconds to wait for the processes of a run that was killed to be gone."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of a part that is done: rows decided and refused, how many were alike, how many decided anew."""

    number: int
    first: int
    rows: int
    decided: int
    refused: int
    alike: int
    anew: int


class Output:
    """A folder of decisions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.decisions = folder / "decisions"
        self.refused = folder / "refused"
        self.work = folder / "work"
        self.refused_rows = folder / "refused.csv"
        self.joined = self.work / "cases.parquet"
        self.store = self.work / "decided.sqlite"
        self._manifest = folder / "manifest.json"
        self._lock: IO[str] | None = None

    def open(self, fresh: bool) -> dict[str, Any] | None:
        """Make the folder ready for this process alone; returns what an earlier run was begun with.

        With *fresh* what an earlier run wrote is removed.

        Raises:
            InputError: the folder has other things in it, or another run is writing to it.
        """
        place = Place(str(self.folder))
        known = self.manifest()
        begun = known is not None or (self.work / "lock").exists()
        if self.folder.exists() and not begun and (not self.folder.is_dir() or any(self.folder.iterdir())):
            hint = "name a folder that is new, empty, or the output of an earlier run"
            raise InputError([Finding(place, "G005", "is no folder of decisions, and not empty", hint)])
        self.work.mkdir(parents=True, exist_ok=True)
        self._take_lock(place)
        if fresh:
            self._clear()
            known = None
        for folder in (self.decisions, self.refused, self.work):
            folder.mkdir(exist_ok=True)
        for unfinished in self.folder.rglob(".*.tmp"):
            unfinished.unlink()
        return known

    def _take_lock(self, place: Place) -> None:
        self._lock = (self.work / "lock").open("w")
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > until:
                    hint = "wait until it is done, or name another folder"
                    raise InputError([Finding(place, "G005", "another run is writing here", hint)]) from None
                time.sleep(0.2)

    def _clear(self) -> None:
        self._manifest.unlink(missing_ok=True)  # first, so that no manifest speaks of what is gone
        for path in (self.decisions, self.refused):
            shutil.rmtree(path, ignore_errors=True)
        for path in self.work.glob("[!l]*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.refused_rows.unlink(missing_ok=True)

    def manifest(self) -> dict[str, Any] | None:
        """What the run was begun with, or ``None``."""
        try:
            found: dict[str, Any] = json.loads(self._manifest.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found

    def begin(self, manifest: dict[str, Any]) -> None:
        """Keep what the run is begun with."""
        with _whole(self._manifest) as path:
            path.write_text(json.dumps(manifest, indent=1), encoding="utf-8")

    def parts(self, units: Sequence[Unit]) -> list[Part]:
        """The parts that are done."""
        found = ((unit, self.part(unit)) for unit in units)
        return [part for unit, part in found if part is not None and (part.first, part.rows) == (unit.first, unit.rows)]

    def part(self, unit: Unit) -> Part | None:
        """The part of a unit, if it is done."""
        path = self.decisions / f"{unit.name}.parquet"
        try:
            about = pq.read_schema(path).metadata[_ABOUT]
        except (OSError, KeyError, TypeError, pa.ArrowInvalid):
            return None
        return Part(**json.loads(about))

    def write(self, unit: Unit, decided: Decided, unreadable: list[dict[str, Any]]) -> Part:
        """Write the part of a unit, the rows that were refused first."""
        refused = pa.concat_tables([decided.refused, pa.Table.from_pylist(unreadable, schema.refused)]).sort_by("row")
        if refused.num_rows:
            self.write_refused(refused, unit.name)
        rows, left = decided.decisions.num_rows, refused.num_rows
        part = Part(unit.number, unit.first, unit.rows, rows, left, decided.alike, decided.anew)
        told = decided.decisions.replace_schema_metadata({_ABOUT: json.dumps(asdict(part))})
        with _whole(self.decisions / f"{unit.name}.parquet") as path:
            pq.write_table(told, path, compression="zstd")
        return part

    def write_refused(self, rows: pa.Table, name: str) -> None:
        """Write rows that were refused, under a name of their own."""
        with _whole(self.refused / f"{name}.parquet") as path:
            pq.write_table(rows, path)

    def view(self, sql: duckdb.DuckDBPyConnection, name: str) -> None:
        """Let a connection read all decisions under a name."""
        if any(self.decisions.glob("*.parquet")):
            sql.execute(f"CREATE VIEW {name} AS FROM read_parquet({schema.text(str(self.decisions / '*.parquet'))})")
        else:
            sql.register(name, schema.decisions.empty_table())

    def finish(self, manifest: dict[str, Any]) -> int:
        """Write the rows that were refused as one table, and remove what only the work needed.

        Returns how many there are.
        """
        count = 0
        with _whole(self.refused_rows) as path, pa.csv.CSVWriter(path, schema.refused) as writer:
            for part in sorted(self.refused.glob("*.parquet")):
                rows = pq.read_table(part)
                count += rows.num_rows
                writer.write_table(rows)
        self.begin({**manifest, "refused": count})
        for path in self.work.glob("[!l]*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return count

    def close(self) -> None:
        """Let other runs write here."""
        if self._lock is not None:
            self._lock.close()


class _whole:
    """A file that has its name only once all of it is on the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.other = path.with_name(f".{path.name}.{os.getpid()}.tmp")

    def __enter__(self) -> Path:
        return self.other

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is not None:
            self.other.unlink(missing_ok=True)
            return
        with self.other.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(self.other, self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
