"""A rule whose conditions contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.reasoning.contradiction import contradiction

CODE = "N001"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each rule that can apply to no case, whatever the tables say."""
    for rule in survey.rulebook.rules:
        if not survey.never(rule) or any(survey.unconcluded(rule)):
            continue
        why = contradiction(survey.any_tables, rule.kernel[0])
        if why:
            message = f"{rule.id} can never apply: {why}"
            yield Finding(rule.place, CODE, message, severity=SEVERITY, rules=(rule.id,))
