"""What a batch comes to, in columns, and as the models of its cases where they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.logic.columnar.database import Database
from comity.logic.columnar.query import Relation
from comity.logic.columnar.settling import Settled
from comity.logic.columnar.shape import Member
from comity.logic.columnar.words import Words
from comity.logic.model import Firing, Model
from comity.logic.program import Program
from comity.logic.terms import Literal, Term, Value, Var, ground


@dataclass(frozen=True, slots=True)
class Fired:
    """Firings of rules of one shape, as an Arrow table.

    Its columns are the case ``c``, the rule ``r`` (its place in the program) and the codes of the values of its
    variables ``v0``, ``v1``, ..., which ``names`` has in this order for each rule: they determine every premise.
    """

    table: Any
    names: Mapping[int, tuple[str, ...]]


class Answer:
    """The answer to a batch; it can be read until the next batch is worked out."""

    def __init__(self, program: Program, database: Database, words: Words, settled: Settled) -> None:
        self.program, self.database, self.words, self.settled = program, database, words, settled

    def held(self, relation: str, positive: bool = True) -> Any:
        """What holds of a relation, as an Arrow table of the case ``c`` and the codes of the terms ``t0``, ``t1``, ...

        ``None`` where nothing holds.
        """
        return self._table(self.settled.held.get((relation, positive)))

    def firings(self) -> Iterator[Fired]:
        """The applicable rules, defeaters included."""
        for query, table in self.settled.fired:
            names = dict(zip(query.rules, (member.names for member in query.shape.members), strict=True))
            yield Fired(self.database.arrow(f"FROM {table.name}"), names)

    def _table(self, table: Any) -> Any:
        return None if table is None else self.database.arrow(f"FROM {table.name}")

    def models(self, cases: Sequence[frozenset[Literal]]) -> list[Model]:
        """The models of the *cases* that the batch was made of."""
        program = self.program
        concluded = {rule.head.relation for rule in program.rules}
        definite: list[set[Literal]] = [set(facts) for facts in cases]
        held: list[set[Literal]] = [set(facts) for facts in cases]
        for tables, found in ((self.settled.definite, definite), (self.settled.held, held)):
            for relation, table in tables.items():
                if relation[0] in concluded and table is not self.settled.given.get(relation):
                    self._collect(relation, table.name, found)
        fired = self._fired(len(cases))
        return [
            Model(program, facts, frozenset(definite[case]), frozenset(held[case]), fired[case])
            for case, facts in enumerate(cases)
        ]

    def _collect(self, relation: Relation, table: str, found: list[set[Literal]]) -> None:
        known: dict[tuple[int, ...], Literal] = {}
        case, *terms = (column.to_pylist() for column in self.database.arrow(f"FROM {table}").columns)
        rows: Any = zip(*terms, strict=True) if terms else ((),) * len(case)
        for number, codes in zip(case, rows, strict=True):
            literal = known.get(codes)
            if literal is None:
                values = tuple(map(self.words.value, codes))
                literal = known[codes] = Literal(relation[0], values, relation[1])
            found[number].add(literal)

    def _fired(self, cases: int) -> list[dict[Literal, tuple[Firing, ...]]]:
        Keyed = tuple[tuple[str, tuple[str, ...]], Firing]
        groups: list[dict[Literal, list[Keyed]]] = [defaultdict(list) for _ in range(cases)]
        share: dict[Literal, Literal] = {}
        for query, table in self.settled.fired:
            make = {
                number: _maker(member, share) for number, member in zip(query.rules, query.shape.members, strict=True)
            }
            known: dict[tuple[int, ...], Keyed] = {}
            columns = self.database.arrow(f"FROM {table.name}").columns[: 2 + query.shape.variables]
            case, *rest = (column.to_pylist() for column in columns)
            for number, codes in zip(case, zip(*rest, strict=True), strict=True):
                keyed = known.get(codes)
                if keyed is None:
                    firing = make[codes[0]](tuple(map(self.words.value, codes[1:])))
                    keyed = known[codes] = ((firing.rule.id, tuple(map(str, firing.premises))), firing)
                groups[number][keyed[1].head].append(keyed)
        return [{head: _ordered(group) for head, group in groups[case].items()} for case in range(cases)]


def _ordered(group: list[tuple[tuple[str, tuple[str, ...]], Firing]]) -> tuple[Firing, ...]:
    """Firings in the order that every reading shares."""
    if len(group) > 1:
        group.sort(key=lambda keyed: keyed[0])
    return tuple([firing for _, firing in group])


def _maker(member: Member, share: dict[Literal, Literal]) -> Callable[[tuple[Value, ...]], Firing]:
    """What makes a firing of a rule from the values of its variables."""
    rule = member.rule
    patterns = [condition for condition in rule.body if isinstance(condition, Literal)]

    def literal(pattern: Literal, bindings: Mapping[str, Value]) -> Literal:
        terms: list[Term] = [bindings[term.name] if isinstance(term, Var) else term for term in pattern.terms]
        made = Literal(pattern.relation, tuple(terms), pattern.positive)
        return share.setdefault(made, made)

    def make(values: tuple[Value, ...]) -> Firing:
        bindings = dict(zip(member.names, values, strict=True))
        head = ground(rule.head, bindings)
        premises = tuple(literal(pattern, bindings) for pattern in patterns)
        named = tuple([(name, bindings[name]) for name in rule.join.names])
        return Firing(rule, share.setdefault(head, head), named, premises)

    return make
