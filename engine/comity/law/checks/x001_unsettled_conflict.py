"""Two rules that can say the opposite of the same thing while neither goes before the other."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.reasoning.contradiction import contradiction
from comity.law.superiority import can_meet
from comity.logic.rule import Kind, Rule

CODE = "X001"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each pair of rules whose conflict is settled by nothing."""
    told: set[frozenset[str]] = set()
    for one, other in _opposed(survey):
        ids = survey.law_rule(one).id, survey.law_rule(other).id
        if frozenset(ids) in told or contradiction(survey.knowledge, one, other):
            continue
        told.add(frozenset(ids))
        what = f"{ids[0]} concludes, and {ids[1]} rules out, the same '{one.head.relation}'"
        message = f"{what}: neither goes before the other"
        hint = f"let one override the other; {ids[1]} stands at {survey.head_place(other)}"
        yield Finding(survey.head_place(one), CODE, message, hint, SEVERITY, rules=ids)


def _opposed(survey: Survey) -> Iterator[tuple[Rule, Rule]]:
    """Every two rules that may conclude the opposite of the same thing, and neither of which goes before the other.

    Strict rules decide by themselves, and defeaters keep others from concluding on purpose.
    """
    program = survey.rulebook.program
    default = {rule.id for rule in survey.rulebook.rules if rule.default}
    for (relation, positive), rules in survey.heads.items():
        against = [rule for rule in survey.heads.get((relation, False), ()) if rule.kind is Kind.ORDINARY]
        for one in rules if positive and against else ():
            if one.kind is not Kind.ORDINARY:
                continue
            yields = survey.law_rule(one).id in default
            for other in against:
                if yields is not (survey.law_rule(other).id in default) or not can_meet(one.head, other.head):
                    continue
                if not program.beats(one, other) and not program.beats(other, one):
                    yield one, other
