"""An override of a rule that the overriding rule never stands against."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey, is_defeater
from comity.law.finding import Edit, Finding, Fix, Severity
from comity.law.reasoning.contradiction import contradiction
from comity.law.rule import LawRule
from comity.law.superiority import can_meet
from comity.logic.rule import Rule

CODE = "U003"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each override without effect."""
    for rule in survey.rulebook.rules:
        for id_, place in rule.overrides:
            weaker = survey.rulebook.by_id[id_]
            why = _why_useless(survey, rule, weaker)
            if why:
                fix = Fix(f"left '{id_}' out of the overrides of {rule.id}", (Edit(place),))
                message = f"overriding '{id_}' has no effect: {why}"
                yield Finding(place, CODE, message, "leave it out", SEVERITY, fix, (rule.id, weaker.id))


def _why_useless(survey: Survey, rule: LawRule, weaker: LawRule) -> str:
    if rule.id == weaker.id:
        return "a rule cannot override itself"
    if all(map(is_defeater, rule.kernel)):
        return "a rule that only unsettles concludes nothing that could go before another"
    if weaker.default and not rule.default:
        return "it is a default, and gives way anyway"
    met = [(r, w) for r in rule.kernel for w in weaker.kernel if _against(r, w)]
    if not met:
        return "it concludes nothing that this rule denies, and the reverse"
    reasons = [contradiction(survey.any_tables, r, w, depth=0) for r, w in met]
    return f"both never apply to the same thing, since {reasons[0]}" if all(reasons) else ""


def _against(rule: Rule, weaker: Rule) -> bool:
    opposite = rule.head.relation == weaker.head.relation and rule.head.positive is not weaker.head.positive
    return opposite and not is_defeater(rule) and can_meet(rule.head, weaker.head)
