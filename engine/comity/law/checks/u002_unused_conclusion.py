"""A conclusion that no rule reads and no advice is made of."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.superiority import can_meet
from comity.law.vocabulary import READ_BY_DECISION
from comity.logic.rule import Rule

CODE = "U002"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each conclusion of a rule that nobody uses."""
    told: set[tuple[str, int]] = set()
    for rule in survey.rulebook.program.rules:
        if rule.head.relation in READ_BY_DECISION or _is_used(survey, rule):
            continue
        place = survey.head_place(rule)
        if (place.file, place.line) in told:
            continue
        told.add((place.file, place.line))
        law = survey.law_rule(rule)
        message = f"no rule reads this '{rule.head.relation}', and no advice is made of it"
        hint = "read it in a rule, or leave it out"
        yield Finding(place, CODE, message, hint, SEVERITY, rules=(law.id,))


def _is_used(survey: Survey, rule: Rule) -> bool:
    head = rule.head
    read = survey.readings.get((head.relation, head.positive), ())
    stands_against = survey.heads.get((head.relation, not head.positive), ())
    return any(can_meet(head, literal) for literal in read) or any(
        can_meet(head, other.head) for other in stands_against if other.id.split("/")[0] != rule.id.split("/")[0]
    )
