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
from collections.abc import Callable, Iterable, Iterator, Sequence

from comity.logic.join import Join, Step
from comity.logic.model import Firing, Model, order
from comity.logic.program import Kind, Program, Rule
from comity.logic.terms import Literal, Value, ground

Bindings = dict[str, Value]
Fired = dict[Literal, list[Firing]]


def model(program: Program, facts: Iterable[Literal]) -> Model:
    """The model of *program* over the ground literals *facts*."""
    given = frozenset(facts)
    definite, held = _Facts(given), _Facts(given)
    firings: dict[Literal, tuple[Firing, ...]] = {}
    for stratum in program.strata:
        strict = [rule for rule in stratum.rules if rule.kind is Kind.STRICT]
        _settle(strict, definite, held, lambda head, fired: True)
        held.add(definite.all)
        fired = _settle(stratum.rules, held, held, lambda head, fired: _wins(program, head, fired, definite.all))
        firings.update((head, order(group)) for head, group in fired.items())
    return Model(program, given, frozenset(definite.all), frozenset(held.all), firings)


class Reference:
    """The reference reading of one program, on its own."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def model(self, facts: Iterable[Literal]) -> Model:
        """The model of the program over the ground literals *facts*."""
        return model(self.program, facts)


def _settle(rules: Sequence[Rule], facts: _Facts, present: _Facts, accepted: Callable[[Literal, Fired], bool]) -> Fired:
    """Fire *rules* on *facts* and add what is *accepted*, until nothing new comes; absences are judged by *present*."""
    fired: Fired = defaultdict(list)
    new: _Facts | None = None
    while new is None or new.all:
        found = [firing for rule in rules for firing in _fire(rule, facts, present, new)]
        for firing in found:
            fired[firing.head].append(firing)
        new = _Facts(facts.add(head for head in {firing.head for firing in found} if accepted(head, fired)))
    return fired


def _fire(rule: Rule, facts: _Facts, present: _Facts, new: _Facts | None) -> Iterator[Firing]:
    """The applications of *rule* to *facts*; with *new*, those that match something of it."""
    join = rule.join
    for relation in join.relations:
        if relation not in facts.tables:
            return
    seen: set[tuple[Literal, ...]] = set()
    for bindings, premises in _matches(join, facts, new):
        if premises not in seen and not any(present.match(step, bindings) for step in join.absences):
            seen.add(premises)
            named = tuple([(name, bindings[name]) for name in join.names])
            yield Firing(rule, ground(rule.head, bindings), named, premises)


def _matches(join: Join, facts: _Facts, new: _Facts | None) -> Iterator[tuple[Bindings, tuple[Literal, ...]]]:
    if not join.starts:
        if new is None and all(test.holds({}) for test in join.fixed):
            yield {}, ()
    elif new is None:
        yield from _join(join.starts[0], 0, facts, facts, {}, {})
    else:
        for start, relation in zip(join.starts, join.relations, strict=True):
            if relation in new.tables:
                yield from _join(start, 0, new, facts, {}, {})


def _join(
    steps: tuple[Step, ...], number: int, first: _Facts, rest: _Facts, bindings: Bindings, found: dict[int, Literal]
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


def _wins(program: Program, head: Literal, fired: Fired, definite: set[Literal]) -> bool:
    if head in definite:
        return True
    if ~head in definite:
        return False
    support = [f.rule for f in fired[head] if f.rule.kind is not Kind.DEFEATER]
    attack = [f.rule for f in fired.get(~head, ())]
    return bool(support) and all(any(program.beats(s, a) for s in support) for a in attack)


class _Facts:
    """Literals, found by their relation, sign and the values of the terms that are known."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        self.all: set[Literal] = set()
        self.tables: dict[tuple[str, bool], dict[tuple[int, ...], dict[object, list[Literal]]]] = {}
        self.add(literals)

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
