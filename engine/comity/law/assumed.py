"""What proofs take for granted about the tables, and whether the tables keep to it on every day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from comity.law.dated import Dated
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic import reference
from comity.logic.axiom import Axiom, Shape
from comity.logic.program import Program, Rule
from comity.logic.terms import Comparison, Literal, Term, Var


@dataclass(frozen=True, slots=True)
class Breach:
    """An assumption that the tables break: on which day for the first time, and by which facts."""

    says: str
    day: date
    facts: tuple[Literal, ...]


def breaches(axioms: Iterable[Axiom], shapes: dict[str, Shape], rows: Iterable[Dated]) -> Iterator[Breach]:
    """Where the tables break what is assumed of them: the *axioms*, and that the key of a row determines the row."""
    rows = list(rows)
    yield from _two_with_one_key(shapes, rows)
    for axiom in axioms:
        yield from _breach(axiom, rows)


def keys(shapes: dict[str, Shape]) -> Iterator[str]:
    """What the shapes of the table relations assume, in words."""
    for name, shape in shapes.items():
        relation = RELATIONS[name]
        if relation.origin is Origin.TABLE and shape.key is not None:
            named = " and ".join(field.name for field in relation.fields[: shape.key])
            yield f"{name}: on one day no more than one row for each {named}"


def _two_with_one_key(shapes: dict[str, Shape], rows: list[Dated]) -> Iterator[Breach]:
    found: dict[tuple[object, ...], list[Dated]] = {}
    for row in rows:
        key = shapes[row.fact.relation].key
        if key is None:
            continue
        others = found.setdefault((row.fact.relation, *row.fact.terms[:key]), [])
        for other in others:
            if other.fact != row.fact and other.since <= row.until and row.since <= other.until:
                says = f"{row.fact.relation}: two rows with one key"
                yield Breach(says, max(row.since, other.since), (other.fact, row.fact))
        others.append(row)


def _breach(axiom: Axiom, rows: list[Dated]) -> Iterator[Breach]:
    """An axiom without heads, over rows with their first and last day: the days of all rows it speaks of must meet.

    Days are a line, so that ranges of which each two meet have a day in common.
    """
    body: list[Literal | Comparison] = []
    lower: list[tuple[Term, bool]] = []
    upper: list[tuple[Term, bool]] = []
    days = {c.terms[-1] for c in axiom.body if isinstance(c, Literal) and c.relation == "case"}
    for number, condition in enumerate(axiom.body):
        if isinstance(condition, Literal):
            if condition.relation != "case":
                ends = Var(f"since{number}"), Var(f"until{number}")
                body.append(Literal(condition.relation, (*condition.terms, *ends)))
                lower.append((ends[0], False))
                upper.append((ends[1], False))
        elif condition.left in days or condition.right in days:
            _bound(condition, days, lower, upper)
        else:
            body.append(condition)
    for first, strictly in lower:
        for last, strict in upper:
            body.append(Comparison("<" if strictly or strict else "<=", first, last))
    relations = {c.relation for c in body if isinstance(c, Literal)}
    facts = (
        Literal(row.fact.relation, (*row.fact.terms, row.since.isoformat(), row.until.isoformat()))
        for row in rows
        if row.fact.relation in relations
    )
    model = reference.model(Program((Rule("breach", Literal("breach"), tuple(body)),)), facts)
    for firing in model.firings.get(Literal("breach"), ())[:1]:
        premises = firing.premises
        day = max((str(premise.terms[-2]) for premise in premises), default=date.min.isoformat())
        yield Breach(axiom.says, date.fromisoformat(day), tuple(Literal(p.relation, p.terms[:-2]) for p in premises))


def _bound(
    comparison: Comparison, days: set[Term], lower: list[tuple[Term, bool]], upper: list[tuple[Term, bool]]
) -> None:
    op, other = comparison.op, comparison.right
    assert not isinstance(other, tuple)
    if other in days:
        op, other = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op), comparison.left
    if op in ("<", "<=", "=="):
        upper.append((_next(other, -1), False) if op == "<" and isinstance(other, str) else (other, op == "<"))
    if op in (">", ">=", "=="):
        lower.append((_next(other, 1), False) if op == ">" and isinstance(other, str) else (other, op == ">"))


def _next(day: str, step: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=step)).isoformat()
