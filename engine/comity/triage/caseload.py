"""Where cases come from, in units that can be read, decided and written one by one.

A caseload is a Parquet file, a JSON Lines file, a folder of such files, or a folder of CSV tables. Rows are counted
from 1 over all its files in the order of their names; of a JSON Lines file the row is the line.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from comity.law.finding import Finding, InputError, Place
from comity.triage import csvtables
from comity.triage.columns import check

PARQUET: Final = (".parquet",)
LINES: Final = (".jsonl", ".ndjson")
LARGEST_UNIT: Final = 50_000
SMALLEST_UNIT: Final = 250
UNITS_WANTED: Final = 8
"""In how many units a small caseload is cut, so that several processes have something to do."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Rows of one file that are decided together: ``rows`` of them, the first of which is ``first`` in the caseload.

    ``begin`` is the byte at which lines begin and ``size`` how many bytes they are; of Parquet, the first row within
    the row group ``group``.
    """

    number: int
    path: str
    first: int
    rows: int
    begin: int
    size: int = 0
    group: int = 0

    @property
    def name(self) -> str:
        """What its part of the output is called."""
        return f"part-{self.number:06}"


@dataclass(frozen=True)
class Caseload:
    """The files of a caseload as they are now, and the units that they are cut into."""

    files: tuple[tuple[str, int, int], ...]
    units: tuple[Unit, ...]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(unit.rows for unit in self.units)

    def plain(self) -> dict[str, Any]:
        """What JSON can keep of it."""
        return {"files": [list(file) for file in self.files], "units": [asdict(unit) for unit in self.units]}

    @classmethod
    def of_plain(cls, plain: dict[str, Any]) -> Caseload:
        """The caseload that :meth:`plain` was made of."""
        return cls(tuple((p, s, t) for p, s, t in plain["files"]), tuple(Unit(**unit) for unit in plain["units"]))


def files(path: Path) -> list[Path]:
    """The files of the caseload at *path*.

    Raises:
        InputError: there is none, or it is none that can be read.
    """
    if not path.exists():
        raise InputError([Finding(Place(str(path)), "F001", "there is no such file or folder")])
    if csvtables.is_folder(path):
        return csvtables.files(path)
    if path.is_dir():
        found = sorted(
            p for p in path.iterdir() if p.suffix in (*PARQUET, *LINES) and not p.name.startswith((".", "_"))
        )
        if not found:
            hint = "a caseload is Parquet, JSON Lines, or a folder with cases.csv; see docs/triage.md"
            raise InputError([Finding(Place(str(path)), "G004", "no caseload is found here", hint)])
        return found
    if path.suffix not in (*PARQUET, *LINES):
        hint = "a caseload is a file .parquet or .jsonl, or a folder of them or of CSV tables; see docs/triage.md"
        raise InputError([Finding(Place(str(path)), "G004", f"'{path.suffix}' is no caseload", hint)])
    return [path]


def identity(found: list[Path]) -> tuple[tuple[str, int, int], ...]:
    """The name, size and time of each file: what tells whether a caseload is still the same."""
    return tuple((str(p.resolve()), (at := p.stat()).st_size, at.st_mtime_ns) for p in found)


def plan(found: list[Path], counted: Callable[[int], None] = lambda rows: None) -> tuple[Unit, ...]:
    """The files, Parquet or JSON Lines, in units; *counted* is told how many rows were seen so far.

    Raises:
        InputError: a file cannot be read, or has columns that a case has not.
    """
    pieces: list[Unit] = []
    first = 1
    for path in found:
        cut = _groups if path.suffix in PARQUET else _lines
        for unit in cut(path, first):
            pieces.append(unit)
            first = unit.first + unit.rows
            counted(first - 1)
    total = first - 1
    size = max(SMALLEST_UNIT, min(LARGEST_UNIT, -(-total // UNITS_WANTED)))
    return tuple(replace(unit, number=number) for number, unit in enumerate(_resized(pieces, size)))


def _groups(path: Path, first: int) -> Iterator[Unit]:
    try:
        known = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise InputError([Finding(Place(str(path)), "F003", f"is no readable Parquet file: {error}")]) from None
    check(known.schema_arrow, str(path))
    for group in range(known.num_row_groups):
        rows = known.metadata.row_group(group).num_rows
        if rows:
            yield Unit(0, str(path.resolve()), first, rows, 0, group=group)
            first += rows


def _lines(path: Path, first: int) -> Iterator[Unit]:
    """The lines of a file in units that are small enough for any plan."""
    if not path.stat().st_size:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        begin, end = 0, len(content)
        while begin < end:
            at, rows = begin, 0
            while rows < SMALLEST_UNIT and at < end:
                at = content.find(b"\n", at) + 1 or end
                rows += 1
            yield Unit(0, str(path.resolve()), first, rows, begin, at - begin)
            first, begin = first + rows, at


def _resized(pieces: Iterable[Unit], size: int) -> Iterator[Unit]:
    """The same rows in units of about *size*: groups of Parquet are cut, and lines that follow each other joined."""
    open_: Unit | None = None
    for unit in pieces:
        if not unit.size:
            for begin in range(0, unit.rows, size):
                yield replace(unit, first=unit.first + begin, rows=min(size, unit.rows - begin), begin=begin)
        elif open_ is not None and open_.path == unit.path and open_.rows < size:
            open_ = replace(open_, rows=open_.rows + unit.rows, size=open_.size + unit.size)
        else:
            if open_ is not None:
                yield open_
            open_ = unit
    if open_ is not None:
        yield open_
