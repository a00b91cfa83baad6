"""What a batch comes to, in columns, and as the models of its cases where they are asked for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.logic.columnar.database import Database
from comity.logic.columnar.query import Relation
from comity.logic.columnar.settling import Fired, Settling
from comity.logic.columnar.shape import Member
from comity.logic.columnar.words import Words
from comity.logic.model import Firing, Model
from comity.logic.program import Program
from comity.logic.terms import ARITHMETIC, Arithmetic, Literal, Term, Var


@dataclass(frozen=True, slots=True)
class Firings:
    """Firings of some rules, as an Arrow table.

    Its columns are the case ``c``, the rule ``r`` (its place in the program) and the codes of the values of its
    variables ``v0``, ``v1``, ..., which ``names`` has in this order for each rule: they determine every premise. What
    a rule does not need of these columns is null.
    """

    table: Any
    names: Mapping[int, tuple[str, ...]]


class Answer:
    """The answer to a batch; it can be read until the next batch is worked out."""

    def __init__(self, program: Program, database: Database, words: Words, settling: Settling) -> None:
        self.program, self.database, self.words = program, database, words
        self.settling, self.settled = settling, settling.settled

    def held(self, relation: str, positive: bool = True) -> Any:
        """What holds of a relation, as an Arrow table of the case ``c`` and the codes of the terms ``t0``, ``t1``, ...

        ``None`` where nothing holds.
        """
        if (relation, positive) in self.settled.open:
            self.settling.hold([(relation, positive)])
        table = self.settled.held.get((relation, positive))
        if table is None:
            return None
        return self.database.arrow(
            f"SELECT c, s.* FROM cases, {table.name} s" if table.shared else f"FROM {table.name}"
        )

    def firings(self) -> Iterator[Firings]:
        """The applicable rules, defeaters included."""
        for fired in self.settled.fired:
            names = {number: member.names for number, member in _members(fired)}
            yield Firings(self.database.arrow(_columns(fired)), names)

    def models(self, cases: Sequence[frozenset[Literal]]) -> list[Model]:
        """The models of the *cases* that the batch was made of."""
        collecting = gc.isenabled()
        gc.disable()  # what is made here has no cycles, and to look for them takes as long as to make it
        try:
            return self._models(cases)
        finally:
            if collecting:
                gc.enable()

    def _models(self, cases: Sequence[frozenset[Literal]]) -> list[Model]:
        self.settling.hold(list(self.settled.open))
        literals = _Literals(self.words)
        definite = [set(facts) for facts in cases]
        held = [set(facts) for facts in cases]
        for tables, found in ((self.settled.definite, definite), (self.settled.held, held)):
            for relation, table in tables.items():
                if table is not self.settled.given.get(relation):
                    self._collect(literals, relation, table.name, found)
        firings = self._firings(literals, len(cases))
        return [
            Model(self.program, facts, frozenset(definite[case]), frozenset(held[case]), firings[case])
            for case, facts in enumerate(cases)
        ]

    def _collect(self, literals: _Literals, relation: Relation, table: str, found: list[set[Literal]]) -> None:
        case, *terms = (column.to_pylist() for column in self.database.arrow(f"FROM {table}").columns)
        known = literals.of(relation)
        rows: Any = zip(*terms, strict=True) if terms else ((),) * len(case)
        for number, codes in zip(case, rows, strict=True):
            found[number].add(known[codes])

    def _firings(self, literals: _Literals, cases: int) -> list[dict[Literal, tuple[Firing, ...]]]:
        groups: list[dict[Literal, list[Firing]]] = [{} for _ in range(cases)]
        for fired in self.settled.fired:
            made = {number: _Made(member, literals) for number, member in _members(fired)}
            case, rule, *values = (column.to_pylist() for column in self.database.arrow(_columns(fired)).columns)
            rows: Any = zip(*values, strict=True) if values else ((),) * len(case)
            for number, number_of_rule, codes in zip(case, rule, rows, strict=True):
                firing = made[number_of_rule][codes]
                group = groups[number].get(firing.head)
                if group is None:
                    groups[number][firing.head] = [firing]
                else:
                    group.append(firing)
        return [{head: literals.ordered(group) for head, group in found.items()} for found in groups]


def _members(fired: Fired) -> Iterator[tuple[int, Member]]:
    for query in fired.queries:
        yield from zip(query.rules, query.shape.members, strict=True)


def _columns(fired: Fired) -> str:
    width = max(query.shape.variables for query in fired.queries)
    return f"SELECT {', '.join(['c', 'r', *(f'v{number}' for number in range(width))])} FROM {fired.table.name}"


class _Literals:
    """One literal for all that say the same."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.relations: dict[Relation, _Relation] = {}
        self.texts: dict[int, str] = {}

    def of(self, relation: Relation) -> _Relation:
        """The literals of a relation by the codes of their terms."""
        found = self.relations.get(relation)
        if found is None:
            found = self.relations[relation] = _Relation(relation, self.words)
        return found

    def ordered(self, group: list[Firing]) -> tuple[Firing, ...]:
        """Firings in the order that every reading shares, as :func:`comity.logic.model.order` has it."""
        if len(group) > 1:
            group.sort(key=lambda firing: (firing.rule.id, [self._text(premise) for premise in firing.premises]))
        return tuple(group)

    def _text(self, literal: Literal) -> str:
        text = self.texts.get(id(literal))
        if text is None:
            text = self.texts[id(literal)] = str(literal)
        return text


class _Relation(dict[tuple[int, ...], Literal]):
    """The literals of a relation and sign, made when they are first asked for."""

    def __init__(self, relation: Relation, words: Words) -> None:
        super().__init__()
        self.relation, self.words = relation, words

    def __missing__(self, codes: tuple[int, ...]) -> Literal:
        name, positive = self.relation
        literal = self[codes] = Literal(name, tuple(map(self.words.value, codes)), positive)
        return literal


class _Made(dict[tuple[int, ...], Firing]):
    """The firings of a rule by the codes of its variables, made when they are first asked for."""

    def __init__(self, member: Member, literals: _Literals) -> None:
        super().__init__()
        self.rule, self.words = member.rule, literals.words
        number = {name: place for place, name in enumerate(member.names)}
        patterns = [condition for condition in self.rule.body if isinstance(condition, Literal)]
        self.premises = [_Pattern(pattern, number, literals) for pattern in patterns]
        self.head = _Pattern(self.rule.head, number, literals)
        self.shown = [(name, number[name]) for name in self.rule.join.names]

    def __missing__(self, codes: tuple[int, ...]) -> Firing:
        value = self.words.value
        bindings = tuple([(name, value(codes[place])) for name, place in self.shown])
        premises = tuple([premise.literal(codes) for premise in self.premises])
        firing = self[codes] = Firing(self.rule, self.head.literal(codes), bindings, premises)
        return firing


class _Pattern:
    """A condition or head that is filled in with the codes of variables."""

    def __init__(self, pattern: Literal, number: Mapping[str, int], literals: _Literals) -> None:
        self.known = literals.of((pattern.relation, pattern.positive))
        self.terms = [_place(term, number, literals.words) for term in pattern.terms]

    def literal(self, codes: tuple[int, ...]) -> Literal:
        """The literal under the *codes* of the variables."""
        return self.known[tuple([codes[place] if fixed is None else fixed(codes) for place, fixed in self.terms])]


def _place(term: Term, number: Mapping[str, int], words: Words) -> tuple[int, Callable[[tuple[int, ...]], int] | None]:
    """Where a term's code is among those of the variables, or what works it out."""
    if isinstance(term, Var):
        return number[term.name], None
    if isinstance(term, Arithmetic):
        left, right = _place(term.left, number, words), _place(term.right, number, words)
        calculate = ARITHMETIC[term.op]

        def worked_out(codes: tuple[int, ...]) -> int:
            one, other = (codes[place] if fixed is None else fixed(codes) for place, fixed in (left, right))
            return 2 * calculate(one >> 1, other >> 1)

        return 0, worked_out
    code = words.code(term)
    return 0, lambda codes: code
