"""What a reading returns: the literals that hold, and the proof of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from comity.logic.program import Program
from comity.logic.rule import Kind, Rule
from comity.logic.terms import Literal, Value


class Verdict(Enum):
    """What the program says of a literal."""

    HELD = "held"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


class Firing(NamedTuple):
    """An applicable rule: its conditions are met under *bindings* (pairs of variable and value, sorted).

    ``premises`` are the ground literals that matched, in the order of the conditions.
    """

    rule: Rule
    head: Literal
    bindings: tuple[tuple[str, Value], ...]
    premises: tuple[Literal, ...]

    @property
    def key(self) -> tuple[str, tuple[Literal, ...]]:
        """What identifies the firing in every reading: the rule and the facts it matched, in order."""
        return self.rule.id, self.premises


@dataclass(frozen=True, slots=True)
class Attack:
    """A firing against a literal, and the supporting firings that beat it (none: it stands)."""

    firing: Firing
    beaten_by: tuple[Firing, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a literal has its verdict.

    ``support`` holds the firings for it, ``attacks`` those against it with what beat them; a definite literal
    is a fact or follows strictly and cannot be attacked.
    """

    literal: Literal
    verdict: Verdict
    is_fact: bool
    definite: bool
    support: tuple[Firing, ...]
    attacks: tuple[Attack, ...]


@dataclass(frozen=True)
class Model:
    """Everything a program concludes from a set of facts.

    ``definite`` follows from facts and strict rules alone; ``held`` contains it; ``firings`` lists the
    applicable rules by head, defeaters included. ``since`` is there where the model was worked out from another.
    """

    program: Program
    facts: frozenset[Literal]
    definite: frozenset[Literal]
    held: frozenset[Literal]
    firings: Mapping[Literal, tuple[Firing, ...]]
    since: Since | None = field(default=None, repr=False, compare=False)

    def verdict(self, literal: Literal) -> Verdict:
        """Held, refuted (its opposite holds or nothing speaks for either), or undecided."""
        if literal in self.held:
            return Verdict.HELD
        if ~literal in self.held:
            return Verdict.REFUTED
        if literal in self.firings or ~literal in self.firings:
            return Verdict.UNDECIDED
        return Verdict.REFUTED

    def of(self, relation: str, positive: bool = True) -> list[Literal]:
        """The held literals of a relation, sorted."""
        if self.since is not None and relation not in self.since.relations:
            return self.since.model.of(relation, positive)
        key = relation, positive
        if key not in self._sorted:
            self._sorted[key] = sorted(self._by_relation.get(key, ()), key=_as_text)
        return list(self._sorted[key])

    @cached_property
    def _by_relation(self) -> dict[tuple[str, bool], list[Literal]]:
        found: dict[tuple[str, bool], list[Literal]] = defaultdict(list)
        for literal in self.held:
            found[literal.relation, literal.positive].append(literal)
        return found

    @cached_property
    def _sorted(self) -> dict[tuple[str, bool], list[Literal]]:
        return {}

    def contested(self, relation: str) -> list[Literal]:
        """The affirmative literals of a relation that are undecided, sorted."""
        if self.since is not None and relation not in self.since.relations:
            return self.since.model.contested(relation)
        atoms = {Literal(head.relation, head.terms) for head in self.firings if head.relation == relation}
        undecided = (atom for atom in atoms if self.verdict(atom) is Verdict.UNDECIDED)
        return sorted(undecided, key=_as_text)

    def supporters(self, literal: Literal) -> tuple[Firing, ...]:
        """The firings that speak for *literal*, without defeaters."""
        return tuple(f for f in self.firings.get(literal, ()) if f.rule.kind is not Kind.DEFEATER)

    def proof(self, literal: Literal) -> Proof:
        """The proof of the verdict on *literal*."""
        support = self.supporters(literal)
        attacks = tuple(
            Attack(attack, tuple(s for s in support if self.program.beats(s.rule, attack.rule)))
            for attack in self.firings.get(~literal, ())
        )
        return Proof(
            literal,
            self.verdict(literal),
            literal in self.facts,
            literal in self.definite,
            support,
            attacks,
        )


@dataclass(frozen=True)
class Since:
    """The *model* that another was worked out from; of *heads* something else holds, or speaks for or against them.

    The other may also have another superiority between what speaks: then the heads that it concerns are among them.
    """

    model: Model
    heads: frozenset[Literal]

    @cached_property
    def relations(self) -> frozenset[str]:
        """The relations of these heads."""
        return frozenset(head.relation for head in self.heads)


def _as_text(literal: Literal) -> tuple[str, ...]:
    return tuple(map(str, literal.terms))


def order(firings: Iterable[Firing]) -> tuple[Firing, ...]:
    """Firings in one order that every reading shares."""
    group = tuple(firings)
    if len(group) < 2:
        return group
    if len({firing.rule.id for firing in group}) == len(group):
        return tuple(sorted(group, key=lambda f: f.rule.id))
    return tuple(sorted(group, key=lambda f: (f.rule.id, tuple(map(str, f.premises)))))
