"""A batch worked out in sets: what is definite, what fires, and what holds where rules stand against one another.

Source: the conditions +Delta and +partial of Antoniou, Billington, Governatori, Maher, "Representation results for
defeasible logic", ACM TOCL 2(2), 2001, section 2, read as joins and anti-joins.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from comity.logic.columnar.database import Database
from comity.logic.columnar.plan import Component
from comity.logic.columnar.query import Query, Relation, Table, heads, new_name
from comity.logic.columnar.words import Words
from comity.logic.rule import Kind

UNION: Final = " UNION ALL "

TOGETHER: Final = 12
"""How many queries are asked as one; what stands against one another is then weighed over fewer tables."""


@dataclass(frozen=True, slots=True)
class Fired:
    """The firings of some rules for one relation and sign, all defeaters or none."""

    queries: tuple[Query, ...]
    table: Table

    @property
    def supports(self) -> bool:
        """Whether the rules speak for their heads, and not only against the opposite."""
        return self.queries[0].form.kind is not Kind.DEFEATER


@dataclass(slots=True)
class Settled:
    """Which tables hold what of a batch.

    ``given`` are the facts, ``definite`` what follows strictly (only of relations with rules), ``held`` everything that
    holds, ``fired`` the firings with the queries that made them. ``open`` are relations that no rule reads, with the
    firings for them and against them: what holds of them is worked out when somebody asks.
    """

    given: dict[Relation, Table]
    definite: dict[Relation, Table] = field(default_factory=dict)
    held: dict[Relation, Table] = field(default_factory=dict)
    fired: list[Fired] = field(default_factory=list)
    open: dict[Relation, Mapping[Relation, Sequence[Fired]]] = field(default_factory=dict)


class Settling:
    """Works out one batch.

    *beats* has for the number of a rule those that it is superior to, *arity* says how many terms a relation has,
    *concluded* are the relations that have rules, *read* those that rules read.
    """

    def __init__(
        self,
        database: Database,
        words: Words,
        beats: Mapping[int, frozenset[int]],
        arity: Mapping[str, int],
        concluded: frozenset[str],
        read: frozenset[Relation],
        settled: Settled,
    ) -> None:
        self.database, self.words = database, words
        self.beats, self.arity, self.concluded, self.read = beats, arity, concluded, read
        self.settled = settled
        self.settled.held.update(settled.given)
        self.numbers: dict[Relation, int] = {}
        self.fresh = itertools.count()

    def settle(self, part: Component, queries: Sequence[Query]) -> None:
        """Work out the relations of *part* with the *queries* for its shapes; what it reads must be settled."""
        settled = self.settled
        for relation in part.heads():
            if relation in settled.given:
                settled.definite[relation] = settled.given[relation]
        self._definite(part, [query for query in queries if query.form.kind is Kind.STRICT])
        for relation in part.heads():
            if relation in settled.definite:
                settled.held[relation] = settled.definite[relation]
        if part.recursive:
            supporting = [query for query in queries if query.form.kind is not Kind.DEFEATER]
            self._saturate(part, supporting, settled.held, "held", guarded=True)
        fired: dict[Relation, list[Fired]] = {relation: [] for relation in part.heads()}
        for group in self._fire(queries):
            settled.fired.append(group)
            fired[group.queries[0].form.head.relation].append(group)
        if not part.recursive:
            supported = [relation for relation in part.heads() if any(group.supports for group in fired[relation])]
            settled.open.update(dict.fromkeys(supported, fired))
            self.hold([relation for relation in supported if relation in self.read])

    def _definite(self, part: Component, strict: Sequence[Query]) -> None:
        if not strict:
            return
        reads = {relation for query in strict for relation in query.relations}
        definite = {r: t for r, t in self.settled.held.items() if r in reads and r[0] not in self.concluded}
        definite |= self.settled.definite
        self._saturate(part, strict, definite, "definite", guarded=False)
        for relation in part.heads():
            if relation in definite:
                self.settled.definite[relation] = definite[relation]

    def _saturate(
        self, part: Component, queries: Sequence[Query], tables: dict[Relation, Table], called: str, guarded: bool
    ) -> None:
        """Add to *tables* what *queries* conclude, until nothing new comes; each round looks for what is new.

        Where *guarded*, nothing is added whose opposite is definite.
        """
        new: dict[Relation, Table] | None = None
        while new is None or new:
            texts: dict[Relation, list[str]] = {}
            scratch: list[str] = []
            for query in queries:
                if not query.awake(tables):
                    continue
                places = (
                    [-1]
                    if new is None
                    else [place for place, pattern in enumerate(query.form.positive) if pattern.relation in new]
                )
                for place in places:
                    name = f"round_{len(scratch)}"
                    scratch.append(name)
                    text = query.firings(tables, self.settled.held, new=place)
                    if self._calculate(query, name, self.database.make(name, text)):
                        head = query.form.head.relation
                        texts.setdefault(head, []).append(heads(name, (query,)))
            added: dict[Relation, Table] = {}
            for relation, parts in texts.items():
                rows = self._select_new(relation, UNION.join(parts), tables, guarded)
                name = f"{self._name(relation, called)}_next"
                count = self.database.make(name, rows)
                if count:
                    added[relation] = Table(name, count)
                else:
                    self.database.drop(name)
            for name in scratch:
                self.database.drop(name)
            for relation in new or {}:
                self.database.drop(new_name(tables[relation]))
            for relation, table in added.items():
                self._add(relation, table, tables, called)
            new = added if part.recursive else {}

    def _add(self, relation: Relation, added: Table, tables: dict[Relation, Table], called: str) -> None:
        """Add the rows of *added* to the table of *relation*, and keep them as what is new in it."""
        before = tables.get(relation)
        name = self._name(relation, called)
        if before is None or before.name != name:
            self.database.make(name, f"FROM {before.name}" if before else f"FROM {added.name} LIMIT 0")
        self.database.insert(name, f"FROM {added.name}")
        tables[relation] = Table(name, (before.rows if before else 0) + added.rows)
        self.database.rename(added.name, new_name(tables[relation]))

    def _select_new(self, relation: Relation, rows: str, tables: Mapping[Relation, Table], guarded: bool) -> str:
        wheres = [self._none_of(tables[relation].name, relation)] if relation in tables else []
        opposite = self.settled.definite.get(_opposite(relation))
        if guarded and opposite is not None:
            wheres.append(self._none_of(opposite.name, relation))
        where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
        return f"SELECT DISTINCT * FROM ({rows}) h{where}"

    def _fire(self, queries: Sequence[Query]) -> Iterator[Fired]:
        """The firings of *queries*, if there are any."""
        held = self.settled.held
        groups = list(_together([query for query in queries if query.awake(held)]))
        names = [f"fired_{next(self.fresh)}" for _ in groups]
        texts = [UNION.join(query.firings(held, held, group) for query in group) for group in groups]
        counts = self.database.make_all(list(zip(names, texts, strict=True)))
        for group, name, count in zip(groups, names, counts, strict=True):
            rows = self._calculate(group[0], name, count) if group[0].calculates else count
            if rows:
                yield Fired(group, Table(name, rows))

    def _calculate(self, query: Query, name: str, count: int) -> int:
        """Make the tests that calculate on the *count* firings in the table *name*; return how many are left."""
        if count and query.calculations:
            self._refuse_words(query, name, heads=False)
            self.database.replace(name, query.calculated(name))
            count = self.database.count(name)
        if count:
            self._refuse_words(query, name, heads=True)
        return count

    def _refuse_words(self, query: Query, name: str, heads: bool) -> None:
        asked = query.words_calculated(name, heads)
        found = self.database.first(asked) if asked else None
        if found is not None:
            rules = ", ".join(member.rule.id for member in query.shape.members)
            raise TypeError(f"arithmetic needs whole numbers: {self.words.value(found[0])!r} in {rules}")

    def hold(self, relations: Sequence[Relation]) -> None:
        """Work out what holds of open *relations*: the definite, and what is supported and not attacked unbeaten."""
        fired = {relation: self.settled.open.pop(relation) for relation in relations}
        support = {relation: [group for group in fired[relation][relation] if group.supports] for relation in relations}
        attacks: dict[Relation, str] = {}
        beaten: list[tuple[str, str]] = []
        for relation in relations:
            attacking = fired[relation][_opposite(relation)]
            if attacking and self._may_beat(support[relation], attacking):
                attacks[relation] = f"{self._name(relation, 'held')}_blocked"
                beaten.append((attacks[relation], self._standing(relation, support[relation], attacking)))
            elif attacking:
                attacks[relation] = f"({_heads(attacking)})"
        for (name, _), count in zip(beaten, self.database.make_all(beaten), strict=True):
            if not count:
                attacks = {relation: text for relation, text in attacks.items() if text != name}
        names = [self._name(relation, "held") for relation in relations]
        texts = [self._holding(relation, support[relation], attacks.get(relation)) for relation in relations]
        counts = self.database.make_all(list(zip(names, texts, strict=True)))
        for relation, name, count in zip(relations, names, counts, strict=True):
            if count:
                self.settled.held[relation] = Table(name, count, named=self._named(relation, support[relation]))

    def _may_beat(self, support: Sequence[Fired], attack: Sequence[Fired]) -> bool:
        """Whether any of the supporting rules is superior to any of the attacking ones."""
        stronger, weaker = (
            {number for group in groups for query in group.queries for number in query.rules}
            for groups in (support, attack)
        )
        return any(not weaker.isdisjoint(self.beats.get(number, ())) for number in stronger)

    def _standing(self, relation: Relation, support: Sequence[Fired], attack: Sequence[Fired]) -> str:
        """The attacks on what is supported of *relation* that no supporting rule beats."""
        columns = ", ".join(f"h.{column}" for column in self._columns(relation))
        return (
            f"SELECT {columns} FROM ({_heads(attack, rule=True)}) h JOIN ({_heads(support, rule=True)}) s "
            f"ON {self._same('s', 'h', relation)} LEFT JOIN kept.beats b ON b.stronger = s.r AND b.weaker = h.r "
            f"GROUP BY {columns}, h.r HAVING count(b.weaker) = 0"
        )

    def _holding(self, relation: Relation, support: Sequence[Fired], standing: str | None) -> str:
        """What holds of *relation*; *standing* is where the attacks are that no rule beats, if there are any."""
        definite, against = (self.settled.definite.get(r) for r in (relation, _opposite(relation)))
        wheres = [self._none_of(table, relation) for table in (against and against.name, standing) if table]
        where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
        rows = f"SELECT DISTINCT * FROM ({_heads(support)}) h{where}"
        return f"{rows} UNION FROM {definite.name}" if definite is not None else rows

    def _named(self, relation: Relation, support: Sequence[Fired]) -> dict[int, frozenset[int]]:
        """Where all heads of *support* have a constant, and which."""
        if relation in self.settled.definite:
            return {}
        queries = [query for group in support for query in group.queries]
        found = {place: [query.named(place) for query in queries] for place in range(self.arity[relation[0]])}
        return {
            place: frozenset().union(*(codes for codes in each if codes is not None))
            for place, each in found.items()
            if None not in each
        }

    def _none_of(self, table: str, relation: Relation) -> str:
        return f"NOT EXISTS (SELECT 1 FROM {table} o WHERE {self._same('o', 'h', relation)})"

    def _same(self, one: str, other: str, relation: Relation) -> str:
        return " AND ".join(f"{one}.{column} = {other}.{column}" for column in self._columns(relation))

    def _columns(self, relation: Relation) -> list[str]:
        return ["c", *(f"t{place}" for place in range(self.arity[relation[0]]))]

    def _name(self, relation: Relation, called: str) -> str:
        number = self.numbers.setdefault(relation, len(self.numbers))
        return f"{called}_{number}"


def _together(queries: Sequence[Query]) -> Iterator[tuple[Query, ...]]:
    """Groups of queries for one relation and sign, as alike as may be in their number of variables."""
    kinds: dict[tuple[Relation, bool], list[Query]] = {}
    for query in queries:
        if query.calculates:
            yield (query,)
        else:
            kinds.setdefault((query.form.head.relation, query.form.kind is Kind.DEFEATER), []).append(query)
    for alike in kinds.values():
        alike.sort(key=lambda query: query.shape.variables)
        for begin in range(0, len(alike), TOGETHER):
            yield tuple(alike[begin : begin + TOGETHER])


def _heads(fired: Sequence[Fired], rule: bool = False) -> str:
    return UNION.join(heads(group.table.name, group.queries, rule) for group in fired)


def _opposite(relation: Relation) -> Relation:
    return relation[0], not relation[1]
