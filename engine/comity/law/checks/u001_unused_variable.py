"""A variable that stands once in a rule, where leaving its field out would say the same."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from string import Formatter

from comity.law import source
from comity.law.checks.survey import Survey, conclusions
from comity.law.finding import Edit, Finding, Fix, Severity
from comity.law.reasoning.keys import KEYS
from comity.law.rule import LawRule
from comity.law.vocabulary import RELATIONS

CODE = "U001"
SEVERITY = Severity.WARNING


def check(survey: Survey) -> Iterator[Finding]:
    """Each variable that is read nowhere else."""
    for rule in survey.rulebook.rules:
        yield from _of_rule(rule)


def _of_rule(rule: LawRule) -> Iterator[Finding]:
    when = rule.node.get("when")
    uses = Counter(_variables(when)) if when is not None else Counter()
    for _, fields in conclusions(rule):
        uses.update(_variables(fields))
    uses.update(f"${name}" for _, name, _, _ in Formatter().parse(rule.because) if name)
    if not isinstance(when, source.Sequence):
        return
    for condition in when.items:
        for relation, field, value, absent in _fields(condition):
            if uses[str(value.value)] > 1 or not (absent or _may_be_left_out(relation, field)):
                continue
            what = "stands only inside 'absent', for no value at all" if absent else "is read nowhere"
            near = difflib.get_close_matches(str(value.value), (n for n in uses if n != value.value), n=1, cutoff=0.8)
            if _says_nothing(condition, relation):
                place, hint, fix = condition.place, "leave the condition out: it is always met", True
            else:
                place, hint, fix = field.place, "leave the field out", not near
            if near:
                hint += f", or did you mean '{near[0]}'?"
            says = f"left out '{relation}: {{{field.value}: {value.value}}}' of {rule.id}, which says the same without"
            yield Finding(
                value.place,
                CODE,
                f"{value.value} {what}",
                hint,
                SEVERITY,
                Fix(says, (Edit(place),)) if fix else None,
                (rule.id,),
            )


def _variables(node: source.Node) -> Iterator[str]:
    match node:
        case source.Scalar(str(text), _) if text.startswith("$"):
            yield text
        case source.Sequence(items, _):
            for item in items:
                yield from _variables(item)
        case source.Mapping(pairs, _):
            for _, value in pairs:
                yield from _variables(value)


def _fields(condition: source.Node, absent: bool = False) -> Iterator[tuple[str, source.Scalar, source.Scalar, bool]]:
    """The fields of a condition that hold a variable: relation, field, value, and whether it is an absence."""
    if not isinstance(condition, source.Mapping):
        return
    key, inner = condition.pairs[0]
    if key.value in ("absent", "denied"):
        yield from _fields(inner, absent or key.value == "absent")
    elif isinstance(inner, source.Mapping):
        for field, value in inner.pairs:
            if isinstance(value, source.Scalar) and str(value.value).startswith("$"):
                yield str(key.value), field, value, absent


def _may_be_left_out(relation: str, field: source.Scalar) -> bool:
    """Whether a variable in the field asks for nothing: where a value may be unknown, it asks that it is known."""
    known = RELATIONS[relation].field(str(field.value))
    return known is not None and not known.may_be_unknown


def _says_nothing(condition: source.Node, relation: str) -> bool:
    """Whether a condition has but this field, of a relation that always has its one row."""
    assert isinstance(condition, source.Mapping)
    key, fields = condition.pairs[0]
    return (
        key.value == relation
        and KEYS.get(relation) == ()
        and isinstance(fields, source.Mapping)
        and len(fields.pairs) == 1
    )
