"""A rule that cannot apply with the tables as they are."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.reasoning.contradiction import contradiction

CODE = "N004"
SEVERITY = Severity.NOTE


def check(survey: Survey) -> Iterator[Finding]:
    """Each rule that waits for a row: a treaty in force for nobody yet, a practice that no state is known for."""
    for rule in survey.rulebook.rules:
        why = survey.never(rule)
        if why and not contradiction(survey.any_tables, rule.kernel[0]) and not survey.only_on_other_days(rule):
            message = f"{rule.id} waits for the tables: {why}"
            yield Finding(rule.place, CODE, message, severity=SEVERITY, rules=(rule.id,))
