"""Cases that tell a rule from its mutant: worked cases with one fact changed, in which the two give other advice.

A mutant that survives is a question nobody has asked yet. What is found here is the question, not the answer: what the
law requires in such a case is for a lawyer to say, and to write into the scenario as one of its ``variants``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel

from comity.audit.bench import Amendment, Basis, Bench
from comity.decision.differences import Change, differences
from comity.decision.unknowns import PENALTIES
from comity.decision.whatif import set_fact
from comity.law.case import Case, Unknown
from comity.law.facts import states_named
from comity.law.finding import InputError
from comity.law.state import State
from comity.law.terms import UNKNOWN
from comity.scenario import Scenario

SEATS: Final = 8
"""In how many worked cases a telling fact is looked for: first those in which the rule applies."""

DAYS: Final = (-4000, -366, -1, 0, 1, 10, 60, 400)
"""Days from the date of law that are tried where a day is asked for."""


@dataclass(frozen=True)
class Telling:
    """A case that tells: *scenario* with the fact under *path* set to *value* (``as_of``: the date of law).

    *changes* is how the advice under the mutant differs from the advice under the rule.
    """

    scenario: Scenario
    path: str
    value: Any
    changes: tuple[Change, ...]


def tell(bench: Bench, rule: str, mutants: Mapping[str, Amendment], days: Iterable[date] = ()) -> dict[str, Telling]:
    """For each of *mutants* of a rule, by name, a case that tells it from the rule, where one is found.

    *days* are dates of law that are tried beside those of the scenarios.
    """
    rest = dict(mutants)
    found: dict[str, Telling] = {}
    original = [compiled.id for compiled in bench.rulebook.by_id[rule].kernel]
    seats = sorted(
        bench.seats, key=lambda seat: not any(id_ in b.settled.by_rule for b in seat[1].all for id_ in original)
    )
    for scenario, basis in seats[:SEATS]:
        for path, value in chain((("as_of", day) for day in days), changes(scenario.case, scenario.as_of)):
            if not rest:
                return found
            changed = _changed(basis, path, value)
            if changed is None:
                continue
            for name, amendment in list(rest.items()):
                if changed.concerned(amendment):
                    told = differences(changed.opinion.decision, changed.amended(amendment).decision)
                    if told:
                        found[name] = Telling(scenario, path, value, tuple(told))
                        del rest[name]
    return found


def _changed(basis: Basis, path: str, value: Any) -> Basis | None:
    try:
        if path == "as_of":
            return Basis(basis.case, value, basis.rulebook)
        return Basis(set_fact(basis.case, path, value), basis.day, basis.rulebook)
    except InputError:
        return None


def changes(case: Case, day: date) -> Iterator[tuple[str, Any]]:
    """Every way to change one fact of *case*: the path of the fact with another value, as a case file has it."""
    states = sorted(states_named(case))
    for path, part in _parts(case):
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            for other in _values(case, name, (field.annotation, *get_args(field.annotation)), states, day):
                if other != _plain(value):
                    yield f"{path}{name}", other
    for offence in case.offences:
        for state in states:
            for years in (0, *PENALTIES):
                yield f"offences.{offence.id}.max_penalty_years.{state}", years
            for answer in ("yes", "no", UNKNOWN):
                yield f"offences.{offence.id}.punishable_in.{state}", answer


def _parts(case: Case) -> Iterator[tuple[str, BaseModel]]:
    yield "", case
    for name in type(case).model_fields:
        for number, part in enumerate(value if isinstance(value := getattr(case, name), list) else ()):
            if isinstance(part, BaseModel):
                yield f"{name}.{getattr(part, 'id', number)}.", part


def _values(case: Case, name: str, kinds: tuple[Any, ...], states: list[str], day: date) -> Iterator[Any]:
    if name in ("case", "title", "id", "name", "description", "as_of", "note"):
        return
    many = [kind for kind in kinds if get_origin(kind) is list]
    if many and get_args(many[0])[0] is State:
        yield from ([state] for state in states)
        yield []
    elif State in kinds:
        yield from states
    elif date in kinds:
        yield from ((day + timedelta(days=days)).isoformat() for days in DAYS)
    elif (word := next((k for k in kinds if isinstance(k, type) and issubclass(k, StrEnum)), None)) is not None:
        yield from map(str, word)
    elif name in ("custodian", "account_of", "person"):
        yield from (member.id for member in (case.custodians if name == "custodian" else case.persons))
    if Unknown in kinds:
        yield UNKNOWN


def _plain(value: Any) -> Any:
    if value is Unknown.UNKNOWN:
        return UNKNOWN
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, StrEnum) else value
