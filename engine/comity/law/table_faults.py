"""What is wrong with the rows of tables: with each by itself, and with what they say together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from comity.law.finding import Finding, Place, one_of
from comity.law.state import titles
from comity.law.tables import UNION, VERIFIED, Row, Tables

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


def faults(tables: Tables) -> list[Finding]:
    """What is wrong with the rows of tables, taken together."""
    repeated = [
        *_repeated(tables.files["instruments.csv"], ("id",)),
        *_repeated(tables.files["offences.csv"], ("offence",)),
    ]
    return [*repeated, *_faults(tables)]


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
