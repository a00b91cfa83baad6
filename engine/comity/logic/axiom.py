"""What is taken for granted about facts, and whether given facts keep to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from comity.logic import reference
from comity.logic.domain import Domain
from comity.logic.program import Program
from comity.logic.rule import Rule
from comity.logic.terms import Absent, Comparison, Literal, Var, variables


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a fact relation look like.

    The first *key* values of a row determine the others (``None``: nothing does); *domains* says what each may be
    (``None``: anything).
    """

    arity: int
    key: int | None = None
    domains: tuple[Domain | None, ...] = ()

    def domain(self, position: int) -> Domain | None:
        """The domain of a place."""
        return self.domains[position] if position < len(self.domains) else None


@dataclass(frozen=True)
class Axiom:
    """Wherever *body* is met, so is all of one of the *heads*; no heads: the body is never met.

    Variables that stand only in a head are read as "for some value". *says* is the axiom in plain words.
    """

    says: str
    body: tuple[Literal | Comparison, ...]
    heads: tuple[tuple[Literal | Comparison, ...], ...] = ()


@dataclass(frozen=True)
class Setting:
    """Which facts there may be: of the relations in *facts*, with those shapes, under the *axioms*."""

    facts: Mapping[str, Shape]
    axioms: tuple[Axiom, ...] = ()
    _programs: dict[int, Program] = field(default_factory=dict, repr=False, compare=False)


def watch(axioms: Iterable[Axiom]) -> Iterator[Rule]:
    """Rules that conclude ``!broken N`` with the variables of axiom *N* where it is broken."""
    for number, axiom in enumerate(axioms):
        names = tuple(dict.fromkeys(n for c in axiom.body if isinstance(c, Literal) for n in variables(c)))
        seen: tuple[Var, ...] = tuple(Var(name) for name in names if not name.startswith("_"))
        kept = Literal(f"!kept {number}", seen)
        for which, head in enumerate(axiom.heads):
            yield Rule(f"!kept {number}/{which}", kept, (*axiom.body, *head))
        body: tuple[Literal | Comparison | Absent, ...] = axiom.body
        if axiom.heads:
            body = (*body, Absent(kept))
        yield Rule(f"!broken {number}", Literal(f"!broken {number}", seen), body)


def broken(axioms: tuple[Axiom, ...], facts: Iterable[Literal]) -> list[tuple[Axiom, tuple[Literal, ...]]]:
    """The axioms that *facts* break, each with the facts that it speaks of."""
    model = reference.model(Program(tuple(watch(axioms))), facts)
    return [
        (axiom, firing.premises)
        for number, axiom in enumerate(axioms)
        for literal in model.of(f"!broken {number}")
        for firing in model.firings[literal]
    ]


def repeated(shapes: Mapping[str, Shape], facts: Iterable[Literal]) -> list[tuple[Literal, Literal]]:
    """Pairs of different facts with one key."""
    first: dict[tuple[object, ...], Literal] = {}
    found = []
    for fact in facts:
        shape = shapes.get(fact.relation)
        if shape is not None and shape.key is not None:
            other = first.setdefault((fact.relation, *fact.terms[: shape.key]), fact)
            if other != fact:
                found.append((other, fact))
    return found


def foreign(shapes: Mapping[str, Shape], facts: Iterable[Literal]) -> list[tuple[Literal, int]]:
    """Facts with a value outside its domain, each with the position of that value."""
    found = []
    for fact in facts:
        shape = shapes.get(fact.relation)
        for position, value in enumerate(fact.terms):
            domain = shape.domain(position) if shape else None
            if domain is not None and not _in(domain, value):
                found.append((fact, position))
    return found


def _in(domain: Domain, value: object) -> bool:
    if value in domain.words or (domain.any_word and isinstance(value, str)):
        return True
    if isinstance(value, int):
        return domain.numbers is not None and domain.numbers[0] <= value <= domain.numbers[1]
    if domain.days is None or not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    return domain.days[0].isoformat() <= value <= domain.days[1].isoformat()
