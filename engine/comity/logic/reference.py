"""The reference reading: the meaning of a program, in the plainest code that is plainly right.

Defeasible logic with ambiguity blocking and team defeat: a literal holds when it is definite, or when its opposite
is not definite, some applicable rule supports it, and every applicable rule against it is beaten by a supporting one.

Source: Antoniou, Billington, Governatori, Maher, "Representation results for defeasible logic", ACM TOCL 2(2), 2001,
section 2 (the conditions +Delta and +partial); Maher, "Defeasible reasoning via Datalog", TPLP 21(3), 2021, for rules
with variables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from comity.logic.model import Firing, Model, order
from comity.logic.program import Kind, Program, Rule, Stratum
from comity.logic.terms import Absent, Comparison, Condition, Literal, Value, Var, ground


def model(program: Program, facts: Iterable[Literal]) -> Model:
    """The model of *program* over the ground literals *facts*."""
    given = frozenset(facts)
    definite, held = set(given), set(given)
    firings: dict[Literal, tuple[Firing, ...]] = {}
    for stratum in program.strata:
        _add_definite(stratum, definite, held)
        held |= definite
        while True:
            fired = _fire(stratum.rules, held)
            known = len(held)
            held.update(head for head in fired if _wins(program, head, fired, definite))
            if len(held) == known or not stratum.recursive:
                break
        firings.update((head, order(group)) for head, group in fired.items())
    return Model(program, given, frozenset(definite), frozenset(held), firings)


def _add_definite(stratum: Stratum, definite: set[Literal], held: set[Literal]) -> None:
    strict = [rule for rule in stratum.rules if rule.kind is Kind.STRICT]
    while strict:
        new = set(_fire(strict, definite, held)) - definite
        if not new:
            break
        definite |= new


def _fire(
    rules: Iterable[Rule], holding: set[Literal], not_absent: set[Literal] | None = None
) -> dict[Literal, list[Firing]]:
    """The applicable rules by head: conditions met in *holding*, absences judged against *not_absent*."""
    facts = _Facts(holding)
    present = facts if not_absent is None else _Facts(not_absent | holding)
    fired: dict[Literal, list[Firing]] = defaultdict(list)
    for rule in rules:
        for bindings, premises in _matches(_joinable(rule.body), {}, (), facts, present):
            head = ground(rule.head, bindings)
            named = tuple(sorted((n, v) for n, v in bindings.items() if not n.startswith("_")))
            fired[head].append(Firing(rule, head, named, premises))
    return fired


class _Facts:
    """Literals by relation, and by the value of one term where a condition knows it already."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        self.by_relation: dict[tuple[str, bool], list[Literal]] = defaultdict(list)
        for literal in literals:
            self.by_relation[literal.relation, literal.positive].append(literal)
        self.by_term: dict[tuple[str, bool, int], dict[object, list[Literal]]] = {}

    def like(self, pattern: Literal, bindings: dict[str, Value]) -> list[Literal]:
        """The literals that may match *pattern*: those that agree in the first term that is known."""
        key = pattern.relation, pattern.positive
        for position, term in enumerate(pattern.terms):
            value = bindings.get(term.name) if isinstance(term, Var) else term
            if value is not None:
                return self._with(*key, position).get(value, [])
        return self.by_relation.get(key, [])

    def _with(self, relation: str, positive: bool, position: int) -> dict[object, list[Literal]]:
        key = relation, positive, position
        if key not in self.by_term:
            found: dict[object, list[Literal]] = defaultdict(list)
            for literal in self.by_relation.get((relation, positive), ()):
                found[literal.terms[position]].append(literal)
            self.by_term[key] = found
        return self.by_term[key]


def _joinable(body: Iterable[Condition]) -> tuple[Condition, ...]:
    """Positive conditions first, in their order, so that every test finds its variables bound."""
    return tuple(sorted(body, key=lambda condition: not isinstance(condition, Literal)))


def _matches(
    body: tuple[Condition, ...],
    bindings: dict[str, Value],
    premises: tuple[Literal, ...],
    facts: _Facts,
    present: _Facts,
) -> Iterator[tuple[dict[str, Value], tuple[Literal, ...]]]:
    if not body:
        yield bindings, premises
        return
    first, rest = body[0], body[1:]
    match first:
        case Comparison():
            if first.holds(bindings):
                yield from _matches(rest, bindings, premises, facts, present)
        case Absent(literal):
            if not any(_unify(literal, fact, bindings) is not None for fact in present.like(literal, bindings)):
                yield from _matches(rest, bindings, premises, facts, present)
        case Literal():
            for fact in facts.like(first, bindings):
                extended = _unify(first, fact, bindings)
                if extended is not None:
                    yield from _matches(rest, extended, (*premises, fact), facts, present)


def _unify(pattern: Literal, fact: Literal, bindings: dict[str, Value]) -> dict[str, Value] | None:
    extended = dict(bindings)
    for term, value in zip(pattern.terms, fact.terms, strict=True):
        assert isinstance(value, str | int)
        if not isinstance(term, Var):
            if term != value:
                return None
        elif extended.setdefault(term.name, value) != value:
            return None
    return extended


def _wins(program: Program, head: Literal, fired: dict[Literal, list[Firing]], definite: set[Literal]) -> bool:
    if head in definite:
        return True
    if ~head in definite:
        return False
    support = [f.rule for f in fired[head] if f.rule.kind is not Kind.DEFEATER]
    attack = [f.rule for f in fired.get(~head, ())]
    return bool(support) and all(any(program.beats(s, a) for s in support) for a in attack)
