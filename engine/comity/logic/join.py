"""How the conditions of a rule are matched: in which order, and what is known at each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from operator import itemgetter
from typing import Any, NamedTuple

from comity.logic.terms import Absent, Arithmetic, Comparison, Condition, Literal, Value, Var, variables

Constant = tuple[Value]
Bound = dict[Any, Any]
"""The values of variables by name and, so that all is looked up in one way, of each constant under itself."""
Test = Callable[[Bound], bool]


class Step(NamedTuple):
    """One literal of a body, to be matched once the variables of the steps before it are bound.

    ``position`` is its place among the positive conditions. ``known`` are the terms that have a value by then, and
    ``values`` looks these up. ``binds`` are the terms that give a variable its value, ``repeats`` pairs of terms that
    must be equal, ``tests`` the comparisons that can be made after it.
    """

    position: int
    relation: tuple[str, bool]
    known: tuple[int, ...]
    values: Callable[[Bound], object]
    binds: tuple[tuple[int, str], ...]
    repeats: tuple[tuple[int, int], ...]
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True)
class Join:
    """The ways through the conditions of one body.

    ``positive`` and ``compared`` are the conditions as they are; ``relations`` is what the positive ones read;
    ``absences`` are matched when all variables are bound;
    ``names`` are the variables that a proof shows; ``constants`` are bound from the start; ``head`` are the keys of the
    terms of the conclusion, ``None`` where these are calculated.
    """

    positive: tuple[Literal, ...]
    compared: tuple[Comparison, ...]
    relations: tuple[tuple[str, bool], ...]
    absences: tuple[Step, ...]
    names: tuple[str, ...]
    constants: Bound
    head: tuple[str | Constant, ...] | None

    @cached_property
    def first(self) -> tuple[Step, ...]:
        """The steps that begin with the first positive condition; there must be one."""
        return _steps(self.positive, 0, self.compared)

    @cached_property
    def starts(self) -> tuple[tuple[Step, ...], ...]:
        """For each positive condition the steps that begin with it."""
        return tuple(_steps(self.positive, number, self.compared) for number in range(len(self.positive)))

    @cached_property
    def fixed(self) -> tuple[Test, ...]:
        """The comparisons of a body without any positive condition."""
        return () if self.positive else tuple(map(_test, self.compared))


def _key(term: object) -> str | Constant:
    assert isinstance(term, Var | str | int)
    return term.name if isinstance(term, Var) else (term,)


def _test(test: Comparison) -> Test:
    """What makes a test, without a look at its shape each time."""
    if test.op in ("==", "!=") and not _calculates(test):
        return partial(_equal if test.op == "==" else _different, _key(test.left), _key(test.right))
    if isinstance(test.right, tuple) and not _calculates(test):
        return partial(_among if test.op == "in" else _not_among, _key(test.left), test.right)
    return test.holds


def _equal(one: object, other: object, bindings: Bound) -> bool:
    return bool(bindings[one] == bindings[other])


def _different(one: object, other: object, bindings: Bound) -> bool:
    return bool(bindings[one] != bindings[other])


def _among(one: object, values: tuple[Value, ...], bindings: Bound) -> bool:
    return bindings[one] in values


def _not_among(one: object, values: tuple[Value, ...], bindings: Bound) -> bool:
    return bindings[one] not in values


def picked(keys: Sequence[Any]) -> Callable[[Any], object]:
    """What picks the values at *keys*: of several a tuple, of one the value itself."""
    return itemgetter(*keys) if keys else _nothing


def _nothing(_: object) -> tuple[()]:
    return ()


def join(body: Sequence[Condition], head: Literal) -> Join:
    """The ways through *body* to *head*."""
    positive = [condition for condition in body if isinstance(condition, Literal)]
    tests = [condition for condition in body if isinstance(condition, Comparison)]
    bound = {name for literal in positive for name in variables(literal)}
    absences = [condition.literal for condition in body if isinstance(condition, Absent)]
    terms = [term for literal in (head, *positive, *absences) for term in literal.terms]
    compared = [term for test in tests for term in (test.left, test.right)]
    return Join(
        tuple(positive),
        tuple(tests),
        tuple((literal.relation, literal.positive) for literal in positive),
        tuple(_step(0, literal, bound) for literal in absences),
        tuple(sorted(name for name in bound if not name.startswith("_"))),
        {(term,): term for term in (*terms, *compared) if isinstance(term, str | int)},
        None if any(isinstance(term, Arithmetic) for term in head.terms) else tuple(map(_key, head.terms)),
    )


def _steps(positive: Sequence[Literal], first: int, tests: Sequence[Comparison]) -> tuple[Step, ...]:
    """All of *positive*, beginning with *first*, each next one sharing a variable with those before where one does."""
    rest = [position for position in range(len(positive)) if position != first]
    names = [frozenset(variables(literal)) for literal in positive]
    steps: list[Step] = []
    bound: set[str] = set()
    todo = [(test, frozenset(variables(test))) for test in tests]
    following = first
    while True:
        literal = positive[following]
        step = _step(following, literal, bound)
        bound |= names[following]
        ready = [(test, of) for test, of in todo if of <= bound and not (rest and _calculates(test))]
        todo = [pair for pair in todo if pair not in ready] if ready else todo
        steps.append(step._replace(tests=tuple(_test(test) for test, _ in ready)) if ready else step)
        if not rest:
            return tuple(steps)
        following = next((p for p in rest if not bound.isdisjoint(names[p])), rest[0])
        rest.remove(following)


def _calculates(test: Comparison) -> bool:
    """Whether a test can fail for want of a number; it then waits until everything else has matched."""
    return isinstance(test.left, Arithmetic) or isinstance(test.right, Arithmetic)


def _step(position: int, literal: Literal, bound: set[str]) -> Step:
    known: list[int] = []
    wanted: list[str | Constant] = []
    binds: list[tuple[int, str]] = []
    repeats: list[tuple[int, int]] = []
    here: dict[str, int] = {}
    for place, term in enumerate(literal.terms):
        if isinstance(term, Var):
            if term.name in bound:
                known.append(place)
                wanted.append(term.name)
            elif term.name in here:
                repeats.append((here[term.name], place))
            else:
                here[term.name] = place
                binds.append((place, term.name))
        elif isinstance(term, str | int):
            known.append(place)
            wanted.append((term,))
    relation = literal.relation, literal.positive
    return Step(position, relation, tuple(known), picked(wanted), tuple(binds), tuple(repeats))
