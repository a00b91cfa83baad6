"""A condition or conclusion that stands twice in one rule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from comity.law import source
from comity.law.checks.survey import Survey
from comity.law.finding import Edit, Finding, Fix, Severity

CODE = "D003"
SEVERITY = Severity.WARNING

LISTS: Final = {"when": "condition", "conclude": "conclusion", "rule_out": "conclusion", "overrides": "id"}
"""The lists of a rule, with what an entry of each is."""


def check(survey: Survey) -> Iterator[Finding]:
    """Each entry of a list that stands in it already."""
    for rule in survey.rulebook.rules:
        for key, what in LISTS.items():
            listed = rule.node.get(key)
            seen: dict[str, source.Node] = {}
            for item in listed.items if isinstance(listed, source.Sequence) else ():
                known = seen.setdefault(json.dumps(source.plain(item), sort_keys=True), item)
                if known is not item:
                    fix = Fix(f"left out the second of two equal entries of '{key}' of {rule.id}", (Edit(item.place),))
                    message = f"this {what} stands in line {known.place.line} already"
                    yield Finding(item.place, CODE, message, "leave it out", SEVERITY, fix, (rule.id,))
