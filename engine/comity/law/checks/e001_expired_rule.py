"""A rule whose last day has passed."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law import source
from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity

CODE = "E001"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each rule that is law no more."""
    for rule in survey.rulebook.rules:
        if rule.effective_until is not None and rule.effective_until < survey.today:
            place = source.place_of(rule.node, ("effective", "until"))
            message = f"{rule.id} is law no more: its last day was {rule.effective_until}"
            hint = (
                "was it prolonged or replaced? to keep it for decisions as of earlier days, accept E001 with a reason"
            )
            yield Finding(place, CODE, message, hint, SEVERITY, rules=(rule.id,))
