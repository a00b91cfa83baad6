"""A rule that reads what no rule concludes."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity

CODE = "N002"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each condition that waits for a conclusion which does not come."""
    for rule in survey.rulebook.rules:
        for literal, place in survey.unconcluded(rule):
            verb = "concludes" if literal.positive else "rules out"
            message = f"{rule.id} can never apply: no rule {verb} such a '{literal.relation}'"
            yield Finding(place, CODE, message, severity=SEVERITY, rules=(rule.id,))
