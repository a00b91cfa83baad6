"""The facts that there really are: those of a case file, under the tables as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from comity.law.case import Case
from comity.law.casefile import case_of
from comity.law.dated import Dated, dated
from comity.law.facts import facts
from comity.law.possible import case_axioms, pattern, shapes
from comity.law.rulebook import Rulebook
from comity.law.tables import Tables
from comity.law.vocabulary import RELATIONS, Field, Origin
from comity.logic.axiom import Axiom, Setting
from comity.logic.terms import Comparison, Literal, Var

FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2040, 12, 31)
"""Cases are looked for between these days."""

_LISTED: Final = ("instrument", "attribute", "network", "treaty-kind")
"""Types of which the tables say something for each word: what they say of another is another matter."""

CALLED_OTHERWISE: Final = ("covered", "statute")
"""Relations that are read for whatever the conduct may be called."""

Told = Callable[[Case, date], Iterable[Literal]]


class Real:
    """The tables as the world of a question: what is proposed becomes a case file, decided on some day.

    *told* gives facts of a case that neither the case file nor the tables state, such as what the state that asks
    could have.
    """

    whole = True

    def __init__(self, tables: Tables, today: date, told: Told = lambda case, day: ()) -> None:
        self.tables = tables
        self.told = told
        self.rows: dict[tuple[str, tuple[object, ...]], list[Dated]] = defaultdict(list)
        for row in dated(tables):
            self.rows[row.fact.relation, tuple(_listed(row.fact))].append(row)
        facts = (row.fact for rows in self.rows.values() for row in rows)
        self.words = frozenset(term for fact in facts for term in fact.terms if isinstance(term, str))
        day = Var("day")
        self.wishes: tuple[Axiom, ...] = (
            Axiom("today's law", (pattern("case", as_of=day),), ((Comparison("==", day, today.isoformat()),),)),
        )
        self.case: Case | None = None
        self.found: frozenset[Literal] = frozenset()

    def broken(self, proposed: frozenset[Literal]) -> tuple[()]:
        """The rows of tables are told of where a question turns on them."""
        return ()

    def facts(self, proposed: frozenset[Literal]) -> frozenset[Literal]:
        """The facts of the case file that the proposed facts make up."""
        self.case = case_of(proposed, "counterexample")
        assert self.case.as_of is not None
        told = frozenset(self.told(self.case, self.case.as_of))
        self.found = facts(self.case, self.tables, self.case.as_of) | told
        return self.found

    def explain(self, literal: Literal, real: bool) -> list[tuple[Axiom, tuple[Literal, ...]]]:
        """Why the tables say, or do not say, something."""
        if RELATIONS[literal.relation].origin is not Origin.TABLE or literal.relation == "kept_by_law":
            return []
        rows = self.rows.get((literal.relation, tuple(_listed(literal))), [])
        return self._present(literal, rows) if real else [self._missing(literal, rows), *self._unread(literal)]

    def _missing(self, literal: Literal, rows: list[Dated]) -> tuple[Axiom, tuple[Literal, ...]]:
        """The tables say nothing of the kind but what their rows say, each on its days."""
        fields = RELATIONS[literal.relation].fields
        free = [i for i, field in enumerate(fields) if field.type not in _LISTED]
        terms = tuple(Var(f"v{i}") if i in free else value for i, value in enumerate(literal.terms))
        day = Var("day")
        heads = tuple(
            (*(Comparison("==", Var(f"v{i}"), _value(row.fact, i)) for i in free), *_within(row, day)) for row in rows
        )
        says = f"of {literal.relation} the tables say what their rows say, and no more"
        return Axiom(says, (Literal(literal.relation, terms), pattern("case", as_of=day)), heads), (
            literal,
            self._case(),
        )

    def _unread(self, literal: Literal) -> Iterator[tuple[Axiom, tuple[Literal, ...]]]:
        """What the tables say of a category is read where an offence of the case is one, or may be called one."""
        category = next((str(v) for f, v in _named(literal) if f.name == "category"), None)
        if category is None:
            return
        others = {category}
        if literal.relation in CALLED_OTHERWISE:
            rows = self.rows.get(("qualification", ()), [])
            others |= {str(row.fact.terms[0]) for row in rows if row.fact.terms[1] == category}
        heads = tuple((pattern("offence", category=other),) for other in sorted(others))
        says = f"the rows of {literal.relation} are read for the offences of the case"
        yield Axiom(says, (pattern(literal.relation, category=category),), heads), (literal,)

    def _present(self, literal: Literal, rows: list[Dated]) -> list[tuple[Axiom, tuple[Literal, ...]]]:
        """A row is read wherever the states that it names are involved, on each of its days.

        Where one state is all that it names, the like is said of all rows about that state, whichever it is.
        """
        day, case = Var("day"), self._case()
        says = f"the rows of {literal.relation} are read wherever the states that they name are involved"
        needed = tuple(self._needed(literal))
        premises: tuple[Literal, ...] = (*(next(f for f in self.found if _like(n, f)) for n in needed), case)
        states = [i for i, field in enumerate(RELATIONS[literal.relation].fields) if field.type == "state"]
        if needed != (Literal("involved", (literal.terms[states[0]],)),) if states else True:
            today = date.fromisoformat(str(case.terms[-1]))
            rows = [row for row in rows if row.fact == literal and row.since <= today <= row.until]
            return [
                (Axiom(says, (*needed, pattern("case", as_of=day), *_within(row, day)), ((row.fact,),)), premises)
                for row in rows
            ]
        state = Var("state")
        found: list[tuple[Axiom, tuple[Literal, ...]]] = []
        for row in rows:
            terms = tuple(state if i in states else term for i, term in enumerate(row.fact.terms))
            same = Comparison("==", state, _value(row.fact, states[0]))
            read: tuple[Literal | Comparison, ...] = (
                Literal("involved", (state,)),
                pattern("case", as_of=day),
                same,
                *_within(row, day),
            )
            found.append((Axiom(says, read, ((Literal(literal.relation, terms),),)), premises))
        return found

    def _needed(self, literal: Literal) -> Iterator[Literal]:
        """What a case has to have for the row to be read."""
        for field, value in zip(RELATIONS[literal.relation].fields, literal.terms, strict=True):
            if field.type == "state":
                yield Literal("involved", (value,))
        names = [field.name for field in RELATIONS[literal.relation].fields]
        if "category" in names:
            category = literal.terms[names.index("category")]
            if not any(_like(pattern("offence", category=str(category)), fact) for fact in self.found):
                other = next(f for f in self.found if f.relation == "qualification" and f.terms[1] == category)
                category = other.terms[0]
            yield pattern("offence", category=str(category))

    def _case(self) -> Literal:
        return next(fact for fact in self.found if fact.relation == "case")


def setting(rulebook: Rulebook) -> Setting:
    """The facts of every case that can be decided under the tables of a rulebook as they are."""
    return Setting(shapes(rulebook, (FIRST_DAY, LAST_DAY)), case_axioms())


def _listed(fact: Literal) -> Iterator[object]:
    yield from (value for field, value in _named(fact) if field.type in _LISTED)


def _named(fact: Literal) -> Iterator[tuple[Field, object]]:
    yield from zip(RELATIONS[fact.relation].fields, fact.terms, strict=True)


def _value(fact: Literal, position: int) -> str | int:
    value = fact.terms[position]
    assert isinstance(value, str | int)
    return value


def _within(row: Dated, day: Var) -> Iterator[Comparison]:
    if row.since > FIRST_DAY:
        yield Comparison(">=", day, row.since.isoformat())
    if row.until < LAST_DAY:
        yield Comparison("<=", day, row.until.isoformat())


def _like(wanted: Literal, fact: Literal) -> bool:
    return wanted.relation == fact.relation and all(
        isinstance(w, Var) or w == v for w, v in zip(wanted.terms, fact.terms, strict=True)
    )
