"""Every row that the tables can put before a rule, on whatever day and for whatever case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from comity.law.tables import Row, Tables, articles
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic.terms import Term

Tuple = tuple[Term | None, ...]
"""The values of a row; ``None`` stands for one that the tables do not determine."""


class Dated(NamedTuple):
    """A row with the first and the last day on which it can hold, in ISO 8601; empty where there is no such limit."""

    values: Tuple
    since: str = ""
    until: str = ""


Extent = Mapping[str, frozenset[Dated]]
"""By relation its possible rows."""

_WITHOUT_DAY: Final = ("party-date-unknown", "uncertain")


def extent(tables: Tables) -> Extent:
    """The possible rows of every relation that comes from tables: more than on any one day, never fewer."""
    rows: dict[str, set[Dated]] = defaultdict(set)
    for relation, row in _rows(tables):
        rows[relation].add(row)
    return {name: frozenset(rows[name]) for name, known in RELATIONS.items() if known.origin is Origin.TABLE}


def _rows(tables: Tables) -> Iterator[tuple[str, Dated]]:
    for instrument, parties in tables.parties.items():
        begins = bool(tables.instruments[instrument]["in_force"]) if instrument in tables.instruments else True
        for row in parties:
            yield from _standings(instrument, row, begins)
    for row in tables.bilateral:
        relation = "bilateral_unclear" if _is_undated(row) else "bilateral"
        if _is_undated(row) or row["status"] == "party":
            for ends in ((row["a"], row["b"]), (row["b"], row["a"])):
                yield relation, Dated((row["kind"], *ends), _day(row.day("in_force")), _day(row.day("until")))
    for row in tables.networks:
        yield "member", Dated((row["network"], row["state"]), _day(row.day("since")))
    for row in tables.states:
        yield from _profile(row)
    for row in tables.offences.values():
        yield "offence_kind", Dated((row["offence"], row["family"], None, None, row["untoc"]))
        yield from (("covered", Dated((row["offence"], *article))) for article in articles(row))
    for row in tables.qualifications:
        yield "qualification", Dated((row["category"], row["as"], row["fit"]))
    for row in tables.statutes:
        if row["since"]:
            yield "statute", Dated((row["state"], row["category"], None))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _is_undated(row: Row) -> bool:
    return row["status"] in _WITHOUT_DAY or (row["status"] == "party" and not row["in_force"])


def _standings(instrument: str, row: Row, begins: bool) -> Iterator[tuple[str, Dated]]:
    who, until = (instrument, row["state"]), _day(row.day("until"))
    pending = Dated(who, until=until)
    if _is_undated(row):
        yield "not_in_force", pending
        if begins:
            yield "status_unclear", pending
    elif row["status"] == "party":
        since = _day(row.day("in_force"))
        yield "party", Dated(who, since, until)
        yield "party_since", Dated((*who, row["in_force"]), since, until)
        if row["signed"] or row["bound"]:
            yield "not_in_force", pending
        for article in filter(None, (a.strip() for a in row["reservations"].split(";"))):
            yield "reservation", Dated((*who, article), since, until)
    elif row["status"] in ("signed", "ratified-not-in-force"):
        yield "not_in_force", pending


def _profile(row: Row) -> Iterator[tuple[str, Dated]]:
    about, since = (row["state"], row["attribute"]), _day(row.day("since"))
    verified = row["verified"] or "no"
    yield "profile", Dated((*about, row["value"]), since)
    if row["since"]:
        yield "profile_first", Dated((*about, None, None))
    if row["attribute"].endswith("_days") and row["value"].isdecimal():
        days = int(row["value"])
        yield "period", Dated((*about, days, row["citation"], verified), since)
        if row["attribute"] == "log_retention_days":
            yield "kept_by_law", Dated((None, row["state"], days, None, row["citation"], verified), since)
