"""What a case comes to once everything is left out that nothing looks at: cases with one signature get one decision.

The signature is itself a case, in JSON: the parts are called by their place in the case, free texts are gone, and a day
is the first of those that would have the same result. DuckDB works it out over whole columns; whatever a case file may
not say stays in it as it is, so that a signature is a case exactly where each of its cases is one.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

import duckdb
import pyarrow as pa

from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS
from comity.triage.relevance import ANY_STATE, Relevance
from comity.triage.schema import CASE, PARTS, Column, Kind, quoted, text

ID: Final = r"[a-z][a-z0-9-]{0,39}"
_DAY: Final = r"\d{4}-\d{2}-\d{2}"
_STATES: Final = "breaking_states"
"""The variable that has the states of breakpoints."""

_RANKS: Final = "breaking_ranks"
"""The variable that has, for each day from the first breakpoint on, how many have come."""

_LAST: Final = "breaking_days"
"""The variable that has, for each state, the last breakpoint of that state after so many have come."""

_NOBODY: Final = "nobody"
"""What a part that the case has not is called; no part has that name."""

_RELATION: Final = {
    "offences": "offence",
    "persons": "person",
    "systems": "system",
    "custodians": "custodian",
    "data": "data",
    "assets": "asset",
    "proceedings": "proceedings",
    "steps": "step_taken",
    "requests": "request",
}
"""The relation that the parts of a case become."""

_INTERVAL: Final = ("offences", "committed_on")
"""The day of which only the place between the breakpoints counts."""

_EXPIRY: Final = ("data", "expires_on")
"""The day of which only counts how many of the days that matter are left until then."""

_NOT_READ: Final = (("steps", "on"),)
"""The days that become no fact."""


class Signature:
    """The query that finds signatures; *as_of* is the day of the whole run, *today* that of cases which name none."""

    def __init__(self, relevance: Relevance, as_of: date | None, today: date) -> None:
        self.relevance = relevance
        self.as_of, self.today = as_of, today
        self.first_day = self.last_day = today
        self.days = 1

    def prepare(self, sql: duckdb.DuckDBPyConnection) -> None:
        """Make a connection ready for :meth:`query`."""
        states = self.relevance.breakpoints or {ANY_STATE: (self.today,)}
        days = sorted({day for found in states.values() for day in found} or {self.today})
        ranks = [bisect_right(days, days[0] + timedelta(n)) for n in range((days[-1] - days[0]).days + 1)]
        last = [_last(found, day) for found in states.values() for day in days]
        _set(sql, _STATES, pa.array(list(states)))
        _set(sql, _RANKS, pa.array(ranks, pa.int32()))
        _set(sql, _LAST, pa.array(last, pa.date32()))
        self.first_day, self.last_day, self.days = days[0], days[-1], len(days)

    def query(self, told: str) -> str:
        """SQL for the signatures of the table *told*, which has the columns of a caseload and ``row``.

        The columns are ``row``, ``case``, ``as_of`` (the day of decision), ``ids`` (those of the parts, in the order of
        their positions) and ``signature``.
        """
        ids = [f"list_transform(coalesce({quoted(c.name)}, []), lambda p: p.id)" for c in PARTS if _has_id(c)]
        shifts = ", ".join(["_day", *(_shifted(n, states) for n, states in self.relevance.periods.items())])
        fields = ", ".join(f"{text(c.name)}: {sql}" for c in CASE if (sql := self._column(c)) is not None)
        base = f"(list_position(getvariable('{_STATES}'), s) - 1) * {self.days}"
        states = ", ".join([f"[{text(ANY_STATE)}]", *_states()])
        return f"""
            WITH dated AS (SELECT *, {self._decided()} AS _day FROM {told}),
            named AS (SELECT *, flatten([{", ".join(ids)}]) AS _ids, list_distinct(flatten([{states}])) AS _named
                FROM dated),
            placed AS (SELECT *, [{shifts}] AS _shifts, list_transform(_named, lambda s: {base}) AS _bases FROM named)
            SELECT row, "case", _day AS as_of, _ids AS ids, to_json({{{fields}}})::VARCHAR AS signature FROM placed
        """

    def _decided(self) -> str:
        if self.as_of is not None:
            return f"DATE '{self.as_of}'"
        return f"CASE WHEN as_of IS NULL THEN DATE '{self.today}' WHEN {_valid('as_of')} THEN as_of::DATE END"

    def _column(self, column: Column) -> str | None:
        here = quoted(column.name)
        if column.name == "case":
            return f"CASE WHEN regexp_full_match({here}, '{ID}') THEN 'case' ELSE {here} END"
        if column.name == "as_of":
            return f"CASE WHEN as_of IS NULL OR {_valid('as_of')} THEN _day::VARCHAR ELSE as_of END"
        if column.kind is not Kind.PARTS:
            return self._value("case", column, here)
        fields = ", ".join(
            f"{text(c.name)}: {sql}"
            for c in column.parts
            if (sql := self._value(column.name, c, f"p.{quoted(c.name)}")) is not None
        )
        return f"list_transform(coalesce({here}, []), lambda p: {{{fields}}})"

    def _value(self, group: str, column: Column, here: str) -> str | None:
        """The value of a column in a signature; ``None`` where it is free text."""
        match column.kind:
            case Kind.DAY:
                return self._of_day(group, column, here)
            case Kind.TEXT if column.is_id and column.name == "id":
                own = f"regexp_full_match({here}, '{ID}') AND {here} NOT IN ({self._kept()})"
                return f"CASE WHEN {own} THEN {_position(here)} ELSE {here} END"
            case Kind.TEXT if _is_reference(group, column):
                return self._reference(f"coalesce({here}, {text(UNKNOWN)})" if not column.required else here)
            case Kind.TEXT if column.default == "":
                return None
            case Kind.TEXT if column.words and not column.required and not self._matters(group, column):
                ordinary = f"{here} IS NULL OR {here} IN ({', '.join(map(text, column.words))})"
                return f"CASE WHEN {ordinary} THEN {text(column.default)} ELSE {here} END"
            case Kind.TEXT:
                return here if column.required else f"coalesce({here}, {text(column.default)})"
            case Kind.TEXTS if _is_reference(group, column):
                return f"list_transform(coalesce({here}, []), lambda r: {self._reference('r')})"
            case Kind.TEXTS:
                return _json(f"list_sort({here})", here, column)
            case _:
                return _json(f"map_from_entries(list_sort(map_entries({here})))", here, column)

    def _kept(self) -> str:
        return ", ".join(map(text, sorted({UNKNOWN, *self.relevance.names})))

    def _matters(self, group: str, column: Column) -> bool:
        return self.relevance.matters(_RELATION.get(group, group), column.name)

    def _reference(self, here: str) -> str:
        known = f"coalesce({_position(here)}, {text(_NOBODY)})"
        return f"CASE WHEN {here} IN ({self._kept()}) OR {here} IS NULL THEN {here} ELSE {known} END"

    def _of_day(self, group: str, column: Column, here: str) -> str:
        told = f"coalesce({here}, {text(UNKNOWN)})"
        if (group, column.name) in _NOT_READ:
            return f"CASE WHEN {_valid(here)} THEN {text(UNKNOWN)} ELSE {told} END"
        if (group, column.name) == _EXPIRY and self.relevance.days_left is not None:
            return f"CASE WHEN {_valid(here)} THEN ({self._expiry(f'{here}::DATE')})::VARCHAR ELSE {told} END"
        if (group, column.name) != _INTERVAL or self.relevance.breakpoints is None:
            return told
        day = f"{here}::DATE"
        rank = f"getvariable('{_RANKS}')[least({day}, DATE '{self.last_day}') - DATE '{self.first_day}' + 1]"
        of_one = f"getvariable('{_LAST}')[b + {rank}]"
        of_all = f"list_max(list_transform(_bases, lambda b: {of_one}))"
        known = f"CASE WHEN {day} >= DATE '{self.first_day}' THEN {of_all} END"
        last = f"greatest({known}, list_max(list_filter(_shifts, lambda s: s <= {day})))"
        first = f"least({day}, coalesce({last} + 1, DATE '{date.min}'))"
        return f"CASE WHEN {_valid(here)} THEN ({first})::DATE::VARCHAR ELSE {told} END"

    def _expiry(self, day: str) -> str:
        """The first of the days on which an item may be deleted with the same result as on *day*."""
        steps = self.relevance.days_left or (0,)
        passed = f"list_max(list_filter([{', '.join(map(str, steps))}], lambda n: n <= {day} - _day))"
        return f"_day + coalesce({passed}, {steps[0] - 1})"


def _shifted(days: int, states: Iterable[str]) -> str:
    """SQL for the day from which on a law of one of the states keeps logs; nothing where the case names none."""
    return f"CASE WHEN list_has_any(_named, [{', '.join(map(text, sorted(states)))}]) THEN _day - {days} END"


def _states() -> Iterator[str]:
    """SQL for lists that together have every state that a case names."""
    for column in CASE:
        if column.is_state:
            yield f"[{quoted(column.name)}]"
        for part in column.parts:
            here, group = f"p.{quoted(part.name)}", f"coalesce({quoted(column.name)}, [])"
            if part.is_state and part.kind is Kind.TEXT:
                yield f"list_transform({group}, lambda p: {here})"
            elif part.is_state:
                named = here if part.kind is Kind.TEXTS else f"map_keys({here})"
                yield f"flatten(list_transform({group}, lambda p: coalesce({named}, [])))"


def _has_id(column: Column) -> bool:
    return any(c.name == "id" for c in column.parts)


def _is_reference(group: str, column: Column) -> bool:
    """Whether a column names a part of the case, and not a row of a table."""
    field = RELATIONS[_RELATION[group]].field(column.name) if group in _RELATION else None
    return column.is_id and column.name != "id" and (field is None or field.type == "id")


def _position(here: str) -> str:
    """What a part is called: by its place, counted from 1 over all parts that have ids."""
    return f"'n' || list_position(_ids, {here})"


def _valid(here: str) -> str:
    return f"coalesce(regexp_full_match({here}, '{_DAY}') AND TRY_CAST({here} AS DATE) IS NOT NULL, false)"


def _json(value: str, here: str, column: Column) -> str:
    """A list or map as JSON, since what is unknown is a word in its place."""
    return f"CASE WHEN {here} IS NULL THEN {text(json.dumps(column.default))}::JSON ELSE to_json({value}) END"


def _last(days: Sequence[date], day: date) -> date | None:
    """The last of *days*, sorted, that is not after *day*."""
    place = bisect_right(days, day)
    return days[place - 1] if place else None


def _set(sql: duckdb.DuckDBPyConnection, variable: str, values: pa.Array) -> None:
    sql.register("given", pa.table({"place": pa.array(range(len(values))), "value": values}))
    sql.execute(f"SET VARIABLE {variable} = (SELECT list(value ORDER BY place) FROM given)")
    sql.unregister("given")
