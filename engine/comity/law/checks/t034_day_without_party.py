"""A state that is said to be bound since a day, but not to be a party."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity

CODE = "T034"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each row whose status says that nothing is in force, with a day in 'in_force'."""
    tables = survey.rulebook.tables
    for row in (*(row for parties in tables.parties.values() for row in parties), *tables.bilateral):
        if row["in_force"] and row["status"] in ("signed", "ratified-not-in-force", "not-bound", "party-date-unknown"):
            message = f"'{row['status']}' has a day in 'in_force', which is not used"
            yield Finding(row.cell("status"), CODE, message, "write party, or leave the day out", SEVERITY)
