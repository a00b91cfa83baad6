"""The columnar reading: a whole caseload at once, as joins of tables on DuckDB.

Compiled from the same program as the other readings and worked out stratum by stratum. A relation and sign is a table
of case numbers and codes of terms; the rules that differ only in constants are one query; rules for and against one
another are settled by anti-joins. A rule that joins a relation of which the batch has nothing is not asked.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from comity.logic.columnar.answer import Answer, Firings
from comity.logic.columnar.caseload import Caseload, Coded, coded, coded_literals
from comity.logic.columnar.database import MEMORY, Database
from comity.logic.columnar.plan import components
from comity.logic.columnar.query import Query, Relation, Table
from comity.logic.columnar.settling import Settled, Settling
from comity.logic.columnar.words import Words
from comity.logic.model import Model
from comity.logic.program import Program
from comity.logic.terms import Absent, Arithmetic, Comparison, Condition, Literal, Term

__all__ = ["Answer", "Caseload", "Columnar", "Firings"]


class Columnar:
    """The columnar reading of a program, with a DuckDB of its own.

    *threads* is how many processors a query may use (``None``: all), *memory* how much memory DuckDB may use before it
    goes to temporary files. An instance serves one thread of the caller at a time.
    """

    names: tuple[str, ...] = ("columnar",)

    def __init__(self, program: Program, threads: int | None = None, memory: str = MEMORY) -> None:
        self.program = program
        self.database = Database(threads, memory)
        self.words = Words(_words(program))
        self.arity = dict(_arities(program))
        self.concluded = frozenset(rule.head.relation for rule in program.rules)
        self.read = frozenset(
            (literal.relation, literal.positive) for rule in program.rules for literal in _read(rule.body)
        )
        numbers = {rule.id: number for number, rule in enumerate(program.rules)}
        fresh = itertools.count()
        self.components = [
            (
                component,
                [Query(s, f"kept.constants_{next(fresh)}", self.words.code, numbers) for s in component.shapes],
            )
            for component in components(program)
        ]
        queries = [query for _, each in self.components for query in each]
        for query in queries:
            if query.several:
                self._keep(query.table, query.constant_columns(), list(query.constants()))
        wanted: dict[Relation, dict[int, set[int]]] = {}
        for relation, place, code in (each for q in queries for wants in q.wanted for each in wants):
            wanted.setdefault(relation, {}).setdefault(place, set()).add(code)
        self.wanted = {
            relation: {place: pa.array(sorted(codes), pa.int64()) for place, codes in places.items()}
            for relation, places in wanted.items()
        }
        self.beats = {
            numbers[stronger]: frozenset(numbers[id_] for id_ in weaker)
            for stronger, weaker in program.weaker_than.items()
        }
        beats = [(numbers[stronger], numbers[weaker]) for stronger, weaker in sorted(program.superiority)]
        self._keep("kept.beats", ("stronger", "weaker"), beats)

    def model(self, facts: Iterable[Literal]) -> Model:
        """The model of the program over *facts*; see :meth:`models` for the errors."""
        return self.models([frozenset(facts)])[0]

    def models(self, cases: Sequence[frozenset[Literal]]) -> list[Model]:
        """The models of the program over the facts of each of *cases*, worked out as one batch.

        Raises:
            OverflowError: a number is too large for a column (2 to the power of 61 or more).
            TypeError: arithmetic on a word.
        """
        return self.answer(cases).models(cases)

    def answer(self, caseload: Caseload | Sequence[frozenset[Literal]]) -> Answer:
        """The answer to Arrow tables, or to cases with their facts, as one batch; it stays in columns.

        Raises:
            OverflowError: a number is too large for a column (2 to the power of 61 or more).
            TypeError: arithmetic on a word.
        """
        if isinstance(caseload, Caseload):
            return self._answer(caseload.cases, *coded(caseload, self.words))
        return self._answer(len(caseload), coded_literals(caseload, self.words, self.arity), {})

    def _answer(self, cases: int, by_case: Coded, shared: Coded) -> Answer:
        database = self.database
        database.clear()
        database.make("cases", f"SELECT CAST(range AS INTEGER) AS c FROM range({cases})")
        given: dict[Relation, Table] = {}
        for relation, columns in by_case.items():
            given[relation] = self._load(relation, f"given_{len(given)}", columns)
        for relation, columns in shared.items():
            table = self._load(relation, f"given_{len(given)}", columns, shared=True)
            if relation in given or relation[0] in self.concluded:
                # A relation has one table, so these facts are told of every case.
                rows = f"SELECT c, s.* FROM cases, {table.name} s"
                if relation in given:
                    rows = f"{rows} UNION FROM {given[relation].name}"
                table = Table(f"told_{len(given)}", database.make(f"told_{len(given)}", rows))
            given[relation] = table
        given = {relation: table for relation, table in given.items() if table.rows}
        settled = Settled(given)
        settling = Settling(database, self.words, self.beats, self.arity, self.concluded, self.read, settled)
        for component, queries in self.components:
            settling.settle(component, queries)
        return Answer(self.program, database, self.words, settling)

    def _load(self, relation: Relation, name: str, columns: dict[str, Any], shared: bool = False) -> Table:
        named = {
            place: frozenset(codes.filter(pc.is_in(codes, value_set=columns[f"t{place}"])).to_pylist())
            for place, codes in self.wanted.get(relation, {}).items()
        }
        return Table(name, self.database.load(name, columns), shared, named)

    def _keep(self, table: str, names: Sequence[str], rows: Sequence[tuple[int, ...]]) -> None:
        columns = zip(*rows, strict=True) if rows else [() for _ in names]
        self.database.load(table, {n: pa.array(values, pa.int64()) for n, values in zip(names, columns, strict=True)})


def _read(body: Iterable[Condition]) -> Iterator[Literal]:
    for condition in body:
        if not isinstance(condition, Comparison):
            yield condition.literal if isinstance(condition, Absent) else condition


def _arities(program: Program) -> Iterator[tuple[str, int]]:
    for rule in program.rules:
        for literal in (rule.head, *_read(rule.body)):
            yield literal.relation, len(literal.terms)


def _words(program: Program) -> Iterator[str]:
    """The words that the program names."""
    for rule in program.rules:
        for part in (rule.head, *rule.body):
            yield from _words_of(part)


def _words_of(part: Condition | Term | tuple[object, ...]) -> Iterator[str]:
    match part:
        case str():
            yield part
        case Literal():
            yield from _words_of(part.terms)
        case Absent():
            yield from _words_of(part.literal)
        case tuple():
            for each in part:
                yield from _words_of(each)  # type: ignore[arg-type]
        case Comparison() | Arithmetic():
            yield from _words_of(part.left)
            yield from _words_of(part.right)
