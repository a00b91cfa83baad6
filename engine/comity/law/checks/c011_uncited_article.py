"""An article that nothing cites, of an authority that is cited otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity

CODE = "C011"
SEVERITY = Severity.NOTE


def check(survey: Survey) -> Iterator[Finding]:
    """The articles of each authority that no rule, no factor and not the glossary cites."""
    cited = {citation.partition("/")[0] for citation in survey.citations}
    for authority in survey.rulebook.authorities.values():
        spare = [article for article in authority.articles if f"{authority.id}/{article}" not in survey.citations]
        if spare and authority.id in cited:
            message = f"nothing cites {', '.join(f'{authority.id}/{article}' for article in spare)}"
            yield Finding(authority.place, CODE, message, severity=SEVERITY)
