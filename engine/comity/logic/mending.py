"""Where a solver and the reference reading differ about a proposal, and what the solver has to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import z3

from comity.logic.application import Application, Applications, Choose, Requirement
from comity.logic.axiom import Axiom
from comity.logic.formula import DEFINITE, HELD, Atom, Expr, Formulas, Solution, both, either, implied, negated
from comity.logic.model import Firing, Model
from comity.logic.program import Program
from comity.logic.rule import Kind, Rule
from comity.logic.terms import Literal, Value

_PATIENCE: Final = 12
"""How often something is forbidden without a reason before the question is left open."""

Instance = tuple[Axiom, tuple[Literal, ...]]
"""An axiom, with the facts that it speaks of in the order of its body."""

Explain = Callable[[Literal, bool], Iterable[Instance]]


@dataclass(slots=True)
class _Way:
    """A rule that may speak for or against an atom; *flag* is the proposition that it does.

    What that requires is written out (``made``) only when the solver counts on it.
    """

    rule: Rule
    flag: Expr
    head: Atom
    made: Application | None = None


class Mending:
    """Tells the solver of one question what it overlooks.

    *explain* says why facts that were proposed are there, or are not; ``None`` where there may be any facts. ``used``
    are the axioms that the solver was told of; ``gave_up`` counts what it was forbidden without a reason.
    """

    def __init__(self, program: Program, formulas: Formulas, explain: Explain | None) -> None:
        self.program = program
        self.formulas = formulas
        self.applications = Applications(formulas)
        self.explain = explain
        self.used: dict[Axiom, None] = {}
        self.gave_up = 0
        self.proposed: frozenset[Literal] = frozenset()
        self._rules: dict[tuple[str, bool], list[Rule]] = {}
        for rule in program.rules:
            self._rules.setdefault((rule.head.relation, rule.head.positive), []).append(rule)
        self._told: dict[int, Expr] = {}
        self._for: dict[tuple[object, ...], list[_Way]] = {}
        self._against: dict[tuple[object, ...], list[_Way]] = {}
        self._unmade: list[_Way] = []
        self._filled: dict[tuple[object, ...], Atom] = {}

    # What the solver proposes

    def read(self, model: z3.ModelRef) -> bool:
        """Take a solution of the solver; whether it is complete enough to be tried out."""
        self.solution = Solution(model)
        counted_on = [way for way in self._unmade if self._true(way.flag)]
        if counted_on:
            self._unmade = [way for way in self._unmade if not self._true(way.flag)]
            for way in counted_on:
                self._make(way)
            return False
        self._terms: dict[Value, Expr] = {}
        self._proposal: dict[Literal, Atom] = {}
        for atom in self.formulas.facts.values():
            if self._true(self.formulas.present(atom)):
                self._proposal.setdefault(self.literal(atom), atom)
                for term in atom.terms:
                    self._terms.setdefault(self._value(term), term)
        self.proposed = frozenset(self._proposal)
        return True

    def literal(self, atom: Atom) -> Literal:
        """What an atom without holes comes to in the solution."""
        return Literal(atom.relation, tuple(self._value(term) for term in atom.terms), atom.positive)

    def instance_of(self, axiom: Axiom) -> Expr:
        """An axiom about facts of which nothing has to be chosen."""
        return self.applications.instance(axiom, self.applications.invented)

    def use(self, axiom: Axiom, premises: tuple[Literal, ...]) -> bool:
        """Tell the solver what an axiom says of some facts; whether it is news."""
        self.used[axiom] = None
        return self._tell(self.applications.instance(axiom, self._chooser(premises)))

    def _true(self, formula: Expr) -> bool:
        return self.solution.true(formula)

    def _value(self, term: Expr) -> Value:
        known = self.formulas.values.get(id(term))
        return self.formulas.codes.value(self.solution.code(term)) if known is None else known

    def _chooser(self, premises: tuple[Literal, ...]) -> Choose:
        """Terms that are worth what *premises*, the literals that a rule matched, have in their places."""

        def choose(literal: Literal, number: int, position: int) -> Expr:
            premise = premises[number]
            if premise in self._proposal:
                return self._proposal[premise].terms[position]
            value = premise.terms[position]
            assert isinstance(value, str | int)
            known = self._terms.get(value)  # what the solver made up is no constant
            return self.formulas.constant(value) if known is None else known

        return choose

    def _tell(self, clause: Expr) -> bool:
        key = clause.get_id()
        if key in self._told:
            return False
        self._told[key] = clause
        self.formulas.solver.add(clause)
        return True

    # What rules say of an atom

    def expect(self, atom: Atom) -> None:
        """Tell the solver what an atom needs to hold."""
        if atom.has_holes or self.formulas.is_fact(atom):
            return
        ways = either(*(way.flag for way in self._ways_for(atom)))
        if atom.level == DEFINITE:
            self._tell(implied(self.formulas.formula(atom), either(self.formulas.fact(atom), ways)))
            return
        sure, opposite = self._sure(atom), self._sure(atom.against())
        carried = both(ways, negated(self.formulas.formula(opposite))) if opposite else ways
        sure_formula = [self.formulas.formula(sure)] if sure else []
        if self._tell(implied(self.formulas.formula(atom), either(*sure_formula, carried))):
            self._attack_at_once(atom)

    def _ways_for(self, atom: Atom) -> list[_Way]:
        if atom.key not in self._for:
            kinds = (Kind.STRICT,) if atom.level == DEFINITE else (Kind.STRICT, Kind.ORDINARY)
            self._for[atom.key] = self._ways(atom, atom.positive, kinds)
        return self._for[atom.key]

    def _ways_against(self, atom: Atom) -> list[_Way]:
        if atom.key not in self._against:
            self._against[atom.key] = self._ways(atom.against(), not atom.positive, tuple(Kind))
        return self._against[atom.key]

    def _ways(self, head: Atom, positive: bool, kinds: tuple[Kind, ...]) -> list[_Way]:
        found = [
            _Way(rule, self.formulas.flag(rule.id), head)
            for rule in self._rules.get((head.relation, positive), ())
            if rule.kind in kinds and self.applications.meets(rule, head.terms)
        ]
        self._unmade += found
        return found

    def _make(self, way: _Way) -> None:
        """Write out what it requires that a rule speaks."""
        made = self.applications.application(way.rule, way.head.terms, self.applications.invented, way.head.level)
        way.made = made
        if made is None:
            self._tell(negated(way.flag))
            return
        self._tell(implied(way.flag, made.formula))
        circle = self.formulas.recursive.get(way.head.relation, frozenset())
        for requirement in made.requirements:
            below = requirement.atom
            if below is not None and requirement.wanted:
                if below.relation in circle:  # what an atom rests on came before it: nothing carries itself
                    self._tell(implied(way.flag, self.formulas.age(below) < self.formulas.age(way.head)))
                self.expect(below)

    def _sure(self, atom: Atom) -> Atom | None:
        definite = Atom(DEFINITE, atom.relation, atom.positive, atom.terms)
        return definite if self.formulas.may_be_definite(definite) else None

    def _attack_at_once(self, atom: Atom) -> None:
        """Tell of the attacks of which nothing has to be chosen."""

        def choose(literal: Literal, number: int, position: int) -> Expr:
            raise LookupError

        for rule in self._rules.get((atom.relation, not atom.positive), ()):
            try:
                against = self.applications.application(rule, atom.terms, choose)
            except LookupError:
                continue
            if against is not None:
                self._tell(self._attack(atom, against))

    def _attack(self, atom: Atom, against: Application) -> Expr:
        """An atom that is held and not definite beats what applies against it."""
        sure = self._sure(atom)
        beating = [way.flag for way in self._ways_for(atom) if self.program.beats(way.rule, against.rule)]
        sure_formula = [self.formulas.formula(sure)] if sure else []
        return implied(both(self.formulas.formula(atom), against.formula), either(*sure_formula, *beating))

    # Where the two differ

    def mend(self, goal: Atom, model: Model) -> bool:
        """Tell the solver why *goal* is not held in *model*, that of its own proposal; whether there was news."""
        self.model = model
        self._held: dict[tuple[str, bool], list[Literal]] = {}
        for literal in model.held:
            self._held.setdefault((literal.relation, literal.positive), []).append(literal)
        self._seen: set[tuple[object, ...]] = set()
        return self._lower(goal)

    def _all(self, made: Application | None) -> bool:
        """Mend every difference about the requirements of an application; whether there was any."""
        return made is not None and sum(map(self._differ, made.requirements)) > 0

    def _differ(self, requirement: Requirement) -> bool:
        atom = requirement.atom
        if atom is None:
            return False
        solver_has_it = self._true(requirement.formula) == requirement.wanted
        if solver_has_it == (self._match(atom) is not None):
            return False
        return self._lower(atom) if solver_has_it else self._raise(atom)

    def _match(self, atom: Atom) -> Literal | None:
        """The literal by which an atom holds in the model."""
        known = self.model.definite if atom.level == DEFINITE else self.model.held
        if not atom.has_holes:
            literal = self.literal(atom)
            return literal if literal in known else None
        for literal in self._held.get((atom.relation, atom.positive), ()):
            filled: dict[int, object] = {}
            if all(
                value == (filled.setdefault(term, value) if isinstance(term, int) else self._value(term))
                for term, value in zip(atom.terms, literal.terms, strict=True)
            ):
                return literal
        return None

    def _visited(self, step: str, atom: Atom) -> bool:
        key = (step, *atom.key)
        if key in self._seen:
            return True
        self._seen.add(key)
        return False

    def _lower(self, atom: Atom) -> bool:
        """The solver has it that the atom holds, the model has not."""
        if atom.has_holes and not self.formulas.read_off(atom):
            whole = self._fill(atom)
            return self._tell(implied(self.formulas.formula(atom), self.formulas.formula(whole))) or self._lower(whole)
        if self._visited("lower", atom):
            return False
        if self.formulas.is_fact(atom):
            return self._fact(atom, None)
        count = len(self._told)
        self.expect(atom)
        if len(self._told) > count:
            return True
        if atom.level == DEFINITE:
            return any(self._true(way.flag) and self._all(way.made) for way in self._ways_for(atom))
        sure, opposite = self._sure(atom), self._sure(atom.against())
        if sure and self._true(self.formulas.formula(sure)):
            return self._lower(sure)
        if opposite and self._match(opposite) and self._raise(opposite):
            return True
        if any(self._true(way.flag) and self._all(way.made) for way in self._ways_for(atom)):
            return True
        return self._attacked(atom)

    def _attacked(self, atom: Atom) -> bool:
        """In the model something stands against the atom unbeaten."""
        literal = self.literal(atom)
        carrying = self.model.supporters(literal)
        for firing in self.model.firings.get(~literal, ()):
            if any(self.program.beats(s.rule, firing.rule) for s in carrying):
                continue
            against = self._application(firing, atom)
            if self._tell(self._attack(atom, against)) or self._all(against):
                return True
            for way in self._ways_for(atom):
                if self.program.beats(way.rule, firing.rule) and self._true(way.flag) and self._all(way.made):
                    return True
        return False

    def _raise(self, atom: Atom) -> bool:
        """The model has it that the atom holds, the solver has not."""
        if atom.has_holes and not self.formulas.read_off(atom):
            whole = self._found(atom)
            return self._tell(implied(self.formulas.formula(whole), self.formulas.formula(atom))) or self._raise(whole)
        if self._visited("raise", atom):
            return False
        if self.formulas.is_fact(atom):
            return self._fact(atom, self._match(atom))
        sure = self._sure(atom)
        if atom.level == DEFINITE:
            if self._tell(implied(self.formulas.fact(atom), self.formulas.formula(atom))):
                return True
            return any(self._carry_strictly(atom, firing) for firing in self.model.supporters(self.literal(atom)))
        if sure and self._tell(implied(self.formulas.formula(sure), self.formulas.formula(atom))):
            return True
        if sure and self._match(sure):
            return not self._true(self.formulas.formula(sure)) and self._raise(sure)
        return any(self._carry(atom, firing) for firing in self.model.supporters(self.literal(atom)))

    def _carry_strictly(self, atom: Atom, firing: Firing) -> bool:
        if firing.rule.kind is not Kind.STRICT or not self.model.definite.issuperset(firing.premises):
            return False
        made = self._application(firing, atom)
        return self._tell(implied(made.formula, self.formulas.formula(atom))) or self._all(made)

    def _carry(self, atom: Atom, firing: Firing) -> bool:
        """A rule for an atom applies, so the atom is held or something stands against it unbeaten."""
        made = self._application(firing, atom)
        opposite = self._sure(atom.against())
        held = [self.formulas.formula(a) for a in (atom, opposite) if a is not None]
        standing = [way.flag for way in self._ways_against(atom)]
        if self._tell(implied(made.formula, either(*held, *standing))) or self._all(made):
            return True
        if opposite and self._true(self.formulas.formula(opposite)) and self._lower(opposite):
            return True
        return any(
            self._true(way.flag) and (self._all(way.made) or self._beat(atom, way)) for way in self._ways_against(atom)
        )

    def _beat(self, atom: Atom, against: _Way) -> bool:
        """What the solver thinks unbeaten is beaten by a rule that applies."""
        for firing in self.model.supporters(self.literal(atom)):
            if self.program.beats(firing.rule, against.rule):
                made = self._application(firing, atom)
                if self._tell(negated(both(against.flag, made.formula))) or self._all(made):
                    return True
        return False

    def _application(self, firing: Firing, atom: Atom) -> Application:
        """The application of a rule that fires in the model, over the terms of an atom for or against which it is."""
        made = self.applications.application(firing.rule, atom.terms, self._chooser(firing.premises), atom.level)
        assert made is not None, "a rule that fires can apply"
        return made

    def _fill(self, atom: Atom) -> Atom:
        """An atom with something new in its holes."""
        if atom.key not in self._filled:
            pattern = Literal(atom.relation, tuple(0 for _ in atom.terms))
            self._filled[atom.key] = self._with(atom, lambda place: self.applications.invented(pattern, 0, place))
        return self._filled[atom.key]

    def _found(self, atom: Atom) -> Atom:
        """An atom with what the model has in its holes."""
        literal = self._match(atom)
        assert literal is not None
        choose = self._chooser((literal,))
        return self._with(atom, lambda place: choose(literal, 0, place))

    def _with(self, atom: Atom, filling: Callable[[int], Expr]) -> Atom:
        filled: dict[int, Expr] = {}
        for place, term in enumerate(atom.terms):
            if isinstance(term, int) and term not in filled:
                filled[term] = filling(place)
        terms = tuple(filled[term] if isinstance(term, int) else term for term in atom.terms)
        return Atom(atom.level, atom.relation, atom.positive, terms)

    def _fact(self, atom: Atom, real: Literal | None) -> bool:
        """There is a fact that was not proposed (*real*), or none although one was."""
        if self.explain is None:
            return False
        literal = real
        if literal is None:
            key = self.formulas.keyed(atom.relation, len(atom.terms))
            row = self.formulas.row(atom.relation, atom.terms[:key], len(atom.terms)) if atom.has_holes else atom.terms
            literal = self.literal(Atom(HELD, atom.relation, atom.positive, row))
        if sum(self.use(axiom, premises) for axiom, premises in self.explain(literal, real is not None)):
            return True
        self.gave_up += 1
        return self.gave_up < _PATIENCE and self._tell(either(*self._otherwise()))

    def _otherwise(self) -> Iterator[Expr]:
        """What a solution that is not this one has differently."""
        for atom in list(self.formulas.facts.values()):
            present = self.formulas.present(atom)
            yield negated(present) if self._true(present) else present
            for term in atom.terms if self._true(present) else ():
                if id(term) not in self.formulas.values:
                    yield term != self.solution.code(term)
