"""A condition with a word that the tables never use, while they use one that is spelt much like it."""

from __future__ import annotations

from collections.abc import Iterator

from comity.law import source
from comity.law.checks.survey import Survey
from comity.law.finding import Edit, Finding, Fix, Nearest, Severity, one_of
from comity.law.vocabulary import RELATIONS, Origin

CODE = "N003"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each value that was probably meant to be one of the tables'."""
    for rule in survey.rulebook.rules:
        when = rule.node.get("when")
        for condition in when.items if isinstance(when, source.Sequence) else ():
            for value, known in _words(survey, condition):
                hint = one_of(str(value.value), known)
                if not isinstance(hint, Nearest) or any(c.isdigit() for c in str(value.value)):
                    continue
                says = f"wrote '{hint.word}' for '{value.value}' in {rule.id}, which changes when it applies"
                fix = Fix(says, (Edit(value.place, hint.word),)) if hint.only else None
                message = f"no row of the tables says '{value.value}' there"
                yield Finding(value.place, CODE, message, hint, SEVERITY, fix, (rule.id,))


def _words(survey: Survey, condition: source.Node) -> Iterator[tuple[source.Scalar, set[str]]]:
    """The free words in a condition on a table that no row with the same first words has, with those that rows have."""
    if not isinstance(condition, source.Mapping):
        return
    key, fields = condition.pairs[0]
    if key.value == "absent":
        yield from _words(survey, fields)
        return
    relation = RELATIONS.get(str(key.value))
    if relation is None or relation.origin is not Origin.TABLE or not isinstance(fields, source.Mapping):
        return
    about = fields.get("attribute")
    rows = survey.knowledge.extent[relation.name]
    for position, field in enumerate(relation.fields):
        given = fields.get(field.name)
        if field.type != "word" or given is None:
            continue
        same = [r for r in rows if not isinstance(about, source.Scalar) or about.value in r.values]
        known = {str(row.values[position]) for row in same}
        for value in given.items if isinstance(given, source.Sequence) else (given,):
            if (
                isinstance(value, source.Scalar)
                and not str(value.value).startswith("$")
                and str(value.value) not in known
            ):
                yield value, known
