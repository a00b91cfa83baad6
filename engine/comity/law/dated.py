"""What the tables say of every day at once: each fact with the days on which it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.law.table_facts import table_facts
from comity.law.tables import Row, Tables
from comity.logic.terms import Literal

ALWAYS = date.min, date.max


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact that holds from one day to another, both included."""

    fact: Literal
    since: date
    until: date


def dated(tables: Tables) -> Iterator[Dated]:
    """Every fact of the tables with its days, but for those that depend on the dates of a case (``kept_by_law``)."""
    states = {row["state"] for row in _rows(tables)} | {row[end] for row in tables.bilateral for end in ("a", "b")}
    none = replace(
        tables, parties={}, bilateral=(), states=(), networks=(), offences={}, qualifications=(), statutes=()
    )
    for instrument, rows in tables.parties.items():
        begun = tables.instruments.get(instrument)
        for row in rows:
            one = replace(none, parties={instrument: (row,)})
            yield from _over_time(one, states, [row, *([begun] if begun else [])])
    for row in tables.bilateral:
        yield from _over_time(replace(none, bilateral=(row,)), states, [row])
    for row in tables.networks:
        yield from _over_time(replace(none, networks=(row,)), states, [row])
    by_attribute: dict[tuple[str, str], list[Row]] = {}
    for row in tables.states:
        by_attribute.setdefault((row["state"], row["attribute"]), []).append(row)
    for rows_of_one in by_attribute.values():
        yield from _over_time(replace(none, states=tuple(rows_of_one)), states, rows_of_one)
    rest = replace(none, offences=tables.offences, qualifications=tables.qualifications, statutes=tables.statutes)
    for fact in table_facts(rest, states, set(tables.offences), date.max):
        yield Dated(fact, *ALWAYS)


def _rows(tables: Tables) -> Iterator[Row]:
    for rows in tables.parties.values():
        yield from rows
    yield from (*tables.states, *tables.networks, *tables.statutes)


_DATES = ("signed", "bound", "in_force", "until", "since")


def _over_time(tables: Tables, states: set[str], rows: Iterable[Row]) -> Iterator[Dated]:
    """The facts of a few rows, read on each day on which they may change."""
    days = {date.min}
    for row in rows:
        for column in _DATES:
            for first in (False, True):
                day = row.day(column, first)
                if day is not None:
                    days |= {day, min(day, date.max - timedelta(days=1)) + timedelta(days=1)}
    ordered = sorted(days)
    open_: dict[Literal, date] = {}
    for day in ordered:
        now = set(table_facts(tables, states, set(), day))
        for fact in [fact for fact in open_ if fact not in now]:
            yield Dated(fact, open_.pop(fact), day - timedelta(days=1))
        for fact in now:
            open_.setdefault(fact, day)
    for fact, since in open_.items():
        yield Dated(fact, since, date.max)
