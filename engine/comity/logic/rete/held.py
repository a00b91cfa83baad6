"""What holds so far, as the conditions of rules look for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from comity.logic.rete.writing import Reading
from comity.logic.terms import Literal, Value, Var, ground, variables

_ByValues = dict[tuple[object, ...], list[Literal]]


class Held:
    """What holds so far, by relation and sign."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        self.all: set[Literal] = set()
        self.by_relation: dict[tuple[str, bool], set[Literal]] = defaultdict(set)
        self.by_values: dict[tuple[str, bool], dict[tuple[int, ...], _ByValues]] = defaultdict(dict)
        self.add(literals)

    def add(self, literals: Iterable[Literal]) -> set[Literal]:
        """Add *literals*; return those that are new."""
        new = set(literals) - self.all
        self.all |= new
        for literal in new:
            self.by_relation[literal.relation, literal.positive].add(literal)
            self.by_values.pop((literal.relation, literal.positive), None)
        return new

    def like(self, reading: Reading) -> list[Literal]:
        """What is held of the relation with the constants of *reading*."""
        known = self.by_values[reading.relation]
        if reading.places not in known:
            found = known[reading.places] = defaultdict(list)
            for literal in self.by_relation[reading.relation]:
                found[tuple([literal.terms[place] for place in reading.places])].append(literal)
        return known[reading.places].get(reading.values, [])

    def has(self, pattern: Literal, bindings: dict[str, Value]) -> bool:
        """Whether something is held that fits a pattern, in which variables without a binding are open."""
        if all(name in bindings for name in variables(pattern)):
            return ground(pattern, bindings) in self.all
        known = self.by_relation.get((pattern.relation, pattern.positive), ())
        return any(_fits(pattern, literal, bindings) for literal in known)


def _fits(pattern: Literal, literal: Literal, bindings: dict[str, Value]) -> bool:
    loose: dict[str, object] = {}
    for term, value in zip(pattern.terms, literal.terms, strict=True):
        if isinstance(term, Var):
            wanted = bindings.get(term.name, loose.setdefault(term.name, value))
            if wanted != value:
                return False
        elif term != value:
            return False
    return True
