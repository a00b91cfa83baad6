"""A row of a table that does not say where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity

CODE = "T030"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each row without a source."""
    for row in survey.rulebook.tables.rows:
        if not row["source"]:
            yield Finding(row.cell("source"), CODE, "this row has no source", "say where it can be read", SEVERITY)
