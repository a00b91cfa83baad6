"""How a match of durable-rules is read: the facts that matched, and what each variable stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from comity.logic.rete.writing import positives
from comity.logic.rule import Rule
from comity.logic.terms import Comparison, Literal, Value, Var


@dataclass(frozen=True, slots=True)
class Match:
    """A match of a rule: the facts that fulfil its positive conditions, and what its variables stand for there."""

    rule: Rule
    premises: tuple[Literal, ...]
    bindings: dict[str, Value]


class Matching:
    """How a match of a rule is read: where each variable has its value, and the tests not left to durable-rules."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.positions = [f"m_{number}" for number in range(len(rule.needs))]
        self.binds: dict[str, tuple[int, int]] = {}
        self.repeats: list[tuple[int, int, str]] = []
        for number, literal in enumerate(positives(rule)):
            for place, term in enumerate(literal.terms):
                if isinstance(term, Var) and self.binds.setdefault(term.name, (number, place)) != (number, place):
                    self.repeats.append((number, place, term.name))
        self.tests = [test for test in rule.body if isinstance(test, Comparison)]

    def match(self, premises: tuple[Literal, ...]) -> list[Match]:
        """The match, unless a test fails."""
        bindings: dict[str, Any] = {name: premises[i].terms[place] for name, (i, place) in self.binds.items()}
        for number, place, name in self.repeats:
            if premises[number].terms[place] != bindings[name]:
                return []
        return [Match(self.rule, premises, bindings)] if all(test.holds(bindings) for test in self.tests) else []
