"""A rule that concludes nothing that another does not conclude as well, whenever it applies."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.reasoning.subsumption import follows_from
from comity.law.rule import LawRule
from comity.logic.program import Rule

CODE = "D001"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each rule all of whose conclusions follow from more general rules."""
    redundant: set[str] = set()
    for rule in survey.rulebook.rules:
        covering = [_covering(survey, compiled, redundant) for compiled in rule.kernel]
        if not all(covering):
            continue
        redundant.add(rule.id)
        others = dict.fromkeys(other.id for other in covering if other)
        message = f"{rule.id} adds nothing to {', '.join(others)}, which always applies where it does"
        hint = f"drop it, or say in 'when' what sets it apart; see {survey.rulebook.by_id[next(iter(others))].place}"
        yield Finding(rule.place, CODE, message, hint, SEVERITY, rules=(rule.id, *others))


def _covering(survey: Survey, rule: Rule, redundant: set[str]) -> LawRule | None:
    law = survey.law_rule(rule)
    for other in survey.heads[rule.head.relation, rule.head.positive]:
        general = survey.law_rule(other)
        if general.id == law.id or general.id in redundant or other.kind is not rule.kind:
            continue
        if (
            set(law.cites) <= set(general.cites)
            and survey.rulebook.head_terms(rule) == survey.rulebook.head_terms(other)
            and _yields_to_no_less(survey, other, rule)
            and follows_from(survey.any_tables, rule, other)
        ):
            return general
    return None


def _yields_to_no_less(survey: Survey, general: Rule, special: Rule) -> bool:
    """Whether the general rule goes before all that the special one goes before, and gives way to no more."""
    weaker, stronger = survey.rulebook.program.weaker_than, survey.stronger_than
    nothing: frozenset[str] = frozenset()
    return weaker.get(special.id, nothing) <= weaker.get(general.id, nothing) and stronger.get(
        general.id, nothing
    ) <= stronger.get(special.id, nothing)
