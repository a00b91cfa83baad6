"""The tables of a rulebook: who is party to what since when, facts about states, offence categories.

Each table is a CSV file that policy staff edit; every row keeps its source. Knowledge is always asked *as of* a day.
"""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from comity.law.finding import Place

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


def articles(row: Row) -> Iterator[tuple[str, str]]:
    """The instruments that oblige their parties to punish the category of a row of offences.csv, with the articles."""
    for column, listed in row.values.items():
        if column.endswith("_article"):
            for article in filter(None, (a.strip() for a in listed.split(";"))):
                yield column.removesuffix("_article"), article
