"""A row of a table or an authority that nobody has verified for so many days; asked for with ``--stale``."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.provenance import Reason, entries

CODE = "E002"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each fact that is not verified, has no day, or is older than was asked; nothing where nothing was asked."""
    if survey.stale is None:
        return
    for entry in entries(survey.rulebook):
        reason = entry.stale(survey.stale, survey.today)
        if reason is None or (survey.about and survey.about.isdisjoint(entry.about)):
            continue
        why = f"last known to say so on {entry.as_of}" if reason is Reason.OLD else str(reason)
        message = f"{why}: {' '.join(entry.about)}, {entry.what} ({entry.source})"
        yield Finding(entry.place._replace(column=0), CODE, message, severity=SEVERITY)
