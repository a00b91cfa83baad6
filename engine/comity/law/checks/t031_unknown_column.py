"""A column that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from comity.law.checks.survey import Survey
from comity.law.finding import Edit, Finding, Fix, Nearest, Place, Severity, one_of
from comity.law.table_files import columns
from comity.law.tables import Row

CODE = "T031"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each column that a table is not known to have."""
    tables = survey.rulebook.tables
    seen: set[str] = set()
    for row in tables.rows():
        if row.place.file in seen:
            continue
        seen.add(row.place.file)
        path = Path(row.place.file)
        name = f"parties/{path.name}" if path.parent.name == "parties" else path.name
        known = columns(name, tables.instruments)
        header = Row({column: column for column in row.values}, Place(row.place.file, 1, 1))
        for column in row.values:
            if column in known:
                continue
            hint = one_of(column, known)
            place = header.cell(column)
            fix = None
            if isinstance(hint, Nearest) and hint.only and hint.word not in row.values:
                says = f"called the column '{column}' of {path.name} '{hint.word}', so that it is read"
                fix = Fix(says, (Edit(place, hint.word),))
            yield Finding(place, CODE, f"no column '{column}' is read in this table", hint, SEVERITY, fix)
