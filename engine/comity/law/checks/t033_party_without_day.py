"""A party of which no day is given since when it is bound."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Edit, Finding, Fix, Severity

CODE = "T033"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each row that says 'party' and leaves 'in_force' empty."""
    tables = survey.rulebook.tables
    for row in (*(row for parties in tables.parties.values() for row in parties), *tables.bilateral):
        if row["status"] == "party" and not row["in_force"]:
            place = row.cell("status")
            fix = Fix(
                "wrote 'party-date-unknown' for 'party' without a day, as which it counts anyway",
                (Edit(place, "party-date-unknown"),),
            )
            message = "a party without a day in 'in_force' counts as one whose day is unknown"
            yield Finding(place, CODE, message, "give the day, or write party-date-unknown", SEVERITY, fix)
