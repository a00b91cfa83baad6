"""The tables of a rulebook: who is party to what since when, facts about states, offence categories.

Each table is a CSV file that policy staff edit; every row keeps its source. Knowledge is always asked *as of* a day.
"""

from __future__ import annotations

import calendar
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.state import titles

PARTY_STATUS: Final = (
    "party",
    "party-date-unknown",
    "signed",
    "not-bound",
    "uncertain",
    "member",
    "ratified-not-in-force",
)
"""What a row may say of a state's standing; only ``party`` with a date in force binds it."""


FIT: Final = ("included", "if-shown")
"""How a qualification fits a category: every such act is one, or the facts of the case have to show it."""


VERIFIED: Final = ("yes", "partly", "no")
"""How far a row was verified: its source says so, says part of it, or nobody has read one."""


T = TypeVar("T")

_CELL: Final = re.compile(r'(?:^|(?<=,))("(?:[^"]|"")*"|[^,"]*)(?=,|$)')
"""One cell of a line of CSV."""


KEPT: Final = 5_000
"""How much that was made of tables is kept, by what it is."""

UNION: Final = "EU"
"""The code under which tables list the European Union, which is no state but can be party to a treaty."""


def day(text: str, first: bool = False) -> date | None:
    """The day that *text* writes as a year, a month or a day, or ``None`` where it is empty.

    A year or a month alone is its last day, or with *first* the first one.

    Raises:
        ValueError: it is no date.
    """
    if not text:
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1) if first else date(int(text), 12, 31)
    if re.fullmatch(r"\d{4}-\d{2}", text):
        year, month = int(text[:4]), int(text[5:])
        return date(year, month, 1 if first else calendar.monthrange(year, month)[1])
    return date.fromisoformat(text)


@dataclass(frozen=True)
class Row:
    """One line of a table with its place."""

    values: dict[str, str]
    place: Place

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def cell(self, column: str) -> Place:
        """Where the value of a column is written; of the whole row where that cannot be told."""
        if column not in self.values or not self.place.line:
            return self.place
        lines = Path(self.place.file).read_text(encoding="utf-8-sig").split("\n")
        line = lines[self.place.line - 1]
        cells = list(_CELL.finditer(line))
        position = list(self.values).index(column)
        if len(cells) != len(self.values):
            return self.place
        start, end = cells[position].span(1)
        return Place(self.place.file, self.place.line, start + 1, max(1, end - start))

    def day(self, column: str, first: bool = False) -> date | None:
        """The day in a column, or ``None`` where nothing is written.

        Where only the year or the month is known, it is the last day of that time, or with *first* the first one: a
        law is applied from when it surely is in force, and its absence is concluded only for when it surely was not.
        """
        return day(self[column], first)


@dataclass(slots=True)
class StateRows:
    """The rows of all tables that concern one state; treaty rows with their instrument."""

    parties: list[tuple[str, Row]] = field(default_factory=list)
    bilateral: list[Row] = field(default_factory=list)
    networks: list[Row] = field(default_factory=list)
    attributes: list[Row] = field(default_factory=list)
    statutes: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Tables:
    """All tables of a rulebook.

    ``parties`` has the rows by instrument, ``files`` all rows by the name of their table, such as
    ``parties/budapest.csv``.
    """

    instruments: dict[str, Row]
    parties: dict[str, tuple[Row, ...]]
    bilateral: tuple[Row, ...]
    states: tuple[Row, ...]
    networks: tuple[Row, ...]
    offences: dict[str, Row]
    qualifications: tuple[Row, ...]
    statutes: tuple[Row, ...]
    files: dict[str, tuple[Row, ...]] = field(repr=False)
    _once: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, what: object, make: Callable[[], T]) -> T:
        """What is made of the tables; kept, by *what* it is, for the next time."""
        if what not in self._once:
            if len(self._once) >= KEPT:
                self._once.clear()
            self._once[what] = make()
        found: T = self._once[what]
        return found

    @cached_property
    def of_state(self) -> dict[str, StateRows]:
        """The rows that concern each state."""
        found: dict[str, StateRows] = defaultdict(StateRows)
        for instrument, rows in self.parties.items():
            for row in rows:
                found[row["state"]].parties.append((instrument, row))
        for row in self.bilateral:
            for state in {row["a"], row["b"]}:
                found[state].bilateral.append(row)
        for row in self.networks:
            found[row["state"]].networks.append(row)
        for row in self.states:
            found[row["state"]].attributes.append(row)
        for row in self.statutes:
            found[row["state"]].statutes.append(row)
        return dict(found)

    @property
    def network_names(self) -> frozenset[str]:
        """The networks that have members."""
        return frozenset(row["network"] for row in self.networks)

    @property
    def attributes(self) -> frozenset[str]:
        """The attributes that states have."""
        return frozenset(row["attribute"] for row in self.states)

    def rows(self) -> Iterator[Row]:
        """Every row of every table."""
        yield from self.instruments.values()
        for found in self.parties.values():
            yield from found
        for table in (self.bilateral, self.states, self.networks, self.qualifications, self.statutes):
            yield from table
        yield from self.offences.values()

    def qualification(self, category: str, other: str) -> Row | None:
        """The row that says how acts of a category may be qualified otherwise, or ``None``."""
        return next((r for r in self.qualifications if [r["category"], r["as"]] == [category, other]), None)

    def statute(self, state: str, category: str) -> Row | None:
        """The row that says since when a state is known to punish a category, or ``None``."""
        return next((r for r in self.statutes if [r["state"], r["category"]] == [state, category]), None)

    def row_behind(self, relation: str, values: tuple[str, ...]) -> Row | None:
        """The row that a fact of a treaty or network relation was read from, or ``None`` for other facts."""
        match relation, values:
            case (("party" | "not_in_force" | "status_unclear" | "party_since"), (instrument, state, *_)):
                return next((r for r in self.parties.get(instrument, ()) if r["state"] == state), None)
            case (("bilateral" | "bilateral_unclear"), (kind, one, other)):
                ends = sorted((one, other))
                return next((r for r in self.bilateral if [r["kind"], r["a"], r["b"]] == [kind, *ends]), None)
            case "member", (network, state):
                return next((r for r in self.networks if [r["network"], r["state"]] == [network, state]), None)
            case "profile", (state, attribute, value):
                wanted = [state, attribute, value]
                return next((r for r in self.states if [r["state"], r["attribute"], r["value"]] == wanted), None)
            case "statute", (state, category, _):
                return self.statute(state, category)
            case "qualification", (category, other, _):
                return self.qualification(category, other)
        return None


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


def articles(row: Row) -> Iterator[tuple[str, str]]:
    """The instruments that oblige their parties to punish the category of a row of offences.csv, with the articles."""
    for column, listed in row.values.items():
        if column.endswith("_article"):
            for article in filter(None, (a.strip() for a in listed.split(";"))):
                yield column.removesuffix("_article"), article


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


def faults(tables: Tables) -> list[Finding]:
    """What is wrong with the rows of tables, taken together."""
    repeated = [
        *_repeated(tables.files["instruments.csv"], ("id",)),
        *_repeated(tables.files["offences.csv"], ("offence",)),
    ]
    return [*repeated, *_faults(tables)]


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


def _faults(tables: Tables) -> Iterator[Finding]:
    yield from _each(tables.rows(), _origin_faults)
    yield from _each(tables.instruments.values(), lambda row: _day_faults(row, ("in_force",)))
    yield from _each(tables.states, _period_faults)
    for instrument, rows in tables.parties.items():
        known = tables.instruments.get(instrument)
        if known is None and rows:
            hint = one_of(instrument, tables.instruments)
            yield Finding(Place(rows[0].place.file), "T010", f"instruments.csv has no '{instrument}'", hint)
        yield from _each(rows, _party_faults)
        yield from _repeated(rows, ("state", "in_force"))
        if known is not None and known["in_force"]:
            yield from _each(rows, lambda row, since=known["in_force"]: _too_early(row, since))  # type: ignore[misc]
    yield from _each(tables.bilateral, _bilateral_faults)
    yield from _each(tables.states, lambda row: [*_state_fault(row, "state"), *_day_faults(row, ("since",))])
    yield from _each(tables.networks, lambda row: [*_state_fault(row, "state"), *_day_faults(row, ("since",))])
    yield from _each(tables.statutes, lambda row: [*_state_fault(row, "state"), *_day_faults(row, ("since",))])
    yield from _each(tables.statutes, lambda row: _offence_fault(row, "category", tables.offences))
    yield from _repeated(tables.statutes, ("state", "category"))
    for column in ("category", "as"):
        yield from _each(tables.qualifications, lambda row, c=column: _offence_fault(row, c, tables.offences))  # type: ignore[misc]
    yield from _each(tables.qualifications, _fit_faults)
    yield from _repeated(tables.qualifications, ("category", "as"))


def _each(rows: Iterable[Row], faults: Callable[[Row], Iterable[Finding]]) -> Iterator[Finding]:
    for row in rows:
        yield from faults(row)


def _repeated(rows: Iterable[Row], columns: tuple[str, ...]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], Place] = {}
    for row in rows:
        key = tuple(row[c] for c in columns)
        if key in seen:
            yield Finding(row.place, "T015", f"{row[columns[0]]} stands in line {seen[key].line} already")
        seen.setdefault(key, row.place)


def _state_fault(row: Row, column: str) -> list[Finding]:
    if row[column] in titles() or row[column] == UNION:
        return []
    hint = one_of(row[column], titles())
    return [Finding(row.cell(column), "T011", f"'{row[column]}' is no ISO 3166 alpha-2 code", hint)]


def _offence_fault(row: Row, column: str, offences: dict[str, Row]) -> list[Finding]:
    if row[column] in offences:
        return []
    hint = one_of(row[column], offences)
    return [Finding(row.cell(column), "T017", f"offences.csv has no '{row[column]}'", hint)]


def _fit_faults(row: Row) -> Iterator[Finding]:
    if row["fit"] not in FIT:
        yield Finding(row.cell("fit"), "T018", f"'{row['fit']}' is no fit", one_of(row["fit"], FIT))
    if row["fit"] == "if-shown" and not row["condition"]:
        yield Finding(row.cell("condition"), "T019", "the condition is missing", "say what the facts have to show")
    if row["category"] == row["as"]:
        yield Finding(row.cell("as"), "T020", f"'{row['as']}' is no other qualification of itself")


def _day_faults(row: Row, columns: Iterable[str]) -> list[Finding]:
    found = []
    for column in columns:
        try:
            row.day(column)
        except ValueError:
            hint = "write year-month-day, such as 2026-08-18"
            found.append(Finding(row.cell(column), "T012", f"'{row[column]}' in {column} is no date", hint))
    return found


def _origin_faults(row: Row) -> Iterator[Finding]:
    """A row has a source that somebody could look up, a day that is one, and says truly how far it was verified."""
    yield from _day_faults(row, ("as_of",))
    if not row["source"]:
        hint = "name where it was read, or write 'background' where nobody has read it anywhere"
        yield Finding(row.cell("source"), "T021", "this row has no source", hint)
    if row["verified"] not in VERIFIED:
        yield Finding(
            row.cell("verified"),
            "T022",
            f"'{row['verified']}' in verified is not yes, partly or no",
            one_of(row["verified"], VERIFIED),
        )
    elif row["verified"] == "yes" and row["source"].startswith("background"):
        yield Finding(
            row.cell("source"), "T023", "a row from background knowledge is not verified", "write no, or name a source"
        )


def _period_faults(row: Row) -> Iterator[Finding]:
    if row["attribute"].endswith("_days") and not row["value"].isdecimal():
        yield Finding(row.cell("value"), "T024", f"'{row['value']}' is no number of days", "a whole number")


def _party_faults(row: Row) -> Iterator[Finding]:
    yield from _state_fault(row, "state")
    if row["status"] not in PARTY_STATUS:
        yield Finding(
            row.cell("status"), "T013", f"'{row['status']}' is no status", one_of(row["status"], PARTY_STATUS)
        )
    bad = _day_faults(row, ("signed", "bound", "in_force", "until"))
    yield from bad
    if bad:
        return
    succession = "succession" in row["note"]
    for earlier, later in (("signed", "bound"), ("bound", "in_force"), ("in_force", "until")):
        if succession and later == "in_force":
            continue
        first, second = row.day(earlier), row.day(later)
        if first and second and first > second:
            yield Finding(row.cell(later), "T014", f"{later} {second} is before {earlier} {first}")


def _too_early(row: Row, since: str) -> Iterator[Finding]:
    if row["in_force"] and row["in_force"] < since:
        yield Finding(
            row.cell("in_force"), "T014", f"in force {row['in_force']}, before the instrument itself ({since})"
        )


def _bilateral_faults(row: Row) -> Iterator[Finding]:
    for column in ("a", "b"):
        yield from _state_fault(row, column)
    if row["a"] >= row["b"]:
        yield Finding(row.cell("a"), "T016", "a must come before b in the alphabet", f"swap {row['a']} and {row['b']}")
    if row["status"] not in PARTY_STATUS:
        yield Finding(
            row.cell("status"), "T013", f"'{row['status']}' is no status", one_of(row["status"], PARTY_STATUS)
        )
    yield from _day_faults(row, ("in_force", "until"))
