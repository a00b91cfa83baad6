"""Rules that differ only in constants have one shape, and one query answers all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.logic.rule import Kind, Rule
from comity.logic.terms import Absent, Arithmetic, Comparison, Condition, Literal, Term, Value, Var, variables


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a constant, which each rule of a shape fills."""

    number: int


@dataclass(frozen=True, slots=True)
class Calculation:
    """Arithmetic on columns and slots."""

    op: str
    left: Part
    right: Part


Part = int | Slot | Calculation
"""A term of a shape: the number of a variable, a constant, or arithmetic.

A variable of an absence that is bound nowhere has a negative number.
"""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A relation and sign with the terms of a condition or head."""

    relation: tuple[str, bool]
    terms: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison; for ``in`` the right side is a slot that takes any of several constants."""

    op: str
    left: Part
    right: Part | tuple[Value, ...]

    @property
    def calculates(self) -> bool:
        """Whether it fails on words."""
        return isinstance(self.left, Calculation) or isinstance(self.right, Calculation)


@dataclass(frozen=True, slots=True)
class Form:
    """What the rules of a shape have in common; variables are numbered as they appear, those of the head first."""

    kind: Kind
    head: Pattern
    positive: tuple[Pattern, ...]
    absent: tuple[Pattern, ...]
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A rule of a shape: ``places`` says which of its own positive conditions each pattern is.

    ``constants`` fills the slots; several of them where a condition names several that are all right. ``names`` are
    its variables in the order of their numbers.
    """

    rule: Rule
    places: tuple[int, ...]
    constants: tuple[tuple[Value, ...], ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A form with the rules that have it."""

    form: Form
    members: tuple[Member, ...]

    @property
    def variables(self) -> int:
        """How many variables its rules have."""
        return len(self.members[0].names)


def shapes(rules: Iterable[Rule]) -> tuple[Shape, ...]:
    """The shapes of *rules*, in the order in which they first come."""
    found: dict[Form, list[Member]] = defaultdict(list)
    for rule in rules:
        form, member = _Reader(rule).read()
        found[form].append(member)
    return tuple(Shape(form, tuple(members)) for form, members in found.items())


class _Reader:
    """Reads one rule, its conditions in an order that does not depend on the words in it."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.numbers: dict[str, int] = {}
        self.constants: list[tuple[Value, ...]] = []
        self.loose: dict[str, int] = {}

    def read(self) -> tuple[Form, Member]:
        for name in variables(self.rule.head):
            self.numbers.setdefault(name, len(self.numbers))
        body = self.rule.body
        positive = [c for c in body if isinstance(c, Literal)]
        places = sorted(range(len(positive)), key=lambda place: _look(positive[place]))
        patterns = tuple(self.pattern(positive[place], binds=True) for place in places)
        absent = tuple(self.pattern(c.literal) for c in sorted((c for c in body if isinstance(c, Absent)), key=self.of))
        comparisons = sorted((c for c in body if isinstance(c, Comparison)), key=self.of)
        tests = tuple(self.test(comparison) for comparison in comparisons)
        head = self.pattern(self.rule.head)
        names = tuple(self.numbers)
        form = Form(self.rule.kind, head, patterns, absent, tests)
        return form, Member(self.rule, tuple(places), tuple(self.constants), names)

    def of(self, condition: Condition) -> str:
        """What an absence or a comparison looks like, once the variables have their numbers."""
        if isinstance(condition, Absent):
            literal = condition.literal
            return repr((literal.relation, literal.positive, [self.seen(term) for term in literal.terms]))
        assert isinstance(condition, Comparison)
        right = condition.right
        return repr((condition.op, self.seen(condition.left), 1 if isinstance(right, tuple) else self.seen(right)))

    def seen(self, term: Term) -> object:
        if isinstance(term, Var):
            return self.numbers.get(term.name, -1)
        if isinstance(term, Arithmetic):
            return term.op, self.seen(term.left), self.seen(term.right)
        return ""

    def pattern(self, literal: Literal, binds: bool = False) -> Pattern:
        if binds:
            for term in literal.terms:
                if isinstance(term, Var):
                    self.numbers.setdefault(term.name, len(self.numbers))
        self.loose = {}
        return Pattern((literal.relation, literal.positive), tuple(map(self.part, literal.terms)))

    def part(self, term: Term) -> Part:
        if isinstance(term, Var):
            known = self.numbers.get(term.name)
            return self.loose.setdefault(term.name, -1 - len(self.loose)) if known is None else known
        if isinstance(term, Arithmetic):
            return Calculation(term.op, self.part(term.left), self.part(term.right))
        return self.slot((term,))

    def slot(self, values: tuple[Value, ...]) -> Slot:
        self.constants.append(values)
        return Slot(len(self.constants) - 1)

    def test(self, comparison: Comparison) -> Test:
        left, right = self.part(comparison.left), comparison.right
        if not isinstance(right, tuple):
            return Test(comparison.op, left, self.part(right))
        if comparison.op == "in":
            return Test("in", left, self.slot(tuple(dict.fromkeys(right))))
        return Test(comparison.op, left, right)


def _look(literal: Literal) -> str:
    """What a positive condition looks like without names and constants."""
    here: dict[str, int] = {}
    terms = [here.setdefault(t.name, place) if isinstance(t, Var) else "" for place, t in enumerate(literal.terms)]
    return repr((literal.relation, literal.positive, terms))


def slots(part: Part | tuple[Value, ...]) -> Sequence[Slot]:
    """The slots in a term."""
    if isinstance(part, Slot):
        return (part,)
    return (*slots(part.left), *slots(part.right)) if isinstance(part, Calculation) else ()
