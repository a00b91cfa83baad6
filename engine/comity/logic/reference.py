"""The reference reading: the meaning of a program, in the plainest code that is plainly right.

Defeasible logic with ambiguity blocking and team defeat: a literal holds when it is definite, or when its opposite
is not definite, some applicable rule supports it, and every applicable rule against it is beaten by a supporting one.

Within a stratum nothing ceases to hold, so each round after the first looks only for matches with something new.

Source: Antoniou, Billington, Governatori, Maher, "Representation results for defeasible logic", ACM TOCL 2(2), 2001,
section 2 (the conditions +Delta and +partial); Maher, "Defeasible reasoning via Datalog", TPLP 21(3), 2021, for rules
with variables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Protocol

from comity.logic.join import Bound, Step, Way, picked
from comity.logic.model import Firing, Model, order
from comity.logic.program import Program
from comity.logic.rule import Kind, Rule
from comity.logic.terms import Literal, ground

Fired = dict[Literal, list[Firing]]


def model(program: Program, facts: Iterable[Literal]) -> Model:
    """The model of *program* over the ground literals *facts*."""
    given = frozenset(facts)
    definite, held = Facts(given), Facts(given)
    firings: dict[Literal, tuple[Firing, ...]] = {}
    for stratum in program.strata:
        settle_strictly(stratum.rules, definite, held)
        fired = settle(stratum.rules, held, held, lambda head, fired: wins(program, head, fired, definite))
        firings.update((head, order(group)) for head, group in fired.items())
    return Model(program, given, frozenset(definite.all), frozenset(held.all), firings)


def settle_strictly(rules: Iterable[Rule], definite: Matched, held: Matched) -> None:
    """Add to both what follows by the strict ones of *rules* from what is definite."""
    strict = [rule for rule in rules if rule.kind is Kind.STRICT]
    held.add(settle(strict, definite, held, lambda head, fired: True))


def settle(
    rules: Sequence[Rule],
    facts: Matched,
    present: Matched,
    accepted: Callable[[Literal, Fired], bool],
    already: Iterable[Firing] = (),
) -> Fired:
    """Fire *rules* on *facts* and add what is *accepted*, until nothing new comes; absences are judged by *present*.

    *already* are firings of other rules that read nothing of what is added.
    """
    fired: Fired = defaultdict(list)
    found = [*already, *(firing for rule in rules for firing in fire(rule, facts, present))]
    while found:
        for firing in found:
            fired[firing.head].append(firing)
        new = Facts(facts.add(head for head in {firing.head for firing in found} if accepted(head, fired)))
        reading = [rule for rule in rules if not new.relations.isdisjoint(rule.needs)]
        found = [firing for rule in reading for firing in fire(rule, facts, present, new)]
    return fired


def fire(rule: Rule, facts: Matched, present: Matched, new: Facts | None = None) -> Iterable[Firing]:
    """The applications of *rule* to *facts*; with *new*, those that match something of it."""
    if not facts.relations.issuperset(rule.needs):
        return ()
    join = rule.join
    search = _Search(rule, facts, present)
    if not join.positive:
        if new is None and all(test(search.bindings) for test in join.fixed):
            search.report()
    elif new is None:
        search.descend(join.first, 0, facts)
    else:
        for start, relation in zip(join.starts, rule.needs, strict=True):
            if relation in new.relations:
                search.descend(start, 0, new)
    return search.found.values()


class _Search:
    """The search for applications of a rule; ``found`` has them by what they match.

    What is bound, and what matches, is overwritten by each next match: no step reads it before it is bound anew.
    """

    def __init__(self, rule: Rule, facts: Matched, present: Matched) -> None:
        self.rule, self.facts, self.present = rule, facts, present
        self.bindings: Bound = dict(rule.join.constants)
        self.premises: dict[int, Literal] = {}
        self.found: dict[tuple[Literal, ...], Firing] = {}

    def descend(self, way: Way, number: int, among: Matched) -> None:
        """Match the steps of *way* from *number* on: that one *among* some literals, those after it among the facts."""
        step, bindings = way.step(number), self.bindings
        number += 1
        for fact in among.match(step, bindings):
            for place, name in step.binds:
                bindings[name] = fact.terms[place]
            if not step.tests or all(test(bindings) for test in step.tests):
                self.premises[step.position] = fact
                if number == way.length:
                    self.report()
                else:
                    self.descend(way, number, self.facts)

    def report(self) -> None:
        """Note what matches, unless an absence fails."""
        join, bindings = self.rule.join, self.bindings
        premises = tuple([self.premises[position] for position in range(len(join.positive))])
        if premises in self.found:
            return
        if not join.absences or not any(self.present.match(step, bindings) for step in join.absences):
            named = tuple([(name, bindings[name]) for name in join.names])
            self.found[premises] = Firing(self.rule, self._head(), named, premises)

    def _head(self) -> Literal:
        keys, head, bindings = self.rule.join.head, self.rule.head, self.bindings
        if keys is None:
            return ground(head, bindings)
        return Literal(head.relation, tuple([bindings[key] for key in keys]), head.positive)


def wins(
    program: Program, head: Literal, fired: Mapping[Literal, Sequence[Firing]], definite: Container[Literal]
) -> bool:
    """Whether *head* holds by the condition +partial, given all that fires for and against it."""
    if head in definite:
        return True
    if ~head in definite:
        return False
    support = [f.rule for f in fired[head] if f.rule.kind is not Kind.DEFEATER]
    attack = [f.rule for f in fired.get(~head, ())]
    return bool(support) and all(any(program.beats(s, a) for s in support) for a in attack)


class Matched(Protocol):
    """What rules are matched on: literals that can be looked up and added to."""

    def __contains__(self, literal: object, /) -> bool: ...

    relations: set[tuple[str, bool]]
    """The relations and signs of which there may be a literal."""

    def add(self, literals: Iterable[Literal], /) -> set[Literal]:
        """Add *literals*; return those that are new."""

    def match(self, step: Step, bindings: Bound, /) -> Sequence[Literal]:
        """The literals that agree with *step* in every term that is known, and in those that must be equal."""


class Facts:
    """Literals, found by their relation, sign and the values of the terms that are known."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        self.all: set[Literal] = set()
        self.relations: set[tuple[str, bool]] = set()
        self.tables: dict[tuple[str, bool], dict[tuple[int, ...], _Table]] = {}
        self.add(literals)

    def __contains__(self, literal: object) -> bool:
        return literal in self.all

    def of(self, relation: str) -> set[Literal]:
        """The literals of a relation, affirmed and denied."""
        signs = [(relation, positive) for positive in (True, False) if (relation, positive) in self.tables]
        return {literal for sign in signs for literal in self.tables[sign][()].by_value[()]}

    def add(self, literals: Iterable[Literal]) -> set[Literal]:
        """Add *literals*; return those that are new."""
        new = set(literals) - self.all
        self.all |= new
        by_relation: dict[tuple[str, bool], list[Literal]] = defaultdict(list)
        for literal in new:
            by_relation[literal.relation, literal.positive].append(literal)
        self.relations.update(by_relation)
        for relation, group in by_relation.items():
            if relation not in self.tables:
                self.tables[relation] = {(): _Table((), ())}
            for table in self.tables[relation].values():
                table.add(group)
        return new

    def match(self, step: Step, bindings: Bound) -> Sequence[Literal]:
        """The literals that agree with *step* in every term that is known, and in those that must be equal."""
        tables = self.tables.get(step.relation)
        if tables is None:
            return ()
        table = tables.get(step.known)
        if table is None:
            table = tables[step.known] = _Table(step.known, tables[()].by_value[()])
        found = table.by_value.get(step.values(bindings), ())
        if step.repeats:
            return [f for f in found if all(f.terms[one] == f.terms[other] for one, other in step.repeats)]
        return found


class _Table:
    """The literals of one relation and sign by the values of some terms."""

    def __init__(self, places: tuple[int, ...], literals: Iterable[Literal]) -> None:
        self.at = picked(places)
        self.by_value: dict[object, list[Literal]] = defaultdict(list)
        self.add(literals)

    def add(self, literals: Iterable[Literal]) -> None:
        at, by_value = self.at, self.by_value
        for literal in literals:
            by_value[at(literal.terms)].append(literal)
