"""An absence of what no rule can conclude."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.superiority import can_meet
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic.terms import Absent

CODE = "U005"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each absence that is met whatever the case."""
    for rule in survey.rulebook.rules:
        for condition, place in rule.conditions:
            if not isinstance(condition, Absent):
                continue
            absent = condition.literal
            if RELATIONS[absent.relation].origin is not Origin.RULES:
                continue
            concluding = survey.knowledge.concluding.get((absent.relation, absent.positive), ())
            if not any(can_meet(absent, other.head) for other in concluding):
                what = absent.relation if absent.positive else f"denial of '{absent.relation}'"
                message = f"this is always met: no rule concludes such a {what}"
                yield Finding(place, CODE, message, "leave the condition out", SEVERITY, rules=(rule.id,))
