"""The files of tables as policy staff edit them: their columns, what names a row, and how they are read."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.table_faults import faults
from comity.law.tables import Row, Tables

_ORIGIN: Final = ("source", "as_of", "verified")
"""What every row says of itself: where it comes from, the day up to which it is known to hold, how far it was read."""


_COLUMNS: Final = {
    "instruments.csv": ("id", "title", "kind", "citation", "in_force", *_ORIGIN),
    "parties": ("state", "status", "signed", "bound", "in_force", "until", *_ORIGIN),
    "bilateral.csv": ("kind", "a", "b", "title", "status", "in_force", "until", *_ORIGIN),
    "states.csv": ("state", "attribute", "value", "since", "citation", *_ORIGIN),
    "networks.csv": ("network", "state", "since", *_ORIGIN),
    "offences.csv": ("offence", "title", "family", "cyber_dependent", "untoc", "initiative", *_ORIGIN),
    "qualifications.csv": ("category", "as", "fit", "condition", "citation", *_ORIGIN),
    "statutes.csv": ("state", "category", "since", "citation", *_ORIGIN),
}


ALSO: Final = {
    "instruments.csv": ("adopted", "verified", "as_of"),
    "parties": ("reservations", "note"),
    "bilateral.csv": ("signed", "citation", "note", "as_of"),
    "states.csv": ("note", "as_of"),
    "networks.csv": ("note", "as_of", "verified"),
    "offences.csv": ("note", "verified", "as_of"),
    "qualifications.csv": ("note", "as_of"),
    "statutes.csv": ("note", "as_of"),
}
"""The columns that a table may have beside those that it must have."""


_KEYS: Final = {
    "instruments.csv": ("id",),
    "parties": ("state",),
    "bilateral.csv": ("kind", "a", "b"),
    "states.csv": ("state", "attribute", "value"),
    "networks.csv": ("network", "state"),
    "offences.csv": ("offence",),
    "qualifications.csv": ("category", "as"),
    "statutes.csv": ("state", "category"),
}


def key(name: str, row: Row) -> str:
    """What names a row of the table *name*: its first columns with a space between, such as ``interpol FR``."""
    columns = _KEYS["parties"] if name.startswith("parties/") else _KEYS.get(name, ())
    return " ".join(row[column] for column in columns)


def columns(name: str, instruments: Iterable[str]) -> frozenset[str]:
    """The columns that are known of the table in the file *name*, such as ``states.csv`` or ``parties/sco.csv``."""
    kind = "parties" if name.startswith("parties/") else name
    of_offences = {f"{instrument}_article" for instrument in instruments} if name == "offences.csv" else set()
    return frozenset((*_COLUMNS[kind], *ALSO[kind], *of_offences))


def load(folders: Iterable[Path]) -> tuple[Tables, list[Finding]]:
    """The tables of the *folders*; a file in a later folder adds its rows to the file of that name in an earlier one.

    Faults are returned beside what could be read, so that all of them are shown at once.
    """
    rows: dict[str, tuple[Row, ...]] = {}
    findings: list[Finding] = []
    last = Path()
    for folder in folders:
        if not folder.is_dir():
            raise InputError([Finding(Place(str(folder)), "T001", "the folder of tables is missing")])
        last = folder
        found, unread = read_rows(folder)
        rows |= {name: (*rows.get(name, ()), *more) for name, more in found.items()}
        findings += unread
    for name in _COLUMNS:
        if name != "parties" and name not in rows:
            hint = "a folder that adds to the shipped rules has a file changes.yaml, which may be empty"
            findings.append(Finding(Place(str(last / name)), "T001", "this table is missing", hint))
            rows[name] = ()
    tables = assembled(rows)
    return tables, [*findings, *faults(tables)]


def read_rows(folder: Path) -> tuple[dict[str, tuple[Row, ...]], list[Finding]]:
    """The rows of every table below *folder* by its name, and what is wrong with the files."""
    rows: dict[str, tuple[Row, ...]] = {}
    findings: list[Finding] = []
    for path in sorted(folder.rglob("*.csv")):
        name = path.relative_to(folder).as_posix()
        wanted = _COLUMNS["parties"] if name.startswith("parties/") else _COLUMNS.get(name, ())
        rows[name] = tuple(_rows(path, wanted, findings))
    return rows, findings


def assembled(rows: dict[str, tuple[Row, ...]]) -> Tables:
    """The tables made of the rows of every file."""
    return Tables(
        {row["id"]: row for row in rows["instruments.csv"]},
        {name[8:-4]: found for name, found in rows.items() if name.startswith("parties/")},
        rows["bilateral.csv"],
        rows["states.csv"],
        rows["networks.csv"],
        {row["offence"]: row for row in rows["offences.csv"]},
        rows["qualifications.csv"],
        rows["statutes.csv"],
        rows,
    )


def _rows(path: Path, wanted: tuple[str, ...], findings: list[Finding]) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restkey="", strict=True)
            missing = [column for column in wanted if column not in (reader.fieldnames or ())]
            for column in missing:
                hint = one_of(column, reader.fieldnames or ())
                findings.append(Finding(Place(str(path), 1, 1), "T002", f"the column '{column}' is missing", hint))
            for values in reader:
                place = Place(str(path), reader.line_num, 1)
                if "" in values or None in values.values():
                    message = f"this row has not the {len(reader.fieldnames or ())} columns of the first line"
                    findings.append(Finding(place, "T003", message, "put quotes around a value with a comma"))
                    continue
                yield Row({name: sys.intern(value.strip()) for name, value in values.items()}, place)
    except UnicodeDecodeError:
        findings.append(Finding(Place(str(path)), "T004", "is not UTF-8 text", "save the file as UTF-8"))
    except csv.Error as error:
        findings.append(Finding(Place(str(path)), "T004", f"is no readable CSV: {error}"))
