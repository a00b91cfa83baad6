"""Two rows on the standing of one state, or of two, that hold on the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.tables import Row

CODE = "T032"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each row on parties, bilateral treaties or members that overlaps with one before it."""
    tables = survey.rulebook.tables
    for parties in tables.parties.values():
        yield from _overlaps(parties, ("state",))
    yield from _overlaps(tables.bilateral, ("kind", "a", "b", "title"))
    yield from _overlaps(tables.networks, ("network", "state"))
    yield from _overlaps(tables.states, ("state", "attribute", "value"))


def _overlaps(rows: Iterable[Row], columns: tuple[str, ...]) -> Iterator[Finding]:
    before: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        key = tuple(row[column] for column in columns)
        for other in before[key]:
            if _begins(row) <= _ends(other) and _begins(other) <= _ends(row):
                message = f"{' '.join(key)} stands in line {other.place.line} already, for some of the same days"
                hint = "keep one row, or end one in 'until' before the other begins"
                yield Finding(row.cell(columns[0]), CODE, message, hint, SEVERITY)
                break
        before[key].append(row)


def _begins(row: Row) -> date:
    return row.day("in_force", first=True) or row.day("since", first=True) or date.min


def _ends(row: Row) -> date:
    return row.day("until") or date.max
