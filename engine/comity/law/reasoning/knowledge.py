"""What is known of every case: the rows that tables can give, and the rules for each conclusion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from comity.law.reasoning.extent import Dated, Extent, Tuple, extent
from comity.law.reasoning.keys import KEYS, PARTS
from comity.law.rulebook import Rulebook
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS, WORD_LISTS, Field, Origin
from comity.logic.rule import Kind, Rule
from comity.logic.terms import Value

Known = tuple[Value | frozenset[Value] | None, ...]
"""What is known of the fields of a row: the value, a list of which it is one, or nothing."""

Columns = tuple[frozenset[Value] | None, ...]
"""The values that the fields of several rows take; ``None`` where they are open."""


class Knowledge:
    """What is known of every case under a rulebook: the rows of its tables and the rules for each conclusion.

    With ``any_tables`` the tables may hold anything: what is impossible then is so whatever is written into them.
    """

    def __init__(self, rulebook: Rulebook, any_tables: bool = False) -> None:
        self.rulebook = rulebook
        self.any_tables = any_tables
        self.reachable: dict[tuple[str, bool, tuple[Value | None, ...]], bool] = {}
        self._columns: dict[object, Columns | None] = {}
        self._by_value: dict[tuple[str, int], dict[object, list[Dated]]] = {}

    @cached_property
    def extent(self) -> Extent:
        """The possible rows of the tables."""
        return extent(self.rulebook.tables)

    @cached_property
    def concluding(self) -> dict[tuple[str, bool], list[Rule]]:
        """By relation and sign the rules that can conclude it."""
        found: dict[tuple[str, bool], list[Rule]] = defaultdict(list)
        for rule in self.rulebook.program.rules:
            if rule.kind is not Kind.DEFEATER:
                found[rule.head.relation, rule.head.positive].append(rule)
        return found

    def columns(self, relation: str, known: Known, since: str, until: str) -> Columns | None:
        """For each field the values in the rows that agree with what is *known*; ``None`` where there is no row.

        Only rows that can hold on some day from *since* to *until* count; an empty day is no limit.
        """
        key = relation, known, since, until
        if key not in self._columns:
            fitting = [
                row.values
                for row in self._candidates(relation, known)
                if (not until or row.since <= until) and (not row.until or row.until >= since)
                if _agrees(row.values, known)
            ]
            columns = [frozenset(values) for values in zip(*fitting, strict=True)]
            self._columns[key] = tuple(None if None in c else c for c in columns) if fitting else None
        return self._columns[key]

    def _candidates(self, relation: str, known: Known) -> Iterable[Dated]:
        """The rows that have the first value that is known, found by it."""
        for position, value in enumerate(known):
            if isinstance(value, str | int):
                by_value = self._by_value.get((relation, position))
                if by_value is None:
                    by_value = self._by_value[relation, position] = defaultdict(list)
                    for row in self.extent[relation]:
                        by_value[row.values[position]].append(row)
                return by_value.get(value, ()) if None not in by_value else self.extent[relation]
        return self.extent[relation]


def _agrees(row: Tuple, known: Known) -> bool:
    for value, wanted in zip(row, known, strict=True):
        if wanted is None or value is None or value == wanted:
            continue
        if not isinstance(wanted, frozenset) or value not in wanted:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of the fields of a relation, by their positions."""

    origin: Origin
    key: tuple[int, ...] | None
    parts: tuple[tuple[int, str], ...]
    words: tuple[tuple[int, frozenset[Value]], ...]


@cache
def shape(relation: str) -> Shape:
    """What is known of the fields of a relation."""
    fields = RELATIONS[relation].fields
    key = KEYS.get(relation)
    return Shape(
        RELATIONS[relation].origin,
        None if key is None else tuple(i for i, f in enumerate(fields) if f.name in key),
        tuple((i, PARTS[relation, f.name]) for i, f in enumerate(fields) if (relation, f.name) in PARTS),
        tuple((i, words) for i, f in enumerate(fields) if (words := _words(f))),
    )


def _words(field: Field) -> frozenset[Value]:
    if isinstance(field.type, str):
        return frozenset(WORD_LISTS.get(field.type, ()))
    return frozenset(str(member.value) for member in field.type) | ({UNKNOWN} if field.may_be_unknown else set())
