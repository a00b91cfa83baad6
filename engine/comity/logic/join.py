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
    """The ways through the conditions of one body to a conclusion, each part worked out when it is first needed.

    ``positive`` and ``compared`` are the conditions as they are, ``absent`` what must not be held.
    """

    positive: tuple[Literal, ...]
    compared: tuple[Comparison, ...]
    absent: tuple[Literal, ...]
    conclusion: Literal

    @cached_property
    def absences(self) -> tuple[Step, ...]:
        """The absences, to be matched when all variables are bound."""
        bound = {name for literal in self.positive for name in variables(literal)}
        return tuple(_step(0, literal, bound) for literal in self.absent)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The variables that a proof shows, sorted."""
        bound = {name for literal in self.positive for name in variables(literal)}
        return tuple(sorted(name for name in bound if not name.startswith("_")))

    @cached_property
    def constants(self) -> Bound:
        """What is bound from the start: each constant to itself."""
        terms = [term for each in (self.conclusion, *self.positive, *self.absent) for term in each.terms]
        terms += [term for test in self.compared for term in (test.left, test.right) if not isinstance(term, tuple)]
        return {(term,): term for term in terms if isinstance(term, str | int)}

    @cached_property
    def head(self) -> tuple[str | Constant, ...] | None:
        """The keys of the terms of the conclusion; ``None`` where one of these is calculated."""
        terms = self.conclusion.terms
        return None if any(isinstance(term, Arithmetic) for term in terms) else tuple(map(_key, terms))

    @cached_property
    def first(self) -> Way:
        """The way that begins with the first positive condition; there must be one."""
        return Way(self.positive, 0, self.compared)

    @cached_property
    def starts(self) -> tuple[Way, ...]:
        """For each positive condition the way that begins with it."""
        return tuple(Way(self.positive, number, self.compared) for number in range(len(self.positive)))

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
    return Join(
        tuple([condition for condition in body if isinstance(condition, Literal)]),
        tuple([condition for condition in body if isinstance(condition, Comparison)]),
        tuple([condition.literal for condition in body if isinstance(condition, Absent)]),
        head,
    )


class Way:
    """All of *positive*, beginning with *first*, each next one sharing a variable with those before where one does.

    A step is worked out when it is first reached: of most rules, few conditions are met in any one case.
    """

    def __init__(self, positive: Sequence[Literal], first: int, tests: Sequence[Comparison]) -> None:
        self.length = len(positive)
        self._positive = positive
        self._following = first
        self._rest = [position for position in range(len(positive)) if position != first]
        self._tests = list(tests)
        self._bound: set[str] = set()
        self._steps: list[Step] = []

    def step(self, number: int) -> Step:
        """The step of that number, from 0."""
        while number >= len(self._steps):
            self._steps.append(self._next())
        return self._steps[number]

    def _next(self) -> Step:
        literal = self._positive[self._following]
        step = _step(self._following, literal, self._bound)
        bound, rest = self._bound, self._rest
        bound.update(variables(literal))
        ready = [test for test in self._tests if bound.issuperset(variables(test)) and not (rest and _calculates(test))]
        if rest:
            connected = (place for place in rest if not bound.isdisjoint(variables(self._positive[place])))
            self._following = next(connected, rest[0])
            rest.remove(self._following)
        if not ready:
            return step
        self._tests = [test for test in self._tests if test not in ready]
        return step._replace(tests=tuple(map(_test, ready)))


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
