"""Terms, literals and conditions: the syntax of defeasible Datalog."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

Value = str | int
"""A constant. There is no Boolean: ``True == 1`` would merge two constants, so callers use words."""


@dataclass(frozen=True, slots=True)
class Var:
    """A logical variable, scoped to the rule it stands in."""

    name: str

    def __str__(self) -> str:
        return f"${self.name}"

    def __reduce__(self) -> tuple[Callable[[str], Var], tuple[str]]:
        return variable, (self.name,)


@cache
def variable(name: str) -> Var:
    """One and the same variable for a name, so that a program is quickly unpickled."""
    return Var(name)


@dataclass(frozen=True)
class Arithmetic:
    """``left op right`` over whole numbers, with ``op`` one of ``+ - *``; allowed in heads and comparisons."""

    op: str
    left: Term
    right: Term

    def __str__(self) -> str:
        return f"({self.left} {self.op} {self.right})"


Term = Var | Arithmetic | str | int
Bindings = Mapping[Any, Value]
"""The values of variables by name."""

ARITHMETIC: Final[dict[str, Callable[[int, int], int]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


class Literal(NamedTuple):
    """A relation applied to terms, affirmed or (``positive=False``) denied.

    A literal without variables is ground; facts and conclusions are ground literals.
    """

    relation: str
    terms: tuple[Term, ...] = ()
    positive: bool = True

    def __invert__(self) -> Literal:
        return Literal(self.relation, self.terms, not self.positive)

    def __str__(self) -> str:
        return f"{'' if self.positive else '~'}{self.relation}({', '.join(map(str, self.terms))})"


@dataclass(frozen=True)
class Absent:
    """Negation as failure: satisfied when *literal* is not held (refuted or undecided alike).

    Variables that occur only in an absent literal are read as "for no value at all" and must be anonymous
    (their name starts with an underscore).
    """

    literal: Literal

    def __str__(self) -> str:
        return f"absent {self.literal}"


COMPARISONS: Final[dict[str, str]] = {
    "==": "is",
    "!=": "differs from",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "in": "is one of",
    "not in": "is none of",
}
"""The comparison operators, each with the words that an explanation uses for it."""


@dataclass(frozen=True)
class Comparison:
    """``left op right``; for ``in`` and ``not in`` the right side is a tuple of constants.

    Constants of different kinds (a word and a number) are unequal and stand in no order.
    """

    op: str
    left: Term
    right: Term | tuple[Value, ...]

    def __str__(self) -> str:
        return f"{self.left} {COMPARISONS[self.op]} {self.right}"

    def holds(self, bindings: Bindings) -> bool:
        """Whether the comparison is true once its variables are replaced by *bindings*."""
        left = evaluate(self.left, bindings)
        if isinstance(self.right, tuple):
            return (left in self.right) is (self.op == "in")
        right = evaluate(self.right, bindings)
        if self.op == "==":
            return left == right
        if self.op == "!=":
            return left != right
        return _in_order(self.op, left, right)


Condition = Literal | Absent | Comparison


def _in_order(op: str, left: Value, right: Value) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return _ORDER[op](left, right)
    if isinstance(left, int) and isinstance(right, int):
        return _ORDER[op](left, right)
    return False


_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(term: Term, bindings: Bindings) -> Value:
    """The constant that *term* denotes under *bindings*.

    Raises:
        KeyError: a variable of the term is unbound (a checked program never gets here).
        TypeError: arithmetic on a word.
    """
    if isinstance(term, Var):
        return bindings[term.name]
    if isinstance(term, Arithmetic):
        left, right = evaluate(term.left, bindings), evaluate(term.right, bindings)
        if not isinstance(left, int) or not isinstance(right, int):
            raise TypeError(f"arithmetic needs whole numbers: {left!r} {term.op} {right!r}")
        return ARITHMETIC[term.op](left, right)
    return term


def ground(literal: Literal, bindings: Bindings) -> Literal:
    """*literal* with every variable replaced by its value."""
    return Literal(literal.relation, tuple(evaluate(t, bindings) for t in literal.terms), literal.positive)


def variables(part: Condition | Term | tuple[Value, ...]) -> Iterator[str]:
    """The names of the variables in a condition or term, in order of appearance."""
    if isinstance(part, Literal):
        for term in part.terms:
            if isinstance(term, Var):
                yield term.name
            elif isinstance(term, Arithmetic):
                yield from variables(term)
    elif isinstance(part, Var):
        yield part.name
    elif isinstance(part, Comparison | Arithmetic):
        yield from variables(part.left)
        yield from variables(part.right)
    elif isinstance(part, Absent):
        yield from variables(part.literal)
