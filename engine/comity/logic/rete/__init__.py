"""The rete reading: durable-rules joins the facts, which are asserted and retracted as they come in.

Absences are judged on the matches, against what is held, because a rule file may state facts in any order.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from comity.logic.model import Firing, Model, order
from comity.logic.program import Program
from comity.logic.rete.held import Held
from comity.logic.rete.matching import Match, Matching
from comity.logic.rete.ruleset import Ruleset
from comity.logic.rete.writing import Reading, antecedents, readings
from comity.logic.rule import Kind, Rule
from comity.logic.strata import Stratum
from comity.logic.terms import Absent, Literal, ground

RULES_IN_A_RULESET: Final = 40
"""How many rules share a ruleset: well below the sixty branches that one fact may reach."""


def prepare(program: Program) -> None:
    """Write all rules of *program* as durable-rules reads them: what is written is the same in every process."""
    for rule in program.rules:
        antecedents(rule, program.written)


class Rete:
    """One program with a working memory that follows the facts of each call."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._nets = [_Net(stratum, program.written) for stratum in program.strata]

    def model(self, facts: Iterable[Literal]) -> Model:
        """The model over *facts*; what has not changed since the previous call is not matched again."""
        given = frozenset(facts)
        held = Held(given)
        definite = set(given)
        firings: dict[Literal, tuple[Firing, ...]] = {}
        for net in self._nets:
            for head, group in net.settle(self.program, definite, held).items():
                firings[head] = order(group)
        return Model(self.program, given, frozenset(definite), frozenset(held.all), firings)


class _Net:
    """The rulesets of one stratum.

    A rule waits, and the engine knows nothing of it, until there is something that each of its conditions can match:
    most rules never see it in one case, and to take a rule in costs as much as several facts.
    """

    def __init__(self, stratum: Stratum, written: dict[str, str]) -> None:
        self.recursive = stratum.recursive
        self.written = written
        joins = sorted((rule for rule in stratum.rules if rule.needs), key=lambda rule: sorted(rule.needs))
        self.waiting = {rule.id: rule for rule in joins}
        self.readings: dict[str, list[Reading]] = {}
        self.rulesets: list[Ruleset] = []
        self.unconditional = [match for rule in stratum.rules if not rule.needs for match in Matching(rule).match(())]

    def _take_in(self, held: Held) -> None:
        """Give the engine those of the waiting rules that *held* may fulfil."""
        present = {relation for relation, literals in held.by_relation.items() if literals}
        called = [
            rule
            for rule in self.waiting.values()
            if present.issuperset(rule.needs) and all(map(held.like, self._readings(rule)))
        ]
        for start in range(0, len(called), RULES_IN_A_RULESET):
            rules = called[start : start + RULES_IN_A_RULESET]
            readings = {rule.id: self.readings.pop(rule.id) for rule in rules}
            self.rulesets.append(Ruleset(rules, readings, self.written))
        for rule in called:
            del self.waiting[rule.id]

    def _readings(self, rule: Rule) -> list[Reading]:
        if rule.id not in self.readings:
            self.readings[rule.id] = readings(rule)
        return self.readings[rule.id]

    def settle(self, program: Program, definite: set[Literal], held: Held) -> dict[Literal, list[Firing]]:
        """Bring the stratum up to date with *held*; add to both sets what it concludes; return its firings."""
        fired: dict[Literal, list[Firing]] = defaultdict(list)
        strict: list[Firing] = []
        self._take_in(held)
        for ruleset in self.rulesets:
            ruleset.follow(held)
        reports = itertools.chain(self.unconditional, *(ruleset.matches for ruleset in self.rulesets))
        while True:
            new = [_firing(match) for match in reports if _absences_met(match, held)]
            for firing in new:
                fired[firing.head].append(firing)
            strict += [firing for firing in new if firing.rule.kind is Kind.STRICT]
            certain = {firing.head for firing in strict if definite.issuperset(firing.premises)} - definite
            definite |= certain
            won = {head for head in {firing.head for firing in new} if _carried(program, head, fired, definite)}
            added = held.add(certain | won)
            if not (self.recursive and (added or certain)):
                return fired
            fresh = {(literal.relation, literal.positive) for literal in added}
            self._take_in(held)
            growing = [ruleset for ruleset in self.rulesets if not ruleset.relations.isdisjoint(fresh)]
            reports = itertools.chain(*(ruleset.grow(held) for ruleset in growing))


def _absences_met(match: Match, held: Held) -> bool:
    return not any(
        held.has(condition.literal, match.bindings) for condition in match.rule.body if isinstance(condition, Absent)
    )


def _firing(match: Match) -> Firing:
    named = tuple([(name, match.bindings[name]) for name in match.rule.join.names])
    return Firing(match.rule, ground(match.rule.head, match.bindings), named, match.premises)


def _carried(
    program: Program,
    head: Literal,
    fired: dict[Literal, list[Firing]],
    definite: set[Literal],
) -> bool:
    if head in definite or ~head in definite:
        return head in definite
    support = {firing.rule.id for firing in fired[head] if firing.rule.kind is not Kind.DEFEATER}
    against = {firing.rule.id for firing in fired.get(~head, ())}
    beaten = frozenset[str]().union(*(program.weaker_than.get(rule, frozenset()) for rule in support))
    return bool(support) and against <= beaten
