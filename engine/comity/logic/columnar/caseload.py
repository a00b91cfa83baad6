"""The facts of many cases as columns of codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from comity.logic.columnar.query import Relation
from comity.logic.columnar.words import LARGEST, Words
from comity.logic.terms import Literal


@dataclass(frozen=True)
class Caseload:
    """The facts of cases number 0 to *cases* - 1.

    ``tables`` has for each relation and sign an Arrow table: first a column of case numbers, then a column for each
    term, of strings (dictionary-encoded or not) or of whole numbers. ``shared`` has the same without case numbers, for
    facts that are true in every case. No row comes twice.
    """

    cases: int
    tables: Mapping[Relation, Any]
    shared: Mapping[Relation, Any] = field(default_factory=dict)


Coded = dict[Relation, dict[str, Any]]
"""For each relation the columns of codes, ``c`` for the case and ``t0``, ``t1``, ...; without ``c`` if shared."""


def coded(caseload: Caseload, words: Words) -> tuple[Coded, Coded]:
    """The tables of *caseload* as codes, those by case and the shared ones; *words* learns its words."""
    seen: set[str] = set()
    ready = [(relation, table, False) for relation, table in caseload.tables.items()]
    ready += [(relation, table, True) for relation, table in caseload.shared.items()]
    prepared = []
    for relation, table, shared in ready:
        columns = [_prepared(column) for column in table.columns[0 if shared else 1 :]]
        for column in columns:
            if pa.types.is_dictionary(column.type):
                seen.update(column.dictionary.to_pylist())
        prepared.append((relation, table, shared, columns))
    words.learn(seen)
    by_case: Coded = {}
    for_all: Coded = {}
    for relation, table, shared, columns in prepared:
        found: dict[str, Any] = {} if shared else {"c": table.column(0).combine_chunks().cast(pa.int32())}
        found.update((f"t{place}", _codes(column, words)) for place, column in enumerate(columns))
        (for_all if shared else by_case)[relation] = found
    return by_case, for_all


def _prepared(column: Any) -> Any:
    """A column of terms as one array: whole numbers as they are, words with their dictionary."""
    if not (pa.types.is_integer(column.type) or pa.types.is_dictionary(column.type)):
        column = column.dictionary_encode()
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()


def _codes(column: Any, words: Words) -> Any:
    if pa.types.is_dictionary(column.type):
        codes = pa.array([words.code(word) for word in column.dictionary.to_pylist()], pa.int64())
        return codes.take(column.indices)
    numbers = column.cast(pa.int64())
    if len(numbers) and not -LARGEST < pc.min(numbers).as_py() <= pc.max(numbers).as_py() < LARGEST:
        raise OverflowError("a number is too large for the columnar reading: they end at 2 to the power of 61")
    return pc.multiply(numbers, 2)


def coded_literals(cases: Sequence[frozenset[Literal]], words: Words, arity: Mapping[str, int]) -> Coded:
    """The same of facts as literals; those of relations that no rule reads are left out."""
    number: dict[Literal, int] = {}
    pairs: list[tuple[int, int]] = []
    for case, facts in enumerate(cases):
        pairs += [(case, number.setdefault(fact, len(number))) for fact in facts]
    words.learn(term for fact in number for term in fact.terms if isinstance(term, str))
    rows: list[tuple[Relation, list[int]] | None] = []
    for fact in number:
        known = arity.get(fact.relation) == len(fact.terms)
        terms = [words.code(term) for term in fact.terms if isinstance(term, str | int)] if known else []
        rows.append(((fact.relation, fact.positive), terms) if known else None)
    found: dict[Relation, list[tuple[int, list[int]]]] = defaultdict(list)
    for case, place in pairs:
        row = rows[place]
        if row is not None:
            found[row[0]].append((case, row[1]))
    return {relation: _columns(given, arity[relation[0]]) for relation, given in found.items()}


def _columns(given: Sequence[tuple[int, list[int]]], arity: int) -> dict[str, Any]:
    columns: dict[str, Any] = {"c": pa.array([case for case, _ in given], pa.int32())}
    for place in range(arity):
        columns[f"t{place}"] = pa.array([terms[place] for _, terms in given], pa.int64())
    return columns
