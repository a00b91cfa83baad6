"""A default that no rule contradicts."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Edit, Finding, Fix, Severity
from comity.law.superiority import can_meet

CODE = "U004"
SEVERITY = Severity.NOTE


def check(survey: Survey) -> Iterator[Finding]:
    """Each rule that is marked as a default without need."""
    for rule in survey.rulebook.rules:
        if not rule.default or any(
            can_meet(compiled.head, other.head)
            for compiled in rule.kernel
            for other in survey.heads.get((compiled.head.relation, not compiled.head.positive), ())
            if other not in rule.kernel
        ):
            continue
        place = next((k.place for k, _ in rule.node.pairs if k.value == "default"), rule.place)
        fix = Fix(f"left out 'default: true' of {rule.id}", (Edit(place),))
        message = f"{rule.id} gives way to nobody: no rule says the opposite"
        yield Finding(place, CODE, message, "leave out 'default: true'", SEVERITY, fix, (rule.id,))
