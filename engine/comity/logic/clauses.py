"""What a program says, clause by clause, for a solver: only what a question has so far needed.

Facts are free predicates; a relation of which some values determine the others is a set of functions of these. A
literal is an atom; each clause added says one thing that is true of it in every model, either what it needs to hold
(one of the rules for it) or what one application of a rule brings. However few of them there are, a contradiction
among them is a contradiction in the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import z3

from comity.logic.axiom import Axiom, Setting, Shape
from comity.logic.domain import NUMBERS_END, Codes, Domain
from comity.logic.program import Kind, Program, Rule
from comity.logic.slicing import needed
from comity.logic.terms import Absent, Arithmetic, Comparison, Condition, Literal, Term, Value, Var

Expr = Any
"""A term or formula of the solver, which has no types."""

Choose = Callable[[Literal, int, int], Expr]
"""Gives a term for a place of a condition: the pattern, which of the conditions it is, and the position in it."""

HELD: Final = "held"
DEFINITE: Final = "definite"


class Atom(NamedTuple):
    """A literal with terms of the solver; *level* says whether it is held, or definite.

    A term may be a hole, read as "some value": a plain number, the same one where the value is to be the same.
    """

    level: str
    relation: str
    positive: bool
    terms: tuple[Expr, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """What tells atoms apart: terms are compared by what they are, not by what they are worth."""
        return self.level, self.relation, self.positive, *(t if isinstance(t, int) else -t.get_id() for t in self.terms)

    @property
    def has_holes(self) -> bool:
        """Whether a term is a hole."""
        return any(isinstance(term, int) for term in self.terms)

    def against(self, level: str = HELD) -> Atom:
        """The opposite literal."""
        return Atom(level, self.relation, not self.positive, self.terms)


@dataclass(frozen=True)
class Condition_:
    """One condition of a rule under a substitution: an atom with its sign, or a formula on values."""

    atom: Atom | None
    wanted: bool
    formula: Expr


@dataclass(frozen=True)
class Application:
    """A rule under a substitution, with its conditions."""

    rule: Rule
    conditions: tuple[Condition_, ...]

    @property
    def formula(self) -> Expr:
        """All conditions together."""
        return z3.And(*(c.formula for c in self.conditions))


class Clauses:
    """The clauses that a question has needed so far, in ``solver``; ``facts`` are the fact atoms they speak of."""

    def __init__(self, program: Program, setting: Setting | None, codes: Codes) -> None:
        self.program = program
        self.setting = setting
        self.codes = codes
        self.solver = z3.Solver()
        self.facts: dict[tuple[object, ...], Atom] = {}
        self.rules: dict[tuple[str, bool], list[Rule]] = defaultdict(list)
        for rule in program.rules:
            self.rules[rule.head.relation, rule.head.positive].append(rule)
        self.recursive = _recursive(program)
        self._functions: dict[str, Any] = {}
        self._limited: dict[tuple[int, Domain | None], Expr] = {}
        self._fresh = 0

    # Terms

    def constant(self, value: Value) -> Expr:
        """The term for a value."""
        return z3.IntVal(self.codes.code(value))

    def fresh(self, domain: Domain | None = None) -> Expr:
        """A term for some value that nothing is known of but its domain."""
        self._fresh += 1
        term = z3.Int(f"x{self._fresh}")
        self._limit(term, domain)
        return term

    def shape(self, relation: str, arity: int) -> Shape | None:
        """The shape of a relation of which there may be facts, or ``None``."""
        if self.setting is None:
            return Shape(arity)
        return self.setting.facts.get(relation)

    def _limit(self, term: Expr, domain: Domain | None) -> None:
        """A free term lies in its domain; one that stands for no fact may be worth anything there."""
        if (term.get_id(), domain) not in self._limited:
            self._limited[term.get_id(), domain] = term  # an id is only good as long as its term lives
            self.solver.add(self._within(term, domain))

    def _within(self, term: Expr, domain: Domain | None) -> Expr:
        return z3.Or(*(z3.And(term >= low, term <= high) for low, high in self.codes.ranges(domain)))

    def _function(self, name: str, arity: int, sort: Any) -> Any:
        if name not in self._functions:
            self._functions[name] = z3.Function(name, *[z3.IntSort()] * arity, sort) if arity else z3.Const(name, sort)
        return self._functions[name]

    def _applied(self, name: str, terms: tuple[Expr, ...], sort: Any) -> Expr:
        function = self._function(name, len(terms), sort)
        return function(*terms) if terms else function

    def row(self, relation: str, shape: Shape, key: tuple[Expr, ...]) -> tuple[Expr, ...]:
        """The values of the row with that key."""
        assert shape.key is not None
        values = list(key)
        for position in range(shape.key, shape.arity):
            value = self._applied(f"{relation}.{position}", key, z3.IntSort())
            self._limit(value, shape.domain(position))
            values.append(value)
        return tuple(values)

    # Atoms

    def fact(self, relation: str, positive: bool, terms: tuple[Expr, ...]) -> Expr:
        """That there is such a fact."""
        shape = self.shape(relation, len(terms))
        if shape is None or (self.setting is not None and not positive):
            return z3.BoolVal(False)
        sign = "+" if positive else "-"
        if shape.key is None:
            self._register(Atom(HELD, relation, positive, terms), shape)
            return self._applied(f"{sign}{relation}", terms, z3.BoolSort())
        key = terms[: shape.key]
        row = self.row(relation, shape, key)
        self._register(Atom(HELD, relation, positive, row), shape)
        rest = []
        seen: dict[int, Expr] = {}
        for asked, value in zip(terms, row, strict=True):
            other = seen.setdefault(asked, value) if isinstance(asked, int) else asked
            if not other.eq(value):
                rest.append(other == value)
        return z3.And(self._applied(f"{sign}{relation}", key, z3.BoolSort()), *rest)

    def _register(self, atom: Atom, shape: Shape) -> None:
        if atom.key not in self.facts:
            self.facts[atom.key] = atom
            for position, term in enumerate(atom.terms[: shape.key]):
                domain = shape.domain(position)
                if domain is not None:
                    self.solver.add(z3.Implies(self.present(atom), self._within(term, domain)))

    def present(self, atom: Atom) -> Expr:
        """That a registered fact is there, as a bare predicate."""
        shape = self.shape(atom.relation, len(atom.terms))
        assert shape is not None
        key = atom.terms if shape.key is None else atom.terms[: shape.key]
        return self._applied(f"{'+' if atom.positive else '-'}{atom.relation}", key, z3.BoolSort())

    def has_rules(self, relation: str) -> bool:
        """Whether rules speak of the relation."""
        return (relation, True) in self.rules or (relation, False) in self.rules

    def has_strict(self, atom: Atom) -> bool:
        """Whether a strict rule speaks for the atom."""
        return any(rule.kind is Kind.STRICT for rule in self.rules.get((atom.relation, atom.positive), ()))

    def may_be_definite(self, atom: Atom) -> bool:
        """Whether the atom can be a fact or follow strictly."""
        fact = self.shape(atom.relation, len(atom.terms)) is not None and (self.setting is None or atom.positive)
        return fact or self.has_strict(atom)

    def formula(self, atom: Atom) -> Expr:
        """That the atom, which has no holes, holds at its level."""
        if not self.has_rules(atom.relation) or (atom.level == DEFINITE and not self.has_strict(atom)):
            return self.fact(atom.relation, atom.positive, atom.terms)
        name = f"{atom.level} {'' if atom.positive else '~'}{atom.relation}"
        return self._applied(name, atom.terms, z3.BoolSort())

    def some(self, atom: Atom) -> Expr:
        """That the atom holds for some values in its holes."""
        if not atom.has_holes:
            return self.formula(atom)
        if self.read_off(atom):
            return self.fact(atom.relation, atom.positive, atom.terms)
        holes = " ".join(str(term) if isinstance(term, int) else "x" for term in atom.terms)
        name = f"some {'' if atom.positive else '~'}{atom.relation} {holes}"
        return self._applied(name, tuple(term for term in atom.terms if not isinstance(term, int)), z3.BoolSort())

    def read_off(self, atom: Atom) -> bool:
        """Whether what fills the holes of an atom is determined by the rest."""
        shape = self.shape(atom.relation, len(atom.terms))
        keyed = shape is not None and shape.key is not None and not self.has_rules(atom.relation)
        return keyed and not any(isinstance(t, int) for t in atom.terms[: shape.key])  # type: ignore[union-attr]

    # Rules

    def apply(self, rule: Rule, terms: tuple[Expr, ...], choose: Choose, level: str = HELD) -> Application | None:
        """*rule* with its head at *terms*, or ``None`` where its head cannot be there.

        A variable that neither the head nor the key of a fact determines is given a value by *choose*.
        """
        bound: dict[str, Expr] = {}
        equal: list[Condition_] = []
        for inner, outer in zip(rule.head.terms, terms, strict=True):
            if isinstance(inner, Var) and inner.name not in bound:
                bound[inner.name] = outer
                continue
            known = self.term(inner, bound)
            if known.eq(outer):
                continue
            if z3.is_int_value(known) and z3.is_int_value(outer):
                return None
            equal.append(Condition_(None, True, known == outer))
        conditions = [*equal, *self.conditions(rule.body, bound, choose, level)]
        if any(z3.is_false(c.formula) for c in conditions):
            return None
        return Application(rule, tuple(conditions))

    def conditions(
        self, body: tuple[Condition, ...], bound: dict[str, Expr], choose: Choose, level: str = HELD
    ) -> list[Condition_]:
        """The conditions of *body* under the substitution *bound*, which is completed."""
        found: list[Condition_] = []
        left = [(number, c) for number, c in enumerate(c for c in body if isinstance(c, Literal))]
        while left:
            number, literal = next((pair for pair in left if self._determined(pair[1], bound)), left[0])
            left.remove((number, literal))
            found.append(self._positive(literal, number, bound, choose, level))
        for condition in body:
            if isinstance(condition, Absent):
                literal = condition.literal
                loose: dict[str, int] = {}
                terms = tuple(
                    loose.setdefault(t.name, len(loose))
                    if isinstance(t, Var) and t.name not in bound
                    else self.term(t, bound)
                    for t in literal.terms
                )
                atom = Atom(HELD, literal.relation, literal.positive, terms)
                found.append(Condition_(atom, False, z3.Not(self.some(atom))))
            elif isinstance(condition, Comparison):
                found.append(Condition_(None, True, self.comparison(condition, bound)))
        return [c for c in found if not z3.is_true(c.formula)]

    def _determined(self, literal: Literal, bound: dict[str, Expr]) -> bool:
        shape = self.shape(literal.relation, len(literal.terms))
        if not all(not isinstance(t, Var) or t.name in bound for t in literal.terms):
            if shape is None or shape.key is None or self.has_rules(literal.relation):
                return False
            return all(not isinstance(t, Var) or t.name in bound for t in literal.terms[: shape.key])
        return True

    def _positive(
        self, literal: Literal, number: int, bound: dict[str, Expr], choose: Choose, level: str
    ) -> Condition_:
        shape = self.shape(literal.relation, len(literal.terms))
        keyed = shape is not None and shape.key is not None and not self.has_rules(literal.relation)
        terms: list[Expr] = []
        row: tuple[Expr, ...] = ()
        for position, term in enumerate(literal.terms):
            if keyed and position == shape.key:  # type: ignore[union-attr]
                row = self.row(literal.relation, shape, tuple(terms))  # type: ignore[arg-type]
            if isinstance(term, Var) and term.name not in bound:
                value = row[position] if row else choose(literal, number, position)
                bound[term.name] = value
            terms.append(self.term(term, bound))
        atom = Atom(level, literal.relation, literal.positive, tuple(terms))
        return Condition_(atom, True, self.formula(atom))

    def term(self, term: Term, bound: dict[str, Expr]) -> Expr:
        """A term of a rule under a substitution."""
        if isinstance(term, Var):
            return bound[term.name]
        assert not isinstance(term, Arithmetic), "programs with arithmetic are turned away before"
        return self.constant(term)

    def comparison(self, comparison: Comparison, bound: dict[str, Expr]) -> Expr:
        """A comparison under a substitution."""
        left = self.term(comparison.left, bound)
        if isinstance(comparison.right, tuple):
            among = z3.Or(*(left == self.constant(value) for value in comparison.right))
            return among if comparison.op == "in" else z3.Not(among)
        right = self.term(comparison.right, bound)
        if comparison.op in ("==", "!="):
            if left.eq(right):
                return z3.BoolVal(comparison.op == "==")
            return left == right if comparison.op == "==" else left != right
        alike = (left < NUMBERS_END) == (right < NUMBERS_END)
        ordered = {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[comparison.op]
        return z3.And(ordered, z3.simplify(alike))

    def invented(self, literal: Literal, number: int, position: int) -> Expr:
        """A fresh term for a place of a condition."""
        shape = self.shape(literal.relation, len(literal.terms)) if not self.has_rules(literal.relation) else None
        return self.fresh(shape.domain(position) if shape else None)

    def axiom(self, axiom: Axiom, choose: Choose) -> Expr:
        """One instance of an axiom."""
        bound: dict[str, Expr] = {}
        body = self.conditions(axiom.body, bound, choose)
        heads = [
            z3.And(*(c.formula for c in self.conditions(head, dict(bound), self.invented))) for head in axiom.heads
        ]
        return z3.Implies(z3.And(*(c.formula for c in body)), z3.Or(*heads))


def _recursive(program: Program) -> dict[str, frozenset[str]]:
    """For each relation that depends on itself those that depend on each other with it."""
    found: dict[str, frozenset[str]] = {}
    reach = {relation: needed(program.rules, [relation]) for relation in {r.head.relation for r in program.rules}}
    for relation in reach:
        circle = frozenset(other for other in reach[relation] if other in reach and relation in reach[other])
        direct = any(
            isinstance(c, Literal) and c.relation == relation
            for rule in program.rules
            if rule.head.relation == relation
            for c in rule.body
        )
        if len(circle) > 1 or direct:
            found[relation] = circle
    return found
