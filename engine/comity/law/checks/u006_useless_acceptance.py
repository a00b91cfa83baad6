"""Something accepted that is not found."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Edit, Finding, Fix, Severity

CODE = "U006"
SEVERITY = Severity.WARNING
LAST = True


def check(survey: Survey) -> Iterator[Finding]:
    """Each entry of 'accept' that has kept nothing from being told."""
    for rule in survey.rulebook.rules:
        for accepted in rule.accepts:
            if accepted in survey.used:
                continue
            other = f" with '{accepted.other}'" if accepted.other else ""
            message = f"{rule.id} accepts {accepted.check}{other}, which is not found"
            fix = Fix(f"left out what {rule.id} accepts of {accepted.check}", (Edit(accepted.place),))
            yield Finding(accepted.place, CODE, message, "leave it out", SEVERITY, fix)
