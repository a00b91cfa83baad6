"""A rule under a substitution: what its conditions say for a solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from comity.logic.axiom import Axiom
from comity.logic.formula import FALSE, HELD, TRUE, Atom, Expr, Formulas, both, either, implied, negated
from comity.logic.rule import Rule
from comity.logic.terms import Absent, Arithmetic, Comparison, Condition, Literal, Term, Var

Choose = Callable[[Literal, int, int], Expr]
"""Gives a term for a place of a condition: the pattern, which of the conditions it is, and the position in it."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition under a substitution: that an atom holds, or does not (*wanted*), or a formula on values."""

    atom: Atom | None
    wanted: bool
    formula: Expr


@dataclass(frozen=True, slots=True)
class Application:
    """A rule under a substitution, with what it requires."""

    rule: Rule
    requirements: tuple[Requirement, ...]

    @property
    def formula(self) -> Expr:
        """All requirements together."""
        return both(*(r.formula for r in self.requirements))


class Applications:
    """Makes applications of rules, and instances of axioms, over the terms of one question."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas

    def meets(self, rule: Rule, terms: tuple[Expr, ...]) -> bool:
        """Whether the head of *rule* can be there, as far as its constants show."""
        values = self.formulas.values
        return all(
            isinstance(inner, Var) or id(outer) not in values or values[id(outer)] == inner
            for inner, outer in zip(rule.head.terms, terms, strict=True)
        )

    def application(self, rule: Rule, terms: tuple[Expr, ...], choose: Choose, level: str = HELD) -> Application | None:
        """*rule* with its head at *terms*, or ``None`` where it cannot apply there.

        A variable that neither the head nor the key of a fact determines is given a value by *choose*.
        """
        if not self.meets(rule, terms):
            return None
        bound: dict[str, Expr] = {}
        found: list[Requirement] = []
        for inner, outer in zip(rule.head.terms, terms, strict=True):
            if isinstance(inner, Var) and inner.name not in bound:
                bound[inner.name] = outer
            else:
                equal = self.formulas.equal(self._term(inner, bound), outer)
                if equal is not TRUE:
                    found.append(Requirement(None, True, equal))
        found += self._requirements(rule.body, bound, choose, level)
        if any(requirement.formula is FALSE for requirement in found):
            return None
        return Application(rule, tuple(found))

    def instance(self, axiom: Axiom, choose: Choose) -> Expr:
        """One instance of an axiom."""
        bound: dict[str, Expr] = {}
        body = both(*(r.formula for r in self._requirements(axiom.body, bound, choose, HELD)))
        heads = [self._requirements(head, dict(bound), self.invented, HELD) for head in axiom.heads]
        return implied(body, either(*(both(*(r.formula for r in head)) for head in heads)))

    def invented(self, literal: Literal, number: int, position: int) -> Expr:
        """A fresh term for a place of a condition."""
        shape = self.formulas.shape(literal.relation, len(literal.terms))
        ruled = literal.relation in self.formulas.ruled
        return self.formulas.fresh(shape.domain(position) if shape and not ruled else None)

    def _requirements(
        self, body: Iterable[Condition], bound: dict[str, Expr], choose: Choose, level: str
    ) -> list[Requirement]:
        """What *body* requires under the substitution *bound*, which is completed."""
        body = tuple(body)
        found: list[Requirement] = []
        left = list(enumerate(condition for condition in body if isinstance(condition, Literal)))
        while left:
            following = next((pair for pair in left if self._determined(pair[1], bound)), left[0])
            left.remove(following)
            found.append(self._positive(*following, bound, choose, level))
        for condition in body:
            if isinstance(condition, Absent):
                atom = self._pattern(condition.literal, bound)
                found.append(Requirement(atom, False, negated(self.formulas.formula(atom))))
            elif isinstance(condition, Comparison):
                found.append(Requirement(None, True, self._comparison(condition, bound)))
        return [requirement for requirement in found if requirement.formula is not TRUE]

    def _determined(self, literal: Literal, bound: dict[str, Expr]) -> bool:
        key = self.formulas.keyed(literal.relation, len(literal.terms))
        return all(not isinstance(term, Var) or term.name in bound for term in literal.terms[:key])

    def _positive(
        self, number: int, literal: Literal, bound: dict[str, Expr], choose: Choose, level: str
    ) -> Requirement:
        key = self.formulas.keyed(literal.relation, len(literal.terms))
        terms: list[Expr] = []
        row: tuple[Expr, ...] = ()
        for position, term in enumerate(literal.terms):
            if position == key:
                row = self.formulas.row(literal.relation, tuple(terms), len(literal.terms))
            if isinstance(term, Var) and term.name not in bound:
                bound[term.name] = row[position] if row else choose(literal, number, position)
            terms.append(self._term(term, bound))
        atom = Atom(level, literal.relation, literal.positive, tuple(terms))
        return Requirement(atom, True, self.formulas.formula(atom))

    def _pattern(self, literal: Literal, bound: dict[str, Expr]) -> Atom:
        holes: dict[str, int] = {}
        terms = tuple(
            holes.setdefault(term.name, len(holes))
            if isinstance(term, Var) and term.name not in bound
            else self._term(term, bound)
            for term in literal.terms
        )
        return Atom(HELD, literal.relation, literal.positive, terms)

    def _term(self, term: Term, bound: dict[str, Expr]) -> Expr:
        if isinstance(term, Var):
            return bound[term.name]
        assert not isinstance(term, Arithmetic), "programs with arithmetic are turned away before"
        return self.formulas.constant(term)

    def _comparison(self, comparison: Comparison, bound: dict[str, Expr]) -> Expr:
        left = self._term(comparison.left, bound)
        if isinstance(comparison.right, tuple):
            among = either(*(self.formulas.equal(left, self.formulas.constant(v)) for v in comparison.right))
            return among if comparison.op == "in" else negated(among)
        right = self._term(comparison.right, bound)
        if comparison.op in ("==", "!="):
            equal = self.formulas.equal(left, right)
            return equal if comparison.op == "==" else negated(equal)
        ordered = {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[comparison.op]
        one, other = self.formulas.is_number(left), self.formulas.is_number(right)
        alike = either(both(one, other), both(negated(one), negated(other)))
        return both(ordered, alike)
