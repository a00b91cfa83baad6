"""Two rules of one file with the same title; in files on different instruments the same title is no fault."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law import source
from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.rule import LawRule

CODE = "D002"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each rule whose title another rule of its file has before it."""
    first: dict[tuple[str, str], LawRule] = {}
    for rule in survey.rulebook.rules:
        known = first.setdefault((rule.place.file, rule.title.casefold().strip()), rule)
        if known is not rule:
            place = source.place_of(rule.node, ("title",))
            message = f"{rule.id} has the title of {known.id}: a reader cannot tell them apart"
            yield Finding(place, CODE, message, f"see {known.place}", SEVERITY, rules=(rule.id, known.id))
