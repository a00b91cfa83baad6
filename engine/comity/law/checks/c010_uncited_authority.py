"""An authority that nothing cites."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity

CODE = "C010"
SEVERITY = Severity.NOTE


def check(survey: Survey) -> Iterator[Finding]:
    """Each authority of which neither a rule nor a factor cites anything."""
    cited = {citation.partition("/")[0] for citation in survey.citations}
    for authority in survey.rulebook.authorities.values():
        if authority.id not in cited:
            yield Finding(authority.place, CODE, f"nothing cites '{authority.id}'", severity=SEVERITY)
