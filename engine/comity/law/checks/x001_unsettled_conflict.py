"""Two rules that can say the opposite of the same thing while neither goes before the other."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey, is_defeater
from comity.law.finding import Finding, Severity
from comity.logic.program import Kind

CODE = "X001"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each pair of rules whose conflict is settled by nothing."""
    program = survey.rulebook.program
    told: set[frozenset[str]] = set()
    for opposition in survey.oppositions:
        one, other = opposition.one, opposition.other
        if is_defeater(one) or is_defeater(other) or Kind.STRICT in (one.kind, other.kind):
            continue
        if program.beats(one, other) or program.beats(other, one):
            continue
        ids = survey.law_rule(one).id, survey.law_rule(other).id
        if frozenset(ids) in told or survey.never_together(one, other):
            continue
        told.add(frozenset(ids))
        message = (
            f"{ids[0]} concludes, and {ids[1]} rules out, the same '{one.head.relation}': neither goes before the other"
        )
        hint = f"let one override the other; {ids[1]} stands at {survey.head_place(other)}"
        yield Finding(survey.head_place(one), CODE, message, hint, SEVERITY, rules=ids)
