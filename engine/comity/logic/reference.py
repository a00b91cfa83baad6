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

from comity.logic.model import Firing, Model, order
from comity.logic.program import Kind, Program, Rule
from comity.logic.terms import Absent, Comparison, Literal, Value, Var, ground, variables

Bindings = dict[str, Value]
Fired = dict[Literal, list[Firing]]
_Step = tuple[int, Literal, "Matched"]
"""A condition to match: its position in the rule, its pattern, and the facts to look among."""


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
    fired = settle(strict, definite, held, lambda head, fired: True)
    held.add(head for head in fired if head in definite)


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
    seen: set[tuple[Literal, ...]] = set()
    for bindings, premises in _matches(rule, facts, new):
        if premises not in seen and _tests_met(rule, bindings, present):
            seen.add(premises)
            named = tuple(sorted((n, v) for n, v in bindings.items() if not n.startswith("_")))
            yield Firing(rule, ground(rule.head, bindings), named, premises)


def _matches(rule: Rule, facts: Matched, new: Facts | None) -> Iterator[tuple[Bindings, tuple[Literal, ...]]]:
    patterns = [condition for condition in rule.body if isinstance(condition, Literal)]
    steps = [(position, pattern, facts) for position, pattern in enumerate(patterns)]
    if new is None:
        yield from _join(steps, {}, {})
        return
    for position, pattern in enumerate(patterns):
        if (pattern.relation, pattern.positive) in new.by_relation:
            rest = [step for step in steps if step[0] != position]
            yield from _join(_linked([(position, pattern, new), *rest]), {}, {})


def _linked(steps: list[_Step]) -> list[_Step]:
    """The same steps, each after one that it shares a variable with where there is one."""
    ordered, rest = steps[:1], steps[1:]
    while rest:
        bound = {name for _, pattern, _ in ordered for name in variables(pattern)}
        following = next((step for step in rest if not bound.isdisjoint(variables(step[1]))), rest[0])
        ordered.append(following)
        rest.remove(following)
    return ordered


def _join(
    steps: list[_Step], bindings: Bindings, found: dict[int, Literal]
) -> Iterator[tuple[Bindings, tuple[Literal, ...]]]:
    if not steps:
        yield bindings, tuple(found[position] for position in sorted(found))
        return
    position, pattern, facts = steps[0]
    for fact in facts.like(pattern, bindings):
        extended = _unify(pattern, fact, bindings)
        if extended is not None:
            yield from _join(steps[1:], extended, {**found, position: fact})


def _tests_met(rule: Rule, bindings: Bindings, present: Matched) -> bool:
    for test in rule.body:
        if isinstance(test, Comparison) and not test.holds(bindings):
            return False
        if isinstance(test, Absent) and any(
            _unify(test.literal, fact, bindings) is not None for fact in present.like(test.literal, bindings)
        ):
            return False
    return True


def _unify(pattern: Literal, fact: Literal, bindings: Bindings) -> Bindings | None:
    extended = dict(bindings)
    for term, value in zip(pattern.terms, fact.terms, strict=True):
        assert isinstance(value, str | int)
        if not isinstance(term, Var):
            if term != value:
                return None
        elif extended.setdefault(term.name, value) != value:
            return None
    return extended


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

    def add(self, literals: Iterable[Literal], /) -> set[Literal]:
        """Add *literals*; return those that are new."""

    def like(self, pattern: Literal, bindings: Bindings, /) -> Sequence[Literal]:
        """The literals that agree with *pattern* in every term that is known."""


class Facts:
    """Literals, found by their relation, sign and the values of the terms that are known."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        self.all: set[Literal] = set()
        self.by_relation: dict[tuple[str, bool], list[Literal]] = defaultdict(list)
        self.by_terms: dict[tuple[str, bool], dict[tuple[int, ...], dict[object, list[Literal]]]] = defaultdict(dict)
        self.add(literals)

    def __contains__(self, literal: object) -> bool:
        return literal in self.all

    def add(self, literals: Iterable[Literal]) -> set[Literal]:
        """Add *literals*; return those that are new."""
        new = set(literals) - self.all
        self.all |= new
        for literal in new:
            key = literal.relation, literal.positive
            self.by_relation[key].append(literal)
            for positions, table in self.by_terms[key].items():
                table[_at(positions, literal)].append(literal)
        return new

    def like(self, pattern: Literal, bindings: Bindings) -> list[Literal]:
        """The literals that agree with *pattern* in every term that is known."""
        key = pattern.relation, pattern.positive
        known = {
            position: bindings[term.name] if isinstance(term, Var) else term
            for position, term in enumerate(pattern.terms)
            if not isinstance(term, Var) or term.name in bindings
        }
        if not known or key not in self.by_relation:
            return self.by_relation.get(key, [])
        positions = tuple(known)
        if positions not in self.by_terms[key]:
            table: dict[object, list[Literal]] = defaultdict(list)
            for literal in self.by_relation[key]:
                table[_at(positions, literal)].append(literal)
            self.by_terms[key][positions] = table
        return self.by_terms[key][positions].get(tuple(known.values()), [])


def _at(positions: tuple[int, ...], literal: Literal) -> tuple[object, ...]:
    return tuple(literal.terms[position] for position in positions)
