"""A rule that cites the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Edit, Finding, Fix, Severity

CODE = "C012"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each citation that its rule has given before."""
    for rule in survey.rulebook.rules:
        seen: set[str] = set()
        for citation, place in rule.citations:
            if citation in seen:
                fix = Fix(f"left out the second '{citation}' of {rule.id}", (Edit(place),))
                yield Finding(
                    place, CODE, f"{rule.id} cites '{citation}' twice", "leave it out", SEVERITY, fix, (rule.id,)
                )
            seen.add(citation)
