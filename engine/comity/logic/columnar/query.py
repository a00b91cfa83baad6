"""The query that answers all rules of a shape at once.

Tables have the case in a column ``c`` (those of facts that all cases share have none) and terms in ``t0``, ``t1``, ...;
a table of firings has ``c``, the rule in ``r``, the variables in ``v0``, ``v1``, ..., those terms of the head that are
not always the same variable in ``t0``, ``t1``, ..., and in ``k0``, ``k1``, ... such constants as are still needed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from comity.logic.columnar.shape import Calculation, Part, Pattern, Shape, Slot, Test, slots
from comity.logic.terms import Value

Relation = tuple[str, bool]
Code = Callable[[Value], int]

_SQL: Final = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@dataclass(frozen=True, slots=True)
class Table:
    """Where the literals of a relation are; those of *shared* ones are true in every case.

    ``named`` says for some places which of the constants that rules look for there may be found.
    """

    name: str
    rows: int
    shared: bool = False
    named: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def may_have(self, place: int, code: int) -> bool:
        """Whether a constant may be found at a place."""
        return place not in self.named or code in self.named[place]


class Query:
    """Writes the queries of one shape; *table* is the name of its table of constants, *code* gives codes."""

    def __init__(self, shape: Shape, table: str, code: Code, rule_number: Mapping[str, int]) -> None:
        self.shape, self.form, self.table, self.code = shape, shape.form, table, code
        self.rules = [rule_number[member.rule.id] for member in shape.members]
        filled = list(zip(*(member.constants for member in shape.members), strict=True))
        self.same: dict[int, tuple[Value, ...]] = {k: each[0] for k, each in enumerate(filled) if len(set(each)) == 1}
        self.different = [k for k in range(len(filled)) if k not in self.same]
        late = {s.number for test in self.calculations for part in (test.left, test.right) for s in slots(part)}
        late |= {s.number for term in self.form.head.terms if isinstance(term, Calculation) for s in slots(term)}
        self.kept = sorted(late & set(self.different))
        self.relations = {pattern.relation for pattern in self.form.positive}
        self.wanted = [
            {
                (pattern.relation, place, code(member.constants[term.number][0]))
                for pattern in self.form.positive
                for place, term in enumerate(pattern.terms)
                if isinstance(term, Slot)
            }
            for member in shape.members
        ]

    @property
    def several(self) -> bool:
        """Whether the constants of several rules are matched at once."""
        return len(self.shape.members) > 1

    def constants(self) -> Iterator[tuple[int, ...]]:
        """The rows of the table of constants: the rule, and what fills the slots in which the rules differ."""
        for number, member in zip(self.rules, self.shape.members, strict=True):
            for values in itertools.product(*(member.constants[k] for k in self.different)):
                yield (number, *map(self.code, values))

    def constant_columns(self) -> tuple[str, ...]:
        """The columns of that table."""
        return ("r", *(f"k{k}" for k in self.different))

    def awake(self, tables: Mapping[Relation, Table]) -> bool:
        """Whether there may be anything that matches each condition of one of the rules, taken by itself."""
        return all(relation in tables for relation in self.relations) and any(
            all(tables[relation].may_have(place, code) for relation, place, code in wanted) for wanted in self.wanted
        )

    def named(self, place: int) -> frozenset[int] | None:
        """The constants that the heads have at a place, or ``None`` where it takes any value."""
        term = self.form.head.terms[place]
        if not isinstance(term, Slot):
            return None
        return frozenset(self.code(member.constants[term.number][0]) for member in self.shape.members)

    @property
    def calculates(self) -> bool:
        """Whether the rules use arithmetic anywhere, so that words have to be looked for."""
        return bool(self.calculations) or any(isinstance(term, Calculation) for term in self.form.head.terms)

    def firings(
        self,
        tables: Mapping[Relation, Table],
        absent: Mapping[Relation, Table],
        alike: Sequence[Query] = (),
        new: int = -1,
    ) -> str:
        """The applications, before tests that calculate, in the columns that they share with those of queries *alike*.

        With *new*, what matches the pattern there is looked for only in the table of what is new.
        """
        columns: dict[int, str] = {}
        sources = [f"{self.table} r"] if self.several else []
        wheres: list[str] = []
        case = ""
        for place, pattern in enumerate(self.form.positive):
            table, alias = tables[pattern.relation], f"a{place}"
            sources.append(f"{new_name(table) if place == new else table.name} {alias}")
            if not table.shared:
                wheres += [f"{alias}.c = {case}"] if case else []
                case = case or f"{alias}.c"
            for position, term in enumerate(pattern.terms):
                column = f"{alias}.t{position}"
                if isinstance(term, int) and term not in columns:
                    columns[term] = column
                else:
                    wheres.append(self._equal(column, term, columns))
        if not case:
            sources.append("cases n")
            case = "n.c"
        wheres += [self._test(test, columns) for test in self.form.tests if not test.calculates]
        wheres += [
            self._absence(pattern, absent[pattern.relation], case, columns)
            for pattern in self.form.absent
            if pattern.relation in absent
        ]
        rule = "r.r" if self.several else f"{self.rules[0]}"
        shown = [f"{case} AS c", f"CAST({rule} AS INTEGER) AS r"]
        width = max((query.shape.variables for query in alike), default=0)
        shown += [f"{columns[number]} AS v{number}" for number in range(self.shape.variables)]
        shown += [f"CAST(NULL AS BIGINT) AS v{number}" for number in range(self.shape.variables, width)]
        for column, term in zip(head_columns(alike or (self,)), self.form.head.terms, strict=True):
            shown += [f"{self._term(term, columns)} AS {column}"] if column.startswith("t") else []
        shown += [f"r.k{number}" for number in self.kept]
        return _select(shown, sources, wheres)

    @property
    def calculations(self) -> list[Test]:
        """The tests that wait until everything else has matched, because they fail on words."""
        return [test for test in self.form.tests if test.calculates]

    def calculated(self, fired: str) -> str:
        """Those of the firings in *fired* that pass the tests that calculate."""
        wheres = [self._test(test, _variables) for test in self.calculations]
        return _select([f"{fired}.*"], [fired], wheres)

    def words_calculated(self, fired: str, heads: bool) -> str | None:
        """A query for a word, if any is used as a number in *fired*: in the tests, or in the *heads*."""
        parts = self.form.head.terms if heads else [p for test in self.calculations for p in (test.left, test.right)]
        operands = [p for part in parts if isinstance(part, Calculation) for p in _operands(part)]
        texts = [self._term(p, _variables) for p in operands]
        return " UNION ALL ".join(f"SELECT {t} FROM {fired} WHERE {t} & 1 = 1" for t in texts) or None

    def _absence(self, pattern: Pattern, table: Table, case: str, columns: Mapping[int, str]) -> str:
        wheres = [] if table.shared else [f"x.c = {case}"]
        loose: dict[int, str] = {}
        for position, term in enumerate(pattern.terms):
            column = f"x.t{position}"
            if isinstance(term, int) and term < 0 and term not in loose:
                loose[term] = column
            else:
                wheres.append(self._equal(column, term, {**columns, **loose}))
        return f"NOT EXISTS ({_select(['1'], [f'{table.name} x'], wheres)})"

    def _equal(self, column: str, term: Part, columns: Mapping[int, str]) -> str:
        return f"{column} = {self._term(term, columns)}"

    def _test(self, test: Test, columns: Mapping[int, str]) -> str:
        left, right = self._term(test.left, columns), test.right
        if isinstance(right, Slot) and test.op == "in":
            among = self.same.get(right.number)
            if among is None:
                return f"{left} = {self._term(right, columns)}"
            return f"{left} IN ({', '.join(str(self.code(v)) for v in among)})" if among else "FALSE"
        if isinstance(right, tuple):
            return f"{left} NOT IN ({', '.join(str(self.code(v)) for v in right)})" if right else "TRUE"
        text = f"{left} {_SQL[test.op]} {self._term(right, columns)}"
        if test.op in ("==", "!="):
            return text
        return f"{text} AND xor({left}, {self._term(right, columns)}) & 1 = 0"

    def _term(self, part: Part, columns: Mapping[int, str]) -> str:
        if isinstance(part, int):
            return columns[part]
        if isinstance(part, Slot):
            same = self.same.get(part.number)
            prefix = "" if columns is _variables else "r."
            return f"{prefix}k{part.number}" if same is None else f"CAST({self.code(same[0])} AS BIGINT)"
        left, right = self._term(part.left, columns), self._term(part.right, columns)
        return f"(({left} >> 1) * {right})" if part.op == "*" else f"({left} {part.op} {right})"


class _Named(dict[int, str]):
    """The variables as a table of firings names them."""

    def __missing__(self, number: int) -> str:
        return f"v{number}"


_variables: Final = _Named()


def head_columns(alike: Sequence[Query]) -> list[str]:
    """The columns in which a table of the firings of queries *alike* has the terms of their heads."""
    found = []
    for place in range(len(alike[0].form.head.terms)):
        terms = {query.form.head.terms[place] for query in alike}
        number = next(iter(terms))
        found.append(f"v{number}" if len(terms) == 1 and isinstance(number, int) else f"t{place}")
    return found


def heads(fired: str, alike: Sequence[Query], rule: bool = False) -> str:
    """What the firings of queries *alike* in the table *fired* conclude; with *rule*, by which rule."""
    terms = (f"{column} AS t{place}" for place, column in enumerate(head_columns(alike)))
    return _select(["c", *(["r"] if rule else []), *terms], [fired], [])


def new_name(table: Table) -> str:
    """The table of what a round has added to another."""
    return f"{table.name}_new"


def _operands(part: Part) -> Sequence[Part]:
    return (*_operands(part.left), *_operands(part.right)) if isinstance(part, Calculation) else (part,)


def _select(shown: Sequence[str], sources: Sequence[str], wheres: Sequence[str]) -> str:
    where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
    return f"SELECT {', '.join(shown)} FROM {', '.join(sources)}{where}"
