"""The public suite's programs and theories, written for our kernel.

In the suite's surface syntax every bare word among the arguments of a rule is a variable, ``_`` an anonymous one,
constants are numbers or quoted; ``~`` denies, ``not`` is negation as failure.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable

from datalog_conformance.schema import DefeasibleModel, DefeasibleTheory, Model, Policy
from datalog_conformance.schema import Program as Given

from comity.logic.columnar import Columnar
from comity.logic.model import Model as Answer
from comity.logic.program import Program
from comity.logic.rete import Rete
from comity.logic.rule import Kind, Rule
from comity.logic.soundness import ProgramError
from comity.logic.terms import Absent, Arithmetic, Comparison, Condition, Literal, Term, Var, variables

Reading = Callable[[Program, Iterable[Literal]], Answer]

CODES = {"unsafe_absence": "SafetyViolationError", "anonymous_head": "safety_violations"}
"""Our codes of rejection in the suite's words, where they differ."""

TOKEN = re.compile(r'\s*(?:(-?\d+)|"([^"]*)"|([A-Za-z_][\w.]*(?::[A-Za-z_]\w*)*)|(:-|<=|>=|!=|==|=|<|>|[-+*(),.~]))')


class Rejected(Exception):
    """A program that the kernel refuses, under the suite's code."""

    def __init__(self, error: ProgramError) -> None:
        super().__init__(str(error))
        self.code = CODES.get(error.code, error.code)


def read_by_rete(program: Program, facts: Iterable[Literal]) -> Answer:
    return Rete(program).model(facts)


def read_in_columns(program: Program, facts: Iterable[Literal]) -> Answer:
    return Columnar(program, threads=1).model(facts)


class Datalog:
    """Evaluates plain programs by one reading."""

    def __init__(self, reading: Reading, nemo: bool = False) -> None:
        self.reading = reading
        self.nemo = nemo

    def evaluate(self, given: Given) -> Model:
        facts = literals(given.facts)
        rules = [rule(f"r{i}", text) for i, text in enumerate(given.rules)]
        answer = checked(self.reading, [as_nemo(r) for r in rules] if self.nemo else rules, facts)
        return Model(grouped(answer.held))


class Defeasible:
    """Evaluates theories by one reading, under ambiguity blocking only.

    ``definitely`` is what follows strictly, ``defeasibly`` what holds. A literal is *possible* if some chain of
    rules leads to it when nothing is ever attacked; possible and not held is ``not_defeasibly``, and ``undecided``
    lists the same literals where a defeater is no chain of its own.
    """

    def __init__(self, reading: Reading, nemo: bool = False) -> None:
        self.reading = reading
        self.nemo = nemo

    def evaluate(self, theory: DefeasibleTheory, policy: Policy) -> DefeasibleModel:
        assert policy is Policy.BLOCKING
        facts = literals(theory.facts)
        groups = (
            (Kind.STRICT, theory.strict_rules),
            (Kind.ORDINARY, theory.defeasible_rules),
            (Kind.DEFEATER, theory.defeaters),
        )
        rules = [rule(r.id, f"{r.head} :- {', '.join(r.body)}", kind) for kind, group in groups for r in group]
        rules = [as_nemo(r) for r in rules] if self.nemo else rules
        answer = checked(self.reading, rules, facts, frozenset(theory.superiority))
        named = {r.head for r in rules if not r.head.terms}
        attacked = (possible(self.reading, rules, facts) | named) - answer.held
        chained = possible(self.reading, [r for r in rules if r.kind is not Kind.DEFEATER], facts) - answer.held
        return DefeasibleModel(
            {
                "definitely": grouped(answer.definite),
                "defeasibly": grouped(answer.held),
                "not_defeasibly": grouped(attacked),
                "undecided": grouped(chained),
            }
        )


def as_nemo(rule_: Rule) -> Rule:
    """In Nemo's language a variable that occurs only in a negated literal is anonymous."""
    bound = {n for c in rule_.body if isinstance(c, Literal) for n in variables(c)}

    def loose(term: Term) -> Term:
        return Var(f"_{term.name}") if isinstance(term, Var) and term.name not in bound else term

    body = tuple(
        Absent(Literal(c.literal.relation, tuple(map(loose, c.literal.terms)), c.literal.positive))
        if isinstance(c, Absent)
        else c
        for c in rule_.body
    )
    return Rule(rule_.id, rule_.head, body, rule_.kind)


_latest: deque[tuple[object, Answer]] = deque(maxlen=3)


def answered(
    reading: Reading, rules: list[Rule], facts: list[Literal], superiority: frozenset[tuple[str, str]] = frozenset()
) -> Answer:
    """The answer; the latest are kept, because the suite asks one program about each of its relations in turn."""
    asked = reading, rules, facts, superiority
    for question, answer in _latest:
        if question == asked:
            return answer
    _latest.append((asked, reading(Program(tuple(rules), superiority), facts)))
    return _latest[-1][1]


def checked(
    reading: Reading, rules: list[Rule], facts: list[Literal], superiority: frozenset[tuple[str, str]] = frozenset()
) -> Answer:
    """The same, where a program that has no meaning is rejected under the suite's code."""
    try:
        Program(
            tuple(Rule(f"{fact.relation} {len(fact.terms)}", fact) for fact in {_shape(f): f for f in facts}.values())
        )
        return answered(reading, rules, facts, superiority)
    except ProgramError as error:
        raise Rejected(error) from error


def _shape(fact: Literal) -> tuple[str, int]:
    return fact.relation, len(fact.terms)


def possible(reading: Reading, rules: list[Rule], facts: list[Literal]) -> frozenset[Literal]:
    """What can be reached when no literal speaks against another: each sign becomes a relation of its own."""

    def apart(part: Condition) -> Condition:
        if isinstance(part, Literal):
            return part if part.positive else Literal(f"~{part.relation}", part.terms)
        return Absent(apart(part.literal)) if isinstance(part, Absent) else part  # type: ignore[arg-type]

    freed = [Rule(r.id, apart(r.head), tuple(map(apart, r.body))) for r in rules]  # type: ignore[arg-type]
    answer = answered(reading, freed, [apart(f) for f in facts])  # type: ignore[misc]
    return frozenset(Literal(f.relation[1:], f.terms, False) if f.relation.startswith("~") else f for f in answer.held)


def literals(facts: dict[str, list[tuple[object, ...]]]) -> list[Literal]:
    return [
        Literal(name.removeprefix("~"), tuple(row), not name.startswith("~"))  # type: ignore[arg-type]
        for name, rows in facts.items()
        for row in rows
    ]


def grouped(held: Iterable[Literal]) -> dict[str, set[tuple[object, ...]]]:
    sections: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for literal in held:
        sections[f"{'' if literal.positive else '~'}{literal.relation}"].add(literal.terms)
    return sections  # type: ignore[return-value]


def rule(id_: str, text: str, kind: Kind = Kind.ORDINARY) -> Rule:
    return _Parser(text).rule(id_, kind)


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.fresh = itertools.count()
        text, position = text.strip(), 0
        while position < len(text):
            found = TOKEN.match(text, position)
            assert found, f"cannot read {text[position:]!r}"
            kind = ("number", "text", "word", "sign")[next(i for i, g in enumerate(found.groups()) if g is not None)]
            value = next(g for g in found.groups() if g is not None)
            if kind == "number" and value.startswith("-") and self.tokens and self.tokens[-1][0] != "sign":
                self.tokens.append(("sign", "-"))
                value = value[1:]
            self.tokens.append((kind, value))
            position = found.end()

    def take(self, value: str) -> bool:
        if self.tokens and self.tokens[0] == ("sign", value):
            self.tokens.pop(0)
            return True
        return False

    def rule(self, id_: str, kind: Kind) -> Rule:
        head = self.literal()
        body: list[Condition] = []
        if self.take(":-"):
            while self.tokens and self.tokens != [("sign", ".")]:
                body.append(self.condition())
                self.take(",")
        return Rule(id_, head, tuple(body), kind)

    def condition(self) -> Condition:
        if self.tokens[0] == ("word", "not"):
            self.tokens.pop(0)
            return Absent(self.literal())
        if self.take("("):
            left = self.term()
            operator = self.tokens.pop(0)[1]
            right = self.term()
            self.take(")")
            return Comparison("==" if operator == "=" else operator, left, right)
        return self.literal()

    def literal(self) -> Literal:
        positive = not self.take("~")
        name = self.tokens.pop(0)[1].rstrip(".")
        terms: list[Term] = []
        if self.take("("):
            while not self.take(")"):
                terms.append(self.term())
                self.take(",")
        return Literal(name, tuple(terms), positive)

    def term(self) -> Term:
        left = self.single()
        while self.tokens and self.tokens[0][1] in "+-*" and self.tokens[0][0] == "sign":
            operator = self.tokens.pop(0)[1]
            left = Arithmetic(operator, left, self.single())
        return left

    def single(self) -> Term:
        kind, value = self.tokens.pop(0)
        if kind == "number":
            return int(value)
        if kind == "text":
            return value
        return Var(f"_{next(self.fresh)}" if value == "_" else value)
