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
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import Protocol

from comity.logic.join import Join, Step
from comity.logic.model import Firing, Model, order
from comity.logic.program import Kind, Program, Rule
from comity.logic.terms import Literal, Value, ground

Bindings = dict[str, Value]
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
    new: Facts | None = None
    found = list(already)
    while new is None or new.all:
        found += [firing for rule in rules for firing in fire(rule, facts, present, new)]
        for firing in found:
            fired[firing.head].append(firing)
        new = Facts(facts.add(head for head in {firing.head for firing in found} if accepted(head, fired)))
        found = []
    return fired


def fire(rule: Rule, facts: Matched, present: Matched, new: Facts | None = None) -> Iterator[Firing]:
    """The applications of *rule* to *facts*; with *new*, those that match something of it."""
    join = rule.join
    for relation in join.relations:
        if not facts.has(relation):
            return
    seen: set[tuple[Literal, ...]] = set()
    for bindings, premises in _matches(join, facts, new):
        if premises not in seen and not any(present.match(step, bindings) for step in join.absences):
            seen.add(premises)
            named = tuple([(name, bindings[name]) for name in join.names])
            yield Firing(rule, ground(rule.head, bindings), named, premises)


def _matches(join: Join, facts: Matched, new: Facts | None) -> Iterator[tuple[Bindings, tuple[Literal, ...]]]:
    if not join.starts:
        if new is None and all(test.holds({}) for test in join.fixed):
            yield {}, ()
    elif new is None:
        yield from _join(join.starts[0], 0, facts, facts, {}, {})
    else:
        for start, relation in zip(join.starts, join.relations, strict=True):
            if new.has(relation):
                yield from _join(start, 0, new, facts, {}, {})


def _join(
    steps: tuple[Step, ...], number: int, first: Matched, rest: Matched, bindings: Bindings, found: dict[int, Literal]
) -> Iterator[tuple[Bindings, tuple[Literal, ...]]]:
    """Match the *steps* from *number* on, the step at hand among *first*, those after it among *rest*."""
    if number == len(steps):
        yield bindings, tuple([found[position] for position in range(number)])
        return
    step = steps[number]
    for fact in first.match(step, bindings):
        extended = {**bindings, **dict(step.bound(fact))} if step.binds else bindings
        if all(test.holds(extended) for test in step.tests):
            yield from _join(steps, number + 1, rest, rest, extended, {**found, step.position: fact})


def wins(program: Program, head: Literal, fired: Fired, definite: Container[Literal]) -> bool:
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

    def has(self, relation: tuple[str, bool], /) -> bool:
        """Whether there may be any literal of a relation and sign."""

    def add(self, literals: Iterable[Literal], /) -> set[Literal]:
        """Add *literals*; return those that are new."""

    def match(self, step: Step, bindings: Bindings, /) -> Sequence[Literal]:
        """The literals that agree with *step* in every term that is known, and in those that must be equal."""


class Facts:
    """Literals, found by their relation, sign and the values of the terms that are known."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        self.all: set[Literal] = set()
        self.tables: dict[tuple[str, bool], dict[tuple[int, ...], dict[object, list[Literal]]]] = {}
        self.add(literals)

    def __contains__(self, literal: object) -> bool:
        return literal in self.all

    def has(self, relation: tuple[str, bool]) -> bool:
        """Whether there is any literal of a relation and sign."""
        return relation in self.tables

    def of(self, relation: str) -> set[Literal]:
        """The literals of a relation, affirmed and denied."""
        return {
            literal
            for positive in (True, False)
            for literal in self.tables.get((relation, positive), {(): {}})[()].get((), ())
        }

    def add(self, literals: Iterable[Literal]) -> set[Literal]:
        """Add *literals*; return those that are new."""
        new = set(literals) - self.all
        self.all |= new
        for literal in new:
            for places, table in self.tables.setdefault((literal.relation, literal.positive), {(): {}}).items():
                table.setdefault(_at(places, literal), []).append(literal)
        return new

    def match(self, step: Step, bindings: Bindings) -> Sequence[Literal]:
        """The literals that agree with *step* in every term that is known, and in those that must be equal."""
        tables = self.tables.get(step.relation)
        if tables is None:
            return ()
        table = tables.get(step.known)
        if table is None:
            table = tables[step.known] = {}
            for literal in tables[()][()]:
                table.setdefault(_at(step.known, literal), []).append(literal)
        found = table.get(step.values(bindings), ())
        if step.repeats:
            return [f for f in found if all(f.terms[one] == f.terms[other] for one, other in step.repeats)]
        return found


def _at(places: tuple[int, ...], literal: Literal) -> tuple[object, ...]:
    terms = literal.terms
    return tuple([terms[place] for place in places])
