"""What if a treaty were in force: the rulebook with a date that no source gives.

What changes on the day on which a treaty enters into force has to be seen before that day is known. A supposition
enters a day for all states that the treaty's table lists and for which it is not in force, or not known to be. It is
no law, and a decision that rests on it says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from comity.law import source
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.rulebook import Rulebook
from comity.law.tables import Row

_OPEN = ("signed", "ratified-not-in-force", "party-date-unknown", "uncertain")
"""The standings in which a state has signed or more, and is not known to be bound."""


def parse(text: str) -> tuple[str, date]:
    """An instrument and a day, written ``uncc=2027-01-01``.

    Raises:
        InputError: the text is not of that form.
    """
    instrument, equals, day = text.partition("=")
    try:
        return instrument.strip(), date.fromisoformat(day.strip())
    except ValueError:
        hint = "write instrument=year-month-day, such as uncc=2027-01-01"
        message = "this is no supposition" if not equals else f"'{day}' is no date"
        raise InputError([Finding(Place(f"--suppose {text}"), "Q004", message, hint)]) from None


def of_root(root: source.Node) -> dict[str, date]:
    """What a whole file takes to be in force, by instrument; one that is no scenario supposes nothing.

    Raises:
        InputError: what it supposes cannot be understood.
    """
    supposed, faults = suppositions(root) if isinstance(root, source.Mapping) else ({}, [])
    if faults:
        raise InputError(faults)
    return supposed


def suppositions(node: source.Mapping) -> tuple[dict[str, date], list[Finding]]:
    """What stands under ``suppose`` in a scenario, or one of its variants, and what is wrong with it."""
    told = node.get("suppose")
    if told is None:
        return {}, []
    if not isinstance(told, source.Mapping):
        hint = "write suppose: {uncc: 2027-01-01}"
        return {}, [Finding(told.place, "S008", "suppose names instruments and days", hint)]
    supposed: dict[str, date] = {}
    faults = []
    for key, since in told.pairs:
        try:
            supposed[str(key.value)] = date.fromisoformat(str(source.plain(since)))
        except ValueError:
            faults.append(Finding(since.place, "S005", f"'{source.plain(since)}' is no date"))
    return supposed, faults


def suppose(rulebook: Rulebook, suppositions: Mapping[str, date]) -> Rulebook:
    """*rulebook* as if each instrument were in force from its day for every state listed that is not bound yet.

    States that are bound already stay so, and a state of which the table says that it is not bound stays outside.

    Raises:
        InputError: an instrument is unknown, or its table lists no state for which anything would change.
    """
    parties = dict(rulebook.tables.parties)
    told: list[str] = []
    digest = hashlib.sha256(rulebook.digest.encode())
    for instrument, day in sorted(suppositions.items()):
        place = Place(f"--suppose {instrument}={day}")
        if instrument not in rulebook.tables.instruments:
            hint = one_of(instrument, rulebook.tables.instruments) or "'comity show instrument' lists them"
            raise InputError([Finding(place, "Q004", f"'{instrument}' is no instrument", hint)])
        rows = parties.get(instrument, ())
        changed = tuple(_supposed(row, day) for row in rows)
        if changed == rows:
            message = f"{instrument} is in force by then for every state that its table lists as a party"
            raise InputError([Finding(place, "Q005", message, "suppose an earlier day, or another instrument")])
        parties[instrument] = changed
        title = rulebook.tables.instruments[instrument]["title"].split(";")[0]
        told.append(f"{title} ({instrument}) in force from {day} for all that have signed it")
        digest.update(f"{instrument}={day}".encode())
    tables = replace(rulebook.tables, parties=parties)
    made = replace(rulebook, tables=tables, suppositions=tuple(told), digest=digest.hexdigest())
    return made if rulebook.beneath is None else replace(made, beneath=_beneath(rulebook.beneath, suppositions))


def _beneath(rulebook: Rulebook, suppositions: Mapping[str, date]) -> Rulebook:
    """What is beneath an agency's rules, as far as the same can be supposed of it."""
    for instrument, day in suppositions.items():
        with suppress(InputError):  # only the agency's own tables know the instrument, or leave it open
            rulebook = suppose(rulebook, {instrument: day})
    return rulebook


def last_day(days: Iterable[date]) -> date | None:
    """The day on which all that is supposed is in force; ``None`` where nothing is supposed."""
    return max(days, default=None)


def _supposed(row: Row, day: date) -> Row:
    begins = row.day("in_force")
    later = row["status"] == "party" and begins is not None and begins > day
    if row["status"] not in _OPEN and not later:
        return row
    return replace(row, values={**row.values, "status": "party", "in_force": day.isoformat(), "until": ""})
