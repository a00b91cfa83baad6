"""What proofs take for granted about the tables, and whether the tables keep to it on every day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from comity.law.dated import Dated
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic import reference, slicing
from comity.logic.axiom import Axiom, Shape
from comity.logic.program import Program
from comity.logic.rule import Rule
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
    """The first match of the body, by rows that hold on one day, on which the tables have none of the heads."""
    body, days = _over_time(axiom)
    relations = {c.relation for c in body if isinstance(c, Literal)}
    facts = [_with_ends(row) for row in rows if row.fact.relation in relations]
    names = slicing.names(body)
    seen = Literal("met", tuple(Var(name) for name in names))
    model = reference.model(Program((Rule("met", seen, tuple(body)),)), facts)
    for literal in sorted(model.of("met"), key=str):
        bound = dict(zip(names, literal.terms, strict=True))
        for firing in model.firings[literal]:
            met = [_plain(premise) for premise in firing.premises]
            day = _uncovered(_range(firing.premises, days), list(_covering(axiom, bound, rows)))
            if day is not None:
                yield Breach(axiom.says, day, tuple(met))
                return


def _over_time(axiom: Axiom) -> tuple[list[Literal | Comparison], tuple[date, date]]:
    """The body of an axiom over rows with their first and last day, and the days that it speaks of.

    Days are a line, so that ranges of which each two meet have a day in common.
    """
    body: list[Literal | Comparison] = []
    ends: list[tuple[Var, Var]] = []
    since, until = date.min, date.max
    days = {c.terms[-1] for c in axiom.body if isinstance(c, Literal) and c.relation == "case"}
    for number, condition in enumerate(axiom.body):
        if isinstance(condition, Literal):
            if condition.relation != "case":
                ends.append((Var(f"since {number}"), Var(f"until {number}")))
                body.append(Literal(condition.relation, (*condition.terms, *ends[-1])))
        elif condition.left in days and isinstance(condition.right, str):
            first, last = _of(condition.op, date.fromisoformat(condition.right))
            since, until = max(since, first), min(until, last)
        else:
            body.append(condition)
    for first_day, _ in ends:
        body += [Comparison("<=", first_day, last_day) for _, last_day in ends]
        body.append(Comparison("<=", first_day, until.isoformat()))
    body += [Comparison(">=", last_day, since.isoformat()) for _, last_day in ends]
    return body, (since, until)


def _of(op: str, day: date) -> tuple[date, date]:
    """The days that stand in that relation to *day*."""
    step = timedelta(days=1)
    ranges = {
        "<": (date.min, day - step),
        "<=": (date.min, day),
        ">": (day + step, date.max),
        ">=": (day, date.max),
        "==": (day, day),
    }
    return ranges[op]


def _with_ends(row: Dated) -> Literal:
    return Literal(row.fact.relation, (*row.fact.terms, row.since.isoformat(), row.until.isoformat()))


def _plain(premise: Literal) -> Literal:
    return Literal(premise.relation, premise.terms[:-2])


def _range(premises: Iterable[Literal], days: tuple[date, date]) -> tuple[date, date]:
    premises = tuple(premises)
    since = max((date.fromisoformat(str(p.terms[-2])) for p in premises), default=date.min)
    until = min((date.fromisoformat(str(p.terms[-1])) for p in premises), default=date.max)
    return max(since, days[0]), min(until, days[1])


def _covering(axiom: Axiom, bound: dict[str, Term], rows: Iterable[Dated]) -> Iterator[tuple[date, date]]:
    """The days on which some row is what a head asks for."""
    for head in axiom.heads:
        for wanted in head:
            assert isinstance(wanted, Literal)
            terms = [bound.get(term.name, term) if isinstance(term, Var) else term for term in wanted.terms]
            for row in rows:
                if row.fact.relation == wanted.relation and all(
                    isinstance(term, Var) or term == value for term, value in zip(terms, row.fact.terms, strict=True)
                ):
                    yield row.since, row.until


def _uncovered(days: tuple[date, date], covering: list[tuple[date, date]]) -> date | None:
    """The first of some days on which nothing covers them."""
    day, last = days
    for since, until in sorted(covering):
        if since > day:
            break
        if until >= day:
            if until >= last:
                return None
            day = until + timedelta(days=1)
    return day if day <= last else None
