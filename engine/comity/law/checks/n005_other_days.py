"""A rule that is law only on days on which the tables rule it out."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law import source
from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity

CODE = "N005"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each rule whose days and the days of the rows that it reads exclude each other."""
    for rule in survey.rulebook.rules:
        if survey.only_on_other_days(rule):
            place = source.place_of(rule.node, ("effective",))
            message = f"{rule.id} can never apply: on the days on which it is law, {survey.never(rule)}"
            yield Finding(
                place, CODE, message, "compare 'effective' with the days in the tables", SEVERITY, rules=(rule.id,)
            )
