"""A rule that concludes nothing that another does not conclude as well, whenever it applies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.reasoning.subsumption import follows_from
from comity.law.rule import LawRule
from comity.law.superiority import can_meet
from comity.logic.rule import Rule
from comity.logic.terms import Literal

CODE = "D001"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each rule all of whose conclusions follow from more general rules."""
    redundant: set[str] = set()
    groups: dict[object, list[_Known]] = defaultdict(list)
    for rule in survey.rulebook.rules:
        for compiled in rule.kernel:
            known = _Known(compiled, rule, frozenset(c.relation for c in compiled.body if isinstance(c, Literal)))
            groups[_group(survey, compiled)].append(known)
    for rule in survey.rulebook.rules:
        covering = [_covering(survey, k, groups[_group(survey, k)], redundant) for k in rule.kernel]
        if not all(covering):
            continue
        redundant.add(rule.id)
        others = dict.fromkeys(other.id for other in covering if other)
        message = f"{rule.id} adds nothing to {', '.join(others)}, which always applies where it does"
        hint = f"drop it, or say in 'when' what sets it apart; see {survey.rulebook.by_id[next(iter(others))].place}"
        yield Finding(rule.place, CODE, message, hint, SEVERITY, rules=(rule.id, *others))


class _Known(NamedTuple):
    """A kernel rule with the rule it comes from and the relations that it reads."""

    compiled: Rule
    law: LawRule
    reads: frozenset[str]


def _group(survey: Survey, rule: Rule) -> object:
    """What two rules have to share for one to make the other redundant."""
    terms = sorted(survey.rulebook.head_terms(rule).items())
    return rule.head.relation, rule.head.positive, rule.kind, str(terms)


def _covering(survey: Survey, rule: Rule, group: list[_Known], redundant: set[str]) -> LawRule | None:
    own = next(known for known in group if known.compiled is rule)
    for other in group:
        if other.law is own.law or not other.reads <= own.reads or other.law.id in redundant:
            continue
        if not set(own.law.cites) <= set(other.law.cites) or not can_meet(other.compiled.head, rule.head):
            continue
        if _yields_to_no_less(survey, other.compiled, rule) and follows_from(survey.any_tables, rule, other.compiled):
            return other.law
    return None


def _yields_to_no_less(survey: Survey, general: Rule, special: Rule) -> bool:
    """Whether the general rule goes before all that the special one goes before, and gives way to no more."""
    weaker, stronger = survey.rulebook.program.weaker_than, survey.stronger_than
    nothing: frozenset[str] = frozenset()
    return weaker.get(special.id, nothing) <= weaker.get(general.id, nothing) and stronger.get(
        general.id, nothing
    ) <= stronger.get(special.id, nothing)
