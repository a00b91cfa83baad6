"""What rules and the decision look at in a case, worked out from the compiled rules and the tables.

What nothing looks at cannot make two cases differ. A day that is only compared with days of tables and rules says no
more than between which two of them it lies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil
from typing import Final

from comity.decision.routes import DAYS_OF_THE_SLOWEST_ROUTE
from comity.law.case import TO_AUTHORITY
from comity.law.rulebook import Rulebook
from comity.law.table_facts import RETENTION, table_facts
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic.rule import Rule
from comity.logic.terms import Absent, Arithmetic, Comparison, Literal, Term, Var, variables

Place = tuple[str, str]
"""A relation and one of its fields."""

ANY_STATE: Final = ""
"""What stands for all states."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_READ_BY_DECISION: Final = frozenset({("case", "urgency"), ("data", "preserved")})
"""The closed lists that advice is made of without a rule that reads them."""

_READ_WHOLE: Final = ("request", "step_taken")
"""What the decision reads itself."""

_ACT: Final = ("offence", "committed_on")
_GONE: Final = ("kept_by_law", "until")
_LEFT: Final = ("expires", "days")
_TODAY: Final = ("case", "as_of")


@dataclass(frozen=True)
class Relevance:
    """What matters under a rulebook, and under the one beneath it."""

    rulebook: Rulebook

    @cached_property
    def _books(self) -> tuple[Rulebook, ...]:
        return (self.rulebook,) if self.rulebook.beneath is None else (self.rulebook, self.rulebook.beneath)

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        return tuple(rule for book in self._books for rule in book.program.rules)

    @cached_property
    def _looked_at(self) -> frozenset[Place]:
        return frozenset(place for rule in self._rules for place in _looked_at(rule))

    def matters(self, relation: str, field: str) -> bool:
        """Whether anything looks at a field of a relation."""
        known = RELATIONS.get(relation)
        if known is None or known.field(field) is None or relation in _READ_WHOLE:
            return True
        return (relation, field) in self._looked_at | _READ_BY_DECISION

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids that mean something by themselves, since a rule names them."""
        found = {TO_AUTHORITY}
        for rule in self._rules:
            types = _types(rule)
            ids = {name for name, places in types.items() if any(_is_id(place) for place in places)}
            for literal in _literals(rule):
                for place, term in _places(literal):
                    if isinstance(term, str) and term != UNKNOWN and _is_id(place):
                        found.add(term)
            for condition in rule.body:
                if isinstance(condition, Comparison) and ids & set(variables(condition)):
                    found.update(word for word in _words(condition) if word != UNKNOWN)
        return frozenset(found)

    @cached_property
    def _compared(self) -> frozenset[_Column] | None:
        """Where the days stand that those of acts are compared with; ``None`` where they are used in another way."""
        found: set[_Column] = set()
        for rule in self._rules:
            places = _compared_with_acts(rule)
            if places is None:
                return None
            found |= places
        return frozenset(found)

    @cached_property
    def breakpoints(self) -> dict[str, tuple[date, ...]] | None:
        """The days of tables and rules that part those on which an act may have been done, sorted.

        They are told by the state whose rows they are of, and count only in cases that name it; those under
        :data:`ANY_STATE` count in all. Beside them an act is parted by the day of decision, and by that day less each
        of the :attr:`periods`. ``None`` says that rules use the day of an act in a way in which each day counts.
        """
        if self._compared is None:
            return None
        named = {date.fromisoformat(word) for rule in self._rules for word in _constants(rule) if _DAY.fullmatch(word)}
        found: dict[str, set[date]] = {ANY_STATE: named}
        for book in self._books:
            every = [row for rows in book.tables.files.values() for row in rows]
            states = {cell for row in every for cell in row.values.values() if len(cell) == 2}
            # A treaty that has ended is known on its last day, and all others on the last day of all.
            for day in {date.max, *filter(None, (row.day("until") for row in every))}:
                for fact in table_facts(book.tables, states, set(book.tables.offences), day):
                    for number in _asked(fact, self._compared):
                        found.setdefault(_state(fact), set()).add(date.fromisoformat(str(fact.terms[number])))
        return {state: tuple(sorted(days)) for state, days in found.items()}

    @cached_property
    def periods(self) -> dict[int, frozenset[str]]:
        """The periods in days for which laws keep logs, each with the states whose law that is."""
        found: dict[int, set[str]] = {}
        for row in (row for book in self._books for row in book.tables.states if row["attribute"] == RETENTION):
            found.setdefault(int(row["value"]), set()).add(row["state"])
        return {days: frozenset(states) for days, states in sorted(found.items())}

    @cached_property
    def days_left(self) -> tuple[int, ...] | None:
        """The numbers of days until an item is deleted at which a decision may become another one, sorted.

        They are those that routes take, and those that rules ask for. ``None`` says that rules use the days in a way in
        which each counts.
        """
        found = {0, DAYS_OF_THE_SLOWEST_ROUTE}
        for book in self._books:
            for rule in book.program.rules:
                terms = book.head_terms(rule)
                if isinstance(days := terms.get("days"), tuple):
                    found.update(days)
                if isinstance(hours := terms.get("urgent_hours"), int):
                    found.add(ceil(hours / 24))
                asked = _compared_with_days_left(rule)
                if asked is None:
                    return None
                found.update(asked)
        return tuple(sorted(found))


def _compared_with_days_left(rule: Rule) -> set[int] | None:
    """The numbers that a rule compares the days left with, each with the next; ``None`` where it does more."""
    types = _types(rule)
    left = {name for name, places in types.items() if _LEFT in places}
    if any(_times(rule, name) > 1 for name in left):
        return None
    found: set[int] = set()
    for condition in rule.body:
        if isinstance(condition, Comparison) and (names := set(variables(condition))) & left:
            parts = (condition.left, *(condition.right if isinstance(condition.right, tuple) else (condition.right,)))
            if len(names) > 1 or any(isinstance(part, Arithmetic) for part in parts):
                return None
            found.update(n for part in parts if isinstance(part, int) for n in (part, part + 1))
    for literal in _literals(rule):
        found.update(n for place, t in _places(literal) if place == _LEFT and isinstance(t, int) for n in (t, t + 1))
    return found


def _state(fact: Literal) -> str:
    """The state that a fact of a table is about, if it is about one only."""
    states = [str(term) for (relation, name), term in _places(fact) if _type((relation, name)) == "state"]
    return states[0] if len(states) == 1 else ANY_STATE


_Column = tuple[Literal, int]
"""A condition, and which of its terms is meant."""


def _asked(fact: Literal, columns: Iterable[_Column]) -> Iterator[int]:
    """At which of its terms a fact has a day that some condition asks for."""
    for literal, number in columns:
        if literal.relation == fact.relation and all(
            isinstance(wanted, Var) or wanted == given for wanted, given in zip(literal.terms, fact.terms, strict=True)
        ):
            yield number


def _literals(rule: Rule) -> Iterator[Literal]:
    yield rule.head
    for condition in rule.body:
        if isinstance(condition, Absent):
            yield condition.literal
        elif isinstance(condition, Literal):
            yield condition


def _places(literal: Literal) -> Iterator[tuple[Place, Term]]:
    relation = RELATIONS.get(literal.relation)
    if relation is not None:
        for field, term in zip(relation.fields, literal.terms, strict=False):
            yield (literal.relation, field.name), term


def _type(place: Place) -> object:
    field = RELATIONS[place[0]].field(place[1])
    return None if field is None else field.type


def _is_id(place: Place) -> bool:
    return _type(place) in ("id", "id-or-state")


def _types(rule: Rule) -> dict[str, set[Place]]:
    """Where each variable of a rule stands."""
    found: dict[str, set[Place]] = {}
    for literal in _literals(rule):
        for place, term in _places(literal):
            if isinstance(term, Var):
                found.setdefault(term.name, set()).add(place)
    return found


def _times(rule: Rule, name: str) -> int:
    """In how many places of its conditions and its conclusion a rule has a variable: in two, something has to agree.

    What stands in absent conditions alone stands for anything in each of them.
    """
    bound = any(Var(name) in part.terms for part in rule.body if isinstance(part, Literal))
    return bound and sum(term == Var(name) for literal in _literals(rule) for term in literal.terms)


def _looked_at(rule: Rule) -> Iterator[Place]:
    """The places of a rule at which more than anything at all is asked for."""
    seen = Counter(name for part in (rule.head, *rule.body) for name in variables(part))
    for literal in _literals(rule):
        for place, term in _places(literal):
            if not isinstance(term, Var) or seen[term.name] > 1:
                yield place


def _constants(rule: Rule) -> Iterator[str]:
    for literal in _literals(rule):
        yield from (term for term in literal.terms if isinstance(term, str))
    for condition in rule.body:
        if isinstance(condition, Comparison):
            yield from _words(condition)


def _words(comparison: Comparison) -> Iterator[str]:
    right = comparison.right if isinstance(comparison.right, tuple) else (comparison.right,)
    yield from (term for term in (comparison.left, *right) if isinstance(term, str))


def _compared_with_acts(rule: Rule) -> set[_Column] | None:
    """Where the days stand that a rule compares with those of acts; ``None`` where it does more with these.

    The day on which logs of an act may be gone moves with that of the act: it may only be compared with the day of
    decision.
    """
    types = _types(rule)
    acts = {name for name, places in types.items() if _ACT in places}
    gone = {name for name, places in types.items() if _GONE in places}
    if any(_times(rule, name) > 1 for name in acts | gone):
        return None
    found: set[_Column] = set()
    for condition in rule.body:
        if isinstance(condition, Comparison) and (names := set(variables(condition))) & (acts | gone):
            others = names - acts - gone
            places = {place for name in others for place in types[name]}
            if len(names & (acts | gone)) > 1 or any(RELATIONS[r].origin is Origin.RULES for r, _ in places):
                return None
            if names & gone and (places - {_TODAY} or any(_DAY.fullmatch(word) for word in _words(condition))):
                return None
            found |= {c for c in _columns(rule, others) if RELATIONS[c[0].relation].origin is Origin.TABLE}
    return found


def _columns(rule: Rule, names: Iterable[str]) -> Iterator[_Column]:
    wanted = {Var(name) for name in names}
    for literal in _literals(rule):
        yield from ((literal, number) for number, term in enumerate(literal.terms) if term in wanted)
