"""Rules: what follows from what, and how firmly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from comity.logic.join import Join, join
from comity.logic.terms import Absent, Condition, Literal


class Kind(Enum):
    """How firmly a rule's conclusion follows from its conditions."""

    STRICT = "strict"
    ORDINARY = "ordinary"
    DEFEATER = "defeater"


@dataclass(frozen=True)
class Rule:
    """*head* follows from all of *body*; a defeater only stands against the opposite of its head."""

    id: str
    head: Literal
    body: tuple[Condition, ...] = ()
    kind: Kind = Kind.ORDINARY

    @cached_property
    def needs(self) -> tuple[tuple[str, bool], ...]:
        """The relations and signs that the positive conditions read, in their order."""
        return tuple((read.relation, read.positive) for read in self.body if isinstance(read, Literal))

    @cached_property
    def join(self) -> Join:
        """How the conditions are matched."""
        return join(self.body, self.head)

    def __str__(self) -> str:
        arrow = {Kind.STRICT: "<-", Kind.ORDINARY: "<=", Kind.DEFEATER: "<~"}[self.kind]
        return f"{self.id}: {self.head} {arrow} {', '.join(map(str, self.body))}"


def literals_of(body: Iterable[Condition]) -> Iterable[Literal]:
    """The literals that conditions read, absent ones included."""
    for condition in body:
        if isinstance(condition, Literal):
            yield condition
        elif isinstance(condition, Absent):
            yield condition.literal


def relations_read(rule: Rule) -> frozenset[str]:
    """The relations that a rule reads, absent ones included."""
    return frozenset(literal.relation for literal in literals_of(rule.body))
