"""Where everything in a rulebook comes from: each row of a table and each authority with its source and its age."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PurePath

from comity.law.finding import Place
from comity.law.rulebook import Rulebook
from comity.law.tables import Row


class Reason(StrEnum):
    """Why a fact has to be looked at again."""

    NEVER = "never verified"
    UNDATED = "no day given"
    OLD = "older"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact with its source.

    ``group`` is the kind of fact, ``about`` the states and instruments it concerns. ``verified`` is yes, partly or no,
    or empty where nothing is said; ``as_of`` the day on which the source was last known to say so, where that is known.
    """

    group: str
    about: tuple[str, ...]
    what: str
    source: str
    verified: str
    as_of: date | None
    place: Place

    def age(self, today: date) -> int | None:
        """Days since the source was last known to say so, or ``None``."""
        return (today - self.as_of).days if self.as_of else None

    @property
    def table(self) -> str:
        """The file it stands in, as rule files name it: ``states.csv``, ``parties/budapest.csv``."""
        path = PurePath(self.place.file)
        return f"parties/{path.name}" if path.parent.name == "parties" else path.name

    def stale(self, days: int, today: date) -> Reason | None:
        """Why nobody has verified it within so many *days*, or ``None`` where somebody has."""
        age = self.age(today)
        if self.verified == "no":
            return Reason.NEVER
        if age is None:
            return Reason.UNDATED
        return Reason.OLD if age > days else None


def entries(rulebook: Rulebook) -> Iterator[Entry]:
    """Every row of the tables and every authority, in the order of the files."""
    tables = rulebook.tables
    yield from _rows("instruments", tables.instruments.values(), ("id",), ("title", "in_force"))
    for instrument, rows in tables.parties.items():
        for row in rows:
            yield _entry("parties", row, (instrument, row["state"]), ("status", "in_force"))
    yield from _rows("bilateral treaties", tables.bilateral, ("a", "b"), ("kind", "title", "in_force"))
    yield from _rows("networks", tables.networks, ("network", "state"), ("since",))
    yield from _rows("states", tables.states, ("state",), ("attribute", "value", "since"))
    yield from _rows("statutes", tables.statutes, ("state",), ("category", "since"))
    yield from _rows("offences", tables.offences.values(), ("offence",), ("title",))
    yield from _rows("qualifications", tables.qualifications, ("category",), ("as", "fit"))
    for authority in rulebook.authorities.values():
        read = Row({"as_of": authority.as_of}, authority.place)
        yield Entry(
            "authorities",
            (authority.id,),
            authority.title,
            authority.source,
            authority.verified,
            _day(read),
            authority.place,
        )


def _rows(group: str, rows: Iterable[Row], about: tuple[str, ...], what: tuple[str, ...]) -> Iterator[Entry]:
    for row in rows:
        yield _entry(group, row, tuple(row[column] for column in about), what)


def _entry(group: str, row: Row, about: tuple[str, ...], what: tuple[str, ...]) -> Entry:
    said = " ".join(filter(None, (row[column] for column in what)))
    return Entry(group, about, said, row["source"], row["verified"], _day(row), row.place)


def _day(row: Row) -> date | None:
    try:
        return row.day("as_of", first=True)
    except ValueError:
        return None
