"""Two rules of one title."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law import source
from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.rule import LawRule

CODE = "D002"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each rule whose title another rule has before it."""
    first: dict[str, LawRule] = {}
    for rule in survey.rulebook.rules:
        title = rule.title.casefold().strip()
        known = first.setdefault(title, rule)
        if known is not rule:
            place = source.place_of(rule.node, ("title",))
            message = f"{rule.id} has the title of {known.id}: a reader cannot tell them apart"
            yield Finding(place, CODE, message, f"see {known.place}", SEVERITY, rules=(rule.id, known.id))
