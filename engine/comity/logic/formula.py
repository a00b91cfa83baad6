"""Terms and atoms for the solver: what stands for a value, for a fact and for a literal that is held.

Facts are free predicates; a relation of which the first values determine the others is a set of functions of these.
Everything is made once and found again, so that two terms are the same where they are the same object.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import z3
from z3 import z3core

from comity.logic.axiom import Setting, Shape
from comity.logic.domain import NUMBERS_END, Codes, Domain
from comity.logic.program import Program
from comity.logic.rule import Kind
from comity.logic.terms import Literal, Value

z3.set_param("model.partial", True)  # what a solution does not depend on is left open, and read as not there

Expr = Any
"""A term or formula of the solver, which has no types."""

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
        return self.level, self.relation, self.positive, *(t if isinstance(t, int) else id(t) for t in self.terms)

    @property
    def has_holes(self) -> bool:
        """Whether a term is a hole."""
        return any(isinstance(term, int) for term in self.terms)

    def against(self) -> Atom:
        """The opposite literal."""
        return Atom(self.level, self.relation, not self.positive, self.terms)


_CONTEXT: Final = z3.main_ctx()
TRUE: Final[Expr] = z3.BoolVal(True)
FALSE: Final[Expr] = z3.BoolVal(False)

# The constructors of z3 check and convert what they are given, which would take most of the time of a proof.


def both(*parts: Expr) -> Expr:
    """All of the parts."""
    if any(part is FALSE for part in parts):
        return FALSE
    return _joined(z3core.Z3_mk_and, [part for part in parts if part is not TRUE], TRUE)


def either(*parts: Expr) -> Expr:
    """At least one of the parts."""
    if any(part is TRUE for part in parts):
        return TRUE
    return _joined(z3core.Z3_mk_or, [part for part in parts if part is not FALSE], FALSE)


def _joined(make: Any, parts: Sequence[Expr], empty: Expr) -> Expr:
    if not parts:
        return empty
    if len(parts) == 1:
        return parts[0]
    asts = (z3.Ast * len(parts))(*(part.ast for part in parts))
    return z3.BoolRef(make(_CONTEXT.ref(), len(parts), asts), _CONTEXT)


def negated(part: Expr) -> Expr:
    """Not the part."""
    if part is TRUE or part is FALSE:
        return FALSE if part is TRUE else TRUE
    return z3.BoolRef(z3core.Z3_mk_not(_CONTEXT.ref(), part.ast), _CONTEXT)


def implied(condition: Expr, consequence: Expr) -> Expr:
    """That the consequence follows."""
    return z3.BoolRef(z3core.Z3_mk_implies(_CONTEXT.ref(), condition.ast, consequence.ast), _CONTEXT)


class Solution:
    """What a solution of the solver makes of formulas and terms."""

    def __init__(self, model: z3.ModelRef) -> None:
        self._model = model
        self._truth: dict[int, bool] = {}
        self._code: dict[int, int] = {}
        self._out = (z3.Ast * 1)()

    def true(self, formula: Expr) -> bool:
        """Whether a formula is true; what the solution leaves open is not."""
        key = id(formula)
        if key not in self._truth:
            self._truth[key] = z3core.Z3_get_bool_value(_CONTEXT.ref(), self._worth(formula)) == z3.Z3_L_TRUE
        return self._truth[key]

    def code(self, term: Expr) -> int:
        """The number that a term is worth."""
        key = id(term)
        if key not in self._code:
            self._code[key] = int(z3core.Z3_get_numeral_string(_CONTEXT.ref(), self._worth(term)))
        return self._code[key]

    def _worth(self, expr: Expr) -> Any:
        z3core.Z3_model_eval(_CONTEXT.ref(), self._model.model, expr.ast, True, self._out)
        return self._out[0]


class Formulas:
    """The terms and atoms of one question, in one ``solver``; ``facts`` are the fact atoms that it knows of."""

    def __init__(self, program: Program, setting: Setting | None, codes: Codes) -> None:
        self.setting = setting
        self.codes = codes
        self.solver = z3.Solver()
        self.facts: dict[tuple[object, ...], Atom] = {}
        self.values: dict[int, Value] = {}
        self.recursive = _recursive(program)
        self.ruled = {rule.head.relation for rule in program.rules}
        self.strict = {(r.head.relation, r.head.positive) for r in program.rules if r.kind is Kind.STRICT}
        self._constants: dict[Value, Expr] = {}
        self._applied: dict[tuple[object, ...], Expr] = {}
        self._functions: dict[str, Any] = {}
        self._limits: dict[Domain | None, list[tuple[int, int]]] = {}
        self._limited: set[tuple[int, Domain | None]] = set()
        self._fresh = 0

    # Terms

    def constant(self, value: Value) -> Expr:
        """The term for a value."""
        if value not in self._constants:
            term = z3.IntVal(self.codes.code(value))
            self._constants[value] = term
            self.values[id(term)] = value
        return self._constants[value]

    def equal(self, left: Expr, right: Expr) -> Expr:
        """That two terms are worth the same, as far as it is not known already."""
        if left is right:
            return TRUE
        if id(left) in self.values and id(right) in self.values:
            return FALSE
        return z3.BoolRef(z3core.Z3_mk_eq(_CONTEXT.ref(), left.ast, right.ast), _CONTEXT)

    def is_number(self, term: Expr) -> Expr:
        """That a term is worth a number, not a word."""
        if id(term) in self.values:
            return TRUE if isinstance(self.values[id(term)], int) else FALSE
        return term < NUMBERS_END

    def fresh(self, domain: Domain | None = None) -> Expr:
        """A term for some value of which nothing is known but its domain."""
        self._fresh += 1
        term = self._apply(f"x{self._fresh}", (), z3.IntSort())
        self._limit(term, domain)
        return term

    def flag(self, name: str) -> Expr:
        """A fresh proposition."""
        self._fresh += 1
        return self._apply(f"{name} ?{self._fresh}", (), z3.BoolSort())

    def shape(self, relation: str, arity: int) -> Shape | None:
        """The shape of a relation of which there may be facts, or ``None``."""
        return Shape(arity) if self.setting is None else self.setting.facts.get(relation)

    def keyed(self, relation: str, arity: int) -> int | None:
        """How many of the first values of a fact determine the others, or ``None``: nothing does, or rules add some."""
        shape = self.shape(relation, arity)
        return shape.key if shape is not None and relation not in self.ruled else None

    def row(self, relation: str, key: tuple[Expr, ...], arity: int) -> tuple[Expr, ...]:
        """The values of the fact with that key."""
        shape = self.shape(relation, arity)
        assert shape is not None
        values = list(key)
        for position in range(len(key), arity):
            value = self._apply(f"{relation}.{position}", key, z3.IntSort())
            self._limit(value, shape.domain(position))
            values.append(value)
        return tuple(values)

    def age(self, atom: Atom) -> Expr:
        """When the atom came to hold: later than all that it rests on."""
        return self._apply(f"age {atom.level} {_sign(atom)}{atom.relation}", atom.terms, z3.IntSort())

    def _limit(self, term: Expr, domain: Domain | None) -> None:
        """A free term lies in its domain; one that stands for no fact may be worth anything there."""
        if (id(term), domain) not in self._limited:
            self._limited.add((id(term), domain))
            self.solver.add(self._within(term, domain))

    def _within(self, term: Expr, domain: Domain | None) -> Expr:
        if domain not in self._limits:
            self._limits[domain] = list(self.codes.ranges(domain))
        return either(*(both(term >= low, term <= high) for low, high in self._limits[domain]))

    def _apply(self, name: str, terms: tuple[Expr, ...], sort: Any) -> Expr:
        key = (name, *map(id, terms))
        if key not in self._applied:
            if not terms:
                self._applied[key] = z3.Const(name, sort)
            else:
                if name not in self._functions:
                    self._functions[name] = z3.Function(name, *[z3.IntSort()] * len(terms), sort)
                self._applied[key] = self._functions[name](*terms)
        return self._applied[key]

    # Atoms

    def formula(self, atom: Atom) -> Expr:
        """That the atom holds at its level; with holes, for some values in them."""
        if self.is_fact(atom) and (not atom.has_holes or self.read_off(atom)):
            return self._fact(atom)
        if not atom.has_holes:
            return self._apply(f"{atom.level} {_sign(atom)}{atom.relation}", atom.terms, z3.BoolSort())
        holes = " ".join(str(term) if isinstance(term, int) else "x" for term in atom.terms)
        terms = tuple(term for term in atom.terms if not isinstance(term, int))
        return self._apply(f"some {_sign(atom)}{atom.relation} {holes}", terms, z3.BoolSort())

    def is_fact(self, atom: Atom) -> bool:
        """Whether the atom holds at its level only where it is a fact."""
        strict = (atom.relation, atom.positive) in self.strict
        return atom.relation not in self.ruled or (atom.level == DEFINITE and not strict)

    def read_off(self, atom: Atom) -> bool:
        """Whether what fills the holes of an atom is determined by the rest."""
        key = self.keyed(atom.relation, len(atom.terms))
        return key is not None and not any(isinstance(term, int) for term in atom.terms[:key])

    def may_be_definite(self, atom: Atom) -> bool:
        """Whether the atom can be a fact, or follow strictly."""
        return (atom.relation, atom.positive) in self.strict or self._may_be_fact(atom)

    def fact(self, atom: Atom) -> Expr:
        """That the atom is a fact."""
        return self._fact(atom)

    def present(self, atom: Atom) -> Expr:
        """That there is the row that a known fact atom stands for, whatever it says."""
        shape = self.shape(atom.relation, len(atom.terms))
        assert shape is not None
        return self._apply(f"{_sign(atom) or '+'}{atom.relation}", atom.terms[: shape.key], z3.BoolSort())

    def _may_be_fact(self, atom: Atom) -> bool:
        return self.setting is None or (atom.positive and atom.relation in self.setting.facts)

    def _fact(self, atom: Atom) -> Expr:
        if not self._may_be_fact(atom):
            return FALSE
        arity = len(atom.terms)
        shape = self.shape(atom.relation, arity)
        assert shape is not None
        row = atom.terms if shape.key is None else self.row(atom.relation, atom.terms[: shape.key], arity)
        known = Atom(HELD, atom.relation, atom.positive, row)
        if known.key not in self.facts:
            self.facts[known.key] = known
            for position, term in enumerate(row[: shape.key]):
                domain = shape.domain(position)
                if domain is not None:
                    self.solver.add(implied(self.present(known), self._within(term, domain)))
        filled: dict[int, Expr] = {}
        equal = [
            self.equal(filled.setdefault(asked, value) if isinstance(asked, int) else asked, value)
            for asked, value in zip(atom.terms, row, strict=True)
        ]
        return both(self.present(known), *equal)


def _sign(atom: Atom) -> str:
    return "" if atom.positive else "~"


def _recursive(program: Program) -> dict[str, frozenset[str]]:
    """For each relation that depends on itself those that depend on each other with it."""
    reads: dict[str, set[str]] = {rule.head.relation: set() for rule in program.rules}
    for stratum in program.strata:  # what goes in a circle lies in one stratum
        for rule in stratum.rules if stratum.recursive else ():
            read = (condition.relation for condition in rule.body if isinstance(condition, Literal))
            reads[rule.head.relation].update(relation for relation in read if relation in stratum.relations)
    reach = {relation: _reach(reads, relation) for relation in reads}
    return {
        relation: frozenset(other for other in reach[relation] if relation in reach[other])
        for relation in reads
        if relation in reach[relation]
    }


def _reach(reads: dict[str, set[str]], relation: str) -> set[str]:
    found: set[str] = set()
    todo = [*reads[relation]]
    while todo:
        following = todo.pop()
        if following not in found:
            found.add(following)
            todo += reads[following]
    return found
