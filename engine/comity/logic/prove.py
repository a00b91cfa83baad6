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
from comity.logic.domain import Codes, day_of
from comity.logic.formula import HELD, Atom, Expr, Formulas, implied
from comity.logic.mending import Instance, Mending
from comity.logic.model import Model
from comity.logic.program import Program
from comity.logic.rule import Rule
from comity.logic.slicing import Slices, literals
from comity.logic.terms import Arithmetic, Comparison, Literal, Value, Var


@dataclass(frozen=True)
class Impossible:
    """No facts let the literal be held. *axioms* are those that the proof looked at."""

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
    """Neither was found; *why* says what stood in the way."""

    why: str
    rounds: int


Answer = Impossible | Possible | Open


class World(Protocol):
    """What proposed facts stand for, where there may not be just any facts.

    *wishes* are kept to as long as the literal can be held with them, the first ones longest; *words* are what its
    explanations may name. Where it is *whole*, everything that axioms ask for has to be proposed, even what the
    question does not turn on.
    """

    wishes: tuple[Axiom, ...]
    words: frozenset[str]
    whole: bool

    def broken(self, proposed: frozenset[Literal]) -> Iterable[Instance]:
        """What the proposed facts go against, each with the facts that it speaks of."""

    def facts(self, proposed: frozenset[Literal]) -> frozenset[Literal]:
        """The facts that there really are where those are proposed."""

    def explain(self, literal: Literal, real: bool) -> Iterable[Instance]:
        """What says that *literal* is there (*real*), or is not; nothing where nobody knows."""


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
    the question is whether there are facts in it. Many questions about one program are best put to one
    :class:`Questions`.
    """
    return Questions(program, setting, world).ask(goal, timeout)


class Questions:
    """Questions about one program and setting, which share what they prepare."""

    def __init__(self, program: Program, setting: Setting | None = None, world: World | None = None) -> None:
        everything = {literal.relation for rule in program.rules for literal in literals(rule)}
        self.setting = setting
        self.world = world
        self.slices = Slices(program, everything if setting is None else setting.facts)

    def ask(self, goal: Literal, timeout: float = 10.0) -> Answer:
        """Whether some instance of *goal* can be held; *timeout* is in seconds."""
        program = self.slices.of(goal.relation)
        if any(isinstance(term, Arithmetic) for rule in program.rules for term in _terms(rule)):
            return Open("the rules reckon with numbers, which this reading does not", 0)
        return _Question(program, goal, self.setting, self.world).answer(time.monotonic() + timeout)


class _Question:
    def __init__(self, program: Program, goal: Literal, setting: Setting | None, world: World | None) -> None:
        self.program = program
        self.goal = goal
        self.world = world
        self.known = {literal.relation for rule in program.rules for literal in literals(rule)} | {goal.relation}
        axioms = setting.axioms if setting else ()
        if world is not None and world.whole:
            self.known |= _asked_for(axioms, self.known)
        self.axioms = tuple(axiom for axiom in axioms if _relations(axiom) <= self.known)
        self.watch = Program(tuple(watch(self.axioms)))
        self.formulas = Formulas(program, setting, self._codes(setting))
        self.mending = Mending(program, self.formulas, world.explain if world else None)

    def _codes(self, setting: Setting | None) -> Codes:
        shapes = setting.facts.values() if setting else ()
        domains = [shape.domain(place) for shape in shapes for place in range(shape.arity)]
        words = (
            *_words((*self.program.rules, *self.watch.rules), self.goal),
            *(self.world.words if self.world else ()),
        )
        return Codes(
            words,
            {domain.words: None for domain in domains if domain is not None},
            ordered=any(_orders_words(rule, setting) for rule in self.program.rules),
            invent=setting is None or None in domains,
            days=any(domain is not None and domain.days is not None for domain in domains),
        )

    def answer(self, until: float) -> Answer:
        formulas, mending = self.formulas, self.mending
        terms = tuple(
            formulas.fresh() if isinstance(term, Var) else formulas.constant(term)  # type: ignore[arg-type]
            for term in self.goal.terms
        )
        goal = Atom(HELD, self.goal.relation, self.goal.positive, terms)
        formulas.solver.add(formulas.formula(goal))
        mending.expect(goal)
        wishes = self._wishes()
        rounds = 0
        while True:
            rounds += 1
            left = until - time.monotonic()
            if left <= 0:
                return Open("the time was up", rounds)
            formulas.solver.set("timeout", max(1, int(left * 1000)))
            found = formulas.solver.check(*wishes)
            if found == z3.unknown:
                return Open(_why(formulas.solver.reason_unknown()), rounds)
            if found == z3.unsat and wishes:
                wishes.pop()
            elif found == z3.unsat and mending.gave_up:
                return Open("there are choices that could not be told apart", rounds)
            elif found == z3.unsat:
                return Impossible(tuple(mending.used), rounds)
            elif mending.read(formulas.solver.model()) and self._keeps_to_axioms():
                model = reference.model(self.program, self._facts())
                literal = mending.literal(goal)
                if literal in model.held and not self._goes_against_the_world():
                    return Possible(model.facts, literal, model, rounds)
                if literal not in model.held and not mending.mend(goal, model):
                    return Open("what the solver overlooks was not found", rounds)

    def _wishes(self) -> list[Expr]:
        found = []
        for wish in self.world.wishes if self.world else ():
            flag = self.formulas.flag("wish")
            self.formulas.solver.add(implied(flag, self.mending.instance_of(wish)))
            found.append(flag)
        return found

    def _keeps_to_axioms(self) -> bool:
        """Whether the proposal keeps to the axioms; where it does not, the solver is told."""
        watched = reference.model(self.watch, self.mending.proposed)
        broken = [
            (axiom, firing.premises)
            for number, axiom in enumerate(self.axioms)
            for literal in watched.of(f"!broken {number}")
            for firing in watched.firings[literal]
        ]
        for axiom, premises in broken:
            self.mending.use(axiom, premises)
        return not broken

    def _goes_against_the_world(self) -> bool:
        broken = list(self.world.broken(self.mending.proposed)) if self.world is not None else []
        for axiom, premises in broken:
            self.mending.use(axiom, premises)
        return bool(broken)

    def _facts(self) -> frozenset[Literal]:
        if self.world is None:
            return self.mending.proposed
        facts = self.world.facts(self.mending.proposed)
        return frozenset(fact for fact in facts if fact.relation in self.known)


def _why(reason: str) -> str:
    if "interrupted" in reason:
        raise KeyboardInterrupt
    return "the time was up" if "timeout" in reason or "cancel" in reason else reason


def _terms(rule: Rule) -> Iterable[object]:
    for literal in literals(rule):
        yield from literal.terms
    for condition in rule.body:
        if isinstance(condition, Comparison):
            yield condition.left
            yield from condition.right if isinstance(condition.right, tuple) else (condition.right,)


def _orders_words(rule: Rule, setting: Setting | None) -> bool:
    """Whether a rule may compare two words by their order: not where facts show that they are days or numbers."""
    shown: set[str] = set()
    for condition in rule.body:
        shape = setting.facts.get(condition.relation) if setting and isinstance(condition, Literal) else None
        if shape is not None and isinstance(condition, Literal):
            for position, term in enumerate(condition.terms):
                domain = shape.domain(position)
                if isinstance(term, Var) and domain and (domain.days or domain.numbers) and len(domain.words) < 2:
                    shown.add(term.name)
    compared = (
        term
        for condition in rule.body
        if isinstance(condition, Comparison) and condition.op in ("<", "<=", ">", ">=")
        for term in (condition.left, condition.right)
    )
    return any(term.name not in shown if isinstance(term, Var) else not _is_day(term) for term in compared)


def _is_day(term: object) -> bool:
    return isinstance(term, int) or (isinstance(term, str) and day_of(term) is not None)


def _words(rules: Iterable[Rule], goal: Literal) -> Iterable[Value]:
    for rule in rules:
        yield from (term for term in _terms(rule) if isinstance(term, str))
    yield from (term for term in goal.terms if isinstance(term, str))


def _relations(axiom: Axiom) -> set[str]:
    """The relations that an axiom reads, and those that it asks for."""
    return {part.relation for part in (*axiom.body, *_heads(axiom)) if isinstance(part, Literal)}


def _heads(axiom: Axiom) -> Iterable[Literal | Comparison]:
    return (condition for head in axiom.heads for condition in head)


def _asked_for(axioms: Iterable[Axiom], known: set[str]) -> set[str]:
    """The relations of which *axioms* ask for facts where there are facts of the relations *known*."""
    found = set(known)
    while True:
        read = (a for a in axioms if all(part.relation in found for part in a.body if isinstance(part, Literal)))
        more = {part.relation for axiom in read for part in _heads(axiom) if isinstance(part, Literal)}
        if more <= found:
            return found
        found |= more
