"""How near the facts come to the conditions of a rule: the conditions met, and the first one that fails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from comity.law.finding import Place
from comity.law.rule import LawRule
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic.model import Model
from comity.logic.terms import Absent, Comparison, Condition, Literal, Value, Var, ground, variables

PATIENCE = 4000
"""How many combinations of facts are tried for one rule."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that fails: ``near`` is the fact that comes closest, ``fields`` those in which it differs."""

    condition: Condition
    place: Place
    bindings: Mapping[str, Value]
    near: Literal | None = None
    fields: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """The best fit of a rule to the facts: of ``total`` conditions all are met but the ``unmet``, in their order."""

    total: int
    unmet: tuple[Unmet, ...]
    bindings: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Body:
    """The conditions of a rule: without the guards, and without what belongs to a list of values.

    ``guarded`` variables stand only for what is known; ``choices`` are the values that a listed field may have.
    """

    conditions: tuple[tuple[Condition, Place], ...]
    guarded: frozenset[str]
    choices: Mapping[str, tuple[Value, ...]]

    @classmethod
    def of(cls, rule: LawRule) -> Body:
        """The conditions of *rule*, its days of effect left out."""
        kept: list[tuple[Condition, Place]] = []
        guarded: set[str] = set()
        choices: dict[str, tuple[Value, ...]] = {}
        for condition, place in rule.conditions:
            if "_today" in set(variables(condition)):
                continue
            if isinstance(condition, Comparison) and isinstance(condition.left, Var):
                name = condition.left.name
                if condition.op == "!=" and condition.right == UNKNOWN:
                    guarded.add(name)
                    continue
                if name.startswith("_") and isinstance(condition.right, tuple):
                    choices[name] = condition.right
                    continue
            kept.append((condition, place))
        return cls(tuple(kept), frozenset(guarded), choices)


@dataclass
class Facts:
    """What holds in a model, by relation and sign."""

    model: Model
    by_relation: dict[tuple[str, bool], list[Literal]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for literal in sorted(self.model.held | self.model.facts, key=str):
            self.by_relation[literal.relation, literal.positive].append(literal)

    def fit(self, body: Body, bindings: Mapping[str, Value]) -> Fit:
        """The fit with the fewest conditions unmet."""
        search = _Search(self, body)
        search.go(0, dict(bindings), ())
        assert search.best is not None
        return search.best


class _Search:
    def __init__(self, facts: Facts, body: Body) -> None:
        self.facts = facts
        self.body = body
        self.best: Fit | None = None
        self.tried = 0

    def go(self, number: int, bindings: dict[str, Value], unmet: tuple[Unmet, ...]) -> None:
        self.tried += 1
        if self.best is not None and (len(unmet) >= len(self.best.unmet) or self.tried > PATIENCE):
            return
        if number == len(self.body.conditions):
            self.best = Fit(number, unmet, bindings)
            return
        condition, place = self.body.conditions[number]
        if isinstance(condition, Literal):
            found = list(self._matches(condition, bindings))
            for _, _, more in (f for f in found if not f[1]):
                self.go(number + 1, bindings | more, unmet)
            if all(differ for _, differ, _ in found):
                self._miss(number, condition, bindings, unmet, found)
        else:
            holds = self._holds(condition, bindings)
            self.go(number + 1, bindings, unmet if holds else (*unmet, Unmet(condition, place, dict(bindings))))

    def _miss(
        self,
        number: int,
        condition: Literal,
        bindings: dict[str, Value],
        unmet: tuple[Unmet, ...],
        found: list[tuple[Literal, tuple[int, ...], dict[str, Value]]],
    ) -> None:
        place = self.body.conditions[number][1]
        near = [f for f in found if _same_thing(condition, f[1])]
        fewest = min((len(differ) for _, differ, _ in near), default=0)
        closest = [f for f in near if len(f[1]) == fewest][:4]
        for fact, differ, more in closest:
            missed = Unmet(condition, place, bindings | more, fact, differ)
            self.go(number + 1, bindings | more, (*unmet, missed))
        if not closest:
            self.go(number + 1, bindings, (*unmet, Unmet(condition, place, dict(bindings))))

    def _matches(
        self, pattern: Literal, bindings: Mapping[str, Value]
    ) -> Iterator[tuple[Literal, tuple[int, ...], dict[str, Value]]]:
        for fact in self.facts.by_relation.get((pattern.relation, pattern.positive), ()):
            differ: list[int] = []
            more: dict[str, Value] = {}
            for i, (term, value) in enumerate(zip(pattern.terms, fact.terms, strict=True)):
                assert isinstance(value, str | int)
                if isinstance(term, Var):
                    wanted = bindings.get(term.name, more.get(term.name))
                    if wanted is None:
                        fits = self._may_be(term.name, value)
                        if fits:
                            more[term.name] = value
                    else:
                        fits = wanted == value
                else:
                    fits = term == value
                if not fits:
                    differ.append(i)
            yield fact, tuple(differ), more

    def _may_be(self, name: str, value: Value) -> bool:
        if name in self.body.choices:
            return value in self.body.choices[name]
        return not (value == UNKNOWN and name in self.body.guarded)

    def _holds(self, condition: Condition, bindings: Mapping[str, Value]) -> bool:
        """Whether a comparison or an absence holds; of what is not bound yet nothing bad is supposed."""
        if isinstance(condition, Comparison):
            return not set(variables(condition)) <= bindings.keys() or condition.holds(bindings)
        assert isinstance(condition, Absent)
        return not any(not differ for _, differ, _ in self._matches(condition.literal, bindings))


def _same_thing(pattern: Literal, differ: tuple[int, ...]) -> bool:
    """Whether a fact that differs in these fields is about the same part of the case."""
    relation = RELATIONS[pattern.relation]
    if relation.origin is not Origin.CASE or relation.name in ("involved", "step_taken"):
        return False
    return relation.name == "case" or (0 not in differ and len(relation.fields) > 1)


def instance(literal: Literal, bindings: Mapping[str, Value]) -> Literal | None:
    """*literal* with its variables replaced, or ``None`` where some are not bound."""
    return ground(literal, bindings) if set(variables(literal)) <= bindings.keys() else None
