"""The proof reading: questions about every possible set of facts, answered with a solver (Z3).

A question is whether a literal can ever be held. The solver is told, a little at a time, what holds of every model of
the program: of a literal that is held, that a rule for it applies and that nothing stands against it unbeaten; of one
that is not, what each application of a rule brings. If what it was told so far cannot be, the answer is no, for any
number of facts. If it can, the facts that the solver proposes are given to the reference reading. Where the literal
is held there, that is the answer; where it is not, the two differ somewhere, and what the solver had overlooked there
is added. So "no" follows from things that are true of every model, and "yes" comes with facts that were tried out.

Source: Clarke, Grumberg, Jha, Lu, Veith, "Counterexample-guided abstraction refinement", CAV 2000, for the loop;
Clark, "Negation as failure", 1978, for what a rule set says of a literal that is not held.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import z3

from comity.logic import reference
from comity.logic.axiom import Axiom, Setting, watch
from comity.logic.clauses import DEFINITE, HELD, Application, Atom, Choose, Clauses, Condition_, Expr
from comity.logic.domain import Codes
from comity.logic.model import Firing, Model
from comity.logic.program import Kind, Program, Rule
from comity.logic.slicing import sliced
from comity.logic.terms import Absent, Arithmetic, Comparison, Literal, Value, Var, variables


@dataclass(frozen=True)
class Impossible:
    """No facts let the literal be held. *axioms* are those that the proof made use of."""

    axioms: tuple[Axiom, ...]
    rounds: int


@dataclass(frozen=True)
class Possible:
    """The literal is held on these *facts*, as *model* shows, which is that of the slice of the program asked about."""

    facts: frozenset[Literal]
    literal: Literal
    model: Model
    rounds: int


@dataclass(frozen=True)
class Open:
    """Neither was found within the time; *why* says what stood in the way."""

    why: str
    rounds: int


Answer = Impossible | Possible | Open


class World(Protocol):
    """What proposed facts stand for, where there may not be just any facts.

    *wishes* are kept to as long as the literal can be held with them, the first ones longest.
    """

    wishes: tuple[Axiom, ...]

    def facts(self, proposed: frozenset[Literal]) -> frozenset[Literal]:
        """The facts that there really are where those are proposed."""

    def explain(self, literal: Literal, real: bool) -> tuple[Axiom, tuple[Literal, ...]] | None:
        """An axiom, with the facts it speaks of, by which *literal* is there (*real*) or is not; ``None``: no such."""


def ask(
    program: Program,
    goal: Literal,
    setting: Setting | None = None,
    *,
    timeout: float = 10.0,
    world: World | None = None,
) -> Answer:
    """Whether some instance of *goal* can be held in *program*, on facts as *setting* has them.

    Without a setting there may be facts of any relation, affirmed or denied. *timeout* is in seconds. With a *world*
    the question is whether there are facts in it.
    """
    return _Question(program, goal, setting, world).answer(time.monotonic() + timeout)


class _Question:
    def __init__(self, program: Program, goal: Literal, setting: Setting | None, world: World | None) -> None:
        open_ = (r.relation for rule in program.rules for r in _literals(rule)) if setting is None else setting.facts
        self.program = sliced(program, [goal.relation], open_)
        self.goal = goal
        self.world = world
        known = {r.relation for rule in self.program.rules for r in _literals(rule)} | {goal.relation}
        self.axioms = tuple(a for a in (setting.axioms if setting else ()) if _speaks_of(a, known))
        self.watch = Program(tuple(watch(self.axioms)))
        domains = [shape.domain(i) for shape in (setting.facts.values() if setting else ()) for i in range(shape.arity)]
        listed = (word for domain in domains if domain for word in domain.words)
        words = (*_words((*self.program.rules, *self.watch.rules), goal), *listed)
        self.codes = Codes(words, invent=setting is None or None in domains)
        self.clauses = Clauses(self.program, setting, self.codes)
        self.added: dict[int, Expr] = {}
        self.supported: dict[tuple[object, ...], list[tuple[Rule, Expr, Application]]] = {}
        self.objected: dict[tuple[object, ...], list[tuple[Rule, Expr, Application]]] = {}
        self.filled: dict[tuple[object, ...], Atom] = {}
        self.used: dict[Axiom, None] = {}
        self.tainted = False
        self.relations = known

    def answer(self, until: float) -> Answer:
        if any(isinstance(t, Arithmetic) for rule in self.program.rules for t in _terms(rule)):
            return Open("the rules reckon with numbers, which this reading does not", 0)
        solver, clauses = self.clauses.solver, self.clauses
        terms = tuple(
            clauses.fresh() if isinstance(term, Var) else clauses.constant(term)  # type: ignore[arg-type]
            for term in self.goal.terms
        )
        goal = Atom(HELD, self.goal.relation, self.goal.positive, terms)
        solver.add(clauses.formula(goal))
        wishes = self._wishes()
        rounds = 0
        while True:
            rounds += 1
            left = until - time.monotonic()
            if left <= 0:
                return Open("the time was up", rounds)
            solver.set("timeout", max(1, int(left * 1000)))
            found = solver.check(*wishes)
            if found == z3.unsat and wishes:
                wishes.pop()
                continue
            if found == z3.unsat:
                return Open("every try", rounds) if self.tainted else Impossible(tuple(self.used), rounds)
            if found == z3.unknown:
                reason = solver.reason_unknown()
                if "interrupted" in reason:
                    raise KeyboardInterrupt
                return Open("the time was up" if "timeout" in reason or "cancel" in reason else reason, rounds)
            self._read(solver.model())
            if self._kept_to_axioms():
                self._decide()
                literal = self._literal(goal)
                if literal in self.reference.held:
                    return Possible(self.reference.facts, literal, self.reference, rounds)
                self.seen: set[object] = set()
                if not self._lower(goal):
                    return Open("what the solver overlooks was not found", rounds)

    def _wishes(self) -> list[Expr]:
        found = []
        for wish in self.world.wishes if self.world else ():
            flag = z3.FreshBool("wish")
            self.clauses.solver.add(z3.Implies(flag, self.clauses.axiom(wish, self.clauses.invented)))
            found.append(flag)
        return found

    # What the solver proposes, and what the reference reading makes of it

    def _read(self, model: z3.ModelRef) -> None:
        self.solution = model
        self.worth: dict[int, Value] = {}
        self.terms_of: dict[Value, Expr] = {}
        self.proposal: dict[Literal, Atom] = {}
        self.facts = list(self.clauses.facts.values())
        for atom in self.facts:
            if self._true(self.clauses.present(atom)):
                self.proposal.setdefault(self._literal(atom), atom)
            for term in atom.terms:
                self.terms_of.setdefault(self._value(term), term)
        self.proposed = frozenset(self.proposal)

    def _decide(self) -> None:
        facts = self.proposed
        if self.world is not None:
            facts = frozenset(fact for fact in self.world.facts(facts) if fact.relation in self.relations)
        self.reference = reference.model(self.program, facts)
        self.held: dict[tuple[str, bool], list[Literal]] = {}
        for literal in self.reference.held:
            self.held.setdefault((literal.relation, literal.positive), []).append(literal)

    def _kept_to_axioms(self) -> bool:
        """Whether the proposal keeps to the axioms; where it does not, the solver is told."""
        watched = reference.model(self.watch, self.proposed)
        found = [
            (axiom, firing.premises)
            for number, axiom in enumerate(self.axioms)
            for literal in watched.of(f"!broken {number}")
            for firing in watched.firings[literal]
        ]
        for axiom, premises in found:
            self._use(axiom, premises)
        return not found

    def _use(self, axiom: Axiom, premises: tuple[Literal, ...]) -> bool:
        self.used[axiom] = None
        return self._add(self.clauses.axiom(axiom, self._chooser(premises)))

    def _fact(self, atom: Atom, real: bool) -> bool:
        """The world has a fact that was not proposed, or lacks one that was."""
        if self.world is None:
            return False
        literal = self._match(atom) if real else self._literal(atom)
        assert literal is not None
        found = self.world.explain(literal, real)
        if found is not None and self._use(*found):
            return True
        # Nobody can say why: this very choice is given up, and with it the claim to have looked at all of them.
        self.tainted = True
        choice = [z3.Xor(self.clauses.present(other), self._true(self.clauses.present(other))) for other in self.facts]
        choice += [term != self.clauses.constant(self._value(term)) for other in self.facts for term in other.terms]
        return self._add(z3.Or(*choice))

    def _true(self, formula: Expr) -> bool:
        return z3.is_true(self.solution.eval(formula, model_completion=True))

    def _value(self, term: Expr) -> Value:
        key = term.get_id()
        if key not in self.worth:
            self.worth[key] = self.codes.value(self.solution.eval(term, model_completion=True).as_long())
        return self.worth[key]

    def _literal(self, atom: Atom) -> Literal:
        return Literal(atom.relation, tuple(self._value(term) for term in atom.terms), atom.positive)

    def _chooser(self, premises: tuple[Literal, ...]) -> Choose:
        """Terms that are worth what *premises*, the literals that a rule matched, have in their places."""

        def choose(literal: Literal, number: int, position: int) -> Expr:
            premise = premises[number]
            if premise in self.proposal:
                return self.proposal[premise].terms[position]
            value = premise.terms[position]
            assert isinstance(value, str | int)
            return self.terms_of.get(value, self.clauses.constant(value))

        return choose

    def _add(self, clause: Expr) -> bool:
        """Tell the solver something; whether it was new."""
        key = clause.get_id()
        if key in self.added:
            return False
        self.added[key] = clause
        self.clauses.solver.add(clause)
        return True

    # What rules say of an atom

    def _supports(self, atom: Atom) -> list[tuple[Rule, Expr, Application]]:
        """The rules that may carry an atom, each with a predicate that it applies, and one application of it."""
        if atom.key not in self.supported:
            kinds = (Kind.STRICT,) if atom.level == DEFINITE else (Kind.STRICT, Kind.ORDINARY)
            self.supported[atom.key] = self._possible(atom, atom, "for", kinds)
        return self.supported[atom.key]

    def _objections(self, atom: Atom) -> list[tuple[Rule, Expr, Application]]:
        """The rules against an atom, each with a predicate that it applies unbeaten, and one application of it."""
        if atom.key not in self.objected:
            self.objected[atom.key] = self._possible(atom.against(), atom, "against", tuple(Kind))
        return self.objected[atom.key]

    def _possible(
        self, head: Atom, atom: Atom, side: str, kinds: tuple[Kind, ...]
    ) -> list[tuple[Rule, Expr, Application]]:
        found = []
        clauses = self.clauses
        for rule in clauses.rules.get((head.relation, head.positive), ()):
            if rule.kind in kinds:
                application = clauses.apply(rule, head.terms, clauses.invented, atom.level)
                if application is not None:
                    flag = z3.FreshBool(f"{side} {rule.id}")
                    found.append((rule, flag, application))
                    self._add(z3.Implies(flag, application.formula))
                    if side == "for":
                        self._rank(atom, flag, application)
        return found

    def _rank(self, atom: Atom, flag: Expr, application: Application) -> None:
        """What an atom rests on came before it: nothing carries itself."""
        circle = self.clauses.recursive.get(atom.relation, frozenset())
        for condition in application.conditions:
            below = condition.atom
            if below is not None and condition.wanted and below.relation in circle:
                self._add(z3.Implies(flag, self._age(below) < self._age(atom)))

    def _age(self, atom: Atom) -> Expr:
        name = f"age {atom.level} {'' if atom.positive else '~'}{atom.relation}"
        return self.clauses._applied(name, atom.terms, z3.IntSort())

    # Where the two differ

    def _differ(self, condition: Condition_) -> bool:
        """Mend a difference about a condition; whether there was one that could be mended."""
        atom = condition.atom
        if atom is None:
            return False
        solver_says = self._true(condition.formula) == condition.wanted
        if solver_says == self._found(atom):
            return False
        return self._lower(atom) if solver_says else self._raise(atom)

    def _found(self, atom: Atom) -> bool:
        return self._match(atom) is not None

    def _match(self, atom: Atom) -> Literal | None:
        known = self.reference.definite if atom.level == DEFINITE else self.reference.held
        if not atom.has_holes:
            literal = self._literal(atom)
            return literal if literal in known else None
        for literal in self.held.get((atom.relation, atom.positive), ()):
            filled: dict[int, object] = {}
            if all(
                value == (filled.setdefault(term, value) if isinstance(term, int) else self._value(term))
                for term, value in zip(atom.terms, literal.terms, strict=True)
            ):
                return literal
        return None

    def _visited(self, step: str, atom: Atom) -> bool:
        key = (step, atom.key)
        if key in self.seen:
            return True
        self.seen.add(key)
        return False

    def _lower(self, atom: Atom) -> bool:
        """The solver has it that the atom holds, the reference reading has not."""
        if atom.has_holes:
            if self.clauses.read_off(atom):
                return self._fact(self._row(atom), real=False)
            whole = self._fill(atom)
            return self._add(z3.Implies(self.clauses.some(atom), self.clauses.formula(whole))) or self._lower(whole)
        if self._visited("lower", atom):
            return False
        if not self.clauses.has_rules(atom.relation):
            return self._fact(atom, real=False)
        if atom.level == DEFINITE:
            return self._lower_definite(atom)
        definite = self._definite(atom)
        carried = [flag for _, flag, _ in self._supports(atom)]
        opposite = self._definite(atom.against())
        free = z3.And(z3.Or(*carried), *([z3.Not(self.clauses.formula(opposite))] if opposite else []))
        sure = [self.clauses.formula(definite)] if definite else []
        if self._add(z3.Implies(self.clauses.formula(atom), z3.Or(*sure, free))):
            self._attack_at_once(atom)
            return True
        if definite and self._true(self.clauses.formula(definite)):
            return self._lower(definite)
        if opposite and self._match(opposite) and self._raise(opposite):
            return True
        for _, flag, application in self._supports(atom):
            if self._true(flag) and any([self._differ(c) for c in application.conditions]):
                return True
        return self._attacked(atom)

    def _lower_definite(self, atom: Atom) -> bool:
        carried = [flag for _, flag, _ in self._supports(atom)]
        fact = self.clauses.fact(atom.relation, atom.positive, atom.terms)
        if self._add(z3.Implies(self.clauses.formula(atom), z3.Or(fact, *carried))):
            return True
        for _, flag, application in self._supports(atom):
            if self._true(flag) and any([self._differ(c) for c in application.conditions]):
                return True
        return False

    def _definite(self, atom: Atom) -> Atom | None:
        definite = Atom(DEFINITE, atom.relation, atom.positive, atom.terms)
        return definite if self.clauses.may_be_definite(definite) else None

    def _row(self, atom: Atom) -> Atom:
        shape = self.clauses.shape(atom.relation, len(atom.terms))
        assert shape is not None
        row = self.clauses.row(atom.relation, shape, atom.terms[: shape.key])
        return Atom(atom.level, atom.relation, atom.positive, row)

    def _fill(self, atom: Atom) -> Atom:
        if atom.key not in self.filled:
            pattern = Literal(atom.relation, tuple(0 for _ in atom.terms))
            new: dict[int, Expr] = {}
            for position, term in enumerate(atom.terms):
                if isinstance(term, int) and term not in new:
                    new[term] = self.clauses.invented(pattern, 0, position)
            terms = tuple(new[term] if isinstance(term, int) else term for term in atom.terms)
            self.filled[atom.key] = Atom(atom.level, atom.relation, atom.positive, terms)
        return self.filled[atom.key]

    def _attack_at_once(self, atom: Atom) -> None:
        """Add the attacks of which nothing has to be chosen."""

        def choose(literal: Literal, number: int, position: int) -> Expr:
            raise LookupError

        for rule in self.clauses.rules.get((atom.relation, not atom.positive), ()):
            try:
                application = self.clauses.apply(rule, atom.terms, choose)
            except LookupError:
                continue
            if application is not None:
                self._add(self._attack(atom, application))

    def _attack(self, atom: Atom, against: Application) -> Expr:
        """An atom that is held and not definite beats what applies against it."""
        definite = self._definite(atom)
        beating = [flag for rule, flag, _ in self._supports(atom) if self.program.beats(rule, against.rule)]
        sure = [self.clauses.formula(definite)] if definite else []
        return z3.Implies(z3.And(self.clauses.formula(atom), against.formula), z3.Or(*sure, *beating))

    def _attacked(self, atom: Atom) -> bool:
        literal = self._literal(atom)
        carrying = self.reference.supporters(literal)
        for firing in self.reference.firings.get(~literal, ()):
            if any(self.program.beats(s.rule, firing.rule) for s in carrying):
                continue
            application = self.clauses.apply(firing.rule, atom.terms, self._chooser(firing.premises))
            assert application is not None
            if self._add(self._attack(atom, application)):
                return True
            if any([self._differ(c) for c in application.conditions]):
                return True
            for rule, flag, beating in self._supports(atom):
                if self.program.beats(rule, firing.rule) and self._true(flag):
                    if any([self._differ(c) for c in beating.conditions]):
                        return True
        return False

    def _raise(self, atom: Atom) -> bool:
        """The reference reading has it that the atom holds, the solver has not."""
        if atom.has_holes:
            if self.clauses.read_off(atom):
                return self._fact(self._row(atom), real=True)
            literal = self._match(atom)
            assert literal is not None
            chosen = self._chooser((literal,))
            new: dict[int, Expr] = {}
            for position, term in enumerate(atom.terms):
                if isinstance(term, int) and term not in new:
                    new[term] = chosen(literal, 0, position)
            terms = tuple(new[term] if isinstance(term, int) else term for term in atom.terms)
            whole = Atom(atom.level, atom.relation, atom.positive, terms)
            return self._add(z3.Implies(self.clauses.formula(whole), self.clauses.some(atom))) or self._raise(whole)
        if self._visited("raise", atom):
            return False
        if not self.clauses.has_rules(atom.relation):
            return self._fact(atom, real=True)
        if atom.level == DEFINITE:
            return self._raise_definite(atom)
        definite = self._definite(atom)
        if definite and self._add(z3.Implies(self.clauses.formula(definite), self.clauses.formula(atom))):
            return True
        if definite and self._match(definite):
            return not self._true(self.clauses.formula(definite)) and self._raise(definite)
        return any(self._carry(atom, firing) for firing in self.reference.supporters(self._literal(atom)))

    def _raise_definite(self, atom: Atom) -> bool:
        fact = self.clauses.fact(atom.relation, atom.positive, atom.terms)
        if self._add(z3.Implies(fact, self.clauses.formula(atom))):
            return True
        for firing in self.reference.supporters(self._literal(atom)):
            if firing.rule.kind is Kind.STRICT and self.reference.definite.issuperset(firing.premises):
                choose = self._chooser(firing.premises)
                application = self.clauses.apply(firing.rule, atom.terms, choose, DEFINITE)
                assert application is not None
                if self._add(z3.Implies(application.formula, self.clauses.formula(atom))):
                    return True
                if any([self._differ(c) for c in application.conditions]):
                    return True
        return False

    def _carry(self, atom: Atom, firing: Firing) -> bool:
        """A rule for an atom applies, so the atom is held or something stands against it unbeaten."""
        application = self.clauses.apply(firing.rule, atom.terms, self._chooser(firing.premises))
        assert application is not None
        opposite = self._definite(atom.against())
        sure = [self.clauses.formula(opposite)] if opposite else []
        flags = [flag for _, flag, _ in self._objections(atom)]
        held = self.clauses.formula(atom)
        if self._add(z3.Implies(application.formula, z3.Or(held, *sure, *flags))):
            return True
        if any([self._differ(c) for c in application.conditions]):
            return True
        if opposite and self._true(self.clauses.formula(opposite)) and self._lower(opposite):
            return True
        for rule, flag, against in self._objections(atom):
            if self._true(flag):
                if any([self._differ(c) for c in against.conditions]) or self._beat(atom, rule, flag):
                    return True
        return False

    def _beat(self, atom: Atom, against: Rule, flag: Expr) -> bool:
        """What the solver thinks unbeaten is beaten by a rule that applies."""
        for firing in self.reference.supporters(self._literal(atom)):
            if self.program.beats(firing.rule, against):
                application = self.clauses.apply(firing.rule, atom.terms, self._chooser(firing.premises))
                assert application is not None
                if self._add(z3.Not(z3.And(flag, application.formula))):
                    return True
                if any([self._differ(c) for c in application.conditions]):
                    return True
        return False


def _literals(rule: Rule) -> Iterable[Literal]:
    yield rule.head
    for condition in rule.body:
        if isinstance(condition, Absent):
            yield condition.literal
        elif isinstance(condition, Literal):
            yield condition


def _terms(rule: Rule) -> Iterable[object]:
    for literal in _literals(rule):
        yield from literal.terms
    for condition in rule.body:
        if isinstance(condition, Comparison):
            yield condition.left
            yield from condition.right if isinstance(condition.right, tuple) else (condition.right,)


def _words(rules: Iterable[Rule], goal: Literal) -> Iterable[Value]:
    for rule in rules:
        yield from (term for term in _terms(rule) if isinstance(term, str))
    yield from (term for term in goal.terms if isinstance(term, str))


def _speaks_of(axiom: Axiom, relations: set[str]) -> bool:
    """Whether every relation that an axiom reads, and every one that it asks for, is among *relations*."""
    parts = [*axiom.body, *(condition for head in axiom.heads for condition in head)]
    return all(part.relation in relations for part in parts if isinstance(part, Literal))
