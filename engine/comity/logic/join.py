"""How the conditions of a rule are matched: in which order, and what is known at each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comity.logic.terms import Absent, Arithmetic, Bindings, Comparison, Condition, Literal, Value, Var, variables


@dataclass(frozen=True, slots=True)
class Step:
    """One literal of a body, to be matched once the variables of the steps before it are bound.

    ``position`` is its place among the positive conditions. ``known`` are the terms that have a value by then, with
    ``wanted`` saying which: a constant, or the name of a variable where ``named``. ``binds`` are the terms that give
    a variable its value, ``repeats`` pairs of terms that must be equal, ``tests`` the comparisons that can be made
    after it.
    """

    position: int
    relation: tuple[str, bool]
    known: tuple[int, ...]
    wanted: tuple[tuple[bool, Any], ...]
    binds: tuple[tuple[int, str], ...]
    repeats: tuple[tuple[int, int], ...]
    tests: tuple[Comparison, ...] = ()

    def values(self, bindings: Bindings) -> tuple[Value, ...]:
        """The values of the known terms."""
        return tuple([bindings[value] if named else value for named, value in self.wanted])

    def bound(self, fact: Literal) -> list[tuple[str, Value]]:
        """The variables that *fact* gives a value, each with it."""
        return [(name, value) for place, name in self.binds if isinstance(value := fact.terms[place], str | int)]


@dataclass(frozen=True)
class Join:
    """The ways through the conditions of one body.

    ``starts`` has for each positive condition the steps that begin with it; ``relations`` is what these read;
    ``absences`` are matched when all variables are bound; ``fixed`` are comparisons without any positive condition;
    ``names`` are the variables that a proof shows.
    """

    starts: tuple[tuple[Step, ...], ...]
    relations: tuple[tuple[str, bool], ...]
    absences: tuple[Step, ...]
    fixed: tuple[Comparison, ...]
    names: tuple[str, ...]


def join(body: Sequence[Condition]) -> Join:
    """The ways through *body*."""
    positive = [condition for condition in body if isinstance(condition, Literal)]
    tests = [condition for condition in body if isinstance(condition, Comparison)]
    bound = {name for literal in positive for name in variables(literal)}
    absences = [condition.literal for condition in body if isinstance(condition, Absent)]
    return Join(
        tuple(_steps(positive, first, tests) for first in range(len(positive))),
        tuple((literal.relation, literal.positive) for literal in positive),
        tuple(_step(0, literal, bound) for literal in absences),
        () if positive else tuple(tests),
        tuple(sorted(name for name in bound if not name.startswith("_"))),
    )


def _steps(positive: Sequence[Literal], first: int, tests: Sequence[Comparison]) -> tuple[Step, ...]:
    """All of *positive*, beginning with *first*, each next one sharing a variable with those before where one does."""
    rest = [position for position in range(len(positive)) if position != first]
    steps: list[Step] = []
    bound: set[str] = set()
    todo = list(tests)
    following = first
    while True:
        literal = positive[following]
        step = _step(following, literal, bound)
        bound |= set(variables(literal))
        ready = [t for t in todo if bound.issuperset(variables(t)) and not (rest and _calculates(t))]
        todo = [t for t in todo if t not in ready]
        steps.append(
            Step(step.position, step.relation, step.known, step.wanted, step.binds, step.repeats, tuple(ready))
        )
        if not rest:
            return tuple(steps)
        following = next((p for p in rest if not bound.isdisjoint(variables(positive[p]))), rest[0])
        rest.remove(following)


def _calculates(test: Comparison) -> bool:
    """Whether a test can fail for want of a number; it then waits until everything else has matched."""
    return isinstance(test.left, Arithmetic) or isinstance(test.right, Arithmetic)


def _step(position: int, literal: Literal, bound: set[str]) -> Step:
    known: list[int] = []
    wanted: list[tuple[bool, Any]] = []
    binds: list[tuple[int, str]] = []
    repeats: list[tuple[int, int]] = []
    here: dict[str, int] = {}
    for place, term in enumerate(literal.terms):
        if isinstance(term, Var):
            if term.name in bound:
                known.append(place)
                wanted.append((True, term.name))
            elif term.name in here:
                repeats.append((here[term.name], place))
            else:
                here[term.name] = place
                binds.append((place, term.name))
        elif isinstance(term, str | int):
            known.append(place)
            wanted.append((False, term))
    relation = literal.relation, literal.positive
    return Step(position, relation, tuple(known), tuple(wanted), tuple(binds), tuple(repeats))
